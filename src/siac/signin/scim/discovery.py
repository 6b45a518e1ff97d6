# SPDX-License-Identifier: EUPL-1.2
"""What a directory may ask of the door itself (RFC 7643, 5 to 7)."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from siac.organizations.public import Access
from siac.signin.domain.scim import GROUP, USER, schemas
from siac.signin.scim.answers import CORE, MESSAGES, address, answer, error
from siac.signin.scim.door import door
from siac.signin.scim.kinds import GROUPS, USERS
from siac.signin.scim.resources import MOST


@door
def provider_config(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell what is understood here (RFC 7643, 5)."""
    said: dict[str, Any] = {
        "schemas": [f"{CORE}:ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": False},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Clave del organismo",
                "description": "Una clave con el alcance people:write, en Authorization: Bearer.",
                "primary": True,
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": address(access.institution.slug, "ServiceProviderConfig"),
        },
    }
    return _read_only(request, said)


def _read_only(request: HttpRequest, said: Any) -> HttpResponse:
    if request.method != "GET":
        return error(405, "Aquí no.", Allow="GET")
    if request.GET.get("filter"):
        return error(403, "Aquí no se busca.")
    return answer(said)


def _all(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemas": [f"{MESSAGES}:ListResponse"],
        "totalResults": len(found),
        "startIndex": 1,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def _schemas(slug: str) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "schemas": [f"{CORE}:Schema"],
            **schema,
            "meta": {"resourceType": "Schema", "location": address(slug, "Schemas", name)},
        }
        for name, schema in schemas().items()
    }


def _types(slug: str) -> dict[str, dict[str, Any]]:
    return {"User": USERS.described(slug, USER), "Group": GROUPS.described(slug, GROUP)}


@door
def all_schemas(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell what is kept of people and groups."""
    return _read_only(request, _all(list(_schemas(access.institution.slug).values())))


@door
def one_schema(request: HttpRequest, access: Access, now: datetime, name: str) -> HttpResponse:
    """Tell what is kept of one of them."""
    found = _schemas(access.institution.slug).get(name)
    return _read_only(request, found) if found else error(404, "No existe.")


@door
def all_types(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell that there are people and groups."""
    return _read_only(request, _all(list(_types(access.institution.slug).values())))


@door
def one_type(request: HttpRequest, access: Access, now: datetime, name: str) -> HttpResponse:
    """Tell of one of them."""
    found = _types(access.institution.slug).get(name)
    return _read_only(request, found) if found else error(404, "No existe.")
