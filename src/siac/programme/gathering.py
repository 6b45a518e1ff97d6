# SPDX-License-Identifier: EUPL-1.2
"""What goes into a pack: the requirement, who signed, rows and figures as they stand, documents, a cover."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from siac.documents.public import open_file, safe_name
from siac.infra.tables.rows import csv_bytes
from siac.programme.domain.packing import Part, blocks_of, text_part
from siac.programme.domain.proofs import MOST_ROWS, FrozenFigure, Row
from siac.programme.models import Pack
from siac.programme.papers import cover_paper
from siac.programme.queries import Requirement, Shown

ROWS = ("Qué", "Día", "Dirección", "Huella")
NARROW = ("sujeto", "dia", "valor", "cumple", "codigos")


def parts_of(made: Pack, row: Requirement, shown: Sequence[Shown], *, now: datetime) -> list[Part]:
    """Return the files of a pack, the cover and the index with them; documents and rows are read when they
    are written (3 SQL, and 1 for each figure).
    """
    acts = _acts(row)
    documents = _documents(row)
    found = [
        text_part("actos.json", "Actos y firmas de la etapa", acts),
        *(_rows(each) for each in shown),
        *_figures(shown),
        *documents,
    ]
    index = _index(made, row, shown, [part.path for part in found], now)
    cover = cover_paper(made, row, shown, [part.title for part in documents], acts, now=now)
    return [
        *found,
        text_part("indice.json", "Índice: requisito, consultas y archivos", index),
        Part("portada.pdf", "Portada", "application/pdf", lambda: [cover]),
    ]


def _index(
    made: Pack, row: Requirement, shown: Sequence[Shown], paths: list[str], now: datetime
) -> dict[str, Any]:
    programme, record = made.programme, row.task.record
    return {
        "programa": programme.guide.title,
        "fuente": programme.guide.source,
        "anio": programme.year,
        "organismo": made.institution.name,
        "etapa": {"codigo": row.phase.plan.code, "nombre": row.phase.plan.name, "estado": row.phase.words},
        "requisito": {
            "codigo": row.plan.code, "texto": row.plan.text, "medio_de_verificacion": row.plan.document,
            "responsable": row.plan.who, "hecho": row.task.is_done,
            "que_lo_muestra": record.note if record else "",
            "de_que_dia_habla": record.dated_on if record else None,
            "cuando_llego": record.done_at if record else None,
        },
        "expediente": made.revision,
        "hecho_el": now.isoformat(timespec="seconds"),
        "consultas": [
            {"prueba": each.title, "consulta": each.told.query, "filas": each.told.count} for each in shown
        ],
        "insumos_sha256": made.inputs,
        "archivos": sorted(paths),
    }  # fmt: skip


def _acts(row: Requirement) -> list[dict[str, Any]]:
    end = row.phase.end
    if end is None or end.ended_at is None:
        return []
    return [
        {
            "etapa": row.phase.plan.code, "que": end.ending, "acto": end.words,
            "cuando": end.ended_at.isoformat(timespec="seconds"),
            "quien": end.ended_by.name if end.ended_by else "",
        }
    ]  # fmt: skip


def _rows(each: Shown) -> Part:
    def told(row: Row) -> tuple[str, str, str, str]:
        return row.text, row.on.isoformat() if row.on else "", row.url, row.digest

    rows = [told(row) for row in each.told.rows[:MOST_ROWS]]
    if each.told.count > len(rows):
        rows.append((f"y {each.told.count - len(rows)} más", "", "", ""))
    return Part(f"filas/{each.code}.csv", each.title, "text/csv", lambda: csv_bytes(ROWS, rows))


def _figures(shown: Sequence[Shown]) -> Iterator[Part]:
    for each in shown:
        for figure in each.told.figures:
            path = f"cifras/{figure.code}-{figure.first:%Y%m%d}-r{figure.revision}"
            title = f"{figure.name}, {figure.first:%d-%m-%Y} a {figure.last:%d-%m-%Y}"
            yield text_part(f"{path}.json", f"Fórmula y valor: {title}", formula_of(figure))
            if has_rows(figure):
                yield Part(f"{path}.csv", f"Filas: {title}", "text/csv", _narrow(figure), figure.last)


def has_rows(figure: FrozenFigure) -> bool:
    """Return whether the rows of a figure go into a pack: not of one written by hand, which has none, nor
    of one that tells nothing of few, whose rows would.
    """
    return bool(figure.metric) and not figure.least


def formula_of(figure: FrozenFigure) -> dict[str, Any]:
    """Return a figure as data: how it is worked out of its rows, and what it gave."""
    return {
        "indicador": figure.code, "nombre": figure.name, "formula": figure.definition,
        "metrica": figure.metric, "estadistico": figure.statistic, "limite": figure.within,
        "minimo": figure.least, "desde": figure.first, "hasta": figure.last, "revision": figure.revision,
        "valor": None if figure.value is None else str(figure.value),
        "meta": None if figure.target is None else str(figure.target),
        "total": figure.total, "cumplen": figure.met, "filas_sha256": figure.digest, "nota": figure.note,
        "con_filas": has_rows(figure),
    }  # fmt: skip


def _narrow(figure: FrozenFigure) -> Callable[[], Iterable[bytes]]:
    def read() -> Iterable[bytes]:
        rows = (
            (row.subject, row.day.isoformat(), "" if row.value is None else row.value, int(row.is_met),
             json.dumps(row.codes, ensure_ascii=False, separators=(",", ":")))
            for row in sorted(figure.rows(), key=lambda row: row.subject)
        )  # fmt: skip
        return csv_bytes(NARROW, rows, as_typed=True)

    return read


def _documents(row: Requirement) -> list[Part]:
    record = row.task.record
    return [
        Part(
            f"documentos/{number:02}-{safe_name(file.name)}", file.name, file.media_type,
            lambda file=file: blocks_of(open_file(file)),  # type: ignore[misc]
            record.dated_on if record else None, file.uploaded_at,
        )
        for number, file in enumerate(row.files, start=1)
        if file.erased_at is None
    ]  # fmt: skip
