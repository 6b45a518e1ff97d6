# SPDX-License-Identifier: EUPL-1.2
"""Guides that come with the product, as files beside this one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from siac.processes.domain.guides import PhasePlan, read_phases


@dataclass(frozen=True, slots=True)
class Shipped:
    """A guide that a body can take with one press."""

    code: str
    title: str
    subject_kind: str
    source: str
    country: str
    """Whose bodies it was written for; empty: all."""
    phases: tuple[PhasePlan, ...]


@cache
def shipped() -> dict[str, Shipped]:
    """Return the guides by code, by title."""
    found = []
    for file in files(__package__).iterdir():
        if file.name.endswith(".toml"):
            kept = tomllib.loads(file.read_text())
            found.append(Shipped(phases=read_phases(kept.pop("phases")), **kept))
    return {each.code: each for each in sorted(found, key=lambda each: each.title)}
