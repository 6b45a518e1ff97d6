# SPDX-License-Identifier: EUPL-1.2
"""Roles of the people of the house, and rights: what a role may do.

The roles mirror the actors of a quality policy (mission row I4). A role is held in a body or in one unit of
it. Each context has its own rights, in its `domain/rights.py`, and says which roles hold them. Anything that
no context names is denied.
"""

from enum import StrEnum
from typing import Self


class Role(StrEnum):
    FRONT_DESK = "front_desk"
    UNIT_OFFICER = "unit_officer"
    HEAD_OF_UNIT = "head_of_unit"
    QUALITY_MANAGER = "quality_manager"
    AUTHORITY = "authority"
    COMMITTEE_MEMBER = "committee_member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    COMMUNICATIONS = "communications"
    PEOPLE_MANAGER = "people_manager"
    PLANNING = "planning"
    INTERNAL_AUDITOR = "internal_auditor"
    COUNCIL_MEMBER = "council_member"
    """Somebody from outside with a seat in a council: opens its sessions, and reads charters."""


INSIDE = tuple(role for role in Role if role is not Role.COUNCIL_MEMBER)
"""The roles of who works in the body."""


class Right(StrEnum):
    """One verb on one thing, and the roles that hold it; checked with an `Access`, never with names of roles.

    A context declares its own: `class CaseRight(Right): FILE = "case.file", Role.FRONT_DESK, …`.
    """

    held_by: frozenset[Role]

    def __new__(cls, code: str, *roles: Role) -> Self:
        """Make the member of that code, held by `roles`."""
        right = str.__new__(cls, code)
        right._value_ = code
        right.held_by = frozenset(roles)
        return right


_HELD: dict[Role, frozenset[Right]] = {role: frozenset() for role in Role}


def register_rights(rights: type[Right]) -> None:
    """Let roles hold the rights of a context; called once, when the context is ready."""
    for role in Role:
        _HELD[role] |= {right for right in rights if role in right.held_by}


def rights_of(role: str) -> frozenset[Right]:
    """Return everything a role may do, of all contexts."""
    return _HELD[Role(role)]
