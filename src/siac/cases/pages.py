# SPDX-License-Identifier: EUPL-1.2
"""What the pages of one case show, for staff and citizen alike: clocks with their reasons, messages,
history.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from siac.accounts.public import user_names
from siac.cases.commands.answer_drafts import FILES_OF
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.states import State
from siac.cases.models import Case, CaseMessage, KindVersion
from siac.cases.queries import messages_of
from siac.cases.texts import (
    CLOCK_EVENTS,
    STATE_TAGS,
)
from siac.cases.texts.events import event_for_citizen, event_name, is_public_event, taken_back_by
from siac.clocks.public import Clock, Day, Explanation, clocks_of, day_row, explanation
from siac.documents.public import Attachment, attachments_of, attachments_of_several
from siac.journal.public import Happening, happenings
from siac.kernel.questions import Question, QuestionType, parse_questions
from siac.organizations.public import Access
from siac.people.public import PeopleRight, PersonData, reveal
from siac.ui.public import draw_tag, long_date


def answer_in_words(question: Question, value: str) -> str:
    """Return a stored answer as people write it: a day as "5 de noviembre de 2026"."""
    if question.type is QuestionType.DATE:
        with suppress(ValueError):  # the question asked for something else when it was answered
            return long_date(date.fromisoformat(value))
    return value


def answers_of(case: Case) -> list[tuple[str, str]]:
    """Return what was answered to the questions of the kind, as (question, answer) in words.

    No SQL, but for one statement where the kind no longer asks something
    answered: it reads the version filed with.
    """
    asked = {question.code: question for question in case.kind.parsed_questions()}
    if not set(case.text.answers) <= set(asked):
        kept = KindVersion.objects.filter(kind=case.kind_id, number=case.kind_version or 0)
        for stored in kept.values_list("fields__questions", flat=True):
            asked = {question.code: question for question in parse_questions(stored)} | asked
    return [
        (asked[code].label, answer_in_words(asked[code], value)) if code in asked else (code, value)
        for code, value in case.text.answers.items()
    ]


def said_beside(case: Case) -> list[str]:
    """Return what was filed beside subject and body, a line each: the place, and each question with its
    answer (SQL as `answers_of`).
    """
    place = [f"Lugar: {case.text.place}"] if case.text.place else []
    return [*place, *(f"{question}: {answer}" for question, answer in answers_of(case))]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock of the case with the days that make its date."""

    clock: Clock
    explanation: Explanation

    @property
    def rows(self) -> SafeString:
        """The days of the term in order, as rows of a table: the day, whether it counts, why."""
        language = get_language()
        return SafeString("".join(_day_row(day, language) for day in self.explanation.days))


_DAY_ROW = (
    '<tr><td class="govuk-table__cell"><time '
    'datetime="{}">{}</time></td><td class="govuk-table__cell">{}</td>'
    '<td class="govuk-table__cell">{}</td></tr>'
)


@lru_cache(maxsize=16384)
def _day_row(day: Day, language: str) -> str:
    """Draw one day once: the terms of a body run over the same days in every case."""
    counts = "No" if not day.counted else "Sí" if day.number is None else day.number
    row = day_row(day)
    return format_html(_DAY_ROW, row["date"], date_format(day.date, "D j M").lower(), counts, row["text"])


def state_tags(case: Case) -> SafeString:
    """Return the state of a case as staff see it, drawn."""
    if case.state == State.CLOSED and case.ending:
        return draw_tag(case.get_ending_display(), "grey")
    drawn = draw_tag(*STATE_TAGS[case.state])
    if case.reviews and case.is_open:
        drawn += SafeString(" ") + draw_tag("En revisión", "orange")
    return drawn


def clocks_of_case(case: Case) -> list[Clock]:
    """Return the clocks of a case, by due instant (1 SQL)."""
    return clocks_of(case.institution_id, SUBJECT, [case.pk])


def clock_lines(case: Case, clocks: Sequence[Clock] | None = None) -> list[ClockLine]:
    """Return the `clocks` of a case, without them all it has, each explained day by
    day (1 SQL when warm, none where given).
    """
    return [
        ClockLine(clock, explanation(clock, event=CLOCK_EVENTS.get(clock.kind, "")))
        for clock in (clocks_of_case(case) if clocks is None else clocks)
    ]


