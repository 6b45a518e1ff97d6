# SPDX-License-Identifier: EUPL-1.2
"""The interface keeps what its OpenAPI document says, whatever is sent."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from jsonschema_rs import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.rest.houses import Program

pytestmark = [pytest.mark.django_db]
APPLICATION = get_wsgi_application()
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APPLICATION)


@pytest.fixture
def token(body) -> Iterator[str]:
    """A program's token; a request that ends leaves the test's connection open, as with Django's own
    client.
    """
    body.file()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield body.program().token
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
def test_answers_are_those_of_the_document(case, token):
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(
        response,
        checks=[
            not_a_server_error,
            response_schema_conformance,
            status_code_conformance,
            content_type_conformance,
        ],
    )


def test_the_document_is_public_and_the_page_for_people_is_not_there(client):
    document = client.get("/api/v1/openapi.json")
    assert document.status_code == 200
    assert "/api/v1/cases/{folio}" in document.json()["paths"]
    assert client.get("/api/v1/docs").status_code == 404
    assert Program("siac_nada").get("/cases").status_code == 401


def fields_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what programs send and get, by name: fields of bodies, and parameters of addresses."""
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            yield f"{name}.{field}", told
    for path, calls in document["paths"].items():
        for method, call in calls.items():
            for each in call.get("parameters", []):
                yield (
                    f"{method} {path} {each['name']}",
                    {
                        **each["schema"],
                        **{word: each[word] for word in ("description", "example") if word in each},
                    },
                )


def test_every_field_says_what_it_is_and_shows_one_that_is_valid(client):
    document = client.get("/api/v1/openapi.json").json()
    fields = dict(fields_of(document))
    assert len(fields) > 300
    assert [name for name, told in fields.items() if not told.get("description")] == []
    bare = []
    for name, told in fields.items():
        refers = "$ref" in str(told)
        shown = told.get("examples") or [told[word] for word in ("example", "const") if word in told]
        if not (shown or refers or "enum" in told):
            bare.append(name)
        valid = Draft202012Validator({**told, "components": document["components"]})
        assert all(valid.is_valid(each) for each in shown), name
    assert bare == []
