# SPDX-License-Identifier: EUPL-1.2
"""What hangs on a case and most cases lack, read along in one column of the SQL that reads the case.

Joined in by Django it cost more processor time than the case itself, nearly all of it in making the statement
(docs/benchmarks.md).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

from siac.accounts.public import User
from siac.cases.domain.checklist import Item
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.numbers import folio
from siac.cases.models import AnswerDraft, Appeal, Case, CaseHold, IncomingPaper, LinkKind, Undoable
from siac.cases.texts import DELIVERIES
from siac.notices.public import CHANNELS, STATES, Channel, State

_BY_HAND = [way.value for way in Delivery if way is not Delivery.EMAIL]
_RELATED: dict[str, type[Model]] = {
    "paper": IncomingPaper,
    "answer_draft": AnswerDraft,
    "undoable": Undoable,
    "hold": CaseHold,
}
_SEEN_BY = "ARRAY[{0}.id, {0}.is_restricted::int, {0}.kind_id, {0}.unit_id, {0}.assignee_id, {0}.filed_by_id]"
_OTHERS = ("main", "joined", "joined_answers", "links")
"""What names other cases: rows that begin with what tells who sees the other."""
_SURROUNDINGS = f"""jsonb_build_object(
  'paper', (SELECT to_jsonb(p) FROM cases_incomingpaper p WHERE p.case_id = cases_case.id),
  'answer_draft', (SELECT to_jsonb(d) FROM cases_answerdraft d WHERE d.case_id = cases_case.id),
  'author', (SELECT u.name FROM cases_answerdraft d JOIN accounts_user u ON u.id = d.author_id
    WHERE d.case_id = cases_case.id),
  'undoable', (SELECT to_jsonb(o) FROM cases_undoable o WHERE o.case_id = cases_case.id),
  'appeals', ARRAY(SELECT jsonb_build_object('pk', a.id, 'authority', a.authority, 'reference', a.reference,
    'state', a.state,
    'result', a.result, 'due_on', a.due_on) FROM cases_appeal a WHERE a.case_id = cases_case.id
      ORDER BY a.id),
  'tasks', ARRAY(SELECT jsonb_build_object('pk', t.id, 'text', t.text, 'due_on', t.due_on, 'who',
    COALESCE(u.name, n.name),
    'done_at', t.done_at, 'done_by', d.name) FROM cases_casetask t LEFT JOIN accounts_user u
      ON u.id = t.user_id
    LEFT JOIN organizations_unit n ON n.id = t.unit_id LEFT JOIN accounts_user d ON d.id = t.done_by_id
    WHERE t.case_id = cases_case.id ORDER BY t.done_at NULLS FIRST, t.due_on, t.id),
  'ticks', ARRAY(SELECT jsonb_build_array(k.code, u.name, k.at) FROM cases_checklisttick k
    JOIN accounts_user u ON u.id = k.user_id WHERE k.case_id = cases_case.id),
  'hold', (SELECT to_jsonb(h) FROM cases_casehold h WHERE h.case_id = cases_case.id),
  'main', ARRAY(SELECT jsonb_build_array({_SEEN_BY.format("m")}, m.year, m.number) FROM cases_case m
    WHERE m.id = cases_case.merged_into_id),
  'joined', ARRAY(SELECT jsonb_build_array({_SEEN_BY.format("j")}, j.year, j.number) FROM cases_case j
    WHERE j.merged_into_id = cases_case.id ORDER BY j.year, j.number),
  'joined_answers', ARRAY(SELECT jsonb_build_array({_SEEN_BY.format("j")}, j.year, j.number, n.id, n.channel,
    n.state, n.sent_at,
    n.proof) FROM cases_case j JOIN notices_notice n ON n.institution_id = j.institution_id
      AND n.subject_type = 'case'
    AND n.subject_id = j.id WHERE j.merged_into_id = cases_case.id
    AND n.kind = 'cases.answered' AND n.state <> 'cancelled' ORDER BY j.year, j.number, n.id),
  'links', ARRAY(SELECT jsonb_build_array({_SEEN_BY.format("o")}, o.year, o.number, l.id, l.kind)
    FROM cases_caselink l
    JOIN cases_case o ON o.id = CASE WHEN l.first_id = cases_case.id THEN l.second_id ELSE l.first_id END
    WHERE l.first_id = cases_case.id OR l.second_id = cases_case.id ORDER BY l.id),
  'writers', ARRAY(SELECT jsonb_build_array(w.user_id, u.name, w.seen_at) FROM cases_presence w
    JOIN accounts_user u ON u.id = w.user_id WHERE w.case_id = cases_case.id ORDER BY u.name, u.id),
  'deliveries', ARRAY(SELECT jsonb_build_array(n.id, n.channel) FROM notices_notice n
    WHERE n.institution_id = cases_case.institution_id AND n.subject_type = 'case'
      AND n.subject_id = cases_case.id
    AND n.state = %s AND n.channel = ANY(%s) ORDER BY n.id))"""  # noqa: S608 (fixed text)


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
        return CHANNELS[Channel(self.channel)]

    @property
    def state_words(self) -> str:
        """Where it stands, in Spanish."""
        return STATES[State(self.state)]

    @property
    def is_to_deliver(self) -> bool:
        """Whether an officer must still post it, hand it over or tell it."""
        return self.state == State.PENDING and self.channel in _BY_HAND

    @property
    def is_letter(self) -> bool:
        """Whether it goes on paper."""
        return self.channel == Channel.LETTER


@dataclass(frozen=True, slots=True)
class Beside:
    """A restricted case beside another: its primary key, and what tells who sees it."""

    pk: int
    kind_id: int
    unit_id: int | None
    assignee_id: int | None
    filed_by_id: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A case linked with another: `pk` of the link, its folio, and whether one was split from the other."""

    pk: int
    folio: str
    is_split: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who answers a case: when the last sign of it came."""

    user_id: int
    name: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    """An appeal as the page of its case names it."""

    pk: int
    authority: str
    reference: str
    state: str
    result: str
    due_on: date

    @property
    def words(self) -> str:
        """Where it stands, in Spanish."""
        return str(Appeal.Result(self.result).label if self.result else Appeal.State(self.state).label)


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task as the page of its case names it: who does it by when, and who did it."""

    pk: int
    text: str
    due_on: date
    who: str
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """An item of the checklist with who ticked it and when; None: nobody yet."""

    item: Item
    by: str | None
    at: datetime | None


