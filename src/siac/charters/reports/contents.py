# SPDX-License-Identifier: EUPL-1.2
"""What a report of a charter says, as it is kept: words and tables, each number with what lists it.

A cell is [words, what lists it]; the second is empty, or names a list of the workspace: "period:<key of the
frozen period>", "finding:<key>", "breaches:<which>:<code of the promise>", "claims:<which>:<code>".
"""

from collections.abc import Callable, Sequence
from typing import Any

from siac.charters.composing import took_part
from siac.charters.domain.parts import Norm
from siac.charters.domain.reports import KINDS, ReportPeriod, Section, Told, days_words
from siac.charters.models import Charter, PeriodResult
from siac.charters.register.reading import FEW
from siac.charters.reports.gathering import Gathered, Line, gathered
from siac.charters.standings import target_words
from siac.charters.texts import RemedyKind, VerdictLabel
from siac.indicators.public import number_words, period_words
from siac.ui.public import long_date

Cell = list[str]
Written = tuple[list[str], list[dict[str, Any]]]
"""The words of a section, and its tables."""
NO_DATA = "Sin dato"
NOTHING = "—"


def content_of(charter: Charter, period: ReportPeriod) -> dict[str, Any]:
    """Return what the report of a charter of a period says, as JSON values (6 SQL, as `gathered`)."""
    kind, told = KINDS[Norm(charter.norm)], gathered(charter, period)
    return {
        "title": kind.title,
        "basis": kind.basis,
        "goes_to": kind.goes_to,
        "charter": charter.title,
        "period": period.words,
        "days": f"Del {long_date(period.first)} al {long_date(period.last)}",
        "verdict": verdict_of(told.lines),
        "sections": [_section(each, told, kind.decides) for each in kind.sections],
    }


def verdict_of(lines: Sequence[Line]) -> str:
    """Return what a report says in a sentence. No SQL."""
    measured = [line for line in lines if line.measured]
    if not measured:
        return f"{NO_DATA}: ningún compromiso tuvo un período cerrado con casos."
    kept = sum(not line.missed for line in measured)
    return verdict_words(kept, len(measured), len(lines) - len(measured))


def verdict_words(kept: int, measured: int, without: int) -> str:
    """Return how many of how many measured promises were kept, and of how many nothing is known. No SQL."""
    of = "compromiso medido llegó" if measured == 1 else "compromisos medidos llegaron"
    told = f"{kept} de {measured} {of} a su meta en todos sus períodos cerrados."
    return f"{told} De {without} no hay dato." if without else told


def _section(of: Section, told: Gathered, decides: str) -> dict[str, Any]:
    words, tables = _WRITERS[of.told](told)
    if of.told is Told.REMEDIES and decides:
        words = [*words, decides]
    return {
        "code": of.told.value, "title": of.title, "basis": of.basis, "words": words,
        "tables": [each for each in tables if each["rows"]],
    }  # fmt: skip


def _table(caption: str, heads: Sequence[str | tuple[str]], rows: list[list[Cell]]) -> dict[str, Any]:
    """Return a table; a head in a tuple is that of a column of numbers."""
    named = [[head, False] if isinstance(head, str) else [head[0], True] for head in heads]
    return {"caption": caption, "heads": named, "rows": rows}


def _cell(words: str, listed: str = "") -> Cell:
    return [words, listed]


def _number(count: int, listed: str = "") -> Cell:
    """Return a number with what lists it; of nothing there is no list."""
    return [number_words(count), listed if count else ""]


def _named(line: Line) -> Cell:
    return _cell(f"{line.number}. {line.commitment.text}")


def _when(line: Line, row: PeriodResult) -> str:
    return period_words(row.commitment.moment, row.first)


def _kept(told: Gathered) -> Written:
    words = [f"{line.number}. {line.commitment.text}: sin dato. {_why(line)}" for line in _silent(told)]
    heads = ("Compromiso", "Unidad que responde", ("Meta",), ("Períodos cerrados",), ("En su meta",),
             ("Bajo su meta",), ("Sin casos",))  # fmt: skip
    tables = [_table("Compromisos", heads, [_summed(line) for line in told.lines])]
    by_period = ("Período", ("Resultado",), ("De cuántas",), ("Meta",), "Cumple")
    tables += [
        _table(_named(line)[0], by_period, [_result(line, row) for row in line.results])
        for line in told.lines
        if line.measured
    ]
    return words, tables


def _silent(told: Gathered) -> list[Line]:
    return [line for line in told.lines if not line.measured]


