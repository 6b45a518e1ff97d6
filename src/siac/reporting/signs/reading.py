# SPDX-License-Identifier: EUPL-1.2
"""What looks unusual in the last sixty days, unit by unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from siac.cases.public import late_answers
from siac.indicators.public import groups_of, measure_many, values_by
from siac.infra.metrics import metric, source
from siac.organizations.public import Institution
from siac.reporting.domain.signs import Part, is_picked, is_unusual, mass_days, share_words
from siac.reporting.home.reading import CASES, MARGIN
from siac.surveys.public import Wave, waves_since
from siac.ui.public import long_date

LOOKED_AT = 60
"""Days that are looked at, today the last."""
USUAL = 365
"""Days before them that say what is usual."""
ANSWERED, REOPENED, SAID = "cases.answered", "cases.reopened", "surveys.answers"
OPEN_DOORS = ("link", "kiosk")
"""The ways to a survey by which anybody may answer, any number of times."""
T = TypeVar("T")
Things = Callable[[str, str], str]
"""From a metric and the query of an address to the page of the things behind its figure."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something unusual: where, what, what is usual there, and the page of its cases."""

    unit: str
    what: str
    usual: str
    url: str


def signs(institution: Institution, *, today: date, to_things: Things) -> list[tuple[str, str, list[Sign]]]:
    """Return what looks unusual, by sort: its name, why it is looked at, and each (8 SQL however many
    units, and 2 for each wave).

    A unit is told with those below it, and only where none of these is told itself.
    """
    first, before = today - timedelta(days=LOOKED_AT - 1), today - timedelta(days=LOOKED_AT)
    recent, usual = (first, today), (before - timedelta(days=USUAL - 1), before)
    names = source(CASES).dimension("unit").names(institution)
    of_survey, of_door = (source(metric(SAID).of.source).dimension(key) for key in ("survey", "way"))
    surveys, doors = of_survey.names(institution), of_door.names(institution)

    def link(key: str, unit: str, days: tuple[date, date], **more: str) -> str:
        asked = {"periodo": "dias", "desde": days[0], "hasta": days[1], "unidad": unit, **more}
        return to_things(key, urlencode(asked))

    return [
        (
            "Respuestas el último día del plazo",
            "Muchas respuestas justo antes de vencer pueden ser un plazo que manda más que la solución.",
            [
                Sign(
                    names[unit], share_words(now), share_words(then), link(MARGIN, unit, recent, valor="0-0")
                )
                for unit, now, then in _last_day(institution, recent, usual, today)
            ],
        ),
        (
            "Muchas respuestas en un mismo día",
            "Un cierre masivo puede ser una campaña legítima, o respuestas que no se leyeron una por una.",
            [
                Sign(
                    names[unit],
                    f"{count} el {long_date(day)}",
                    f"{typical} un día usual",
                    link(ANSWERED, unit, (day, day)),
                )
                for unit, day, count, typical in _masses(institution, recent, today)
            ],
        ),
        (
            "Reaperturas pronto después de responder",
            "Lo que se reabre en 30 días no estaba resuelto, aunque contó como respondido a tiempo.",
            [
                Sign(
                    names[unit], share_words(now), share_words(then), link(REOPENED, unit, recent, solo="si")
                )
                for unit, now, then in _reopened(institution, recent, usual, today)
            ],
        ),
        (
            "Muchas respuestas a una encuesta en un mismo día",
            "Por un enlace, un código QR o un tótem puede responder cualquiera, también quien atiende. Las "
            "respuestas son anónimas: se ve cuántas son, no cuáles.",
            [
                Sign(
                    surveys[survey],
                    f"{count} el {long_date(day)}, por {doors[door][:1].lower()}{doors[door][1:]}",
                    f"{typical} un día usual",
                    to_things(
                        SAID,
                        urlencode(
                            {
                                "periodo": "dias",
                                "desde": day,
                                "hasta": day,
                                of_survey.address: survey,
                                of_door.address: door,
                            }
                        ),
                    ),
                )
                for survey, door, day, count, typical in _through_doors(institution, recent, today)
            ],
        ),
        (
            "Encuestas a quienes les fue mejor",
            "Si casi nadie de la lista de una ola recibió tarde su respuesta, y en general sí, puede que se "
            "haya preguntado solo a los contentos.",
            [
                Sign(
                    f"{wave.survey.name}: {wave.name}",
                    f"{share_words(asked)} con respuesta tardía",
                    f"{share_words(everybody)} entre todas",
                    reverse("workspace:surveys:wave", args=[institution.slug, wave.survey_id, wave.pk]),
                )
                for wave, asked, everybody in _picked(institution, recent[0])
            ],
        ),
    ]


