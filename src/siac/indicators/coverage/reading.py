# SPDX-License-Identifier: EUPL-1.2
"""The coverage of a body as it stands: each territory with its people, points and what it lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from siac.indicators.domain.coverage import (
    AgeBand,
    Beside,
    Gap,
    Reach,
    Share,
    beside,
    gaps,
    joined,
    people_of,
    reached,
)
from siac.indicators.domain.windows import Length, Window, containing
from siac.indicators.figures.measuring import measure_many
from siac.indicators.figures.profiles import Shown, shown_groups, years_over
from siac.indicators.figures.reading import groups_of
from siac.indicators.maps.territory import TERRITORY
from siac.indicators.models import CoverageGoal, Territory
from siac.infra.metrics import Dimension, Metric, metric, source
from siac.kernel.text import fold, words
from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint, kilometres, outline_of, service_points

RECEIVED, GIVEN = "cases.received", "attentions.given"
SEX, AGE, FEMALE, MALE = "sex", "age_band", "female", "male"
MOBILE = "mobile_office"
STEPLESS = frozenset({"level", "ramp"})
MONTHS = 12
_AGES = {
    "under_14": (0, 13), "14_17": (14, 17), "18_29": (18, 29), "30_44": (30, 44), "45_59": (45, 59),
    "60_74": (60, 74), "75_more": (75, 130),
}  # fmt: skip
"""First and last year of the ages that people may tell."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A territory: what is known of its people, what it has, what it lacks. `residents`: how many requests
    those who live there made in the year, None where that is not shown; `nearest`: the point nearest to a
    territory without one.
    """

    territory: Territory
    name: str
    points: Sequence[ServicePoint]
    reach: Reach
    gaps: Sequence[Gap]
    residents: int | None
    nearest: ServicePoint | None

    @property
    def density(self) -> Decimal | None:
        """People for each km², with one decimal; None where nobody said how large it is."""
        area = self.territory.area
        return (self.territory.people / area).quantize(Decimal("0.1")) if area else None

    @property
    def has_stepless(self) -> bool:
        """Whether somebody in a wheelchair comes in at one of its points."""
        return any(STEPLESS & set(point.access) for point in self.points)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All territories, the ones that lack most first; whom the points reach, by sort of people; and who was
    served beside who lives there, by trait, with how many told it of how many.
    """

    lines: Sequence[Covered]
    reached: Sequence[tuple[str, Share]]
    served: Sequence[tuple[str, Sequence[Beside], int, int]]
    goal: CoverageGoal
    year: Window
    since: date
    until: date
    """The first and last day in which what points did is counted."""

    @property
    def lacking(self) -> int:
        """How many territories lack anything."""
        return sum(bool(line.gaps) for line in self.lines)


def goal_of(institution: Institution) -> CoverageGoal:
    """Return what a body wants of its coverage, an unsaved row where it said nothing (1 SQL)."""
    found = CoverageGoal.objects.filter(institution=institution).first()
    return found or CoverageGoal(institution=institution)


def territories(institution: Institution) -> list[Territory]:
    """Return what is known of the people of the territories of a body (1 SQL)."""
    return list(Territory.objects.filter(institution=institution, is_active=True).order_by("code", "pk"))


def coverage(institution: Institution, *, today: date) -> Coverage:
    """Return the coverage of a body today: visits and what points did in the last twelve whole months, who
    lives where in the last calendar year that is over (8 SQL, of which 3 read the facts of that year, and
    what the names of territories cost).
    """
    rows, goal = territories(institution), goal_of(institution)
    until = today.replace(day=1) - timedelta(days=1)
    since = containing(Length.MONTH, until, today=today).moved(1 - MONTHS, today=today).first
    year = years_over(today)[0]
    received = metric(RECEIVED)
    of = _trait(received, TERRITORY)
    residents = shown_groups(institution, [received], of, year, today=today)[RECEIVED]
    place = _Places(institution, of, today, since, until)
    lines = [place.line(row, goal, _shown_of(residents, row.code)) for row in rows]
    lines.sort(key=lambda line: (-len(line.gaps), -line.territory.people, line.name))
    outer = _outermost(rows, of.parents(institution) if of.parents else {})
    served = list(_served(institution, [row for row in rows if row.pk in outer], year, today=today))
    shares = list(_reached([line for line in lines if line.territory.pk in outer]))
    return Coverage(lines, shares, served, goal, year, since, until)


def _outermost(rows: Sequence[Territory], above: Mapping[str, str]) -> set[int]:
    """Return which territories lie in no other one that is told: only these count each person once."""
    told = {row.code for row in rows}
    return {row.pk for row in rows if not told & set(_all_above(row.code, above))}


def _all_above(code: str, above: Mapping[str, str]) -> Iterator[str]:
    seen = {code}
    while (code := above.get(code, "")) and code not in seen:
        seen.add(code)
        yield code


def _trait(of: Metric, key: str) -> Dimension:
    return source(of.of.source).dimension(key)


def _shown_of(shown: Shown, code: str) -> int | None:
    if shown.is_hidden or code in shown.taken:
        return None
    return shown.sizes.get(code, 0)


