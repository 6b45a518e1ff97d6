# SPDX-License-Identifier: EUPL-1.2
"""What pages say of indicators: the latest result of each, how it stands, and what is owed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from siac.indicators.domain.results import (
    Frequency,
    Standing,
    changes,
    digest,
    standing,
    unpacked,
    worth,
)
from siac.indicators.figures.wording import COUNTS, limit_words, number_words
from siac.indicators.models import Indicator, IndicatorResult, IndicatorVersion
from siac.indicators.results.commands import counted_rows, worth_of
from siac.indicators.results.due import (
    Owed,
    latest_results,
    newest_results,
    owed_results,
    stale_results,
)
from siac.indicators.texts import NOTHING, STANDINGS
from siac.infra.metrics import SHARES, Better, Statistic, metric, source
from siac.organizations.public import Access, Institution
from siac.ui.domain.due import MONTHS

_MONTHS_OF = {Frequency.QUARTER: "trimestre", Frequency.HALF: "semestre"}


def value_of(indicator: Indicator, value: Decimal | None) -> str:
    """Return a number in the unit of an indicator: «87,5 %», «5 días hábiles»; a dash where there is none."""
    if value is None:
        return NOTHING
    if not indicator.metric:
        return f"{number_words(value)} {indicator.unit}".strip()
    exact = value.quantize(Decimal(1)) if value == value.to_integral() else value
    if indicator.statistic in SHARES:
        return f"{number_words(value)}\N{NO-BREAK SPACE}%"
    unit = metric(indicator.metric).unit
    return number_words(exact) if indicator.statistic in COUNTS else limit_words(unit, exact)


def period_words(frequency: str, first: date) -> str:
    """Return a period as people call it: «septiembre de 2026», «3.er trimestre de 2026», «2026»."""
    if frequency == Frequency.YEAR:
        return str(first.year)
    if frequency == Frequency.MONTH:
        return f"{MONTHS[first.month - 1]} de {first.year}"
    length = 3 if frequency == Frequency.QUARTER else 6
    number = (first.month - 1) // length + 1
    return f"{_ORDINALS[number - 1]} {_MONTHS_OF[Frequency(frequency)]} de {first.year}"


_ORDINALS = ("1.er", "2.º", "3.er", "4.º")


def stands(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> Standing:
    """Return how a value stands against a target, by the direction of the indicator."""
    return standing(
        value, target=target, near=indicator.near, lower_is_better=indicator.better == Better.LOWER
    )


def standing_words(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> tuple[str, str]:
    """Return how a value stands, as words and the colour of their tag; a value of before the system whose
    target nobody told stands nowhere.
    """
    if value is not None and target is None:
        return "Sin meta", "grey"
    return STANDINGS[stands(indicator, value, target)]


def indicator_standings(
    institution: Institution, *, last: date
) -> list[tuple[str, str, str, str, str, Standing]]:
    """Return the latest result of each indicator of the periods up to `last`, those that missed their target
    first: name, value, target, period and standing in words, and the standing (1 SQL).
    """
    order = [Standing.MISSED, Standing.NEAR, Standing.REACHED, Standing.UNKNOWN]
    found = []
    for row in newest_results(institution, last=last):
        of, standing_ = row.indicator, stands(row.indicator, row.value, row.target)
        told = value_of(of, row.value), value_of(of, row.target), period_words(of.frequency, row.first)
        found.append((of.name, *told, STANDINGS[standing_][0], standing_))
    return sorted(found, key=lambda each: (order.index(each[-1]), each[0]))


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator in the list: its latest result, how that stands, how many results it owes, and how many
    would be others today.
    """

    indicator: Indicator
    latest: IndicatorResult | None
    owed: int
    stale: int

    @property
    def value(self) -> str:
        """The latest result in words."""
        return value_of(self.indicator, self.latest.value) if self.latest else NOTHING

    @property
    def target(self) -> str:
        """The target in words."""
        return value_of(self.indicator, self.indicator.target)

    @property
    def period(self) -> str:
        """Of when the latest result is."""
        return period_words(self.indicator.frequency, self.latest.first) if self.latest else ""

    @property
    def standing(self) -> tuple[str, str]:
        """How it stands: words and the colour of their tag."""
        of = self.latest
        return standing_words(self.indicator, of.value if of else None, of.target if of else None)

    @property
    def is_missed(self) -> bool:
        """Whether the latest result did not reach its target, nor came near."""
        return self.indicator.is_active and self._stands is Standing.MISSED

    @property
    def _stands(self) -> Standing:
        of = self.latest
        return stands(self.indicator, of.value, of.target) if of else Standing.UNKNOWN


