# SPDX-License-Identifier: EUPL-1.2
"""The typed client: it is what the document of the API says, and works a case through a real server."""

import json

import pytest

from clients.generate import CLIENT, type_of, written
from clients.python.siac_client import ApiError, Client, _seconds, each
from siac.accounts.public import Role
from siac.rest.api import api
from tests.webhooks.targets import listening


def test_the_client_is_what_the_code_says():
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    assert CLIENT.read_text(encoding="utf-8") == written(document), "make client"


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string"}, "str"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "int | None"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/CaseRow"}}, "list[CaseRow]"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "dict[str, str]"),
        ({"enum": ["a", "b"], "type": "string"}, "Literal['a', 'b']"),
    ],
)
def test_shapes_become_types(schema, said):
    assert type_of(schema) == said


def test_a_shape_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="unknown shape"):
        type_of({"type": "tuple"})


def test_it_files_reads_adds_and_answers(body, live_server):
    client = Client(live_server.url, body.program(Role.HEAD_OF_UNIT).token)
    sent = {
        "kind": "reclamo",
        "body": "No pasó el camión.",
        "answers": {"donde": "Calle Larga 12"},
        "person": {"given_names": "Ana", "family_names": "Soto", "email": "ana@ejemplo.org"},
        "unit": body.unit_id,
    }
    filed = client.file_case(sent, idempotency_key="clave-0001")
    assert client.file_case(sent, idempotency_key="clave-0001") == filed
    client.add_files(filed["folio"], "Va la foto.", [("nota «1».txt", b"hola")])
    (file,) = client.list_files(filed["folio"])
    assert client.read_file(filed["folio"], file["id"]) == b"hola"
    read = client.read_case(filed["folio"])
    seen = client.etag
    done = client.answer_case(filed["folio"], {"body": "Pasa mañana.", "outcome": "upheld"}, if_match=seen)
    assert (read["state"], done["state"]) == ("with_unit", "answered")
    with pytest.raises(ApiError) as refused:
        client.add_note(filed["folio"], {"body": "Tarde."}, if_match=seen)
    assert (refused.value.status, refused.value.code) == (412, "if_match_failed")
    for number in range(3):
        body.file(number)
    assert len(list(each(client.list_cases, limit=2))) == 4
    assert next(kind["code"] for kind in client.list_kinds()) == "consulta"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_key_follows_no_redirection(status):
    """Nor is what was to be written told to somebody else, nor taken for a reading."""
    with listening() as here, listening() as elsewhere:
        here.status, here.location = status, elsewhere.url
        client = Client(here.url.partition("/avisos")[0], "siac_clave")
        with pytest.raises(ApiError) as refused:
            client.add_note("2026-000001", {"body": "Ojo."})
        assert refused.value.status == status
        assert len(here.told) == 1 and elsewhere.told == []


@pytest.mark.parametrize(
    ("base", "is_right"),
    [
        ("https://siac.example", True), ("http://localhost:8000", True), ("http://127.0.0.1:1", True),
        ("http://[::1]:8000", True), ("http://siac.example", False), ("http://localhost.siac.example", False),
        ("siac.example", False), ("ftp://localhost", False), ("https://", False),
    ],
)  # fmt: skip
def test_a_key_is_told_to_no_address_that_others_can_listen_to(base, is_right):
    if is_right:
        assert Client(base, "siac_clave").base == f"{base}/api/v1"
        return
    with pytest.raises(ValueError, match="https://"):
        Client(base, "siac_clave")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("30", 30), (None, None), ("", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None), ("²", None),
     ("9" * 5000, None)],
)  # fmt: skip
def test_when_to_come_back_is_a_number_of_seconds_or_nothing(said, seconds):
    assert _seconds(said) == seconds
