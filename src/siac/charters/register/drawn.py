# SPDX-License-Identifier: EUPL-1.2
"""The public register as it is drawn: each promise once for what it tells, not once for whoever reads it.

A closed period does not change; drawing fifty promises with eight of them each takes longer than reading
them. What was drawn is kept in the process under the configuration of the body and all that it tells.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from siac.charters.register.reading import Kept, Register
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution

MOST = 600
"""Parts that are kept of a body, of some 5 kB each; beyond, all are drawn anew."""
_DRAWN: ConfigCache[dict[Hashable, SafeString]] = ConfigCache(lambda institution_id: {}, size=8)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A register in pieces of HTML."""

    sections: Sequence[SafeString]
    """Each promise, with its last periods."""
    rows: Sequence[SafeString]
    """Each promise with its result of every one of `columns`."""
    columns: Sequence[str]


def drawn(institution: Institution, told: Register) -> Drawn:
    """Return a register drawn. No SQL when commitments are at hand."""
    columns = told.columns
    spans, about = tuple(columns), (institution.slug, told.charter.code)
    common = {"institution": institution, "charter": told.charter}
    sections, rows = [], []
    for line in told.lines:
        here = {**common, "each": line}
        said = (about, line.told)
        sections.append(_once(institution, said, lambda: _html("_kept", here)))  # noqa: B023
        rows.append(_once(institution, (spans, said), lambda: _row(here, line, spans)))  # noqa: B023
    return Drawn(sections, rows, list(columns.values()))


def _row(common: dict[str, object], line: Kept, spans: Sequence[tuple[date, date]]) -> SafeString:
    by_span = {(each.result.first, each.result.last): each for each in line.results}
    return _html("_result_row", {**common, "cells": [by_span.get(span) for span in spans]})


def _html(name: str, context: dict[str, object]) -> SafeString:
    return render_to_string(f"charters/portal/{name}.html", context)


def _once(institution: Institution, said: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    kept = _DRAWN.get(institution)
    found = kept.get(said)
    if found is None:
        if len(kept) >= MOST:
            kept.clear()
        found = kept[said] = draw()
    return found
