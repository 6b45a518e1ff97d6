# SPDX-License-Identifier: EUPL-1.2
"""People and groups: what tells them, finds them and changes them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from siac.organizations.public import Access
from siac.signin.commands.directory import (
    remove_directory_group,
    remove_directory_user,
    save_directory_group,
    save_directory_user,
)
from siac.signin.domain.scim import (
    GROUP,
    GROUP_ATTRIBUTES,
    REQUIRED,
    USER,
    USER_ATTRIBUTES,
    Attributes,
    read_filter,
    read_resource,
    selected,
)
from siac.signin.models import DirectoryGroup, DirectoryUser
from siac.signin.queries import directory_users
from siac.signin.scim.answers import CORE, address, answer


def _meta(slug: str, kind: str, row: DirectoryUser | DirectoryGroup) -> dict[str, str]:
    return {
        "resourceType": kind,
        "created": row.created_at.isoformat(),
        "lastModified": row.changed_at.isoformat(),
        "location": address(slug, f"{kind}s", row.key),
    }


def _user(slug: str, row: DirectoryUser) -> dict[str, Any]:
    groups = [
        {"value": str(each.key), "display": each.name, "$ref": address(slug, "Groups", each.key)}
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
        {"value": str(each.key), "$ref": address(slug, "Users", each.key), "type": "User"}
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


class Kind:
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
        return answer(self.told_of(request.GET, access, row), status, Location=place)

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
            "schemas": [f"{CORE}:ResourceType"],
            "id": self.name,
            "name": self.name,
            "endpoint": f"/{self.name}s",
            "schema": schema,
            "meta": {
                "resourceType": "ResourceType",
                "location": address(slug, "ResourceTypes", self.name),
            },
        }


USERS = Kind(
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
GROUPS = Kind(
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
