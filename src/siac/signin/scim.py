# SPDX-License-Identifier: EUPL-1.2
"""The door of a body's directory: SCIM 2.0 (RFC 7644) for its people and groups, by a key of its own."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.csrf import csrf_exempt

from siac.accounts.public import Scope, token_in_force
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, Throttled, lock_institution, program_access
from siac.signin.commands.directory import (
    remove_directory_group,
    remove_directory_user,
    save_directory_group,
    save_directory_user,
)
from siac.signin.commands.telling import tell_last_administrator
from siac.signin.domain.scim import (
    GROUP,
    GROUP_ATTRIBUTES,
    REQUIRED,
    USER,
    USER_ATTRIBUTES,
    Attributes,
    Bad,
    patched,
    read_filter,
    read_resource,
    schemas,
    selected,
)
from siac.signin.models import DirectoryGroup, DirectoryUser
from siac.signin.queries import directory_users
from siac.ui.public import refusal_text

P = ParamSpec("P")
R = TypeVar("R", DirectoryUser, DirectoryGroup)
LARGEST = 4 * 1024 * 1024
PAGE = 100
MOST = 200
_MESSAGES = "urn:ietf:params:scim:api:messages:2.0"
_CORE = "urn:ietf:params:scim:schemas:core:2.0"
_TYPE = "application/scim+json"
_TAKEN = {"directory_taken", "address_taken"}
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def _answer(said: Any, status: int = 200, **headers: str) -> HttpResponse:
    response = JsonResponse(said, status=status, content_type=_TYPE, safe=False)
    response.headers["Cache-Control"] = "private, no-store"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def _error(status: int, detail: str, kind: str = "", **headers: str) -> HttpResponse:
    said = {"schemas": [f"{_MESSAGES}:Error"], "status": str(status), "detail": detail}
    return _answer({**said, "scimType": kind} if kind else said, status, **headers)


def _door(
    view: Callable[Concatenate[HttpRequest, Access, datetime, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in whoever brings a key of the body for its people, whose user may set the body up; what is refused
    is told as SCIM tells it.
    """

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        now = current_time()
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = token_in_force(secret.strip(), now=now) if kind.lower() == "bearer" else None
        if token is None:
            return _error(401, "Falta una clave, o ya no vale.", WWW_Authenticate='Bearer realm="SCIM"')
        try:
            access = program_access(token, slug, Scope.PEOPLE_WRITE, now=now)
            access.require(StaffRight.SETUP)
        except Throttled as throttled:
            return _error(429, "Demasiadas llamadas.", Retry_After=str(throttled.seconds))
        except PermissionDenied:
            return _error(403, "La clave no alcanza para esto.")
        try:
            return view(request, access, now, *args, **kwargs)
        except Bad as bad:
            return _error(400, str(bad), bad.kind)
        except Refused as refused:
            return _refused(access, refused, now)

    return entered


def _refused(access: Access, refused: Refused, now: datetime) -> HttpResponse:
    """Answer 409, or 400 where an address is not of the body; that the last administrator stays is also told
    to those who administer.
    """
    if refused.code == "directory_domain":
        return _error(400, refusal_text(refused), "invalidValue")
    if refused.code == "last_administrator":
        tell_last_administrator(institution=access.institution, actor=access.user, now=now)
        name = access.institution.short_name
        return _error(409, refusal_text(Refused("directory_last", name=name)), "mutability")
    return _error(409, refusal_text(refused), "uniqueness" if refused.code in _TAKEN else "")