def _why(line: Line) -> str:
    if line.results:
        return "Sus períodos se cerraron sin casos."
    return (
        f"Se mide {line.commitment.get_moment_display().lower()}, y ningún período suyo entero quedó dentro "
        "de este con el compromiso en vigor."
    )


def _summed(line: Line) -> list[Cell]:
    unit = str(line.commitment.responsible or NOTHING)
    target = line.results[-1].target_words if line.results else target_words(line.commitment)
    begun = [_named(line), _cell(unit), _cell(target)]
    if not line.results:
        return [*begun, _cell(NO_DATA), *(_cell(NOTHING) for _ in range(3))]
    missed, measured = len(line.missed), len(line.measured)
    counts = (len(line.results), measured - missed, missed, len(line.results) - measured)
    return [*begun, *(_number(count) for count in counts)]


def _result(line: Line, row: PeriodResult) -> list[Cell]:
    said = {True: "Sí", False: "No", None: "Sin casos"}[row.is_reached]
    if 0 < row.total < FEW:
        said += ". Pocos casos: lea con cuidado"
    listed = f"period:{row.pk}" if row.total else ""
    return [
        _cell(_when(line, row)), _cell(row.words if row.value is not None else NO_DATA, listed),
        _cell(row.of_words or NOTHING), _cell(row.target_words), _cell(said),
    ]  # fmt: skip


def _deviations(told: Gathered) -> Written:
    rows = [
        [_named(line), _cell(_when(line, row)), _cell(row.words, f"period:{row.pk}"),
         _cell(row.target_words), _cell(row.explanation or "No se ha explicado.")]
        for line in told.lines for row in line.missed
    ]  # fmt: skip
    words = [] if rows else ["Ningún período cerrado quedó bajo su meta."]
    above = [f"{line.number}. {line.commitment.text}" for line in told.lines if line.is_above]
    if above:
        words.append(f"Sobre su meta en todos sus períodos con casos, y puede subirse: {_all(above)}.")
    heads = ("Compromiso", "Período", ("Resultado",), ("Meta",), "Qué se explicó")
    return words, [_table("Períodos bajo su meta", heads, rows)]


def _all(names: Sequence[str]) -> str:
    return "; ".join(f"«{name}»" for name in names)


def _corrections(told: Gathered) -> Written:
    rows, without = [], 0
    for line in told.lines:
        for row in line.missed:
            finding = told.findings.get(row.pk)
            if finding is None:
                without += 1
                continue
            settled = told.charter.institution.local_date(finding.settled_at) if finding.settled_at else None
            until = f"{long_date(settled)}" if settled else NOTHING
            rows.append([
                _cell(finding.code, f"finding:{finding.pk}"), _named(line), _cell(_when(line, row)),
                _cell(str(finding.unit or NOTHING)), _cell(finding.get_state_display()),
                _cell(long_date(finding.due_on) if finding.due_on else NOTHING), _cell(until),
            ])  # fmt: skip
    plans = [
        [_named(line), _cell(line.commitment.cause or NOTHING), _cell(line.commitment.plan),
         _cell(long_date(line.commitment.plan_until) if line.commitment.plan_until else NOTHING)]
        for line in told.lines if line.commitment.plan
    ]  # fmt: skip
    words = []
    if without:
        words.append(
            f"Períodos bajo su meta sin hallazgo: {without}. Se abre uno si el período "
            "se cierra en los 45 días siguientes a su término."
        )
    if not rows and not plans and not without:
        words.append("No hubo nada que corregir.")
    heads = ("Hallazgo", "Compromiso", "Período", "Unidad", "Estado", "Plazo", "Cerrado el")
    return words, [
        _table("Hallazgos abiertos por esos períodos", heads, rows),
        _table("Planes de mejora de la carta", ("Compromiso", "Causa", "Plan", "Hasta"), plans),
    ]


def _remedies(told: Gathered) -> Written:
    broken = [line for line in told.lines if line.counted.breaches]
    heads = ("Compromiso", ("Incumplimientos",), ("Sin medida",), ("Por resolver",), ("Entregadas",),
             ("A tiempo",), ("No procedía",), ("Sin efecto",))  # fmt: skip
    words = [] if broken else ["Ninguna persona quedó sin lo que se le había prometido en su plazo."]
    words += [f"{_named(line)[0]}: {_owes(line)}." for line in broken]
    return words, [_table("Incumplimientos cuyo día prometido cayó en el período", heads, [
        [_named(line), *(_number(count, f"breaches:{which}:{line.commitment.code}") for which, count in (
            ("all", line.counted.breaches), ("none", line.counted.none), ("owed", line.counted.owed),
            ("delivered", line.counted.delivered), ("in_time", line.counted.in_time),
            ("refused", line.counted.refused), ("undone", line.counted.undone),
        ))]
        for line in broken
    ])]  # fmt: skip


