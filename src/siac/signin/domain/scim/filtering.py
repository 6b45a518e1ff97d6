# SPDX-License-Identifier: EUPL-1.2
"""Filters by which a directory looks for somebody."""

import re
from collections.abc import Mapping

from siac.signin.domain.scim.naming import LIMIT, Bad

_FILTER = re.compile(
    r'^\s*(?P<attr>[\w.:$-]{1,120})\s+(?P<op>\w{2})\s+(?P<value>"(?:[^"\\]|\\.)*"|true|false)\s*$', re.I
)


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
