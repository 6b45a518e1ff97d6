# SPDX-License-Identifier: EUPL-1.2
"""How many people were attended in a year, by channel: what a cost is spread over."""

from collections.abc import Iterable, Mapping
from datetime import date

from siac.indicators.figures.measuring import measure_many
from siac.infra.metrics import metric, source
from siac.organizations.public import Institution

_CONTACTS = ("cases.received", "attentions.given")


def channels(institution: Institution) -> Mapping[str, str]:
    """Return the channels by which a cost may be told, in words. No SQL."""
    return source("cases").dimension("channel").names(institution)


def contacts(institution: Institution, years: Iterable[int]) -> dict[tuple[int, str], int]:
    """Return how many requests were received and attentions given in each of some years that are over, by
    channel, and by "" for all (2 SQL; none without years).
    """
    wanted = sorted(set(years))
    if not wanted:
        return {}
    ranges = [(date(year, 1, 1), date(year, 12, 31)) for year in wanted]
    found: dict[tuple[int, str], int] = {}
    counted = [metric(key) for key in _CONTACTS]
    for each in measure_many(institution, counted, ranges, today=ranges[-1][1], by="channel").values():
        for place, year in enumerate(wanted):
            for channel in each.groups:
                n = each.told(place, channel).total
                for of in {channel, ""}:
                    found[year, of] = found.get((year, of), 0) + n
    return found
