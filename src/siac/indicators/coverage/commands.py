# SPDX-License-Identifier: EUPL-1.2
"""Saying who lives in the territories of a body, and how near it wants to serve them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.indicators.coverage.reading import goal_of
from siac.indicators.domain.coverage import AgeBand, bands_fault
from siac.indicators.domain.territory_sheet import Problem, Told, read_territories, sexes_fault
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.maps.territory import territory_names
from siac.indicators.models import CoverageGoal, Territory
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, lock_institution, note_configuration, save_version

ROWS = 2_000
"""Rows of a sheet: as many territories as any of the countries has in several regions."""
_SAVED = "indicators.territory_saved"


def years_known(institution: Institution, now: datetime) -> range:
    """Return the years that data of people may be of, the running one included."""
    return range(EARLIEST.year, institution.local_date(now).year + 1)


@transaction.atomic
def save_territory(
    *,
    institution: Institution,
    code: str,
    year: int,
    people: int,
    source: str,
    women: int | None = None,
    men: int | None = None,
    area: Decimal | None = None,
    rural: Decimal | None = None,
    poor: Decimal | None = None,
    ages: Sequence[AgeBand] = (),
    is_active: bool = True,
    territory: Territory | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Territory:
    """Say who lives in a territory, or change what was said of `territory` as its next version. Area in km²;
    `rural`, `poor` and ages in per cent.

    Raises:
        Refused: the country has no such territory (territory_unknown) or it is told already
            (territory_taken); a year before 1990 or to come (territory_year); women and men are more than
            everybody (territory_sexes); ages that overlap, end before they begin or are more than everybody
            (ages_overlap, ages_reversed, ages_many); somebody saved it meanwhile (saved_meanwhile).
    """
    if not code or code not in territory_names(institution):
        raise Refused("territory_unknown")
    if year not in years_known(institution, now):
        raise Refused("territory_year", first=EARLIEST.year)
    if sexes_fault(people, women, men):
        raise Refused("territory_sexes")
    if fault := bands_fault(ages):
        raise Refused(fault)
    fields = {
        "code": code, "year": year, "people": people, "women": women, "men": men, "area": area,
        "rural": _tenth(rural), "poor": _tenth(poor), "ages": _kept(ages), "source": squeeze(source),
        "is_active": is_active,
    }  # fmt: skip
    row = territory or Territory(institution=institution)
    try:
        with transaction.atomic():
            saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("territory_taken") from error
    if saved.is_changed:
        data = {"territory": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, _SAVED, actor=actor, now=now, data=data)
    return saved.row


def _tenth(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent.quantize(Decimal("0.1"))


def _kept(ages: Sequence[AgeBand]) -> list[list[Any]]:
    ordered = sorted(ages, key=lambda band: band.first)
    return [[band.first, band.last, str(_tenth(band.percent))] for band in ordered]


def receive_territories(
    *, institution: Institution, content: bytes, actor: User | None, now: datetime
) -> tuple[int, list[Problem]]:
    """Take a sheet of territories: those of the body that it names are told anew, the others stay; or return
    all that is wrong with its rows and keep nothing. Read in a process apart. Returns how many it told.

    Raises:
        Refused: it cannot be read (table_unreadable), has no columns of territory, year, people and source
            (territories_columns), no row that says anything (territories_empty), or more than 2,000
            (territories_long).
    """
    tables = uploaded_tables(content, most_rows=ROWS + 1)
    rows = tables[0].rows if tables else []
    if not rows:
        raise Refused("territories_empty")
    if len(rows) > ROWS + 1:
        raise Refused("territories_long", limit="2.000")
    read = read_territories(
        [(row.line, row.cells) for row in rows],
        territory_names(institution),
        years=years_known(institution, now),
    )
    if read is None:
        raise Refused("territories_columns")
    told, problems = read
    if problems:
        return 0, problems
    if not told:
        raise Refused("territories_empty")
    with transaction.atomic():
        # Of one sheet brought twice at once, the second waits here and then sees the first.
        lock_institution(institution.pk)
        known = {row.code: row for row in Territory.objects.filter(institution=institution)}
        for each in told:
            _tell(institution, known, each, actor, now)
    return len(told), []


def _tell(
    institution: Institution, known: Mapping[str, Territory], told: Told, actor: User | None, now: datetime
) -> None:
    save_territory(
        institution=institution, territory=known.get(told.code), code=told.code, year=told.year,
        people=told.people, women=told.women, men=told.men, area=told.area, rural=told.rural, poor=told.poor,
        ages=told.ages, source=told.source, actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def save_goal(
    *,
    institution: Institution,
    most_km: int | None,
    most_people: int | None,
    least_served: int | None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> CoverageGoal:
    """Say how near and how much a body wants to serve each territory; None: nothing is wanted of that.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile).
    """
    fields = {"most_km": most_km, "most_people": most_people, "least_served": least_served}
    saved = save_version(goal_of(institution), fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"version": saved.row.version}
        note_configuration(institution.pk, "indicators.coverage_goal_saved", actor=actor, now=now, data=data)
    return saved.row
