# SPDX-License-Identifier: EUPL-1.2
"""Writing the facts of attentions: what is counted of each, as it is now."""

from collections.abc import Sequence
from datetime import date

from siac.cases.commands.planning import calendar_of
from siac.cases.models import Interaction, InteractionFact
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, institution_of
from siac.people.public import statistics_of

_COLUMNS = [field.attname for field in InteractionFact._meta.concrete_fields if not field.primary_key]


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these attentions of a body as they are now; one that was withdrawn has none (4 SQL,
    however many).
    """
    institution = institution_of(institution_id)
    rows = list(Interaction.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk"))
    withdrawn = [row.pk for row in rows if row.withdrawn_at is not None]
    if withdrawn:
        InteractionFact.objects.filter(pk__in=withdrawn).delete()
    kinds = statistics_of(institution_id, [row.person_id for row in rows if row.person_id])
    facts = [
        _fact(institution, row, kinds[row.person_id].kind if row.person_id in kinds else "anonymous")
        for row in rows
        if row.withdrawn_at is None
    ]
    InteractionFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["interaction"], update_fields=_COLUMNS, batch_size=500
    )


def _fact(institution: Institution, row: Interaction, person: str) -> InteractionFact:
    begun_on, registered_on = (institution.local_date(each) for each in (row.begun_at, row.registered_at))
    return InteractionFact(
        interaction=row,
        institution_id=institution.pk,
        begun_on=begun_on,
        registered_on=registered_on,
        unit_id=row.unit_id,
        topic_id=row.topic_id or 0,
        point_id=row.service_point_id or 0,
        channel=row.channel,
        person=person,
        minutes=row.minutes,
        waited=row.waited,
        reporting_days=_business_days(institution, row.unit_id, begun_on, registered_on),
        is_in_term=None if row.due_on is None else registered_on <= row.due_on,
        is_resolved=row.is_resolved and row.case_id is None,
        is_filed=row.case_id is not None,
    )


def _business_days(institution: Institution, unit_id: int, start: date, end: date) -> int | None:
    """Return the business days of a unit between two local days; None where its calendar claims none."""
    try:
        return calendar_of(institution, unit_id).business_between(start, max(start, end))
    except Refused:
        return None


def attentions_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next attentions of a body by id, after one (1 SQL)."""
    rows = Interaction.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def of_people(institution_id: int, person_ids: Sequence[int]) -> Sequence[int]:
    """Return the attentions of some people (1 SQL)."""
    rows = Interaction.objects.filter(institution_id=institution_id, person__in=list(person_ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))