class _Places:
    """The points of a body by the territory they stand in, and what they did."""

    def __init__(
        self, institution: Institution, of: Dimension, today: date, since: date, until: date
    ) -> None:
        known = service_points(institution).values()
        self.names = of.names(institution)
        self.under = groups_of(of, institution)
        self.own = [point for point in known if _is_open(point, today) and point.kind != MOBILE]
        self.mobile = [point for point in known if _is_open(point, today) and point.kind == MOBILE]
        self.visits = (today - timedelta(days=365), today)
        self.outline = outline_of(institution)
        found = measure_many(
            institution, [metric(RECEIVED), metric(GIVEN)], [(since, until)], today=today, by="point"
        )
        self.did: dict[str, int] = {}
        for each in found.values():
            for group in each.groups:
                self.did[group] = self.did.get(group, 0) + each.told(0, group).total

    def line(self, row: Territory, goal: CoverageGoal, residents: int | None) -> Covered:
        """Return a territory with all that is known of it."""
        name, inside = self.names.get(row.code, row.code), set(self.under.get(row.code, [row.code]))
        points = [point for point in self.own if _stands_in(point, inside, name)]
        nearest, km = (None, None) if points else self._nearest(row.code)
        served = sum(self.did.get(str(point.pk), 0) for point in points)
        reach = Reach(row.people, len(points), self._visits_to(inside, name), km, served)
        return Covered(row, name, points, reach, gaps(reach, goal.goals), residents, nearest)

    def _visits_to(self, inside: set[str], name: str) -> int:
        """Return how many visits of mobile offices a territory had in twelve months: those that name it, or
        all of an office that stands in it.
        """
        first, last = self.visits
        return sum(
            first < visit.on <= last and (_stands_in(point, inside, name) or _names(visit.place, name))
            for point in self.mobile
            for visit in point.hours.visits
        )

    def _nearest(self, code: str) -> tuple[ServicePoint | None, Decimal | None]:
        middle = self.outline.middle_of(code) if self.outline else None
        known = [(point, place) for point in self.own if (place := point.coordinates)]
        if middle is None or not known:
            return None, None
        far = [(kilometres(middle, place), point.pk, point) for point, place in known]
        km, _, point = min(far)
        return point, km


def _is_open(point: ServicePoint, today: date) -> bool:
    closed = point.hours.closed_from
    return point.is_active and point.type.is_place and not (closed and closed <= today)


def _stands_in(point: ServicePoint, inside: set[str], name: str) -> bool:
    if point.territory:
        return point.territory in inside
    return bool(point.commune) and fold(point.commune) == fold(name)


def _names(place: str, name: str) -> bool:
    """Return whether the words of a place have those of a name, one behind the other."""
    return f" {' '.join(words(name))} " in f" {' '.join(words(place))} "


def _reached(lines: Sequence[Covered]) -> Iterator[tuple[str, Share]]:
    """Yield sorts of people with how many of them live where there is a point."""
    sorts: dict[str, list[tuple[int, bool, bool]]] = {"Todas las personas": []}
    for line in lines:
        row, has, stepless = line.territory, bool(line.points), line.has_stepless
        told = [("Todas las personas", row.people), *_ages_of(row), *_poor_and_rural(row)]
        for name, people in told:
            sorts.setdefault(name, []).append((people, has, stepless))
    for name, groups in sorts.items():
        if (share := reached(groups)) is not None:
            yield name, share


def _ages_of(row: Territory) -> Iterator[tuple[str, int]]:
    for band in row.bands:
        yield band_words(band), people_of(row.people, band.percent) or 0


def _poor_and_rural(row: Territory) -> Iterator[tuple[str, int]]:
    for name, percent in (("En pobreza por ingresos", row.poor), ("Población rural", row.rural)):
        if (people := people_of(row.people, percent)) is not None:
            yield name, people


def band_words(band: AgeBand) -> str:
    """Return ages in words: «15 a 64 años», «65 años o más»."""
    return f"{band.first} años o más" if band.last is None else f"{band.first} a {band.last} años"


def _served(
    institution: Institution, rows: Sequence[Territory], year: Window, *, today: date
) -> Iterator[tuple[str, Sequence[Beside], int, int]]:
    """Yield who made requests in a year beside who lives there, by sex and by age (2 SQL)."""
    received = metric(RECEIVED)
    for key, told in ((SEX, _by_sex(rows)), (AGE, _by_age(rows))):
        trait = _trait(received, key)
        shown = shown_groups(institution, [received], trait, year, today=today)[RECEIVED]
        named = trait.names(institution)
        found = [
            beside(name or named[members[0]], _together(shown, members), shown.answered, percent)
            for members, name, percent in told
        ]
        if found:
            yield trait.title, found, shown.answered, shown.answered + shown.unsaid


def _together(shown: Shown, members: Sequence[str]) -> int | None:
    """Return how many some groups are together; None where one of them is hidden."""
    if shown.is_hidden or any(member in shown.taken for member in members):
        return None
    return sum(shown.sizes.get(member, 0) for member in members)


def _by_sex(rows: Sequence[Territory]) -> list[tuple[list[str], str, Decimal]]:
    if not rows or any(row.women is None or row.men is None for row in rows):
        return []
    women, men = sum(row.women or 0 for row in rows), sum(row.men or 0 for row in rows)
    whole = Decimal(women + men)
    return [
        ([FEMALE], "", _tenth(women * 100 / whole)),
        ([MALE], "", _tenth(men * 100 / whole)),
    ] if whole else []  # fmt: skip


def _by_age(rows: Sequence[Territory]) -> list[tuple[list[str], str, Decimal]]:
    """Return the ages of the population that consist of ages that people may tell; none where territories are
    told by other ages than each other.
    """
    if not rows or len({tuple((band.first, band.last) for band in row.bands) for row in rows}) != 1:
        return []
    whole = sum(row.people for row in rows)
    parts: dict[int, Decimal] = {}
    for row in rows:
        for band in row.bands:
            parts[band.first] = parts.get(band.first, Decimal(0)) + band.percent * row.people
    return [
        (members, band_words(band), _tenth(parts[band.first] / whole))
        for band, members in joined(rows[0].bands, _AGES)
    ]


def _tenth(percent: Decimal) -> Decimal:
    return percent.quantize(Decimal("0.1"))
