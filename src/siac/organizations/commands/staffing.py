# SPDX-License-Identifier: EUPL-1.2
"""Units and people from a sheet: kept as it was typed, looked at against the
body, then done row by row by a job.

Each row is one transaction with the ordinary command behind it, and what is done already is nothing to do: a
job that is run again goes on where it was, and the same sheet uploaded twice changes nothing. Rows of one
body take turns, and each is looked at again in its turn: the same people in two sheets get one letter.
"""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from siac.accounts.public import Role, User
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, finish
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.access import access_in
from siac.organizations.commands.inviting import invite
from siac.organizations.commands.setup import save_unit
from siac.organizations.domain.rights import StaffRight
from siac.organizations.domain.staffing import Act, Known, KnownUnit, PersonRow, Said, UnitRow, read_sheets
from siac.organizations.domain.staffing_plan import CODE_LIMIT, parents_first, plan
from siac.organizations.models import READY, Institution, Invitation, Membership, StaffSheet, Unit
from siac.organizations.queries import unit_tree
from siac.organizations.texts import ROLES_BY_WORD

LINE = Line(
    StaffSheet, "organizations.load_sheet", "sheet_id", queue=LONG, related=("institution", "created_by")
)
ROWS = 2000
BYTES = 5 * 1024 * 1024
KEPT_FOR = timedelta(days=1)
"""How long a sheet that nobody confirms stays."""


def known_of(institution: Institution, now: datetime) -> Known:
    """Return the units of a body, who works there and who is invited (2 SQL once its units are known)."""
    nodes = unit_tree(institution).nodes
    codes = {pk: node.code for pk, node in nodes.items()}
    units = {
        node.code: KnownUnit(
            node.code, node.name, codes.get(node.parent_id or 0, ""), node.email, node.is_active
        )
        for node in nodes.values()
    }
    held = Membership.objects.filter(institution=institution).values_list("user__email", "role", "unit_id")
    offered = Invitation.objects.filter(institution=institution, accepted_at=None, expires_at__gt=now)
    return Known(
        units,
        {(email.lower(), role, codes.get(unit or 0, "")) for email, role, unit in held},
        {
            (email, role, codes.get(unit or 0, ""))
            for email, role, unit in offered.values_list("email", "role", "unit_id")
        },
    )


def planned(sheet: StaffSheet, institution: Institution, *, now: datetime) -> Said:
    """Return the rows of a sheet with their problems and what each would do today (SQL as `known_of`)."""
    said = read_sheets(sheet.sheets())
    plan(
        said,
        known_of(institution, now),
        roles=ROLES_BY_WORD,
        code_of=lambda name: slugify(name)[:CODE_LIMIT].strip("-"),
    )
    return said


def receive_sheet(
    *, institution: Institution, name: str, content: bytes, actor: User | None, now: datetime
) -> StaffSheet:
    """Keep a sheet for its preview; it goes after a day if nobody confirms it.

    Raises:
        Refused: it cannot be read (table_unreadable), has no table of units or people
            (sheet_empty), or more than 2,000 rows (sheet_long).
    """
    tables = uploaded_tables(content, most_rows=ROWS)
    stored = [[table.title, [[row.line, row.cells] for row in table.rows]] for table in tables]
    sheet = StaffSheet(
        institution=institution, name=squeeze(name)[-120:], tables=stored, created_by=actor, created_at=now
    )
    said = read_sheets(sheet.sheets())
    if sum(len(table.rows) for table in tables) > ROWS:
        raise Refused("sheet_long", limit=f"{ROWS // 1000}.{ROWS % 1000:03}")
    if not said.units and not said.people and not said.examples:
        raise Refused("sheet_empty")
    sheet.save()
    return sheet


@transaction.atomic
def begin_load(
    *, institution: Institution, sheet_id: int, actor: User | None = None, now: datetime
) -> StaffSheet:
    """Start the job that does what the rows without problems say; an interrupted one goes on.

    It is done in the name of `actor`, who confirms it, and only while they may (None: of who brought it).

    Raises:
        Refused: it is loading or was loaded (sheet_moving).
    """
    sheet = StaffSheet.objects.select_for_update(of=("self",)).get(pk=sheet_id, institution=institution)
    sheet.total = sheet.done + len(_to_do(planned(sheet, institution, now=now), institution, now))
    if actor is not None:
        sheet.created_by = actor
    return begin(LINE, sheet, now=now, refusal="sheet_moving", also=["total", "created_by"])