def _sent(request: HttpRequest) -> Any:
    """Return what was sent.

    Raises:
        Bad: it is no JSON, or too much.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Bad("tooMany", "El envío pasa de 4 MB.")
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Bad("invalidSyntax", "El envío no es JSON.") from error


def _address(slug: str, kind: str, key: object = "") -> str:
    base = f"{settings.SITE_URL}{reverse('scim:root', args=[slug])}{kind}"
    return f"{base}/{key}" if key else base


def _meta(slug: str, kind: str, row: DirectoryUser | DirectoryGroup) -> dict[str, str]:
    return {
        "resourceType": kind,
        "created": row.created_at.isoformat(),
        "lastModified": row.changed_at.isoformat(),
        "location": _address(slug, f"{kind}s", row.key),
    }


def _user(slug: str, row: DirectoryUser) -> dict[str, Any]:
    groups = [
        {"value": str(each.key), "display": each.name, "$ref": _address(slug, "Groups", each.key)}
        for each in row.groups.all()
    ]
    said = {
        "schemas": [USER],
        "id": str(row.key),
        "externalId": row.external_id,
        "userName": row.user_name,
        **row.details,
        "groups": groups,
        "meta": _meta(slug, "User", row),
    }
    return {name: value for name, value in said.items() if value not in ("", [], {})}


def _group(slug: str, row: DirectoryGroup) -> dict[str, Any]:
    members = [
        {"value": str(each.key), "$ref": _address(slug, "Users", each.key), "type": "User"}
        for each in row.members.all()
    ]
    said = {
        "schemas": [GROUP],
        "id": str(row.key),
        "externalId": row.external_id,
        "displayName": row.name,
        "members": members,
        "meta": _meta(slug, "Group", row),
    }
    return {name: value for name, value in said.items() if value not in ("", [], {})}


class _Kind:
    """People or groups: what tells them, finds them and changes them."""

    def __init__(
        self,
        name: str,
        attributes: Attributes,
        rows: Callable[[Access], QuerySet[Any]],
        told: Callable[[str, Any], dict[str, Any]],
        save: Callable[..., Any],
        remove: Callable[..., None],
        filters: Mapping[str, tuple[str, str]],
    ) -> None:
        self.name, self.attributes, self.rows, self.told = name, attributes, rows, told
        self.save, self.remove, self.filters = save, remove, filters

    def one(self, access: Access, key: UUID) -> Any:
        """Return a resource of the body (2 SQL); None if it has none with that key."""
        return self.rows(access).filter(key=key).first()

    def narrowed(self, asked: Mapping[str, str], access: Access) -> QuerySet[Any]:
        """Return the resources of the body that a filter leaves. Lazy: no SQL until it is read."""
        rows = self.rows(access)
        if text := asked.get("filter", ""):
            name, value = read_filter(text, {key: said for key, (said, _) in self.filters.items()})
            rows = rows.filter(**{self.filters[name.lower()][1]: value})
        return rows

    def shown(self, request: HttpRequest, access: Access, row: Any, status: int = 200) -> HttpResponse:
        """Answer one resource."""
        place = self.told(access.institution.slug, row)["meta"]["location"]
        return _answer(self.told_of(request.GET, access, row), status, Location=place)

    def told_of(self, asked: Mapping[str, str], access: Access, row: Any) -> dict[str, Any]:
        """Return what is told of a resource, of it the parts that are asked for."""
        told = self.told(access.institution.slug, row)
        return selected(told, asked.get("attributes", ""), asked.get("excludedAttributes", ""))

    def keep(
        self, access: Access, said: Any, now: datetime, row: Any = None, *, is_part: bool = False
    ) -> Any:
        """Write what was sent, checked, and return the resource as it stands then."""
        read = read_resource(said, self.attributes, REQUIRED[self.name])
        if not is_part and self.name == "User":
            read.setdefault("active", True)
        kept = self.save(institution=access.institution, said=read, actor=access.user, now=now, row=row)
        return self.one(access, kept.key)

    def described(self, slug: str, schema: str) -> dict[str, Any]:
        """Return the kind as `/ResourceTypes` tells it."""
        return {
            "schemas": [f"{_CORE}:ResourceType"],
            "id": self.name,
            "name": self.name,
            "endpoint": f"/{self.name}s",
            "schema": schema,
            "meta": {
                "resourceType": "ResourceType",
                "location": _address(slug, "ResourceTypes", self.name),
            },
        }


_USERS = _Kind(
    "User",
    USER_ATTRIBUTES,
    lambda access: directory_users(access.institution).prefetch_related("groups"),
    _user,
    save_directory_user,
    remove_directory_user,
    {
        "username": ("userName", "user_name__iexact"),
        "externalid": ("externalId", "external_id"),
    },
)
_GROUPS = _Kind(
    "Group",
    GROUP_ATTRIBUTES,
    lambda access: (
        DirectoryGroup.objects.filter(institution=access.institution)
        .prefetch_related("members")
        .order_by("pk")
    ),
    _group,
    save_directory_group,
    remove_directory_group,
    {
        "displayname": ("displayName", "name__iexact"),
        "externalid": ("externalId", "external_id"),
    },
)


def _number(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Bad("invalidValue", f"{name}: se espera un número.")
    return int(text)


def _many(kind: _Kind) -> Callable[..., HttpResponse]:
    @_door
    def resources(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
        """List the resources, or take a new one."""
        if request.method == "GET":
            return _page((kind,), request.GET, access)
        if request.method == "POST":
            return kind.shown(request, access, kind.keep(access, _sent(request), now), 201)
        return _error(405, "Aquí no.", Allow="GET, POST")

    return resources


def _page(kinds: Sequence[_Kind], asked: Mapping[str, str], access: Access) -> HttpResponse:
    """Answer a page of resources (RFC 7644, 3.4.2), counted from 1, one kind behind the other."""
    first = max(_number(asked.get("startIndex", "1"), "startIndex"), 1)
    count = min(max(_number(asked.get("count", str(PAGE)), "count"), 0), MOST)
    left_out, total, found = first - 1, 0, list[dict[str, Any]]()
    for kind in kinds:
        rows = kind.narrowed(asked, access)
        own = rows.count()
        page = rows[left_out : left_out + count - len(found)] if left_out < own else ()
        found += [kind.told_of(asked, access, row) for row in page]
        total, left_out = total + own, max(left_out - own, 0)
    said = {
        "schemas": [f"{_MESSAGES}:ListResponse"],
        "totalResults": total,
        "startIndex": first,
        "itemsPerPage": len(found),
        "Resources": found,
    }
    return _answer(said)


def _search(*kinds: _Kind) -> Callable[..., HttpResponse]:
    @_door
    def found(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
        """List the resources as a message asks (RFC 7644, 3.4.3)."""
        if request.method != "POST":
            return _error(405, "Aquí no.", Allow="POST")
        said = _sent(request)
        if not isinstance(said, dict):
            raise Bad("invalidSyntax", "Se espera un objeto JSON.")
        return _page(kinds, {name: _as_text(value) for name, value in said.items()}, access)

    return found


def _as_text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _one(kind: _Kind) -> Callable[..., HttpResponse]:
    @_door
    def resource(request: HttpRequest, access: Access, now: datetime, key: UUID) -> HttpResponse:
        """Show a resource, put another in its place, change parts of it, or forget it."""
        if request.method not in {"GET", "PUT", "PATCH", "DELETE"}:
            return _error(405, "Aquí no.", Allow="GET, PUT, PATCH, DELETE")
        if request.method != "GET":
            return _changed(kind, request, access, now, key)
        row = kind.one(access, key)
        return kind.shown(request, access, row) if row is not None else _error(404, "No existe.")

    return resource


@transaction.atomic
def _changed(kind: _Kind, request: HttpRequest, access: Access, now: datetime, key: UUID) -> HttpResponse:
    """Change a resource as it is once nobody else changes it: two who change parts at once lose nothing."""
    said = _sent(request) if request.method != "DELETE" else None
    lock_institution(access.institution.pk)
    row = kind.one(access, key)
    if row is None:
        return _error(404, "No existe.")
    if request.method == "DELETE":
        kind.remove(institution=access.institution, row=row, actor=access.user, now=now)
        return HttpResponse(status=204)
    is_part = request.method == "PATCH"
    if is_part:
        said = patched(kind.told(access.institution.slug, row), said, kind.attributes)
    return kind.shown(request, access, kind.keep(access, said, now, row, is_part=is_part))


users, user = _many(_USERS), _one(_USERS)
groups, group = _many(_GROUPS), _one(_GROUPS)
users_found, groups_found, all_found = _search(_USERS), _search(_GROUPS), _search(_USERS, _GROUPS)


@_door
def provider_config(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell what is understood here (RFC 7643, 5)."""
    said: dict[str, Any] = {
        "schemas": [f"{_CORE}:ServiceProviderConfig"],
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
            "location": _address(access.institution.slug, "ServiceProviderConfig"),
        },
    }
    return _read_only(request, said)


