# SPDX-License-Identifier: EUPL-1.2
"""The rows of a published table: whole periods that are over, small groups hidden, nobody in them.

Not in the web thread: what people told of themselves is counted fact by fact.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.cases.public import kinds
from siac.charters.public import Closed, closed_periods
from siac.indicators.public import (
    NOBODY,
    SETTLES,
    Indicator,
    Length,
    Told,
    Window,
    containing,
    followed,
    hidden_groups,
    is_of_few,
    latest_results,
    measure_many,
    traits_of,
    unit_words,
)
from siac.infra.metrics import SHARES, Dimension, Metric, Statistic, metric, source
from siac.organizations.public import Institution
from siac.reporting.domain.open_data import COMMITMENTS, FIRST, HIDDEN, LAST, RESULTS, Field
from siac.reporting.models import Dataset

MOST_PERIODS = 240
"""Of longer ago nothing is published: twenty years of months."""
_RESTRICTED = "reservados"
"""The group of all kinds that only some may read."""
_UNTOLD = "sin-dato"
_TOLD = {
    Statistic.MEDIAN: Field("mediana", "number", "Mediana", "La mitad no pasa de este valor."),
    Statistic.P90: Field(
        "percentil_90", "number", "Percentil 90", "Nueve de cada diez no pasan de este valor."
    ),
    Statistic.MEAN: Field("media", "number", "Media", "Promedio, con un decimal."),
}
_COUNTED = (Statistic.COUNT, Statistic.STOCK)
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be published. `latest`: its rows of the last period."""

    fields: Sequence[Field]
    rows: Sequence[Row]
    latest: Sequence[Row]


def table_of(dataset: Dataset, *, today: date) -> Table:
    """Return the table of a dataset as it is on the local day `today` (2 SQL for a metric, and what names of
    dimensions cost; 2 for results, 2 for commitments).
    """
    if dataset.what == RESULTS:
        return _results(dataset, today=today)
    if dataset.what == COMMITMENTS:
        return _commitments(dataset, today=today)
    return _figure(dataset, metric(dataset.what), _windows(dataset, today), today=today)


def dimensions_open(of: Metric) -> list[Dimension]:
    """Return by what a metric may be published: a stock by nothing that people told of themselves, what
    people answered by nothing but what it is told apart by here (`Metric.apart`).
    """
    if of.least:
        return [source(of.of.source).dimension(of.apart)] if of.apart else []
    traits = {each.key for each in traits_of(of)}
    return [each for each in source(of.of.source).dimensions if not each.is_trait or each.key in traits]


def _windows(dataset: Dataset, today: date) -> list[Window]:
    """Return the periods that are over since long enough for late entries, oldest first."""
    window = containing(Length(dataset.every), dataset.since, today=today)
    if window.first < dataset.since:
        window = window.moved(1, today=today)
    found = []
    while window.end + SETTLES < today:
        found.append(window)
        window = window.moved(1, today=today)
    return found[-MOST_PERIODS:]


@dataclass(frozen=True, slots=True)
class _Groups:
    """How a metric is told apart: the names of groups in their order, those above, what each counts, and
    which are hidden of a period.
    """

    names: Mapping[str, str]
    above: Mapping[str, str]
    told: Callable[[int, str], Told]
    hidden: Callable[[int, Mapping[str, int]], set[str]]
    least: int
    is_trait: bool = False

    def pins(self, sizes: Sequence[int]) -> bool:
        """Return whether so few people in so many groups, all hidden, say how many are in each."""
        return sum(sizes) - len(sizes) < max(1, self.least - 2)


