# SPDX-License-Identifier: EUPL-1.2
"""What a report of one's own says of a period, section by section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.indicators.public import Indicator as IndicatorRow
from siac.indicators.public import (
    IndicatorResult,
    Page,
    Part,
    Window,
    latest_results,
    metric_page,
    names_read_once,
    of_results,
)
from siac.organizations.public import Institution
from siac.reporting.domain.own import SectionKind, Shown
from siac.reporting.models import OwnReport
from siac.reporting.own.describing import GONE, Asked, asked_in, heading_of, words_of

_PARTS = {Shown.MONTHS: (Part.MONTHS,), Shown.GROUPS: (Part.GROUPS,), Shown.NUMBER: ()}
RESULTS_SHOWN = 13
"""Results of an indicator: the last ones up to the period."""


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A section with what it says: `page` and `asked` of a figure, `results` of an indicator (the oldest
    first), `text` of words, and of what cannot be told any more why.
    """

    number: int
    kind: SectionKind
    heading: str
    words: str = ""
    text: str = ""
    page: Page | None = None
    asked: Asked | None = None
    shown: Shown = Shown.NUMBER
    indicator: IndicatorRow | None = None
    results: Sequence[IndicatorResult] = ()


def told_sections(
    institution: Institution, report: OwnReport, window: Window, *, today: date
) -> list[ToldSection]:
    """Return what each section says of a period (2 SQL for all indicators, 1 for the names of each dimension;
    for each figure 1, and 1 for its months or groups, as `metric_page` says).
    """
    ids = {each["indicator"] for each in report.sections if each["kind"] == SectionKind.INDICATOR}
    rows = of_results(institution).filter(pk__in=ids).in_bulk() if ids else {}
    results = latest_results(institution, list(rows.values())) if rows else []
    called = {pk: row.name for pk, row in rows.items()}
    names, found = names_read_once(institution), []
    for number, section in enumerate(report.sections, start=1):
        kind, heading = SectionKind(section["kind"]), heading_of(section, called)
        if kind is SectionKind.WORDS:
            found.append(ToldSection(number, kind, heading, text=section["text"]))
        elif kind is SectionKind.INDICATOR:
            found.append(_indicator(number, heading, rows.get(section["indicator"]), results, window))
        else:
            said: Mapping[str, Any] = section["asked"]
            asked = asked_in(institution, section["metric"], said, window, today=today, names=names)
            if asked is None:
                found.append(ToldSection(number, kind, heading, words=GONE))
                continue
            shown = Shown(section["shown"])
            page = metric_page(
                institution, asked.metric, asked.form.question, today=today, parts=_PARTS[shown], names=names
            )
            found.append(
                ToldSection(
                    number, kind, heading, words_of(asked, shown), page=page, asked=asked, shown=shown
                )
            )
    return found


def _indicator(
    number: int,
    heading: str,
    row: IndicatorRow | None,
    results: Sequence[IndicatorResult],
    window: Window,
) -> ToldSection:
    own = [each for each in results if row and each.indicator_id == row.pk and each.last <= window.end]
    said = "" if own else "Todavía no tiene resultados de este período ni de antes."
    return ToldSection(
        number, SectionKind.INDICATOR, heading, said, indicator=row, results=own[:RESULTS_SHOWN][::-1]
    )
