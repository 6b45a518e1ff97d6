# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from siac.catalogue.domain.drafts import OPEN, DraftState
from siac.catalogue.domain.gaps import Gap, gaps_of
from siac.catalogue.domain.money import amount_words
from siac.catalogue.domain.services import SOON
from siac.catalogue.models import Service, ServiceDraft, ServiceOpinion, Sheet, Topic
from siac.catalogue.texts import ChannelLabel, time_text
from siac.countries.public import COUNTRIES
from siac.infra.config_cache import ConfigCache
from siac.kernel.approvals import digest_of
from siac.organizations.public import Institution

_MONEY = {each.code: each for country in COUNTRIES.values() for each in country.money}


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


def service_coded(institution: Institution, code: str) -> Service | None:
    """Return the service of a body that has a code in its address, given or not; None where there is none. No
    SQL when warm.
    """
    return next((row for row in services(institution).values() if row.code == code), None) if code else None


@dataclass(frozen=True, slots=True)
class FormTold:
    """A form to fill in: behind a link, or a file of the sheet by its key."""

    title: str
    url: str
    file: int | None


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A frequent question and its answer; `service` and its key say of what."""

    question: str
    answer: str
    service_id: int
    service: str


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
    forms: Sequence[FormTold] = ()
    questions: Sequence[QuestionTold] = ()


def service_sheet(service: Service | ServiceDraft) -> ServiceSheet:
    """Return a service, published or still being written, in words. No SQL when its unit is at hand."""
    unit = service.responsible.name if service.responsible else ""
    return ServiceSheet(
        service.pk,
        service.name,
        service.summary,
        service.entitled,
        [_from(row["text"], row.get("where", "")) for row in service.requirements],
        [row["text"] for row in service.steps],
        [_beside(ChannelLabel(row["channel"]).label, row.get("how", "")) for row in service.channels],
        cost_words(service),
        [norm_words(row) for row in service.legal],
        term_words(service),
        ", ".join(each for each in (service.in_charge, unit) if each),
        [FormTold(row["title"], row.get("url", ""), row.get("file")) for row in service.form_links],
        questions_told(service),
    )


def norm_words(row: dict[str, str]) -> str:
    """Return a norm of the legal basis with its article. No SQL."""
    return ", ".join(each for each in (row["norm"], row.get("article", "")) if each)


def questions_told(service: Service | ServiceDraft) -> list[QuestionTold]:
    """Return the frequent questions of a service, in its order. No SQL."""
    return [
        QuestionTold(row["question"], row["answer"], service.pk, service.name) for row in service.questions
    ]


def frequent_questions(institution: Institution) -> list[QuestionTold]:
    """Return the frequent questions of all services that are given, by the names of these; no SQL when
    warm.
    """
    given = (row for row in services(institution).values() if row.is_active)
    return [question for row in given for question in questions_told(row)]


def cost_words(service: Service | ServiceDraft) -> str:
    """Return what something costs: «Sin costo», «3.500 pesos», what is said beside it; empty where nobody
    said. No SQL.
    """
    if service.fee is None:
        return service.cost
    if service.fee == 0:
        said = "Sin costo"
    else:
        unit = _MONEY.get(service.fee_unit)
        digits, words = (unit.digits, unit.words) if unit else (0, service.fee_unit)
        said = f"{amount_words(service.fee, digits)} {words}"
    return f"{said}. {service.cost}" if service.cost else said


def draft_digest(draft: ServiceDraft, standing: int | None) -> str:
    """Return the digest of what is approved: a draft as it stands, and the edition that it follows (None: it
    is the first). No SQL.
    """
    return digest_of(draft.pk, draft.snapshot(), standing)


def open_drafts(institution: Institution) -> QuerySet[ServiceDraft]:
    """Return the drafts that may still be published. Lazy: no SQL until they are read."""
    return ServiceDraft.objects.filter(institution=institution, state__in=OPEN)


def origins_of(service: Service) -> list[str]:
    """Return what the drafts of a service were made from, the newest first (1 SQL)."""
    rows = ServiceDraft.objects.filter(service=service).exclude(origin="")
    return list(rows.order_by("-pk").values_list("origin", flat=True))


def sheets_from(institution: Institution, origin: str) -> ServiceDraft | None:
    """Return the draft that was made from something, open or published, with its service; None where there is
    none (1 SQL).
    """
    rows = ServiceDraft.objects.filter(institution=institution, origin=origin).select_related("service")
    return rows.exclude(state=DraftState.LEFT).first()


def due_for_review(institution: Institution, today: date) -> QuerySet[Service]:
    """Return the services that are to be reviewed by a local day that is near, or came. Lazy: no SQL."""
    return Service.objects.filter(
        institution=institution, is_active=True, review_on__lte=today + timedelta(days=SOON)
    )


@dataclass(frozen=True, slots=True)
class Lacking:
    """A sheet with what it lacks: published (`draft` None), or still being written."""

    service: Service | None
    draft: ServiceDraft | None
    gaps: Sequence[Gap]

    @property
    def sheet(self) -> Sheet:
        """The row that lacks it."""
        found = self.draft or self.service
        assert found is not None
        return found

    @property
    def blocking(self) -> Sequence[Gap]:
        """What keeps it from being published."""
        return [gap for gap in self.gaps if gap.is_required]


def lacking(institution: Institution, today: date) -> list[Lacking]:
    """Return every sheet that lacks something on a local day, those that lack most of what is required first;
    of a service with an open draft the draft (1 SQL when warm).
    """
    drafts = list(open_drafts(institution).select_related("service"))
    written = {row.service_id for row in drafts}
    found = [Lacking(row.service, row, gaps_of(row, today)) for row in drafts]
    found += [
        Lacking(row, None, gaps_of(row, today))
        for row in services(institution).values()
        if row.is_active and row.pk not in written
    ]
    told = [each for each in found if each.gaps]
    told.sort(key=lambda each: (-len(each.blocking), -len(each.gaps), each.sheet.sort_key, each.sheet.pk))
    return told


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


def term_words(service: Service | ServiceDraft) -> str:
    """Return the committed time of a service with its two milestones; empty where there is none. No SQL."""
    told = time_text(service.amount, service.unit)
    if not told:
        return ""
    since = f", desde {service.starts_at}" if service.starts_at else ""
    until = f" hasta {service.ends_at}" if service.ends_at else ""
    return f"{told}{since}{until}"
