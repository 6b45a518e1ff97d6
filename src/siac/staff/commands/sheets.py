# SPDX-License-Identifier: EUPL-1.2
"""The personnel sheet: kept as it was typed, looked at against the body, then done row by row by a job.

Each row is one transaction with the ordinary command behind it, looked at again in its turn: what is done
already is nothing to do, so a job that is run again goes on where it was, and the same sheet twice makes
nobody twice.
"""

from collections.abc import Generator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, finish
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.organizations.public import Institution, access_in, colleagues_by_email, lock_institution, unit_tree
from siac.servicepoints.public import service_points
from siac.staff.commands.employees import save_employee
from siac.staff.domain.rights import PersonnelRight
from siac.staff.domain.sheet import Act, Known, Row, Said, plan, read_sheets
from siac.staff.models import READY, Employee, Group, PersonnelSheet, Profile, Studies

LINE = Line(PersonnelSheet, "staff.load_sheet", "sheet_id", queue=LONG, related=("institution", "created_by"))
ROWS = 2000
BYTES = 5 * 1024 * 1024
KEPT_FOR = timedelta(days=1)
"""How long a sheet that nobody confirms stays."""
_SAID = (
    "name", "code", "user_id", "post", "profile_id", "unit_id", "point_id", "group", "studies", "hired_on",
    "in_point_since", "left_on",
)  # fmt: skip


def known_of(institution: Institution, row: Row | None = None) -> Known:
    """Return what a body has that a sheet can name, and its records, or those only that `row` can mean (3 SQL
    once its configuration is known).
    """
    units: dict[str, int] = {}
    for node in unit_tree(institution).nodes.values():
        if node.is_active:
            units |= {fold(node.code): node.pk, fold(node.name): node.pk}
    asking = Profile.objects.filter(institution=institution, is_active=True)
    points = service_points(institution).values()
    records = Employee.objects.filter(institution=institution)
    if row is not None:
        meant = Q(hired_on=row.fields.get("hired_on")) | Q(user__email__iexact=row.cells.get("email") or "-")
        records = records.filter(Q(code__iexact=row.cells["code"]) if row.cells.get("code") else meant)
    return Known(
        units=units,
        points={fold(point.name): point.pk for point in points if point.is_active},
        profiles={fold(row.name): row.pk for row in asking},
        groups={fold(str(each.label)): each.value for each in Group},
        studies={fold(str(each.label)): each.value for each in Studies},
        accounts=colleagues_by_email(institution),
        records={record["pk"]: record for record in records.values("pk", *_SAID)},
    )


def planned(sheet: PersonnelSheet, institution: Institution) -> Said:
    """Return the rows of a sheet with their problems and what each would do today (SQL as `known_of`)."""
    said = read_sheets(sheet.sheets())
    plan(said, known_of(institution))
    return said


def receive_sheet(
    *, institution: Institution, name: str, content: bytes, actor: User, now: datetime
) -> PersonnelSheet:
    """Keep a sheet for its preview (1 SQL); it goes after a day if nobody confirms it.

    Raises:
        Refused: it cannot be read (table_unreadable), has no personnel table (personnel_sheet_empty), or more
            than 2,000 rows (personnel_sheet_long).
    """
    tables = uploaded_tables(content, most_rows=ROWS)
    if sum(len(table.rows) for table in tables) > ROWS:
        raise Refused("personnel_sheet_long", limit=f"{ROWS // 1000}.{ROWS % 1000:03}")
    stored = [[table.title, [[row.line, row.cells] for row in table.rows]] for table in tables]
    sheet = PersonnelSheet(
        institution=institution, name=squeeze(name)[-120:], tables=stored, created_by=actor, created_at=now
    )
    said = read_sheets(sheet.sheets())
    if not said.rows and not said.examples:
        raise Refused("personnel_sheet_empty")
    sheet.save()
    return sheet


@transaction.atomic
def begin_load(*, institution: Institution, sheet_id: int, actor: User, now: datetime) -> PersonnelSheet:
    """Start the job that does what the rows without problems say, in the name of `actor`, who confirms it,
    and only while they may; an interrupted one goes on (SQL as `known_of` and 4 more).

    Raises:
        Refused: it is loading or was loaded (personnel_sheet_moving).
    """
    sheet = PersonnelSheet.objects.select_for_update(of=("self",)).get(pk=sheet_id, institution=institution)
    sheet.total = sheet.done + len(_to_do(planned(sheet, institution)))
    sheet.created_by = actor
    return begin(LINE, sheet, now=now, refusal="personnel_sheet_moving", also=["total", "created_by"])


def loading(sheet: PersonnelSheet, clock: TimeSource) -> Generator[Step[PersonnelSheet], Any, None]:
    """Do every row of a sheet that changes something; what is refused is noted and ends no other."""
    for row in _to_do(planned(sheet, sheet.institution)):
        yield partial(_do_row, row=row)
    yield _close


def _close(sheet: PersonnelSheet, now: datetime) -> None:
    sheet.tables = []
    sheet.save(update_fields=["tables"])
    finish(sheet, now)


def forget_old_sheets(*, now: datetime) -> int:
    """Delete sheets that nobody confirmed for a day; return how many."""
    count, _ = PersonnelSheet.objects.filter(state=READY, created_at__lt=now - KEPT_FOR).delete()
    return count


def _to_do(said: Said) -> list[Row]:
    return [row for row in said.rows if not row.problems and row.act is not Act.NOTHING]


def _do_row(sheet: PersonnelSheet, now: datetime, *, row: Row) -> None:
    body = lock_institution(sheet.institution_id)
    actor = sheet.created_by
    if actor is not None:  # asked under the lock that whoever takes a role away holds
        access_in(actor, body.slug).require(PersonnelRight.KEEP)
    outcome = dict(sheet.outcome)
    again = Said([Row(row.sheet, row.line, row.cells)])
    plan(again, known_of(body, row))
    stands = again.rows[0]
    try:
        if stands.problems:
            raise Refused("employee_unknown")
        if stands.act is not Act.NOTHING:
            save_employee(
                institution=body, employee_id=stands.employee, actor=actor, now=now, **stands.fields
            )
        outcome[stands.act] = outcome.get(stands.act, 0) + 1
    except Refused as refused:
        outcome["left"] = [*outcome.get("left", []), [row.sheet, row.line, refused.code]]
    sheet.done, sheet.outcome = sheet.done + 1, outcome
    sheet.save(update_fields=["done", "outcome"])
