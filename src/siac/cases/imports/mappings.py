# SPDX-License-Identifier: EUPL-1.2
"""Which columns give which fields: what a body chose before, what the names of the
columns give away, what the product ships.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from siac.cases.imports.layouts import (
    CASES,
    Layout,
    Shape,
    headers_digest,
    parse_layout,
    store_layout,
    suggest,
)
from siac.cases.models import CASES_REGISTER, SavedMapping
from siac.cases.queries import kinds
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def layout_for(
    institution: Institution,
    headers: list[str],
    samples: list[list[str]],
    *,
    register: str = CASES_REGISTER,
    shape: Shape = CASES,
) -> Layout:
    """Return the layout saved for these columns in a sort of register, else what their names give away
    (possibly incomplete).
    """
    saved = _saved(institution, headers, register).last()
    if saved is not None:
        try:
            return parse_layout(saved.mapping, shape)
        except Refused:
            pass  # saved by an earlier version; the names of the columns are asked again
    active = [kind.code for kind in kinds(institution).values() if kind.is_active]
    found = suggest(headers, samples, active[0] if len(active) == 1 else "", shape)
    said = _said_before(institution, shape)
    return {
        name: replace(reading, values=said.get(name, {})) if reading.columns else reading
        for name, reading in found.items()
    }


def _saved(institution: Institution, headers: list[str], register: str) -> QuerySet[SavedMapping]:
    """Return what was saved for these columns in a sort of register. Lazy: no SQL until it is read."""
    digest = headers_digest(headers)
    return SavedMapping.objects.filter(
        institution=institution, headers_digest=digest, register=register
    ).order_by("pk")


def _said_before(institution: Institution, shape: Shape) -> dict[str, dict[str, str]]:
    """Return what the body said that words mean, in whatever file they came; the latest wins (1 SQL)."""
    said: dict[str, dict[str, str]] = {}
    for mapping in (
        SavedMapping.objects.filter(institution=institution).order_by("pk").values_list("mapping", flat=True)
    ):
        for name, options in mapping.get("fields", {}).items():
            if name in shape.valued:
                said.setdefault(name, {}).update(options.get("values", {}))
    return said


def complete(layout: Layout, shape: Shape = CASES) -> Layout:
    """Return `layout` if every compulsory field is told, and no date can be read in two ways.

    Raises:
        Refused: the fields that lack a column (import_fields_missing), or dates whose order must be told.
    """
    missing = [name for name in shape.fields if name in shape.required and name not in layout]
    if missing:
        raise Refused("import_fields_missing", fields=missing)
    for name in shape.dates & set(layout):
        if layout[name].columns and not layout[name].format:
            raise Refused("import_dates_ambiguous", column=layout[name].columns[0])
    return layout


def mapping_of(layout: Layout, *, updates: bool, without: bool) -> dict[str, Any]:
    """Return a layout and what was chosen besides, as a batch keeps it."""
    chosen = {"updates": updates, "without": without}
    return store_layout(layout) | {name: True for name, is_set in chosen.items() if is_set}


def saved_choices(
    institution: Institution, headers: list[str], *, register: str = CASES_REGISTER
) -> dict[str, bool]:
    """Return what was chosen besides columns for a file of these: `updates` and `without` (1 SQL)."""
    saved = _saved(institution, headers, register).last()
    return {name: bool(saved and saved.mapping.get(name)) for name in ("updates", "without")}


def save_mapping(
    institution: Institution,
    headers: list[str],
    mapping: Mapping[str, Any],
    *,
    name: str,
    register: str = CASES_REGISTER,
) -> None:
    """Keep a mapping for the next file with these columns."""
    if not _saved(institution, headers, register).update(mapping=mapping):
        digest = headers_digest(headers)
        SavedMapping.objects.create(
            institution=institution,
            name=f"{name[:70]} {digest[:12]} {register}",
            register=register,
            headers_digest=digest,
            mapping=mapping,
        )


def read_mapping(name: str) -> dict[str, Any]:
    """Return the mapping of a TOML file, or of a layout that the product ships (`pamplona_quejas`).

    Raises:
        OSError, tomllib.TOMLDecodeError: there is no such file, or it is no TOML.
    """
    path = Path(name)
    if path.is_file():
        return tomllib.loads(path.read_text(encoding="utf-8"))
    shipped = resources.files("siac.cases.mappings") / f"{path.stem}.toml"
    if not shipped.is_file():
        raise FileNotFoundError(name)
    return tomllib.loads(shipped.read_text(encoding="utf-8"))
