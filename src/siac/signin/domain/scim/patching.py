# SPDX-License-Identifier: EUPL-1.2
"""Changing parts of a resource (RFC 7644, 3.5.2)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from siac.signin.domain.scim.filtering import read_filter
from siac.signin.domain.scim.naming import GROUP, MOST_OPERATIONS, READ_ONLY, USER, Bad
from siac.signin.domain.scim.reading import COMPLEX, EMAIL, MULTIVALUED, Attributes

_PATH = re.compile(
    r"^(?P<attr>[A-Za-z$][\w$-]*)(?:\[(?P<filter>[^\]]{1,400})\])?(?:\.(?P<sub>[A-Za-z$][\w$-]*))?$"
)


def patched(resource: Mapping[str, Any], said: Any, attributes: Attributes) -> dict[str, Any]:
    """Return a resource after the operations of a PATCH (RFC 7644, 3.5.2), all or none.

    Raises:
        Bad: an operation is none, or its path or value cannot be.
    """
    given = {str(key).lower(): value for key, value in said.items()} if isinstance(said, Mapping) else {}
    operations = given.get("operations")
    if not isinstance(operations, list) or not 0 < len(operations) <= MOST_OPERATIONS:
        raise Bad("invalidSyntax", "Faltan las operaciones, o son demasiadas.")
    changed = dict(resource)
    for operation in operations:
        if not isinstance(operation, Mapping):
            raise Bad("invalidSyntax", "Una operación no es un objeto.")
        one = {str(key).lower(): value for key, value in operation.items()}
        op = str(one.get("op", "")).lower()
        if op not in {"add", "replace", "remove"}:
            raise Bad("invalidSyntax", "op: add, replace o remove.")
        path = one.get("path")
        if path is None:
            _merge(changed, op, one.get("value"), attributes)
        else:
            _apply(changed, op, str(path), one.get("value"), attributes)
    return changed


def _merge(changed: dict[str, Any], op: str, value: Any, attributes: Attributes) -> None:
    if op == "remove":
        raise Bad("noTarget", "Para quitar hace falta un path.")
    if not isinstance(value, Mapping):
        raise Bad("invalidValue", "Sin path, el valor es un objeto.")
    for name, each in value.items():
        if str(name).rpartition(":")[2].lower() not in READ_ONLY:
            _apply(changed, op, str(name), each, attributes)


def _apply(changed: dict[str, Any], op: str, path: str, value: Any, attributes: Attributes) -> None:
    found = _PATH.match(_bare(path))
    if found is None:
        raise Bad("invalidPath", "El path no se entiende.")
    if found.group("attr").lower() in READ_ONLY:
        raise Bad("mutability", f"{found.group('attr')} no se cambia.")
    name = next((known for known in attributes if known.lower() == found.group("attr").lower()), None)
    if name is None:
        return  # nothing that is kept here
    if name in MULTIVALUED:
        _apply_to_many(changed, op, name, found.group("filter"), found.group("sub"), value, attributes[name])
    elif found.group("filter"):
        raise Bad("invalidPath", f"{name} no tiene varios valores.")
    else:
        _apply_to_one(changed, op, name, found.group("sub"), value, attributes[name])


def _apply_to_one(
    changed: dict[str, Any], op: str, name: str, part: str | None, value: Any, read: Callable[[Any, str], Any]
) -> None:
    if part and name not in COMPLEX:
        raise Bad("invalidPath", f"{name} no tiene partes.")
    if part:
        whole = {key: each for key, each in (changed.get(name) or {}).items() if key.lower() != part.lower()}
        if op != "remove" and value is not None:
            whole |= read({part: value}, name)
        changed[name] = whole
    elif op == "remove" or value is None:
        changed.pop(name, None)
    elif op == "add" and isinstance(changed.get(name), dict):
        changed[name] = {**changed[name], **read(value, name)}
    else:
        changed[name] = read(value, name)


def _bare(path: str) -> str:
    """Return a path without the name of its schema."""
    for schema in (USER, GROUP):
        if path.lower().startswith(f"{schema.lower()}:"):
            return path[len(schema) + 1 :]
    return path


def _apply_to_many(
    changed: dict[str, Any],
    op: str,
    name: str,
    condition: str | None,
    part: str | None,
    value: Any,
    read: Callable[[Any, str], Any],
) -> None:
    before: list[dict[str, Any]] = list(changed.get(name) or [])
    if condition is None:
        if part is not None:
            raise Bad("invalidPath", f"{name}.{part}: diga de cuál.")
        if op == "replace":
            changed[name] = read(value, name) if value is not None else []
        elif op == "add":
            more = read(value, name)
            added = {each.get("value") for each in more}
            changed[name] = [*(each for each in before if each.get("value") not in added), *more]
        else:  # some directories name in the value whom they take out
            gone = {each.get("value") for each in read(value, name)} if value else None
            changed[name] = [] if gone is None else [each for each in before if each.get("value") not in gone]
        return
    key, wanted = read_filter(condition, {each.lower(): each for each in (*EMAIL, "display")})
    fits = [str(each.get(key, "")).lower() == wanted.lower() for each in before]
    if op == "remove" and part is None:
        changed[name] = [each for each, is_it in zip(before, fits, strict=True) if not is_it]
        return
    more = {} if op == "remove" else _first(read({part: value} if part else value, name), name)
    if not any(fits):
        if op == "remove":
            raise Bad("noTarget", f"{name}: no hay ninguno así.")
        changed[name] = [*before, {**read({key: wanted}, name)[0], **more}]
        return
    changed[name] = [
        {**{k: v for k, v in each.items() if op != "remove" or k != part}, **more} if is_it else each
        for each, is_it in zip(before, fits, strict=True)
    ]


def _first(said: list[dict[str, Any]], name: str) -> dict[str, Any]:
    if not said:
        raise Bad("invalidValue", f"{name}: falta el valor.")
    return said[0]
