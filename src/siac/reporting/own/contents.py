# SPDX-License-Identifier: EUPL-1.2
"""What a report of one's own says of a period, as words: for its page, and frozen for its copies."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from siac.indicators.public import (
    Length,
    Told,
    containing,
    data_state,
    days_words,
    said_words,
    window_name,
)
from siac.infra.metrics import Statistic
from siac.reporting.models import FrozenReport
from siac.reporting.own.drawing import chart_of
from siac.reporting.own.reading import ToldSection, told_sections
from siac.ui.charts import Chart, Mark, Row, Shape


def section_of(told: ToldSection) -> dict[str, Any]:
    """Return a section in words; `value` is empty where it has no figure of its own. A figure of which
    nothing is told says why in its place. No SQL.
    """
    said = {
        "number": told.number,
        "heading": told.heading,
        "text": told.text,
        "words": told.words,
        "value": "",
        "of": "",
        "change": "",
    }
    if told.page is None:
        return said
    line = told.page.line
    change = "Sin cifra de antes con qué comparar."
    if line.silence:
        change = line.why_silent
    elif line.sentence or line.before.total:
        change = f"{line.sentence} Antes: {_said(line.before, line.statistic)}.".strip()
    return {**said, "value": said_words(line.now, line.statistic), "of": line.of, "change": change}


def _said(told: Told, statistic: Statistic) -> str:
    words = said_words(told, statistic)
    return f"{words[0].lower()}{words[1:]}"


def content_of(row: FrozenReport, now: datetime) -> dict[str, Any]:
    """Return what a report says of the period of a copy, as JSON values (2 SQL, and as `told_sections`).

    Raises:
        ValueError: the copy is of no report.
    """
    body, report = row.institution, row.report
    if report is None:
        raise ValueError("a copy of no report")
    today = body.local_date(now)
    window = containing(Length(row.length), row.first, today=today)
    data_time, is_complete = data_state(body)
    told = told_sections(body, report, window, today=today)
    return {
        "title": report.title,
        "version": report.version,
        "intro": report.intro,
        "period": window_name(window),
        "days": days_words(*window.days),
        "data_time": data_time.isoformat() if data_time else "",
        "is_complete": is_complete,
        "sections": [{**section_of(each), "chart": _frozen(each)} for each in told],
    }


def _frozen(told: ToldSection) -> dict[str, Any] | None:
    """Return the drawing of a section as JSON values, without the addresses of what lies behind."""
    chart = chart_of(told, lambda key, query: "", lambda pk: "")
    if chart is None:
        return None
    return {
        **{name: value for name, value in asdict(chart).items() if name not in ("rows", "divider")},
        "shape": chart.shape.value,
        "rows": [
            {
                **asdict(row),
                "mark": row.mark.value,
                "value": _number(row.value),
                "target": _number(row.target),
                "share": _number(None if row.value is None else chart.share(row.value)),
                "at": _number(None if row.target is None else chart.share(row.target)),
            }
            for row in chart.rows
        ],
        "untold": _untold(chart),
    }


def _number(value: Decimal | int | None) -> str | None:
    return None if value is None else str(value)


def _untold(chart: Chart) -> str:
    """Return why columns are missing: «Sin casos: de mayo de 2026 a julio de 2026.», once for each reason."""
    if chart.shape is not Shape.COLUMNS:
        return ""
    why: dict[str, list[str]] = {}
    for words, run in groupby(chart.rows, lambda row: row.words if row.value is None else ""):
        labels = [row.label for row in run]
        if words:
            said = f"de {labels[0]} a {labels[-1]}" if len(labels) > 2 else ", ".join(labels)
            why.setdefault(words, []).append(said)
    return " ".join(f"{words}: {', '.join(runs)}." for words, runs in why.items())


def frozen_chart(kept: Mapping[str, Any] | None) -> Chart | None:
    """Return the drawing of a section as it was frozen. No SQL."""
    if kept is None:
        return None
    rows = [
        Row(
            row["label"], _value(row["value"]), row["words"], row["detail"], _value(row["target"]),
            Mark(row["mark"]), tick=row["tick"], under=row["under"], brief=row["brief"],
        )
        for row in kept["rows"]
    ]  # fmt: skip
    one, two, three, four = kept["heads"]
    return Chart(
        kept["title"], kept["note"], rows, (one, two, three, four), kept["top"], Shape(kept["shape"]),
        kept["most"],
    )  # fmt: skip


def _value(kept: str | None) -> Decimal | int | None:
    if kept is None:
        return None
    return int(kept) if kept.lstrip("-").isdecimal() else Decimal(kept)
