# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from siac.catalogue.models import Service, ServiceOpinion, Topic
from siac.catalogue.texts import ChannelLabel, time_text
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution


def _load_topics(institution_id: int) -> dict[int, Topic]:
    rows = Topic.objects.filter(institution_id=institution_id).order_by("sort_key", "pk")
    return {topic.pk: topic for topic in rows}


_TOPICS: ConfigCache[dict[int, Topic]] = ConfigCache(_load_topics)


def topics(institution: Institution) -> dict[int, Topic]:
    """Return the topics of a body by primary key, in the order of their names; no SQL when warm."""
    return _TOPICS.get(institution)


def topics_within(institution: Institution, topic_id: int) -> set[int]:
    """Return a topic and all that lie under it, by primary key; no SQL when warm."""
    known = topics(institution)
    found = {topic_id} & set(known)
    while more := {pk for pk, topic in known.items() if topic.parent_id in found} - found:
        found |= more
    return found


def _load_services(institution_id: int) -> dict[int, Service]:
    rows = Service.objects.filter(institution_id=institution_id).select_related("responsible", "topic")
    return {service.pk: service for service in rows.order_by("sort_key", "pk")}


_SERVICES: ConfigCache[dict[int, Service]] = ConfigCache(_load_services)


def services(institution: Institution) -> dict[int, Service]:
    """Return the services of a body by primary key, in the order of their names; no SQL when warm."""
    return _SERVICES.get(institution)


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """A service as people read it, whatever it is read on."""

    pk: int
    name: str
    summary: str
    entitled: str
    requirements: Sequence[str]
    steps: Sequence[str]
    channels: Sequence[str]
    cost: str
    legal: Sequence[str]
    time: str
    """«5 días hábiles, desde que la solicitud está completa hasta que se le avisa»; empty: none."""
    responsible: str
    """The unit and the office in charge."""


def service_sheet(service: Service) -> ServiceSheet:
    """Return a service in words. No SQL when its unit is at hand."""
    unit = service.responsible.name if service.responsible else ""
    return ServiceSheet(
        service.pk,
        service.name,
        service.summary,
        service.entitled,
        [_from(row["text"], row.get("where", "")) for row in service.requirements],
        [row["text"] for row in service.steps],
        [_beside(ChannelLabel(row["channel"]).label, row.get("how", "")) for row in service.channels],
        service.cost,
        [row["norm"] for row in service.legal],
        term_words(service),
        ", ".join(each for each in (service.in_charge, unit) if each),
    )


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people say of the page of a service."""

    useful: int
    total: int
    reasons: Sequence[tuple[date, str]]
    """Why it was not, the newest first: the last ones."""


def opinions_of(service: Service, *, most: int = 20) -> Opinions:
    """Return what people say of the page of a service (2 SQL)."""
    rows = ServiceOpinion.objects.filter(institution_id=service.institution_id, service=service)
    counted = rows.aggregate(total=Count("pk"), useful=Count("pk", filter=Q(is_useful=True)))
    reasons = rows.exclude(reason="").order_by("-pk").values_list("said_on", "reason")
    return Opinions(counted["useful"], counted["total"], list(reasons[:most]))


def _from(text: str, where: str) -> str:
    return f"{text} ({where})" if where else text


def _beside(text: str, more: str) -> str:
    return f"{text}: {more}" if more else text


def term_words(service: Service) -> str:
    """Return the committed time of a service with its two milestones; empty where there is none. No SQL."""
    told = time_text(service.amount, service.unit)
    if not told:
        return ""
    since = f", desde {service.starts_at}" if service.starts_at else ""
    until = f" hasta {service.ends_at}" if service.ends_at else ""
    return f"{told}{since}{until}"
