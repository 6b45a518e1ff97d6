# SPDX-License-Identifier: EUPL-1.2
"""One adapter per outside system, each an application of its own."""
