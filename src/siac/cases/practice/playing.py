# SPDX-License-Identifier: EUPL-1.2
"""Playing one invented request in a practice body, by the commands people use
and in the name of those who work there.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import Role, User, user_of
from siac.cases.commands.answering import answer_case
from siac.cases.commands.approving import approve_answer, submit_answer
from siac.cases.commands.citizen import add_information, contest_answer, rate_answer
from siac.cases.commands.endings import transfer_case, withdraw_case
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.handling import add_note, ask_for_information, assign_case, refer_case
from siac.cases.decisions import outcomes_of, says_measures
from siac.cases.domain.delivery import Delivery
from siac.cases.models import Case, CaseKind, Channel, Outcome
from siac.cases.practice.stories import Fate, Story, count, story, words
from siac.cases.queries import approver_of, kinds
from siac.cases.restricting.commands import Ground, restrict_case
from siac.catalogue.public import topics
from siac.countries.public import PASSPORT
from siac.kernel.errors import Refused
from siac.kernel.questions import Question, QuestionType
from siac.organizations.public import Holders, Institution, PracticeCases, holders, unit_tree
from siac.people.public import PersonData

Command = Callable[..., Any]
_F = Fate
_WORKED = frozenset(_F) - {_F.NEW}
_ANSWERED = frozenset({_F.ANSWERED, _F.ANSWERED_LATE, _F.CONTESTED, _F.RATED})
_WORKERS = (Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER)
_STARS = (5, 4, 5, 3, 2)


def _count(institution: Institution) -> int:
    """Return how many requests there will be: none where the body receives no kind of request."""
    return count() if _offered(institution) else 0


def _offered(institution: Institution) -> list[CaseKind]:
    return [kind for kind in kinds(institution).values() if kind.is_active]


def play(institution: Institution, place: int, now: datetime) -> None:
    """File the request of a place and let happen what its story tells until `now`.

    What the body's own configuration does not admit on the way (a checklist
    that holds an answer back) is left out.
    """
    told = story(place, now=now.astimezone(institution.zone))
    kind = _kind(institution, told)
    case = _file(institution, kind, told, now)
    if case is not None and told.fate in _WORKED:
        _Handling(institution, case, told, now, holders(institution)).run()


def _kind(institution: Institution, told: Story) -> CaseKind:
    """Return the kind of a story: they go round, except where the story needs one of a sort."""
    offered = _offered(institution)
    fitting = [kind for kind in offered if _fits(kind, told.fate)] or offered
    return fitting[told.place % len(fitting)]


def _fits(kind: CaseKind, fate: Fate) -> bool:
    if fate is _F.RESTRICTED:
        return kind.is_restricted
    return fate is not _F.TO_APPROVE or bool(kind.approver)


def _file(institution: Institution, kind: CaseKind, told: Story, now: datetime) -> Case | None:
    """File a request, by its person or at the desk; where its rule is younger
    than the story, just before `now`.
    """
    said = words()
    texts = said["texts"].get(kind.nature, said["texts"]["enquiry"])
    subject, body = texts[told.place // 3 % len(texts)]
    actors = holders(institution)
    desk = _first(actors, (Role.FRONT_DESK, *_WORKERS, Role.ADMINISTRATOR), None)
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel(told.channel),
        subject=subject,
        body=f"{said['opening']} {body}",
        partial=True,
        answers={each.code: _reply(each, told) for each in kind.parsed_questions()},
        place=said["places"][told.place % len(said["places"])],
        person=None if kind.allows_anonymous and told.place % 4 == 0 else _person(told),
        topic_id=_topic(institution, kind, told),
    )
    for at in (told.at, now - timedelta(minutes=1)):
        with suppress(Refused):
            return file_case(
                institution=institution, filing=filing, actor=None if told.channel == "web" else desk, now=at
            )  # fmt: skip
    return None


def _topic(institution: Institution, kind: CaseKind, told: Story) -> int | None:
    known = [pk for pk, topic in topics(institution).items() if topic.is_active]
    if not known or kind.unit_id is not None or told.fate is _F.NEW:
        return None
    return known[told.place % len(known)]


def _reply(question: Question, told: Story) -> str:
    if question.type is QuestionType.DATE:
        return (told.at.date() - timedelta(days=2)).isoformat()
    if question.type is QuestionType.CHOICE:
        return question.options[told.place % len(question.options)]
    return str(words()["places"][told.place % len(words()["places"])])


def _person(told: Story) -> PersonData:
    """Return who asks: a name that says it is an example, a document and an address that nobody has."""
    said = words()
    given, family = said["given"], said["family"]
    return PersonData(
        given_names=given[told.place % len(given)],
        family_names=f"{said['marked']} {family[told.place % len(family)]}",
        document_type=PASSPORT.code,
        document_number=f"PRACTICA{told.place:03}",
        email="" if told.is_by_letter else f"persona{told.place}@practica.invalid",
        address=said["places"][told.place % len(said["places"])] if told.is_by_letter else "",
        preferred_channel="letter" if told.is_by_letter else "email",
    )


def _first(found: Holders, roles: tuple[Role, ...], unit_id: int | None) -> User | None:
    """Return somebody who holds one of the roles over a unit (else anywhere), the first role first."""
    for role in roles:
        ids = found.over(role, unit_id) or sorted({user for held, _, user in found.rows if held == role})
        if ids:
            return user_of(ids[0])
    return None


@dataclass
class _Handling:
    """What happens to one request after it was filed."""

    institution: Institution
    case: Case
    told: Story
    now: datetime
    people: Holders

    def run(self) -> None:
        """Refer it, give it to somebody, and go as far as the story tells."""
        filed = max(self.case.filed_at, self.told.at)
        desk = _first(self.people, (Role.FRONT_DESK, *_WORKERS, Role.ADMINISTRATOR), None)
        if desk is None:
            return
        self._step(
            refer_case, filed, hours=1, unit_id=self._unit(), actor=desk
        ) if self.case.unit_id is None else None
        self.case.refresh_from_db()
        worker = _first(self.people, _WORKERS, self.case.unit_id) or desk
        if self.told.fate is not _F.REFERRED:
            self._step(assign_case, filed, hours=2, assignee_id=worker.pk, actor=worker)
        self._go_on(worker, filed)

    def _go_on(self, worker: User, filed: datetime) -> None:
        for command, after, said in self._own_steps(worker).get(self.told.fate, ()):
            self._step(command, filed, **after, **said)
        if self.told.fate in _ANSWERED:
            self._finish(worker, filed)

    def _own_steps(self, worker: User) -> Mapping[Fate, list[tuple[Command, dict[str, Any], dict[str, Any]]]]:
        """Return what each fate adds after a request was assigned: the command,
        how much later, and with what.
        """
        said = words()
        asked = (ask_for_information, {"hours": 4}, {"body": said["ask"], "actor": worker})
        told = (add_information, {"days": 2, "versioned": False}, {"body": said["informed"]})
        noted = (add_note, {"hours": 3, "versioned": False}, {"body": said["note"], "actor": worker})
        closed = (restrict_case, {"hours": 4}, {"ground": Ground.MINORS.value, "actor": worker})
        left = (withdraw_case, {"days": 3}, {"body": said["withdrawn"], "actor": None})
        where = {"competent_body": said["transferred_to"], "reason": said["transferred"], "actor": worker}
        draft = {"draft_version": 0, "actor": worker, **self._answer()}
        return {
            _F.ASSIGNED: [noted] if self.told.place % 2 else [],
            _F.WAITING: [asked],
            _F.INFORMED: [asked, told],
            _F.RESTRICTED: [closed],
            _F.WITHDRAWN: [left],
            _F.TRANSFERRED: [(transfer_case, {"days": 2}, where)],
            _F.TO_APPROVE: [(submit_answer, {"days": 2}, draft)],
        }

    def _finish(self, worker: User, filed: datetime) -> None:
        days = 110 if self.told.fate is _F.ANSWERED_LATE else 2 + self.told.place % 4
        approver = approver_of(self.institution, self.case)
        if approver:
            self._step(submit_answer, filed, days=days, draft_version=0, actor=worker, **self._answer())
            boss = _first(self.people, (Role(approver),), self.case.unit_id)
            if boss is not None:
                self._step(approve_answer, filed, days=days, hours=1, actor=boss)
        else:
            by = Delivery.LETTER if self.told.is_by_letter else Delivery.EMAIL
            self._step(answer_case, filed, days=days, actor=worker, channel=by, **self._answer())
        if self.told.fate is _F.CONTESTED:
            self._step(
                contest_answer, filed, days=days + 3, versioned=False, body=words()["contested"]
            )  # fmt: skip
        if self.told.fate is _F.RATED:
            self._step(
                rate_answer,
                filed,
                days=days + 1,
                versioned=False,
                rating=_STARS[self.told.place % len(_STARS)],
            )

    def _answer(self) -> dict[str, Any]:
        """Return what is answered: in favour, in the words that the law of the
        kind knows, so that no ground is asked for.
        """
        rule_id, said = kinds(self.institution)[self.case.kind_id].rule_id, words()
        outcome = Outcome.UPHELD if outcomes_of(rule_id) or self.told.place % 2 else Outcome.INFORMED
        return {
            "body": said["answers"][self.told.place % len(said["answers"])],
            "outcome": outcome,
            "measures": said["measures"] if says_measures(rule_id) else "",
        }

    def _unit(self) -> int:
        """Return the unit that the topic names, else one after another of those where somebody works."""
        topic = topics(self.institution).get(self.case.topic_id or 0)
        open_ones = [node.pk for _, node in unit_tree(self.institution).outline() if node.is_active]
        if topic is not None and topic.unit_id in open_ones:
            return int(topic.unit_id or 0)
        staffed = [pk for pk in open_ones if any(self.people.over(role, pk) for role in _WORKERS[:2])]
        usable = staffed or open_ones
        return usable[self.told.place % len(usable)] if usable else 0

    def _step(
        self,
        command: Command,
        filed: datetime,
        *,
        days: int = 0,
        hours: int = 0,
        versioned: bool = True,
        **said: Any,
    ) -> None:
        """Let a command happen so long after the filing, in working time,
        unless that is still to come or it is refused.
        """
        at = filed + timedelta(days=days, hours=hours)
        while days and at.weekday() >= 5:
            at += timedelta(days=1)
        if at >= self.now:
            if days:
                return
            at = self.now - timedelta(seconds=30) + timedelta(seconds=hours)
        version = {"version": None} if versioned else {}
        with suppress(Refused):
            command(institution=self.institution, case_id=self.case.pk, now=at, **version, **said)


INVENTED = PracticeCases(_count, play)
