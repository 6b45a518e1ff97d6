# SPDX-License-Identifier: EUPL-1.2
"""What the screens beside the work list show of each invented body: a rule, a shared
list, an absence, and what its country has.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from siac.accounts.public import User
from siac.cases.public import (
    CaseKind,
    Channel,
    Filing,
    Nature,
    Outcome,
    ReserveCause,
    add_task,
    answer_case,
    enter_reserve,
    file_case,
    note_with_mentions,
    register_appeal,
    save_kind,
    save_routing_rule,
    save_view,
)
from siac.catalogue.public import topics
from siac.clocks.public import Amount, Unit, save_own_rule
from siac.countries.public import Duty
from siac.organizations.public import Institution, note_absence
from siac.people.public import PersonData
from siac.servicepoints.public import service_points
from siac.statutory.public import ReplyWay, register_sheet

_SHEETS = (
    (6, "Lucía", "Paredes", "No me atendieron en la ventanilla pese a tener cita y llegar a la hora."),
    (
        3,
        "Óscar",
        "Condori",
        "La constancia que me dieron tenía mi nombre mal escrito y no la quisieron corregir.",
    ),
    (1, "Nélida", "Rojas", "Esperé dos horas de pie; solo había una persona atendiendo."),
)


_CHECKS = [
    {"code": "c_adjuntos", "label": "Se leyeron los adjuntos", "required": True},
    {"code": "c_visita", "label": "Se habló con quien estuvo en el lugar", "required": False},
]


def set_scenes(
    institution: Institution,
    kinds: list[CaseKind],
    *,
    actor: User,
    workers: Mapping[int, User],
    now: datetime,
) -> None:
    """Leave something on every screen of a body whose cases are loaded.

    `actor` works at its desk, `workers` answer for the units (by their ids).
    """
    unit_id, worker = min(workers.items(), key=lambda pair: pair[1].pk)
    _order(institution, actor=actor, away=worker, now=now)
    _team(institution, kinds, actor=actor, unit_id=unit_id, worker=worker, now=now)
    if Duty.COMPLAINTS_BOOK in institution.country.duties:
        _book(institution, actor=actor, now=now)
    if not institution.country.duties:  # a body without a page of its own law shows a term of its own
        _own_term(institution, kinds, now=now)
    if Duty.RESERVE_INDEX in institution.country.duties:
        kind = next(kind for kind in kinds if kind.nature == Nature.INFORMATION_REQUEST)
        _transparency(institution, kind, actor=actor, now=now)


def _order(institution: Institution, *, actor: User, away: User, now: datetime) -> None:
    topic = min(topics(institution).values(), key=lambda row: row.name)
    save_routing_rule(
        institution=institution,
        actor=None,
        now=now,
        name=f"Reclamos por {topic.name.lower()}",
        words="urgente\npeligro",
        set_topic=topic,
    )
    save_view(
        institution=institution,
        actor=actor,
        now=now,
        name="Llegadas por teléfono",
        params={"vista": "abiertas", "canal": "phone"},
    )
    today = institution.local_date(now)
    note_absence(
        institution=institution, user_id=away.pk, substitute_id=None, starts_on=today + timedelta(days=4),
        ends_on=today + timedelta(days=11), actor=actor, now=now,
    )  # fmt: skip


def _own_term(institution: Institution, kinds: list[CaseKind], *, now: datetime) -> None:
    """Let what the body promises for complaints follow a rule of its own."""
    rule = save_own_rule(
        institution=institution,
        code="quejas",
        name="Respuesta a quejas y sugerencias",
        amount=Amount(15, Unit.BUSINESS_DAYS),
        document="Ordenanza de atención a la ciudadanía, art. 8 (inventada)",
        actor=None,
        now=now,
    )
    institution.refresh_from_db()
    kind = next(kind for kind in kinds if kind.nature == Nature.COMPLAINT)
    save_kind(
        institution=institution,
        kind=kind,
        standard_days=None,
        standard_rule=rule.rule_id,
        actor=None,
        now=now,
    )


def _team(
    institution: Institution, kinds: list[CaseKind], *, actor: User, unit_id: int, worker: User, now: datetime
) -> None:
    """Leave something to check, a task and a mention on a complaint of this morning."""
    kind = next(kind for kind in kinds if kind.nature == Nature.COMPLAINT)
    kind = save_kind(institution=institution, kind=kind, checklist=_CHECKS, actor=None, now=now)
    institution.refresh_from_db()
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel.COUNTER,
        partial=True,
        unit_id=unit_id,
        subject="Puerta de entrada que no cierra",
        body="La puerta de entrada no cierra y en la tarde queda abierta.",
        person=PersonData(given_names="Rosa", family_names="Leiva", email="rosa@demo.invalid"),
    )
    case = file_case(institution=institution, filing=filing, actor=actor, now=now - timedelta(hours=3))
    note_with_mentions(
        institution=institution,
        case_id=case.pk,
        body=f"@{worker.name}: la persona vuelve a llamar el jueves.",
        actor=actor,
        now=now - timedelta(hours=2),
    )
    add_task(
        institution=institution,
        case_id=case.pk,
        text="Pedir fotos de la puerta",
        user_id=worker.pk,
        unit_id=None,
        due_on=institution.local_date(now) + timedelta(days=2),
        actor=actor,
        now=now - timedelta(hours=2),
    )


def _book(institution: Institution, *, actor: User, now: datetime) -> None:
    site = min(service_points(institution))
    for number, (days, given, family, body) in enumerate(_SHEETS, start=1201):
        at = now - timedelta(days=days, hours=2)
        register_sheet(
            institution=institution,
            service_point_id=site,
            number=number,
            written_at=at,
            event_on=institution.local_date(at),
            event_time=None,
            body=body,
            person=PersonData(
                given_names=given, family_names=family, email=f"hoja{number}@demo.invalid", phone="900000000"
            ),
            reply=ReplyWay.EMAIL,
            copy_given=True,
            actor=actor,
            now=at + timedelta(hours=1),
        )


def _transparency(institution: Institution, kind: CaseKind, *, actor: User, now: datetime) -> None:
    today = institution.local_date(now)
    entry = enter_reserve(
        institution=institution,
        act="Informe preliminar de auditoría de obras menores",
        cause=ReserveCause.DELIBERATION,
        resolution="Resolución exenta 118 (inventada)",
        resolved_on=today - timedelta(days=60),
        reserved_from=today - timedelta(days=60),
        reserved_until=today + timedelta(days=300),
        actor=actor,
        now=now,
    )
    case_id = _denied(institution, kind, entry.pk, actor=actor, now=now)
    register_appeal(
        institution=institution,
        case_id=case_id,
        version=None,
        forum="other",
        authority="Consejo para la Transparencia",
        reference="C-0000 (inventado)",
        notified_on=today - timedelta(days=3),
        body="Pide que se le entregue el documento completo.",
        actor=actor,
        now=now,
    )


def _denied(institution: Institution, kind: CaseKind, reserve_id: int, *, actor: User, now: datetime) -> int:
    """File a request for information that was given in part only; return its id."""
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel.EMAIL,
        subject="Informe de la auditoría de obras menores",
        partial=True,
        body="Pido copia del informe completo de la auditoría de obras menores.",
        person=PersonData(given_names="Elisa", family_names="Bustos", email="elisa@demo.invalid"),
    )
    case = file_case(institution=institution, filing=filing, actor=actor, now=now - timedelta(days=35))
    answer_case(
        institution=institution,
        case_id=case.pk,
        version=None,
        outcome=Outcome.PARTLY,
        actor=actor,
        now=now - timedelta(days=20),
        body="Se entrega el informe sin las páginas sobre decisiones que aún no se toman.",
        ground="CL.SAIP.21.1b",
        reasons=(
            "Esas páginas son la propuesta de sanciones que todavía "
            "estudia la dirección; serán públicas cuando se resuelva."
        ),
        reserve_id=reserve_id,
    )
    return case.pk
