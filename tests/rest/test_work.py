# SPDX-License-Identifier: EUPL-1.2
"""Programs work on cases: files, notes, the answer; each once, and only on what they saw."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import ApiToken, Role, Scope
from siac.cases.models import CaseMessage
from siac.cases.public import Case
from tests.rest.houses import Program, make_body
from tests.rest.test_cases import told
from tests.sql_counts import exactly

pytestmark = [pytest.mark.django_db]
ANSWER = {"body": "La calle se seca mañana.", "outcome": "informed"}


def upload(program: Program, folio: str, *files, body="Va la foto.", **headers: str):
    sent = {"body": body, "files": [SimpleUploadedFile(name, content) for name, content in files]}
    return program.client.post(
        f"/api/v1/cases/{folio}/files", sent, headers={"Authorization": f"Bearer {program.token}", **headers}
    )


def officer(body, *scopes: Scope) -> Program:
    return body.program(Role.HEAD_OF_UNIT, *scopes)


def test_a_program_answers_once_what_it_saw(body):
    case, program = body.file(), officer(body)
    path, seen = f"/cases/{case.folio}/answer", program.get(f"/cases/{case.folio}")
    key = {"Idempotency-Key": "respuesta-1", "If-Match": seen["ETag"]}
    done = told(program.post(path, ANSWER, **key), 201)
    assert done["state"] == "answered"
    assert told(program.post(path, ANSWER, **key), 200) == done  # said again after a lost line: no second one
    other = {**ANSWER, "body": "Otra cosa."}
    told(program.post(path, other, **key), 409, "idempotency_key_reused")
    read = told(program.get(f"/cases/{case.folio}"), 200)
    assert [each["body"] for each in read["messages"]] == [ANSWER["body"]]
    assert read["outcome"] == "informed" and read["version"] > seen.json()["version"]


def test_what_changed_meanwhile_is_not_changed_blindly(body):
    case, program = body.file(), officer(body)
    mark = program.get(f"/cases/{case.folio}")["ETag"]
    told(program.post(f"/cases/{case.folio}/information", {"body": "Algo más."}, **{"If-Match": mark}), 201)
    for path, data in (("answer", ANSWER), ("information", {"body": "Otra."}), ("notes", {"body": "Nota."})):
        stale = program.post(f"/cases/{case.folio}/{path}", data, **{"If-Match": mark})
        told(stale, 412, "if_match_failed")
        told(program.post(f"/cases/{case.folio}/{path}", data, **{"If-Match": '"otra"'}), 412)
    told(upload(program, case.folio, ("a.txt", b"hola"), **{"If-Match": mark}), 412)
    assert len(told(program.get(f"/cases/{case.folio}"), 200)["messages"]) == 1
    fresh = program.get(f"/cases/{case.folio}")["ETag"]
    told(program.post(f"/cases/{case.folio}/answer", ANSWER, **{"If-Match": fresh}), 201)


def test_a_key_made_to_add_information_answers_nobody(body):
    case = body.file()
    only_write = officer(body, Scope.CASES_READ, Scope.CASES_WRITE)
    told(only_write.post(f"/cases/{case.folio}/answer", ANSWER), 403)
    told(body.program(Role.FRONT_DESK).post(f"/cases/{case.folio}/answer", ANSWER), 403)
    assert Case.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("change", "status"),
    [({"outcome": "nada"}, 422), ({"body": ""}, 422), ({"body": "x" * 20_001}, 422), ({"de": "x"}, 422)],
)
def test_an_answer_that_cannot_be_is_told(body, change, status):
    case = body.file()
    told(officer(body).post(f"/cases/{case.folio}/answer", {**ANSWER, **change}), status)
    assert Case.objects.get().answered_at is None


def test_files_go_in_and_come_out_as_they_were(body):
    case, program = body.file(), body.program()
    key = {"Idempotency-Key": "archivos-1"}
    told(upload(program, case.folio, ("nota.txt", b"hola"), **key), 201)
    told(upload(program, case.folio, ("nota.txt", b"hola"), **key), 200)
    told(upload(program, case.folio, ("nota.txt", b"adios"), **key), 409, "idempotency_key_reused")
    with exactly(7):
        (file,) = told(program.get(f"/cases/{case.folio}/files"), 200)
    assert (file["name"], file["size"], file["of"]) == ("nota.txt", 4, "information")
    got = program.get(f"/cases/{case.folio}/files/{file['id']}")
    assert b"".join(got.streaming_content) == b"hola"
    assert "attachment" in got["Content-Disposition"] and got["X-Content-Type-Options"] == "nosniff"
    told(program.get(f"/cases/{case.folio}/files/{file['id'] + 1}"), 404)
    other = body.file(2)
    told(program.get(f"/cases/{other.folio}/files/{file['id']}"), 404)
    stranger = make_body("sur")
    theirs = stranger.file()
    told(stranger.program().get(f"/cases/{theirs.folio}/files/{file['id']}"), 404)


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([("virus.exe", b"MZ")], 422, "file_type"),
        ([("vacio.txt", b"")], 422, "file_empty"),
        ([("uno.txt", b"hola"), ("foto.jpg", b"no es una foto")], 422, None),
        ([], 422, None),
    ],
)
def test_a_file_that_may_not_be_kept_keeps_none(body, files, status, code):
    case, program = body.file(), body.program()
    told(upload(program, case.folio, *files), status, code)
    assert told(program.get(f"/cases/{case.folio}/files"), 200) == []


def test_a_note_is_seen_by_the_house_only(body):
    case, program = body.file(), body.program()
    key = {"Idempotency-Key": "nota-0001"}
    told(program.post(f"/cases/{case.folio}/notes", {"body": "Ojo con esto."}, **key), 201)
    told(program.post(f"/cases/{case.folio}/notes", {"body": "Ojo con esto."}, **key), 200)
    assert told(program.get(f"/cases/{case.folio}"), 200)["messages"] == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.AUTHORITY])
def test_a_key_of_whoever_only_reads_writes_nothing_whatever_its_scopes(body, role):
    case, program = body.file(), body.program(role)
    told(program.get(f"/cases/{case.folio}"), 200)
    for path, data in (("notes", {"body": "Ojo."}), ("information", {"body": "Algo."}), ("answer", ANSWER)):
        told(program.post(f"/cases/{case.folio}/{path}", data), 403)
    told(upload(program, case.folio, ("nota.txt", b"hola")), 403)
    assert not CaseMessage.objects.exists()


def test_a_note_said_twice_at_once_answers_with_the_version_there_is(body):
    case, program = body.file(), body.program()
    first = told(program.post(f"/cases/{case.folio}/notes", {"body": "Ojo con esto."}), 201)
    again = told(program.post(f"/cases/{case.folio}/notes", {"body": "Ojo con esto."}), 201)
    assert again["version"] == first["version"] == Case.objects.get().version


def test_restricted_cases_give_neither_files_nor_notes(body):
    case, program = body.file(kind="denuncia"), body.program(Role.FRONT_DESK)
    told(program.get(f"/cases/{case.folio}/files"), 404)
    told(program.post(f"/cases/{case.folio}/notes", {"body": "Ojo."}), 404)
    told(upload(program, case.folio, ("nota.txt", b"hola")), 404)


def test_only_what_moved_since_is_listed(body):
    old, program = body.file(), officer(body)
    after = (old.filed_at + timedelta(seconds=1)).isoformat()
    assert told(program.get("/cases", since=after), 200)["items"] == []
    told(program.post(f"/cases/{old.folio}/answer", ANSWER), 201)
    assert [row["folio"] for row in told(program.get("/cases", since=after), 200)["items"]] == [old.folio]
    told(program.get("/cases", since="ayer"), 422)


def test_a_key_that_ended_opens_nothing(body):
    program = body.program()
    told(program.get("/kinds"), 200)
    row = ApiToken.objects.get()
    ApiToken.objects.update(expires_at=row.created_at + timedelta(days=1))
    told(program.get("/kinds"), 401, "not_signed_in")
    told(program.post("/cases", {}), 401)
