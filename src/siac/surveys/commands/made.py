# SPDX-License-Identifier: EUPL-1.2
"""Entries of people that were made only to ask them: kept no longer than that takes."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max, Q

from siac.cases.public import erase_unneeded
from siac.infra.turns import Step
from siac.organizations.public import Institution
from siac.surveys.models import MadePerson, PanelMember, Survey, SurveyRefusal

KEPT_DAYS = 30
"""Days after the last one of a wave that those whom it drew are kept."""
_SLICE = 100


def note_made(institution: Institution, people: Iterable[int], until: date | None) -> None:
    """Have people go by themselves whose entries were made to ask them: some days after the wave that drew
    them, or at once where none did (1 SQL per thousand). Whoever is noted already stays as noted.
    """
    MadePerson.objects.bulk_create(
        [MadePerson(institution=institution, person_id=pk, until=until) for pk in people],
        batch_size=1000,
        ignore_conflicts=True,
    )


def erase_unasked(institution: Institution, people: Collection[int], *, now: datetime) -> int:
    """Erase those of some people whom nothing names any more: no request, attention or paper, no refusal, no
    panel; return how many (7 SQL, and as `erase_person` for each).
    """
    held = {
        pk
        for model in (SurveyRefusal, PanelMember)
        for pk in model.objects.filter(person__in=people).values_list("person", flat=True)
    }
    return erase_unneeded(institution.pk, set(people) - held, actor_id=None, now=now)


def unasked(institution: Institution, *, now: datetime) -> Iterator[Step]:
    """Yield those who were made to be asked and are asked no more, a hundred at a time, each with the work of
    erasing them: whom no wave drew at once, the others `KEPT_DAYS` after its last day, and not before the
    body may ask them again, for else it would not know that it asked them. Who refused, or is in the panel,
    stays until that ends (2 SQL).
    """
    rest = Survey.objects.filter(institution=institution).aggregate(most=Max("rest_days"))["most"] or 0
    over = institution.local_date(now) - timedelta(days=max(KEPT_DAYS, rest))
    rows = MadePerson.objects.filter(Q(until=None) | Q(until__lt=over), institution=institution)
    rows = rows.exclude(_kept(institution))
    ids = list(rows.order_by("pk").values_list("person", flat=True))
    for start in range(0, len(ids), _SLICE):
        each = ids[start : start + _SLICE]
        yield f"person:{each[0]}", partial(_erase, institution, each, now)


def _kept(institution: Institution) -> Q:
    """Return what holds of those who refused surveys, or are in the panel."""
    refused = SurveyRefusal.objects.filter(institution=institution).values_list("person_id", flat=True)
    members = PanelMember.objects.filter(institution=institution).values_list("person_id", flat=True)
    return Q(person__in=refused) | Q(person__in=members)


@transaction.atomic
def _erase(institution: Institution, people: list[int], now: datetime) -> int:
    """Erase some people; who is of a request meanwhile stays as long as that does, by its own rule."""
    count = erase_unasked(institution, people, now=now)
    rows = MadePerson.objects.filter(institution=institution, person__in=people)
    rows.exclude(_kept(institution)).delete()  # who refused or came in since keeps the mark
    return count
