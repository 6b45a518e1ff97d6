# SPDX-License-Identifier: EUPL-1.2
"""What a program of one body sends of another's (folios, units, topics, people, keys) opens and changes
nothing; and no page of the account leads to another host.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.public import Case
from siac.catalogue.public import save_topic
from siac.journal.public import JournalEntry
from siac.organizations.models import Membership
from siac.organizations.public import grant_role, revoke_role
from tests.rest.houses import SINCE, make_body
from tests.rest.test_cases import COMPLAINT, told

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def other(db):
    return make_body("sur")


def topic_of(body):
    return save_topic(
        institution=body.institution, actor=None, now=SINCE, name="Calles", unit_id=body.unit_id
    ).pk


def test_a_case_of_another_body_is_not_read_and_nothing_is_added_to_it(body, other):
    case = other.file()
    before = JournalEntry.objects.filter(institution_id=other.institution.pk).count()
    program = body.program()
    for folio in (case.folio, case.folio.lower(), f"{case.folio}%20", f"../sur/{case.folio}", case.code):
        told(program.get(f"/cases/{folio}"), 404)
        told(program.post(f"/cases/{folio}/information", {"body": "Soy yo."}), 404)
        for named in ("sur", "norte&institution=sur"):
            answer = program.get(f"/cases/{folio}?institution={named}")
            assert answer.status_code in (403, 404, 422), answer.content
    assert JournalEntry.objects.filter(institution_id=other.institution.pk).count() == before


@pytest.mark.parametrize("name", ["unit", "topic"])
def test_a_unit_or_topic_of_another_body_files_and_lists_nothing(body, other, name):
    foreign = {"unit": other.unit_id, "topic": topic_of(other)}[name]
    other.file()
    body.file()
    program = body.program()
    told(program.post("/cases", {**COMPLAINT, name: foreign}), 422, f"{name}_unknown")
    told(program.get("/cases", **{name: foreign}), 422, f"{name}_unknown")
    assert Case.objects.filter(institution=body.institution).count() == 1


def test_a_person_of_another_body_names_no_case(body, other):
    other.file()
    body.file()
    listed = told(body.program().get("/cases", assignee=other.users[Role.UNIT_OFFICER].pk), 200)
    assert listed["items"] == []


def test_a_cursor_and_a_key_of_another_body_show_nothing_of_it(body, other):
    for number in range(3):
        other.file(number)
    theirs = other.program()
    cursor = told(theirs.get("/cases", limit=1), 200)["next"]
    first = told(theirs.post("/cases", COMPLAINT, **{"Idempotency-Key": "clave-0001"}), 201)
    program = body.program()
    assert told(program.get("/cases", cursor=cursor), 200)["items"] == []
    mine = told(program.post("/cases", COMPLAINT, **{"Idempotency-Key": "clave-0001"}), 201)
    assert mine["tracking_code"] != first["tracking_code"]
    assert Case.objects.filter(institution=body.institution).count() == 1


def revoked(body, membership):
    revoke_role(institution=body.institution, membership_id=membership.pk, actor=None, now=SINCE)


def ended(body, membership):
    membership.until = body.institution.local_date(SINCE) - timedelta(days=1)
    membership.save(update_fields=["until"])


@pytest.mark.parametrize("lose", [revoked, ended])
def test_a_key_opens_nothing_once_the_role_of_its_person_is_gone_or_over(body, lose):
    """Also where no job has cleared away yet what ended at midnight."""
    case, program = body.file(), body.program(Role.FRONT_DESK)
    told(program.get(f"/cases/{case.folio}"), 200)
    lose(body, Membership.objects.get(user=body.users[Role.FRONT_DESK]))
    told(program.get("/kinds"), 403)
    told(program.get("/cases"), 403)
    told(program.get(f"/cases/{case.folio}"), 403)
    told(program.post("/cases", COMPLAINT), 403)
    told(program.post(f"/cases/{case.folio}/information", {"body": "Va la foto."}), 403)
    assert Case.objects.count() == 1


def test_a_role_that_is_over_gives_a_key_no_more_than_the_one_that_is_left(body):
    case, user = body.file(), body.users[Role.AUTHORITY]
    grant_role(
        institution=body.institution, email=user.email, name=user.name, role=Role.FRONT_DESK, unit_id=None,
        actor=None, now=SINCE,
    )  # fmt: skip
    program = body.program(Role.AUTHORITY)
    told(program.post(f"/cases/{case.folio}/information", {"body": "Va la foto."}), 201)
    ended(body, Membership.objects.get(user=user, role=Role.FRONT_DESK))
    told(program.post(f"/cases/{case.folio}/information", {"body": "Va otra."}), 403)
    assert told(program.get(f"/cases/{case.folio}"), 200)["person"] is None


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example", "///evil.example", "https:evil.example", "https:/evil.example", "\\\\evil.example",
        "/\\evil.example", "https://evil.example/", "http:///evil.example", "javascript:alert(1)",
        "https://testserver@evil.example/", "\t//evil.example", " //evil.example", "/%09/evil.example\n",
        "//testserver.evil.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["account_login", "account_logout", "account_reauthenticate"])
def test_no_page_of_the_account_leads_to_another_host(body, to, page):
    user, client = body.users[Role.FRONT_DESK], Client()
    user.set_password("una frase larga de prueba")
    user.save(update_fields=["password"])
    if page != "account_login":
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"login": user.email, "password": "una frase larga de prueba", "next": to}
    for path in (reverse(page), reverse(page, query={"next": to})):
        if page == "account_login":
            client.logout()
        answer = client.post(path, sent)
        assert answer.status_code == 302, answer.content
        assert "evil" not in answer["Location"].split("?")[0] or answer["Location"].startswith("/%09")
        assert not answer["Location"].startswith("javascript")
