# SPDX-License-Identifier: EUPL-1.2
"""Pages of the house about how people come in."""
