# SPDX-License-Identifier: EUPL-1.2
"""What a file of exchange says, and what is wrong with it, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from siac.integrations.sicres.domain.layout import (
    ANNEX,
    CONTROL,
    DESTINATION,
    FIELDS,
    FORM,
    MESSAGE,
    OPTIONAL,
    ORIGIN,
    PERSON,
    REPEATED,
    SEGMENTS,
    SUBJECT,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a code of `texts.TROUBLES`, and where (a field, a segment, or the name of an annex)."""

    code: str
    where: str = ""
    is_fatal: bool = True
    """False: it is told, and the file is taken all the same."""


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A file that came with an entry; without content where it did not arrive as it was sent."""

    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom an entry names, or who acts for them."""

    document_type: str = ""
    """N NIF, C NIF of a legal person, P passport, E NIE, X other, O code of an office."""
    document_number: str = ""
    company: str = ""
    given_names: str = ""
    family_names: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """The whole name, or that of the company."""
        return self.company or f"{self.given_names} {self.family_names}".strip()


@dataclass(frozen=True)
class Exchange:
    """A registry entry, as another office sends it."""

    values: Mapping[str, Mapping[str, str]]
    """Fields by segment, of those that stand once."""
    people: Sequence[tuple[Party, Party]]
    """Whom it names, each with who acts for them."""
    annexes: Sequence[AnnexFile]
    troubles: Sequence[Trouble]
    parties: Sequence[Mapping[str, str]] = ()
    """The segments of those it names, as they came."""
    annex_fields: Sequence[Mapping[str, str]] = ()
    """The segments of annexes without what is binary, as they came."""

    def field(self, segment: str, name: str) -> str:
        """Return a field, or an empty text."""
        return self.values.get(segment, {}).get(name, "")

    @property
    def identifier(self) -> str:
        """What the exchange is known by, of all offices."""
        return self.field(CONTROL, "Identificador_Intercambio")

    @property
    def is_test(self) -> bool:
        """Whether it was sent to try the exchange."""
        return self.field(CONTROL, "Indicador_Prueba") == "1"

    @property
    def fatal(self) -> list[Trouble]:
        """What keeps it from being taken."""
        return [trouble for trouble in self.troubles if trouble.is_fatal]


@dataclass(frozen=True)
class Message:
    """What another office says of an entry that it was sent."""

    values: Mapping[str, str]
    troubles: Sequence[Trouble]


def moment_of(text: str) -> datetime | None:
    """Return the wall clock that fourteen digits name (AAAAMMDDhhmmss), without zone; None where none."""
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the norm has no zone
    except ValueError:
        return None


def told(value: Mapping[str, Any], contents: Sequence[bytes]) -> Exchange | Message:
    """Return what `parsing.read` found, with what is wrong; it found no `odd`."""
    segments: list[tuple[str, Mapping[str, str]]] = [(name, fields) for name, fields in value["segments"]]
    if value["root"] == MESSAGE:
        fields = segments[0][1]
        return Message(fields, list(_message_troubles(fields)))
    annexes = [
        AnnexFile(each["name"], contents[each["place"]] if each["place"] >= 0 else None)
        for each in value["annexes"]
    ]
    wrong = [Trouble(f"annex_{each['wrong']}", each["name"]) for each in value["annexes"] if each["wrong"]]
    once = {name: fields for name, fields in segments if name not in REPEATED}
    people = [
        (_party(fields, "Interesado"), _party(fields, "Representante"))
        for name, fields in segments
        if name == PERSON
    ]
    parties = [fields for name, fields in segments if name == PERSON]
    files = [fields for name, fields in segments if name == ANNEX]
    return Exchange(once, people, annexes, [*_exchange_troubles(segments), *wrong], parties, files)


def _party(fields: Mapping[str, str], who: str) -> Party:
    def said(name: str) -> str:
        return fields.get(f"{name}_{who}", "")

    family = f"{said('Primer_Apellido')} {said('Segundo_Apellido')}".strip()
    address = ", ".join(part for part in (said("Direccion"), said("Codigo_Postal")) if part)
    return Party(
        said("Tipo_Documento_Identificacion"),
        said("Documento_Identificacion"),
        said("Razon_Social"),
        said("Nombre"),
        family,
        address,
        said("Correo_Electronico"),
        said("Telefono_Contacto"),
    )


def _exchange_troubles(segments: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[Trouble]:
    names = [name for name, _ in segments]
    for segment in SEGMENTS:
        if segment not in names and segment not in OPTIONAL:
            yield Trouble("missing", segment)
        if names.count(segment) > 1 and segment not in REPEATED:
            yield Trouble("repeated", segment)
    for segment, fields in segments:
        yield from _field_troubles(segment, fields)
        if segment == ORIGIN and fields.get("Fecha_Hora_Entrada"):
            yield from _moment_troubles(fields, "Fecha_Hora_Entrada")


def _message_troubles(fields: Mapping[str, str]) -> Iterator[Trouble]:
    yield from _field_troubles(MESSAGE, fields)
    if fields.get("Fecha_Hora_Entrada_Destino"):
        yield from _moment_troubles(fields, "Fecha_Hora_Entrada_Destino")


def _moment_troubles(fields: Mapping[str, str], name: str) -> Iterator[Trouble]:
    if moment_of(fields[name]) is None:
        yield Trouble("moment", name)


def _field_troubles(segment: str, fields: Mapping[str, str]) -> Iterator[Trouble]:
    for name, field in FIELDS[segment].items():
        value = fields.get(name, "")
        if field.longest == 0:
            continue  # the annexes say what is wrong with their own
        if field.needed and not value:
            yield Trouble("missing", name)
        elif value and field.values and value not in field.values:
            yield Trouble("odd", name)
        elif len(value) > field.longest:
            # Types of files as they are today do not fit in what the norm leaves for them.
            yield Trouble("too_long", name, is_fatal=name != "Tipo_MIME")


def request_of(found: Exchange) -> str:
    """Return the text of the request that an entry becomes: what it sets out and asks, and whoever else it
    names; its summary where it says nothing more. Its first person, and who acts for them, are not in it:
    they are kept as people are.
    """
    said = [(name, found.field(FORM, name)) for name in ("Expone", "Solicita")]
    parts = [f"{label}:\n{text}" for label, text in said if text]
    if not parts:
        parts = [found.field(SUBJECT, "Resumen")]
    for place, (person, agent) in enumerate(found.people):
        if place and person.name:
            parts.append(f"También figura como interesado: {person.name}.")
        if agent.name and (place or not is_known(person)):
            parts.append(f"Actúa en representación: {acting(agent)}.")
    if found.field(CONTROL, "Documentacion_Fisica") in ("1", "2"):
        parts.append("Acompaña documentación en papel, que llega aparte.")
    return "\n\n".join(parts)


def is_known(person: Party) -> bool:
    """Return whether an entry says who somebody is."""
    return bool(person.name or person.document_number)


def acting(agent: Party) -> str:
    """Return a line with whoever acts for a person and how to reach them; "" for nobody."""
    reached = [agent.address, agent.email, agent.phone]
    return "; ".join([f"{agent.name} {agent.document_number}".strip(), *(each for each in reached if each)])


def addressed_to(found: Exchange) -> tuple[str, str]:
    """Return the office and the unit (empty: none) to which an entry is sent."""
    return (
        found.field(DESTINATION, "Codigo_Entidad_Registral_Destino"),
        found.field(DESTINATION, "Codigo_Unidad_Tramitacion_Destino"),
    )
