# SPDX-License-Identifier: EUPL-1.2
"""Open311 GeoReport v2: what its clients send and read, by a client of others and by hand."""

from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
import requests
from django.test import Client
from django.utils import timezone
from georeport import GeoReport

from siac.accounts.public import ApiToken, Role, Scope
from siac.cases.public import Case
from siac.integrations.open311 import door, telling
from siac.integrations.open311.writing import TYPES, xml_of
from siac.journal.public import JournalEntry
from tests.rest.houses import SINCE, Body, make_body
from tests.sql_counts import exactly

pytestmark = pytest.mark.django_db
BASE = "/api/open311/v2"
SENT = {
    "service_code": "reclamo",
    "description": "Farola apagada.",
    "attribute[donde]": "Calle Larga 12",
    "address_string": "Calle Larga 12",
    "lat": "-29.9",
    "long": "-71.2",
    "first_name": "Ana",
    "last_name": "Soto",
    "email": "ana@ejemplo.org",
    "media_url": "https://fotos.example.org/1.jpg",
}


@pytest.fixture
def body(db) -> Body:
    return make_body()


def key(body: Body, role: Role = Role.QUALITY_MANAGER, *scopes: Scope) -> str:
    return body.program(role, *scopes).token


def sent(body: Body, **changes) -> dict:
    return {**SENT, "api_key": key(body), **changes}


def json_of(response, status=200):
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_a_client_of_others_reads_services_definitions_and_requests(body, live_server):
    filed = body.file(kind="reclamo", answers={"donde": "Aquí"})
    body.file(kind="denuncia")
    host = live_server.url.removeprefix("http://")
    for form in ("json", "xml"):
        root = f"http://{key(body)}:@{host}{BASE}"  # it knows no key for reading but that of the address
        client = GeoReport(root, jurisdiction="norte", output_format=form)
        services = client.get_service_list()
        assert [each["service_code"] for each in services] == ["consulta", "reclamo"]
        asked = client.get_service_definition("reclamo")
        assert asked["service_code"] == "reclamo" and "donde" in str(asked["attributes"])
        found = client.get_service_requests(service_request_id=filed.folio)
        one = found[0] if isinstance(found, list) else found
        assert (one["service_request_id"], one["status"]) == (filed.folio, "open")
        whole = client.get_service_request(filed.folio)
        assert whole["description"] == "Se inundó la calle." and filed.code not in str(whole)
    answer = requests.post(
        f"{live_server.url}{BASE}/requests.xml", data=sent(body, jurisdiction_id="norte"), timeout=10
    )
    assert answer.status_code == 201
    folio = Xml.fromstring(answer.content).findtext("request/service_request_id")
    assert GeoReport(root, output_format="json").get_service_request(folio)["address"].startswith("Calle")


def test_a_request_is_filed_as_it_was_sent(body):
    (told,) = json_of(Client().post(f"{BASE}/requests.json", sent(body)), 201)
    case = Case.objects.select_related("text", "kind").get()
    assert told["service_request_id"] == case.folio and case.channel == "api"
    assert case.text.body.startswith("Farola apagada.") and "fotos.example.org" in case.text.body
    assert case.text.answers == {"donde": "Calle Larga 12"}
    assert "Calle Larga 12" in case.text.place and "-29.9, -71.2" in case.text.place
    assert case.person_id is not None and "ana@ejemplo.org" not in str(told)


def test_the_same_key_files_once(body):
    client, data = Client(), sent(body)
    first = client.post(f"{BASE}/requests.json", data, headers={"Idempotency-Key": "clave-0001"})
    again = client.post(f"{BASE}/requests.json", data, headers={"Idempotency-Key": "clave-0001"})
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    other = client.post(
        f"{BASE}/requests.json", {**data, "description": "Otra."}, headers={"Idempotency-Key": "clave-0001"}
    )
    assert other.status_code == 400 and Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": "nada"}, 404),
        ({"service_code": "denuncia"}, 404),  # only some may read it: not by this way
        ({"description": ""}, 400),
        ({"description": "x" * 20_001}, 400),
        ({"email": "ana"}, 400),
        ({"attribute[donde]": ""}, 400),
        ({"api_key": "siac_nada"}, 403),
        ({"api_key": ""}, 403),
        ({"jurisdiction_id": "sur"}, 403),
        ({"first_name": "", "last_name": "", "email": ""}, 400),
    ],
)
def test_what_cannot_be_filed_is_told_in_both_forms(body, change, status):
    data = sent(body, **change)
    (told,) = json_of(Client().post(f"{BASE}/requests.json", data), status)
    assert told["code"] == str(status) and told["description"]
    answer = Client().post(f"{BASE}/requests.xml", data)
    assert answer.status_code == status and answer["Content-Type"].startswith("text/xml")
    error = Xml.fromstring(answer.content).find("error")
    assert error is not None and error.findtext("description") == told["description"]
    assert not Case.objects.exists()


