# SPDX-License-Identifier: EUPL-1.2
"""Which column of an old register gives which field of a case, and how its values are read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from siac.cases.imports.old_dates import FORMATS, likely_order
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sort of register has: its fields with the usual names of their columns, folded; those it must
    have; days; and those whose words are looked up in the body.
    """

    fields: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    dates: frozenset[str]
    valued: tuple[str, ...]
    defaults: Mapping[str, str] = field(default_factory=dict)
    """What a field is where no column tells it."""


FIELDS: dict[str, tuple[str, ...]] = {
    "original_number": (
        "numero",
        "n",
        "no",
        "nro",
        "num",
        "id",
        "folio",
        "expediente",
        "no expediente",
        "n expediente",
        "nro solicitud",
        "numero de solicitud",
        "numero de expediente",
        "codigo",
        "registro",
        "numero de registro",
        "ticket",
    ),
    "filed_at": (
        "fecha",
        "fecha de ingreso",
        "fecha ingreso",
        "fecha apertura",
        "fecha de apertura",
        "fecha alta",
        "fecha de alta",
        "fecha recepcion",
        "fecha de recepcion",
        "fecha entrada",
        "fecha de entrada",
        "fecha solicitud",
        "ingreso",
        "fecha registro",
        "fecha de presentacion",
        "fecha presentacion",
        "data de entrada",
    ),
    "kind": (
        "tipo",
        "tipo de solicitud",
        "tipo solicitud",
        "tipologia",
        "clase",
        "naturaleza",
        "tipo de reclamo",
    ),
    "topic": ("tema", "materia", "categoria", "servicio", "subtema", "area", "asunto principal", "motivo"),
    "channel": (
        "canal",
        "via",
        "origen",
        "medio",
        "via de ingreso",
        "canal de ingreso",
        "canal de atencion",
        "forma de presentacion",
    ),
    "subject": ("asunto", "titulo", "resumen", "referencia"),
    "body": (
        "descripcion",
        "detalle",
        "texto",
        "relato",
        "mensaje",
        "contenido",
        "observacion",
        "observaciones",
        "solicitud",
        "reclamo",
        "queja",
        "consulta",
        "hechos",
    ),
    "place": (
        "lugar",
        "direccion del hecho",
        "calle",
        "ubicacion",
        "barrio",
        "sector",
        "distrito",
        "comuna",
        "establecimiento",
    ),
    "state": ("estado", "situacion", "etapa", "estado actual"),
    "answered_at": (
        "fecha respuesta",
        "fecha de respuesta",
        "respondida",
        "fecha contestacion",
        "respuesta fecha",
    ),
    "closed_at": (
        "fecha cierre",
        "fecha de cierre",
        "fecha termino",
        "fecha de termino",
        "fecha fin",
        "cierre",
    ),
    "restricted": ("reservada", "reservado", "confidencial"),
    "given_names": (
        "nombre",
        "nombres",
        "nombre solicitante",
        "nombre y apellidos",
        "nombre completo",
        "solicitante",
        "interesado",
    ),
    "family_names": ("apellidos", "apellido", "apellido paterno", "primer apellido"),
    "email": ("correo", "correo electronico", "email", "e mail", "mail"),
    "phone": ("telefono", "celular", "movil", "fono", "telefono de contacto"),
    "address": ("direccion", "domicilio", "direccion postal"),
    "document_type": ("tipo documento", "tipo de documento"),
    "unit": (
        "unidad",
        "departamento",
        "direccion municipal",
        "dependencia",
        "oficina",
        "unidad responsable",
        "gerencia",
    ),
    "officer": (
        "responsable",
        "funcionario",
        "funcionaria",
        "asignada a",
        "asignado a",
        "encargado",
        "encargada",
    ),
    "outcome": ("resultado", "resultado del reclamo", "sentido de la respuesta"),
    "answer": ("respuesta", "texto de la respuesta", "detalle de la respuesta"),
    "document_number": ("rut", "run", "dni", "nif", "documento", "numero de documento", "cedula", "ruc"),
}
"""Fields that can be read from a register, with the usual names of their columns, folded."""
REQUIRED = ("original_number", "filed_at", "kind", "body")
DATES = frozenset({"filed_at", "answered_at", "closed_at"})
VALUED = ("kind", "channel", "topic", "state", "outcome", "unit", "officer", "document_type")
"""Fields whose words are looked up in the body: what is not known there can be given a meaning."""
CASES = Shape(FIELDS, REQUIRED, DATES, VALUED, {"channel": "import"})
_KEYS = frozenset({"column", "columns", "join", "labelled", "format", "values", "default", "value"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How one field is read: its columns (joined), or a fixed `value`; a table
    of values; what a blank becomes.

    `labelled` writes each filled column on a line of its own after its name,
    for registers without a free text.
    """

    columns: tuple[str, ...] = ()
    join: str = " "
    labelled: bool = False
    format: str = "dmy"
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    value: str = ""

    def stored(self) -> dict[str, Any]:
        """Return what is kept of it as JSON."""
        kept: dict[str, Any] = {
            "columns": list(self.columns),
            "join": self.join,
            "labelled": self.labelled,
            "format": self.format,
            "values": dict(self.values),
            "default": self.default,
            "value": self.value,
        }
        return {name: value for name, value in kept.items() if value not in ([], {}, "", False)}


Layout = dict[str, Reading]


def header_key(text: str) -> str:
    """Return a header as it is compared: case, accents, marks and doubled blanks aside."""
    return squeeze("".join(c if c.isalnum() else " " for c in fold(text.replace("º", "").replace("ª", ""))))


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the row that names the columns: the first about as
    full as the rows are, titles passed over.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    wanted = max(2, (usual + 1) // 2)
    return next((place for place, count in enumerate(filled) if count >= wanted), 0)


def with_groups(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the header cells; names that come twice are told apart by the merged
    heading above them: «Fecha (Respuesta)».
    """
    keys = [header_key(cell) for cell in cells]
    named: list[str] = []
    group = ""
    for place, cell in enumerate(cells):
        group = (above[place] if place < len(above) else "").strip() or group
        is_repeated = bool(keys[place]) and keys.count(keys[place]) > 1
        named.append(f"{cell.strip()} ({group})" if is_repeated and group else cell)
    return named


def unused(layout: Layout, headers: Sequence[str]) -> list[str]:
    """Return the columns of a file that no field takes, in their order."""
    used = {header_key(column) for reading in layout.values() for column in reading.columns}
    return [name for name in headers if header_key(name) not in used]


def clean_headers(cells: Sequence[str]) -> list[str]:
    """Return the names of the columns as people see them: blanks squeezed, empty
    ones numbered, repeated ones told apart.

    Raises:
        Refused: no cell holds a letter: there is no header (import_no_header).
    """
    if not any(c.isalpha() for cell in cells for c in cell):
        raise Refused("import_no_header")
    names: list[str] = []
    seen: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        name = squeeze(cell.replace("\x00", ""))[:100] or f"Columna {place}"
        seen[header_key(name)] = again = seen.get(header_key(name), 0) + 1
        names.append(name if again == 1 else f"{name} ({again})")
    return names


def headers_digest(headers: Sequence[str]) -> str:
    """Return the digest by which a file of the same layout is recognised."""
    return hashlib.sha256("\x1f".join(header_key(name) for name in headers).encode()).hexdigest()


def parse_layout(raw: Mapping[str, Any], shape: Shape = CASES) -> Layout:
    """Return the layout written in a mapping file or kept as JSON (its table `fields`), of a register of
    that shape.

    Raises:
        Refused: it names a field, an option or a date order that does not exist, or lacks a compulsory field.
    """
    fields = raw.get("fields")
    if not isinstance(fields, Mapping):
        raise Refused("mapping_without_fields")
    layout = {name: _reading(name, options, shape) for name, options in fields.items()}
    missing = [name for name in shape.required if name not in layout]
    if missing:
        raise Refused("mapping_incomplete", fields=missing)
    return layout


def _reading(name: str, options: Any, shape: Shape) -> Reading:
    if name not in shape.fields:
        raise Refused("mapping_unknown_field", field=name)
    if not isinstance(options, Mapping) or not set(options) <= _KEYS:
        raise Refused("mapping_unknown_option", field=name)
    columns = options.get("columns") or ([options["column"]] if options.get("column") else [])
    order = str(options.get("format", "dmy"))
    if order not in FORMATS:
        raise Refused("mapping_unknown_format", field=name, format=order)
    values = {fold(squeeze(str(key))): str(value) for key, value in dict(options.get("values", {})).items()}
    reading = Reading(
        columns=tuple(str(column) for column in columns),
        join=str(options.get("join", " ")),
        labelled=bool(options.get("labelled", False)),
        format=order,
        values=values,
        default=str(options.get("default", "")),
        value=str(options.get("value", "")),
    )
    if not reading.columns and not reading.value and not reading.default:
        raise Refused("mapping_empty_field", field=name)
    return reading


def store_layout(layout: Layout) -> dict[str, Any]:
    """Return a layout as JSON that `parse_layout` reads back."""
    return {"fields": {name: reading.stored() for name, reading in layout.items()}}


def positions(layout: Layout, headers: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of the columns of each field.

    Raises:
        Refused: the file lacks a column that the layout names (import_column_missing, with all of them).
    """
    places = {header_key(name): place for place, name in reversed(list(enumerate(headers)))}
    missing = [c for reading in layout.values() for c in reading.columns if header_key(c) not in places]
    if missing:
        raise Refused("import_column_missing", columns=missing)
    return {name: [places[header_key(c)] for c in reading.columns] for name, reading in layout.items()}


def suggest(
    headers: Sequence[str], samples: Sequence[Sequence[str]], kind: str = "", shape: Shape = CASES
) -> Layout:
    """Return the fields that the names of the columns give away; `kind` is the
    code taken where no column tells it.

    A column serves one field. Dates get the one order that all samples fit; an
    empty format where two do: it is asked.
    """
    keys = [header_key(name) for name in headers]
    layout: Layout = {}
    used: set[int] = set()
    for exact in (True, False):
        for name, synonyms in shape.fields.items():
            place = None if name in layout else _column(keys, synonyms, used, exact=exact)
            if place is not None:
                used.add(place)
                cells = [row[place] for row in samples if place < len(row)]
                order = likely_order(cells) if name in shape.dates else "dmy"
                layout[name] = Reading(columns=(headers[place],), format=order)
    if "kind" in shape.fields and "kind" not in layout and kind:
        layout["kind"] = Reading(value=kind)
    missing = {name: told for name, told in shape.defaults.items() if name not in layout}
    return layout | {name: Reading(value=told) for name, told in missing.items()}


def _column(keys: Sequence[str], synonyms: Sequence[str], used: set[int], *, exact: bool) -> int | None:
    for synonym in synonyms:
        for place, key in enumerate(keys):
            near = key == synonym if exact else len(synonym) > 4 and key.startswith(synonym)
            if near and place not in used:
                return place
    return None
