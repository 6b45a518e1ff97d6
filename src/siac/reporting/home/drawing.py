# SPDX-License-Identifier: EUPL-1.2
"""What the home of the authority draws, each drawing with the sentence that a rule finds."""

from collections.abc import Callable
from decimal import Decimal

from siac.indicators.public import (
    Window,
    bins,
    number_words,
    window_name,
)
from siac.reporting.domain import findings
from siac.reporting.domain.findings import FEW
from siac.reporting.home.reading import (
    ANSWERED,
    ARRIVALS,
    IN_TERM,
    MARGIN,
    OVERDUE,
    RESOLVED,
    Overview,
    UnitLine,
)
from siac.ui.charts import Chart, Heat, HeatCell, HeatRow, Mark, Multiples, Panel, Row, Shape, step_of
from siac.ui.domain.due import MONTHS, WEEKDAYS

Things = Callable[[str, str], str]
"""From a metric and the query of an address to the page of the things behind its figure."""
OPEN_HOURS = (8, 18)
"""Hours that the heat map has whatever arrives; those of other arrivals are added."""
DRAWN_SINGLY = 30
"""So few answers are drawn one by one."""
PANELS = 12
STEPS = 16


def trend_chart(page: Overview, to_things: Things) -> Chart:
    """Return the share on time month by month, with its target."""
    target = page.targets.get(IN_TERM)
    known = [
        (month, figures.on_time) for month, figures in page.months if figures.on_time.percent is not None
    ]
    lowest = min((share.percent or 0 for _, share in known), default=Decimal(0))
    bottom = max(0, int(min([lowest, *([target] if target is not None else [])])) // 10 * 10 - 10)
    rows = [
        Row(
            window_name(month),
            figures.on_time.percent,
            f"{number_words(figures.on_time.percent)} %"
            if figures.on_time.percent is not None
            else "Sin casos",
            f"{figures.on_time.met} de {figures.on_time.total}" if figures.on_time.total else "",
            target,
            Mark.FEW if figures.on_time.total < FEW else Mark.PLAIN,
            to_things(IN_TERM, page.question.query(**page.question.of_window(month)))
            if figures.told[IN_TERM].total
            else "",
            MONTHS[month.first.month - 1][:3],
            str(month.first.year) if place == 0 or month.first.month == 1 else "",
            f"{number_words(round(figures.on_time.percent))} %"
            if figures.on_time.percent is not None
            else "",
        )
        for place, (month, figures) in enumerate(page.months)
    ]
    last, share = known[-1] if known else (page.months[-1][0], page.months[-1][1].on_time)
    title = findings.trend(window_name(last), share.met, share.total, target)
    first = page.months[0][0]
    note = (
        f"Por ciento a tiempo, {window_name(first)} a {window_name(page.months[-1][0])}, las vencidas sin "
        f"responder en el mes en que vencieron; el eje va de {bottom} a 100. Hueco: menos de {FEW} casos."
    )
    heads = ("Mes", "A tiempo", "De cuántas", "Meta (%)" if target is not None else "")
    return Chart(f"{title}.", note, rows, heads, 100, Shape.LINE, bottom=bottom)


def spread_chart(page: Overview, to_things: Things) -> Chart:
    """Return how many answers came how many business days before and after the last day of their term, and as
    a bar of their own those that are late without an answer.
    """
    overdue = page.now.overdue
    answered = sum(page.margins.values())
    # Steps begin the day after the term, so that none holds both sides of it.
    steps = [
        (low + 1, high + 1, n)
        for low, high, n in bins({value - 1: n for value, n in page.margins.items()}, most=STEPS)
    ]
    rows = [
        Row(
            str(low) if low == high else f"{low} a {high}",
            n,
            number_words(n),
            f"{number_words(round(Decimal(100 * n) / answered, 1))} %",
            mark=Mark.LATE if low > 0 else Mark.PLAIN,
            url=to_things(MARGIN, page.question.query(valor=f"{low}-{high}")) if n else "",
            tick=str(high if high <= 0 else low),
            brief=number_words(n) if n else "",
        )
        for low, high, n in steps
    ]
    late = sum(n for value, n in page.margins.items() if value > 0)
    first_late = next((place for place, (low, _, _) in enumerate(steps) if low > 0), len(steps))
    if overdue:
        url = to_things(OVERDUE, page.question.query())
        rows.append(
            Row("Sin responder", overdue, number_words(overdue), "", mark=Mark.OPEN, url=url, tick="sin",
                under="resp.", brief=number_words(overdue))
        )  # fmt: skip
    note = "Respuestas según los días hábiles antes (bajo 0) o después del último día de su plazo."
    singly = answered + overdue < DRAWN_SINGLY
    if singly and rows:
        note += f" Con menos de {DRAWN_SINGLY} se dibuja cada una."
    return Chart(
        f"{findings.spread(late, overdue, answered)}.",
        note,
        rows,
        ("Días hábiles", "Solicitudes", "Parte", ""),
        None,
        Shape.DOTS if singly else Shape.COLUMNS,
        divider=(first_late, "último día") if steps else None,
    )


def heat_map(page: Overview, to_things: Things) -> Heat:
    """Return how many arrived at each hour of each weekday."""
    hours = {value % 24 for value, n in page.arrivals.items() if n}
    first, last = min({OPEN_HOURS[0], *hours}), max({OPEN_HOURS[1], *hours})
    greatest = max(page.arrivals.values(), default=0)

    def cell(value: int) -> HeatCell:
        count = page.arrivals.get(value, 0)
        url = to_things(ARRIVALS, page.question.query(valor=f"{value}-{value}")) if count else ""
        return HeatCell(count, url, step_of(count, greatest))

    rows = [
        HeatRow(
            name.capitalize(),
            [cell(day * 24 + hour) for hour in range(first, last + 1)],
            sum(page.arrivals.get(day * 24 + hour, 0) for hour in range(24)),
        )
        for day, name in enumerate(WEEKDAYS)
    ]
    title = findings.busiest([row.total for row in rows], WEEKDAYS)
    note = "Solicitudes recibidas por día de la semana y hora local de llegada."
    return Heat(f"{title}.", note, "Día", [str(hour) for hour in range(first, last + 1)], rows)


def funnel_chart(page: Overview, to_things: Things) -> Chart:
    """Return what became of those received in the period."""
    answered, resolved = page.now.told[ANSWERED], page.now.told[RESOLVED]
    total = answered.total

    def row(name: str, count: int, key: str, **changes: str) -> Row:
        part = number_words(round(Decimal(100 * count) / total, 1)) if total else ""
        url = to_things(key, page.question.query(**changes)) if count else ""
        return Row(name, count, number_words(count), f"{part} %" if part else "", url=url)

    rows = [
        row("Recibidas", total, ANSWERED),
        row("Con respuesta", answered.counted.n, ANSWERED, solo="si"),
        row("Resueltas: ni impugnadas ni reabiertas", resolved.counted.n, RESOLVED, solo="si"),
    ]
    title = findings.funnel(total, answered.counted.n, resolved.counted.n)
    note = "De las recibidas en el período, sin las acumuladas ni las repetidas; el eje empieza en 0."
    return Chart(f"{title}.", note, rows, ("Paso", "Solicitudes", "Parte", ""))


def unit_multiples(page: Overview, to_things: Things) -> Multiples:
    """Return the share on time of each unit quarter by quarter, the farthest from the target first."""
    target = page.targets.get(IN_TERM)
    shown = page.units[:PANELS]
    shares = [share.percent for line in shown for share in line.quarters if share.percent is not None]
    bottom = max(0, int(min(shares, default=Decimal(0))) // 10 * 10 - 10)
    title = findings.farthest({line.name: (line.now.met, line.now.total) for line in page.units}, target)
    note = (
        f"Por ciento a tiempo por trimestre, de {bottom} a 100, cada una con las que dependen de ella; "
        "la de arriba, sola. "
        f"Hueco: menos de {FEW} casos."
    )
    if len(page.units) > PANELS:
        note += f" Se muestran las {PANELS} primeras de {len(page.units)}."
    panels = [_panel(page, line, target, bottom, to_things) for line in shown]
    return Multiples(f"{title}.", note, "Unidad", panels)


def _panel(page: Overview, line: UnitLine, target: Decimal | None, bottom: int, to_things: Things) -> Panel:
    rows = [
        Row(
            quarter_name(quarter),
            share.percent,
            f"{number_words(share.percent)} %" if share.percent is not None else "Sin casos",
            f"{share.met} de {share.total}" if share.total else "",
            target,
            Mark.FEW if share.total < FEW else Mark.PLAIN,
        )
        for quarter, share in zip(page.quarters, line.quarters, strict=True)
    ]
    title = f"{line.name}, por ciento a tiempo por trimestre."
    chart = Chart(
        title, "", rows, ("Trimestre", "A tiempo", "De cuántas", ""), 100, Shape.LINE, bottom=bottom
    )
    below = [(f"{line.now.met} de {line.now.total} a tiempo", "")]
    if line.overdue:
        url = to_things(OVERDUE, page.question.query(unidad=line.member)) if line.member else ""
        below.append((f"{line.overdue} sin responder", url))
    said = f"{round(line.now.percent)} %" if line.now.percent is not None else "Sin casos"
    missed = target is not None and line.now.reaches(target) is False
    return Panel(line.name, chart, said, missed, below)


def quarter_name(window: Window) -> str:
    """Return what a quarter is called where there is little room: «T3 26»."""
    return f"T{(window.first.month + 2) // 3} {window.first.year % 100:02}"