def _read_only(request: HttpRequest, said: Any) -> HttpResponse:
    if request.method != "GET":
        return _error(405, "Aquí no.", Allow="GET")
    if request.GET.get("filter"):
        return _error(403, "Aquí no se busca.")
    return _answer(said)


def _all(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemas": [f"{_MESSAGES}:ListResponse"],
        "totalResults": len(found),
        "startIndex": 1,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def _schemas(slug: str) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "schemas": [f"{_CORE}:Schema"],
            **schema,
            "meta": {"resourceType": "Schema", "location": _address(slug, "Schemas", name)},
        }
        for name, schema in schemas().items()
    }


def _types(slug: str) -> dict[str, dict[str, Any]]:
    return {"User": _USERS.described(slug, USER), "Group": _GROUPS.described(slug, GROUP)}


@_door
def all_schemas(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell what is kept of people and groups."""
    return _read_only(request, _all(list(_schemas(access.institution.slug).values())))


@_door
def one_schema(request: HttpRequest, access: Access, now: datetime, name: str) -> HttpResponse:
    """Tell what is kept of one of them."""
    found = _schemas(access.institution.slug).get(name)
    return _read_only(request, found) if found else _error(404, "No existe.")


@_door
def all_types(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
    """Tell that there are people and groups."""
    return _read_only(request, _all(list(_types(access.institution.slug).values())))


@_door
def one_type(request: HttpRequest, access: Access, now: datetime, name: str) -> HttpResponse:
    """Tell of one of them."""
    found = _types(access.institution.slug).get(name)
    return _read_only(request, found) if found else _error(404, "No existe.")


@_door
def nothing(request: HttpRequest, access: Access, now: datetime, rest: str = "") -> HttpResponse:
    """Say that nothing is there."""
    return _error(404, "No existe.")
