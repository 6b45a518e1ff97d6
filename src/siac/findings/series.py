# SPDX-License-Identifier: EUPL-1.2
"""The numbers without gaps of this context."""

from siac.infra.series import Series

NUMBERS = Series("findings_findingnumber", "findings_finding")
"""Of findings, by body and local year in which they were opened."""
