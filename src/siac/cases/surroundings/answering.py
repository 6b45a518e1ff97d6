# SPDX-License-Identifier: EUPL-1.2
"""The answer in the making, what can still be taken back, and what waits to be delivered by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from siac.accounts.public import User
from siac.cases.domain.delivery import BY_HAND, Delivery
from siac.cases.models import AnswerDraft, Case, Undoable
from siac.cases.surroundings.reading import Fragment, around
from siac.cases.texts import DELIVERIES
from siac.notices.public import State


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
        """ARRAY(SELECT jsonb_build_array(n.id, n.channel) FROM notices_notice n
        WHERE n.institution_id = cases_case.institution_id AND n.subject_type = 'case'
          AND n.subject_id = cases_case.id AND n.state = %s AND n.channel = ANY(%s) ORDER BY n.id)""",
        (State.PENDING.value, [way.value for way in BY_HAND]),
    ),
)


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """A notice that waits for an officer: `pk` of the notice and how it reaches the person."""

    pk: int
    way: Delivery

    @property
    def label(self) -> str:
        """How it reaches the person, in Spanish."""
        return DELIVERIES[self.way]

    @property
    def is_letter(self) -> bool:
        """Whether there is a paper to print."""
        return self.way is Delivery.LETTER


def deliveries_of(case: Case) -> list[ToDeliver]:
    """Return what must be delivered by hand; no SQL after `read_whole`."""
    return [ToDeliver(pk, Delivery(channel)) for pk, channel in around(case)["deliveries"]]
