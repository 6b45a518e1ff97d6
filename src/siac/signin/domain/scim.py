# SPDX-License-Identifier: EUPL-1.2
"""What a directory may say of people and groups (SCIM 2.0, RFC 7643 and 7644), read and written down.

What is not among the attributes here is left aside without a fault: directories send more than they are asked
for, and nothing else is to be kept of people.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
MOST_MEMBERS = 20_000
MOST_OPERATIONS = 1000
MOST_EMAILS = 10
LIMIT = 250
READ_ONLY = frozenset({"id", "meta", "schemas", "groups"})
_PATH = re.compile(
    r"^(?P<attr>[A-Za-z$][\w$-]*)(?:\[(?P<filter>[^\]]{1,400})\])?(?:\.(?P<sub>[A-Za-z$][\w$-]*))?$"
)
_FILTER = re.compile(
    r'^\s*(?P<attr>[\w.:$-]{1,120})\s+(?P<op>\w{2})\s+(?P<value>"(?:[^"\\]|\\.)*"|true|false)\s*$', re.I
)


class Bad(Exception):
    """What came cannot be done: `kind` is its `scimType`, the message its `detail`."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


def text_of(value: Any, name: str) -> str:
    """Return a text of one line, at most `LIMIT` signs.

    Raises:
        Bad: it is something else.
    """
    if not isinstance(value, str):
        raise Bad("invalidValue", f"{name}: se espera un texto.")
    if len(value) > LIMIT or any(not sign.isprintable() for sign in value):
        raise Bad("invalidValue", f"{name}: más de {LIMIT} caracteres, o alguno que no se puede leer.")
    return value.strip()


def truth_of(value: Any, name: str) -> bool:
    """Return whether a value is true; some directories write it as a word."""
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise Bad("invalidValue", f"{name}: se espera true o false.")
    return value