def _owes(line: Line) -> str:
    of = line.commitment
    if of.remedy_kind == RemedyKind.NONE or not of.remedy:
        return f"sin medida: {of.no_remedy_reason.rstrip('.') or 'la carta no promete ninguna'}"
    return f"se debe «{of.remedy.rstrip('.')}»"


def _claims(told: Gathered) -> Written:
    asked = [line for line in told.lines if line.claims.filed]
    heads = ("Compromiso", ("Recibidas",), ("Acogidas",), ("No acogidas",), ("Por decidir",),
             ("Decididas a tiempo",), "Días hasta decidir")  # fmt: skip
    rows = []
    for line in asked:
        got, code = line.claims, line.commitment.code
        in_time = f"{got.in_time} de {got.decided}" if got.decided else NOTHING
        rows.append([
            _named(line), _number(got.filed, f"claims:all:{code}"),
            _number(got.upheld, f"claims:upheld:{code}"), _number(got.rejected, f"claims:rejected:{code}"),
            _number(got.waiting, f"claims:waiting:{code}"),
            _cell(in_time, f"claims:decided:{code}" if got.decided else ""),
            _cell((days_words(got.days) or NO_DATA).capitalize()),
        ])  # fmt: skip
    words = [] if asked else ["Nadie pidió una medida en el período."]
    return words, [_table("Lo que pidieron las personas en el período", heads, rows)]


def _participation(told: Gathered) -> Written:
    rows, words = [], []
    for edition in told.begun:
        for each in map(took_part, edition.participation):
            done = ". ".join(filter(None, (each.verdict, each.why)))
            rows.append([
                _number(edition.number), _cell(each.who), _cell(each.how), _cell(each.proposed or NOTHING),
                _cell(done or NOTHING),
            ])  # fmt: skip
        counts = told.comments.get(edition.pk, ())
        if counts:
            by_verdict = ", ".join(
                f"{count} {VerdictLabel(verdict).label.lower() if verdict else 'sin respuesta'}"
                for verdict, count in counts
            )
            words.append(f"Comentarios al borrador de la edición {edition.number}: {by_verdict}.")
    if not told.begun:
        words.append("En el período no empezó ninguna edición: no hay participación que informar.")
    elif not rows and not words:
        words.append(f"{NO_DATA}: la carta no dice quiénes participaron.")
    heads = (("Edición",), "Quiénes", "Cómo y cuándo", "Qué propusieron", "Qué se hizo")
    return words, [_table("Quiénes participaron", heads, rows)]


def _editions(told: Gathered) -> Written:
    rows = [
        [_number(row.number), _cell(long_date(row.since)),
         _cell(long_date(row.valid_to) if row.valid_to else "Sigue vigente"),
         _cell(". ".join(filter(None, (row.approved_by, row.closing_words))) or NOTHING),
         _cell(long_date(row.revised_by) if row.revised_by else NOTHING)]
        for row in told.editions
    ]  # fmt: skip
    words = [] if told.begun else ["La carta no cambió en el período."]
    newest = told.editions[-1]
    if newest.revised_by and newest.valid_to is None and newest.revised_by <= told.period.last:
        words.append(f"Debía revisarse antes del {long_date(newest.revised_by)} y sigue vigente sin revisar.")
    heads = (("Edición",), "Desde", "Hasta", "Acto que la aprueba", "Se revisa antes del")
    return words, [_table("Ediciones que rigieron en el período", heads, rows)]


def _answerers(told: Gathered) -> Written:
    unit = told.charter.responsible
    answers = f"Responde de la carta: {unit}." if unit else f"{NO_DATA}: la carta no dice qué unidad."
    rows = [[_named(line), _cell(str(line.commitment.responsible or NOTHING))] for line in told.lines]
    return [answers], [_table("Unidad que responde de cada compromiso", ("Compromiso", "Unidad"), rows)]


_WRITERS: dict[Told, Callable[[Gathered], Written]] = {
    Told.KEPT: _kept,
    Told.DEVIATIONS: _deviations,
    Told.CORRECTIONS: _corrections,
    Told.REMEDIES: _remedies,
    Told.CLAIMS: _claims,
    Told.PARTICIPATION: _participation,
    Told.EDITIONS: _editions,
    Told.ANSWERERS: _answerers,
}
