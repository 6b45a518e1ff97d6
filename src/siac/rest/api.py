# SPDX-License-Identifier: EUPL-1.2
"""The root of the programs' interface: who calls, which routers, how errors look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import now as current_time
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from siac.accounts.public import ApiToken, token_in_force
from siac.rest.problems import CONTENT_TYPE, register_problems


class BearerToken(HttpBearer):
    """`Authorization: Bearer <token>`; the row of the token becomes `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token in force, or None, which answers 401 (1 SQL)."""
        return token_in_force(token, now=current_time())


NAMES = {
    "file_case_of_program": "file_case",
    "add_information_to_case": "add_information",
    "add_note_to_case": "add_note",
    "answer_one": "answer_case",
}
"""Names of operations where the command that they call has the name."""


class Api(NinjaAPI):
    """Errors are documented with their own media type; operations are called as clients call them."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the name of an operation: it stays, clients are generated from it."""
        name: str = operation.view_func.__name__
        return NAMES.get(name, name)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI document, with every error as a problem (RFC 9457)."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _mark_problems(operation["responses"])
        return schema


def _mark_problems(responses: dict[Any, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[CONTENT_TYPE] = content.pop("application/json")


api = Api(
    title="SIAC",
    version="1",
    description=(
        "Solicitudes, catálogo, puntos de atención, indicadores, cartas y encuestas de un organismo. Las"
        " listas se leen por páginas con `cursor`. Lo leído lleva `ETag`: con `If-None-Match` responde 304, y"
        " un cambio con `If-Match` responde 412 si algo cambió antes. `RateLimit` dice cuántas llamadas"
        " quedan. Las respuestas de error son application/problem+json."
    ),
    urls_namespace="api",
    docs_url="/docs" if settings.DEBUG else None,
    auth=BearerToken(),
)
register_problems(api)
for context in (
    "cases.programs.rest", "cases.programs.work", "catalogue.rest", "servicepoints.rest", "indicators.rest",
    "charters.rest", "surveys.rest",
):  # fmt: skip
    api.add_router("", f"siac.{context}.router")
