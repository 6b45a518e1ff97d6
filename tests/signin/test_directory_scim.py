# SPDX-License-Identifier: EUPL-1.2
"""A directory keeps the people of a body by SCIM: a tester of others accepts us, and nobody is locked out."""

import itertools
import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from siac.accounts.letters import SEND_LETTER
from siac.accounts.models import ApiToken, Session
from siac.accounts.public import Role, Scope, User, create_token
from siac.infra.crypto import unseal, vault_keys
from siac.journal.models import JournalEntry
from siac.notices.models import Notice
from siac.organizations.commands.inviting import accept_invitation
from siac.organizations.models import Invitation, Membership
from siac.organizations.public import grant_role, invite
from siac.signin.commands.domains import add_domain
from siac.signin.commands.roles import AT_ONCE, JOB, _bring_some, bring_due_roles
from siac.signin.models import DirectoryGroup, DirectoryUser
from siac.signin.notices import render
from siac.signin.tasks import directory_roles, directory_roles_left
from siac.signin.watching import directory_trouble
from tests.factories import NOW, House

KIND = "application/scim+json"


class Directory:
    """A directory with a key of a body."""

    def __init__(self, house: House, role: Role = Role.ADMINISTRATOR, scope: Scope = Scope.PEOPLE_WRITE):
        self.house = house
        _, self.token = create_token(
            institution_id=house.institution.pk, user=house.user(role), scopes=[scope], name="d", now=NOW
        )
        self.client = Client(headers={"authorization": f"Bearer {self.token}"})
        self.base = f"/scim/v2/{house.slug}"

    def send(self, method: str, path: str, said=None, status: int = 200):
        """Send something, and return what is answered."""
        answer = self.client.generic(method, f"{self.base}/{path}", json.dumps(said), content_type=KIND)
        assert answer.status_code == status, answer.content.decode()
        assert status == 204 or answer["Content-Type"] == KIND
        return json.loads(answer.content) if answer.content else None

    def person(self, called: str, **more):
        return self.send("POST", "Users", {"userName": called, **more}, 201)["id"]

    def crew(self, name: str, *members: str, role: str = "", unit: str = ""):
        """Make a group with members, and let it give a role."""
        made = self.send(
            "POST", "Groups", {"displayName": name, "members": [{"value": each} for each in members]}, 201
        )
        group = DirectoryGroup.objects.get(key=made["id"])
        if role:
            page = f"/{self.house.slug}/gestion/configuracion/entrada/grupos/{group.pk}/"
            form = {"role": role, "unit_id": self.house.units[unit] if unit else ""}
            assert self.house.client(Role.ADMINISTRATOR).post(page, form).status_code == 302
        return made["id"]

    def roles(self, email: str) -> set[tuple[str, int | None]]:
        held = Membership.objects.filter(institution=self.house.institution, user__email=email)
        return set(held.values_list("role", "unit_id"))


DOMAINS = ("nueva.cl", "puerto.example")


def own(house: House, *domains: str) -> None:
    for domain in domains:
        add_domain(institution=house.institution, domain=domain, now=NOW)


@pytest.fixture
def directory(house: House) -> Directory:
    own(house, *DOMAINS)
    return Directory(house)


def patch(**value):
    return {"Operations": [{"op": "replace", "path": name, "value": each} for name, each in value.items()]}