def _figure(dataset: Dataset, of: Metric, windows: Sequence[Window], *, today: date) -> Table:
    body = dataset.institution
    fields = [FIRST, LAST, *_value_fields(of), HIDDEN]
    if not dataset.by:
        return _whole(body, of, windows, fields, today=today)
    dimension = source(of.of.source).dimension(dataset.by)
    groups = _groups(body, of, dimension, windows, today=today)
    own = [
        Field("grupo_codigo", "string", f"{dimension.title}: código", "El mismo en todos los períodos."),
        Field("grupo", "string", dimension.title, "Nombre del grupo hoy."),
    ]
    if groups.above:
        own.append(
            Field(
                "grupo_superior",
                "string",
                "Dentro de",
                "Código del grupo que lo contiene; cada grupo cuenta también lo que está debajo de él.",
            )
        )
    by_window = [list(_of_window(of, groups, place, each)) for place, each in enumerate(windows)]
    fields[2:2] = own
    return _joined(fields, by_window)


def _joined(fields: Sequence[Field], by_window: Sequence[Sequence[Row]]) -> Table:
    """Return the rows of all periods; the latest are those of the last period that has any."""
    latest = next((rows for rows in reversed(by_window) if rows), [])
    return Table(fields, [row for rows in by_window for row in rows], latest)


def _whole(
    body: Institution, of: Metric, windows: Sequence[Window], fields: Sequence[Field], *, today: date
) -> Table:
    if not windows:
        return Table(fields, [], [])
    found = measure_many(body, [of], [each.days for each in windows], today=today)[of.key]
    rows: list[Row] = []
    for place, window in enumerate(windows):
        told = found.told(place)
        is_few = 0 < told.total < _least(body, of) or told.silence is not None
        rows.append((window.first, window.end, *_values(of, None if is_few else told), is_few))
    return Table(fields, rows, rows[-1:])


def _least(body: Institution, of: Metric) -> int:
    return max(body.smallest_group, of.least)


def _groups(
    body: Institution, of: Metric, dimension: Dimension, windows: Sequence[Window], *, today: date
) -> _Groups:
    ranges, by = [each.days for each in windows], dimension.key
    found = measure_many(body, [of], ranges, today=today, by=by)[of.key]
    names = dict(dimension.names(body))
    above = dict(dimension.parents(body)) if dimension.parents else {}
    closed: list[str] = []
    if by == "kind":
        known = kinds(body)
        closed = [str(pk) for pk, kind in known.items() if kind.is_restricted]
        # What lies over a kind tells of those in it that only some may read.
        names = {key: name for key, name in names.items() if key.isdigit() and key not in closed}
        above = {}
    together = None
    if closed:
        together = measure_many(body, [of], ranges, today=today, where={by: closed})[of.key]
        names[_RESTRICTED] = "Tipos reservados, juntos"
    if dimension.is_trait:
        names.pop(NOBODY, None)

    def told(place: int, key: str) -> Told:
        return together.told(place) if together and key == _RESTRICTED else found.told(place, key)

    least = _least(body, of)

    def hidden(place: int, sizes: Mapping[str, int]) -> set[str]:
        if dimension.is_trait and (n := found.told(place, NOBODY).total):
            # They have no row, and so follow from the whole less all rows: a group like the others.
            sizes = {**sizes, NOBODY: n}
        taken = hidden_groups(found, sizes, above, least=least, is_trait=dimension.is_trait, column=place)
        return taken - {NOBODY}

    return _Groups(names, above, told, hidden, least, dimension.is_trait)


def _of_window(of: Metric, groups: _Groups, place: int, window: Window) -> Iterator[Row]:
    told = {key: groups.told(place, key) for key in groups.names}
    sizes = {key or _UNTOLD: each.total for key, each in told.items() if each.total}
    silent = {key or _UNTOLD for key, each in told.items() if each.total and each.silence}
    taken = groups.hidden(place, sizes) | silent
    roots = {key for key in sizes if groups.above.get(key) not in sizes}
    days = (window.first, window.end)
    width = 1 if groups.above else 0
    if sizes and taken >= roots and (groups.is_trait or groups.pins([sizes[each] for each in roots])):
        # Not even which groups have anybody: so few in so many say how many are in each.
        yield (*days, "", "Todos los grupos", *[""] * width, *_values(of, None), True)
        return
    for key, name in groups.names.items():
        code = key or _UNTOLD
        if code in sizes:
            above = [groups.above.get(key, "")] if width else []
            yield (
                *days,
                code,
                name,
                *above,
                *_values(of, None if code in taken else told[key]),
                code in taken,
            )


