# SPDX-License-Identifier: EUPL-1.2
"""Load the invented bodies through the same commands people use, at the times their stories tell."""

import csv
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from django.db import connection, transaction

from siac.accounts.public import Role, User, account_of
from siac.cases.public import (
    Case,
    CaseKind,
    Channel,
    Delivery,
    Filing,
    Outcome,
    add_information,
    answer_case,
    ask_for_information,
    assign_case,
    close_lapsed_cases,
    contest_answer,
    dismiss_case,
    file_case,
    kinds,
    outcomes_of,
    rate_answer,
    refer_case,
    save_kind,
    settle_lapsed_correction,
    transfer_case,
    withdraw_case,
)
from siac.catalogue.public import save_topic, topics
from siac.charters.public import freeze_periods
from siac.clocks.public import book_for, settle_overdue
from siac.config.demonstration.appointments import give_hours
from siac.config.demonstration.attentions import give_attentions
from siac.config.demonstration.calls import promise_calls
from siac.config.demonstration.charters import publish_charter, write_charter
from siac.config.demonstration.checklists import look_around
from siac.config.demonstration.councils import hold_council
from siac.config.demonstration.counters import keep_counter
from siac.config.demonstration.datasets import (
    draw_territories,
    publish_tables,
    tell_who_lives_there,
)
from siac.config.demonstration.demand import plan_demand
from siac.config.demonstration.field import work_in_field
from siac.config.demonstration.gaps import expect_and_receive
from siac.config.demonstration.improving import improve
from siac.config.demonstration.languages import translate_kinds
from siac.config.demonstration.letters import post_letters, way_of
from siac.config.demonstration.own_reports import put_together
from siac.config.demonstration.papers import stamp_papers
from siac.config.demonstration.people import homes, tell_of_person
from siac.config.demonstration.places import load_care, load_points
from siac.config.demonstration.policies import adopt_policy
from siac.config.demonstration.procedures import tell_procedures
from siac.config.demonstration.programs import tell_programs
from siac.config.demonstration.redress import redress
from siac.config.demonstration.registry import exchange_entries
from siac.config.demonstration.rendering import render_account
from siac.config.demonstration.scenes import set_scenes
from siac.config.demonstration.script import Story, stories
from siac.config.demonstration.services import load_services, work_on_sheets
from siac.config.demonstration.signing import sign_outside
from siac.config.demonstration.staff_says import ask_staff, consult_measurement, gather_panel, list_staff
from siac.config.demonstration.surveys import ask_and_answer
from siac.config.demonstration.telling import tell_people
from siac.config.demonstration.workforce import keep_workforce
from siac.config.demonstration.year import run_the_year
from siac.indicators.public import (
    Length,
    adopt_ready,
    containing,
    count_all,
    freeze_result,
    library_of,
    members_of,
    owed_results,
    save_cost,
)
from siac.infra.environment import Misconfigured, items
from siac.journal.public import run_consumers
from siac.kernel.errors import Refused
from siac.notices.public import SEND_TASK, switch_texts
from siac.organizations.public import (
    Institution,
    create_institution,
    grant_role,
    installed_slugs,
    save_unit,
    touch_configuration,
    unit_tree,
)
from siac.people.public import PersonData
from siac.reporting.public import ask_for_summary, save_schedule

FILES = ("slep", "ministry", "municipality")
YEARS = 2
Say = Callable[[str], None]


def script_named(name: str) -> Mapping[str, Any]:
    """Return the script of one invented body; `name` is one of `FILES`."""
    folder = resources.files("siac.config.demonstration")
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def scripts() -> list[Mapping[str, Any]]:
    """Return the scripts of the invented bodies."""
    return [script_named(name) for name in FILES]


def chosen() -> list[str]:
    """Return the names of the scripts that are wanted (`SIAC_DEMO_BODIES`): all, unless some are named.

    Raises:
        Misconfigured: there is none of a name.
    """
    named = items("SIAC_DEMO_BODIES")
    if unknown := [each for each in named if each not in FILES]:
        raise Misconfigured(f"SIAC_DEMO_BODIES: {unknown[0]} no es ninguno de {', '.join(FILES)}.")
    return named or list(FILES)


