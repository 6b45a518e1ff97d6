# SPDX-License-Identifier: EUPL-1.2
"""What people read of kinds of request, to be translated into the other languages of a body."""

from collections.abc import Sequence

from siac.cases.models import CaseKind
from siac.cases.queries import portal_kinds
from siac.organizations.public import Institution, Translatable, TranslatedSort


def _kinds(institution: Institution) -> Sequence[Translatable]:
    return [Translatable(kind.pk, kind.name, _texts_of(kind)) for kind in portal_kinds(institution)]


def _texts_of(kind: CaseKind) -> list[tuple[str, str, str]]:
    found = [("name", "Nombre", kind.name), ("need", "Necesidad", kind.need)]
    found += [("hint", "Explicación", kind.hint)]
    for asked in kind.parsed_questions():
        found += [(f"q_{asked.code}", f"Pregunta: {asked.label}", asked.label)]
        found += [(f"q_{asked.code}_hint", f"Explicación: {asked.label}", asked.hint)]
        found += [
            (f"q_{asked.code}_{at}", f"Opción: {option}", option) for at, option in enumerate(asked.options)
        ]
    return [each for each in found if each[2]]


KINDS = TranslatedSort("case-kind", "Tipo de solicitud", _kinds, 30)