def _value_fields(of: Metric) -> list[Field]:
    if of.statistics[0] in _COUNTED:
        return [Field("cantidad", "integer", "Cantidad", of.definition)]
    things = source(of.of.source).things.many
    if Statistic.RATE in of.statistics:
        return [
            Field("numerador", "integer", "Cumplen", f"Cuántas {things} cumplen."),
            Field("denominador", "integer", "De cuántas", f"Cuántas {things} se miran."),
            Field("porcentaje", "number", "Por ciento", of.definition),
        ]
    unit = unit_words(of.unit, 2)
    return [
        Field("casos", "integer", "Casos", f"Cuántas {things} se cuentan."),
        *(
            Field(field.name, field.kind, field.title, f"{field.description} En {unit}. {of.definition}")
            for each, field in _TOLD.items()
            if each in of.statistics
        ),
    ]


def _values(of: Metric, told: Told | None) -> list[Any]:
    """Return the cells of a figure; empty ones of what is hidden (None)."""
    if told is None:
        return [""] * len(_value_fields(of))
    if of.statistics[0] in _COUNTED:
        return [told.total]
    if Statistic.RATE in of.statistics:
        value = told.value(Statistic.RATE)
        return [told.met(Statistic.RATE), told.total, "" if value is None else value]
    values = [told.value(each) for each in _TOLD if each in of.statistics]
    return [told.total, *("" if each is None else each for each in values)]


def _results(dataset: Dataset, *, today: date) -> Table:
    """Return what indicators said, frozen: the last revision of each period."""
    body = dataset.institution
    fields = [
        FIRST, LAST,
        Field("indicador_codigo", "string", "Indicador: código", "El mismo en todos los períodos."),
        Field("indicador", "string", "Indicador", "Nombre del indicador hoy."),
        Field("formula", "string", "Fórmula", "Cómo se calcula, en palabras."),
        Field("valor", "number", "Valor", "El resultado, fijado al terminar el período."),
        Field("unidad", "string", "Unidad", "En qué se dice el valor."),
        Field("meta", "number", "Meta", "La que regía en el período."),
        Field("casos", "integer", "De cuántos", "De cuántos casos se dice; 0: anotado a mano."),
        Field("revision", "integer", "Revisión", "1: como se fijó; más: corregido después, con su razón."),
        Field(
            "anterior", "boolean", "Anterior al sistema",
            "«true»: lo que se informó antes de medir aquí, sin casos que contar otra vez.",
        ),
        HIDDEN,
    ]  # fmt: skip
    reserved = {str(pk) for pk, kind in kinds(body).items() if kind.is_restricted}
    indicators = _of_shortest(
        [each for each in followed(body) if not reserved & set(each.filters.get("kind", ()))]
    )
    by_pk = {each.pk: each for each in indicators}
    rows: list[Row] = []
    newest: dict[int, Row] = {}
    for result in latest_results(body, indicators):
        if result.first < dataset.since or result.last + SETTLES >= today:
            continue
        of = by_pk[result.indicator_id]
        is_counted = bool(of.metric) and not result.is_earlier
        is_few = is_of_few(body, of, result.value, result.total, is_counted=is_counted)
        row = (
            result.first,
            result.last,
            of.code,
            of.name,
            of.definition,
            "" if is_few or result.value is None else result.value,
            _unit(of),
            "" if result.target is None else result.target,
            "" if is_few else result.total,
            result.revision,
            result.is_earlier,
            is_few,
        )
        rows.append(row)
        newest.setdefault(of.pk, row)
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    return Table(fields, rows, sorted(newest.values(), key=lambda row: row[3]))


_LENGTHS = ("month", "quarter", "half", "year")


