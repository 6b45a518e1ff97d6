# SPDX-License-Identifier: EUPL-1.2
"""The sheet in which a unit keeps its attentions, brought in by the wizard of registers."""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any

from django.urls import reverse

from siac.cases.attentions.access import READERS
from siac.cases.attentions.commands import Attention, report_by, said, told
from siac.cases.attentions.promising import begin_promised
from siac.cases.attentions.texts import REGISTERED
from siac.cases.imports.batches import close_load, one_load_at_a_time
from siac.cases.imports.known import KnownWords, meanings_of
from siac.cases.imports.layouts import FIELDS, Shape, positions
from siac.cases.imports.old_rows import NUMBER_LIMIT, YES, FieldReader, Problem
from siac.cases.imports.reader import VALUE_LIMIT, BadRow, BlockReader
from siac.cases.imports.registers import Options, Register, layout_of
from siac.cases.models import Channel, ImportBatch, Interaction
from siac.catalogue.public import topics
from siac.infra.longwork import Step, TimeSource, tell
from siac.infra.tables.reading import Row
from siac.journal.public import NewEntry, record_many, seal
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.organizations.public import Access, Institution, unit_options, unit_tree
from siac.servicepoints.public import service_points
from siac.ui.templatetags.ui import fecha_hora

SHAPE = Shape(
    fields={
        "begun_at": ("fecha", "fecha atencion", "fecha de atencion", "dia", "fecha y hora", "cuando"),
        "unit": FIELDS["unit"],
        "channel": FIELDS["channel"],
        "point": ("punto de atencion", "espacio de atencion", "lugar", "punto", "ventanilla", "sucursal"),
        "topic": FIELDS["topic"],
        "subject": ("de que se trato", "asunto", "detalle", "descripcion", "consulta", "observaciones"),
        "minutes": ("minutos", "duracion", "duracion minutos", "tiempo"),
        "waited": ("minutos de espera", "espera", "tiempo de espera", "espera minutos"),
        "resolved": ("resuelta", "resuelto", "quedo resuelta", "solucionada"),
        "original_number": ("numero", "n", "no", "nro", "num", "id", "correlativo", "codigo"),
    },
    required=("begun_at", "unit"),
    dates=frozenset({"begun_at"}),
    valued=("unit", "channel", "point", "topic"),
    defaults={"channel": Channel.COUNTER.value},
)
_AT_ONCE = 1000
_LONGEST = 1440


@dataclass(slots=True)
class ReadAttention:
    """A row that may come in. `original_number`: its own, or else one made of what it says, so that the same
    sheet brought again, longer, adds only what is new.
    """

    line: int
    original_number: str
    attention: Attention
    without: list[Problem] = field(default_factory=list)
    topic: str = ""
    topic_key: str = ""


class _Fields(FieldReader):
    needed_day = "begun_at"
    numbered = ("original_number",)

    def problems(self, cells: Sequence[str]) -> list[Problem]:
        """Return what a program lost of a row before the file was saved."""
        return self._check_signs(cells)

    def text(self, name: str, cells: Sequence[str]) -> str:
        """Return what a field says, on one line."""
        return squeeze(self._text(name, cells))

    def moment(self, cells: Sequence[str], problems: list[Problem], now: datetime) -> datetime | None:
        """Return when an attention began."""
        return self._moment("begun_at", cells, problems, now)


class SheetReader(BlockReader[ReadAttention]):
    """Reads a sheet of attentions.

    Raises (when made):
        Refused: no header, or a column is missing.
    """

    def __init__(self, batch: ImportBatch, rows: Iterator[Row], now: datetime) -> None:
        super().__init__(batch.institution, layout_of(batch), rows, now=now)
        places = positions(self.layout, self.headers)
        self._fields = _Fields(self.layout, places, self.headers, self.institution.zone)
        self._known = KnownWords(self.institution)
        self._topics = {fold(topic.name): pk for pk, topic in topics(self.institution).items()}
        points = service_points(self.institution).items()
        self._points = {fold(word): pk for pk, point in points for word in (point.name, point.code)}
        self._alike: Counter[str] = Counter()

    def _read(self, row: Row) -> ReadAttention | BadRow:
        problems = self._fields.problems(row.cells)
        without: list[Problem] = []
        begun_at = self._fields.moment(row.cells, problems, self.now)
        if begun_at is not None and begun_at > self.now:
            problems.append(Problem("row_date_in_future"))
        said_channel = self._fields.text("channel", row.cells)
        channel = (
            self._looked_up("channel", row, self._known.channel, problems)
            if said_channel
            else Channel.COUNTER
        )
        unit_id = self._looked_up("unit", row, lambda word: self._known.unit(word, is_open=True), problems)
        if not self._fields.text("unit", row.cells):
            problems.append(Problem("row_no_unit"))
        point_id = self._looked_up("point", row, lambda word: self._points.get(fold(word)), without)
        topic_id = self._looked_up("topic", row, lambda word: self._topics.get(fold(word)), without)
        minutes, waited = (self._minutes(name, row, problems) for name in ("minutes", "waited"))
        number = self._number(row, problems)
        self._check_seen(number, row.line, problems)
        if problems or begun_at is None or channel is None or unit_id is None:
            return BadRow(row.line, row.cells, problems)
        attention = Attention(
            channel=channel,
            unit_id=unit_id,
            begun_at=begun_at,
            service_point_id=point_id,
            topic_id=topic_id,
            subject=self._fields.text("subject", row.cells)[:200],
            minutes=minutes,
            waited=waited,
            is_resolved=self._is_resolved(row),
        )
        return ReadAttention(row.line, number, attention, without)

    def _looked_up(self, name: str, row: Row, find: Any, problems: list[Problem]) -> Any:
        """Return what the word of a field means here; one that means nothing is a problem."""
        word = self._fields.text(name, row.cells)
        found = find(word) if word else None
        if word and found is None:
            problems.append(Problem(f"row_unknown_{name}", {"value": word[:VALUE_LIMIT]}))
        return found

    def _minutes(self, name: str, row: Row, problems: list[Problem]) -> int | None:
        text = self._fields.text(name, row.cells)
        if not text:
            return None
        if not (len(text) < 9 and text.isascii() and text.isdigit() and int(text) <= _LONGEST):
            problems.append(Problem("row_bad_number", {"value": text[:40]}))
            return None
        return int(text)

    def _is_resolved(self, row: Row) -> bool:
        text = fold(self._fields.text("resolved", row.cells))
        return not text or text in YES

    def _number(self, row: Row, problems: list[Problem]) -> str:
        number = self._fields.text("original_number", row.cells)
        if len(number) > NUMBER_LIMIT:
            problems.append(Problem("row_number_too_long", {"limit": str(NUMBER_LIMIT)}))
        if number:
            return number
        mark = blake2b("\x1f".join(map(squeeze, row.cells)).encode(), digest_size=12).hexdigest()
        self._alike[mark] += 1
        return f"={mark}-{self._alike[mark]}"


