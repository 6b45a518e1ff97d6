# SPDX-License-Identifier: EUPL-1.2
"""The reports that an invented body puts together itself, and their frozen copies."""

from datetime import datetime
from typing import Any

from siac.accounts.public import Role
from siac.indicators.public import Length, containing, followed
from siac.organizations.public import Institution
from siac.reporting.public import freeze_own_report, save_own_report

_WORDS = "Lo que llegó el mes pasado, en cuánto se respondió y qué unidad tiene más. Datos de demostración."


def _figure(metric: str, shown: str, *, title: str = "", **asked: str) -> dict[str, Any]:
    return {"kind": "figure", "title": title, "metric": metric, "asked": asked, "shown": shown}


def put_together(institution: Institution, *, now: datetime) -> None:
    """Put together the monthly report for the management committee, frozen of the last month and by itself,
    and the quarterly one of what people think; the worker makes the copies when it starts.
    """
    first = followed(institution).filter(results__isnull=False).first()
    sections = [
        {"kind": "words", "title": "", "text": _WORDS},
        _figure("cases.received", "months"),
        _figure("cases.received", "groups", title="Recibidas por unidad", por="unidad"),
        _figure("cases.answer_days", "groups", title="Días hasta la respuesta, por canal", por="canal"),
        *([{"kind": "indicator", "title": "", "indicator": first.pk}] if first else []),
    ]
    monthly = save_own_report(
        institution=institution, title="Informe mensual al comité", sections=sections,
        intro="Para la reunión del comité de gestión.", is_frozen=True, told=[Role.COMMITTEE_MEMBER],
        actor=None, now=now,
    )  # fmt: skip
    asked = [
        _figure("surveys.net", "months", title="Satisfacción neta de las encuestas"),
        _figure("cases.rated_well", "groups", title="Respuestas bien calificadas, por canal", por="canal"),
        _figure("cases.answered_in_term", "groups", title="A tiempo, por unidad", por="unidad"),
        _figure("cases.answered_in_term", "months", title="A tiempo, mes a mes"),
    ]
    quarterly = save_own_report(
        institution=institution, title="Lo que piensan las personas", sections=asked, every=Length.QUARTER,
        intro="Satisfacción y puntualidad del trimestre. Datos de demostración.", actor=None, now=now,
    )  # fmt: skip
    today = institution.local_date(now)
    for report in (monthly, quarterly):
        window = containing(Length(report.every), today, today=today).moved(-1, today=today)
        freeze_own_report(report=report, window=window, actor=None, now=now)
