# SPDX-License-Identifier: EUPL-1.2
"""A body that improves: complaints of one cause, a finding, a plan that its committee approves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from siac.accounts.public import Role
from siac.cases.public import Case, code_cause, save_cause
from siac.findings.public import Finding, Severity, Source, Subject, open_finding, write_root_cause
from siac.governance.public import (
    Point,
    call_sitting,
    cast_vote,
    close_motion,
    open_motion,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
)
from siac.improvement.public import (
    PLAN,
    Action,
    ActionData,
    Plan,
    add_action,
    begin_plan,
    propose_plan,
    set_baseline,
)
from siac.indicators.public import Indicator, count_all, save_indicator
from siac.infra.metrics import Statistic
from tests.factories import NOW, House, answer, file

DAY = timedelta(days=1)
BEGUN = NOW - 120 * DAY
"""When the first complaint came."""
FOUND = BEGUN + 40 * DAY
DONE = BEGUN + 50 * DAY
AFTER = BEGUN + 52 * DAY
"""When complaints of after are filed."""
MEASURED = BEGUN + 85 * DAY
TOLD = "Ahora una cuadrilla revisa los sumideros cada viernes."


def by(house: House, now: datetime, role: Role = Role.QUALITY_MANAGER) -> dict[str, Any]:
    """Return what every command is told."""
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def day(house: House, at: datetime) -> date:
    return house.institution.local_date(at)


def complaints(
    house: House, count: int, *, filed: datetime, days: int, cause_id: int | None = None, who: Any = None
) -> list[Case]:
    """File complaints and answer each so many days later; the cause is coded then."""
    found = []
    for _ in range(count):
        case = file(house, now=filed, who=who, unit_id=house.units["obras"])
        answer(house, case, now=filed + days * DAY)
        if cause_id is not None:
            coded = by(house, filed + days * DAY)
            code_cause(case_id=case.pk, version=None, cause_id=cause_id, **coded)
        case.refresh_from_db()
        found.append(case)
    return found


def cause_of(house: House) -> int:
    cause = save_cause(name="Demora en la visita", **by(house, BEGUN - DAY))
    house.institution.refresh_from_db()
    return cause.pk


def found_about(house: House, cause_id: int | None, *, now: datetime = FOUND) -> Finding:
    subject = Subject("cause", cause_id) if cause_id is not None else None
    row = open_finding(
        source=Source.COMPLAINTS, title="Se tarda en ir a ver", severity=Severity.GRAVE, subject=subject,
        unit_id=house.units["obras"], **by(house, now),
    )  # fmt: skip
    write_root_cause(
        finding_id=row.pk, category="method", whys=["Nadie avisa", "El aviso queda en papel"],
        **by(house, now),
    )  # fmt: skip
    return row


def indicator(house: House, **changes: Any) -> Indicator:
    values: dict[str, Any] = {
        "code": "en-cinco-dias", "name": "Respondidas en 5 días", "definition": "En 5 ÷ todas.",
        "metric_key": "cases.answer_days", "statistic": Statistic.WITHIN, "within": 5, "target": Decimal(90),
        "since": None,
    }  # fmt: skip
    return save_indicator(**by(house, BEGUN - DAY), **{**values, **changes})


def begun(house: House, *, now: datetime = FOUND, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "name": "Llegar antes", "starts_on": day(house, now), "ends_on": day(house, now + 200 * DAY),
        "diagnosis": "Doce reclamos en un mes.",
    }  # fmt: skip
    return begin_plan(**by(house, now), **{**values, **changes})


def data(house: House, **changes: Any) -> ActionData:
    values: dict[str, Any] = {
        "title": "Revisar los sumideros cada viernes", "unit_id": house.units["obras"],
        "responsible_id": house.user(Role.HEAD_OF_UNIT).pk, "starts_on": day(house, FOUND),
        "due_on": day(house, FOUND + 30 * DAY), "told_text": TOLD,
    }  # fmt: skip
    return ActionData(**{**values, **changes})


def added(
    house: House, plan: Plan, findings: Sequence[int] = (), *, now: datetime = FOUND, **changes: Any
) -> Action:
    return add_action(plan_id=plan.pk, data=data(house, **changes), findings=findings, **by(house, now))


def with_baseline(house: House, row: Action, of: Indicator, *, now: datetime = FOUND) -> None:
    """Freeze the baseline of the thirty-five days before the finding."""
    count_all(house.institution, now=now)
    set_baseline(
        action_id=row.pk, indicator_id=of.pk, first=day(house, BEGUN), last=day(house, now - DAY),
        goal=Decimal(90), **by(house, now),
    )  # fmt: skip


def decided(house: House, plan: Plan, *choices: str, now: datetime = FOUND) -> Any:
    """Let a committee vote about a plan; return the session."""
    council = save_council(
        name=f"Comité {plan.pk} {now:%d%H%M}", kind="quality", quorum="majority", majority="simple",
        **by(house, now),
    )  # fmt: skip
    seats = [
        save_seat(
            council=council, name=f"Persona {place}", role="chair" if place == 0 else "member",
            since=date(2026, 1, 1), **by(house, now),
        )
        for place in range(len(choices))
    ]  # fmt: skip
    row = plan_sitting(
        council=council, starts_at=now + timedelta(minutes=5), place="Sala 2",
        points=[Point(plan.name, PLAN, plan.pk)], **by(house, now),
    )  # fmt: skip
    then = by(house, now + timedelta(minutes=5))
    call_sitting(sitting_id=row.pk, **by(house, now))
    open_sitting(sitting_id=row.pk, present=[seat.pk for seat in seats], **then)
    motion = open_motion(sitting_id=row.pk, item_id=row.items.get().pk, text="Aprobar el plan", **then)
    for seat, choice in zip(seats, choices, strict=True):
        cast_vote(sitting_id=row.pk, motion_id=motion.pk, seat_id=seat.pk, choice=choice, **then)
    close_motion(sitting_id=row.pk, motion_id=motion.pk, **then)
    plan.refresh_from_db()
    return row


def approved(house: House, plan: Plan, *, now: datetime = FOUND) -> None:
    propose_plan(plan_id=plan.pk, **by(house, now))
    decided(house, plan, "for", "for", "against", now=now)
