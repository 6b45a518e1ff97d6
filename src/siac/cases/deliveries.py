# SPDX-License-Identifier: EUPL-1.2
"""The answers of a case that still have to reach their person by hand."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from siac.cases.domain.delivery import Delivery
from siac.cases.models import Case
from siac.cases.texts import DELIVERIES
from siac.notices.public import Notice, State

_BY_HAND = [way.value for way in Delivery if way is not Delivery.EMAIL]


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """A notice that waits for an officer: `pk` of the notice and how it reaches the person."""

    pk: int
    way: Delivery

    @property
    def label(self) -> str:
        """How it reaches the person, in Spanish."""
        return DELIVERIES[self.way]

    @property
    def is_letter(self) -> bool:
        """Whether there is a paper to print."""
        return self.way is Delivery.LETTER


def with_deliveries(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Bring along, in the same SQL, what must be delivered by hand; read it with `deliveries_of`."""
    waiting = Notice.objects.filter(
        institution_id=OuterRef("institution_id"), subject_type="case", subject_id=OuterRef("pk"),
        state=State.PENDING, channel__in=_BY_HAND,
    ).order_by("pk")  # fmt: skip
    rows = waiting.annotate(row=JSONObject(pk="pk", channel="channel")).values("row")
    return cases.annotate(deliveries=ArraySubquery(rows))


def deliveries_of(case: Case) -> list[ToDeliver]:
    """Return what must be delivered by hand; no SQL after `with_deliveries`."""
    return [ToDeliver(row["pk"], Delivery(row["channel"])) for row in getattr(case, "deliveries", ())]
