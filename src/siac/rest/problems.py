# SPDX-License-Identifier: EUPL-1.2
"""Every error of the programs' interface as application/problem+json (RFC
9457), in Spanish, with a stable code.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from siac.kernel.errors import Refused
from siac.organizations.public import Throttled
from siac.ui.public import refusal_text

CONTENT_TYPE = "application/problem+json"
TITLES: dict[int, tuple[str, str, str]] = {
    400: (
        "bad_request",
        "Petición mal formada",
        "No se entiende la petición: revise que el cuerpo sea JSON.",
    ),
    401: ("not_signed_in", "Falta una clave válida", "Envíe Authorization: Bearer con una clave vigente."),
    403: ("not_allowed", "No tiene permiso", "La clave o los roles de su cuenta no alcanzan para esto."),
    404: ("not_found", "No existe", "No hay nada en esa dirección, o su cuenta no puede verlo."),
    405: ("method_not_allowed", "Método no admitido", "Esa dirección no admite este método."),
    409: ("conflict", "No se puede ahora", "El estado actual no admite esta operación."),
    412: ("changed", "Cambió desde que se leyó", "Lea de nuevo y vuelva a decidir."),
    413: ("too_large", "Petición demasiado grande", "El contenido supera el máximo admitido."),
    415: ("not_json", "Tipo de contenido no admitido", "Envíe el cuerpo como application/json."),
    422: ("invalid", "Datos no válidos", "Revise los campos indicados."),
    429: ("too_many_calls", "Demasiadas llamadas", "Espere antes de volver a llamar."),
    500: ("failure", "Falla interna", "Algo falló y quedó anotado. Intente de nuevo más tarde."),
    503: ("unavailable", "Servicio no disponible", "Intente de nuevo en unos segundos."),
}
INPUT_CODES = frozenset(
    {
        "kind_unknown", "topic_unknown", "unit_unknown", "text_missing", "text_too_long", "identity_needed",
        "document_needed", "contact_needed", "answer_missing", "answer_not_an_option", "answer_not_a_date",
        "answer_unknown", "received_in_future", "idempotency_key_invalid",
        "document_check_digit", "document_form", "document_type_missing", "email_form", "phone_form",
        "person_text_too_long", "cursor_invalid", "view_unknown", "outcome_not_here", "measures_missing",
        "measures_not_here", "file_missing", "period_unknown",
        "file_too_many", "file_too_large", "file_total_too_large", "file_empty", "file_type", "file_content",
        "file_macros", "file_fetches", "file_encrypted", "file_damaged", "file_bomb", "file_not_reached",
        "file_pixels", "file_virus",
    }
)  # fmt: skip
"""Refusals that speak of what was sent (422); all others, of the state of things (409)."""


PRECONDITIONS = frozenset({"changed_meanwhile", "if_match_failed"})
"""What the caller asked to be as it was is not (412)."""
UNKNOWN = frozenset({"file_unknown", "file_erased"})
"""What is named by its address is not there (404)."""


def problem(
    status: int, *, code: str = "", detail: str = "", errors: Sequence[dict[str, str]] = ()
) -> JsonResponse:
    """Return an error answer; `errors` name fields: {"field": "person.email", "message": …}."""
    known, title, usual = TITLES.get(status, ("error", HTTPStatus(status).phrase, ""))
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or usual,
        "code": code or known,
    }
    if errors:
        body["errors"] = list(errors)
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _status(code: str) -> int:
    if code in PRECONDITIONS:
        return 412
    return 404 if code in UNKNOWN else 422 if code in INPUT_CODES else 409


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    status = _status(error.code)
    return problem(status, code=error.code, detail=refusal_text(error))


def _throttled(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(429, detail=f"Demasiadas llamadas con esta clave: espere {error.seconds} segundos.")
    response["Retry-After"] = str(error.seconds)
    return response


_MESSAGES = {
    "missing": "Falta este campo.",
    "extra_forbidden": "Este campo no existe.",
    "enum": "No es uno de los valores admitidos: {expected}.",
    "string_too_long": "Tiene más de {max_length} caracteres.",
    "string_too_short": "Tiene menos de {min_length} caracteres.",
    "less_than_equal": "El máximo es {le}.",
    "greater_than_equal": "El mínimo es {ge}.",
    "string_type": "Debe ser un texto.",
    "int_parsing": "Debe ser un número entero.",
}


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in found["loc"][2:] or found["loc"][-1:]),
            "message": _MESSAGES.get(found["type"], "El valor no es válido.").format_map(
                found.get("ctx") or {}
            ),
        }
        for found in error.errors
    ]
    return problem(422, errors=errors)


def _always(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: problem(status)


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code)


def register_problems(api: NinjaAPI) -> None:
    """Answer every exception that a view of `api` may raise."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http)
    for kind, status in (
        (AuthenticationError, 401),
        (PermissionDenied, 403),
        (Http404, 404),
        (RequestDataTooBig, 413),
        (SuspiciousOperation, 400),
        (RawPostDataException, 415),  # a body in parts, which was read as a form
    ):
        api.add_exception_handler(kind, _always(status))
