# SPDX-License-Identifier: EUPL-1.2
"""What the invented bodies improve: one follows a complaint to the end (floods in schools: cause, finding,
plan, action, indicator, notice), the others have a plan under way. All of it is invented.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.cases.public import (
    Case,
    CaseKind,
    Channel,
    Filing,
    Nature,
    Outcome,
    answer_case,
    code_cause,
    file_case,
    save_cause,
)
from siac.catalogue.public import save_topic
from siac.charters.public import ABOUT_PROMISES
from siac.findings.public import (
    Finding,
    Severity,
    Source,
    Step,
    Subject,
    all_findings,
    follow_finding,
    open_finding,
    write_root_cause,
)
from siac.governance.public import (
    Council,
    Point,
    approve_minutes,
    call_sitting,
    cast_vote,
    close_motion,
    close_sitting,
    minutes_digest,
    open_motion,
    open_sitting,
    plan_sitting,
    seats_on_day,
)
from siac.improvement.public import (
    PLAN,
    TELLING,
    Action,
    ActionData,
    Plan,
    add_action,
    begin_plan,
    evaluate_plan,
    measure_action,
    note_progress,
    prepare_review,
    propose_plan,
    set_baseline,
    telling,
)
from siac.indicators.public import Indicator, count_all, save_indicator
from siac.infra.longwork import run_long
from siac.infra.metrics import Statistic
from siac.organizations.public import Institution, unit_tree
from siac.people.public import PersonData

_DAY = timedelta(days=1)
_PEOPLE = (
    ("Marta", "Cortés"), ("Iván", "Godoy"), ("Paola", "Barraza"), ("Raúl", "Olivares"), ("Nicole", "Araya"),
    ("Sergio", "Tapia"), ("Camila", "Rojo"), ("Hugo", "Pastén"), ("Elena", "Castillo"), ("Tomás", "Véliz"),
    ("Gloria", "Munizaga"), ("Andrés", "Carvajal"), ("Rosa", "Zepeda"), ("Luis", "Contreras"),
)  # fmt: skip
_BODY = "Cada vez que llueve se inunda la sala y nadie viene a verla. Es la segunda vez que aviso."
_ANSWER = (
    "Una cuadrilla fue a ver la sala y despejó la bajada de agua. Quedó programada la reparación del techo."
)
_TOLD = (
    "Usted reclamó porque la sala se inundaba y tardamos semanas en ir. Desde ahora los avisos de agua "
    "llegan el mismo "
    "día al teléfono de la cuadrilla, y va a verla antes de cinco días hábiles."
)


def improve(
    institution: Institution,
    script: Mapping[str, Any],
    kinds: list[CaseKind],
    council: Council,
    *,
    desk: User,
    workers: Mapping[int, User],
    now: datetime,
) -> None:
    """Let a body improve: the whole story where `script` tells of floods, and
    everywhere a plan under way that answers promises that were missed."""
    people = {person["role"]: account_of(person["email"]) for person in script["people"]}
    keeper, head = people[Role.QUALITY_MANAGER], people.get(Role.HEAD_OF_UNIT)
    if keeper is None or head is None:
        raise LookupError("quality_manager")
    stage = _Stage(institution, council, keeper, head, desk, now)
    kind = next(each for each in kinds if each.nature == Nature.COMPLAINT)
    if institution.slug == "puerto-cordillera":
        _flooded(stage, kind, workers)
    _under_way(stage, min(workers))


class _Stage:
    """Who does what in a body."""

    def __init__(
        self, institution: Institution, council: Council, keeper: User, head: User, desk: User, now: datetime
    ) -> None:
        self.institution, self.council, self.keeper = institution, council, keeper
        self.head, self.desk, self.now = head, desk, now

    def by(self, at: datetime, actor: User | None = None) -> dict[str, Any]:
        """Return what every command is told."""
        return {"institution": self.institution, "actor": actor or self.keeper, "now": at}

    def day(self, at: datetime) -> Any:
        """Return the local day."""
        return self.institution.local_date(at)


def _flooded(stage: _Stage, kind: CaseKind, workers: Mapping[int, User]) -> None:
    nodes = unit_tree(stage.institution).nodes
    unit_id = next(pk for pk, node in nodes.items() if node.name == "Infraestructura y mantención")
    who = workers.get(unit_id, stage.head)
    stage.head = account_of("infraestructura@puerto-cordillera.demo.invalid") or stage.head
    begun = stage.now - 170 * _DAY
    topic = save_topic(
        institution=stage.institution,
        actor=None,
        now=begun,
        name="Inundaciones y filtraciones",
        unit_id=unit_id,
    )
    cause = save_cause(name="Demora en ir a ver", **stage.by(begun))
    stage.institution.refresh_from_db()
    for place, (given, family) in enumerate(_PEOPLE):
        filed = begun + (place * 2) * _DAY
        case = _filed(stage, kind, topic.pk, unit_id, given, family, filed, who, days=15 + place % 6)
        code_cause(case_id=case.pk, version=None, cause_id=cause.pk, **stage.by(filed + 25 * _DAY))
    found = stage.now - 110 * _DAY
    finding = _found(stage, cause.pk, unit_id, found)
    plan, row = _planned(stage, topic.pk, unit_id, finding, begun, found)
    _approved(stage, plan, found + 5 * _DAY)
    note_progress(
        action_id=row.pk, percent=50, dated_on=stage.day(found + 15 * _DAY),
        note="Se compró el teléfono y se probó con tres establecimientos.",
        **stage.by(found + 15 * _DAY, stage.head),
    )  # fmt: skip
    done = found + 30 * _DAY
    note_progress(
        action_id=row.pk, percent=100, dated_on=stage.day(done),
        note="Todos los establecimientos avisan al mismo teléfono y la cuadrilla responde el mismo día.",
        **stage.by(done, stage.head),
    )  # fmt: skip
    run_long(TELLING, row.telling.pk, telling, clock=lambda: done + timedelta(hours=1))
    for place, (given, family) in enumerate(_PEOPLE):
        filed = done + (2 + place * 3) * _DAY
        _filed(stage, kind, topic.pk, unit_id, family, given, filed, who, days=2 + place % 3)
    _measured(stage, plan, row, finding, done)
    _to_review(stage)


def _filed(
    stage: _Stage, kind: CaseKind, topic_id: int, unit_id: int, given: str, family: str, at: datetime,
    who: User,
    *, days: int,
) -> Case:  # fmt: skip
    plain = unicodedata.normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode()
    email = f"{plain.lower()}@demo.invalid"
    filing = Filing(
        kind_id=kind.pk, channel=Channel.COUNTER, partial=True, unit_id=unit_id, topic_id=topic_id,
        subject="Se inunda la sala", body=_BODY,
        person=PersonData(given_names=given, family_names=family, email=email),
    )  # fmt: skip
    case = file_case(institution=stage.institution, filing=filing, actor=stage.desk, now=at)
    answered = at + days * _DAY
    return answer_case(
        institution=stage.institution, case_id=case.pk, body=_ANSWER, outcome=Outcome.UPHELD, version=None,
        actor=who, now=answered,
    )  # fmt: skip


def _found(stage: _Stage, cause_id: int, unit_id: int, at: datetime) -> Finding:
    finding = open_finding(
        source=Source.COMPLAINTS, title="Se tarda semanas en ir a ver una sala inundada",
        severity=Severity.GRAVE,
        detail="Catorce reclamos en un mes por la misma causa.", unit_id=unit_id,
        responsible_id=stage.head.pk,
        due_on=stage.day(at + 60 * _DAY), subject=Subject("cause", cause_id), **stage.by(at),
    )  # fmt: skip
    write_root_cause(
        finding_id=finding.pk, category="method",
        whys=[
            "La cuadrilla se entera tarde del aviso.",
            "El aviso espera en la oficina hasta la reunión de la semana.",
            "No hay un teléfono al que llamar cuando entra agua.",
        ],
        **stage.by(at + _DAY),
    )  # fmt: skip
    return finding


def _planned(
    stage: _Stage, topic_id: int, unit_id: int, finding: Finding, begun: datetime, at: datetime
) -> tuple[Plan, Action]:
    of = save_indicator(
        code="agua-en-cinco-dias", name="Avisos de agua respondidos en 5 días hábiles",
        definition="Reclamos por agua respondidos en 5 días hábiles o menos ÷ respondidos en el período.",
        metric_key="cases.answer_days", statistic=Statistic.WITHIN, within=5,
        filters={"topic": [str(topic_id)]},
        target=Decimal(80), since=None, **stage.by(begun),
    )  # fmt: skip
    plan = begin_plan(
        name="Llegar antes cuando entra agua", starts_on=stage.day(at), ends_on=stage.day(at + 120 * _DAY),
        diagnosis=(
            "En un mes hubo catorce reclamos por salas inundadas a las que se fue semanas después. El aviso "
            "espera en "
            "la oficina: no hay un teléfono al que llamar."
        ),
        is_public=True, **stage.by(at + 2 * _DAY),
    )  # fmt: skip
    data = ActionData(
        title="Un teléfono de guardia para avisos de agua", unit_id=unit_id, responsible_id=stage.head.pk,
        starts_on=stage.day(at + 3 * _DAY), due_on=stage.day(at + 40 * _DAY), cost=240_000, currency="CLP",
        budget="granted", people="granted", means="granted", weight=2, told_text=_TOLD,
        detail="La cuadrilla lleva el teléfono y responde el mismo día.",
    )  # fmt: skip
    row = add_action(plan_id=plan.pk, data=data, findings=[finding.pk], **stage.by(at + 2 * _DAY))
    _baseline(stage, row, of, begun, at + 2 * _DAY)
    return plan, row


def _baseline(stage: _Stage, row: Action, of: Indicator, first: datetime, at: datetime) -> None:
    count_all(stage.institution, keys=["cases"], now=at)
    set_baseline(
        action_id=row.pk, indicator_id=of.pk, first=stage.day(first), last=stage.day(at - _DAY),
        goal=of.target, **stage.by(at),
    )  # fmt: skip


def _approved(stage: _Stage, plan: Plan, at: datetime) -> None:
    propose_plan(plan_id=plan.pk, **stage.by(at - _DAY))
    row = plan_sitting(
        council=stage.council, starts_at=at, place="Sala de reuniones",
        points=[Point(f"Plan de mejora: {plan.name}", PLAN, plan.pk)], **stage.by(at - _DAY),
    )  # fmt: skip
    common = {"sitting_id": row.pk, **stage.by(at)}
    call_sitting(sitting_id=row.pk, **stage.by(at - _DAY))
    seats = seats_on_day(stage.council, stage.day(at))
    open_sitting(present=[seat.pk for seat in seats], **common)
    motion = open_motion(item_id=row.items.get().pk, text="Aprobar el plan como se presenta", **common)
    for seat in seats:
        cast_vote(motion_id=motion.pk, seat_id=seat.pk, choice="for", **common)
    close_motion(motion_id=motion.pk, **common)
    close_sitting(**common)
    row.refresh_from_db()
    approve_minutes(sitting_id=row.pk, seen=minutes_digest(row), **stage.by(at + 3 * _DAY))


def _measured(stage: _Stage, plan: Plan, row: Action, finding: Finding, done: datetime) -> None:
    last = stage.now - 20 * _DAY
    at = last + _DAY
    count_all(stage.institution, keys=["cases"], now=at)
    measure_action(
        action_id=row.pk,
        first=stage.day(done + _DAY),
        last=stage.day(last),
        **stage.by(at + timedelta(hours=1)),
    )
    evaluate_plan(
        plan_id=plan.pk,
        conclusion="Se llega antes. Falta ver el próximo invierno: los meses no son los mismos.",
        **stage.by(at + timedelta(hours=2)),
    )  # fmt: skip
    follow_finding(
        finding_id=finding.pk, step=Step.SOLVE, body="Los avisos llegan el mismo día a la cuadrilla.",
        **stage.by(at + timedelta(hours=2)),
    )  # fmt: skip


def _to_review(stage: _Stage) -> None:
    """Prepare the next session of the committee."""
    coming = stage.council.sittings.filter(state="planned").order_by("number").first()
    if coming is not None:
        days = {"first": stage.day(stage.now - 90 * _DAY), "last": stage.day(stage.now)}
        prepare_review(sitting_id=coming.pk, **days, **stage.by(stage.now))


def _under_way(stage: _Stage, unit_id: int) -> None:
    at = stage.now - 25 * _DAY
    finding = open_finding(
        source=Source.AUDIT, title="Las respuestas no dicen ante quién recurrir", severity=Severity.MODERATE,
        detail="Se revisaron treinta respuestas.", unit_id=unit_id, responsible_id=stage.head.pk,
        due_on=stage.day(stage.now + 30 * _DAY), **stage.by(at),
    )  # fmt: skip
    of = save_indicator(
        code="recibidas-del-plan", name="Solicitudes recibidas",
        definition="Cuántas se reciben en el período.",
        metric_key="cases.received", statistic=Statistic.COUNT, target=Decimal(40), since=None,
        **stage.by(at),
    )  # fmt: skip
    plan = begin_plan(
        name="Respuestas que se entienden", starts_on=stage.day(at), ends_on=stage.day(stage.now + 90 * _DAY),
        diagnosis="Muchas personas vuelven a escribir porque la respuesta no dice qué pueden hacer.",
        **stage.by(at),
    )  # fmt: skip
    data = ActionData(
        title="Revisar los textos con que empiezan las respuestas", unit_id=unit_id,
        responsible_id=stage.head.pk, starts_on=stage.day(at), due_on=stage.day(stage.now - 3 * _DAY),
    )  # fmt: skip
    missed = all_findings(stage.institution).filter(subject_kind__in=ABOUT_PROMISES, settled_at=None)
    answered = [finding.pk, *missed.order_by("pk").values_list("pk", flat=True)]
    row = add_action(plan_id=plan.pk, data=data, findings=answered, **stage.by(at))
    _baseline(stage, row, of, at - 300 * _DAY, at)
    _approved(stage, plan, at + 6 * _DAY)
    note_progress(
        action_id=row.pk, percent=40, dated_on=stage.day(stage.now - 8 * _DAY),
        note="Van cuatro de diez textos.",
        **stage.by(stage.now - 8 * _DAY, stage.head),
    )  # fmt: skip
