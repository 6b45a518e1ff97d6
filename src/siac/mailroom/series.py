# SPDX-License-Identifier: EUPL-1.2
"""The numbers without gaps of this context."""

from siac.infra.series import Series

PAPERS = Series("cases_papercounter", "cases_incomingpaper")
"""Of incoming papers, by body and local year of their stamp."""