def loading(sheet: StaffSheet, clock: TimeSource) -> Generator[Step[StaffSheet], Any, None]:
    """Do every row of a sheet that changes something; what is refused is noted and ends no other."""
    said = planned(sheet, sheet.institution, now=clock())
    for row in _to_do(said, sheet.institution, clock()):
        yield partial(_do_row, row=row)
    yield _close


def _close(sheet: StaffSheet, now: datetime) -> None:
    sheet.tables = []
    sheet.save(update_fields=["tables"])
    finish(sheet, now)


def forget_old_sheets(*, now: datetime) -> int:
    """Delete sheets that nobody confirmed for a day; return how many."""
    count, _ = StaffSheet.objects.filter(state=READY, created_at__lt=now - KEPT_FOR).delete()
    return count


def _to_do(said: Said, institution: Institution, now: datetime) -> list[UnitRow | PersonRow]:
    units = [row for row in said.units if row.act is not Act.NOTHING]
    ordered = parents_first(units, known_of(institution, now).units)
    return [*ordered, *(row for row in said.people if row.act is not Act.NOTHING)]


def _do_row(sheet: StaffSheet, now: datetime, *, row: UnitRow | PersonRow) -> None:
    body = Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.institution_id)
    if sheet.created_by is not None:  # asked under the lock that whoever takes a role away holds
        access_in(sheet.created_by, body.slug).require(StaffRight.SETUP)
    do: Callable[..., Act] = _do_unit if isinstance(row, UnitRow) else _do_person
    outcome = dict(sheet.outcome)
    try:
        act = do(body, row, sheet.created_by, now)
        outcome[act] = outcome.get(act, 0) + 1
    except Refused as refused:
        outcome["left"] = [*outcome.get("left", []), [row.sheet, row.line, refused.code, _plain(refused)]]
    sheet.done, sheet.outcome = sheet.done + 1, outcome
    sheet.save(update_fields=["done", "outcome"])


def _plain(refused: Refused) -> dict[str, str]:
    return {name: str(value) for name, value in refused.context.items()}


def _do_unit(institution: Institution, row: UnitRow, actor: User | None, now: datetime) -> Act:
    unit = Unit.objects.filter(institution=institution, code=row.code).first()
    if unit is not None and not unit.is_active:
        raise Refused("unit_gone", code=row.code)
    parent_id = unit.parent_id if unit else None
    if row.parent is not None:
        parent_id = _unit_id(institution, row.parent)
    email = row.email if row.email is not None else unit.email if unit else ""
    if unit is not None and (unit.name, unit.parent_id, unit.email) == (squeeze(row.name), parent_id, email):
        return Act.NOTHING
    if unit is not None and row.act is Act.CREATE:
        raise Refused("code_taken", code=row.code)  # somebody made another one meanwhile
    save_unit(
        institution=institution,
        actor=actor,
        now=now,
        code=row.code,
        name=row.name,
        unit=unit,
        parent_id=parent_id,
        email=email,
        place=unit.place if unit else "",
    )
    return Act.CHANGE if unit else Act.CREATE


def _do_person(institution: Institution, row: PersonRow, actor: User | None, now: datetime) -> Act:
    unit_id = _unit_id(institution, row.unit)
    same = {"institution": institution, "role": row.role, "unit": unit_id}
    offered = Invitation.objects.filter(**same, email=row.email, accepted_at=None, expires_at__gt=now)
    if offered.exists() or Membership.objects.filter(**same, user__email=row.email).exists():
        return Act.NOTHING
    invited = invite(
        institution=institution,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        unit_id=unit_id,
        actor=actor,
        now=now,
    )
    return Act.INVITE if invited else Act.GRANT


def _unit_id(institution: Institution, code: str) -> int | None:
    """Return the unit of a code, None of an empty one.

    Raises:
        Refused: it went meanwhile (unit_gone).
    """
    if not code:
        return None
    found = (
        Unit.objects.filter(institution=institution, code=code, is_active=True)
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise Refused("unit_gone", code=code)
    return found
