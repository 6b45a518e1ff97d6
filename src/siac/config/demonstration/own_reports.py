# SPDX-License-Identifier: EUPL-1.2
"""A report that an invented body puts together itself."""

from datetime import datetime
from typing import Any

from siac.indicators.public import followed
from siac.organizations.public import Institution
from siac.reporting.public import save_own_report

_WORDS = "Lo que llegó el mes pasado, en cuánto se respondió y qué unidad tiene más. Datos de demostración."


def _figure(metric: str, shown: str, *, title: str = "", **asked: str) -> dict[str, Any]:
    return {"kind": "figure", "title": title, "metric": metric, "asked": asked, "shown": shown}


def put_together(institution: Institution, *, now: datetime) -> None:
    """Put together the monthly report for the management committee."""
    first = followed(institution).filter(results__isnull=False).first()
    sections = [
        {"kind": "words", "title": "", "text": _WORDS},
        _figure("cases.received", "months"),
        _figure("cases.received", "groups", title="Recibidas por unidad", por="unidad"),
        _figure("cases.answer_days", "groups", title="Días hasta la respuesta, por canal", por="canal"),
        *([{"kind": "indicator", "title": "", "indicator": first.pk}] if first else []),
    ]
    save_own_report(
        institution=institution, title="Informe mensual al comité", sections=sections,
        intro="Para la reunión del comité de gestión.", actor=None, now=now,
    )  # fmt: skip
