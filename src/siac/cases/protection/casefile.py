# SPDX-License-Identifier: EUPL-1.2
"""A case file as one PDF/A-3 that carries its originals: what the template is given, and the files inside."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from siac.accounts.public import user_names
from siac.cases.access import unit_of
from siac.cases.linking.surroundings import joined_to
from siac.cases.models import Case
from siac.cases.pages import clock_lines
from siac.cases.protection.pieces import Piece
from siac.cases.queries import causes
from siac.cases.teamwork.surroundings import checklist_of, tasks_of
from siac.cases.texts.events import event_name
from siac.documents.public import open_file
from siac.infra.pdf import WITH_FILES, Paper, PdfUnavailable, render
from siac.infra.tables.rows import csv_bytes
from siac.journal.public import JournalEntry, history
from siac.notices.public import STATES, State, channel_label, kind_title, notices_of
from siac.organizations.public import Institution
from siac.people.public import PersonData, document_of, format_document
from siac.ui.public import long_date

SECONDS = 180.0
CARRIED = 60 * 1024 * 1024
"""Bytes of originals that one PDF carries; beyond, they lie beside it in a ZIP."""
_PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A made case file: the PDF, and the files that lie beside it where they do not travel inside."""

    pdf: bytes
    beside: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """What a case file is made of. `person` is None where nobody is named, or the edition leaves it out."""

    institution: Institution
    case: Case
    pieces: Sequence[Piece]
    person: PersonData | None
    heading: str
    statement: Sequence[str]
    now: datetime
    with_people: bool = True
    """Whether people of the house and of the case are named, and the machine-readable record goes along."""


def piece_name(piece: Piece) -> str:
    """Return the name under which a file travels: its number and its own name,
    or the one that it is called here.
    """
    return f"{piece.number:03d}-{piece.called or (piece.file.name if piece.file else 'texto.txt')}"


