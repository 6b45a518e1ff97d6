# SPDX-License-Identifier: EUPL-1.2
"""Writing protocols, asking for visits, making them, and what follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, Visibility, attach, attachments_of
from siac.findings.public import Finding, Source, Subject, open_finding
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import (
    Institution,
    check_basis,
    note_configuration,
    save_version,
    unit_tree,
)
from siac.servicepoints.public import service_points
from siac.surveys.checklists.domain import NOT_APPLICABLE, Score, digest, items_of, score
from siac.surveys.checklists.models import (
    Protocol,
    ProtocolKind,
    Visit,
    VisitMark,
    VisitRevision,
    VisitState,
)
from siac.surveys.checklists.queries import MARK, marks_of, protocol_of, sections_of, visitors

SUBJECT = "visit"
"""What a finding of a visit is about."""
LOOKS_BACK = timedelta(days=366)
LONGEST_NOTE, LONGEST_WHY, LONGEST_REASON = 1000, 200, 500
SOURCES = {
    ProtocolKind.SHOPPER: Source.SHOPPER,
    ProtocolKind.AUDIT: Source.AUDIT,
    ProtocolKind.OWN: Source.OTHER,
}


@transaction.atomic
def save_protocol(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    protocol: Protocol | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Protocol:
    """Add a protocol, or change it as its next version; visits keep the version that they began with.

    Costs 6 SQL, 4 for a new one, 1 where nothing changes.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), or the name is another's (protocol_taken).
    """
    named = protocol or Protocol(institution=institution)
    try:
        saved = save_version(named, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("protocol_taken", name=fields.get("name", named.name)) from error
    row = saved.row
    if saved.is_changed:
        data = {"protocol": row.pk, "version": row.version}
        note_configuration(institution.pk, "surveys.protocol_saved", actor=actor, now=now, data=data)
    return row


@transaction.atomic
def assign_visit(
    *,
    institution: Institution,
    protocol_id: int,
    unit_id: int,
    channel: str,
    assignee_id: int,
    due_on: date,
    actor: User | None,
    now: datetime,
    point_id: int | None = None,
    told: str = "",
) -> Visit:
    """Ask somebody to visit a unit by a protocol, by a local day (4 SQL).

    Raises:
        Refused: the protocol is unknown or out of use (protocol_unknown), the unit is (unit_unknown), the
            point is (visit_point), that person makes no visits here (visit_assignee), or the day is over
            (visit_due).
    """
    protocol = protocol_of(institution, protocol_id)
    if protocol is None or not protocol.is_active:
        raise Refused("protocol_unknown")
    if unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    if point_id is not None and point_id not in service_points(institution):
        raise Refused("visit_point")
    _check_asked(institution, assignee_id, due_on, now)
    row = Visit.objects.create(
        institution=institution, protocol=protocol, kind=protocol.kind, unit_id=unit_id, point_id=point_id,
        channel=channel, assignee_id=assignee_id, due_on=due_on, told=legible(told).strip()[:1000],
        assigned_by=actor, assigned_at=now,
    )  # fmt: skip
    data = {
        "visit": row.pk, "protocol": protocol.pk, "unit": unit_id, "point": point_id, "to": assignee_id,
        "due": due_on.isoformat(),
    }  # fmt: skip
    _tell(row, "surveys.visit_assigned", now, actor, data, is_new=True)
    return row


def _check_asked(institution: Institution, assignee_id: int, due_on: date, now: datetime) -> None:
    if assignee_id not in visitors(institution):
        raise Refused("visit_assignee")
    if due_on < institution.local_date(now):
        raise Refused("visit_due")


@transaction.atomic
def change_visit(
    *,
    institution: Institution,
    visit_id: int,
    assignee_id: int,
    due_on: date,
    told: str,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> Visit:
    """Ask somebody else, give another day or tell something else, while it is not sent (4 SQL).

    Raises:
        Refused: there is no such visit (visit_unknown), it is over (visit_over), somebody saved it meanwhile
            (saved_meanwhile), that person makes no visits here (visit_assignee), or a new day is over
            (visit_due).
    """
    row = _open(institution, visit_id)
    check_basis(based_on, row.saves)
    if (assignee_id, due_on) != (row.assignee_id, row.due_on):
        _check_asked(institution, assignee_id, due_on, now)
    row.assignee_id, row.due_on, row.told = assignee_id, due_on, legible(told).strip()[:1000]
    row.saves += 1
    row.save(update_fields=["assignee", "due_on", "told", "saves"])
    _tell(
        row,
        "surveys.visit_changed",
        now,
        actor,
        {"visit": row.pk, "to": assignee_id, "due": due_on.isoformat()},
    )
    return row


@transaction.atomic
def withdraw_visit(*, institution: Institution, visit_id: int, why: str, actor: User, now: datetime) -> Visit:
    """Take back what somebody was asked, before it was sent; what was marked stays (3 SQL).

    Raises:
        Refused: no reason is given (visit_why), there is no such visit (visit_unknown), or it is over
            (visit_over).
    """
    said = squeeze(why)[:LONGEST_WHY]
    if not said:
        raise Refused("visit_why")
    row = _open(institution, visit_id)
    row.state, row.withdrawn_why = VisitState.WITHDRAWN, said
    row.save(update_fields=["state", "withdrawn_why"])
    _tell(row, "surveys.visit_withdrawn", now, actor, {"visit": row.pk})
    return row


@transaction.atomic
def begin_visit(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> Visit:
    """Begin a visit: from now on it goes by this version of its protocol (4 SQL; 1 where it has begun).

    Raises:
        Refused: there is no such visit (visit_unknown), it is over (visit_over), or another's
            (visit_not_yours).
    """
    row = _own(institution, visit_id, actor)
    if row.state == VisitState.BEGUN:
        return row
    protocol = Protocol.objects.get(pk=row.protocol_id)
    row.state, row.version = VisitState.BEGUN, protocol.version
    local = now.astimezone(institution.zone)
    row.visited_on, row.begun_time = local.date(), local.time().replace(second=0, microsecond=0)
    row.save(update_fields=["state", "version", "visited_on", "begun_time"])
    _tell(row, "surveys.visit_begun", now, actor, {"visit": row.pk, "version": row.version})
    return row


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody fills in of a visit: day and wall-clock times, marks and notes by code, files by code."""

    visited_on: date | None
    begun_time: time | None = None
    ended_time: time | None = None
    summary: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[CheckedFile]] = field(default_factory=dict)


