# SPDX-License-Identifier: EUPL-1.2
"""Filing, reading, listing and completing cases from a program."""

from dataclasses import replace

import pytest
from django.test import Client

from siac.accounts.public import ApiToken, Role, Scope
from siac.cases.access import case_for
from siac.cases.public import Case
from siac.journal.public import JournalEntry, read_by, readings
from siac.organizations.public import access_in
from tests.factories import NOW
from tests.rest.houses import make_body
from tests.sql_counts import exactly
from tests.words import words

pytestmark = [pytest.mark.django_db]
COMPLAINT = {
    "kind": "reclamo",
    "body": "No pasó el camión de la basura.",
    "answers": {"donde": "Calle Larga 12"},
    "person": {
        "given_names": "Ana",
        "family_names": "Soto",
        "document_type": "rut",
        "document_number": "12.345.678-5",
        "email": "ana@ejemplo.org",
    },
}


def told(response, status, code=None):
    assert response.status_code == status, response.content
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == status
        assert response.json()["detail"]
    if code:
        assert response.json()["code"] == code
    return response.json()


def test_a_program_files_reads_and_lists(body):
    program = body.program()
    filed = told(program.post("/cases", COMPLAINT), 201)
    assert filed["due_on"]
    assert filed["legal_due_on"]
    assert filed["tracking_code"] in filed["links"]["tracking"]
    read = told(program.get(f"/cases/{filed['folio']}"), 200)
    assert read["channel"] == "api"
    assert read["nature"] == "complaint"
    assert read["answers"] == COMPLAINT["answers"]
    assert read["person"]["email"] == "ana@ejemplo.org"
    assert read["person"]["document_number"] == "123456785"
    assert read["clocks"][0]["due_on"] == filed["legal_due_on"]
    assert read["clocks"][0]["explanation"]
    listed = told(program.get("/cases", q="basura"), 200)
    assert [row["folio"] for row in listed["items"]] == [filed["folio"]]
    assert listed["next"] is None
    assert "person" not in listed["items"][0]


def test_a_code_that_the_person_quotes_is_covered_for_programs_too(body):
    program = body.program()
    code = told(program.post("/cases", COMPLAINT), 201)["tracking_code"]
    quoted = {**COMPLAINT, "body": f"{code}: nadie contesta.", "answers": {"donde": f"Junto a {code}"}}
    folio = told(program.post("/cases", quoted), 201)["folio"]
    told(program.post(f"/cases/{folio}/information", {"body": f"Insisto con {code}."}), 201)
    read = told(program.get(f"/cases/{folio}"), 200)
    assert "nadie contesta" in read["body"] and "Insisto con" in str(read["messages"])
    assert code not in str(read) and code.replace("-", "") not in str(read)


def test_the_same_key_files_once(body):
    program = body.program()
    first = told(program.post("/cases", COMPLAINT, **{"Idempotency-Key": "clave-0001"}), 201)
    again = told(program.post("/cases", {**COMPLAINT, "idempotency_key": "clave-0001"}), 200)
    assert again == first
    assert Case.objects.count() == 1
    other = {**COMPLAINT, "body": "Otra cosa."}
    told(program.post("/cases", other, **{"Idempotency-Key": "clave-0001"}), 409, "idempotency_key_reused")
    someone = body.program(Role.FRONT_DESK)
    assert told(someone.post("/cases", other, **{"Idempotency-Key": "clave-0001"}), 201) != first


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "nada"}, "kind_unknown"),
        ({"answers": {}}, "answer_missing"),
        ({"answers": {"donde": "x", "otra": "y"}}, "answer_unknown"),
        ({"body": "   "}, "text_missing"),
        ({"body": "x" * 20_001}, "invalid"),
        ({"body": "a\x00b"}, "invalid"),
        ({"bodi": "x"}, "invalid"),
        ({"person": None}, "identity_needed"),
        ({"unit": 999_999}, "unit_unknown"),
        ({"topic": 999_999}, "topic_unknown"),
        ({"person": {**COMPLAINT["person"], "document_number": "12345678-9"}}, "document_check_digit"),
        ({"person": {**COMPLAINT["person"], "email": "ana"}}, "email_form"),
    ],
)
def test_bad_input_is_told_and_files_nothing(body, change, code):
    told(body.program().post("/cases", {**COMPLAINT, **change}), 422, code)
    assert not Case.objects.exists()


def test_a_wrong_field_is_named(body):
    wrong = {**COMPLAINT, "person": {"given_name": "Ana"}}
    errors = told(body.program().post("/cases", wrong), 422)["errors"]
    assert errors == [{"field": "person.given_name", "message": "Este campo no existe."}]


def test_what_is_not_json_wrong_methods_and_addresses_are_problems(body):
    program = body.program()
    told(program.post("/cases", "{"), 400)
    told(program.post("/cases", b'{"body": "' + b"x" * 17_000_000 + b'"}'), 413)
    told(program.get("/nada"), 404)
    response = program.client.delete("/api/v1/cases", headers={"Authorization": f"Bearer {program.token}"})
    told(response, 405)
    assert "GET" in response["Allow"]


