# SPDX-License-Identifier: EUPL-1.2
"""How an address of the sweep opens, and the groups of roles that it opens for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from siac.accounts.public import Role

R = Role
STAFF = frozenset(Role)
"""Whoever has a role at all."""
HOUSE = STAFF - {R.COUNCIL_MEMBER}
"""Who works in the body."""
WITHOUT_CASES = frozenset(
    {
        R.COMMITTEE_MEMBER, R.ADMINISTRATOR, R.COMMUNICATIONS, R.PEOPLE_MANAGER, R.PLANNING,
        R.INTERNAL_AUDITOR, R.COUNCIL_MEMBER,
    }
)  # fmt: skip
READERS = STAFF - WITHOUT_CASES
"""Roles that see cases at all."""
FILERS = frozenset({R.FRONT_DESK, R.UNIT_OFFICER, R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
ROUTERS = FILERS - {R.FRONT_DESK}
"""Who may route the sample case: the front desk no longer, since a unit has it."""
WORKERS = frozenset({R.UNIT_OFFICER, R.HEAD_OF_UNIT})
EXTENDERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
APPROVERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY})
REMEDIES = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
DECIDERS = REMEDIES | {R.AUTHORITY}
INDICATORS = frozenset(
    {
        R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY, R.COMMITTEE_MEMBER, R.AUDITOR,
        R.COMMUNICATIONS, R.PEOPLE_MANAGER, R.PLANNING, R.INTERNAL_AUDITOR,
    }
)  # fmt: skip
"""Who sees how the body keeps what it promises."""
ADMIN = frozenset({R.ADMINISTRATOR})
TRANSLATORS = frozenset({R.QUALITY_MANAGER, R.ADMINISTRATOR})
CALENDARS = frozenset({R.QUALITY_MANAGER, R.ADMINISTRATOR})
OUTBOX = frozenset({R.QUALITY_MANAGER, R.AUDITOR, R.ADMINISTRATOR})
EXPORTERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUDITOR})
IMPORTERS = frozenset({R.QUALITY_MANAGER, R.ADMINISTRATOR})
KEEPERS = frozenset({R.QUALITY_MANAGER})
"""Who says which indicators are followed."""
REQUESTER = frozenset({R.QUALITY_MANAGER})
"""An export opens only for whoever asked for it."""
EVERYONE = "everyone"
"""Anonymous too: a page of the portal."""

Made = dict[str, Any]
"""What the sweep has made, by the names that samples use."""


@dataclass(frozen=True)
class Sample:
    """How an address opens: its arguments, who gets a page (200, or a redirect
    for `moved`), and with what method.
    """

    who: Any = EVERYONE
    arguments: Callable[[Made], dict[str, Any]] = field(default=lambda objects: {})
    post: bool = False
    moved: bool = False
    """It answers with a redirect: a start page that leads on."""
    data: Mapping[str, str] = field(default_factory=dict)
    """What is posted."""
    query: Callable[[Made], dict[str, Any]] = field(default=lambda objects: {})
    """What stands behind the question mark of its address."""
    by_token: bool = False
    """It opens by a token alone, of which nobody here has one: whoever asks is refused."""


def with_(**names: str) -> Callable[[Made], dict[str, Any]]:
    """Return the arguments of an address, each taken from what was made under a name."""
    return lambda objects: {name: objects[key] for name, key in names.items()}


FOLIO = with_(folio="folio")