def missing() -> list[str]:
    """Return the names of the wanted scripts whose body is not there: all at first,
    some after a load that was interrupted.
    """
    present = installed_slugs()
    return [name for name in chosen() if script_named(name)["institution"]["slug"] not in present]


MANDATE = timedelta(days=365 * 6)
"""How long somebody from outside has their role: longer than the demonstration looks back."""


def load_all(*, now: datetime, password: str, say: Say, cases: int | None = None) -> None:
    """Load every invented body with two years of cases up to `now` (or `cases` per body), saying how
    it goes.
    """
    for name in FILES:
        load_body(name, now=now, password=password, say=say, cases=cases)
    settle(now=now)


def load_body(name: str, *, now: datetime, password: str, say: Say, cases: int | None = None) -> None:
    """Load the body of one script, whole or not at all."""
    script = script_named(name)
    wanted = dict(script) if cases is None else {**script, "cases": cases}
    with connection.cursor() as cursor:
        # A crash while loading costs the demonstration, nothing else: it is loaded again.
        cursor.execute("SET synchronous_commit = off")
    with transaction.atomic():
        _load_body(wanted, now=now, password=password, say=say)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")


def settle(*, now: datetime) -> None:
    """Let happen what time does, once all bodies are there and counted: figures follow it as they do ever
    after.
    """
    run_consumers(1)
    settle_overdue(now, limit=100_000)
    close_lapsed_cases(now=now, limit=100_000)
    _one_send_job()


