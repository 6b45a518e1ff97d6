# SPDX-License-Identifier: EUPL-1.2
"""The attentions behind a figure, as far as whoever looks may read them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from siac.cases.attentions.access import visible_attentions
from siac.cases.models import Channel, Interaction
from siac.infra.metrics import Thing, Things
from siac.organizations.public import Access, Institution, unit_tree


def all_attentions(institution: Institution) -> QuerySet[Interaction]:
    """Return every attention of a body. Lazy: no SQL until it is read."""
    return Interaction.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[Interaction]) -> list[Thing]:
    """Return a page of attentions; one that is not for the holder of `access` has no link and no text (1
    SQL).
    """
    ids = [row.pk for row in rows]
    readable = set(visible_attentions(access).filter(pk__in=ids).values_list("pk", flat=True))
    return [_thing(access.institution, row, row.pk in readable) for row in rows]


def _thing(institution: Institution, row: Interaction, may_open: bool) -> Thing:
    unit = unit_tree(institution).nodes.get(row.unit_id)
    begun, registered = (institution.local_date(each) for each in (row.begun_at, row.registered_at))
    return Thing(
        f"{row.pk}",
        reverse("workspace:cases:attention", args=[institution.slug, row.pk]) if may_open else "",
        (
            f"{begun:%d-%m-%Y}",
            f"{registered:%d-%m-%Y}",
            Channel(row.channel).label,
            unit.name if unit else "",
            row.subject if may_open else "",
        ),
    )


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return none: that an attention was given tells nothing of anybody."""
    return set()


THINGS = Things(
    one="atención",
    many="atenciones",
    heads=("Número", "Atendida", "Registrada", "Canal", "Unidad", "De qué se trató"),
    rows=all_attentions,
    tell=_told,
    hidden=_hidden,
)
