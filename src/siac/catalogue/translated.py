# SPDX-License-Identifier: EUPL-1.2
"""What people read of services and topics, to be translated into the other languages of a body."""

from collections.abc import Sequence

from siac.catalogue.models import Service
from siac.catalogue.queries import service_sheet, services, topics
from siac.organizations.public import Institution, Translatable, TranslatedSort


def _services(institution: Institution) -> Sequence[Translatable]:
    found = []
    for pk, row in services(institution).items():
        if row.is_active:
            row.institution = institution
            found.append(Translatable(pk, row.name, _texts_of(row)))
    return found


def _texts_of(row: Service) -> list[tuple[str, str, str]]:
    sheet = service_sheet(row)
    found = [("name", "Nombre", sheet.name), ("summary", "Qué es", sheet.summary)]
    found += [("entitled", "Quién puede", sheet.entitled)]
    for code, label, lines in (
        ("requirement", "Qué se necesita", sheet.requirements),
        ("step", "Paso", sheet.steps),
        ("channel", "Por dónde se pide", sheet.channels),
    ):
        found += [(f"{code}_{at}", f"{label} {at}", text) for at, text in enumerate(lines, start=1)]
    found += [("time", "Plazo", sheet.time), ("cost", "Costo", sheet.cost)]
    for at, each in enumerate(sheet.questions, start=1):
        found += [(f"question_{at}", f"Pregunta {at}", each.question)]
        found += [(f"answer_{at}", f"Respuesta {at}", each.answer)]
    return [(code, label, text.strip()) for code, label, text in found if text and text.strip()]


def _topics(institution: Institution) -> Sequence[Translatable]:
    return [
        Translatable(pk, row.name, [("name", "Nombre", row.name)])
        for pk, row in topics(institution).items()
        if row.is_active
    ]


TRANSLATED = (
    TranslatedSort("catalogue-service", "Servicio", _services, 10),
    TranslatedSort("catalogue-topic", "Tema", _topics, 40),
)
