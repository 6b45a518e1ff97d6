# SPDX-License-Identifier: EUPL-1.2
"""A policy as the tests write it: every section, its councils, and how these decide."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from siac.accounts.public import Role
from siac.documents.public import check_uploads
from siac.governance.public import (
    Council,
    Point,
    Result,
    call_sitting,
    cast_vote,
    close_motion,
    open_motion,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
    write_minutes,
)
from siac.policy.commands.approving import approve_edition, propose
from siac.policy.commands.policies import add_documents, save_facts, save_policy, start_edition
from siac.policy.commands.sections import save_cells, save_section
from siac.policy.models import PolicyEdition, PolicyRound
from siac.policy.queries import ROUND
from tests.factories import NOW, House

K, A = Role.QUALITY_MANAGER, Role.AUTHORITY
TODAY = date(2026, 1, 1)
ROWS: dict[str, list[dict[str, Any]]] = {
    "mission": [{"name": "Misión", "text": "Educar"}],
    "strategy": [{"name": "Aprendizajes", "text": "Mejorarlos"}, {"name": "Recursos", "text": "Cuidarlos"}],
    "principles": [
        {"name": "Eficiencia", "text": "Al menor costo"},
        {"name": "Articulación", "text": "Visión compartida"},
    ],
    "objectives": [
        {"name": "Mejorar", "sort": "general", "text": "La calidad"},
        {"name": "Modelo de atención", "sort": "specific", "text": "Ordenar los canales"},
    ],
    "users": [{"table": "Edad", "name": "0 a 14 años", "value": "22,4 %", "source": "Censo 2017"}],
    "actors": [{"name": "Dirección", "text": "Dirigir", "role": Role.AUTHORITY.value}],
    "lines": [
        {"name": "Abrir la OIRS", "text": "Un punto de contacto"},
        {"name": "Capacitar", "text": "Al personal"},
    ],
    "instruments": [
        {"name": "Código de conducta", "principle": "p1", "sort": "code", "url": "https://a.cl/c"}
    ],
}


def common(house: House, role: Role = K, now: datetime = NOW) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def council_of(house: House, name: str = "Comité de calidad", now: datetime = NOW) -> tuple[Council, int]:
    """Set up a council of one who presides; return it with their seat."""
    asked = common(house, now=now)
    council = save_council(**asked, name=name, kind="quality", quorum="majority", majority="simple")
    seat = save_seat(**asked, council=council, name="Ana Soto", role="chair", since=TODAY)
    return council, seat.pk


def written(house: House, number: int = 1, now: datetime = NOW) -> None:
    """Write every section of a draft."""
    asked = {**common(house, now=now), "number": number}
    for code, rows in ROWS.items():
        save_section(**asked, code=code, rows=rows)
    save_section(
        **asked, code="participation", text="Hubo un taller.",
        rows=[
            {
                "group": "staff", "how": "workshop", "on": house.institution.local_date(now), "people": 24,
                "said": "Faltan canales", "done": "Línea de acción",
            }
        ],
    )  # fmt: skip
    save_section(**asked, code="introduction", text="Esta política ordena lo que hacemos.\n- Uno\n- Dos")
    save_section(**asked, code="validity", text="Se revisa cada dos años.")
    save_cells(**asked, code="principle_links", row="p1", said={"s2": "Cuida los recursos"})
    save_cells(**asked, code="objective_links", row="o2", said={"s1": "Atender bien ayuda a aprender"})
    save_facts(**asked, title="Política de calidad", author="Gabinete", validator="Dirección Ejecutiva")


def drafted(house: House, *councils: Council, now: datetime = NOW) -> PolicyEdition:
    """Set up a policy that councils approve, with its first draft written."""
    asked = common(house, now=now)
    save_policy(**asked, title="Política de calidad", council_ids=[each.pk for each in councils])
    row = start_edition(**asked)
    written(house, now=now)
    row.refresh_from_db()
    return row


def decided(
    house: House,
    round_: PolicyRound,
    council: Council,
    seat: int,
    choice: str,
    why: str = "",
    now: datetime = NOW,
) -> Result:
    """Let a council vote about a proposal in a session of its own."""
    asked: dict[str, Any] = common(house, now=now)
    row = plan_sitting(
        **asked, council=council, starts_at=now + timedelta(minutes=1), place="Sala",
        points=[Point("Política", ROUND, round_.pk)],
    )  # fmt: skip
    call_sitting(**asked, sitting_id=row.pk)
    open_sitting(**asked, sitting_id=row.pk, present=[seat])
    item = row.items.get()
    write_minutes(**asked, sitting_id=row.pk, notes="", discussions={item.pk: why})
    motion = open_motion(**asked, sitting_id=row.pk, item_id=item.pk, text="Aprobar la política")
    cast_vote(**asked, sitting_id=row.pk, motion_id=motion.pk, seat_id=seat, choice=choice)
    return close_motion(**asked, sitting_id=row.pk, motion_id=motion.pk)


def approved(
    house: House,
    since: date = TODAY,
    now: datetime = NOW,
    name: str = "Comité de calidad",
    documents: Sequence[Any] = (),
    **more: Any,
) -> PolicyEdition:
    """Return the first edition, approved by its one council and the authority; the code of conduct is the
    first of its documents, if any are added.
    """
    council, seat = council_of(house, name, now)
    drafted(house, council, now=now)
    if documents:
        numbers = add_documents(**common(house, now=now), files=check_uploads(documents))
        rows = [{**ROWS["instruments"][0], "file": str(numbers[0])}]
        save_section(**common(house, now=now), number=1, code="instruments", rows=rows)
    proposed = propose(**common(house, now=now), number=1)
    decided(house, proposed, council, seat, "for", now=now)
    review = date(since.year + 2, 1, 1)
    return approve_edition(**common(house, A, now), number=1, valid_from=since, review_by=review, **more)
