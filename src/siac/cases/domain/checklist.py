# SPDX-License-Identifier: EUPL-1.2
"""What must be checked on every case of a kind, kept as data of the kind."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.kernel.errors import Refused

ITEMS = 20
LABEL_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to check; `required`: no answer goes out before it is ticked."""

    code: str
    label: str
    required: bool


def parse_checklist(rows: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Read the stored checklist of a kind: {code, label, required}.

    Raises:
        Refused: an item has no code or label, is too long, stands twice, or
            there are too many (bad_checklist).
    """
    items = tuple(
        Item(str(row.get("code", "")), str(row.get("label", "")), row.get("required") is True) for row in rows
    )
    codes = {item.code for item in items}
    if len(items) > ITEMS or len(codes) < len(items):
        raise Refused("bad_checklist", limit=ITEMS)
    if any(not item.code or not item.label or len(item.label) > LABEL_LIMIT for item in items):
        raise Refused("bad_checklist", limit=ITEMS)
    return items


def owed(items: Sequence[Item], ticked: Container[str]) -> list[str]:
    """Return the labels of what must be checked before an answer and is not."""
    return [item.label for item in items if item.required and item.code not in ticked]
