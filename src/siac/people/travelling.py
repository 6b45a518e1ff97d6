# SPDX-License-Identifier: EUPL-1.2
"""How identities go to another installation: sealed again, and found there by blind words of its own key."""

from collections.abc import Mapping
from typing import Any

from siac.infra.travelling import Row, register_sealed, register_sorts
from siac.people import vault
from siac.people.domain.person import TERMS_VERSION, terms
from siac.people.models import Identity, Person


def register_travelling() -> None:
    """Say what of people is sealed, and what is made anew from it."""
    remade = {"tokens": [], "terms_version": TERMS_VERSION}
    register_sealed(Identity, "sealed", vault.PURPOSE, _bound_to, again=_found_by, remade=remade)
    register_sorts({"person": Person})


def _bound_to(row: Row) -> str:
    return f"{row['institution_id']}:{row['person_id']}"


def _found_by(body: Any, row: Row, text: bytes) -> Mapping[str, Any]:
    return {"tokens": vault.tokens(body.pk, terms(vault.read(text))), "terms_version": TERMS_VERSION}
