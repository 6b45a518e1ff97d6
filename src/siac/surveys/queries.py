# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of surveys."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from siac.infra.config_cache import ConfigCache
from siac.kernel.hiding import hidden
from siac.notices.public import undelivered
from siac.organizations.public import Institution
from siac.surveys.domain.satisfaction import percent, wilson
from siac.surveys.models import Invitation, Survey, Wave


def _load_surveys(institution_id: int) -> dict[int, Survey]:
    rows = Survey.objects.filter(institution_id=institution_id).order_by("-is_active", "name", "pk")
    return {row.pk: row for row in rows}


_SURVEYS: ConfigCache[dict[int, Survey]] = ConfigCache(_load_surveys)


def surveys(institution: Institution) -> dict[int, Survey]:
    """Return the surveys of a body by primary key, those that take answers first; no SQL when warm."""
    return _SURVEYS.get(institution)


def survey_of(institution: Institution, survey_id: int) -> Survey | None:
    """Return a survey of a body as it stands (1 SQL), to be changed; None where it has none with that key."""
    return Survey.objects.filter(institution=institution, pk=survey_id).first()


def waves_since(institution: Institution, day: date) -> list[Wave]:
    """Return the waves drawn on a local day or after it, with their surveys, the newest first (1 SQL)."""
    rows = Wave.objects.filter(institution=institution, drawn_on__gte=day).select_related("survey")
    return list(rows.order_by("-drawn_on", "-pk"))


INVITATION = "survey_invitation"
"""What a notice of an invitation is about."""


def invitations(institution: Institution, survey_id: int) -> list[Invitation]:
    """Return the invitations to a survey, in their order (1 SQL)."""
    rows = Invitation.objects.filter(institution=institution, survey_id=survey_id)
    return list(rows.order_by("invited_on", "pk"))


@dataclass(frozen=True, slots=True)
class Response:
    """How many were asked, how many of them in vain, and how many answered."""

    invited: int
    undelivered: int
    answered: int
    is_told: bool = True
    """Whether how many answered may be said: of few it tells who did."""

    @property
    def delivered(self) -> int:
        """How many invitations arrived, as far as is known."""
        return self.invited - self.undelivered

    @property
    def rate(self) -> Decimal | None:
        """The share of the delivered ones that was answered, in percent; None of none."""
        return percent(Fraction(self.answered, self.delivered)) if self.delivered else None

    @property
    def of_invited(self) -> Decimal | None:
        """The share of all invited that answered, in percent; None of none."""
        return percent(Fraction(self.answered, self.invited)) if self.invited else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Where the rate lies with 95 in 100, in percent; None of none."""
        return wilson(self.answered, self.delivered) if self.delivered else None


def response(survey: Survey, *, today: date) -> Response:
    """Return how a survey is responded to by those invited (1 SQL). What was answered counts as delivered. Of
    the staff, only what is over: who watches the number while it grows would learn who answered.
    """
    rows = Invitation.objects.filter(institution=survey.institution_id, survey=survey)
    if survey.for_staff:
        rows = rows.filter(closes_on__lt=today)
    return _response(survey, rows)


def wave_response(wave: Wave, *, today: date) -> Response:
    """Return how a wave is responded to (1 SQL), as `response`."""
    told = _response(wave.survey, Invitation.objects.filter(wave=wave))
    is_open = wave.survey.for_staff and today <= wave.closes_on
    return replace(told, is_told=told.is_told and not is_open)


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A part of the list of a wave: how many there were, wanted, drawn and, once asked, answered (of the
    staff only whether half of them did: a number that is all or none names people); None where so few were
    asked that it would tell of somebody.
    """

    name: str
    listed: int
    wanted: int
    drawn: int
    answered: str | None

    @property
    def is_short(self) -> bool:
        """Whether fewer were drawn than were wanted: the list had no more."""
        return self.drawn < self.wanted


def quota_lines(wave: Wave) -> list[QuotaLine]:
    """Return the parts of a wave that had a quota, and how each responded (1 SQL, none without quotas)."""
    if not wave.quotas:
        return []
    asked = dict(Invitation.objects.filter(wave=wave).values_list("recipient", "is_spent"))
    whose = "user" if wave.survey.for_staff else "person"
    answers = {
        part["name"]: [asked[who] for pk in part["drawn"] if (who := f"{whose}:{pk}") in asked]
        for part in wave.quotas
    }
    few = hidden({name: len(of) for name, of in answers.items()}, {}, least=wave.survey.least)
    found = []
    for part in wave.quotas:
        of = answers[part["name"]]
        half = "la mitad o más" if 2 * sum(of) >= len(of) else "menos de la mitad"
        words = None if part["name"] in few else half if wave.survey.for_staff else str(sum(of))
        found.append(QuotaLine(part["name"], part["listed"], part["wanted"], len(part["drawn"]), words))
    return found


def _response(survey: Survey, rows: QuerySet[Invitation]) -> Response:
    unspent = Q(is_spent=False, pk__in=undelivered(survey.institution_id, INVITATION))
    found = rows.aggregate(
        invited=Count("pk"),
        undelivered=Count("pk", filter=unspent),
        answered=Count("pk", filter=Q(is_spent=True)),
    )
    return Response(**found, is_told=found["invited"] - found["undelivered"] >= survey.least)