def test_nobody_reads_requests_without_a_key_of_their_body(body):
    case, other = body.file(), make_body("sur")
    paths = ("requests.json", f"requests/{case.folio}.json", f"tokens/{case.folio}.json")
    for path in paths:
        assert Client().get(f"{BASE}/{path}").status_code == 403
        only_create = key(body, Role.QUALITY_MANAGER, Scope.CASES_CREATE)
        assert Client().get(f"{BASE}/{path}", {"api_key": only_create}).status_code == 403
        foreign = Client().get(f"{BASE}/{path}", {"api_key": key(other)})
        assert foreign.status_code == 404 or foreign.json() == []
        foreign = Client().get(f"{BASE}/{path}", {"api_key": key(other), "jurisdiction_id": "norte"})
        assert foreign.status_code == 403
    token = key(body)
    ApiToken.objects.update(expires_at=SINCE + timedelta(days=1))
    assert Client().get(f"{BASE}/requests.json", {"api_key": token}).status_code == 403


def test_restricted_cases_are_told_to_no_key(body):
    case = body.file(kind="denuncia")
    reader = {"api_key": key(body, Role.AUDITOR)}
    assert Client().get(f"{BASE}/requests/{case.folio}.json", reader).status_code == 404
    asked = {**reader, "service_request_id": case.folio}
    assert json_of(Client().get(f"{BASE}/requests.json", asked)) == []


def test_a_list_leaves_one_line_and_what_whoever_controls_reads_is_kept_by_request(body):
    case, other = body.file(), body.file(2)
    for role, kept in (
        (Role.QUALITY_MANAGER, [["cases"]]),
        (Role.AUDITOR, [["cases"], [case.stream], [case.stream, other.stream], ["cases"]]),
    ):
        reader = {"api_key": key(body, role)}
        json_of(Client().get(f"{BASE}/requests/{case.folio}.json", reader))
        json_of(Client().get(f"{BASE}/requests.json", {**reader, "service_request_id": "2020-000001"}))
        both = {**reader, "service_request_id": f"{case.folio},{other.folio}"}
        assert len(json_of(Client().get(f"{BASE}/requests.json", both))) == 2
        entries = JournalEntry.objects.filter(kind="access.read").order_by("pk")
        read = [entry.data.get("subjects") or [entry.data["subject"]] for entry in entries]
        assert [sorted(each) for each in read] == kept
    told = entries.last().data
    assert told["asked"] == {
        "by": "open311", "service_request_id": "2", "words": False, "more": False, "count": 2
    }  # fmt: skip
    browser = Client()
    browser.force_login(body.users[Role.AUDITOR])
    page = browser.get("/norte/gestion/lecturas/").content.decode()
    assert "Lista por Open311, 2 solicitudes (service_request_id=2)" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_calls_that_no_key_answers_for_are_limited(body, monkeypatch, method):
    monkeypatch.setattr(door, "CALLS", 3)
    call = getattr(Client(), method)
    said = [call(f"{BASE}/requests.json", {"api_key": "made-up"}).status_code for _ in range(5)]
    assert said == [403, 403, 403, 429, 429]
    answers = [Client().get(f"{BASE}/requests.json", {"api_key": key(body)}).status_code for _ in range(5)]
    assert answers == [200] * 5


def test_a_key_inside_what_is_sent_answers_for_the_call_whatever_stands_beside(body, monkeypatch):
    monkeypatch.setattr(door, "CALLS", 2)
    gateway = {"Authorization": "Basic Z2F0ZXdheTpzZWNyZXQ="}
    answers = [Client().post(f"{BASE}/requests.json", sent(body), headers=gateway) for _ in range(4)]
    assert [each.status_code for each in answers] == [201] * 4


