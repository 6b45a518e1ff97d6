# SPDX-License-Identifier: EUPL-1.2
"""The versions of a kind in words: who saved each, when, and what it changed from what to what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from siac.cases.models import Approver, CaseKind, KindVersion, Nature
from siac.organizations.public import Institution, unit_tree

Words = Mapping[str, Callable[[Any], str]]
"""How a column is worded, for those that are not plain."""
EMPTY = "(vacío)"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a version that differs from the version before."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One version; `who` is empty for the installation, `changes` for the first one kept."""

    number: int
    at: datetime
    who: str
    changes: list[Change]


def kind_history(
    institution: Institution, kind: CaseKind, words: Words, limit: int = 50
) -> list[SavedVersion]:
    """Return the latest versions of a kind, the newest first, worded by `words` where a column needs it.

    One SQL query.
    """
    rows = list(
        KindVersion.objects.filter(kind=kind).select_related("saved_by").order_by("-number")[: limit + 1]
    )
    nodes = unit_tree(institution).nodes
    known: dict[str, Callable[[Any], str]] = {
        "nature": lambda value: Nature(value).label,
        "approver": lambda value: Approver(value).label if value else "",
        "unit_id": lambda value: nodes[value].name if value in nodes else "",
        **words,
    }
    found = [
        SavedVersion(new.number, new.saved_at, _who(new), _changes(old.fields, new.fields, known))
        for new, old in pairwise(rows)
    ]
    if rows and len(rows) <= limit:
        found.append(SavedVersion(rows[-1].number, rows[-1].saved_at, _who(rows[-1]), []))
    return found


def _who(version: KindVersion) -> str:
    return version.saved_by.name if version.saved_by else ""


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], known: Words) -> list[Change]:
    return [
        Change(
            str(field.verbose_name),
            _word(known, field.attname, before.get(field.attname)),
            _word(known, field.attname, after[field.attname]),
        )
        for field in CaseKind._meta.concrete_fields
        if field.attname in after and before.get(field.attname) != after[field.attname]
    ]


def _word(known: Words, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "sí" if value else "no"
    if value is None or value in ("", []):
        return EMPTY
    return (known[name](value) if name in known else str(value)) or EMPTY
