# SPDX-License-Identifier: EUPL-1.2
"""The quality policy of a body: that of the education service as it was published, told in other words; those
of the others invented.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.charters.public import commitments_in_force
from siac.governance.public import (
    Council,
    Point,
    agreements,
    approve_minutes,
    call_sitting,
    cast_vote,
    close_motion,
    close_sitting,
    minutes_digest,
    open_motion,
    open_sitting,
    plan_sitting,
    visible_councils,
    write_minutes,
)
from siac.indicators.public import followed, latest_results
from siac.organizations.public import Institution, access_in, unit_tree
from siac.policy.public import (
    ROUND,
    PolicyEdition,
    PolicyRound,
    approve_edition,
    propose,
    save_cells,
    save_facts,
    save_links,
    save_policy,
    save_reference,
    save_section,
    start_edition,
)
from siac.surveys.public import surveys

_FILES = {"puerto-cordillera": "policy-slep.toml", "trabajo": "policy-ministry.toml"}
_PROPOSED, _VOTED, _APPROVED = timedelta(days=60), timedelta(days=36), timedelta(days=30)
_SECTIONS = (
    "introduction", "legal", "mission", "strategy", "products", "principles", "instruments", "objectives",
    "principle_links", "objective_links", "users", "actors", "lines", "participation", "validity",
)  # fmt: skip


def adopt_policy(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Write the policy of a body, let its quality committee approve it, link its lines to what there is,
    and begin the next edition.
    """
    told = _read(institution)
    people = {person["role"]: person["email"] for person in script["people"]}
    keeper, authority = _account(people[Role.QUALITY_MANAGER]), _account(people[Role.AUTHORITY])
    access = access_in(keeper, institution.slug)
    council = visible_councils(access).get(kind="quality")
    edition = _write(institution, told, council, keeper, now - _PROPOSED)
    proposed = propose(institution=institution, number=edition.number, actor=keeper, now=now - _PROPOSED)
    _vote(institution, council, proposed, keeper, now - _VOTED)
    day = institution.local_date(now - _APPROVED)
    edition = approve_edition(
        institution=institution, number=edition.number, valid_from=day + timedelta(days=2),
        review_by=day.replace(year=day.year + 2, day=1), act=told["act"], actor=authority,
        now=now - _APPROVED,
    )  # fmt: skip
    _link(institution, told, edition, keeper, now)
    _keep_references(institution, keeper, now)
    start_edition(institution=institution, actor=keeper, now=now - timedelta(days=4))
    save_section(
        institution=institution, number=edition.number + 1, code="validity",
        text="Se revisa cada año, con los resultados de la encuesta. (Propuesta en redacción.)", actor=keeper,
        now=now - timedelta(days=3),
    )  # fmt: skip


