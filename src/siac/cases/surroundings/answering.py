# SPDX-License-Identifier: EUPL-1.2
"""The answer in the making, what can still be taken back, and what waits to be delivered by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from siac.accounts.public import User
from siac.cases.domain.delivery import BY_HAND, Delivery
from siac.cases.models import AnswerDraft, Case, Undoable
from siac.cases.surroundings.reading import Fragment, around
from siac.cases.texts import DELIVERIES
from siac.notices.public import RETURN_REASONS, ReturnReason, State


def _know_author(case: Case, found: Mapping[str, Any]) -> None:
    """Give the draft its case and the name of its author; the rest of whom is read if somebody asks."""
    draft = case.draft
    if draft is not None:
        draft.case = case
        draft.author = User.from_db("default", ["id", "name"], [draft.author_id, found["author"]])


FRAGMENTS = (
    Fragment(
        "answer_draft",
        "(SELECT to_jsonb(d) FROM cases_answerdraft d WHERE d.case_id = cases_case.id)",
        related=AnswerDraft,
        settle=_know_author,
    ),
    Fragment(
        "author",
        """(SELECT u.name FROM cases_answerdraft d JOIN accounts_user u ON u.id = d.author_id
        WHERE d.case_id = cases_case.id)""",
    ),
    Fragment(
        "undoable",
        "(SELECT to_jsonb(o) FROM cases_undoable o WHERE o.case_id = cases_case.id)",
        related=Undoable,
    ),
    Fragment(
        "deliveries",
        """ARRAY(SELECT jsonb_build_array(n.id, n.channel, n.state, n.sent_at, r.returned_on, r.reason,
          r.noted_at, r.noted_by_id)
        FROM notices_notice n LEFT JOIN LATERAL (SELECT * FROM notices_returnedletter r
          WHERE r.notice_id = n.id ORDER BY r.noted_at DESC, r.id DESC LIMIT 1) r ON true
        WHERE n.institution_id = cases_case.institution_id AND n.subject_type = 'case'
          AND n.subject_id = cases_case.id AND (n.state = %s AND n.channel = ANY(%s)
            OR n.channel = %s AND n.state = ANY(%s)) ORDER BY n.id)""",
        (
            State.PENDING.value,
            [way.value for way in BY_HAND],
            Delivery.LETTER.value,
            [State.SENT.value, State.FAILED.value],
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Return:
    """How a letter came back: the local day, why in Spanish, and who noted it when."""

    on: date
    why: str
    noted_at: datetime
    noted_by: int


@dataclass(frozen=True, slots=True)
class ByHand:
    """A notice that an officer brings to its person: `pk` of the notice, how, where it stands, when it went
    out, and how it came back last.
    """

    pk: int
    way: Delivery
    state: State = State.PENDING
    sent_at: datetime | None = None
    returned: Return | None = None

    @property
    def label(self) -> str:
        """How it reaches the person, in Spanish."""
        return DELIVERIES[self.way]

    @property
    def is_letter(self) -> bool:
        """Whether there is a paper to print."""
        return self.way is Delivery.LETTER

    @property
    def is_owed(self) -> bool:
        """Whether its person still waits for it: it did not go out yet, or came back."""
        return self.state is not State.SENT

    def may_undo(self, user_id: int, since: datetime) -> bool:
        """Return whether that user noted its coming back after `since`."""
        return (
            self.returned is not None and self.returned.noted_by == user_id and self.returned.noted_at > since
        )


def deliveries_of(case: Case) -> list[ByHand]:
    """Return what must be delivered by hand, letters that came back too; no SQL after `read_whole`."""
    return [each for each in _by_hand(case) if each.is_owed]


def posted_letters_of(case: Case) -> list[ByHand]:
    """Return the letters that went out and did not come back, as far as known; no SQL after `read_whole`."""
    return [each for each in _by_hand(case) if not each.is_owed]


def _by_hand(case: Case) -> list[ByHand]:
    return [
        ByHand(
            pk,
            Delivery(channel),
            State(state),
            datetime.fromisoformat(sent_at) if sent_at else None,
            Return(date.fromisoformat(on), RETURN_REASONS[ReturnReason(why)], datetime.fromisoformat(at), by)
            if on
            else None,
        )
        for pk, channel, state, sent_at, on, why, at, by in around(case)["deliveries"]
    ]
