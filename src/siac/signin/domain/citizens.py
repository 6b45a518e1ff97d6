# SPDX-License-Identifier: EUPL-1.2
"""Who a citizen is, as national servers of identity tell it, each in its own words."""

import re
from collections.abc import Mapping
from typing import Any

NAME_LIMIT = 150
_NUMBER_LIMIT = 40
_GIVEN = ("given_name", "first_name", "nombres")
_FAMILY = ("family_name", "last_name", "apellidos")
_OWN_SORT = frozenset({"RUN", "RUT"})
_EIDAS = re.compile(r"([A-Z]{2})/([A-Z]{2})/([^/]+)")


def document_in(said: Mapping[str, Any], claim: str, country: str) -> str:
    """Return the number of the document that stands in a claim; empty where none does, or another sort, or
    that of another country than `country` (ISO 3166).

    It is told as a text, a number, a number with its check digit apart (ClaveÚnica's `RolUnico`), or behind
    the countries that it is of and told to (the person identifier of eIDAS, as Cl@ve has it).

    >>> document_in({"RolUnico": {"numero": 44444444, "DV": "4", "tipo": "RUN"}}, "RolUnico", "CL")
    '444444444'
    >>> document_in({"doc": "ES/ES/12345678Z"}, "doc", "ES"), document_in({"doc": "DE/ES/123"}, "doc", "ES")
    ('12345678Z', '')
    """
    told = said.get(claim)
    if isinstance(told, Mapping):
        if str(told.get("tipo", "RUN")).upper() not in _OWN_SORT:
            return ""
        number, digit = _plain(told.get("numero")), _plain(told.get("DV"))
        return f"{number}{digit}" if number and digit else ""
    number = _plain(told)
    if (crossing := _EIDAS.fullmatch(number)) is not None:
        return crossing.group(3) if crossing.group(1) == country else ""
    return "" if "/" in number else number


def _plain(told: Any) -> str:
    if isinstance(told, bool) or not isinstance(told, (str, int)):
        return ""
    text = str(told).strip() if isinstance(told, str) or abs(told) < 10**_NUMBER_LIMIT else ""
    return text if len(text) <= _NUMBER_LIMIT and text.isprintable() else ""


def names_in(said: Mapping[str, Any]) -> tuple[str, str]:
    """Return given and family names; where a server tells one name only, all of it is the first.

    >>> names_in({"name": {"nombres": ["María", "Carmen"], "apellidos": ["Del Río", "Soto"]}})
    ('María Carmen', 'Del Río Soto')
    >>> names_in({"name": "Ana Soto", "sub": "1"})
    ('Ana Soto', '')
    """
    whole = said.get("name")
    parts = whole if isinstance(whole, Mapping) else said
    given, family = (_first(parts, names) for names in (_GIVEN, _FAMILY))
    return (given, family) if given else (_line(whole), family if not isinstance(whole, str) else "")


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := _line(said.get(name)))), "")


def _line(told: Any) -> str:
    if isinstance(told, list):
        told = " ".join(part for part in told[:20] if isinstance(part, str))
    if not isinstance(told, str):
        return ""
    return "".join(sign for sign in " ".join(told.split()) if sign.isprintable())[:NAME_LIMIT].strip()
