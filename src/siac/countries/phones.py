# SPDX-License-Identifier: EUPL-1.2
"""Telephones of a country."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Phones:
    """How telephones of a country are dialled; what the `phonenumbers` library knows of them is not here."""

    prefix: int
    example: str
    """A mobile number as people of the country write it, without the prefix."""
    invented: str
    """Mobile number of an invented person, with `{:04d}` for a number of four digits."""
    mobiles_begin: str = ""
    """How mobiles begin where the library does not tell them from the rest."""