@transaction.atomic
def save_visit(
    *, institution: Institution, visit_id: int, told: Told, actor: User, now: datetime,
    based_on: int | None = None,
) -> Visit:  # fmt: skip
    """Keep what somebody found so far; nothing has to be whole (6 SQL, and 2 for each item with files).

    Raises:
        Refused: there is no such visit (visit_unknown), it is over (visit_over), another's (visit_not_yours)
            or not begun (visit_not_begun), somebody saved it meanwhile (saved_meanwhile), or the day or the
            times cannot be (visit_day, visit_times).
    """
    row = _own(institution, visit_id, actor)
    if row.state != VisitState.BEGUN:
        raise Refused("visit_not_begun")
    _keep(institution, row, told, actor=actor, now=now, based_on=based_on)
    return row


@transaction.atomic
def send_visit(
    *, institution: Institution, visit_id: int, told: Told, actor: User, now: datetime,
    based_on: int | None = None,
) -> Visit:  # fmt: skip
    """Keep what somebody found, and fix it: score, critical failures and every mark (12 SQL and files).

    Raises:
        Refused: as `save_visit`; the day is missing (visit_no_day), an item is not marked (visit_unmarked),
            or one that asks for evidence has neither file nor note (visit_evidence).
    """
    row = save_visit(
        institution=institution, visit_id=visit_id, told=told, actor=actor, now=now, based_on=based_on
    )
    found = _whole(row)
    row.state, row.sent_at = VisitState.DONE, now
    _fix(row, found, reason="", actor=actor, now=now)
    return row


@transaction.atomic
def correct_visit(
    *, institution: Institution, visit_id: int, told: Told, reason: str, actor: User, now: datetime,
    based_on: int | None = None,
) -> Visit:  # fmt: skip
    """Correct a visit that was sent; what it said before stays as it was (13 SQL and files).

    Raises:
        Refused: no reason is given (visit_reason), there is no such visit (visit_unknown), it is not sent
            (visit_not_done), somebody saved it meanwhile (saved_meanwhile), nothing changes (visit_same), and
            as `send_visit`.
    """
    said = squeeze(reason)[:LONGEST_REASON]
    if not said:
        raise Refused("visit_reason")
    row = _locked(institution, visit_id)
    if not row.is_done:
        raise Refused("visit_not_done")
    before = _said(row)
    _keep(institution, row, told, actor=actor, now=now, based_on=based_on)
    found = _whole(row)
    if _said(row) == before and not any(told.files.values()):
        raise Refused("visit_same")
    _fix(row, found, reason=said, actor=actor, now=now)
    return row


@transaction.atomic
def open_visit_finding(
    *, institution: Institution, visit_id: int, code: str, severity: int, actor: User, now: datetime,
    responsible_id: int | None = None, due_on: date | None = None,
) -> Finding:  # fmt: skip
    """Open a finding about what failed in a visit, in the unit that was visited (9 SQL).

    Raises:
        Refused: there is no such visit (visit_unknown), it is not sent (visit_not_done), that item did not
            fail (visit_no_failure) or has its finding (visit_found), and as `open_finding`.
    """
    row = _locked(institution, visit_id)
    if not row.is_done:
        raise Refused("visit_not_done")
    item = next((each for each in score(sections_of(row), marks_of(row)).failed if each.code == code), None)
    if item is None:
        raise Refused("visit_no_failure")
    mark = row.marks.get(code=code)
    if mark.finding_id is not None:
        raise Refused("visit_found")
    finding = open_finding(
        institution=institution, actor=actor, now=now, source=SOURCES[ProtocolKind(row.kind)],
        title=item.label[:150], severity=severity, detail=mark.note, unit_id=row.unit_id,
        responsible_id=responsible_id, due_on=due_on, subject=Subject(SUBJECT, row.pk),
    )  # fmt: skip
    mark.finding = finding
    mark.save(update_fields=["finding"])
    _tell(row, "surveys.visit_found", now, actor, {"visit": row.pk, "item": code, "finding": finding.pk})
    return finding


