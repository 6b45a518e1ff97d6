# SPDX-License-Identifier: EUPL-1.2
"""What is known of the services of a body when one is chosen for a charter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from siac.cases.public import KIND, TOPIC, Nature
from siac.catalogue.public import Audience, Service, services
from siac.charters.domain.choosing import Candidate, Ranked, Reason, Respect, Standing, ranked
from siac.charters.domain.states import UNAPPROVED, EditionState
from siac.charters.models import CharterEdition
from siac.indicators.public import Length, Share, Told, measure_many, months_up_to, number_words
from siac.infra.metrics import metric
from siac.organizations.public import Institution
from siac.procedures.public import handled_lately, key_of

MONTHS = 12
"""Whole months that are looked at: a year, so that no season counts twice."""
_RECEIVED, _GIVEN = "cases.received", "attentions.given"


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a service: how it is said, and where what is behind it is listed (empty: nowhere, for there
    is nothing or too few).
    """

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A service on the page where one is chosen."""

    service: Service
    place: int
    reasons: str
    requests: Counted
    complaints: Counted
    attentions: Counted
    reach: str
    reach_source: str
    shared: int
    """How many other services share its topic: what is counted is theirs too."""
    standing: Standing
    charter: tuple[str, int] | None
    """The title and number of the charter that has it."""

    @property
    def is_free(self) -> bool:
        """Whether a charter can be begun for it."""
        return self.standing is Standing.NONE

    @property
    def is_untold(self) -> bool:
        """Whether nobody said whom it is for."""
        return self.service.audience == Audience.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is counted of a topic."""

    requests: int = 0
    complaints: int = 0
    attentions: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The services of a body, the one that needs a charter most first; `first` and `last` are the days that
    count.
    """

    first: date
    last: date
    lines: Sequence[Line]


def whole_months(today: date) -> tuple[date, date]:
    """Return the first and last day of the twelve months that are over."""
    last = today.replace(day=1) - timedelta(days=1)
    return months_up_to(last, MONTHS, today=today)[0].first, last


def choice(institution: Institution, *, today: date) -> Choice:
    """Return the services that a body gives, in the order in which they need a charter (6 SQL when warm)."""
    days = whole_months(today)
    given = [each for each in services(institution).values() if each.is_active]
    by_topic = _by_topic(institution, days, today) if given else {}
    charters = _charters(institution, today)
    handled = handled_lately(institution, [each.name for each in given])
    sharing = Counter(each.topic_id for each in given if each.topic_id)
    known = {
        each.pk: _Known(
            each,
            by_topic.get(str(each.topic_id), _Figures()) if each.topic_id else None,
            charters.get(each.pk, (Standing.NONE, None)),
            handled.get(key_of(each.name)),
        )
        for each in given
    }
    order = ranked([each.candidate(institution.smallest_group) for each in known.values()])
    lines = [
        _line(known[each.candidate.pk], each, place, days, institution, sharing)
        for place, each in enumerate(order, start=1)
    ]
    return Choice(*days, lines)


@dataclass(frozen=True, slots=True)
class _Known:
    """A service with all that is known of it; `figures` is None where no topic ties requests to it."""

    service: Service
    figures: _Figures | None
    charter: tuple[Standing, tuple[str, int] | None]
    handled: tuple[int, int] | None
    """The year and number of what was handled of the procedure of its name."""

    def share(self, least: int) -> Decimal | None:
        """Return how many of a hundred requests are complaints; None of fewer than `least` requests."""
        if self.figures is None or self.figures.requests < least:
            return None
        return Share(self.figures.complaints, self.figures.requests).percent

    @property
    def reach(self) -> tuple[int | None, str]:
        """Whom it reaches in a year, and who says so: the body, or else its record of procedures."""
        if self.service.reach is not None:
            return self.service.reach, self.service.reach_source
        if self.handled is not None:
            year, number = self.handled
            return number, f"gestionados en {year}, del registro de trámites"
        return None, ""

    def candidate(self, least: int) -> Candidate:
        """Return it as it is compared."""
        figures = self.figures
        return Candidate(
            self.service.pk, self.service.name, self.charter[0],
            figures.requests + figures.attentions if figures else None, self.share(least), self.reach[0],
        )  # fmt: skip


def _by_topic(institution: Institution, days: tuple[date, date], today: date) -> Mapping[str, _Figures]:
    """Return what is counted of each topic, those below it included (3 SQL)."""
    read = {
        name: measure_many(institution, [metric(key)], [days], today=today, by=TOPIC.key, where=where)[key]
        for name, key, where in (
            ("requests", _RECEIVED, None),
            ("complaints", _RECEIVED, {KIND.key: [Nature.COMPLAINT.value]}),
            ("attentions", _GIVEN, None),
        )
    }
    topics = {topic for each in read.values() for topic in each.groups}
    return {
        topic: _Figures(**{name: _total(each.told(0, topic)) for name, each in read.items()})
        for topic in topics
    }


def _total(told: Told) -> int:
    return told.total


def _charters(institution: Institution, today: date) -> dict[int, tuple[Standing, tuple[str, int] | None]]:
    """Return of each service the charter that has it: one in force before one that is written (1 SQL)."""
    rows = CharterEdition.objects.filter(
        institution=institution, state__in=[EditionState.APPROVED, *UNAPPROVED]
    ).select_related("charter")
    found: dict[int, tuple[Standing, tuple[str, int] | None]] = {}
    for row in rows.order_by("charter__title", "pk"):
        if not row.is_draft and not row.is_in_force(today) and row.since <= today:
            continue  # it is over
        standing = Standing.IN_FORCE if row.is_in_force(today) else Standing.WRITING
        for pk in row.service_ids:
            if found.get(pk, (Standing.NONE,))[0] is not Standing.IN_FORCE:
                found[pk] = standing, (row.charter.title, row.charter_id)
    return found


def _line(
    known: _Known,
    order: Ranked,
    place: int,
    days: tuple[date, date],
    institution: Institution,
    sharing: Mapping[int, int],
) -> Line:
    least, reach = institution.smallest_group, known.reach
    figures, topic = known.figures, str(known.service.topic_id)
    share = known.share(least)

    def counted(n: int, key: str, **more: str) -> Counted:
        if 0 < n < least:
            return Counted(f"Menos de {least}")
        return Counted(number_words(n), _address(institution, key, days, topic, more) if n else "")

    no_topic = Counted("Sin tema")
    complaints = Counted("Pocas" if figures and figures.requests else "Sin dato")
    if figures and share is not None:
        listed = _address(institution, _RECEIVED, days, topic, {KIND.address: Nature.COMPLAINT.value})
        complaints = Counted(f"{number_words(share)} %", listed if figures.complaints >= least else "")
    return Line(
        known.service,
        place,
        reasons_words(order.reasons),
        counted(figures.requests, _RECEIVED) if figures else no_topic,
        complaints if figures else no_topic,
        counted(figures.attentions, _GIVEN) if figures else no_topic,
        number_words(reach[0]) if reach[0] is not None else "Sin dato",
        reach[1],
        sharing[known.service.topic_id] - 1 if known.service.topic_id else 0,
        *known.charter,
    )


def _address(
    institution: Institution, key: str, days: tuple[date, date], topic: str, more: Mapping[str, str]
) -> str:
    """Return where what is behind a figure of a topic is listed."""
    asked = {
        "periodo": Length.DAYS.value, "desde": days[0].isoformat(), "hasta": days[1].isoformat(),
        TOPIC.address: topic, **more,
    }  # fmt: skip
    return f"{reverse('workspace:indicators:things', args=[institution.slug, key])}?{urlencode(asked)}"


_RESPECTS = {Respect.DEMAND: "en demanda", Respect.COMPLAINTS: "en reclamos", Respect.REACH: "en alcance"}


def reasons_words(reasons: Sequence[Reason]) -> str:
    """Return in words why a service stands where it does: «1.º de 4 en demanda; sin dato en reclamos»."""
    told = [
        f"sin dato {_RESPECTS[each.respect]}"
        if each.place is None
        else f"{each.place}.º de {each.of} {_RESPECTS[each.respect]}"
        for each in reasons
    ]
    return "; ".join(told)
