# SPDX-License-Identifier: EUPL-1.2
"""Writing files of exchange and messages: fields in the order of the norm, none longer than it allows."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree as Xml

from siac.integrations.sicres.domain.layout import (
    ANNEX,
    CONTROL,
    DESTINATION,
    EXCHANGE,
    FIELDS,
    FORM,
    MESSAGE,
    ORIGIN,
    PERSON,
    SUBJECT,
)

MIME_LONGEST = 20
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Values = Mapping[str, str]


def exchange_xml(
    *,
    origin: Values,
    destination: Values,
    people: Sequence[Values],
    subject: Values,
    annexes: Sequence[Values],
    control: Values,
    form: Values,
) -> bytes:
    """Return a file of exchange, in UTF-8. Fields are those of the norm; empty ones that need not be there
    are left out, texts that are too long are cut.
    """
    top = Xml.Element(EXCHANGE)
    _segment(top, ORIGIN, origin)
    _segment(top, DESTINATION, destination)
    for person in people:
        _segment(top, PERSON, person)
    _segment(top, SUBJECT, subject)
    for annex in annexes:
        _segment(top, ANNEX, annex)
    _segment(top, CONTROL, control)
    _segment(top, FORM, form, every=True)
    return _written(top)


def message_xml(values: Values) -> bytes:
    """Return a message, in UTF-8."""
    top = Xml.Element(MESSAGE)
    _fields(top, MESSAGE, values)
    return _written(top)


def annex_values(*, name: str, identifier: str, place: int, media_type: str, content: bytes) -> Values:
    """Return the segment of a file: its content and its SHA-256, both in base64. `place` counts from 1."""
    stem, dot, ending = name.rpartition(".")
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:5] if dot else ""
    longest = 80 - (len(ending) + 1 if ending else 0)
    return {
        "Nombre_Fichero_Anexado": f"{stem[:longest]}.{ending}" if ending else name[:80],
        "Identificador_Fichero": f"{identifier}_01_{place:04d}{'.' if ending else ''}{ending}",
        "Tipo_Documento": "02",  # goes with the form
        "Hash": base64.b64encode(hashlib.sha256(content).digest()).decode(),
        "Tipo_MIME": media_type if len(media_type) <= MIME_LONGEST else "",
        "Anexo": base64.b64encode(content).decode(),
    }


def half_seconds(now: datetime, since: datetime) -> int:
    """Return how many half seconds went by: 63,244,800 in the longest year, which eight digits hold."""
    return int((now.timestamp() - since.timestamp()) * 2)


def identifier_of(office: str, year: int, number: int) -> str:
    """Return what an exchange is known by: the office that begins it, two digits of the year, eight of its
    number in it.
    """
    return f"{office}_{year % 100:02d}_{number:08d}"


def surnames(family_names: str) -> tuple[str, str]:
    """Return the first surname and the rest: «García López» in two, one with particles not torn apart."""
    parts = family_names.split()
    if len(parts) == 2:
        return parts[0], parts[1]
    if len(family_names) <= 30:
        return family_names, ""
    cut = family_names.rfind(" ", 0, 31)
    cut = cut if cut > 0 else 30
    return family_names[:cut].strip(), family_names[cut:].strip()


def _segment(top: Xml.Element, name: str, values: Values, *, every: bool = False) -> None:
    _fields(Xml.SubElement(top, name), name, values, every=every)


def _fields(node: Xml.Element, segment: str, values: Values, *, every: bool = False) -> None:
    odd = set(values) - set(FIELDS[segment])
    if odd:
        raise ValueError(f"no fields of {segment}: {sorted(odd)}")
    for name, field in FIELDS[segment].items():
        text = _NO_XML.sub("", values.get(name, ""))
        if text or field.needed or every:
            Xml.SubElement(node, name).text = text[: field.longest] if field.longest else text


def _written(top: Xml.Element) -> bytes:
    written: bytes = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return written
