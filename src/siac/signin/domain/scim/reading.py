# SPDX-License-Identifier: EUPL-1.2
"""The attributes that are kept of people and groups, and how each is read."""

from collections.abc import Callable, Mapping
from typing import Any

from siac.signin.domain.scim.naming import LIMIT, MOST_EMAILS, MOST_MEMBERS, Bad


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
