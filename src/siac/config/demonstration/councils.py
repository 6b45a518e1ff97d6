# SPDX-License-Identifier: EUPL-1.2
"""An invented quality committee of a body: who sits in it, a session with its vote, and one to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.config.demonstration.signing import sign_minutes
from siac.governance.public import (
    AgreementState,
    Council,
    Point,
    Sitting,
    agree,
    approve_minutes,
    call_sitting,
    cast_vote,
    close_motion,
    close_sitting,
    end_agreement,
    minutes_digest,
    open_motion,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
    write_minutes,
)
from siac.organizations.public import Institution, unit_tree

_SEATS = (
    ("chair", Role.AUTHORITY, "Dirección"), ("secretary", Role.QUALITY_MANAGER, "Calidad de servicio"),
    ("member", Role.COMMITTEE_MEMBER, "Personas usuarias"),
)  # fmt: skip


def hold_council(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> Council:
    """Set up a quality committee, hold its first session and plan the second; return the committee."""
    people = {person["role"]: person for person in script["people"]}
    keeper = _account(people, Role.QUALITY_MANAGER)
    begun = now - timedelta(days=160)
    council = save_council(
        institution=institution, actor=keeper, now=begun, name="Comité de calidad de servicio",
        kind="quality", mandate="Resolución de la demostración (inventada)", quorum="majority",
        majority="simple", chair_breaks_ties=True, publishes=True,
    )  # fmt: skip
    seats = [
        save_seat(
            institution=institution, council=council, actor=keeper, now=begun, role=role,
            name=people[of]["name"], represents=represents, since=institution.local_date(begun),
            user_id=_account(people, of).pk,
        )
        for role, of, represents in _SEATS
        if of in people
    ]  # fmt: skip
    held = now - timedelta(days=28)
    row = plan_sitting(
        institution=institution, council=council, starts_at=held, place="Sala de reuniones", actor=keeper,
        points=[Point("Reclamos de los últimos tres meses"), Point("Horario de atención")], now=begun,
    )  # fmt: skip
    common: dict[str, Any] = {"institution": institution, "sitting_id": row.pk, "actor": keeper}
    call_sitting(**common, now=begun)
    open_sitting(**common, present=[seat.pk for seat in seats], now=held)
    first, second = row.items.order_by("place")
    motion = open_motion(
        **common, item_id=second.pk, text="Atender los miércoles hasta las 18:00 un semestre", now=held
    )
    for seat in seats:
        cast_vote(**common, motion_id=motion.pk, seat_id=seat.pk, choice="for", now=held)
    close_motion(**common, motion_id=motion.pk, now=held)
    unit_id = min(unit_tree(institution).nodes)
    later = institution.local_date(held)
    done = agree(
        **common, item_id=second.pk, text="Publicar el horario nuevo en el portal y en las puertas.",
        unit_id=unit_id, due_on=later + timedelta(days=10), now=held,
    )  # fmt: skip
    agree(
        **common, item_id=first.pk, text="Revisar las tres causas de reclamo más repetidas.", unit_id=unit_id,
        due_on=later + timedelta(days=20), now=held,
    )  # fmt: skip
    said = {
        first.pk: "Se miraron las causas y los plazos del trimestre.",
        second.pk: "Las personas usuarias piden una tarde a la semana.",
    }
    write_minutes(**common, notes="", discussions=said, now=held)
    close_sitting(**common, now=held + timedelta(hours=1))
    _finish(institution, row, done.pk, keeper, held + timedelta(days=8))
    sign_minutes(institution, row, actor=keeper, now=now)
    plan_sitting(
        institution=institution, council=council, starts_at=now + timedelta(days=9),
        place="Sala de reuniones", actor=keeper, now=now,
        points=[Point("Avance de los acuerdos"), Point("Resultados de la encuesta")],
    )  # fmt: skip
    _civil_society(institution, people, keeper, begun, now)
    return council


def _civil_society(
    institution: Institution, people: Mapping[str, Any], keeper: User, begun: datetime, now: datetime
) -> None:
    """Set up the council of civil society, with somebody from outside, and call its next session."""
    if Role.COUNCIL_MEMBER not in people:
        return
    common: dict[str, Any] = {"institution": institution, "actor": keeper}
    council = save_council(
        **common, now=begun, name="Consejo de la sociedad civil", kind="civil_society",
        mandate="Resolución de la demostración (inventada)", quorum="number", quorum_number=1,
        majority="simple", publishes=True,
    )  # fmt: skip
    save_seat(
        **common, council=council, now=begun, role="chair", name=people[Role.COUNCIL_MEMBER]["name"],
        represents="Juntas de vecinos y centros de madres y padres", since=institution.local_date(begun),
        user_id=_account(people, Role.COUNCIL_MEMBER).pk,
    )  # fmt: skip
    row = plan_sitting(
        **common, council=council, starts_at=now + timedelta(days=14), place="Sala de reuniones", now=now,
        points=[Point("La política de calidad y el plan de mejora del año")],
    )  # fmt: skip
    call_sitting(**common, sitting_id=row.pk, now=now)


def _finish(institution: Institution, row: Sitting, done: int, keeper: User, at: datetime) -> None:
    row.refresh_from_db()
    seen = minutes_digest(row)
    approve_minutes(institution=institution, sitting_id=row.pk, seen=seen, actor=keeper, now=at)
    end_agreement(
        institution=institution, agreement_id=done, state=AgreementState.DONE,
        outcome="El horario nuevo está en el portal y en la puerta de cada punto.",
        today=institution.local_date(at), actor=keeper, now=at,
    )  # fmt: skip


def _account(people: Mapping[str, Mapping[str, Any]], role: str) -> User:
    user = account_of(people[role]["email"])
    if user is None:
        raise LookupError(people[role]["email"])
    return user
