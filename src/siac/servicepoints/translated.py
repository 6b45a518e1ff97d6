# SPDX-License-Identifier: EUPL-1.2
"""What people read of service points, to be translated into the other languages of a body."""

from collections.abc import Sequence

from siac.organizations.public import Institution, Translatable, TranslatedSort
from siac.servicepoints.queries import service_points

_FIELDS = (
    ("name", "Nombre"),
    ("directions", "Cómo llegar"),
    ("access_note", "Accesibilidad, en palabras"),
    ("hours_note", "Horario, en palabras"),
    ("no_services", "Por qué no da servicios"),
    ("closing_reason", "Por qué cierra"),
)


def _points(institution: Institution) -> Sequence[Translatable]:
    return [
        Translatable(
            pk, row.name, [(code, label, getattr(row, code)) for code, label in _FIELDS if getattr(row, code)]
        )
        for pk, row in service_points(institution).items()
    ]


POINTS = TranslatedSort("service-point", "Punto de atención", _points, 20)
