# SPDX-License-Identifier: EUPL-1.2
"""Cases that stand beside a case: the one that answers it, those it answers, those linked with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from siac.cases.domain.delivery import BY_HAND, Delivery
from siac.cases.domain.numbers import folio
from siac.cases.models import Case, LinkKind
from siac.cases.surroundings.reading import Fragment, around
from siac.notices.public import STATES, State, channel_label
from siac.organizations.public import Access

FRAGMENTS = (
    Fragment(
        "main",
        """ARRAY(SELECT jsonb_build_array({seen_by}, m.year, m.number)
        FROM cases_case m WHERE m.id = cases_case.merged_into_id)""",
        others="m",
    ),
    Fragment(
        "joined",
        """ARRAY(SELECT jsonb_build_array({seen_by}, j.year, j.number)
        FROM cases_case j WHERE j.merged_into_id = cases_case.id ORDER BY j.year, j.number)""",
        others="j",
    ),
    Fragment(
        "joined_answers",
        """ARRAY(SELECT jsonb_build_array({seen_by}, j.year, j.number, n.id, n.channel, n.state,
          n.sent_at, n.proof)
        FROM cases_case j JOIN notices_notice n ON n.institution_id = j.institution_id
          AND n.subject_type = 'case' AND n.subject_id = j.id
        WHERE j.merged_into_id = cases_case.id AND n.kind = 'cases.answered' AND n.state <> 'cancelled'
        ORDER BY j.year, j.number, n.id)""",
        others="j",
    ),
    Fragment(
        "links",
        """ARRAY(SELECT jsonb_build_array({seen_by}, o.year, o.number, l.id, l.kind)
        FROM cases_caselink l JOIN cases_case o
          ON o.id = CASE WHEN l.first_id = cases_case.id THEN l.second_id ELSE l.first_id END
        WHERE l.first_id = cases_case.id OR l.second_id = cases_case.id ORDER BY l.id)""",
        others="o",
    ),
)


@dataclass(frozen=True, slots=True)
class JoinedAnswer:
    """The answer as it went, or goes, to the person of a joined case: `pk` of the
    notice, its way, state, moment and proof.
    """

    folio: str
    pk: int
    channel: str
    state: str
    sent_at: datetime | None
    proof: str

    @property
    def label(self) -> str:
        """How it reaches the person, in Spanish."""
        return channel_label(self.channel)

    @property
    def state_words(self) -> str:
        """Where it stands, in Spanish."""
        return "Devuelta" if self._is_returned else STATES[State(self.state)]

    @property
    def is_to_deliver(self) -> bool:
        """Whether an officer must still post it, hand it over or tell it."""
        return self._is_returned or (self.state == State.PENDING and self.channel in BY_HAND)

    @property
    def _is_returned(self) -> bool:
        return self.state == State.FAILED and self.is_letter

    @property
    def is_letter(self) -> bool:
        """Whether it goes on paper."""
        return self.channel == Delivery.LETTER


@dataclass(frozen=True, slots=True)
class Linked:
    """A case linked with another: `pk` of the link, its folio, and whether one was split from the other."""

    pk: int
    folio: str
    is_split: bool


def main_folio(case: Case) -> str:
    """Return the folio of the case that answers `case` too, or nothing; no SQL after `read_whole`."""
    return next((folio(year, number) for _, year, number in around(case)["main"]), "")


def joined_to(case: Case) -> list[str]:
    """Return the folios of the cases that `case` answers too; no SQL after `read_whole`."""
    return [folio(year, number) for _, year, number in around(case)["joined"]]


def answers_to_joined(case: Case) -> list[JoinedAnswer]:
    """Return how the answer of `case` reached those joined with it, by folio; no SQL after `read_whole`."""
    rows = around(case)["joined_answers"]
    return [
        JoinedAnswer(folio(year, number), pk, channel, state, _moment(sent_at), proof)
        for _, year, number, pk, channel, state, sent_at, proof in rows
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def linked_to(case: Case) -> list[Linked]:
    """Return the cases linked with `case`; no SQL after `read_whole`."""
    return [
        Linked(pk, folio(year, number), kind == LinkKind.SPLIT)
        for _, year, number, pk, kind in around(case)["links"]
    ]


def linking_part(access: Access, case: Case, now: datetime) -> Mapping[str, Any]:
    """Return what the page of a case shows of the cases beside it; no SQL after `read_whole`."""
    return {
        "merged_folio": main_folio(case),
        "joined": joined_to(case),
        "joined_answers": answers_to_joined(case),
        "linked": linked_to(case),
    }
