# SPDX-License-Identifier: EUPL-1.2
"""What a published table is made of, and under which licence it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass

RESULTS, COMMITMENTS = "results", "commitments"
"""Tables that are no metric of the registry: what indicators said, and how promises were kept."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that others know by its name and its address."""

    code: str
    title: str
    url: str


LICENCES: Mapping[str, Licence] = {
    each.code: each
    for each in (
        Licence(
            "CC-BY-4.0", "Creative Commons Atribución 4.0", "https://creativecommons.org/licenses/by/4.0/"
        ),
        Licence("CC0-1.0", "Dominio público (CC0 1.0)", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence("ODbL-1.0", "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    )
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the file, its type as Frictionless calls it, and what it says in words."""

    name: str
    kind: str
    title: str
    description: str

    def as_json(self) -> dict[str, str]:
        """Return it as a Table Schema writes a field."""
        return {
            "name": self.name,
            "type": self.kind,
            "title": self.title,
            "description": self.description,
        }


FIRST = Field("periodo_desde", "date", "Desde", "Primer día del período.")
LAST = Field("periodo_hasta", "date", "Hasta", "Último día del período.")
HIDDEN = Field(
    "oculto",
    "boolean",
    "Oculto",
    "«true»: son tan pocos casos que no se muestran, o se ocultan para que no se deduzcan otros.",
)
