# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about attentions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from siac.accounts.public import User
from siac.cases.models import Channel, Interaction
from siac.catalogue.public import topics
from siac.kernel.days import read_day
from siac.organizations.public import Access, Institution, unit_tree
from siac.servicepoints.public import service_points

OFFERED = (Channel.COUNTER, Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.LETTER)
"""The channels of an attention, the most usual first."""
STATES = (("solicitud", "Pasaron a ser solicitud"), ("retiradas", "Retiradas"))
COLUMNS = (
    "Número", "Atendida", "Registrada", "Canal", "Punto de atención", "Unidad", "Tema", "De qué se trató",
    "Minutos de espera", "Minutos", "Resuelta", "Plazo para registrarla", "Solicitud", "Registró",
    "Retirada porque",
)  # fmt: skip


def narrowed(rows: QuerySet[Interaction], access: Access, kept: Mapping[str, str]) -> QuerySet[Interaction]:
    """Return the attentions that a list asks for; without a state, those that were not withdrawn. No SQL when
    warm.
    """
    institution, state = access.institution, kept.get("estado", "")
    rows = rows.filter(withdrawn_at__isnull=state != "retiradas")
    if state == "solicitud":
        rows = rows.filter(case__isnull=False)
    first, last = (read_day(kept.get(name, "")) for name in ("desde", "hasta"))
    found = {
        "channel": kept.get("canal"),
        "service_point": kept.get("punto"),
        "topic": kept.get("tema"),
        "unit__in": unit_tree(institution).below(int(kept["unidad"])) if kept.get("unidad") else None,
        "registered_by": access.user if kept.get("de") == "mias" else None,
        "begun_at__gte": institution.day_bounds(first, first)[0] if first else None,
        "begun_at__lt": institution.day_bounds(last, last)[1] if last else None,
    }
    return rows.filter(**{name: value for name, value in found.items() if value})


def usual(institution: Institution, actor: User) -> dict[str, Any]:
    """Return what the form begins with: channel, point, unit and topic of the last attention that `actor`
    registered (1 SQL); of what is no longer in use nothing.
    """
    rows = Interaction.objects.filter(institution=institution, registered_by=actor).order_by("-pk")
    last = rows.values("channel", "service_point_id", "unit_id", "topic_id").first()
    if last is None:
        return {}
    point = service_points(institution).get(last["service_point_id"])
    topic = topics(institution).get(last["topic_id"])
    return {
        "channel": last["channel"],
        "unit": unit_tree(institution).current(last["unit_id"]),
        "service_point": point.pk if point and point.is_active else None,
        "topic": topic.pk if topic and topic.is_active else None,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """An attention as a list shows it, in words."""

    row: Interaction
    begun_at: datetime
    channel: str
    point: str
    unit: str
    topic: str
    state: str


def shown(institution: Institution, rows: Sequence[Interaction]) -> list[Shown]:
    """Return attentions in words (no SQL when warm)."""
    return [
        Shown(
            row,
            row.begun_at.astimezone(institution.zone),
            Channel(row.channel).label,
            _name(service_points(institution), row.service_point_id),
            _name(unit_tree(institution).nodes, row.unit_id),
            _name(topics(institution), row.topic_id),
            state_words(row),
        )
        for row in rows
    ]


def state_words(row: Interaction) -> str:
    """Return how an attention stands. No SQL."""
    if row.withdrawn_at is not None:
        return "Retirada"
    if row.case_id is not None:
        return "Pasó a ser solicitud"
    return "Resuelta" if row.is_resolved else "Quedó pendiente"


def _name(known: Mapping[int, Any], pk: int | None) -> str:
    found = known.get(pk) if pk else None
    return str(found.name) if found else ""


def exported(institution: Institution, rows: QuerySet[Interaction]) -> Iterator[tuple[Any, ...]]:
    """Yield attentions as lines of a table under `COLUMNS`, the newest first (1 SQL); of the request that one
    became there is nothing but that there is one.
    """
    named = rows.select_related("registered_by").order_by("-begun_at", "-pk")
    for each in named.iterator(chunk_size=2000):
        words = shown(institution, [each])[0]
        yield (
            each.pk,
            words.begun_at,
            each.registered_at.astimezone(institution.zone),
            words.channel,
            words.point,
            words.unit,
            words.topic,
            each.subject,
            each.waited,
            each.minutes,
            "Sí" if each.is_resolved else "No",
            each.due_on,
            "Sí" if each.case_id else "",
            each.registered_by.name if each.registered_by else "",
            each.withdrawn_why,
        )