def known_numbers(institution_id: int, numbers: Sequence[str]) -> set[str]:
    """Return which numbers of sheets the body's register holds already (1 SQL)."""
    rows = Interaction.objects.filter(institution_id=institution_id, original_number__in=list(numbers))
    return set(rows.values_list("original_number", flat=True))


def loading(
    batch: ImportBatch, clock: TimeSource, rows: Iterator[Row]
) -> Generator[Step[ImportBatch], Any, None]:
    """Load a sheet, all of it or nothing: rows that are there already are counted and left out.

    `batch.skip_rejected` leaves bad rows out; else one bad row refuses the file.
    """
    tell(batch, clock(), done=0)
    good: list[ReadAttention] = []
    rejected = done = 0
    for block in SheetReader(batch, rows, clock()).blocks():
        good += [row for row in block if isinstance(row, ReadAttention)]
        done += len(block)
        rejected = done - len(good)
        tell(batch, clock(), done=done)
    if rejected and not batch.skip_rejected:
        raise Refused("import_has_rejected", count=rejected)
    yield partial(_write, good=good, rejected=rejected)


def _write(batch: ImportBatch, now: datetime, *, good: list[ReadAttention], rejected: int) -> None:
    """Write everything in one step: registered at the moment of the load, which is when it is reported."""
    one_load_at_a_time(batch)
    loaded = 0
    for first in range(0, len(good), _AT_ONCE):
        loaded += _write_some(batch, good[first : first + _AT_ONCE], now=now)
    close_load(batch, read=len(good), loaded=loaded, rejected=rejected, now=now)


def _write_some(batch: ImportBatch, rows: Sequence[ReadAttention], *, now: datetime) -> int:
    """Write those of some rows that are not there yet, and what the journal says of them (3 SQL, 2 more where
    something was promised of their waiting).
    """
    institution = batch.institution
    known = known_numbers(institution.pk, [row.original_number for row in rows])
    made, digests = [], []
    for row in rows:
        if row.original_number in known:
            continue
        sealed = seal(squeeze(row.attention.subject))
        digests.append(sealed.digest)
        made.append(
            Interaction(
                institution=institution,
                batch=batch,
                original_number=row.original_number,
                salt=sealed.salt,
                due_on=report_by(institution, row.attention),
                registered_at=now,
                registered_by_id=batch.created_by_id,
                changed_at=now,
                **said(row.attention),
            )
        )
    Interaction.objects.bulk_create(made)
    entries = [
        NewEntry(row.stream, REGISTERED, {**told(row, digest=digest), "batch": batch.pk}, batch.created_by_id)
        for row, digest in zip(made, digests, strict=True)
    ]
    record_many(institution.pk, entries, now, new_streams=True)
    begin_promised(institution, made, now=now)
    return len(made)


def _meanings(institution: Institution) -> Mapping[str, Options]:
    known = meanings_of(institution)
    points = [(point.code, point.name) for point in service_points(institution).values()]
    nothing = ("-", "Dejar en blanco")
    return {
        "unit": [choice for choice in known["unit"] if choice != nothing],
        "channel": known["channel"],
        "topic": known["topic"],
        "point": [nothing, *points],
    }


def _fixed(institution: Institution) -> Mapping[str, tuple[str, Options]]:
    nodes = unit_tree(institution).nodes
    units = [(nodes[pk].code, name) for pk, name in unit_options(institution)]
    channels = [(channel.value, str(channel.label)) for channel in Channel]
    return {"unit": ("O todas son de esta unidad", units), "channel": ("O todas por este canal", channels)}


def _cells(row: ReadAttention) -> Sequence[str]:
    given = row.attention
    return fecha_hora(given.begun_at), given.channel.label, given.subject, "Sí" if given.is_resolved else "No"


def _listed(access: Access, batch: ImportBatch) -> str:
    """Return the list of attentions; empty for whoever reads none."""
    page = reverse("workspace:cases:attentions", args=[access.institution.slug])
    return page if READERS & access.rights else ""


SHEET = Register(
    code="attentions",
    title="Atenciones de la planilla de una unidad",
    many="atenciones",
    shape=SHAPE,
    open=SheetReader,
    known=known_numbers,
    loading=loading,
    meanings=_meanings,
    listed=_listed,
    heads=("Cuándo", "Canal", "De qué se trató", "Resuelta"),
    cells=_cells,
    fixed=_fixed,
    several={"subject": 3},
)
