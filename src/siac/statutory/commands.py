# SPDX-License-Identifier: EUPL-1.2
"""The physical book of complaints of Peru (DS 007-2020-PCM): a sheet becomes a
case, and the case goes to the platform.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import (
    BOOK_RULE,
    Case,
    CaseKind,
    Channel,
    Filing,
    Move,
    end_duty,
    file_case,
    has_original_number,
    keep_case,
    kinds,
    locked_case,
    start_duty,
)
from siac.countries.public import Duty
from siac.documents.public import CheckedFile
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.people.public import PersonData
from siac.servicepoints.public import service_points
from siac.statutory.domain import MOVE_RULE, PLATFORM_CODE_LIMIT
from siac.statutory.models import BookSheet, ReplyWay
from siac.statutory.series import SHEETS


def book_kind(institution: Institution) -> CaseKind | None:
    """Return the kind that the sheets of the book become: the first active one
    whose term is that of the book.
    """
    return next((k for k in kinds(institution).values() if k.is_active and k.rule_id == BOOK_RULE), None)


def _take_number(institution: Institution, point_id: int, number: int) -> None:
    """Take the number of a sheet: the one after the last, or any where the book begins here."""
    if Duty.COMPLAINTS_BOOK not in institution.country.duties:
        raise Refused("book_not_here")
    if point_id not in service_points(institution):
        raise Refused("book_site_unknown")
    expected = SHEETS.take_given(institution.pk, point_id, number)
    if number != expected:
        raise Refused("sheet_number", expected=expected)


def _check_moment(
    institution: Institution, written_at: datetime, event_on: date | None, now: datetime
) -> None:
    if written_at > now:
        raise Refused("received_in_future")
    if event_on is not None and event_on > institution.local_date(written_at):
        raise Refused("sheet_event_after")


@transaction.atomic
def register_sheet(
    *,
    institution: Institution,
    service_point_id: int,
    number: int,
    written_at: datetime,
    event_on: date,
    event_time: time | None,
    body: str,
    person: PersonData,
    reply: ReplyWay,
    copy_given: bool,
    unit_id: int | None = None,
    files: list[CheckedFile] | None = None,
    actor: User,
    now: datetime,
) -> BookSheet:
    """Record a sheet of the book of a site; it becomes a case received at
    `written_at`, which owes its move to the platform.

    Raises:
        Refused: the body is not in Peru (book_not_here) or has no kind with the term of the book
            (book_no_kind), the site is unknown, the number is not the next one (sheet_number), written in the
            future or before what it tells of (sheet_event_after); as `file_case`.
    """
    kind = book_kind(institution)
    _check_moment(institution, written_at, event_on, now)
    _take_number(institution, service_point_id, number)
    if kind is None:
        raise Refused("book_no_kind")
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel.COUNTER,
        body=body,
        person=replace(person, preferred_channel=reply.value),
        place=service_points(institution)[service_point_id].name,
        unit_id=unit_id,
        service_point_id=service_point_id,
        received_at=written_at,
        files=files or (),
        partial=True,
    )
    case = file_case(institution=institution, filing=filing, actor=actor, now=now)
    start_duty(
        institution,
        case,
        source="book",
        label="Ingreso a la plataforma nacional",
        rule_id=MOVE_RULE,
        channel="libro",
    )
    sheet = BookSheet.objects.create(
        institution=institution,
        service_point_id=service_point_id,
        number=number,
        written_at=written_at,
        event_on=event_on,
        event_time=event_time,
        reply=reply,
        copy_given=copy_given,
        case=case,
        registered_at=now,
        registered_by=actor,
    )
    data: dict[str, Any] = {
        "site": service_point_id, "number": number, "case": case.pk, "event_on": event_on, "copy": copy_given,
    }  # fmt: skip
    record(institution.pk, sheet.stream, "cases.sheet_registered", now, actor.pk, data, new_stream=True)
    return sheet


@transaction.atomic
def void_sheet(
    *, institution: Institution, service_point_id: int, number: int, reason: str, actor: User, now: datetime
) -> BookSheet:
    """Record a sheet that says nothing (spoiled, torn out), so that the numbers of the book have no gap.

    Raises:
        Refused: no reason; as `register_sheet` for the body, the site and the number.
    """
    why = squeeze(reason)[:300]
    if not why:
        raise Refused("text_missing")
    _take_number(institution, service_point_id, number)
    sheet = BookSheet.objects.create(
        institution=institution,
        service_point_id=service_point_id,
        number=number,
        written_at=now,
        void_reason=why,
        registered_at=now,
        registered_by=actor,
    )
    data = {"site": service_point_id, "number": number, "reason": seal(why).digest}
    record(institution.pk, sheet.stream, "cases.sheet_voided", now, actor.pk, data, new_stream=True)
    return sheet


@transaction.atomic
def note_on_platform(
    *, institution: Institution, case_id: int, version: int | None, code: str, actor: User, now: datetime
) -> Case:
    """Note that a complaint is in the national platform, under the code it got
    there: its duty to be moved is met or missed.

    The code becomes the original number: an import of the platform recognises the case by it.

    Raises:
        Refused: no code, another case has it (platform_code_taken), this one has one
            already (platform_noted); changed meanwhile.
    """
    case, _ = locked_case(institution, case_id, version, Move.PLATFORM)
    number = squeeze(code)[:PLATFORM_CODE_LIMIT]
    if not number:
        raise Refused("text_missing")
    if case.original_number:
        raise Refused("platform_noted", code=case.original_number)
    if has_original_number(institution, number):
        raise Refused("platform_code_taken", code=number)
    case.original_number = number
    end_duty(institution, case, now=now)
    data = {"code": seal(number).digest}
    return keep_case(
        case, "cases.on_platform", actor=actor, now=now, fields=("original_number", "due_on"), data=data
    )
