# SPDX-License-Identifier: EUPL-1.2
"""Who a person of the directory is here."""

from collections.abc import Mapping
from typing import Any


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
