# SPDX-License-Identifier: EUPL-1.2
"""What the invented people tell of themselves after they sent a request: most something, some nothing."""

from datetime import datetime
from random import Random

from siac.cases.public import Case, may_be_asked, tell_traits, territory_options
from siac.organizations.public import Institution
from siac.people.public import Characteristics

_TELLS = 0.8
_ODDS = {
    "age_band": (Characteristics.AgeBand.values, (0, 1, 6, 9, 7, 4, 1)),
    "sex": (Characteristics.Sex.values, (11, 9, 0)),
    "disability": (Characteristics.Answer.values, (1, 9)),
    "nationality_group": (Characteristics.NationalityGroup.values, (9, 1)),
    "income_band": (Characteristics.Income.values, (4, 7, 5, 1)),
    "schooling": (Characteristics.Schooling.values, (0, 3, 8, 4, 5)),
}


def homes(institution: Institution) -> list[str]:
    """Return some communes of the region of a body, or the region itself (1 SQL at most)."""
    places, seat = institution.country.places, institution.place.split("-")[-1].split("+")[0]
    near = [code for code, _ in territory_options(institution) if places.home_of(code) == seat]
    return near[:6] or [seat]


def tell_of_person(institution: Institution, case: Case, near: list[str], *, now: datetime) -> None:
    """Let the person of a case tell of themselves, if it is one that does."""
    chance = Random(case.pk)  # noqa: S311 - invented data
    if case.channel != "web" or chance.random() > _TELLS or not may_be_asked(institution, case):
        return
    told = {name: chance.choices(values, odds)[0] for name, (values, odds) in _ODDS.items()}
    if institution.country.counts_peoples:
        told["indigenous_people"] = chance.choices(Characteristics.Answer.values, (1, 9))[0]
    told["commune"] = near[min(chance.randrange(len(near)), chance.randrange(len(near)))]
    kept = {name: value for name, value in told.items() if chance.random() < 0.9}
    tell_traits(institution=institution, case=case, told=kept, actor=None, now=now)
