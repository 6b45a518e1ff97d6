# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.alerts.models import CaseAlert
from siac.infra.travelling import register_named


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(CaseAlert, clock_id="clocks_clock")