def _read(institution: Institution) -> dict[str, Any]:
    name = _FILES.get(institution.slug, "policy-municipality.toml")
    text = (resources.files("siac.config.demonstration") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _write(
    institution: Institution, told: Mapping[str, Any], council: Council, keeper: User, at: datetime
) -> PolicyEdition:
    common: dict[str, Any] = {"institution": institution, "actor": keeper, "now": at}
    save_policy(**common, title=told["title"], council_ids=[council.pk])
    edition = start_edition(**common)
    common["number"] = edition.number
    today = institution.local_date(at)
    for code in _SECTIONS:
        rows = [dict(row) for row in told["rows"].get(code, ())]
        for row in rows:
            row.pop("links", None)
            if "ago" in row:
                row["on"] = today - timedelta(days=row.pop("ago") - _PROPOSED.days)
        save_section(**common, code=code, text=told["texts"].get(code, ""), rows=rows)
    for code, cells in told["cells"].items():
        by_row: dict[str, dict[str, str]] = {}
        for cell in cells:
            by_row.setdefault(cell["row"], {})[cell["column"]] = cell["text"]
        for line, said in by_row.items():
            save_cells(**common, code=code, row=line, said=said)
    return save_facts(
        **common, title=told["title"], author=told["author"], validator=told["validator"],
        source=told["source"],
    )  # fmt: skip


def _vote(
    institution: Institution, council: Council, proposed: PolicyRound, keeper: User, at: datetime
) -> None:
    """Hold a session of the committee that approves the policy, with its minutes."""
    common: dict[str, Any] = {"institution": institution, "actor": keeper}
    before = at - timedelta(days=5)
    row = plan_sitting(
        **common, council=council, starts_at=at, place="Sala de reuniones", is_extraordinary=True,
        points=[Point("Política de calidad", ROUND, proposed.pk)], now=before,
    )  # fmt: skip
    common["sitting_id"] = row.pk
    call_sitting(**common, now=before)
    seats = [seat.pk for seat in council.seats.order_by("pk")]
    open_sitting(**common, present=seats, now=at)
    item = row.items.get()
    motion = open_motion(**common, item_id=item.pk, text="Aprobar la política de calidad", now=at)
    for seat in seats:
        cast_vote(**common, motion_id=motion.pk, seat_id=seat, choice="for", now=at)
    close_motion(**common, motion_id=motion.pk, now=at)
    said = {item.pk: "Se leyó la política por capítulos y se revisaron las dos matrices."}
    write_minutes(**common, notes="", discussions=said, now=at)
    close_sitting(**common, now=at + timedelta(hours=1))
    row.refresh_from_db()
    approve_minutes(**common, seen=minutes_digest(row), now=at + timedelta(days=2))


def _link(
    institution: Institution, told: Mapping[str, Any], edition: PolicyEdition, keeper: User, now: datetime
) -> None:
    """Link lines of action to the first thing there is of each sort that they name."""
    access = access_in(keeper, institution.slug)
    in_force = commitments_in_force(institution, institution.local_date(now))
    charters = (each.edition.charter_id for each in in_force)
    first = {
        "charter": next(charters, None),
        "indicator": _indicator(institution),
        "survey": next((pk for pk, row in surveys(institution).items() if not row.for_staff), None),
        "agreement": agreements(access).order_by("pk").values_list("pk", flat=True).first(),
    }
    for place, line in enumerate(told["rows"]["lines"], start=1):
        found = ((kind, first[kind]) for kind in line.get("links", ()))
        things = [(kind, number) for kind, number in found if number is not None]
        if things:
            save_links(
                institution=institution, edition=edition, line=f"l{place}", things=things, actor=keeper,
                now=now,
            )  # fmt: skip


_REFERENCES = (
    ("planning", "Plan estratégico institucional (inventado)", "Da las columnas de las matrices.", 12),
    ("e_government", "Plan de transformación digital (inventado)", "Trámites que pasan a la web.", 6),
    ("technology", "Catálogo de sistemas (inventado)", "Qué sistemas dan y reciben datos de atención.", 12),
    ("quality", "Manual de procesos (inventado)", "Procesos de los que responden los compromisos.", 3),
)
"""What the system is linked to: area, name, how, and every how many months somebody looks; the last one is
overdue."""


def _keep_references(institution: Institution, keeper: User, now: datetime) -> None:
    unit_id = min(unit_tree(institution).nodes)
    for area, name, bearing, months in _REFERENCES:
        save_reference(
            institution=institution, area=area, name=name, bearing=bearing, unit_id=unit_id,
            document="Resolución inventada", every_months=months, actor=keeper,
            now=now - timedelta(days=110),
        )  # fmt: skip


def _indicator(institution: Institution) -> int | None:
    """Return an indicator that has a result, else any that is followed."""
    rows = list(followed(institution))
    results = latest_results(institution, rows)
    measured = [result.indicator_id for result in results if result.value is not None]
    return next(iter([*measured, *(row.pk for row in rows)]), None)


def _account(email: str) -> User:
    user = account_of(email)
    if user is None:
        raise LookupError(email)
    return user
