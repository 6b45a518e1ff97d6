# SPDX-License-Identifier: EUPL-1.2
"""Points at which the features of this context, and contexts above it, add to filing, answering and the
page of a case, which import none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from siac.cases.domain.routing import Effects, Sender, Step
from siac.cases.models import Case, CaseKind, CaseMessage, Outcome
from siac.clocks.public import Rule
from siac.journal.public import NewEntry
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution


@dataclass(frozen=True, slots=True)
class Arrival:
    """What comes in, as the rules of a body read it; `said` is what whoever filed it said."""

    kind: CaseKind
    channel: str
    sender: Sender
    said: Effects
    subject: str
    body: str
    place: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Router:
    """Who sends a request on without a person's choice, inside the transaction of what it follows."""

    arrived: Callable[[Institution, Arrival], Sequence[Step]]
    """What it does with what comes in (no SQL when warm)."""
    take_numbers: Callable[..., None]
    """`(case, steps, now=)` gives an unsaved case, whose id is known, folio and assignee (1 SQL)."""
    entries: Callable[[Case, Sequence[Step]], Sequence[NewEntry]]
    """What the journal says of the steps."""
    classified: Callable[..., object]
    """`(institution, case, now=)` follows a classification of a case that is locked and saved."""


_ROUTERS: list[Router] = []


def register_router(router: Router) -> None:
    """Let a feature send requests on.

    Raises:
        ValueError: one does already; two would not know of each other.
    """
    if _ROUTERS:
        raise ValueError("there is a router already")
    _ROUTERS.append(router)


def router() -> Router:
    """Return who sends requests on."""
    return _ROUTERS[0]


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """What must be done before an answer goes out.

    `check` refuses it (in its transaction); `lines` say on the form of the answer what it refuses for, and
    `reminders` what keeps nobody from going on, there and where a case is closed: in Spanish, with no SQL
    after `read_whole`.
    """

    check: Callable[[Institution, Case], None]
    lines: Callable[[Case], list[str]]
    reminders: Callable[[Case], list[str]]


_ANSWER_CHECKS: list[AnswerCheck] = []


def register_answer_check(check: AnswerCheck) -> None:
    """Let a feature hold back answers until something is done."""
    _ANSWER_CHECKS.append(check)


def check_before_answer(institution: Institution, case: Case) -> None:
    """Ask every feature whether the answer of a case may go out.

    Raises:
        Refused: as the feature says (checklist_owed).
    """
    for one in _ANSWER_CHECKS:
        one.check(institution, case)


def left_before_answer(case: Case) -> list[str]:
    """Return what is left to do before the answer of a case, in Spanish; no SQL after `read_whole`."""
    return [line for one in _ANSWER_CHECKS for line in (*one.lines(case), *one.reminders(case))]


def left_before_closing(case: Case) -> list[str]:
    """Return what is still open on a case, in Spanish; no SQL after `read_whole`."""
    return [line for one in _ANSWER_CHECKS for line in one.reminders(case)]


DecisionCheck = Callable[[Case, Outcome], None]
_DECISION_CHECKS: list[DecisionCheck] = []


def register_decision_check(check: DecisionCheck) -> None:
    """Let a feature refuse that a case is decided in some way, when its answer is proposed and when given."""
    _DECISION_CHECKS.append(check)


def check_decision(case: Case, outcome: Outcome) -> None:
    """Ask every feature whether a case may be decided so (SQL: what they ask).

    Raises:
        Refused: as the feature says (third_party_pending, third_party_objected).
    """
    for check in _DECISION_CHECKS:
        check(case, outcome)


TextGoes = Callable[[CaseMessage], object]
_TEXT_GOES: list[TextGoes] = []


def register_text_goes(drop: TextGoes) -> None:
    """Let a feature drop what it keeps of a message that is about to be deleted."""
    _TEXT_GOES.append(drop)


def text_goes(message: CaseMessage) -> None:
    """Have every feature drop what it keeps of a message that is about to be deleted (SQL: what they do)."""
    for drop in _TEXT_GOES:
        drop(message)


Wait = Callable[[Case, Rule | None], bool]
_WAITS: list[Wait] = []


def register_wait(waits: Wait) -> None:
    """Let a feature say whether the terms of a case under a rule wait for somebody besides its person."""
    _WAITS.append(waits)


def waits_for_others(case: Case, rule: Rule | None) -> bool:
    """Return whether the terms of a case wait for somebody besides its person (SQL: what features ask)."""
    return any(waits(case, rule) for waits in _WAITS)


