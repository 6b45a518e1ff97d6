# SPDX-License-Identifier: EUPL-1.2
"""The figures at the top of the home of the authority, and all that it shows as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from siac.indicators.public import (
    Question,
    Told,
    change_words,
    number_words,
    of_words,
    said_words,
    value_words,
    verdict_words,
    window_name,
)
from siac.infra.metrics import Statistic
from siac.reporting.domain import findings
from siac.reporting.home.drawing import Things, quarter_name
from siac.reporting.home.reading import (
    ANSWERED,
    DAYS,
    IN_TERM,
    NET,
    OVERDUE,
    RATED,
    RECEIVED,
    RESOLVED,
    Overview,
)
from siac.ui.domain.due import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Card:
    """One of the figures at the top: value, what changed, of how many and target, what lies behind, and where
    it is defined.
    """

    title: str
    value: str
    change: str
    verdict: str
    of: str
    links: Sequence[tuple[str, str]]
    metric: str


def cards(page: Overview, to_things: Things) -> list[Card]:
    """Return the four figures of the page."""
    question, now, before = page.question, page.now, page.before
    received, days, rated = now.told[RECEIVED], now.told[DAYS], now.told[RATED]
    return [
        Card(
            "Recibidas",
            number_words(received.total),
            _sentence(received, before.told[RECEIVED], Statistic.COUNT),
            "",
            "",
            _behind(to_things, question, RECEIVED, received.total, *_ALL),
            RECEIVED,
        ),
        _on_time(page, to_things),
        Card(
            "La mitad respondida en",
            value_words(days, Statistic.MEDIAN),
            _sentence(days, before.told[DAYS], Statistic.MEDIAN),
            verdict_words(days, before.told[DAYS], Statistic.MEDIAN),
            _joined(_nine_of_ten(days), _target(page.targets.get(DAYS), " días hábiles")),
            _behind(to_things, question, DAYS, days.total, *_ALL),
            DAYS,
        ),
        Card(
            "Bien calificadas",
            value_words(rated, Statistic.RATE),
            _rated_change(rated, before.told[RATED]),
            "",
            _joined(of_words(rated, Statistic.RATE), _target(page.targets.get(RATED), " %")),
            _behind(to_things, question, RATED, rated.total, "Ver la calificada", "Ver las {} calificadas"),
            RATED,
        ),
    ]


def net_card(page: Overview, url: str) -> Card | None:
    """Return what people say in surveys, with the period where it is another than that of the page; None
    where only a part of the body is looked at, or nobody or too few answered. `url`: of its figures, whose
    answers are nobody's.
    """
    if page.net is None or page.net.now.total < findings.FEWEST:
        return None
    now, before = page.net.now, page.net.before
    value, earlier = now.value(Statistic.MEAN), before.value(Statistic.MEAN)
    change = ""
    if value is not None and earlier is not None and before.total >= findings.FEWEST:
        gap = Decimal(value) - Decimal(earlier)
        limit = findings.net_margin(Decimal(value), now.total, Decimal(earlier), before.total)
        change = f"{_points(gap)} {'más' if gap > 0 else 'menos'}: antes {_signed(earlier)}"
        change += f"; dentro del margen de ±{number_words(limit)}" if abs(gap) <= limit else ""
    of = f"{number_words(now.total)} respuestas a encuestas"
    if page.net.window != page.question.window:
        of += f", {window_name(page.net.window)}"
    silent = said_words(now, Statistic.MEAN) if value is None else ""
    of_net = page.question.of_window(page.net.window)
    asked = page.question.query(**of_net, comparar=page.question.against.value)
    return Card(
        "Satisfacción neta",
        _signed(value),
        silent or change,
        "",
        of,
        [("Ver la cifra", f"{url}?{asked}")],
        NET,
    )


def _signed(value: Decimal | int | None) -> str:
    if value is None:
        return "—"
    return f"{'+' if value > 0 else ''}{number_words(round(Decimal(value)))}"


def _on_time(page: Overview, to_things: Things) -> Card:
    question, share, before = page.question, page.now.on_time, page.before.on_time
    told = page.now.told[IN_TERM]
    late = told.total - told.counted.n
    links = _behind(
        to_things,
        question,
        IN_TERM,
        late,
        "Ver la respondida tarde",
        "Ver las {} respondidas tarde",
        solo="no",
    )
    links += _behind(
        to_things, question, OVERDUE, page.now.overdue, "la que está sin responder", "las {} sin responder"
    )
    change = ""
    if share.percent is not None and before.percent is not None:
        gap = share.percent - before.percent
        more = "más" if gap > 0 else "menos"
        change = (
            f"{_points(gap)} {more}: antes {number_words(before.percent)} %" if gap else "Igual que antes"
        )
    return Card(
        "A tiempo",
        f"{number_words(share.percent)} %" if share.percent is not None else "—",
        change,
        _verdict(share.percent, before.percent),
        _joined(
            f"{number_words(share.met)} de {number_words(share.total)}" if share.total else "",
            _target(page.targets.get(IN_TERM), " %"),
        ),
        links,
        IN_TERM,
    )


def _joined(*parts: str) -> str:
    return " · ".join(each for each in parts if each)


def _points(gap: Decimal) -> str:
    return f"{number_words(abs(gap))} punto{'' if abs(gap) == 1 else 's'}"


def _verdict(now: Decimal | None, before: Decimal | None) -> str:
    if now is None or before is None or now == before:
        return ""
    return "mejora" if now > before else "empeora"


def _sentence(now: Told, before: Told, statistic: Statistic) -> str:
    change = change_words(now, before, statistic)
    if change in ("", "igual"):
        return "Igual que antes" if change else ""
    return f"{change[0].upper()}{change[1:]}: antes {value_words(before, statistic)}"


def _rated_change(now: Told, before: Told) -> str:
    """Return the change of a share of the few that answer: one within the margin of error is called so."""
    said = _sentence(now, before, Statistic.RATE)
    limit = findings.margin(now.counted.n, now.total, before.counted.n, before.total)
    value, earlier = now.value(Statistic.RATE), before.value(Statistic.RATE)
    if limit is None or value is None or earlier is None:
        return said
    inside = abs(Decimal(value) - Decimal(earlier)) <= limit
    return f"{said}; dentro del margen de ±{number_words(limit)}" if inside else said


def _nine_of_ten(days: Told) -> str:
    value = days.value(Statistic.P90)
    return f"9 de cada 10 en {value} o menos" if value is not None else ""


def _target(target: Decimal | None, unit: str) -> str:
    if target is None:
        return ""
    whole = target == target.to_integral_value()
    return f"meta {number_words(int(target) if whole else target)}{unit}"


_ALL = "Ver la solicitud", "Ver las {}"


def _behind(
    to_things: Things, question: Question, key: str, count: int, one: str, many: str, **changes: str
) -> list[tuple[str, str]]:
    if not count:
        return []
    words = one if count == 1 else many.format(number_words(count))
    return [(words, to_things(key, question.query(**changes)))]


COLUMNS = ("Parte", "Nombre", "Detalle", "Cifra", "De cuántas")


def table(page: Overview) -> list[tuple[object, ...]]:
    """Return what the page shows as rows of one table; figures are plain numbers."""
    now, rows = page.now, list[tuple[object, ...]]()
    days, rated = now.told[DAYS], now.told[RATED]
    answered, resolved = now.told[ANSWERED], now.told[RESOLVED]
    rows += [
        ("Cifras", "Recibidas", "", now.told[RECEIVED].total, ""),
        ("Cifras", "A tiempo (%)", f"{now.on_time.met} a tiempo", now.on_time.percent, now.on_time.total),
        ("Cifras", "Mediana de días hábiles", "", days.value(Statistic.MEDIAN), days.total),
        ("Cifras", "Bien calificadas (%)", "", rated.value(Statistic.RATE), rated.total),
        ("Cifras", "Vencidas sin responder", "", now.overdue, ""),
        ("Cifras", "Con respuesta", "de las recibidas", answered.counted.n, answered.total),
        ("Cifras", "Resueltas", "de las recibidas", resolved.counted.n, resolved.total),
    ]
    if page.net is not None and (value := page.net.now.value(Statistic.MEAN)) is not None:
        rows.append(("Cifras", "Satisfacción neta", window_name(page.net.window), value, page.net.now.total))
    rows += [
        ("A tiempo por mes (%)", window_name(month), "", each.on_time.percent, each.on_time.total)
        for month, each in page.months
    ]
    rows += [("Días respecto del plazo", "", day, n, "") for day, n in sorted(page.margins.items())]
    rows += [
        ("Llegadas", WEEKDAYS[value // 24], f"{value % 24} h", n, "")
        for value, n in sorted(page.arrivals.items())
    ]
    rows += [
        ("A tiempo por unidad (%)", line.name, quarter_name(quarter), share.percent, share.total)
        for line in page.units
        for quarter, share in zip(page.quarters, line.quarters, strict=True)
    ]
    return rows
