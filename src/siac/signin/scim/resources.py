# SPDX-License-Identifier: EUPL-1.2
"""The pages of people and groups."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from siac.organizations.public import Access, lock_institution
from siac.signin.domain.scim import Bad, patched
from siac.signin.scim.answers import MESSAGES, answer, error
from siac.signin.scim.door import door, sent
from siac.signin.scim.kinds import GROUPS, USERS, Kind

PAGE = 100
MOST = 200
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def _number(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Bad("invalidValue", f"{name}: se espera un número.")
    return int(text)


def _many(kind: Kind) -> Callable[..., HttpResponse]:
    @door
    def resources(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
        """List the resources, or take a new one."""
        if request.method == "GET":
            return _page((kind,), request.GET, access)
        if request.method == "POST":
            return kind.shown(request, access, kind.keep(access, sent(request), now), 201)
        return error(405, "Aquí no.", Allow="GET, POST")

    return resources


def _page(kinds: Sequence[Kind], asked: Mapping[str, str], access: Access) -> HttpResponse:
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
        "schemas": [f"{MESSAGES}:ListResponse"],
        "totalResults": total,
        "startIndex": first,
        "itemsPerPage": len(found),
        "Resources": found,
    }
    return answer(said)


def _search(*kinds: Kind) -> Callable[..., HttpResponse]:
    @door
    def found(request: HttpRequest, access: Access, now: datetime) -> HttpResponse:
        """List the resources as a message asks (RFC 7644, 3.4.3)."""
        if request.method != "POST":
            return error(405, "Aquí no.", Allow="POST")
        said = sent(request)
        if not isinstance(said, dict):
            raise Bad("invalidSyntax", "Se espera un objeto JSON.")
        return _page(kinds, {name: _as_text(value) for name, value in said.items()}, access)

    return found


def _as_text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _one(kind: Kind) -> Callable[..., HttpResponse]:
    @door
    def resource(request: HttpRequest, access: Access, now: datetime, key: UUID) -> HttpResponse:
        """Show a resource, put another in its place, change parts of it, or forget it."""
        if request.method not in {"GET", "PUT", "PATCH", "DELETE"}:
            return error(405, "Aquí no.", Allow="GET, PUT, PATCH, DELETE")
        if request.method != "GET":
            return _changed(kind, request, access, now, key)
        row = kind.one(access, key)
        return kind.shown(request, access, row) if row is not None else error(404, "No existe.")

    return resource


@transaction.atomic
def _changed(kind: Kind, request: HttpRequest, access: Access, now: datetime, key: UUID) -> HttpResponse:
    """Change a resource as it is once nobody else changes it: two who change parts at once lose nothing."""
    said = sent(request) if request.method != "DELETE" else None
    lock_institution(access.institution.pk)
    row = kind.one(access, key)
    if row is None:
        return error(404, "No existe.")
    if request.method == "DELETE":
        kind.remove(institution=access.institution, row=row, actor=access.user, now=now)
        return HttpResponse(status=204)
    is_part = request.method == "PATCH"
    if is_part:
        said = patched(kind.told(access.institution.slug, row), said, kind.attributes)
    return kind.shown(request, access, kind.keep(access, said, now, row, is_part=is_part))


users, user = _many(USERS), _one(USERS)
groups, group = _many(GROUPS), _one(GROUPS)
users_found, groups_found, all_found = _search(USERS), _search(GROUPS), _search(USERS, GROUPS)


@door
def nothing(request: HttpRequest, access: Access, now: datetime, rest: str = "") -> HttpResponse:
    """Say that nothing is there."""
    return error(404, "No existe.")