@dataclass(frozen=True, slots=True)
class AfterAnswer:
    """What a feature does when an answer is given, and when it is taken back before anybody was told.

    Each takes (body, case, now), in the transaction of the answer or of its taking back: a refusal undoes
    both. The case is locked and as it will be, its row not written yet; neither the row nor the entry is for
    whoever follows to change. Those whose requests were joined to it (`case.merged`) got the same answer.
    What is sent because of it waits at least `UNDO_FOR`, so that it can be recalled.
    """

    given: Callable[[Institution, Case, datetime], object]
    taken_back: Callable[[Institution, Case, datetime], object]


_AFTER_ANSWER: list[AfterAnswer] = []


def register_after_answer(follow: AfterAnswer) -> None:
    """Let a feature, or a higher context, follow answers."""
    _AFTER_ANSWER.append(follow)


def answer_given(institution: Institution, case: Case, now: datetime) -> None:
    """Tell whoever follows answers that one is given (SQL: what they ask)."""
    for follow in _AFTER_ANSWER:
        follow.given(institution, case, now)


def answer_taken_back(institution: Institution, case: Case, now: datetime) -> None:
    """Tell whoever follows answers that the last one is not given after all (SQL: what they ask)."""
    for follow in _AFTER_ANSWER:
        follow.taken_back(institution, case, now)


PagePart = Callable[[Access, Case, datetime], Mapping[str, Any]]
"""`(access, case, now)` gives values for the template of the page of a case; no SQL after `read_whole`."""
_PAGE_PARTS: list[PagePart] = []


def register_page_part(part: PagePart) -> None:
    """Let a feature give values to the page of a case."""
    _PAGE_PARTS.append(part)


def page_parts(access: Access, case: Case, now: datetime) -> dict[str, Any]:
    """Return all that features give to the page of a case, by name."""
    return {name: value for part in _PAGE_PARTS for name, value in part(access, case, now).items()}


Suggester = Callable[[Institution, str], Sequence[Mapping[str, Any]]]
"""`(institution, words)` gives the topics and units that words suggest, ready for a template."""
_SUGGESTERS: list[Suggester] = []


def register_suggester(suggester: Suggester) -> None:
    """Let a feature suggest where a request belongs while it is being written."""
    _SUGGESTERS.append(suggester)


def suggested_for(institution: Institution, words: str) -> list[Mapping[str, Any]]:
    """Return what is suggested for the words typed so far."""
    return [row for suggester in _SUGGESTERS for row in suggester(institution, words)]


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """The texts that the answer to a case can begin with; each has `pk` and `title`."""

    offered: Callable[[Access, Case], Sequence[Any]]
    """`(access, case)` gives those that somebody may use for the case (no SQL when warm)."""
    filled: Callable[..., str]
    """`(text, access, case, person, now=)` gives what one becomes for the case (no SQL when warm)."""


_ANSWER_TEXTS: list[AnswerTexts] = []


def register_answer_texts(texts: AnswerTexts) -> None:
    """Let a feature keep the texts that answers begin with.

    Raises:
        ValueError: one does already.
    """
    if _ANSWER_TEXTS:
        raise ValueError("there are texts of answers already")
    _ANSWER_TEXTS.append(texts)


def answer_texts() -> AnswerTexts:
    """Return who keeps the texts that answers begin with."""
    return _ANSWER_TEXTS[0]


@dataclass(frozen=True, slots=True)
class ReservedActs:
    """The acts by which a body reserves documents, which a denial names."""

    has: Callable[[Institution, int], bool]
    """`(institution, id)`: the body has such an act, in force or not (1 SQL)."""
    cause_of: Callable[[Institution, int, date], str | None]
    """`(institution, id, local day)` gives the cause of an act in force, or None (1 SQL)."""
    offered: Callable[[Institution, date], Sequence[tuple[int, str]]]
    """`(institution, local day)` gives (id, words) of those in force, the newest first (1 SQL)."""


_RESERVED: list[ReservedActs] = []


def register_reserved_acts(acts: ReservedActs) -> None:
    """Let the index of reserved acts be asked.

    Raises:
        ValueError: there is one already.
    """
    if _RESERVED:
        raise ValueError("there is an index of reserved acts already")
    _RESERVED.append(acts)


def check_reserved(institution: Institution, act_id: int, cause: str, today: date) -> None:
    """Check that an act in force reserves for a cause (1 SQL).

    Raises:
        Refused: it is over, of another body or of another cause (reserve_other).
    """
    if _RESERVED[0].cause_of(institution, act_id, today) != cause:
        raise Refused("reserve_other")


def reserved_acts(institution: Institution, today: date) -> list[tuple[int, str]]:
    """Return (id, words) of the acts in force, the newest first (1 SQL)."""
    return list(_RESERVED[0].offered(institution, today))


def has_reserved_act(institution: Institution, act_id: int) -> bool:
    """Return whether the body has an act of this id, in force or not (1 SQL)."""
    return _RESERVED[0].has(institution, act_id)