def _last_day(
    institution: Institution, recent: tuple[date, date], usual: tuple[date, date], today: date
) -> list[tuple[str, Part, Part]]:
    """Return the units that answered unusually often on the very last day of the term (2 SQL)."""
    of = metric(MARGIN).of
    read = [values_by(institution, of, days, "unit", today=today) for days in (recent, usual)]
    groups = groups_of(source(of.source).dimension("unit"), institution)

    def part(values: Mapping[str, Mapping[int, int]], members: Sequence[str]) -> Part:
        own = [values.get(member, {}) for member in members]
        return Part(sum(each.get(0, 0) for each in own), sum(sum(each.values()) for each in own))

    found = {unit: (part(read[0], members), part(read[1], members)) for unit, members in groups.items()}
    unusual = {unit: parts for unit, parts in found.items() if is_unusual(*parts)}
    return [(unit, *parts) for unit, parts in _deepest(unusual, groups)]


def _masses(
    institution: Institution, recent: tuple[date, date], today: date
) -> list[tuple[str, date, int, int]]:
    """Return the days on which a unit answered very many (1 SQL)."""
    days = [recent[0] + timedelta(days=place) for place in range(LOOKED_AT)]
    ranges = [(day, day) for day in days]
    said = measure_many(institution, [metric(ANSWERED)], ranges, today=today, by="unit")[ANSWERED]
    groups = groups_of(source(CASES).dimension("unit"), institution)
    found = {
        unit: mass_days({day: said.told(place, unit).total for place, day in enumerate(days)})
        for unit in said.groups
    }
    told = _deepest({unit: each for unit, each in found.items() if each}, groups)
    return [(unit, *each) for unit, days_ in told for each in days_]


def _reopened(
    institution: Institution, recent: tuple[date, date], usual: tuple[date, date], today: date
) -> list[tuple[str, Part, Part]]:
    """Return the units whose answers were unusually often reopened (1 SQL)."""
    said = measure_many(institution, [metric(REOPENED)], [recent, usual], today=today, by="unit")[REOPENED]
    groups = groups_of(source(CASES).dimension("unit"), institution)

    def part(place: int, unit: str) -> Part:
        told = said.told(place, unit)
        return Part(told.counted.n, told.total)

    found = {unit: (part(0, unit), part(1, unit)) for unit in said.groups}
    unusual = {unit: parts for unit, parts in found.items() if is_unusual(*parts)}
    return [(unit, *parts) for unit, parts in _deepest(unusual, groups)]


def _through_doors(
    institution: Institution, recent: tuple[date, date], today: date
) -> list[tuple[str, str, date, int, int]]:
    """Return the days on which a survey was answered very often through doors that anybody may use: survey,
    door, day, how often, and how often on a usual day (1 SQL for each door).
    """
    days = [recent[0] + timedelta(days=place) for place in range(LOOKED_AT)]
    ranges = [(day, day) for day in days]
    found = []
    for door in OPEN_DOORS:
        where = {"way": [door]}
        said = measure_many(institution, [metric(SAID)], ranges, today=today, by="survey", where=where)[SAID]
        for survey in said.groups:
            by_day = {day: said.told(place, survey).total for place, day in enumerate(days)}
            found += [(survey, door, *each) for each in mass_days(by_day)]
    return found


MOST_WAVES = 12
"""Waves of sixty days that are looked at, the newest."""


def _picked(institution: Institution, since: date) -> list[tuple[Wave, Part, Part]]:
    """Return the waves whose people were answered late much less often than everybody in the year before
    they were drawn: the wave, its people and everybody (1 SQL, and 2 for each wave, of twelve at most).
    """
    found = []
    waves = [each for each in waves_since(institution, since) if not each.survey.for_staff]
    for wave in waves[:MOST_WAVES]:
        year = (wave.drawn_on - timedelta(days=USUAL), wave.drawn_on)
        everybody = Part(*late_answers(institution, *year))
        asked = Part(*late_answers(institution, *year, people=wave.drawn))
        if is_picked(asked, everybody):
            found.append((wave, asked, everybody))
    return found


def _deepest(found: Mapping[str, T], groups: Mapping[str, Sequence[str]]) -> list[tuple[str, T]]:
    """Return what was found of units of which none below was found itself."""
    return [
        (unit, told)
        for unit, told in found.items()
        if not any(below in found for below in groups.get(unit, ()) if below != unit)
    ]
