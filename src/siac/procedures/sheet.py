# SPDX-License-Identifier: EUPL-1.2
"""The body's own record of its procedures, brought in by the wizard of registers: a row for each year, or
columns that repeat by year.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.urls import reverse

from siac.cases.public import (
    VALUE_LIMIT,
    BadRow,
    BlockReader,
    FieldReader,
    ImportBatch,
    Options,
    Problem,
    Register,
    Shape,
    close_load,
    layout_of,
    one_load_at_a_time,
    positions,
)
from siac.infra.longwork import Step, TimeSource, tell
from siac.infra.rows import held
from siac.infra.tables.reading import Row
from siac.journal.public import NewEntry, record_many
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.organizations.public import Access, Institution, StaffRight
from siac.procedures.domain import is_blank, key_of, number, time_unit, unfolded
from siac.procedures.models import ProcedureRecord, Reason, TimeUnitLabel
from siac.procedures.texts import NAMES, RECORDED

SHAPE = Shape(
    fields={
        "procedure": (
            "tramite", "nombre", "nombre del tramite", "servicio", "producto", "procedimiento",
            "nombre del tramite y o servicio relevante",
        ),
        "reason": ("razon", "justificacion", "justificacion de la seleccion del tramite y o servicio"),
        "begins_with": ("hito de inicio", "inicio", "hito inicial"),
        "ends_with": ("hito final", "hito de termino", "termino", "fin"),
        "promised": (
            "tiempo comprometido", "plazo", "plazo comprometido", "tiempo esperado",
            "tiempo esperado para la gestion del servicio relevante",
        ),
        "time_unit": (
            "unidad de tiempo", "unidad", "medida", "periodo de tiempo",
            "periodo de tiempo dias habiles dias corridos horas minutos",
        ),
        "year": ("año", "ano", "periodo"),
        "handled": (
            "gestionados", "total", "gestionados en el año", "n transacciones gestionadas en el ano",
        ),
        "beyond": (
            "fuera de plazo", "en mas tiempo", "n transacciones gestionadas en un plazo mayor al esperado",
        ),
        "mean": ("promedio", "media"),
        "median": ("mediana",),
        "least": ("minimo", "min"),
        "greatest": ("maximo", "max"),
        "organism": ("codigo interno scseu", "institucion", "nombre institucion", "organismo"),
    },
    required=("procedure", "year", "time_unit", "handled"),
    dates=frozenset(),
    valued=("time_unit",),
)  # fmt: skip
_AMOUNTS = ("handled", "beyond", "promised", "mean", "median", "least", "greatest")
_WHOLE = frozenset({"handled", "beyond", "promised"})
_TIMES = ("mean", "median", "least", "greatest")
_LARGEST = 2_000_000_000
_KEPT = (
    "name", "reason", "begins_with", "ends_with", "promised", "time_unit", "handled", "beyond", *_TIMES,
)  # fmt: skip
_AT_ONCE = 1000
_REASONS = {"masividad": Reason.VOLUME, "asociado": Reason.OBJECTIVE, "objetivo": Reason.OBJECTIVE}


@dataclass(slots=True)
class ReadRecord:
    """A row that may come in; `values` by column of `ProcedureRecord`."""

    line: int
    key: str
    year: int
    values: dict[str, Any]
    without: list[Problem] = field(default_factory=list)
    topic: str = ""
    topic_key: str = ""

    @property
    def original_number(self) -> str:
        """The procedure and its year."""
        return f"{self.key}:{self.year}"


class _Fields(FieldReader):
    numbered = ()

    def text(self, name: str, cells: Sequence[str]) -> str:
        """Return what a field says on one line; nothing where it says «-» or the like."""
        text = squeeze(self._text(name, cells))
        return "" if is_blank(text) else text

    def problems(self, cells: Sequence[str]) -> list[Problem]:
        """Return what a program lost of a row before the file was saved."""
        return self._check_signs(cells)


class RecordReader(BlockReader[ReadRecord]):
    """Reads a record of procedures into one body; rows of another body stay out.

    Raises (when made):
        Refused: no header, or a column is missing.
    """

    def __init__(self, batch: ImportBatch, rows: Iterator[Row], now: datetime) -> None:
        super().__init__(batch.institution, layout_of(batch), rows, now=now)
        places = positions(self.layout, self.headers)
        self._fields = _Fields(self.layout, places, self.headers, self.institution.zone)
        body = self.institution
        self._own = {fold(squeeze(word)) for word in (body.official_code, body.name, body.short_name) if word}

    def _read(self, row: Row) -> ReadRecord | BadRow:
        problems = self._fields.problems(row.cells)
        without: list[Problem] = []
        said = {name: self._fields.text(name, row.cells) for name in SHAPE.fields}
        if said["organism"] and fold(said["organism"]) not in self._own:
            return BadRow(
                row.line, row.cells, [Problem("row_other_body", {"value": said["organism"][:VALUE_LIMIT]})]
            )
        if not said["procedure"]:
            problems.append(Problem("row_no_procedure"))
        is_year = len(said["year"]) == 4 and said["year"].isascii() and said["year"].isdigit()
        year = int(said["year"]) if is_year else 0
        if not 1990 <= year <= self.institution.local_date(self.now).year:
            problems.append(Problem("row_bad_year", {"value": said["year"][:40]}))
        unit = time_unit(said["time_unit"])
        if unit is None:
            problems.append(Problem("row_unknown_time_unit", {"value": said["time_unit"][:VALUE_LIMIT]}))
        amounts = self._amounts(said, problems, without)
        read = ReadRecord(row.line, key_of(said["procedure"]), year, {}, without)
        self._check_seen(read.original_number, row.line, problems)
        if problems or unit is None:
            return BadRow(row.line, row.cells, problems)
        read.values = {
            "name": said["procedure"][:300],
            "reason": _reason(said["reason"]),
            "begins_with": said["begins_with"][:600],
            "ends_with": said["ends_with"][:600],
            "time_unit": unit.value,
            **amounts,
        }
        return read

    def _amounts(
        self, said: Mapping[str, str], problems: list[Problem], without: list[Problem]
    ) -> dict[str, Decimal | int | None]:
        found: dict[str, Any] = {}
        for name in _AMOUNTS:
            value = number(said[name])
            is_odd = said[name] and (value is None or value > _LARGEST or (name in _WHOLE and value % 1))
            if is_odd:
                problems.append(Problem("row_bad_amount", {"value": said[name][:40], "field": NAMES[name]}))
            found[name] = None if value is None or is_odd else int(value) if name in _WHOLE else _cents(value)
        if found["handled"] is None and not said["handled"]:
            problems.append(Problem("row_no_handled"))
        handled, beyond = found["handled"] or 0, found["beyond"] or 0
        if beyond > handled:
            values = {"beyond": str(beyond), "handled": str(handled)}
            problems.append(Problem("row_beyond_handled", values))
        if found["promised"] == 0:
            # Nothing takes no time at all: nobody promised anything.
            without.append(Problem("row_zero_promise"))
            found["promised"] = None
        if not handled:
            found |= dict.fromkeys(_TIMES)  # of nothing there is no time
        return found


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _reason(text: str) -> str:
    word = fold(text)
    found = next((reason for begins, reason in _REASONS.items() if word.startswith(begins)), None)
    return found.value if found else (Reason.OTHER.value if word else "")


def _arranged(rows: Iterator[Row]) -> Iterator[Row]:
    """Give columns that repeat by year as rows; their lines count what is read, not what the file has."""
    header = next(rows, None)
    if header is None:
        return
    table = unfolded(header.cells, (row.cells for row in rows))
    yield from (Row(line, cells) for line, cells in enumerate(table, start=header.line))


def known_numbers(institution_id: int, numbers: Sequence[str]) -> set[str]:
    """Return which procedures and years the body has already (1 SQL)."""
    keys = {each.partition(":")[0] for each in numbers}
    rows = ProcedureRecord.objects.filter(institution_id=institution_id, key__in=keys)
    return {f"{key}:{year}" for key, year in rows.values_list("key", "year")} & set(numbers)


def loading(
    batch: ImportBatch, clock: TimeSource, rows: Iterator[Row]
) -> Generator[Step[ImportBatch], Any, None]:
    """Load a record, all of it or nothing. What is there already is left out, or brought up to date where
    that was asked for (`batch.updates`).
    """
    tell(batch, clock(), done=0)
    good: list[ReadRecord] = []
    done = 0
    for block in RecordReader(batch, rows, clock()).blocks():
        good += [row for row in block if isinstance(row, ReadRecord)]
        done += len(block)
        tell(batch, clock(), done=done)
    rejected = done - len(good)
    if rejected and not batch.skip_rejected:
        raise Refused("import_has_rejected", count=rejected)
    yield partial(_write, good=good, rejected=rejected)


def _write(batch: ImportBatch, now: datetime, *, good: list[ReadRecord], rejected: int) -> None:
    one_load_at_a_time(batch)
    loaded = updated = 0
    for first in range(0, len(good), _AT_ONCE):
        made, changed = _write_some(batch, good[first : first + _AT_ONCE], now=now)
        loaded, updated = loaded + made, updated + changed
    close_load(batch, read=len(good), loaded=loaded, updated=updated, rejected=rejected, now=now)


def _write_some(batch: ImportBatch, rows: Sequence[ReadRecord], *, now: datetime) -> tuple[int, int]:
    """Write some rows and what the journal says of them; return how many are new and how many changed (at
    most 7 SQL).
    """
    institution = batch.institution
    there = ProcedureRecord.objects.select_for_update(no_key=True).filter(
        institution=institution, key__in=[row.key for row in rows]
    )
    known = {(row.key, row.year): row for row in there.order_by("pk")}
    made = [
        ProcedureRecord(institution=institution, key=row.key, year=row.year, **row.values)
        for row in rows
        if (row.key, row.year) not in known
    ]
    later = [row for row in rows if (row.key, row.year) in known] if batch.updates else []
    changed = [old for row in later if _takes(old := known[row.key, row.year], row)]
    for each in (*made, *changed):
        each.batch, each.loaded_at = batch, now
    ProcedureRecord.objects.bulk_create(made)
    if changed:
        ProcedureRecord.objects.bulk_update(changed, [*_KEPT, "batch", "loaded_at"])
    for written, is_new in ((made, True), (changed, False)):
        entries = [NewEntry(row.stream, RECORDED, _data(row), batch.created_by_id) for row in written]
        if entries:
            record_many(institution.pk, entries, now, new_streams=is_new)
    return len(made), len(changed)


def _takes(old: ProcedureRecord, row: ReadRecord) -> bool:
    """Let a record say what a later row says; return whether that is something else."""
    before = held(old, _KEPT)
    for name, value in row.values.items():
        setattr(old, name, value)
    return held(old, _KEPT) != before


def _data(row: ProcedureRecord) -> dict[str, Any]:
    """Return what the journal keeps of a record: its numbers, as text where they have decimals."""
    numbers = {name: getattr(row, name) for name in _AMOUNTS}
    told = {name: str(value) if isinstance(value, Decimal) else value for name, value in numbers.items()}
    return {"year": row.year, "unit": row.time_unit, "batch": row.batch_id, **told}


def _meanings(institution: Institution) -> Mapping[str, Options]:
    return {"time_unit": [(code, str(label)) for code, label in TimeUnitLabel.choices]}


def _cells(row: ReadRecord) -> Sequence[str]:
    values = row.values
    unit, promised = TimeUnitLabel(values["time_unit"]).label, values["promised"]
    shown = f"Sin compromiso ({unit})" if promised is None else f"{promised} {unit}"
    beyond = "" if values["beyond"] is None else str(values["beyond"])
    return values["name"], str(row.year), shown, str(values["handled"]), beyond


def _listed(access: Access, batch: ImportBatch) -> str:
    """Return the list of procedures; empty for whoever sees no figures."""
    page = reverse("workspace:procedures:procedures", args=[access.institution.slug])
    return page if access.has(StaffRight.FIGURES) else ""


SHEET = Register(
    code="procedures",
    title="Registro anual de trámites y productos",
    many="registros de trámites",
    shape=SHAPE,
    open=RecordReader,
    known=known_numbers,
    loading=loading,
    meanings=_meanings,
    listed=_listed,
    heads=("Trámite o producto", "Año", "Tiempo comprometido", "Gestionados", "En más tiempo"),
    cells=_cells,
    arrange=_arranged,
    updates=True,
)
