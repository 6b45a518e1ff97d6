# SPDX-License-Identifier: EUPL-1.2
"""The numbers beside the work list: kept statements follow what decides them, indexes find what is rare."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.cases.access import hidden_from, people_hidden_from, sees_all_of, visible_to
from siac.cases.lists.counts import list_counts
from siac.cases.models import Case, CaseExport
from siac.cases.public import save_kind
from siac.cases.queries import VIEWS, in_view, narrowed
from siac.cases.teamwork.commands import add_task
from siac.infra import counting
from siac.organizations.public import access_in, grant_role
from siac.people.public import PersonData, save_person
from siac.ui import navigation
from tests.cases.registers import fill
from tests.factories import NOW, file
from tests.sql_counts import exactly

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def fresh(access, day) -> dict[str, int]:
    """Count as if nothing was kept."""
    visible = visible_to(access)
    lists = {view.code: in_view(visible, view.code, access=access, today=day) for view in VIEWS}
    return counting.capped_counts(lists)


@pytest.mark.parametrize("role", list(Role))
def test_they_are_what_each_list_holds_and_follow_what_is_filed(house, role):
    access, day = house.access(role), house.today()
    for _ in range(2):
        file(house, unit_id=house.units["obras"], now=NOW)
        found = list_counts(access, today=day)
        assert {code: found[code] for code in fresh(access, day)} == fresh(access, day)


def test_another_day_another_role_and_another_configuration_are_counted_anew(house):
    head = house.user(Role.HEAD_OF_UNIT)
    file(house, unit_id=house.units["obras"], now=NOW)
    file(house, unit_id=house.units["juridico"], now=NOW)
    due = Case.objects.latest("pk").due_on
    access = house.access(Role.HEAD_OF_UNIT)
    assert list_counts(access, today=due)["hoy"] == fresh(access, due)["hoy"]
    later = list_counts(access, today=due + timedelta(days=1))
    assert (later["hoy"], later["atrasadas"]) == (0, 1)
    grant_role(
        institution=house.institution, email=head.email, name=head.name, role=Role.QUALITY_MANAGER,
        unit_id=None, actor=None, now=NOW,
    )  # fmt: skip
    wider = access_in(head, house.slug)
    assert list_counts(wider, today=due)["abiertas"] == fresh(wider, due)["abiertas"] == 2
    Case.objects.update(is_restricted=True)
    before = list_counts(wider, today=due)["abiertas"]
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["reclamo"],
        readers=["auditor"], is_restricted=True,
    )  # fmt: skip
    closed = access_in(head, house.slug)
    assert before == 1
    assert list_counts(closed, today=due)["abiertas"] == fresh(closed, due)["abiertas"] == 0


def test_the_statement_is_put_together_once_for_somebody_and_a_day(house, monkeypatch):
    first = list_counts(house.access(Role.QUALITY_MANAGER), today=house.today())
    again = house.access(Role.QUALITY_MANAGER)
    made = []
    monkeypatch.setattr(
        "siac.cases.lists.counts.ready_counts",
        lambda lists: made.append(list(lists)) or counting.ready_counts(lists),
    )
    with exactly(1):
        assert list_counts(again, today=house.today()) == first
    assert not made


def test_what_waits_beside_the_menu_is_put_together_once_and_follows_what_is_done(house, monkeypatch):
    browser, address = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/tareas/"
    browser.get(address)
    made = []
    monkeypatch.setattr(navigation, "menu_lists", lambda access: made.append(access) or {})
    case = file(house, unit_id=house.units["obras"], now=NOW)
    head = house.user(Role.HEAD_OF_UNIT)
    add_task(
        institution=house.institution, case_id=case.pk, actor=head, now=NOW,
        text="Medir", due_on=house.today(), user_id=head.pk, unit_id=None,
    )  # fmt: skip
    page = browser.get(address).content.decode()
    assert re.search(r'Tareas y menciones<span\s+class="siac-side__count">1<', page)
    assert not made


@pytest.fixture
def register(house):
    """A register in which a kind, a channel, a unit with its topic and an officer are rare."""
    values = {
        "body": house.institution.pk, "rare": house.kinds["consulta"].pk, "usual": house.kinds["reclamo"].pk,
        "topic": next(iter(house.topics.values())), "unit": house.units["obras"],
        "officer": house.user(Role.UNIT_OFFICER).pk, "cause": None,
    }  # fmt: skip
    fill(values)
    return values


def indexes_of(rows) -> set[str]:
    """Return the indexes by which PostgreSQL reads the first fifty of `rows`."""
    sql, values = rows[:50].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
    return {index.name for index in Case._meta.indexes if f" {index.name} " in f"{plan} "}


RARE = [
    ("en-espera", {}, "cases_open_waiting"),
    ("abiertas", {"canal": "letter"}, "cases_open_channel"),
    ("abiertas", {"tipo": "rare"}, "cases_open_kind"),
    ("todas", {"canal": "letter"}, "cases_channel"),
    ("todas", {"responsable": "officer"}, "cases_assignee"),
    ("cerradas", {"tipo": "rare", "canal": "letter"}, "cases_kind_channel"),
    ("todas", {"unidad": "unit", "tema": "topic"}, "cases_unit_topic"),
]


def test_what_is_rare_is_found_by_an_index_however_long_the_register(house, register):
    access = house.access(Role.QUALITY_MANAGER)
    for view, filters, index in RARE:
        params = {name: str(register.get(value, value)) for name, value in filters.items()}
        order = ("due_on", "pk") if view == "abiertas" else ("-pk",)
        rows, chips = narrowed(
            in_view(visible_to(access), view, access=access, today=house.today()), access, params
        )
        assert len(chips) == len(filters)
        assert index in indexes_of(rows.only("pk").order_by(*order)), urlencode(params)


def test_of_the_open_ones_by_folio_only_those_shown_are_told_of(house, register):
    for order in ("folio", "-folio"):
        _only_those_shown_are_told_of(house, order)


def _only_those_shown_are_told_of(house, order):
    browser = house.client(Role.QUALITY_MANAGER)
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(f"/{house.slug}/gestion/solicitudes/?vista=abiertas&orden={order}")
    assert len(page.context["rows"]) == 50
    sql = next(query["sql"] for query in captured if "text__subject" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "cases_open_" in plan and "Seq Scan on cases_case " not in plan, plan
    # Chosen first, told of after: how the rest is joined goes by what the database knows of its tables.
    assert "Limit (actual rows=51" in plan, plan
    assert max(map(int, re.findall(r"on cases_casetext .*loops=(\d+)", plan))) <= 51, plan


def test_the_few_that_wait_are_counted_by_their_index(house, register):
    with CaptureQueriesContext(connection) as captured:
        assert list_counts(house.access(Role.QUALITY_MANAGER), today=house.today())["en-espera"] == 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {captured[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "cases_open_waiting" in plan, plan


def test_the_cases_behind_a_figure_of_a_kind_are_found_by_an_index(house, register):
    rows = Case.objects.filter(
        institution=house.institution, kind=register["rare"], answered_at__gte=NOW - timedelta(days=400)
    )
    assert indexes_of(rows.only("pk").order_by("-answered_at", "-pk")) == {"cases_kind_answered"}


def exported(house, cases: list[int]):
    """Return an export of some cases, as its owner would fetch it."""
    owner = house.user(Role.UNIT_OFFICER)
    row = CaseExport.objects.create(
        institution=house.institution, case_ids=cases, requested_by=owner, created_at=NOW
    )
    return CaseExport.objects.filter(pk=row.pk)


def test_whether_a_few_cases_are_hidden_is_asked_of_them_alone(house, register):
    access = house.access(Role.UNIT_OFFICER)
    few = list(Case.objects.order_by("-pk").values_list("pk", flat=True)[:25])
    Case.objects.filter(pk__in=few).update(unit=house.units["obras"])
    hidden, seen = (save_person(house.institution.pk, PersonData(given_names=name), NOW) for name in "AB")
    Case.objects.filter(pk__in=few[:3]).update(is_restricted=True, assignee=None, person=hidden)
    Case.objects.filter(pk__in=few[3:]).update(person=seen)
    with CaptureQueriesContext(connection) as captured:
        assert hidden_from(access, few) == set(few[:3])
        assert not sees_all_of(access, exported(house, few))
        assert sees_all_of(access, exported(house, few[3:]))
        assert people_hidden_from(access, [hidden, seen]) == {hidden}
    for query in captured:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) {query['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert not re.search(r"Seq Scan on cases_case\b", plan), plan
        # The bodies' own lists are short; what an index of them counts of earlier tests is no row of theirs.
        short = "organizations_", "cases_casekind"
        nodes = [line for line in plan.splitlines() if not any(each in line for each in short)]
        assert max(int(float(rows)) for line in nodes for rows in re.findall(r"rows=([\d.]+)", line)) <= 25, (
            plan
        )


@pytest.mark.parametrize(
    "role", [Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER]
)
def test_the_receipt_for_staff_asks_for_no_list_of_all_they_see(house, role):
    own = file(house, actor=house.user(role), unit_id=house.units["juridico"])
    browser = house.client(role)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(f"/{house.slug}/gestion/solicitudes/{own.folio}/comprobante/")
    assert answer.status_code == 200
    asked = [query["sql"] for query in captured if 'FROM "cases_case"' in query["sql"]]
    assert asked
    assert [sql for sql in asked if "IN (SELECT" in sql] == []