def _complex(parts: Mapping[str, Callable[[Any, str], Any]]) -> Callable[[Any, str], dict[str, Any]]:
    def read(value: Any, name: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Bad("invalidValue", f"{name}: se espera un objeto.")
        given = {str(key).lower(): each for key, each in value.items()}
        return {
            part: how(given[part.lower()], f"{name}.{part}")
            for part, how in parts.items()
            if given.get(part.lower()) is not None
        }

    return read


def _many(one: Callable[[Any, str], dict[str, Any]], most: int) -> Callable[[Any, str], list[dict[str, Any]]]:
    def read(value: Any, name: str) -> list[dict[str, Any]]:
        values = value if isinstance(value, list) else [value]
        if len(values) > most:
            raise Bad("tooMany", f"{name}: más de {most}.")
        return [one(each, name) for each in values]

    return read


NAME = {"formatted": text_of, "givenName": text_of, "familyName": text_of}
EMAIL = {"value": text_of, "type": text_of, "primary": truth_of}
MEMBER = {"value": text_of}
Attributes = Mapping[str, Callable[[Any, str], Any]]
USER_ATTRIBUTES: Attributes = {
    "userName": text_of,
    "externalId": text_of,
    "displayName": text_of,
    "active": truth_of,
    "name": _complex(NAME),
    "emails": _many(_complex(EMAIL), MOST_EMAILS),
}
GROUP_ATTRIBUTES: Attributes = {
    "displayName": text_of,
    "externalId": text_of,
    "members": _many(_complex(MEMBER), MOST_MEMBERS),
}
COMPLEX = frozenset({"name"})
MULTIVALUED = frozenset({"emails", "members"})
REQUIRED = {"User": "userName", "Group": "displayName"}


def read_resource(said: Any, attributes: Attributes, required: str) -> dict[str, Any]:
    """Return the attributes that a resource says of itself, checked; those it leaves out are not there.

    Raises:
        Bad: it is no object, lacks what is required, or an attribute cannot be what it says.
    """
    if not isinstance(said, Mapping):
        raise Bad("invalidSyntax", "Se espera un objeto JSON.")
    given = {str(key).lower(): value for key, value in said.items()}
    found = {
        name: read(given[name.lower()], name)
        for name, read in attributes.items()
        if given.get(name.lower()) is not None
    }
    if not found.get(required):
        raise Bad("invalidValue", f"{required}: falta.")
    return found


def read_filter(text: str, allowed: Mapping[str, str]) -> tuple[str, str]:
    """Return (attribute, value) of a filter of the form `attribute eq "value"`; `allowed` maps attributes in
    small letters to what they are called here.

    >>> read_filter('userName eq "ana@muni.cl"', {"username": "userName"})
    ('userName', 'ana@muni.cl')

    Raises:
        Bad: it is another kind of filter.
    """
    found = _FILTER.match(text)
    name = found.group("attr").rpartition(":")[2].lower() if found else ""
    if found is None or found.group("op").lower() != "eq" or name not in allowed:
        raise Bad("invalidFilter", f"Solo se busca por igualdad (eq) de: {', '.join(allowed.values())}.")
    value = _unquoted(found.group("value"))
    if len(value) > LIMIT or not value.isprintable():
        raise Bad(
            "invalidFilter", f"{allowed[name]}: más de {LIMIT} caracteres, o alguno que no se puede leer."
        )
    return allowed[name], value


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value.lower()


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


def account_address(said: Mapping[str, Any]) -> str:
    """Return the e-mail with which a person signs in: what the directory calls them where that is one, else
    their first address of those it gave, its main one before others; empty without any.

    >>> account_address({"userName": "arojas", "emails": [{"value": "Ana@Muni.cl", "primary": True}]})
    'ana@muni.cl'
    """
    emails = sorted(said.get("emails") or [], key=lambda each: not each.get("primary"))
    for text in (said.get("userName", ""), *(each.get("value", "") for each in emails)):
        name, sign, domain = text.rpartition("@")
        if name and sign and "." in domain and not any(each.isspace() for each in text) and "@" not in name:
            return str(text).lower()
    return ""


def full_name(said: Mapping[str, Any]) -> str:
    """Return the name of a person in words, as the directory gives it; at most 150 signs."""
    name = said.get("name") or {}
    parts = " ".join(part for part in (name.get("givenName"), name.get("familyName")) if part)
    return str(said.get("displayName") or name.get("formatted") or parts or said.get("userName", ""))[:150]


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    said = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": name,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    if kind == "string":
        said |= {"caseExact": False, "uniqueness": "none"}
    return {**said, **more}


def schemas() -> dict[str, dict[str, Any]]:
    """Return what is kept of people and groups, as `/Schemas` tells it (RFC 7643, 7)."""
    user = [
        _attribute("userName", required=True, uniqueness="server"),
        _attribute("name", "complex", subAttributes=[_attribute(part) for part in NAME]),
        _attribute("displayName"),
        _attribute("active", "boolean"),
        _attribute(
            "emails",
            "complex",
            multiValued=True,
            subAttributes=[_attribute("value"), _attribute("type"), _attribute("primary", "boolean")],
        ),
        _attribute(
            "groups",
            "complex",
            multiValued=True,
            mutability="readOnly",
            subAttributes=[
                _attribute("value", mutability="readOnly"),
                _attribute("$ref", "reference", mutability="readOnly", referenceTypes=["Group"]),
                _attribute("display", mutability="readOnly"),
            ],
        ),
    ]
    group = [
        _attribute("displayName", required=True, uniqueness="server"),
        _attribute(
            "members",
            "complex",
            multiValued=True,
            subAttributes=[
                _attribute("value", mutability="immutable", caseExact=True),
                _attribute("$ref", "reference", mutability="immutable", referenceTypes=["User"]),
                _attribute("type", mutability="immutable", canonicalValues=["User"]),
            ],
        ),
    ]
    return {
        USER: {"id": USER, "name": "User", "description": "Persona del organismo", "attributes": user},
        GROUP: {"id": GROUP, "name": "Group", "description": "Grupo del directorio", "attributes": group},
    }


def selected(resource: dict[str, Any], attributes: str, excluded: str) -> dict[str, Any]:
    """Return a resource with the attributes that are asked for only (RFC 7644, 3.9)."""
    always = {"schemas", "id"}
    if attributes:
        wanted = {name.strip().rpartition(":")[2].lower() for name in attributes.split(",")}
        tops = {name.partition(".")[0] for name in wanted}
        return {
            key: _parts(value, key, wanted)
            for key, value in resource.items()
            if key in always or key.lower() in tops
        }
    left_out = {name.strip().rpartition(":")[2].lower() for name in excluded.split(",") if name.strip()}
    return {
        key: _without(value, key, left_out)
        for key, value in resource.items()
        if key in always or key.lower() not in left_out
    }


def _parts(value: Any, key: str, wanted: set[str]) -> Any:
    subs = {name.partition(".")[2] for name in wanted if name.partition(".")[0] == key.lower()}
    if not subs or "" in subs:
        return value
    if isinstance(value, list):
        return [{k: v for k, v in each.items() if k.lower() in subs} for each in value]
    return {k: v for k, v in value.items() if k.lower() in subs} if isinstance(value, dict) else value


def _without(value: Any, key: str, left_out: set[str]) -> Any:
    subs = {name.partition(".")[2] for name in left_out if name.partition(".")[0] == key.lower()} - {""}
    if not subs:
        return value
    if isinstance(value, list):
        return [{k: v for k, v in each.items() if k.lower() not in subs} for each in value]
    return {k: v for k, v in value.items() if k.lower() not in subs} if isinstance(value, dict) else value
