# SPDX-License-Identifier: EUPL-1.2
"""One line over the work list of whoever leads a unit: how the unit is doing this month, and what it has."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from siac.cases.public import Strip, works_through_lists
from siac.indicators.public import (
    Against,
    Length,
    containing,
    measure_many,
    number_words,
    value_words,
    window_name,
)
from siac.infra.counting import count_words
from siac.infra.metrics import Statistic, metric
from siac.organizations.public import Access, StaffRight, unit_tree
from siac.reporting.home.reading import DAYS, IN_TERM, RECEIVED

_VIEWS = (("atrasadas", "atrasadas"), ("hoy", "vencen hoy"), ("sin-asignar", "sin asignar"))
"""Standing views of the list with what their number is."""


def unit_strip(access: Access, today: date, counts: Mapping[str, int]) -> Mapping[str, Any] | None:
    """Return what the line says to whoever leads units and works through the list (1 SQL); None to others."""
    units = access.units_with(StaffRight.FIGURES) if access.has(StaffRight.FIGURES) else None
    if not units or not works_through_lists(access):
        return None
    tree = unit_tree(access.institution)
    tops = [pk for pk in sorted(units) if tree.nodes[pk].parent_id not in units]
    month = containing(Length.MONTH, today, today=today)
    ranges = [month.days, month.against(Against.BEFORE)]
    keys = (RECEIVED, IN_TERM, DAYS)
    said = measure_many(
        access.institution, [metric(key) for key in keys], ranges, today=today,
        where={"unit": [str(pk) for pk in tops]},
    )  # fmt: skip
    in_term, before = said[IN_TERM].told(0), said[IN_TERM].told(1)
    return {
        "unit": ", ".join(tree.nodes[pk].name for pk in tops),
        "month": window_name(month),
        "received": number_words(said[RECEIVED].told(0).total),
        "in_term": f"{in_term.counted.n} de {in_term.total}" if in_term.total else "",
        "before": value_words(before, Statistic.RATE) if before.total else "",
        "half": value_words(said[DAYS].told(0), Statistic.MEDIAN) if said[DAYS].told(0).total else "",
        "views": [(code, count_words(counts[code]), words) for code, words in _VIEWS if counts.get(code)],
        "url": f"{reverse('workspace:reporting:home', args=[access.institution.slug])}"
        f"?periodo=mes&unidad={tops[0]}",
        "list_url": reverse("workspace:cases:list", args=[access.institution.slug]),
    }


STRIP = Strip("reporting/workspace/_strip.html", unit_strip)
