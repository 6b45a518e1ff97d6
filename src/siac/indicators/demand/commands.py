# SPDX-License-Identifier: EUPL-1.2
"""Saying what is known of a body's demand, planning a year, and approving the plan."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from siac.accounts.public import User
from siac.indicators.demand.history import basis_of, measure_of_demand, own_members
from siac.indicators.demand.making import LINE
from siac.indicators.domain.past_demand import DIMENSIONS, Past, Problem, read_past
from siac.indicators.domain.queueing import Goal, Load, Need, need
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.models import DemandBasis, DemandPlan, DemandSheet, PastDemand, StaffingNeed
from siac.infra.longwork import begin
from siac.infra.tables.incoming import uploaded_tables
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, lock_institution, note_configuration, save_version

YEARS_AHEAD = 3
MOST_REQUESTS = 100_000_000
ROWS = 20_000
"""Rows of a sheet: ten years of days by five kinds."""
MOST_STAFFING = 50
"""Phones and counters of one plan: each is worked out by half hours."""
_AGAIN = "again"
"""State of a draft that was made before, at the moment it is put in line anew."""
Days = Sequence[tuple[date, date]]


@transaction.atomic
def save_basis(
    *,
    institution: Institution,
    actor: User,
    now: datetime,
    own_since: date | None,
    gaps: Days,
    breaks: Days,
    based_on: int | None = None,
) -> DemandBasis:
    """Say since when the register is complete, which days nobody knows of, and when schools are closed; all
    are local days, both ends included.

    Raises:
        Refused: a range ends before it begins (days_reversed), or lies before 1990 or more than three years
            ahead (days_far); the register is to begin after today
            (basis_future), or somebody saved it meanwhile (saved_meanwhile).
    """
    if any(last < first for first, last in (*gaps, *breaks)):
        raise Refused("days_reversed")
    this_year = institution.local_date(now).year
    if any(first < EARLIEST or last.year > this_year + YEARS_AHEAD for first, last in (*gaps, *breaks)):
        raise Refused("days_far", first=EARLIEST.year, last=this_year + YEARS_AHEAD)
    if own_since is not None and own_since > institution.local_date(now):
        raise Refused("basis_future")
    if own_since is not None and own_since < EARLIEST:
        raise Refused("days_far", first=EARLIEST.year, last=this_year)
    fields = {"own_since": own_since, "gaps": _kept(gaps), "breaks": _kept(breaks)}
    saved = save_version(basis_of(institution), fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"version": saved.row.version}
        note_configuration(institution.pk, "indicators.demand_basis_saved", actor=actor, now=now, data=data)
    return saved.row


def _kept(days: Days) -> list[list[str]]:
    return [[first.isoformat(), last.isoformat()] for first, last in sorted(days)]


def receive_past_demand(
    *, institution: Institution, name: str, content: bytes, actor: User, now: datetime
) -> tuple[DemandSheet | None, list[Problem]]:
    """Keep the demand of before the register, from a sheet; or return all that is wrong with its rows and
    keep nothing. Read in a process apart.

    Raises:
        Refused: it cannot be read (table_unreadable), has no column of days and one of counts
            (past_columns), no row that says anything (past_empty), more than 20,000 (past_long), or more
            than a hundred million requests (past_much).
    """
    tables = uploaded_tables(content, most_rows=ROWS + 1)
    if not tables or not tables[0].rows:
        raise Refused("past_empty")
    rows = tables[0].rows
    if len(rows) > ROWS + 1:
        raise Refused("past_long", limit=f"{ROWS // 1000}.{ROWS % 1000:03}")
    of, _ = measure_of_demand()
    names = {key: own_members(of.dimension(key), institution) for key in DIMENSIONS}
    told = read_past([(row.line, row.cells) for row in rows], names, today=institution.local_date(now))
    if told is None:
        raise Refused("past_columns")
    if told.problems:
        return None, told.problems
    if not told.rows:
        raise Refused("past_empty")
    if sum(row.count for row in told.rows) > MOST_REQUESTS:
        raise Refused("past_much", limit="100.000.000")
    with transaction.atomic():
        # Of one sheet brought twice at once, the second waits here and then sees the first.
        lock_institution(institution.pk)
        if problems := list(_told_before(institution, told.rows)):
            return None, problems
        sheet = DemandSheet.objects.create(
            institution=institution,
            name=squeeze(name)[-120:],
            first=min(row.day for row in told.rows),
            last=max(row.day for row in told.rows),
            count=sum(row.count for row in told.rows),
            brought_by=actor,
            brought_at=now,
        )
        PastDemand.objects.bulk_create(
            [
                PastDemand(
                    institution=institution, sheet=sheet, day=row.day, is_month=row.is_month, kind=row.kind,
                    channel=row.channel, point=row.point, count=row.count,
                )
                for row in told.rows
            ],
            batch_size=2000,
        )  # fmt: skip
        data = {"sheet": sheet.pk, "rows": len(told.rows), "requests": sheet.count}
        note_configuration(institution.pk, "indicators.demand_sheet_kept", actor=actor, now=now, data=data)
    return sheet, []


def _told_before(institution: Institution, rows: Sequence[Past]) -> Iterator[Problem]:
    """Yield the rows of which another sheet tells the same day or month and part already: they would count
    twice (1 SQL).
    """
    known = {
        key[:-1]: key[-1]
        for key in PastDemand.objects.filter(institution=institution).values_list(
            "day", "is_month", *DIMENSIONS, "sheet__name"
        )
    }
    for row in rows:
        name = known.get((row.day, row.is_month, *(getattr(row, key) for key in DIMENSIONS)))
        if name is not None:
            yield Problem(row.line, "past_again", name)


@transaction.atomic
def drop_past_demand(*, institution: Institution, sheet_id: int, actor: User, now: datetime) -> None:
    """Delete a sheet with its rows (4 SQL); plans that were made with it stay as they are.

    Raises:
        Refused: there is no such sheet (past_unknown).
    """
    sheet = DemandSheet.objects.select_for_update().filter(institution=institution, pk=sheet_id).first()
    if sheet is None:
        raise Refused("past_unknown")
    data = {"sheet": sheet.pk, "requests": sheet.count}
    sheet.delete()
    note_configuration(institution.pk, "indicators.demand_sheet_dropped", actor=actor, now=now, data=data)


@transaction.atomic
def ask_plan(*, institution: Institution, year: int, actor: User, now: datetime) -> DemandPlan:
    """Have the plan of a year made by a job. A draft of that year is made anew, and its staffing stays; where
    the last edition is approved a new one begins.

    Raises:
        Refused: the year is over or lies more than one ahead (plan_year), or its draft is being made
            (plan_moving).
    """
    this_year = institution.local_date(now).year
    if not this_year <= year <= this_year + 1:
        raise Refused("plan_year", first=this_year, last=this_year + 1)
    editions = DemandPlan.objects.select_for_update().filter(institution=institution, year=year)
    draft = editions.filter(approved_at=None).first()
    if draft is not None and draft.is_moving:
        raise Refused("plan_moving")
    number = editions.filter(approved_at__isnull=False).aggregate(n=Max("edition"))["n"] or 0
    plan = draft or DemandPlan(institution=institution, year=year, edition=number + 1)
    plan.asked_by, plan.asked_at, plan.told = actor, now, {}
    if draft is not None:
        plan.state, plan.begun_at = _AGAIN, None
    try:
        with transaction.atomic():
            begin(LINE, plan, now=now, refusal="plan_moving", also=("asked_by", "asked_at", "told"))
    except IntegrityError as error:  # somebody asked for it at the same moment
        raise Refused("plan_moving") from error
    return plan


@transaction.atomic
def approve_plan(
    *, institution: Institution, plan_id: int, actor: User, now: datetime, seen: str
) -> DemandPlan:
    """Approve a plan: from then on it stays as it is, and what comes is held against it (5 SQL).

    `seen`: the digest of what whoever approves had before them (`digest_of`).

    Raises:
        Refused: there is no such plan (plan_unknown), it is not made, or says nothing (plan_empty), it was
            approved before (plan_approved), or it is another one than was seen (plan_changed).
    """
    plan = _locked(institution, plan_id)
    if plan.state != WorkState.DONE or not plan.told:
        raise Refused("plan_empty")
    digest = digest_of(plan)
    if digest.hex() != seen:
        raise Refused("plan_changed")
    plan.digest, plan.approved_by, plan.approved_at = digest, actor, now
    plan.save(update_fields=["digest", "approved_by", "approved_at"])
    data = {"plan": plan.pk, "year": plan.year, "edition": plan.edition, "digest": digest.hex()}
    record(institution.pk, plan.stream, "indicators.demand_plan_approved", now, actor_id=actor.pk, data=data)
    return plan


def digest_of(plan: DemandPlan) -> bytes:
    """Return the SHA-256 of all that a plan says: lines, staffing and how it was worked out (2 SQL)."""
    lines = plan.lines.order_by("dimension", "member", "month").values_list(
        "dimension", "member", "name", "month", "count", "low", "high", "before"
    )
    staffing = plan.staffing.order_by("name").values_list(
        "name", "arrivals", "minutes", "patience", "percent", "within", "shrinkage", "needs"
    )
    said = [plan.year, plan.told, [list(each) for each in lines], [list(each) for each in staffing]]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).digest()


@transaction.atomic
def save_staffing(
    *, institution: Institution, plan_id: int, fields: Mapping[str, Any], need_id: int | None = None
) -> StaffingNeed:
    """Work out the people a phone or a counter needs, and keep it with the plan (4 SQL). `fields` are those
    of `StaffingNeed`; minutes are decimals.

    Raises:
        Refused: there is no such plan (plan_unknown) or line of it (need_unknown), it is approved
            (plan_approved), it has fifty lines already (need_many), or another of them has that name
            (need_taken).
    """
    needs = worked_out(StaffingNeed(**fields))  # before anything is locked
    plan = _locked(institution, plan_id)
    if need_id is None and plan.staffing.count() >= MOST_STAFFING:
        raise Refused("need_many", limit=MOST_STAFFING)
    row = StaffingNeed(plan=plan) if need_id is None else plan.staffing.filter(pk=need_id).first()
    if row is None:
        raise Refused("need_unknown")
    for name, value in fields.items():
        setattr(row, name, value)
    row.needs = needs
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("need_taken", name=row.name) from error
    return row


def worked_out(row: StaffingNeed) -> list[list[int] | None]:
    """Return what each half hour of a phone or counter needs, as `StaffingNeed.needs` keeps it."""
    minutes, patience, within = (_exact(each) for each in (row.minutes, row.patience, row.within))
    goal = Goal(row.percent, within, row.shrinkage)
    found: list[list[int] | None] = []
    known: dict[int, Need | None] = {}
    for _, arrivals in row.arrivals:
        if arrivals not in known:
            known[arrivals] = need(Load(arrivals, minutes, patience), goal)
        each = known[arrivals]
        found.append(
            None
            if each is None
            else [
                each.served.desks,
                each.people,
                round(each.served.within * 1000),
                round(each.served.mean_wait * 10),
                round(each.served.leave * 1000),
            ]
        )
    return found


def _exact(value: Decimal | int) -> Fraction:
    return Fraction(value)


@transaction.atomic
def drop_staffing(*, institution: Institution, plan_id: int, need_id: int) -> None:
    """Take a phone or a counter out of a plan (3 SQL).

    Raises:
        Refused: as `save_staffing`.
    """
    plan = _locked(institution, plan_id)
    deleted, _ = plan.staffing.filter(pk=need_id).delete()
    if not deleted:
        raise Refused("need_unknown")


def _locked(institution: Institution, pk: int) -> DemandPlan:
    """Return a plan that may still change, locked."""
    rows = DemandPlan.objects.select_for_update(of=("self",), no_key=True)
    plan = rows.filter(institution=institution, pk=pk).first()
    if plan is None:
        raise Refused("plan_unknown")
    if plan.approved_at is not None:
        raise Refused("plan_approved")
    return plan
