# SPDX-License-Identifier: EUPL-1.2
"""The interface keeps what its OpenAPI document says, whatever is sent."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
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
