# SPDX-License-Identifier: EUPL-1.2
"""What an edition must say and promise before it is approved: the list of errors and warnings, each with the
norm it comes from and the place where it is mended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from siac.charters.domain.commitments import Form
from siac.charters.domain.gaps import Gap, Verdict
from siac.charters.domain.parts import PARTS, REVISED_WITHIN, Norm
from siac.charters.domain.readability import HARD, LONG_SENTENCE, inflesz, longest_sentence, vague_words
from siac.charters.domain.risk import months_after


class Level(StrEnum):
    ERROR = "error"
    """It cannot be approved like this."""
    WARNING = "warning"
    """It can, and somebody should look at it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where the rule comes from, and where it is mended: `text:<part>`, `commitment:<pk>`,
    `services`, `places`, `edition` or `charter`.
    """

    level: Level
    text: str
    source: str
    at: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment as it is checked."""

    pk: int
    text: str
    form: Form
    number: int | None
    """Of a guarantee: how many of its unit."""
    unit: str
    target: Decimal
    is_share: bool
    """Whether its target is in parts of a hundred."""
    target_words: str
    has_source: bool
    """Whether its kind is in use, or its indicator exists and is followed."""
    level: Decimal | None
    """How it is kept today, in the unit of the target; None: nothing to count."""
    level_words: str
    is_better_high: bool
    record: str
    has_responsible: bool
    is_controllable: bool
    dependence: str
    remedy: str
    is_without_remedy: bool
    no_remedy_reason: str
    service: int | None = None
    is_of_attentions: bool = False
    """Whether it is a guarantee on the waiting before an attention."""
    gap: Gap | None = None
    expected_words: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A service that the charter is about."""

    pk: int
    name: str
    is_given: bool
    """Whether the body still gives it."""


@dataclass(frozen=True, slots=True)
class Written:
    """An edition as it is checked."""

    norm: Norm
    texts: dict[str, str]
    commitments: Sequence[Promised]
    services: Sequence[Offered]
    places: int
    """How many places it names."""
    places_without_hours: Sequence[str]
    has_responsible: bool
    valid_from: date | None
    revised_by: date | None
    before: date | None
    """When the edition in force began; None: there is none."""


_UNE = "UNE 93200:2008"
_GUIDE = "Guía RSG 061-2015-TR/SG"
_MUNICIPAL = "Proceso municipal de cartas de servicios"
_OF = {Norm.UNE: _UNE, Norm.RD951: "RD 951/2005", Norm.MTPE: _GUIDE, Norm.PLEDGE: "Carta de compromisos SIAC"}
_WRITTEN = {
    1: "un", 2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho", 9: "nueve",
    10: "diez", 15: "quince", 20: "veinte", 30: "treinta",
}  # fmt: skip
_MONEY = re.compile(r"\b(euros?|pesos|soles|dinero|pago|descuento|indemniza|devoluci[oó]n)", re.IGNORECASE)


def problems(of: Written, *, today: date) -> list[Problem]:
    """Return what is wrong with an edition on a local day, errors first, each kind in the order of the
    charter.
    """
    found = [*_of_edition(of, today), *_of_texts(of), *_of_services(of)]
    for promised in of.commitments:
        found += _of_commitment(of.norm, promised)
    return sorted(found, key=lambda each: each.level is Level.WARNING)


def _of_edition(of: Written, today: date) -> Iterator[Problem]:
    norm = _OF[of.norm]
    if not of.has_responsible:
        source = "RD 951/2005, art. 9.1.d)" if of.norm is Norm.RD951 else norm
        yield Problem(Level.ERROR, "Falta la unidad responsable de la carta", source, "charter")
    if of.valid_from is None:
        yield Problem(Level.ERROR, "Falta el día desde el que vale", f"{norm}, fecha de edición", "edition")
        return
    if of.valid_from < today:
        yield Problem(Level.ERROR, "El día desde el que vale ya pasó", norm, "edition")
    if of.before is not None and of.valid_from <= of.before:
        yield Problem(
            Level.ERROR, f"Empieza antes que la edición vigente ({of.before:%d-%m-%Y})", norm, "edition"
        )
    latest = months_after(of.valid_from, REVISED_WITHIN[of.norm])
    if of.revised_by is not None and of.revised_by > latest:
        source = "RD 951/2005, art. 11.1" if of.norm is Norm.RD951 else norm
        yield Problem(Level.ERROR, f"Debe revisarse a más tardar el {latest:%d-%m-%Y}", source, "edition")
    if of.revised_by is not None and of.revised_by <= of.valid_from:
        yield Problem(Level.ERROR, "Se revisaría antes de empezar", norm, "edition")


def _of_texts(of: Written) -> Iterator[Problem]:
    for part in PARTS:
        text, source = of.texts.get(part.code, ""), part.asked_by.get(of.norm)
        if not text.strip():
            if source is not None:
                yield Problem(Level.ERROR, f"Falta «{part.title}»", source, f"text:{part.code}")
            continue
        score = inflesz(text)
        if longest_sentence(text) > LONG_SENTENCE * 2 or (score is not None and score < HARD // 2):
            yield Problem(
                Level.WARNING, f"«{part.title}» es difícil de leer: acorte las frases", "Lenguaje claro",
                f"text:{part.code}",
            )  # fmt: skip


def _of_services(of: Written) -> Iterator[Problem]:
    if not of.services:
        source = "RD 951/2005, art. 9.1.a) 2.º" if of.norm is Norm.RD951 else _OF[of.norm]
        yield Problem(Level.ERROR, "No dice de qué servicios trata", source, "services")
    if not of.commitments:
        yield Problem(Level.ERROR, "No promete nada: falta al menos un compromiso", _OF[of.norm], "promises")
    promised = {each.service for each in of.commitments}
    for service in of.services:
        if not service.is_given:
            yield Problem(
                Level.ERROR, f"«{service.name}» ya no se presta: quítelo o cámbielo", _OF[of.norm], "services"
            )
        elif service.pk not in promised and of.commitments:
            yield Problem(
                Level.ERROR, f"«{service.name}» no tiene ningún compromiso",
                f"{_UNE}, un compromiso por servicio", "promises",
            )  # fmt: skip
    if of.services and not of.places:
        source = "RD 951/2005, art. 9.1.d)" if of.norm is Norm.RD951 else _OF[of.norm]
        yield Problem(Level.ERROR, "Ningún punto de atención da estos servicios", source, "places")
    for name in of.places_without_hours:
        source = "RD 951/2005, art. 9.1.b) 1.º" if of.norm is Norm.RD951 else _OF[of.norm]
        yield Problem(Level.ERROR, f"«{name}» no tiene horario", source, "places")


def _of_commitment(norm: Norm, of: Promised) -> Iterator[Problem]:
    at, said = f"commitment:{of.pk}", f"«{_short(of.text)}»"
    if not of.has_source:
        text = "falta su indicador"
        if of.form is Form.GUARANTEE:
            text = "el tipo, el tema o el lugar del que trata ya no se usa"
        yield Problem(Level.ERROR, f"{said}: {text}", _indicators(norm), at)
    elif of.level is None:
        if of.form is Form.FIGURE:
            yield Problem(
                Level.ERROR, f"{said}: su indicador aún no tiene ningún resultado", _indicators(norm), at
            )
        else:
            of_what = "atenciones con su espera anotada" if of.is_of_attentions else "casos"
            yield Problem(
                Level.WARNING,
                f"{said}: no hay {of_what} de los últimos 12 meses que digan si puede cumplirse",
                f"{_MUNICIPAL}, verificar si se pueden cumplir", at,
            )  # fmt: skip
    elif of.level != of.target and (of.level > of.target) == of.is_better_high and _is_modest(of):
        yield Problem(
            Level.WARNING, f"{said}: hoy {of.level_words}, meta {of.target_words}: podría prometer más",
            f"{_MUNICIPAL}, desviaciones positivas", at,
        )  # fmt: skip
    yield from _of_gap(of, said)
    yield from _of_keeping(of, said, at)
    yield from _of_remedy(norm, of, said, at)
    yield from _of_words(of, said, at)


def _of_gap(of: Promised, said: str) -> Iterator[Problem]:
    """What falls short is not promised without cause and plan (ministry guide, phase 5)."""
    if of.gap is None or not of.gap.falls_short:
        return
    below = " y ".join(
        f"se espera {of.expected_words}" if each == "expected" else f"la meta es {of.target_words}"
        for each in of.gap.falls_short
    )
    told = {
        Verdict.BLOCKED: "falta causa y plan de mejora",
        Verdict.EXCUSED: "tiene causa y plan",
        Verdict.OVERRIDDEN: "la autoridad lo promete igual",
    }[of.gap.verdict]
    level = Level.ERROR if of.gap.verdict is Verdict.BLOCKED else Level.WARNING
    text = f"{said}: hoy {of.level_words} y {below}; {told}"
    yield Problem(level, text, f"{_GUIDE}, fase 5", f"gap:{of.pk}")


def _of_keeping(of: Promised, said: str, at: str) -> Iterator[Problem]:
    if of.is_share and of.target <= 0:
        yield Problem(Level.ERROR, f"{said}: su meta es 0 %: no promete nada", _UNE, at)
    if not of.record.strip():
        yield Problem(
            Level.ERROR, f"{said}: falta el registro del que sale", f"{_UNE}, fuente del indicador", at
        )
    if not of.has_responsible:
        yield Problem(Level.ERROR, f"{said}: nadie responde de ella", f"{_UNE}, responsable", at)
    if not of.is_controllable:
        level = Level.WARNING if of.dependence.strip() else Level.ERROR
        text = "depende también de otros" if of.dependence.strip() else "diga de qué más depende"
        yield Problem(level, f"{said}: {text}", f"{_MUNICIPAL}, compromisos controlables", at)


def _of_remedy(norm: Norm, of: Promised, said: str, at: str) -> Iterator[Problem]:
    source = "RD 951/2005, art. 9.1.c)" if norm is Norm.RD951 else f"{_UNE}, medidas de subsanación"
    if of.is_without_remedy and not of.no_remedy_reason.strip():
        yield Problem(Level.ERROR, f"{said}: diga por qué no hay medida", source, at)
    elif not of.is_without_remedy and not of.remedy.strip():
        yield Problem(Level.ERROR, f"{said}: sin medida si se incumple: escriba una o «ninguna»", source, at)
    if norm is Norm.RD951 and _MONEY.search(of.remedy):
        yield Problem(
            Level.WARNING, f"{said}: una medida económica necesita informe favorable de Hacienda", source, at
        )


def _of_words(of: Promised, said: str, at: str) -> Iterator[Problem]:
    vague = vague_words(of.text)
    if vague is not None:
        yield Problem(
            Level.WARNING, f"{said}: «{vague}» no se puede medir", f"{_UNE}, compromiso concreto", at
        )
    if of.number is not None and not _says_number(of.text, of.number):
        yield Problem(Level.ERROR, f"{said}: no dice su plazo ({of.number})", f"{_UNE}, número y unidad", at)
    if of.unit == "bd" and re.search(r"\bd[ií]as?\b(?!\s+h[aá]bil)", of.text, re.IGNORECASE):
        yield Problem(
            Level.WARNING, f"{said}: diga «días hábiles»: así se cuentan", f"{_UNE}, número y unidad", at
        )
    score = inflesz(of.text)
    if longest_sentence(of.text) > LONG_SENTENCE or (score is not None and score < HARD):
        yield Problem(Level.WARNING, f"{said}: es difícil de leer; dígalo más corto", "Lenguaje claro", at)


def _says_number(text: str, number: int) -> bool:
    if re.search(rf"(?<!\d){number}(?!\d)", text):
        return True
    word = _WRITTEN.get(number)
    return word is not None and re.search(rf"\b{word}", text, re.IGNORECASE) is not None


def _is_modest(of: Promised) -> bool:
    """Return whether what is promised lies far below what is done: five points of a share, a fifth else."""
    if of.level is None:
        return False
    least = Decimal(5) if of.is_share else abs(of.target) / 5
    return abs(of.level - of.target) >= least


def _indicators(norm: Norm) -> str:
    return "RD 951/2005, art. 9.1.b) 4.º" if norm is Norm.RD951 else f"{_UNE}, indicador por compromiso"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
