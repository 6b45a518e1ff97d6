# SPDX-License-Identifier: EUPL-1.2
"""Lists of cases as files."""
