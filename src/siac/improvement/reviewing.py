# SPDX-License-Identifier: EUPL-1.2
"""What a session has before it to review how the house serves: the figures of a period, frozen."""

from datetime import date, datetime, time, timedelta
from typing import Any

from siac.charters.public import broken_between
from siac.findings.public import all_findings
from siac.governance.public import AgreementState, Sitting, agreements_of
from siac.improvement.queries import overdue_actions
from siac.indicators.public import Standing, indicator_standings, measure_many, value_words
from siac.infra.metrics import metric
from siac.organizations.public import Institution

VOLUMES = (
    "cases.received", "cases.answered", "cases.answered_in_term", "cases.answer_days", "cases.pending",
    "cases.rating",
)  # fmt: skip
MOST = 50
"""Of a list; how many more there are is told."""
_STATES = {AgreementState.OPEN: "Pendiente", AgreementState.DONE: "Cumplido"}


def review_of(
    institution: Institution, sitting: Sitting, *, first: date, last: date, today: date
) -> dict[str, Any]:
    """Return the summary of a period of local days for a session, as plain words and numbers: volumes beside
    those of as many days before, indicators that missed their target, broken promises, late actions and
    findings, and what the same body agreed before (10 SQL).
    """
    length = last - first + timedelta(days=1)
    return {
        "volumes": _volumes(institution, [(first - length, first - timedelta(days=1)), (first, last)], today),
        "indicators": _indicators(institution, last),
        "breaches": _cut(
            [
                {"text": text, "n": n}
                for text, n in broken_between(institution, _at(institution, first), _after(institution, last))
            ]
        ),
        "actions": _cut([_action(row, today) for row in overdue_actions(institution, today=today)]),
        "findings": _cut(_findings(institution, today)),
        "agreements": _cut(_agreements(institution, sitting, today)),
    }


def _volumes(institution: Institution, ranges: list[tuple[date, date]], today: date) -> list[dict[str, str]]:
    metrics = [metric(key) for key in VOLUMES]
    found = measure_many(institution, metrics, ranges, today=today)
    rows = []
    for each in metrics:
        before, now = (found[each.key].told(place) for place in (0, 1))
        statistic = each.statistics[0]
        rows.append(
            {"name": each.title, "before": value_words(before, statistic), "now": value_words(now, statistic)}
        )
    return rows


def _indicators(institution: Institution, last: date) -> list[dict[str, str]]:
    return [
        {"name": name, "value": value, "target": target, "period": period, "standing": words}
        for name, value, target, period, words, standing in indicator_standings(institution, last=last)
        if standing in (Standing.MISSED, Standing.NEAR)
    ]


def _action(row: Any, today: date) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "unit": row.unit.name, "plan": row.plan.name,
        "due_on": row.due_on.isoformat(), "late": (today - row.due_on).days, "progress": row.progress,
    }  # fmt: skip


def _findings(institution: Institution, today: date) -> list[dict[str, Any]]:
    rows = all_findings(institution).filter(settled_at=None, due_on__lt=today).select_related("unit")
    return [
        {
            "id": row.pk, "code": row.code, "title": row.title, "unit": row.unit.name if row.unit else "",
            "late": (today - row.due_on).days if row.due_on else 0,
        }
        for row in rows.order_by("due_on", "pk")
    ]  # fmt: skip


def _agreements(institution: Institution, sitting: Sitting, today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk, "text": row.text, "unit": row.unit.name,
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "state": _STATES.get(AgreementState(row.state), "Sin efecto"),
            "late": bool(row.state == AgreementState.OPEN and row.due_on and row.due_on < today),
            "outcome": row.outcome,
        }
        for row in agreements_of(institution, sitting.council_id, before=sitting)
    ]  # fmt: skip


def _cut(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"rows": rows[:MOST], "more": max(0, len(rows) - MOST)}


def _at(institution: Institution, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=institution.zone)


def _after(institution: Institution, day: date) -> datetime:
    return _at(institution, day + timedelta(days=1))