def _of_shortest(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators without those that say by longer periods what another says of the same figure by
    shorter ones: the longer one less the others would tell what is hidden.
    """
    shortest: dict[str, int] = {}
    for each in indicators:
        place = _LENGTHS.index(each.frequency)
        shortest[each.metric] = min(shortest.get(each.metric, place), place)
    return [
        each
        for each in indicators
        if not each.metric or _LENGTHS.index(each.frequency) == shortest[each.metric]
    ]


def _unit(of: Indicator) -> str:
    if not of.metric:
        return of.unit
    told = metric(of.metric)
    if Statistic(of.statistic) in SHARES:
        return "%"
    things = source(told.of.source).things.many
    return things if Statistic(of.statistic) in _COUNTED else unit_words(told.unit, 2)


def _commitments(dataset: Dataset, *, today: date) -> Table:
    """Return the register of every charter: how each promise was kept in each of its closed periods, and what
    was given where it was not. Which periods are of so few that they are not told, charters say: the register
    on the portal tells the same.
    """
    body = dataset.institution
    fields = [
        FIRST, LAST,
        Field("organismo", "string", "Organismo", "Quién lo promete."),
        Field("carta_codigo", "string", "Carta: código", "El mismo en todas las ediciones."),
        Field("carta", "string", "Carta", "Nombre de la carta de servicios hoy."),
        Field("edicion_codigo", "integer", "Edición", "La que regía el último día del período."),
        Field("compromiso_codigo", "string", "Compromiso: código", "El mismo en todas las ediciones."),
        Field("compromiso", "string", "Compromiso", "Lo que la carta de servicios promete."),
        Field("forma", "string", "Cómo se mide", "Garantía de cada solicitud, o cifra de todo el organismo."),
        Field("meta", "number", "Meta", "La que la carta se propone, en la unidad del resultado."),
        Field("resultado", "number", "Resultado", "Cómo se cumplió, fijado al cerrar el período."),
        Field("unidad", "string", "Unidad", "En qué se dicen la meta y el resultado; «%»: en cada cien."),
        Field(
            "numerador", "integer", "Cumplidas",
            "De una garantía, cuántas solicitudes tuvieron respuesta a tiempo.",
        ),
        Field(
            "denominador", "integer", "De cuántas",
            "De una garantía, las respondidas en el período y las vencidas que seguían sin respuesta en su "
            "último día; de una cifra, de cuántas se dice.",
        ),
        Field("cumple", "boolean", "Cumple", "«true»: llegó a su meta; vacío: no hubo de qué decirlo."),
        Field(
            "incumplidas", "integer", "Incumplidas",
            "Promesas a una persona cuyo plazo venció sin cumplirse en el período, hasta hoy.",
        ),
        Field("medidas_entregadas", "integer", "Medidas entregadas", "De las incumplidas, hasta hoy."),
        Field("medidas_en_curso", "integer", "Medidas en curso", "De las incumplidas, las que aún se deben."),
        Field("medidas_sin_efecto", "integer", "Medidas sin efecto", "De las incumplidas, no procedía."),
        Field("explicacion", "string", "Por qué", "Lo que el organismo dice en público de no haber llegado."),
        HIDDEN,
    ]  # fmt: skip
    closed = [
        each for each in closed_periods(body, since=dataset.since) if each.result.last + SETTLES < today
    ]
    closed.sort(key=lambda each: (each.result.first, each.result.last, each.result.charter_id))
    newest = {(each.result.charter_id, each.result.code): _kept(body, each) for each in closed}
    return Table(fields, [_kept(body, each) for each in closed], list(newest.values()))


def _kept(body: Institution, each: Closed) -> Row:
    row, of, given = each.result, each.commitment, each.given
    told: list[Any] = [row.value, row.met if each.is_guarantee else None, row.total, row.is_reached]
    became = [given.breaches, given.delivered, given.owed, given.refused] if each.is_guarantee else [None] * 4
    charter = of.edition.charter
    unit = "%" if each.is_guarantee or of.indicator is None else _unit(of.indicator)
    first, *rest = ["" if cell is None or each.is_hidden else cell for cell in (*told, *became)]
    return (
        row.first, row.last, body.name, charter.code, charter.title, of.edition.number, row.code, of.text,
        "garantía" if each.is_guarantee else "cifra", row.target, first, unit, *rest, each.explanation,
        each.is_hidden,
    )  # fmt: skip
