# SPDX-License-Identifier: EUPL-1.2
"""The numbers without gaps of this context."""

from siac.infra.series import Series

FOLIOS = Series("cases_foliocounter", "cases_case")
"""Of requests, by body and local year of filing."""