def _keep(
    institution: Institution, row: Visit, told: Told, *, actor: User, now: datetime, based_on: int | None
) -> None:
    """Write what was filled in on the visit and its marks."""
    check_basis(based_on, row.saves)
    day = told.visited_on
    earliest = institution.local_date(row.assigned_at) - LOOKS_BACK
    if day is not None and not earliest <= day <= institution.local_date(now):
        raise Refused("visit_day")
    if told.begun_time and told.ended_time and told.ended_time < told.begun_time:
        raise Refused("visit_times")
    row.visited_on = day or row.visited_on
    row.begun_time, row.ended_time = told.begun_time, told.ended_time
    row.summary = legible(told.summary).strip()[:2000]
    row.saves += 1
    row.save(update_fields=["visited_on", "begun_time", "ended_time", "summary", "saves"])
    rows = []
    for item in items_of(sections_of(row)):
        mark = told.marks.get(item.code, "")
        note = legible(told.notes.get(item.code, "")).strip()[:LONGEST_NOTE]
        rows.append(
            VisitMark(
                institution=institution, visit=row, code=item.code, note=note,
                mark=mark if mark in item.marks else "",
            )
        )  # fmt: skip
    VisitMark.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["visit", "code"], update_fields=["mark", "note"]
    )
    ids = dict(row.marks.values_list("code", "pk"))
    for code, files in told.files.items():
        if files and code in ids:
            attach(
                institution.pk, MARK, ids[code], files, actor_id=actor.pk, now=now,
                visibility=Visibility.INTERNAL,
            )  # fmt: skip


def _whole(row: Visit) -> Score:
    """Return the score of a visit of which nothing is missing."""
    if row.visited_on is None:
        raise Refused("visit_no_day")
    sections = sections_of(row)
    marks = {each.code: each for each in row.marks.all()}
    found = score(sections, {code: each.mark for code, each in marks.items()})
    if found.unmarked:
        raise Refused("visit_unmarked", item=found.unmarked[0].label)
    files = attachments_of(row.institution_id, MARK, [each.pk for each in marks.values()])
    for item in items_of(sections):
        mark = marks[item.code]
        is_shown = bool(mark.note or files[mark.pk]) or mark.mark == NOT_APPLICABLE
        if item.wants_evidence and not is_shown:
            raise Refused("visit_evidence", item=item.label)
    return found


def _said(row: Visit) -> dict[str, Any]:
    """Return all that a visit says, as its revisions keep it (1 SQL)."""
    return {
        "version": row.version,
        "visited_on": row.visited_on.isoformat() if row.visited_on else None,
        "times": [f"{each:%H:%M}" if each else "" for each in (row.begun_time, row.ended_time)],
        "summary": row.summary,
        "marks": {each.code: [each.mark, each.note] for each in row.marks.all()},
    }


def _fix(row: Visit, found: Score, *, reason: str, actor: User, now: datetime) -> None:
    """Write the score of a visit, and what it says as its next revision."""
    row.score, row.criticals = found.value, len(found.critical)
    row.revision += 1
    row.save(update_fields=["state", "sent_at", "score", "criticals", "revision"])
    said = _said(row)
    VisitRevision.objects.create(
        institution_id=row.institution_id, visit=row, number=row.revision, said=said, score=row.score,
        criticals=row.criticals, reason=reason, made_by=actor, made_at=now,
    )  # fmt: skip
    data = {
        "visit": row.pk, "revision": row.revision, "digest": digest(said),
        "score": None if row.score is None else str(row.score), "criticals": row.criticals,
    }  # fmt: skip
    _tell(row, "surveys.visit_sent" if row.revision == 1 else "surveys.visit_corrected", now, actor, data)


def _tell(
    row: Visit, kind: str, now: datetime, actor: User | None, data: dict[str, Any], *, is_new: bool = False
) -> None:
    actor_id = actor.pk if actor else None
    record(
        row.institution_id, row.stream, kind, now, actor_id=actor_id, data=data,
        new_stream=is_new,
    )  # fmt: skip


def _locked(institution: Institution, pk: int) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("protocol")
    found = rows.filter(institution=institution, pk=pk).first()
    if found is None:
        raise Refused("visit_unknown")
    return found


def _open(institution: Institution, pk: int) -> Visit:
    row = _locked(institution, pk)
    if not row.is_open:
        raise Refused("visit_over", state=row.get_state_display().lower())
    return row


def _own(institution: Institution, pk: int, actor: User) -> Visit:
    row = _open(institution, pk)
    if row.assignee_id != actor.pk:
        raise Refused("visit_not_yours")
    return row