def read_whole(cases: QuerySet[Case]) -> Case | None:
    """Return the only case of `cases` with its text, assignee and what hangs on
    it (1 SQL), or None where there is none.
    """
    surroundings = RawSQL(_SURROUNDINGS, [State.PENDING.value, _BY_HAND], output_field=JSONField())  # noqa: S611 (fixed text)
    found = cases.annotate(surroundings=surroundings).select_related("text", "assignee").order_by()[:1]
    case = next(iter(found), None)
    if case is not None:
        for name, model in _RELATED.items():
            row = _around(case)[name]
            related = _built(model, row) if row else None
            Case._meta.get_field(name).set_cached_value(case, related)  # type: ignore[union-attr]
        draft = case.draft
        if draft is not None:  # the rest of its author is read if somebody asks
            draft.case = case
            draft.author = User.from_db("default", ["id", "name"], [draft.author_id, _around(case)["author"]])
    return case


def _built(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[field.column or ""]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def _around(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = case.surroundings  # type: ignore[attr-defined]
    return found


def restricted_beside(case: Case) -> list[Beside]:
    """Return the restricted cases that `case` is joined or linked with; no SQL after `read_whole`."""
    rows = [row[0] for name in _OTHERS for row in _around(case)[name]]
    return [Beside(pk, *seen_by) for pk, is_restricted, *seen_by in rows if is_restricted]


def name_no_more(case: Case, hidden: Collection[int]) -> None:
    """Leave out of what hangs on `case` the cases that its reader does not see:
    nothing then tells that they are there.
    """
    around = _around(case)
    for name in _OTHERS:
        around[name] = [row for row in around[name] if row[0][0] not in hidden]


def main_folio(case: Case) -> str:
    """Return the folio of the case that answers `case` too, or nothing; no SQL after `read_whole`."""
    return next((folio(year, number) for _, year, number in _around(case)["main"]), "")


def joined_to(case: Case) -> list[str]:
    """Return the folios of the cases that `case` answers too; no SQL after `read_whole`."""
    return [folio(year, number) for _, year, number in _around(case)["joined"]]


def answers_to_joined(case: Case) -> list[JoinedAnswer]:
    """Return how the answer of `case` reached those joined with it, by folio; no SQL after `read_whole`."""
    rows = _around(case)["joined_answers"]
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
        for _, year, number, pk, kind in _around(case)["links"]
    ]


def writers_of(case: Case) -> list[Writer]:
    """Return who has been answering `case` in the last hour, by name; no SQL after `read_whole`."""
    return [
        Writer(pk, name, datetime.fromisoformat(seen_at)) for pk, name, seen_at in _around(case)["writers"]
    ]


def appeals_of(case: Case) -> list[ShownAppeal]:
    """Return the appeals against what was answered, the oldest first; no SQL after `read_whole`."""
    rows = _around(case)["appeals"]
    return [ShownAppeal(**{**row, "due_on": date.fromisoformat(row["due_on"])}) for row in rows]


def tasks_of(case: Case) -> list[ShownTask]:
    """Return the tasks on `case`, the open ones first by their day; no SQL after `read_whole`."""
    return [
        ShownTask(
            row["pk"], row["text"], date.fromisoformat(row["due_on"]), row["who"],
            datetime.fromisoformat(row["done_at"]) if row["done_at"] else None, row["done_by"],
        )
        for row in _around(case)["tasks"]
    ]  # fmt: skip


def checklist_of(case: Case) -> list[Checked]:
    """Return the checklist of the kind of `case` with its ticks; no SQL after `read_whole`."""
    ticks = {code: (by, datetime.fromisoformat(at)) for code, by, at in _around(case)["ticks"]}
    return [Checked(item, *ticks.get(item.code, (None, None))) for item in case.kind.checklist_items()]


def deliveries_of(case: Case) -> list[ToDeliver]:
    """Return what must be delivered by hand; no SQL after `read_whole`."""
    return [ToDeliver(pk, Delivery(channel)) for pk, channel in _around(case)["deliveries"]]