def test_a_token_gives_no_more_than_its_scopes_and_its_users_roles(body):
    case = body.file()
    only_create = body.program(Role.QUALITY_MANAGER, Scope.CASES_CREATE)
    told(only_create.get("/cases"), 403)
    told(only_create.get(f"/cases/{case.folio}"), 403)
    told(body.program(Role.AUTHORITY).post("/cases", COMPLAINT), 403)
    told(body.program(Role.ADMINISTRATOR).get("/cases"), 403)
    assert told(body.program(Role.AUTHORITY).get(f"/cases/{case.folio}"), 200)["person"] is None


def test_restricted_cases_stay_with_those_who_may_and_reading_leaves_a_line(body):
    case = body.file(kind="denuncia")
    told(body.program(Role.FRONT_DESK).get(f"/cases/{case.folio}"), 404)
    assert told(body.program(Role.FRONT_DESK).get("/cases"), 200)["items"] == []
    before = JournalEntry.objects.count()
    told(body.program(Role.AUDITOR).get(f"/cases/{case.folio}"), 200)
    assert JournalEntry.objects.count() > before


def test_another_bodys_program_finds_nothing(body):
    case, other = body.file(), make_body("sur")
    stranger = other.program()
    told(stranger.get(f"/cases/{case.folio}", institution="norte"), 403)
    told(stranger.get(f"/cases/{case.folio}"), 404)
    told(stranger.get("/cases", institution="inexistente"), 403)


def test_a_key_of_one_body_opens_no_other_where_its_person_works_too(body):
    from siac.organizations.public import grant_role
    from tests.rest.houses import SINCE

    other = make_body("sur")
    user = body.users[Role.QUALITY_MANAGER]
    grant_role(
        institution=other.institution,
        email=user.email,
        name=user.name,
        role=Role.QUALITY_MANAGER,
        unit_id=None,
        actor=None,
        now=SINCE,
    )
    told(body.program().get("/cases"), 200)
    told(body.program().get("/cases", institution="norte"), 200)
    told(body.program().get("/cases", institution="sur"), 403)
    page = body_client(other, Role.ADMINISTRATOR).get("/sur/gestion/configuracion/claves/")
    assert b"prueba" not in page.content


