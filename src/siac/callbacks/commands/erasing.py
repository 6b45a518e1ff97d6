# SPDX-License-Identifier: EUPL-1.2
"""Erasing what was written of calls whose attentions are forgotten."""

from collections.abc import Sequence
from datetime import datetime

from siac.callbacks.models import CallBack


def erase_reasons(institution_id: int, ids: Sequence[int], now: datetime) -> None:
    """Erase why calls for some attentions were not made; that they were not stays (1 SQL)."""
    rows = CallBack.objects.filter(institution_id=institution_id, interaction__in=list(ids))
    rows.exclude(reason="").update(reason="Borrado con la atención.")