@pytest.fixture
def _in_one_connection():
    """Let the application answer without closing the connection that the test looks at."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_in_one_connection")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_tester_of_scim_finds_nothing_wrong(directory, settings, monkeypatch):
    monkeypatch.setattr("siac.signin.commands.binding.is_own_address", lambda *_: True)  # it invents domains
    settings.SITE_URL = "http://testserver"
    client = WSGISCIMClient(
        get_wsgi_application(),
        base_url=f"http://testserver{directory.base}",
        headers={"Authorization": f"Bearer {directory.token}"},
    )
    client.discover()
    results = check_server(client)
    wrong = [f"{each.title}: {each.reason}" for each in results if each.status is Status.ERROR]
    assert not wrong, "\n".join(wrong)
    assert sum(each.status is Status.SUCCESS for each in results) > 40


def test_a_person_comes_gets_roles_by_groups_changes_and_goes(house, directory):
    ana = directory.person("ana@nueva.cl", name={"givenName": "Ana", "familyName": "Rojas"})
    user = User.objects.get(email="ana@nueva.cl")
    assert (user.name, user.has_usable_password(), directory.roles(user.email)) == ("Ana Rojas", False, set())
    crew = directory.crew("Obras", ana, role="unit_officer", unit="obras")
    directory.crew("Sin rol", ana)
    assert directory.roles(user.email) == {("unit_officer", house.units["obras"])}
    told = directory.send("GET", f"Users/{ana}")
    assert [each["display"] for each in told["groups"]] == ["Obras", "Sin rol"]
    directory.send("PATCH", f"Groups/{crew}", patch(members=[]))
    assert directory.roles(user.email) == set()
    directory.send("PATCH", f"Users/{ana}", patch(userName="ana.rojas@nueva.cl", displayName="Ana R."))
    user.refresh_from_db()
    assert (user.email, user.name) == ("ana.rojas@nueva.cl", "Ana R.")
    directory.send("DELETE", f"Users/{ana}", status=204)
    user.refresh_from_db()
    assert not user.is_active
    directory.send("GET", f"Users/{ana}", status=404)


def test_who_is_no_longer_active_is_out_at_once_and_comes_back_with_the_roles_of_groups(house, directory):
    officer = house.user(Role.UNIT_OFFICER)
    key = directory.person(officer.email)
    directory.crew("Obras", key, role="front_desk", unit="oirs")
    client = house.client(Role.UNIT_OFFICER)
    assert client.get(f"/{house.slug}/gestion/inicio/").status_code == 200
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    assert not Session.objects.filter(user=officer).exists()
    assert client.get(f"/{house.slug}/gestion/inicio/").status_code == 302
    assert directory.roles(officer.email) == set()
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    officer.refresh_from_db()
    assert officer.is_active
    assert directory.roles(officer.email) == {("front_desk", house.units["oirs"])}


def test_what_was_given_by_hand_stays_when_a_group_lets_go(house, directory):
    officer = house.user(Role.UNIT_OFFICER)
    before = directory.roles(officer.email)
    crew = directory.crew("Obras", directory.person(officer.email), role="unit_officer", unit="obras")
    directory.send("PATCH", f"Groups/{crew}", patch(members=[]))
    assert directory.roles(officer.email) == before


@pytest.mark.parametrize("way", ["active", "delete", "group", "role", "forget"])
def test_the_last_administrator_is_never_taken_away_and_those_who_administer_are_told(
    house, directory, way, django_capture_on_commit_callbacks
):
    admin = house.user(Role.ADMINISTRATOR)
    key = directory.person(admin.email)
    crew = directory.crew("TI", key, role="administrator")
    row = DirectoryUser.objects.get()
    row.granted = [["administrator", None]]  # as if the group alone had given it
    row.save()
    if way == "active":
        refused = directory.send("PATCH", f"Users/{key}", patch(active=False), 409)
    elif way == "delete":
        refused = directory.send("DELETE", f"Users/{key}", status=409)
    elif way == "group":
        refused = directory.send("PUT", f"Groups/{crew}", {"displayName": "TI", "members": []}, 409)
    elif way == "forget":
        refused = directory.send("DELETE", f"Groups/{crew}", status=409)
    else:
        page = f"/{house.slug}/gestion/configuracion/entrada/grupos/{DirectoryGroup.objects.get().pk}/"
        answer = house.client(Role.ADMINISTRATOR).post(page, {"role": "auditor"})
        assert answer.status_code == 422 and "al menos una persona" in answer.content.decode()
        refused = None
    admin.refresh_from_db()
    assert admin.is_active and ("administrator", None) in directory.roles(admin.email)
    assert DirectoryUser.objects.get().is_active and DirectoryGroup.objects.get().role == "administrator"
    if refused is not None:
        assert refused["scimType"] == "mutability" and "última persona que administra" in refused["detail"]
        directory.send("DELETE", f"Users/{key}", status=409)
        [notice] = Notice.objects.filter(kind="signin.directory_refused")
        assert notice.recipient == f"user:{admin.pk}"


def test_an_account_of_others_is_only_bound_and_is_offered_the_roles_of_groups(house, other_house, directory):
    theirs = house.user(Role.AUDITOR)
    Membership.objects.filter(user=theirs).update(institution=other_house.institution)
    key = directory.person(theirs.email, displayName="Otro Nombre")
    crew = directory.crew("Auditoría", key, role="auditor")
    directory.crew("Otra", key)  # nothing is offered twice
    directory.send("PATCH", f"Users/{key}", patch(displayName="Uno Más"))
    assert directory.roles(theirs.email) == set()
    [offer] = Invitation.objects.filter(institution=house.institution)
    assert (offer.email, offer.role) == (theirs.email, "auditor")
    directory.send("PATCH", f"Users/{key}", patch(userName="robada@nueva.cl"), 409)
    client = Client()
    client.force_login(theirs)
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    assert not Invitation.objects.filter(accepted_at=None).exists()
    before = theirs.name
    theirs.refresh_from_db()
    assert (theirs.is_active, theirs.name) == (True, before)
    assert client.get(f"/{other_house.slug}/gestion/inicio/").status_code == 200
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    accept_invitation(invitation_id=Invitation.objects.get().pk, user=theirs, now=timezone.now())
    assert directory.roles(theirs.email) == {("auditor", None)}
    directory.send("DELETE", f"Groups/{crew}", status=204)
    assert directory.roles(theirs.email) == set()
    installer = User.objects.create_user("ops@nueva.cl", "x", name="Ops", is_installer=True)
    ops = directory.person("ops@nueva.cl")
    directory.send("DELETE", f"Users/{ops}", status=204)
    installer.refresh_from_db()
    assert installer.is_active


def test_who_is_only_invited_elsewhere_is_not_this_directorys_to_change(house, other_house, directory):
    key = directory.person("nora@nueva.cl", displayName="Nora")
    invite(
        institution=other_house.institution, email="nora@nueva.cl", name="N", role=Role.AUDITOR, unit_id=None,
        actor=None, now=timezone.now(),
    )  # fmt: skip
    directory.send("PATCH", f"Users/{key}", patch(userName="otra@nueva.cl"), 409)
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    assert User.objects.get(email="nora@nueva.cl").is_active


@pytest.mark.parametrize("called", ["director@vecina.cl", "director@sub.nueva.cl", "auditor@vecina.example"])
def test_of_addresses_that_are_not_the_bodys_a_directory_says_nothing(house, other_house, directory, called):
    """Else a body prepares its way into another, or acts on who works there, knowing but an address."""
    before = set(User.objects.values_list("email", "is_active"))
    for active in (True, False):
        refused = directory.send("POST", "Users", {"userName": called, "active": active}, 400)
        assert refused["scimType"] == "invalidValue" and "no está anotado" in refused["detail"]
    key = directory.person("sin-correo")
    directory.send("PATCH", f"Users/{key}", patch(emails=[{"value": called}]), 400)
    assert set(User.objects.values_list("email", "is_active")) == before
    made = directory.person("nueva@nueva.cl")
    directory.send("PATCH", f"Users/{made}", patch(userName=called), 400)
    assert User.objects.filter(email="nueva@nueva.cl").exists()


def test_nobody_who_is_not_active_gets_an_account(directory):
    key = directory.person("luz@nueva.cl", active=False)
    assert not User.objects.filter(email="luz@nueva.cl").exists()
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    assert User.objects.get(email="luz@nueva.cl").is_active


def test_another_address_leaves_nothing_of_the_former_that_opens_the_account(directory):
    key = directory.person("uno@nueva.cl")
    user = User.objects.get(email="uno@nueva.cl")
    user.set_password("una clave larga de alguien")
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(user)
    directory.send("PATCH", f"Users/{key}", patch(displayName="Solo el nombre"))
    assert Session.objects.filter(user=user).exists() and Authenticator.objects.exists()
    directory.send("PATCH", f"Users/{key}", patch(userName="dos@nueva.cl"))
    user.refresh_from_db()
    assert (user.email, user.has_usable_password()) == ("dos@nueva.cl", False)
    assert not Session.objects.filter(user=user).exists() and not Authenticator.objects.exists()
    letters = ProcrastinateJob.objects.filter(task_name=SEND_LETTER).values_list("args", flat=True)
    told = [unseal(vault_keys(), "account letter", bytes.fromhex(a["letter"]), bound_to="") for a in letters]
    assert {json.loads(each)[0] for each in told} == {"uno@nueva.cl", "dos@nueva.cl"}


def test_what_the_directory_closed_and_forgot_it_opens_again(directory):
    key = directory.person("ana@nueva.cl")
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    directory.send("DELETE", f"Users/{key}", status=204)
    directory.send("DELETE", f"Users/{key}", status=404)
    assert directory.send("GET", "Users")["totalResults"] == 0
    again = directory.person("ana@nueva.cl", displayName="Ana Dos")
    user = User.objects.get(email="ana@nueva.cl")
    assert user.is_active and again != key
    directory.send("PATCH", f"Users/{again}", patch(userName="ana.dos@nueva.cl"))  # still the directory's own
    assert DirectoryUser.objects.count() == 1


@pytest.mark.parametrize("first", ["directory", "installer"])
def test_what_the_installer_closed_only_the_installer_opens(directory, first):
    key = directory.person("ana@nueva.cl")
    if first == "directory":
        directory.send("PATCH", f"Users/{key}", patch(active=False))
    call_command("account", "close", "ana@nueva.cl", stdout=StringIO())
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    assert not User.objects.get(email="ana@nueva.cl").is_active
    call_command("account", "open", "ana@nueva.cl", stdout=StringIO())
    assert User.objects.get(email="ana@nueva.cl").is_active
    call_command("account", "close", "ana@nueva.cl", stdout=StringIO())
    call_command("account", "open", "ana@nueva.cl", stdout=StringIO())
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    assert User.objects.get(email="ana@nueva.cl").is_active


def test_one_closed_account_does_not_hold_up_its_group(directory):
    one, two = directory.person("uno@nueva.cl"), directory.person("dos@nueva.cl")
    User.objects.filter(email="uno@nueva.cl").update(is_active=False)
    crew = directory.crew("Auditoría", role="auditor")
    directory.send("PATCH", f"Groups/{crew}", patch(members=[{"value": one}, {"value": two}]))
    assert directory.roles("uno@nueva.cl") == set() and directory.roles("dos@nueva.cl") == {("auditor", None)}


def test_whoever_changes_a_part_reads_the_whole_once_nobody_else_changes_it(directory):
    key, crew = directory.person("ana@nueva.cl"), directory.crew("Obras")
    for method, path, said, status in (
        ("PATCH", f"Users/{key}", patch(displayName="Ana"), 200),
        ("PUT", f"Groups/{crew}", {"displayName": "Vías"}, 200),
        ("DELETE", f"Groups/{crew}", None, 204),
        ("DELETE", f"Users/{key}", None, 204),
    ):
        with CaptureQueriesContext(connection) as asked:
            directory.send(method, path, said, status)
        said = [each["sql"] for each in asked]
        before = itertools.takewhile(lambda sql: '"signin_directory' not in sql, said)
        assert any("organizations_institution" in sql and "FOR NO KEY UPDATE" in sql for sql in before), (
            method
        )


@pytest.mark.parametrize(
    "operation",
    [{"op": "remove", "path": "active"}, {"op": "replace", "path": "active", "value": None}],
)
def test_a_part_that_is_taken_away_makes_nobody_active(directory, operation):
    key = directory.person("ana@nueva.cl")
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    told = directory.send("PATCH", f"Users/{key}", {"Operations": [operation]})
    assert "active" not in told and not User.objects.get(email="ana@nueva.cl").is_active


def test_what_changes_nothing_writes_nothing(directory):
    key = directory.person("ana@nueva.cl", displayName="Ana")
    crew = directory.crew("Obras", key)
    said = {"userName": "ana@nueva.cl", "displayName": "Ana"}
    together = {"displayName": "Obras", "members": [{"value": key}]}
    before = JournalEntry.objects.count()
    told = [directory.send("GET", f"Users/{key}"), directory.send("GET", f"Groups/{crew}")]
    assert directory.send("PUT", f"Users/{key}", said) == told[0]
    assert directory.send("PUT", f"Groups/{crew}", together) == told[1]
    assert JournalEntry.objects.count() == before
    directory.send("PUT", f"Users/{key}", {**said, "displayName": "Ana R."})
    assert JournalEntry.objects.count() == before + 1


@pytest.mark.parametrize(
    "said",
    [
        {"op": "replace", "path": "userName.x", "value": "y"},
        {"op": "replace", "path": "active.x", "value": True},
        {"op": "add", "path": 'emails[type eq "work"]', "value": []},
        {"op": "add", "path": 'emails[type eq "a\u0000"].value', "value": "a@nueva.cl"},
    ],
)
def test_odd_parts_are_told_as_such(directory, said):
    key = directory.person("ana@nueva.cl")
    assert directory.send("PATCH", f"Users/{key}", {"Operations": [said]}, 400)["scimType"]


def test_an_address_that_somebody_opened_at_the_same_moment_is_taken(directory, monkeypatch):
    User.objects.create_user("ana@nueva.cl", None, name="Ana")
    monkeypatch.setattr("siac.signin.commands.binding.account_of", lambda _: None)
    twice = directory.send("POST", "Users", {"userName": "ana@nueva.cl"}, 409)
    assert twice["scimType"] == "uniqueness" and "Ya hay una cuenta" in twice["detail"]


def test_an_account_closed_by_whoever_runs_the_installation_stays_closed(house, directory):
    officer = house.user(Role.UNIT_OFFICER)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    key = directory.person(officer.email)
    directory.send("PATCH", f"Users/{key}", patch(active=False))
    directory.send("PATCH", f"Users/{key}", patch(active=True))
    officer.refresh_from_db()
    assert not officer.is_active


def test_the_door_opens_for_a_key_of_that_body_with_that_scope_and_an_administrator(
    house, other_house, directory
):
    anonymous = Client().get(f"{directory.base}/Users")
    assert anonymous.status_code == 401 and anonymous["WWW-Authenticate"].startswith("Bearer")
    foreign = directory.client.get(f"/scim/v2/{other_house.slug}/Users")
    assert foreign.status_code == 403
    for wrong in (Directory(house, scope=Scope.CASES_READ), Directory(house, role=Role.QUALITY_MANAGER)):
        assert wrong.client.get(f"{directory.base}/Users").status_code == 403
    key = directory.person("ana@nueva.cl")
    assert Directory(other_house).client.get(f"/scim/v2/{other_house.slug}/Users/{key}").status_code == 404


def test_people_are_found_by_name_and_come_in_pages(directory):
    for n in range(7):
        directory.person(f"p{n}@nueva.cl", externalId=f"x{n}")
    found = directory.send("GET", 'Users?filter=userName eq "P3@nueva.cl"')
    assert [each["externalId"] for each in found["Resources"]] == ["x3"]
    assert directory.send("GET", 'Users?filter=externalId eq "x5"')["totalResults"] == 1
    page = directory.send("GET", "Users?startIndex=6&count=3")
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (7, 6, 2)
    assert directory.send("GET", "Users?count=0")["Resources"] == []
    assert directory.send("GET", "Users?count=900000000")["itemsPerPage"] == 7
    for wrong in (
        'filter=userName co "p"',
        "count=x",
        "startIndex=99999999999999999999",
        "startIndex=--5",
        'filter=userName eq "%00"',
    ):
        assert directory.send("GET", f"Users?{wrong}", status=400)["scimType"]


def test_listing_people_costs_the_same_with_many(directory, django_assert_max_num_queries):
    key = directory.person("ana@nueva.cl")
    for n in range(20):
        directory.person(f"p{n}@nueva.cl")
        directory.crew(f"Grupo {n}", key)
    with django_assert_max_num_queries(7):
        directory.send("GET", "Users")
    with django_assert_max_num_queries(7):
        directory.send("GET", "Groups")


def test_names_are_not_taken_twice_and_nonsense_is_told_as_such(directory):
    directory.person("ana@nueva.cl")
    twice = directory.send("POST", "Users", {"userName": "ANA@nueva.cl"}, 409)
    assert twice["scimType"] == "uniqueness"
    directory.crew("Obras")
    assert directory.send("POST", "Groups", {"displayName": "Obras"}, 409)["scimType"] == "uniqueness"
    for said in (None, [], {"userName": ""}, {"userName": 7}):
        assert directory.send("POST", "Users", said, 400)["schemas"][0].endswith(":Error")
    broken = directory.client.generic("POST", f"{directory.base}/Users", "{", content_type=KIND)
    assert broken.status_code == 400
    assert directory.send("PUT", "Users", {}, 405)["status"] == "405"
    lost = {"displayName": "Perdidos", "members": [{"value": "x"}, {"value": directory.person("b@nueva.cl")}]}
    assert len(directory.send("POST", "Groups", lost, 201)["members"]) == 1


def test_a_group_gives_no_role_that_ends_on_a_day(house, directory):
    directory.crew("Consejo")
    group = DirectoryGroup.objects.get()
    page = f"/{house.slug}/gestion/configuracion/entrada/grupos/{group.pk}/"
    assert house.client(Role.ADMINISTRATOR).post(page, {"role": "council_member"}).status_code == 422
    listed = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/entrada/grupos/")
    assert "Consejo" in listed.content.decode() and f"/scim/v2/{house.slug}/" in listed.content.decode()


def test_a_role_given_twice_is_no_fault(house, directory):
    key = directory.person("ana@nueva.cl")
    grant_role(
        institution=house.institution, email="ana@nueva.cl", name="", role=Role.AUDITOR,
        unit_id=None, actor=None, now=NOW,
    )  # fmt: skip
    crew = directory.crew("Auditoría", key, role="auditor")
    directory.crew("También", key, role="auditor")
    directory.send("DELETE", f"Groups/{crew}", status=204)
    assert directory.roles("ana@nueva.cl") == {("auditor", None)}


def crowd(house: House, number: int) -> list[DirectoryUser]:
    """So many people of a directory with their accounts."""
    users = User.objects.bulk_create(
        User(email=f"persona{each}@nueva.cl", name=f"Persona {each}") for each in range(number)
    )
    return DirectoryUser.objects.bulk_create(
        DirectoryUser(
            institution=house.institution, user=user, user_name=user.email, created_at=NOW, changed_at=NOW
        )
        for user in users
    )


def test_a_group_of_a_thousand_is_told_and_given_a_role_in_few_statements(house, directory):
    """The rest is for the job: some at a time, and nobody waits for all."""
    members = [{"value": str(each.key)} for each in crowd(house, 1000)]
    with CaptureQueriesContext(connection) as told:
        key = directory.send("POST", "Groups", {"displayName": "Todos", "members": members}, 201)["id"]
    group = DirectoryGroup.objects.get(key=key)
    page = f"/{house.slug}/gestion/configuracion/entrada/grupos/{group.pk}/"
    client = house.client(Role.ADMINISTRATOR)
    client.get(page)
    with CaptureQueriesContext(connection) as given:
        sent = client.post(page, {"role": "unit_officer", "unit_id": house.units["obras"]}, follow=True)
    assert "en los próximos minutos" in sent.content.decode()
    assert len(told) < 45 and len(given) < 45, (len(told), len(given))
    assert DirectoryUser.objects.filter(is_due=True).count() == 1000
    assert list(
        ProcrastinateJob.objects.filter(task_name=JOB).values_list("queue_name", flat=True).distinct()
    )
    with CaptureQueriesContext(connection) as some:
        assert _bring_some(house.institution.pk, house.user(Role.ADMINISTRATOR), NOW) == AT_ONCE
    assert len(some) < 30 * AT_ONCE
    assert Membership.objects.filter(user__email__endswith="@nueva.cl").count() == AT_ONCE


def test_the_job_brings_the_roles_of_many_takes_them_again_and_leaves_the_last_administrator(
    house, directory
):
    people = crowd(house, AT_ONCE + 2)
    last = house.user(Role.ADMINISTRATOR)
    row = DirectoryUser.objects.get(pk=people[0].pk)
    row.user, row.granted = last, [["administrator", None]]  # as if the group alone had given it
    row.save()
    key = directory.crew("Todos", *(str(each.key) for each in people), role="unit_officer", unit="obras")
    work = {"institution_id": house.institution.pk, "actor_id": last.pk}
    directory_roles(**work)
    held = Membership.objects.filter(institution=house.institution, user__email__endswith="@nueva.cl")
    assert held.count() == AT_ONCE + 1 and not DirectoryUser.objects.filter(is_due=True).exists()
    assert directory.roles(last.email) == {("administrator", None)}
    assert Notice.objects.filter(kind="signin.directory_refused").exists()
    directory.send("DELETE", f"Groups/{key}", status=204)
    assert held.count() == AT_ONCE + 1
    directory_roles_left()
    assert held.count() == 0 and bring_due_roles(**work, clock=timezone.now) == 0


@pytest.mark.parametrize("way", ["active", "delete", "group"])
def test_a_directory_does_not_take_away_for_whom_its_key_acts_and_those_who_administer_are_told(
    house, directory, way
):
    owner, _, key, group = two_who_administer(house, directory)
    other = house.user(Role.AUDITOR)
    assert directory_trouble(timezone.now()) is None
    if way == "active":
        said = directory.send("PATCH", f"Users/{key}", patch(active=False), 409)
    elif way == "delete":
        said = directory.send("DELETE", f"Users/{key}", status=409)
    else:
        said = directory.send("DELETE", f"Groups/{group}", status=409)
    assert "La clave del directorio está a nombre de" in said["detail"]
    assert ("administrator", None) in directory.roles("duena@nueva.cl")
    told = Notice.objects.filter(kind="signin.directory_refused")
    assert {each.recipient for each in told} == {f"user:{owner.pk}", f"user:{other.pk}"}
    assert "su propia clave" in render(told[0])[1]
    Membership.objects.filter(user=owner).delete()  # by hand
    assert directory_trouble(timezone.now()) == "1 keys of directories act for nobody who administers"


@pytest.mark.parametrize("way", ["active", "delete", "group", "officer"])
def test_a_key_that_somebody_forgot_to_revoke_keeps_nobody_who_leaves(house, directory, way):
    """The directory calls by the key of another one who administers: that one answers on."""
    owner, by_other, key, group = two_who_administer(house, directory)
    if way == "group":
        by_other.send("DELETE", f"Groups/{group}", status=204)
    elif way == "delete":
        by_other.send("DELETE", f"Users/{key}", status=204)
    else:
        if way == "officer":  # their key answers nothing already
            Membership.objects.filter(user=owner).update(role="auditor")
        by_other.send("PATCH", f"Users/{key}", patch(active=False))
    assert directory.roles("duena@nueva.cl") == set()
    owner.refresh_from_db()
    assert owner.is_active is (way == "group")
    assert not Notice.objects.filter(kind="signin.directory_refused").exists()
    assert directory_trouble(timezone.now()) == "1 keys of directories act for nobody who administers"


def test_a_group_lets_go_who_holds_the_only_key_once_there_is_another(house, directory):
    group = two_who_administer(house, directory)[-1]
    page = f"/{house.slug}/gestion/configuracion/entrada/grupos/{DirectoryGroup.objects.get(key=group).pk}/"
    revoked = ApiToken.objects.filter(user=house.user(Role.AUDITOR))
    revoked.update(revoked_at=NOW)
    other = house.client(Role.AUDITOR)
    refused = other.post(page, {"role": "", "unit_id": ""})
    assert refused.status_code == 422 and "póngala en el directorio" in refused.content.decode()
    assert directory.roles("duena@nueva.cl") == {("administrator", None)}
    revoked.update(revoked_at=None)
    assert other.post(page, {"role": "", "unit_id": ""}).status_code == 302
    assert directory.roles("duena@nueva.cl") == set()


def two_who_administer(house: House, directory: Directory) -> tuple[User, Directory, str, str]:
    """Return who a group made administer, with a key; a directory with the key of another; and the keys of
    that person and of the group.
    """
    other, owner = house.user(Role.AUDITOR), house.user(Role.ADMINISTRATOR)
    grant_role(
        institution=house.institution, email=other.email, name=other.name, role=Role.ADMINISTRATOR,
        unit_id=None, actor=None, now=NOW,
    )  # fmt: skip
    User.objects.filter(pk=owner.pk).update(email="duena@nueva.cl")
    key = directory.person("duena@nueva.cl")
    group = directory.crew("Administran", key, role="administrator")
    DirectoryUser.objects.filter(key=key).update(granted=[["administrator", None]])
    owner.refresh_from_db()
    return owner, Directory(house, Role.AUDITOR), key, group
