# SPDX-License-Identifier: EUPL-1.2
"""What flows into a charter from elsewhere and is never typed again: services, places, hours, who answers."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from siac.catalogue.public import service_sheet, services
from siac.charters.models import CharterEdition
from siac.charters.team.queries import team_of
from siac.charters.texts import TeamRole
from siac.servicepoints.public import ServicePoint, hours_words, service_points
from siac.ui.public import long_date


@dataclass(frozen=True, slots=True)
class Given:
    """A service as a charter tells it."""

    name: str
    summary: str
    entitled: str
    requirements: tuple[str, ...]
    steps: tuple[str, ...]
    channels: tuple[str, ...]
    cost: str
    legal: tuple[str, ...]
    time: str
    responsible: str


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place where services of a charter are given."""

    name: str
    address: str
    phone: str
    hours: str
    in_charge: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamTold:
    """Who made a charter, as papers say it: offices, never people."""

    decision: str
    lead: str
    mandate: str
    offices: tuple[str, ...]
    training: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flowing:
    """All that a charter takes from elsewhere."""

    title: str
    responsible: str
    services: tuple[Given, ...]
    places: tuple[PlaceTold, ...]
    team: TeamTold | None = None
    """None where nobody wrote it, or of an edition that was approved before it was kept."""


def places_of(edition: CharterEdition) -> list[ServicePoint]:
    """Return the places in use that give a service of an edition, in the order of their names. No SQL when
    warm.
    """
    wanted = set(edition.service_ids)
    known = service_points(edition.institution).values()
    return [point for point in known if point.is_active and wanted & set(point.service_ids)]


def flowing(edition: CharterEdition) -> Flowing:
    """Return what an edition takes from elsewhere: of an approved one as it stood then, of others as it
    stands now. No SQL when warm.
    """
    return unfrozen(edition.frozen) if edition.frozen else as_it_stands(edition)


def as_it_stands(edition: CharterEdition) -> Flowing:
    """Return what an edition would take from elsewhere now (1 SQL when warm)."""
    known, charter = services(edition.institution), edition.charter
    given = [known[pk] for pk in edition.service_ids if pk in known]
    return Flowing(
        charter.title,
        charter.responsible.name if charter.responsible else "",
        tuple(_given(service_sheet(each)) for each in given),
        tuple(
            PlaceTold(
                point.name,
                ", ".join(filter(None, (point.address, point.commune))),
                point.phone,
                hours_words(point),
                point.in_charge,
                tuple(each.name for each in given if each.pk in point.service_ids),
            )
            for point in places_of(edition)
        ),
        _team(edition),
    )


def _team(edition: CharterEdition) -> TeamTold | None:
    """Return what papers say of the team of a charter (1 SQL)."""
    row = team_of(edition.charter)
    if row is None:
        return None
    on = f", {long_date(row.decided_on)}" if row.decided_on else ""
    return TeamTold(
        f"{row.act}{on}. {row.decision}".strip(" .") if row.act else row.decision,
        row.lead_office,
        row.mandate,
        tuple(f"{each['office']} ({TeamRole(each['role']).label.lower()})" for each in row.members),
        tuple(
            f"{each['what']}, {long_date(date.fromisoformat(each['on']))}, {each['hours']} h"
            for each in row.training
        ),
    )


def _given(sheet: Any) -> Given:
    return Given(
        sheet.name, sheet.summary, sheet.entitled, tuple(sheet.requirements), tuple(sheet.steps),
        tuple(sheet.channels), sheet.cost, tuple(sheet.legal), sheet.time, sheet.responsible,
    )  # fmt: skip


def frozen(edition: CharterEdition) -> dict[str, Any]:
    """Return what an edition takes from elsewhere as it is kept with it (1 SQL when warm)."""
    return asdict(as_it_stands(edition))


_LISTS = ("requirements", "steps", "channels", "legal")
_TEAM_LISTS = ("offices", "training")


def unfrozen(kept: dict[str, Any]) -> Flowing:
    """Return what was kept with an edition."""
    team = kept.get("team")
    return Flowing(
        kept["title"],
        kept["responsible"],
        tuple(Given(**{**each, **{name: tuple(each[name]) for name in _LISTS}}) for each in kept["services"]),
        tuple(PlaceTold(**{**each, "services": tuple(each["services"])}) for each in kept["places"]),
        TeamTold(**{**team, **{name: tuple(team[name]) for name in _TEAM_LISTS}}) if team else None,
    )