@pytest.mark.parametrize(
    ("state", "answered", "status"),
    [
        ("received", False, "open"), ("with_unit", False, "open"), ("with_unit", True, "open"),
        ("answered", True, "closed"), ("closed", True, "closed"), ("waiting", False, "open"),
    ],
)  # fmt: skip
def test_a_request_is_open_while_an_answer_is_owed_also_a_second_one(body, state, answered, status):
    case, token = body.file(), key(body)
    Case.objects.update(state=state, answered_at=SINCE if answered else None)
    assert (
        json_of(Client().get(f"{BASE}/requests/{case.folio}.json", {"api_key": token}))[0]["status"] == status
    )
    days = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z", "api_key": token}
    for asked in ("open", "closed"):
        rows = json_of(Client().get(f"{BASE}/requests.json", {**days, "status": asked}))
        assert len(rows) == (asked == status)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (
            b"api_key=x&" + b"&".join(b"a%d=1" % n for n in range(120)),
            "application/x-www-form-urlencoded",
            413,
        ),
        (b"description=" + b"x" * 5000, "application/x-www-form-urlencoded", 413),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=" + "a" * 500, 400),
    ],
)
def test_what_cannot_even_be_read_is_told_in_the_form_that_was_asked_for(
    body, settings, form, content, kind, status
):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100, 4000
    answer = Client().post(f"{BASE}/requests.{form}", content, content_type=kind)
    assert answer.status_code == status and answer["Content-Type"] == TYPES[form]
    assert str(status) in answer.content.decode() and not Case.objects.exists()


def test_requests_are_narrowed_and_come_by_pages_at_one_price(body, monkeypatch):
    monkeypatch.setattr(telling, "MOST", 2)
    for number in range(5):
        body.file(number)
    body.file(9, kind="reclamo", answers={"donde": "Aquí"})
    client, token = Client(), key(body)
    days = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"}
    url, seen = f"{BASE}/requests.json", []
    params = {"api_key": token, "service_code": "consulta", "status": "open", **days}
    while url:
        response = client.get(url, params)
        rows = json_of(response)
        assert len(rows) <= 2
        seen += [row["service_request_id"] for row in rows]
        link = response.headers.get("Link", "")
        assert token not in link
        url, params = (link[1 : link.index(">")], {"api_key": token}) if link else ("", {})
        if url:
            query = dict(part.split("=", 1) for part in url.split("?")[1].split("&"))
            url, params = url.split("?")[0], {"api_key": token, "cursor": query["cursor"], **days,
                                             "service_code": "consulta", "status": "open"}  # fmt: skip
    assert len(seen) == len(set(seen)) == 5
    asked = {"api_key": token, **days}
    assert json_of(client.get(f"{BASE}/requests.json", {**asked, "status": "closed"})) == []
    client.get(f"{BASE}/requests.json", asked)
    with exactly(6):  # key, its calls, body, cases; the line of what was read
        client.get(f"{BASE}/requests.json", asked)
    for wrong in ({"status": "x"}, {"start_date": "ayer"}, {"cursor": "x"}, {"end_date": "0001-01-01"}):
        assert client.get(f"{BASE}/requests.json", {**asked, **wrong}).status_code == 400


def test_without_days_only_the_last_ninety_are_told(body):
    body.file()
    recent = timezone.now() - SINCE < timedelta(days=90)
    rows = json_of(Client().get(f"{BASE}/requests.json", {"api_key": key(body)}))
    assert len(rows) == (1 if recent else 0)


def test_the_jurisdiction_says_the_body_where_there_are_several(body):
    assert len(json_of(Client().get(f"{BASE}/services.json"))) == 2
    make_body("sur")
    json_of(Client().get(f"{BASE}/services.json"), 400)
    json_of(Client().get(f"{BASE}/services.json", {"jurisdiction_id": "sur"}))
    json_of(Client().get(f"{BASE}/services.json", {"jurisdiction_id": "nadie"}), 404)
    json_of(Client().get(f"{BASE}/services/nada.json", {"jurisdiction_id": "sur"}), 404)


def test_methods_forms_and_limits(body, monkeypatch):
    assert Client().get(f"{BASE}/services.yaml").status_code == 404
    refused = Client().delete(f"{BASE}/requests.json")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, POST")
    monkeypatch.setattr(door, "CALLS", 2)
    statuses = [Client().get(f"{BASE}/services.xml").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_no_sign_breaks_the_xml():
    told = [{"description": "a\x00b\x0b & <c> \ud83d \ufffe", "metadata": True, "lat": None}]
    read = Xml.fromstring(xml_of(told, "service_requests", "request"))
    assert read.findtext("request/description") == "ab & <c>  "
    assert read.findtext("request/metadata") == "true" and read.findtext("request/lat") == ""