def make_case_file(order: Order, *, as_zip: bool, progress: Callable[[int], None]) -> CaseFile:
    """Read the originals and typeset the case file; `progress` hears how many pieces are read.

    A picture that cannot be shown does not spoil it: then all travel as files only, and it says so.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    originals = _originals(order.pieces, progress)
    beside = as_zip or sum(map(len, originals.values())) > CARRIED
    record = _record(order) if order.with_people else {}
    inside = {**record, "indice.csv": index_csv(order)} | ({} if beside else originals)
    pictures = {
        piece.number: f"picture-{piece.number}.{_PICTURES[piece.file.media_type]}"
        for piece in order.pieces
        if piece.file is not None and piece.is_carried and piece.file.media_type in _PICTURES
    }
    try:
        made = _typeset(order, inside, originals, pictures, beside=beside)
    except PdfUnavailable:
        if not pictures:
            raise
        made = _typeset(order, inside, originals, {}, beside=beside)
    return CaseFile(made, originals if beside else {})


def _originals(pieces: Sequence[Piece], progress: Callable[[int], None]) -> dict[str, bytes]:
    found = {}
    for piece in pieces:
        if piece.file is not None and piece.is_carried:
            with open_file(piece.file) as stored:
                found[piece_name(piece)] = stored.read()
        progress(piece.number)
    return found


def index_csv(order: Order) -> bytes:
    """Return the index as CSV that a spreadsheet opens in Spanish: number,
    piece, moment, from whom, file, size, SHA-256.
    """
    rows = []
    for piece in order.pieces:
        at = piece.at.astimezone(order.institution.zone).isoformat(timespec="seconds")
        name = piece_name(piece) if piece.file else ""
        row = [
            piece.number,
            piece.title,
            at,
            piece.by,
            name,
            piece.file.size if piece.file else "",
            piece.sha256,
        ]
        rows.append(row)
    heads = ["N.º", "Pieza", "Fecha", "De", "Archivo", "Tamaño (bytes)", "SHA-256"]
    return b"".join(csv_bytes(heads, rows))


def _record(order: Order) -> dict[str, bytes]:
    """Return the journal of the case and its texts with their salts, to be
    recomputed by anybody (`journal.domain.chain`).
    """
    entries = [
        {
            "institution": entry.institution_id, "stream": entry.stream, "seq": entry.seq, "kind": entry.kind,
            "actor": entry.actor_id, "at": entry.at.isoformat(), "data": entry.data,
            "prev": bytes(entry.prev_hash).hex(), "hash": bytes(entry.hash).hex(),
        }
        for entry in history(order.institution.pk, order.case.stream)
    ]  # fmt: skip
    texts = [
        {"piece": p.number, "text": p.text, "sha256": p.sha256, "salt": p.salt}
        for p in order.pieces
        if not p.file
    ]
    content = {"folio": order.case.folio, "journal": entries, "texts": texts}
    return {"historia.json": json.dumps(content, ensure_ascii=False, indent=1).encode()}


def _typeset(
    order: Order,
    inside: Mapping[str, bytes],
    originals: Mapping[str, bytes],
    pictures: Mapping[int, str],
    *,
    beside: bool,
) -> bytes:
    files = {f"inside-{place}": content for place, content in enumerate(inside.values())}
    for piece in order.pieces:
        if piece.number in pictures:
            files[pictures[piece.number]] = originals[piece_name(piece)]
    media = {piece_name(piece): piece.file.media_type for piece in order.pieces if piece.file}
    own = {"historia.json": "application/json", "indice.csv": "text/csv"}
    attached = [
        {
            "name": name,
            "file": f"inside-{place}",
            "media_type": own.get(name) or media[name],
            "relationship": "data" if name in own else "source",
            "description": "Índice"
            if name == "indice.csv"
            else "Historia"
            if name in own
            else f"Pieza {int(name[:3])}",
        }
        for place, name in enumerate(inside)
    ]
    title = f"{order.heading} {order.case.folio}"
    paper = Paper(
        order.institution,
        title,
        {**_content(order, pictures, beside=beside), "attached": attached},
        files=files,
        unit=order.case.folio,
        footer=title,
        standards=WITH_FILES,
    )
    return render("cases/papers/casefile.typ", paper, seconds=SECONDS)


def _content(order: Order, pictures: Mapping[int, str], *, beside: bool) -> dict[str, Any]:
    case = order.case
    return {
        "heading": f"{order.heading} {case.folio}",
        "subject": (case.text.subject or "Asunto borrado") if order.with_people else case.kind.name,
        "cover": _cover(order),
        "statement": list(order.statement),
        "pieces": [_piece(order, piece, pictures, beside=beside) for piece in order.pieces],
        "sections": _sections(order) if order.with_people else [],
        "clocks": [
            {
                "heading": f"{line.clock.label} ({line.clock.get_state_display()})",
                "paragraphs": [
                    s
                    for s in (*line.explanation.sentences, line.explanation.law, line.explanation.basis_note)
                    if s
                ],
            }
            for line in clock_lines(case)
        ],
        **(
            _trail(order)
            if order.with_people
            else {"notices": [], "history": [], "chain": [_NO_TRAIL], "command": ""}
        ),
    }


def _sections(order: Order) -> list[dict[str, Any]]:
    checked = [
        [row.item.label, f"{row.by}, {_moment(order, row.at)}" if row.by and row.at else "Sin marcar"]
        for row in checklist_of(order.case)
    ]
    tasks = [
        [
            task.text or "Texto borrado",
            f"Hecha por {task.done_by}, {_moment(order, task.done_at)}"
            if task.done_at
            else f"{task.who}, hasta el {long_date(task.due_on)}",
        ]
        for task in tasks_of(order.case)
    ]
    found = (("Persona", _person(order)), ("Lista de control", checked), ("Tareas", tasks))
    return [{"heading": heading, "rows": rows} for heading, rows in found if rows]


_NO_TRAIL = "La historia y los avisos no forman parte de esta versión."


def _moment(order: Order, at: datetime) -> str:
    local = at.astimezone(order.institution.zone)
    return f"{long_date(local.date())}, {local:%H:%M}"


def _cover(order: Order) -> list[list[str]]:
    case = order.case
    unit, cause = unit_of(order.institution, case), causes(order.institution).get(case.cause_id or 0)
    rows = [
        ["Tipo", f"{case.kind.name}, versión {case.kind_version}" if case.kind_version else case.kind.name],
        ["Ingresada", f"{_moment(order, case.filed_at)} ({case.get_channel_display()})"],
        ["Estado", case.get_ending_display() if case.ending else case.get_state_display()],
        ["Unidad", unit.name if unit else "Sin unidad"],
        ["Responsable", (case.assignee.name if case.assignee else "") if order.with_people else ""],
        ["Tema", case.topic.name if case.topic else ""],
        ["Vencimiento legal", long_date(case.legal_due_on) if case.legal_due_on else ""],
        ["Respondida", _moment(order, case.answered_at) if case.answered_at else ""],
        ["Resultado", case.outcome_words],
        ["Causal", case.ground_words],
        ["Cerrada", _moment(order, case.closed_at) if case.closed_at else ""],
        ["Causa", cause.name if cause else ""],
        ["Calificación", f"{case.rating} de 5" if case.rating else ""],
        ["Número anterior", case.original_number],
        ["Acumuladas", ", ".join(joined_to(case)) if order.with_people else ""],
        ["Confidencialidad", "Reservada" if case.is_restricted else ""],
        ["Preparado", _moment(order, order.now)],
    ]
    return [row for row in rows if row[1]]


def _person(order: Order) -> list[list[str]]:
    if order.case.person_id is None:
        return [["Nombre", "Anónima"]]
    if order.person is None:
        return [["Nombre", "Datos borrados"]]
    person = order.person
    document = document_of(person.document_type)
    number = format_document(person.document_type, person.document_number)
    rows = [
        ["Nombre", person.display_name or "Sin nombre"],
        [document.name if document else "Documento", number],
        ["Correo", person.email],
        ["Teléfono", person.phone],
        ["Dirección", person.address],
        ["Representante", person.agent],
    ]
    return [row for row in rows if row[1]]


def _piece(order: Order, piece: Piece, pictures: Mapping[int, str], *, beside: bool) -> dict[str, Any]:
    who = f" · {piece.by}" if piece.by and order.with_people else ""
    line = f"{_moment(order, piece.at)}{who}"
    note = piece.note
    if piece.file is not None and piece.is_carried:
        where = (
            "en la carpeta que acompaña a este PDF"
            if beside
            else "dentro de este PDF, entre sus archivos adjuntos"
        )
        note = " ".join(filter(None, [piece.note, f"Archivo: {piece_name(piece)}, {where}."]))
        line = f"{line} · {piece.file.size} bytes"
    shown = {
        "number": piece.number, "title": piece.title, "line": line, "sha256": piece.sha256, "note": note,
        "paragraphs": [part for part in piece.text.splitlines() if part.strip()],
    }  # fmt: skip
    if piece.number in pictures:
        shown["picture"] = {
            "file": pictures[piece.number],
            "alt": f"Imagen de la pieza {piece.number}: {piece.title}",
        }
    return shown


def _trail(order: Order) -> dict[str, Any]:
    entries = history(order.institution.pk, order.case.stream)
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    names = user_names(actors)
    last = entries[-1]
    head = f"{last.stream}#{last.seq}={bytes(last.hash).hex()}"
    notices = notices_of(order.institution.pk, "case", order.case.pk)
    return {
        "chain": [
            "Cada anotación lleva la huella (SHA-256) de su contenido "
            "y de la anterior. La última es la cabeza de la cadena:"
            " si coincide con la del sistema, nada anterior fue "
            "alterado, quitado ni cambiado de orden. Se comprueba con:",
        ],
        "command": f"siac verify --institution {order.institution.slug} --head {head}",
        "history": [_entry(order, entry, names) for entry in entries],
        "notices": [
            [
                _moment(order, notice.sent_at or notice.created_at),
                f"{kind_title(notice.kind)} · {channel_label(notice.channel)}"
                + (f" · {notice.proof}" if notice.proof else ""),
                STATES[State(notice.state)],
            ]
            for notice in notices
        ],
    }


def _entry(order: Order, entry: JournalEntry, names: Mapping[int, str]) -> dict[str, Any]:
    who = names.get(entry.actor_id or 0, "")
    return {
        "seq": entry.seq,
        "title": event_name(entry.kind),
        "line": " · ".join(filter(None, [_moment(order, entry.at), who])),
        "hash": bytes(entry.hash).hex(),
    }
