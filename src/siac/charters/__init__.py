# SPDX-License-Identifier: EUPL-1.2
"""Service charters: what a body promises, how it keeps it, what it owes where it does not."""