def test_a_revoked_ended_or_orphan_token_fails_at_once(body):
    program = body.program()
    told(program.get("/cases"), 200)
    client = body_client(body, Role.ADMINISTRATOR)
    token = ApiToken.objects.get()
    page = client.get("/norte/gestion/configuracion/claves/")
    assert page.status_code == 200
    assert b"prueba" in page.content
    assert program.token.encode() not in page.content
    assert client.post(f"/norte/gestion/configuracion/claves/{token.pk}/revocar/").status_code == 302
    response = program.get("/cases")
    told(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"
    orphan = body.program(Role.FRONT_DESK)
    type(token.user).objects.filter(pk=body.users[Role.FRONT_DESK].pk).update(is_active=False)
    told(orphan.get("/cases"), 401)


def test_another_bodys_administrator_does_not_revoke_it(body):
    body.program()
    client = body_client(make_body("sur"), Role.ADMINISTRATOR)
    token = ApiToken.objects.get()
    assert client.post(f"/sur/gestion/configuracion/claves/{token.pk}/revocar/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def body_client(body, role):
    from django.test import Client

    client = Client()
    client.force_login(body.users[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_pages_by_cursor_hold_every_case_once(body):
    folios = {body.file(number).folio for number in range(5)}
    program, seen, cursor = body.program(), [], ""
    while True:
        listed = told(program.get("/cases", limit=2, cursor=cursor), 200)
        seen += [row["folio"] for row in listed["items"]]
        if not listed["next"]:
            break
        cursor = listed["next"]
    assert len(seen) == 5
    assert set(seen) == folios
    told(program.get("/cases", cursor="xx"), 422, "cursor_invalid")
    told(program.get("/cases", limit=201), 422)
    assert len(told(program.get("/cases", state="with_unit", kind="consulta"), 200)["items"]) == 5
    assert told(program.get("/cases", channel="letter"), 200)["items"] == []


def test_information_is_added_once(body):
    case, program = body.file(), body.program()
    path, key = f"/cases/{case.folio}/information", {"Idempotency-Key": "clave-0002"}
    told(program.post(path, {"body": "Va la foto."}, **key), 201)
    told(program.post(path, {"body": "Va la foto."}, **key), 200)
    messages = told(program.get(f"/cases/{case.folio}"), 200)["messages"]
    assert [(m["kind"], m["body"]) for m in messages] == [("information", "Va la foto.")]
    entry = JournalEntry.objects.get(kind="cases.information_added")
    assert entry.actor_id == body.users[Role.QUALITY_MANAGER].pk


def test_kinds_tell_what_to_send(body):
    kinds = {kind["code"]: kind for kind in told(body.program().get("/kinds"), 200)}
    assert kinds["reclamo"]["questions"][0]["code"] == "donde"
    assert kinds["reclamo"]["rule"] == "CL.OIRS"


def test_too_many_calls_are_told_to_wait(body, monkeypatch):
    monkeypatch.setattr("siac.organizations.programs.CALLS_PER_MINUTE", 2)
    program = body.program()
    statuses = [program.get("/kinds").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert int(program.get("/kinds")["Retry-After"]) > 0


def test_sql_of_a_program(body):
    program = body.program()
    case = body.file()
    program.post("/cases", {**COMPLAINT, "idempotency_key": "clave-0000"})
    with exactly(6):  # token, its calls, body, two keys, all before the folio with it, all after it
        told(program.post("/cases", {**COMPLAINT, "idempotency_key": "clave-0009"}), 201)
    with exactly(9):  # two of them write the line of the access trail
        told(program.get(f"/cases/{case.folio}"), 200)
    unnamed = body.program(Role.AUTHORITY)
    unnamed.get("/kinds")
    with exactly(6):
        told(unnamed.get(f"/cases/{case.folio}"), 200)
    with exactly(6):  # as above
        assert len(told(program.get("/cases", limit=1), 200)["items"]) == 1
    for number in range(50):
        body.file(number + 10)
    with exactly(6):
        assert len(told(program.get("/cases", limit=50), 200)["items"]) == 50


def readings_page(body, role=Role.AUDITOR):
    client = Client()
    client.force_login(body.users[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return words(client.get("/norte/gestion/lecturas/"))


def test_a_list_that_a_program_reads_is_told_once_with_its_filters_and_its_words_are_not_kept(body):
    program = body.program()
    for number in range(3):
        body.file(number)
    told(program.get("/cases", kind="consulta", limit=2, q="inundó"), 200)
    told(program.get("/cases", filed_until="2025-01-01"), 200)  # tells nothing
    [entry] = JournalEntry.objects.filter(kind="access.read", data__subject="cases")
    assert entry.data["asked"] == {"kind": "consulta", "words": True, "more": False, "count": 2}
    assert "inund" not in str(entry.data)
    page = readings_page(body)
    assert "Programa «prueba», en nombre de" in page
    assert "Lista por la API, 2 solicitudes (kind=consulta, palabras)" in page


def test_what_a_program_of_an_auditor_reads_is_no_reading_of_theirs(body):
    case, auditor = body.file(), body.users[Role.AUDITOR]
    told(body.program(Role.AUDITOR).get(f"/cases/{case.folio}"), 200)
    [entry] = readings(body.institution.pk, case.stream)
    assert entry.data["by"] == f"token:{ApiToken.objects.get().pk}"
    assert read_by(body.institution.pk, auditor.pk, [case.stream]) == {}
    assert f"Programa «prueba», en nombre de {auditor.name}" in readings_page(body)


def test_whether_somebody_may_is_asked_without_a_reading(body):
    case = body.file()
    access = access_in(body.users[Role.AUDITOR], "norte")
    case_for(replace(access, notes=False), case.folio, to=None, now=NOW)
    assert not JournalEntry.objects.filter(kind="access.read").exists()
    case_for(access, case.folio, to=None, now=NOW)
    assert JournalEntry.objects.filter(kind="access.read").count() == 1


def test_a_body_in_parts_is_told_what_is_taken_and_is_no_fault(body):
    program = body.program()
    folio = told(program.post("/cases", COMPLAINT), 201)["folio"]
    for path in ("/cases", f"/cases/{folio}/information"):
        sent = {"data": b"{}", "content_type": "multipart/form-data; boundary=x"}
        told(program.ask("post", path, **sent), 415, "not_json")
    assert Case.objects.count() == 1


def test_head_and_options_are_answered_and_nothing_may_be_stored(body):
    program = body.program()
    folio = told(program.post("/cases", COMPLAINT), 201)["folio"]
    whole = program.get(f"/cases/{folio}")
    head = program.ask("head", f"/cases/{folio}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    options = program.ask("options", "/cases")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    for answer in (whole, head, options, program.get("/cases/2026-999999")):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "changed",
    [
        {"person": {**COMPLAINT["person"], "given_names": "Otra"}},
        {"place": "Otro lugar"},
        {"subject": "Otro asunto"},
    ],
)
def test_the_same_key_with_other_data_never_gives_the_first_ones_answer(body, changed):
    """All that was sent counts: person, place, unit, subject, not only kind and text."""
    program, key = body.program(), {"Idempotency-Key": "clave-0010"}
    first = told(program.post("/cases", COMPLAINT, **key), 201)
    assert told(program.post("/cases", COMPLAINT, **key), 200) == first
    answer = program.post("/cases", {**COMPLAINT, **changed}, **key)
    told(answer, 409, "idempotency_key_reused")
    assert first["folio"] not in answer.content.decode()