def person_of(access: Access, case: Case, *, now: datetime) -> PersonData | None:
    """Return the person of a case that `case_for(..., reveals=True)` gave, or
    None for whoever may not read identities.

    One line in the reader's access stream tells of the person and, where it is restricted, of the case.
    """
    if case.person_id is None or not access.has(PeopleRight.IDENTITY):
        return None
    people = reveal(
        case.institution_id,
        [case.person_id],
        actor_id=access.user.pk,
        reason=case.stream,
        now=now,
        also=[case.stream] if case.is_restricted else [],
        by=access.by,
    )
    return people.get(case.person_id)


def any_missed(lines: Sequence[ClockLine]) -> bool:
    """Return whether a clock was missed, still running or not."""
    return any(line.clock.missed_at is not None for line in lines)


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message with the files that came with it."""

    message: CaseMessage
    files: Sequence[Attachment]

    @property
    def file_ids(self) -> set[int]:
        return {attachment.pk for attachment in self.files}


def messages_with_files(case: Case, *, for_citizen: bool) -> list[MessageShown]:
    """Return the messages of a case, oldest first, each with its files (2 SQL)."""
    messages = messages_of(case, for_citizen=for_citizen)
    ids = [message.pk for message in messages]
    files = attachments_of(case.institution_id, "message", ids, public_only=for_citizen) if ids else {}
    return [MessageShown(message, files.get(message.pk, [])) for message in messages]


def files_of(case: Case) -> list[Attachment]:
    """Return the files that came with the request itself (1 SQL)."""
    return attachments_of(case.institution_id, "case", [case.pk]).get(case.pk, [])


def draft_files_of(case: Case) -> list[Attachment]:
    """Return the files that wait with the draft of the answer (1 SQL, none without a draft)."""
    draft = case.draft
    return attachments_of(case.institution_id, FILES_OF, [draft.pk]).get(draft.pk, []) if draft else []


def everything_with_files(case: Case) -> tuple[list[MessageShown], list[Attachment], list[Attachment]]:
    """Return all messages of a case with their files, the files of the request
    and of the draft answer, for staff (2 SQL).
    """
    messages = messages_of(case, for_citizen=False)
    wanted = {"case": [case.pk], "message": [message.pk for message in messages]}
    draft = case.draft
    if draft is not None:
        wanted[FILES_OF] = [draft.pk]
    files = attachments_of_several(case.institution_id, wanted)
    shown = [MessageShown(message, files.get(("message", message.pk), [])) for message in messages]
    return shown, files.get(("case", case.pk), []), files.get((FILES_OF, draft.pk if draft else 0), [])


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history of a case."""

    title: str
    at: datetime
    by: str = ""
    text: str = ""


def _standing(entries: Sequence[Happening]) -> list[Happening]:
    """Return what happened without what was taken back before its person could
    see it, and without the taking back.
    """
    standing: list[Happening] = []
    for entry in entries:
        undone = taken_back_by(entry.kind)
        if not undone:
            standing.append(entry)
            continue
        last = next(
            (place for place in reversed(range(len(standing))) if standing[place].kind == undone), None
        )
        if last is not None:
            del standing[last]
    return standing


def history(case: Case, *, for_citizen: bool, known: Mapping[int, str] | None = None) -> list[Happened]:
    """Return what happened to a case, newest first, from its journal.

    1 SQL, and one more for staff where somebody acted whose name is not among the `known` (user id to name).
    """
    entries = happenings(case.institution_id, case.stream)
    known = dict(known or {})
    if for_citizen:
        entries = [entry for entry in _standing(entries) if is_public_event(entry.kind)]
    actors = {entry.actor_id for entry in entries if entry.actor_id} if not for_citizen else set()
    unknown = actors - known.keys()
    if unknown:
        known |= user_names(unknown)
    return [
        Happened(
            (event_for_citizen if for_citizen else event_name)(entry.kind),
            entry.at,
            by="" if for_citizen else known.get(entry.actor_id or 0, ""),
        )
        for entry in reversed(list(entries))
    ]
