# SPDX-License-Identifier: EUPL-1.2
"""What is held of a person outside their requests: for the copy of their data, and how long it is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from siac.cases.attentions.access import visible_attentions
from siac.cases.attentions.extensions import attention_erasers, attention_keepers
from siac.cases.attentions.texts import FORGOTTEN
from siac.cases.domain.clock_kinds import ATTENTION
from siac.cases.extensions import PersonEntries
from siac.cases.models import Channel, Interaction
from siac.cases.protection.erasing import erase_unneeded
from siac.journal.public import NewEntry, record_many
from siac.notices.public import erase_notices
from siac.organizations.public import Access, institution_of

PART = "atenciones"
KEPT_FOR = timedelta(days=730)
"""What an attention was about and who was attended is needed to give account of it, no longer: figures do not
need it (docs/use/atenciones.md).
"""
_BATCH = 500


def attentions_of(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return the attentions of a person that the holder of `access` may see, oldest first (1 SQL)."""
    return [
        {
            "numero": row.pk,
            "cuando": row.begun_at.isoformat(timespec="seconds"),
            "canal": Channel(row.channel).label,
            "texto": row.subject,
        }
        for row in visible_attentions(access).filter(person__in=entries.ids).order_by("pk")
    ]


def erase_texts(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase the text of the attentions that became these requests (1 SQL)."""
    rows = Interaction.objects.filter(institution_id=institution_id, case__in=list(case_ids))
    rows.update(subject="", salt="", before=None)


def erase_filed(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase what higher contexts hold of the attentions that became these requests (1 SQL, and what they
    do).
    """
    rows = Interaction.objects.filter(institution_id=institution_id, case__in=list(case_ids))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    for erase in attention_erasers():
        erase(institution_id, ids, now)


def forget_attentions(*, now: datetime) -> int:
    """Erase the texts and the people of attentions older than `KEPT_FOR`; return how many were tidied.

    One that became a request goes with it. A person whom a request or another attention names stays known by
    these.
    """
    old = Interaction.objects.filter(~Q(subject="") | Q(person__isnull=False), case=None)
    old = old.filter(begun_at__lt=now - KEPT_FOR).order_by("institution_id", "pk")
    count = 0
    for needed in attention_keepers():
        old = old.exclude(pk__in=needed())
    while rows := list(old.values_list("institution_id", "pk", "person_id")[:_BATCH]):
        institution_id = rows[0][0]
        own = [row for row in rows if row[0] == institution_id]
        _forget(institution_id, [pk for _, pk, _ in own], {person for *_, person in own if person}, now=now)
        count += len(own)
    return count


@transaction.atomic
def _forget(institution_id: int, ids: Sequence[int], people: set[int], *, now: datetime) -> None:
    rows = Interaction.objects.filter(institution_id=institution_id, pk__in=ids)
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    rows.update(subject="", salt="", person=None, before=None)
    erase_notices(institution_id, ATTENTION, list(ids), now=now)
    for erase in attention_erasers():
        erase(institution_id, ids, now)
    entries = [NewEntry(f"interaction:{pk}", FORGOTTEN) for pk in ids]
    record_many(institution_id, entries, now)
    erase_unneeded(institution_of(institution_id).pk, people, actor_id=None, now=now)