def lines(institution: Institution, *, today: date) -> list[Followed]:
    """Return the indicators that a body follows by results, the active ones first, by name (5 SQL); those
    that a charter reads live are on its own pages.
    """
    rows = Indicator.objects.filter(institution=institution, since__isnull=False)
    followed = list(rows.select_related("responsible").order_by("-is_active", "name", "pk"))
    latest: dict[int, IndicatorResult] = {}
    for result in latest_results(institution, followed):
        latest.setdefault(result.indicator_id, result)
    owed: dict[int, int] = {}
    for each in owed_results(institution, today=today):
        owed[each.indicator.pk] = owed.get(each.indicator.pk, 0) + 1
    stale = Counter(each.result.indicator_id for each in stale_results(institution))
    return [Followed(row, latest.get(row.pk), owed.get(row.pk, 0), stale[row.pk]) for row in followed]


@dataclass(frozen=True, slots=True)
class Told:
    """A result on the page of its indicator, in words."""

    result: IndicatorResult
    period: str
    value: str
    target: str
    standing: tuple[str, str]

    @property
    def revised(self) -> str:
        """What a revision changed, in words; empty for the first."""
        found: Mapping[str, int] = self.result.changes
        words = {"added": "agregada", "removed": "quitada", "altered": "cambiada"}
        said = [f"{n} {words[key]}{'s' if n > 1 else ''}" for key, n in found.items() if n]
        return ", ".join(said)


def told_results(indicator: Indicator, results: Sequence[IndicatorResult]) -> list[Told]:
    """Return results of an indicator in words. No SQL."""
    return [
        Told(
            each,
            period_words(indicator.frequency, each.first),
            value_of(indicator, each.value),
            value_of(indicator, each.target),
            standing_words(indicator, each.value, each.target),
        )
        for each in results
    ]


def owed_of(institution: Institution, indicator: Indicator, *, today: date) -> list[Owed]:
    """Return the periods of one indicator that are over and have no result, the oldest first (2 SQL)."""
    return [each for each in owed_results(institution, today=today) if each.indicator.pk == indicator.pk]


@dataclass(frozen=True, slots=True)
class Checked:
    """A result worked out again from its own rows, and what the same period says today."""

    value: str
    is_whole: bool
    """Whether its rows are those that were frozen and say its figure."""
    digest: str
    today: str
    differs: bool
    added: int
    removed: int
    altered: int


def checked(institution: Institution, result: IndicatorResult) -> Checked:
    """Work a result of the registry out again from the rows it keeps, and hold it against today's (2 SQL, and
    what the names of its dimensions cost).
    """
    indicator, rows = result.indicator, unpacked(bytes(result.rows))
    kept = IndicatorVersion.objects.filter(indicator=indicator, number=result.version).first()
    fields = kept.fields if kept else indicator.snapshot()
    least = metric(fields["metric"]).least
    again = worth(rows, Statistic(fields["statistic"]), fields["within"] or 0, least)
    now_rows = counted_rows(institution, indicator, result.first, result.last)
    differs = changes(rows, now_rows)
    return Checked(
        value_of(indicator, again.value),
        digest(rows) == bytes(result.digest) and again.value == result.value,
        bytes(result.digest).hex(),
        value_of(indicator, worth_of(indicator, now_rows).value),
        bool(differs) or indicator.version != result.version,
        len(differs.added),
        len(differs.removed),
        len(differs.altered),
    )


ROW_COLUMNS = ("número", "día", "valor", "cumple")
_AT_ONCE = 1000
"""Rows of which it is asked at once who may read them."""


def row_table(access: Access, result: IndicatorResult) -> tuple[list[str], list[list[str]]]:
    """Return the rows that a result counted as a table: heads and lines, codes in words where they still have
    some. Of a restricted case there is only that it was counted, for whoever may not read it.

    1 SQL for each thousand rows, and what the names of the dimensions cost.
    """
    rows = unpacked(bytes(result.rows))
    facts = source(metric(result.indicator.metric).of.source)
    names = {each.key: each.names(access.institution) for each in facts.dimensions}
    titles = {each.key: each.title for each in facts.dimensions}
    keys = [key for key, _ in rows[0].codes] if rows else sorted(titles)
    ids = [row.subject for row in rows]
    hidden: set[int] = set()
    for begins in range(0, len(ids), _AT_ONCE):
        hidden |= facts.things.hidden(access, ids[begins : begins + _AT_ONCE])
    body = [
        ["Reservada", *[""] * (len(ROW_COLUMNS) - 1 + len(keys))]
        if row.subject in hidden
        else [
            str(row.subject),
            row.day.isoformat(),
            "" if row.value is None else str(row.value),
            "sí" if row.is_met else "no",
            *(names.get(key, {}).get(code, code) for key, code in row.codes),
        ]
        for row in rows
    ]
    return [*ROW_COLUMNS, *(titles.get(key, key) for key in keys)], body
