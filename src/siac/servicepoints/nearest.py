# SPDX-License-Identifier: EUPL-1.2
"""Which places are nearest to a commune that somebody typed: nobody is asked where they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from siac.kernel.text import fold, squeeze, words
from siac.organizations.public import Institution
from siac.servicepoints.domain.geography import Coordinates, centre, kilometres
from siac.servicepoints.domain.mapping import Outline
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.outlines import outline_of

_FAR = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Origin:
    """A commune that places are near to: its name, its code where the list of the country has it, and its
    middle where somebody drew it or has places there.
    """

    name: str
    code: str
    middle: Coordinates | None


def origin_of(
    institution: Institution, typed: str, points: Sequence[ServicePoint], outline: Outline | None
) -> Origin | None:
    """Return the commune that was typed, however it was; None where there is none of that name. No SQL."""
    places, name = institution.country.places, squeeze(typed)
    code = places.local_named(name) or ""
    own = [point for point in points if fold(point.commune) == fold(name)]
    if not code and not own:
        return None
    said = [each for point in own if (each := point.coordinates)]
    drawn = outline.middle_of(code) if outline and code else None
    return Origin(places.locals.get(code) or own[0].commune, code, drawn or centre(said))


def named_in(
    institution: Institution, text: str, names: Iterable[str], points: Sequence[ServicePoint]
) -> Origin | None:
    """Return the commune that a text names, the one of most letters where it names several; None where it
    names none of `names` nor of those where there are places. No SQL.
    """
    said = _plain(text)
    known = {*names, *(point.commune for point in points if point.commune)}
    named = [name for name in known if _plain(name) in said]
    if not named:
        return None
    longest = max(named, key=lambda name: (len(name), name))
    return origin_of(institution, longest, points, outline_of(institution))


def _plain(text: str) -> str:
    """Return the words of a text between blanks, ñ as many type it."""
    return f" {' '.join(words(text))} ".replace("ñ", "n")


def distance(origin: Origin, point: ServicePoint) -> Decimal | None:
    """Return how many kilometres a place is from the middle of a commune; None where either is not known."""
    if origin.middle is None or point.coordinates is None:
        return None
    return kilometres(origin.middle, point.coordinates)


def nearness(origin: Origin, point: ServicePoint) -> tuple[int, Decimal, str]:
    """Return what orders places by how near they are: those of the commune, those whose distance is known,
    then those of its province, of its region and the rest, by name.
    """
    far = distance(origin, point)
    tier = 1 if far is not None else _kinship(origin, point)
    tier = 0 if fold(point.commune) == fold(origin.name) else tier
    return tier, _FAR if far is None else far, point.sort_key


def _kinship(origin: Origin, point: ServicePoint) -> int:
    """Return 2 for a place of the same province, 3 of the same region, 4 for the rest."""
    places, own = point.institution.country.places, point.territory
    if not origin.code or not own:
        return 4
    if places.province_of(own) == places.province_of(origin.code):
        return 2
    return 3 if places.home_of(own) == places.home_of(origin.code) else 4