def _one_send_job() -> None:
    """Leave one job that sends everything instead of one per notice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' AND id <>"
            " (SELECT max(id) FROM procrastinate_jobs WHERE task_name = %s)",
            [SEND_TASK, SEND_TASK],
        )


def _load_body(script: Mapping[str, Any], *, now: datetime, password: str, say: Say) -> None:
    first = now - timedelta(days=365 * YEARS)
    institution = _institution(script, now=first)
    _units_and_people(institution, script, password=password, now=first)
    _catalogue(institution, script, now=first, today=institution.local_date(now))
    _kinds(institution, script, now=first)
    _send_texts(institution, now=first)
    institution.refresh_from_db()
    translate_kinds(institution, now=first)
    institution.refresh_from_db()
    units = _unit_ids(institution)
    given = load_services(institution, script, units, now=first, today=institution.local_date(now))
    institution.refresh_from_db()
    publish_charter(institution, script, units, given, now=first)
    institution.refresh_from_db()
    places = (
        [row["name"] for row in schools()]
        if script["institution"]["slug"] == "puerto-cordillera"
        else list(script["texts"].get("places", ()))
    )
    stage = _Stage(institution, script, now=now)
    for done, story in enumerate(
        stories(script, places, first=first, last=now - timedelta(hours=2)), start=1
    ):
        stage.play(story)
        if done % 200 == 0:
            say(f"  {institution.short_name}: {done} de {script['cases']} solicitudes")
    plain = next(kind for kind in stage.kinds.values() if not (kind.requires_document or kind.is_restricted))
    post_letters(institution, actor=stage.desk, now=now)
    stamp_papers(institution, plain, actor=stage.desk, now=now)
    give_attentions(institution, list(unit_tree(institution).nodes), actor=stage.desk, script=script, now=now)
    promise_calls(institution, unit_id=min(unit_tree(institution).nodes), actor=stage.desk, now=now)
    keeper = next(person for person in script["people"] if person["role"] == Role.QUALITY_MANAGER)
    keep_counter(institution, script=script, clerk=stage.desk, colleague=_account(keeper["email"]), now=now)
    give_hours(institution, script=script, now=now)
    ask_and_answer(institution, script=script, clerk=stage.desk, now=now)
    expect_and_receive(institution, script=script, now=now)
    ask_staff(institution, script=script, now=now)
    gather_panel(institution, now=now)
    list_staff(institution, now=now)
    consult_measurement(institution, clerk=stage.desk, now=now)
    look_around(institution, script=script, now=now)
    council = hold_council(institution, script=script, now=now)
    keep_workforce(institution, script=script, keeper=_holder(script, Role.PEOPLE_MANAGER), now=now)
    tell_people(institution, keeper=_holder(script, Role.COMMUNICATIONS), now=now)
    tell_programs(institution, now=now)
    redress(institution, script, now=now)
    count_all(institution, now=now)
    freeze_periods(institution, now=now)
    _costs(institution, now=now)
    _indicators(institution, now=now)
    write_charter(institution, script, units, given, now=now - timedelta(days=9))
    adopt_policy(institution, script=script, now=now)
    _summaries(institution, now=now)
    publish_tables(institution, now=now)
    draw_territories(institution, now=now)
    tell_who_lives_there(institution, now=now)
    put_together(institution, now=now)
    tell_procedures(institution, now=now)
    work_on_sheets(institution, script, given, now=now)
    _plans(institution, script, now=now)
    improve(
        institution,
        script,
        list(stage.kinds.values()),
        council,
        desk=stage.desk,
        workers=stage.workers,
        now=now,
    )
    run_the_year(institution, script=script, now=now)
    render_account(
        institution, authority=_holder(script, Role.AUTHORITY),
        keeper=_holder(script, Role.QUALITY_MANAGER), now=now,
    )  # fmt: skip
    exchange_entries(institution, plain, actor=stage.desk, now=now)
    sign_outside(
        institution, council, keeper=_holder(script, Role.QUALITY_MANAGER), now=now - timedelta(days=2)
    )
    work_in_field(institution, plain, actor=stage.desk, now=now)
    set_scenes(institution, list(stage.kinds.values()), actor=stage.desk, workers=stage.workers, now=now)
    count_all(institution, now=now)


def schools() -> list[dict[str, str]]:
    """Return the public schools of the demonstration's education service
    (directory of the Chilean Ministry of Education).
    """
    text = (resources.files("siac.config.demonstration") / "schools.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _institution(script: Mapping[str, Any], *, now: datetime) -> Institution:
    fields = dict(script["institution"])
    if "office_closes_at" in fields:
        fields["office_closes_at"] = time.fromisoformat(fields["office_closes_at"])
    return create_institution(actor=None, now=now, is_demo=True, **fields)


def _units_and_people(
    institution: Institution, script: Mapping[str, Any], *, password: str, now: datetime
) -> None:
    units: dict[str, int] = {}
    for unit in script["units"]:
        parent = units.get(unit.get("parent", ""))
        row = save_unit(
            institution=institution,
            actor=None,
            now=now,
            code=unit["code"],
            name=unit["name"],
            parent_id=parent,
        )
        units[unit["code"]] = row.pk
        institution.refresh_from_db()
    for person in script["people"]:
        grant_role(
            institution=institution,
            email=person["email"],
            name=person["name"],
            role=Role(person["role"]),
            unit_id=units.get(person.get("unit", "")),
            actor=None,
            now=now,
            until=institution.local_date(now) + MANDATE if person["role"] == Role.COUNCIL_MEMBER else None,
        )
        user = _account(person["email"])
        user.set_password(password)
        user.save(update_fields=["password"])
    institution.refresh_from_db()


def _holder(script: Mapping[str, Any], role: Role) -> User:
    """Return the account of the invented person with a role."""
    return _account(next(person["email"] for person in script["people"] if person["role"] == role))


def _account(email: str) -> User:
    user = account_of(email)
    if user is None:
        raise LookupError(email)
    return user


def _unit_ids(institution: Institution) -> dict[str, int]:
    return {node.code: node.pk for node in unit_tree(institution).nodes.values()}


def _catalogue(institution: Institution, script: Mapping[str, Any], *, now: datetime, today: date) -> None:
    units = _unit_ids(institution)
    for topic in script["topics"]:
        save_topic(
            institution=institution, actor=None, now=now, name=topic["name"], unit_id=units[topic["unit"]]
        )
    own = schools() if institution.slug == "puerto-cordillera" else []
    load_points(institution, script, units, own, now=now, today=today)
    load_care(institution, now=now)
    institution.refresh_from_db()


def _kinds(institution: Institution, script: Mapping[str, Any], *, now: datetime) -> None:
    units = _unit_ids(institution)
    for position, kind in enumerate(script["kinds"], start=1):
        fields = {name: value for name, value in kind.items() if name not in {"weight", "unit", "since"}}
        unit_id = units.get(kind.get("unit", ""))
        # A kind of a rule younger than the demonstration was opened when the rule came into force.
        began = datetime.combine(kind["since"], time(12), tzinfo=institution.zone) if "since" in kind else now
        save_kind(
            institution=institution, actor=None, now=max(now, began), position=position * 10, unit_id=unit_id,
            **fields,
        )  # fmt: skip


def _send_texts(institution: Institution, *, now: datetime) -> None:
    """Have the body send text messages where this machine shows them or has a gateway."""
    with suppress(Refused):
        switch_texts(institution.pk, is_on=True, actor_id=None, now=now)
    touch_configuration(institution.pk)


def _costs(institution: Institution, *, now: datetime) -> None:
    """Say what attending cost in the two years before, each invented."""
    this_year = institution.local_date(now).year
    for year, amount in ((this_year - 2, 9_400_000), (this_year - 1, 10_250_000)):
        save_cost(
            institution=institution, year=year, channel="", amount=amount,
            source="Invención: sueldos y arriendo de la oficina", actor=None, now=now,
        )  # fmt: skip


def _indicators(institution: Institution, *, now: datetime) -> None:
    """Adopt what the country's library has for the kinds of the body, and freeze the results of this year
    that are owed but for the last month: somebody has to do that still.
    """
    known = [each for group in library_of(institution.jurisdiction) for each in group.indicators]
    codes = [each.code for each in known if members_of(institution, each) is not None]
    adopt_ready(institution=institution, codes=codes, actor=None, now=now)
    institution.refresh_from_db()
    today = institution.local_date(now)
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for owed in owed_results(institution, today=today):
        if owed.indicator.metric and owed.last < last:
            freeze_result(
                institution=institution, indicator_id=owed.indicator.pk, first=owed.first, actor=None, now=now
            )


def _plans(institution: Institution, script: Mapping[str, Any], *, now: datetime) -> None:
    """Plan the demand, where the body has somebody who plans and somebody who approves."""
    by_role = {person["role"]: person["email"] for person in script["people"]}
    keeper, authority = by_role.get(Role.QUALITY_MANAGER), by_role.get(Role.AUTHORITY)
    if keeper and authority:
        plan_demand(institution, keeper=_account(keeper), authority=_account(authority), now=now)


def _summaries(institution: Institution, *, now: datetime) -> None:
    """Order a summary each month, and ask for those of the last quarter and of this year: the worker makes
    them when it starts.
    """
    save_schedule(institution=institution, every=Length.MONTH, actor=None, now=now)
    today = institution.local_date(now)
    quarter = containing(Length.QUARTER, today, today=today).moved(-1, today=today)
    for length, first in ((Length.QUARTER, quarter.first), (Length.YEAR, today)):
        ask_for_summary(institution=institution, length=length, first=first, actor=None, now=now)


def _admitted(case: Case, wanted: Outcome) -> Outcome:
    """Return the decision that a story wants, or one that the law of its kind
    knows (Peru's book: Aceptado o Denegado).
    """
    known = outcomes_of(case.kind.rule_id)
    return wanted if known is None or wanted in known else Outcome.UPHELD


class _Stage:
    """Plays stories in one body; what would happen after `now` has not happened yet."""

    def __init__(self, institution: Institution, script: Mapping[str, Any], *, now: datetime) -> None:
        self.institution, self.script, self.now = institution, script, now
        self._latest = now
        self.kinds: dict[str, CaseKind] = {kind.code: kind for kind in kinds(institution).values()}
        self.topics = list(topics(institution).values())
        self.places = homes(institution)
        people = {person["role"]: person for person in script["people"]}
        self.desk = _account(people["front_desk"]["email"])
        self.workers = self._workers()

    def _workers(self) -> dict[int, User]:
        """Return, for each unit, the person who answers for it: its own head, else that of a unit above."""
        tree, units = unit_tree(self.institution), _unit_ids(self.institution)
        found: dict[int, User] = {}
        for person in self.script["people"]:
            if person["role"] in {"unit_officer", "head_of_unit"}:
                user = _account(person["email"])
                for pk in tree.below(units[person["unit"]]):
                    found[pk] = user
        return found

    def play(self, story: Story) -> None:
        """File the case of a story and let happen what has happened by now."""
        self._latest = story.at + timedelta(hours=4)
        with transaction.atomic():
            case = self._file(story)
            tell_of_person(self.institution, case, self.places, now=story.at)
            self._route(case, story)
            self._work(case, story)

    def _file(self, story: Story) -> Case:
        kind = self.kinds[story.kind]
        topic = self.topics[story.topic % len(self.topics)]
        answers = {q.code: self._reply(q.code, story) for q in kind.parsed_questions()}
        by_staff = story.channel != "web"
        return file_case(
            institution=self.institution,
            filing=Filing(
                kind_id=kind.pk,
                channel=Channel(story.channel),
                subject=story.subject,
                body=story.body,
                answers={code: value for code, value in answers.items() if value},
                place=story.school,
                person=self._person(story),
                topic_id=topic.pk if story.classified and kind.unit_id is None else None,
            ),
            actor=self.desk if by_staff else None,
            now=story.at,
        )

    def _reply(self, code: str, story: Story) -> str:
        if code == "fecha":
            return (story.at.date() - timedelta(days=1 + story.number % 9)).isoformat()
        if code in ("forma", "medio"):
            return "Archivo digital" if code == "forma" else "Por correo electrónico"
        return story.school or "Oficina central"

    def _person(self, story: Story) -> PersonData | None:
        if story.person is None:
            return None
        given, family = story.person
        if story.channel == "phone" and story.number % 2:
            # Who calls has a telephone, and often no mail: these get text messages.
            phone = self.institution.country.phones.invented.format(story.number % 10_000)
            return PersonData(given_names=given, family_names=family, phone=phone)
        return PersonData(
            given_names=given,
            family_names=family,
            email=f"persona{story.number}@demo.invalid",
            address="Calle Sin Nombre 100" if way_of(story.number) is Delivery.LETTER else "",
        )

    def _route(self, case: Case, story: Story) -> None:
        at = story.at + timedelta(hours=3)
        if case.unit_id is None and at < self.now and story.answers_after is not None:
            units = sorted(self.workers)
            refer_case(
                institution=self.institution,
                case_id=case.pk,
                version=None,
                unit_id=units[story.topic % len(units)],
                actor=self.desk,
                now=at,
            )
            case.refresh_from_db()
        worker = self.workers.get(case.unit_id or 0)
        if worker is not None and story.number % 3 and at + timedelta(hours=1) < self.now:
            assign_case(
                institution=self.institution,
                case_id=case.pk,
                version=None,
                assignee_id=worker.pk,
                actor=worker,
                now=at + timedelta(hours=1),
            )

    def _work(self, case: Case, story: Story) -> None:
        worker = self.workers.get(case.unit_id or 0, self.desk)
        common: dict[str, Any] = {"institution": self.institution, "case_id": case.pk}
        if story.ends_as:
            self._end(common, case, story, worker)
            return
        asked = self._moment(story, story.asks_after)
        if asked:
            ask = self.script["texts"]["asks"][0]
            ask_for_information(**common, version=None, body=ask, actor=worker, now=asked)
        informed = self._moment(story, story.informs_after)
        if asked and informed:
            informed = max(
                informed, asked + timedelta(hours=2)
            )  # weekends may have moved the question past it
            add_information(**common, body="Aquí van los datos que faltaban.", now=informed)
        elif asked:
            self._lapse(common, asked)
        answered = self._moment(story, story.answers_after)
        if answered is None or (asked and not informed):
            return
        if informed:
            answered = max(answered, informed + timedelta(hours=1))
        outcome = _admitted(case, Outcome(story.outcome))
        measures = self._measures(case, outcome)
        answer_case(
            **common,
            version=None,
            body=story.answer,
            outcome=outcome,
            measures=measures,
            actor=worker,
            now=answered,
            channel=way_of(story.number),
            **self._denial(case, outcome),
        )
        self._afterwards(common, case, story, worker)

    def _measures(self, case: Case, outcome: Outcome) -> str:
        """Return the corrective measures that an accepted complaint of Peru's
        book is answered with; else nothing.
        """
        if outcomes_of(case.kind.rule_id) is None or outcome != Outcome.UPHELD:
            return ""
        known: list[str] = self.script["texts"]["measures"]
        return known[case.pk % len(known)]

    def _denial(self, case: Case, outcome: Outcome) -> dict[str, Any]:
        """Return the ground and the reasons of an answer that denies, where the law
        of its kind names grounds; else nothing.
        """
        ground = self._ground(case) if outcome in (Outcome.DENIED, Outcome.PARTLY) else ""
        known: list[str] = self.script["texts"]["reasons"]
        return {"ground": ground, "reasons": known[case.pk % len(known)]} if ground else {}

    def _ground(self, case: Case) -> str:
        """Return one of the grounds that reserve no document; empty where the law of the kind names none."""
        if not case.kind.rule_id:
            return ""
        rule = book_for(self.institution).in_force(
            case.kind.rule_id, self.institution.local_date(case.filed_at)
        )
        open_ones = [ground.id for ground in rule.grounds if not ground.reserve]
        return open_ones[case.pk % len(open_ones)] if open_ones else ""

    def _end(self, common: dict[str, Any], case: Case, story: Story, worker: User) -> None:
        """Let a case end without an answer."""
        at = self._moment(story, story.ends_after)
        texts = self.script["texts"]["endings"]
        if at is None:
            return
        if story.ends_as == "transferred":
            body = self.script["texts"]["other_bodies"][
                story.number % len(self.script["texts"]["other_bodies"])
            ]
            transfer_case(
                **common, version=None, competent_body=body, reason=texts["transferred"], actor=worker, now=at
            )
        elif story.ends_as == "withdrawn":
            withdraw_case(**common, body=texts["withdrawn"], actor=None, now=at)
        else:
            dismiss_case(
                **common,
                version=None,
                reason=texts["dismissed"],
                ground=self._ground(case),
                actor=worker,
                now=at,
            )

    def _lapse(self, common: dict[str, Any], asked: datetime) -> None:
        """Let the term to complete pass, where it has passed by now: three
        weeks are more than any rule gives.
        """
        at = asked + timedelta(days=22)
        if at < self.now:
            try:
                settle_lapsed_correction(**common, now=at)
            except Refused:
                return  # the rule of this kind gives no such term: the case goes on waiting

    def _afterwards(self, common: dict[str, Any], case: Case, story: Story, worker: User) -> None:
        contested = self._moment(story, story.contests_after)
        if contested:
            try:
                contest_answer(**common, body="La respuesta no resuelve lo que pedí.", now=contested)
            except Refused:
                return  # this kind offers no review, or its window was over
            again = self._moment(story, story.second_answer_after)
            if again is None:
                return
            outcome = _admitted(case, Outcome.PARTLY)
            answer_case(
                **common,
                version=None,
                body=f"Revisamos su caso de nuevo. {story.answer}",
                outcome=outcome,
                measures=self._measures(case, outcome),
                actor=worker,
                now=again,
                **self._denial(case, outcome),
            )
        rated = self._moment(story, (story.second_answer_after or story.answers_after or 0) + 1)
        if story.rating and rated:
            rate_answer(**common, rating=story.rating, now=rated)

    def _moment(self, story: Story, after: float | None) -> datetime | None:
        """Return the working moment `after` days of the filing, or None if that is not, or not yet.

        Asked in the order of the story: what a weekend pushes back pushes back what comes after it.
        """
        if after is None:
            return None
        moment = story.at + timedelta(days=after)
        while moment.weekday() >= 5:
            moment += timedelta(days=1)
        self._latest = max(moment, self._latest)
        return self._latest if self._latest < self.now else None
