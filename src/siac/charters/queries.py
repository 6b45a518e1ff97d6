# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about charters, their commitments, breaches and remedies."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from siac.cases.public import Case, Channel, Interaction, Occasion, Promise
from siac.catalogue.public import topics
from siac.charters.domain.certifying import AUDIT_TOLD_BEFORE, RENEWED_BEFORE
from siac.charters.domain.commitments import Form, Subject
from siac.charters.domain.reports import KINDS, due_on, reminds, year_of
from siac.charters.domain.risk import TOLD_BEFORE, months_after
from siac.charters.domain.states import EditionState
from siac.charters.models import (
    Breach,
    Certification,
    CertificationAudit,
    Charter,
    CharterEdition,
    CharterReport,
    Claim,
    Commitment,
    Remedy,
)
from siac.charters.subjects import BREACH_OF
from siac.clocks.public import Clock, amount_text, clocks_of
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution, Kept, ToldVersion, Words, labels_of, told
from siac.servicepoints.public import service_points

_EDITION = {
    name: label for name, label in labels_of(CharterEdition).items() if name in ("valid_from", "approved_by")
}
_EDITION_WORDS: Words = {"valid_from": lambda day: f"{day:%d-%m-%Y}"}


def _load_commitments(institution_id: int) -> dict[int, Commitment]:
    rows = (
        Commitment.objects.filter(institution_id=institution_id, edition__state=EditionState.APPROVED)
        .select_related("edition", "edition__charter", "indicator", "kind")
        .order_by("edition__charter__title", "position", "pk")
    )
    return {commitment.pk: commitment for commitment in rows}


_COMMITMENTS: ConfigCache[dict[int, Commitment]] = ConfigCache(_load_commitments)


def commitments(institution: Institution) -> dict[int, Commitment]:
    """Return every commitment of a body that is or was in force, by primary key; no SQL when warm."""
    return _COMMITMENTS.get(institution)


def commitments_in_force(institution: Institution, today: date) -> list[Commitment]:
    """Return the commitments of the editions in force on the local day `today`. No SQL when warm."""
    return [c for c in commitments(institution).values() if c.edition.is_in_force(today)]


def promises_for(institution: Institution, occasion: Occasion, today: date) -> list[Promise]:
    """Return what a request filed, or an attention given, on `today` is promised, for its clocks. No SQL when
    warm.
    """
    return [
        Promise(source=c.source, label=c.text, amount=c.term)
        for c in commitments_in_force(institution, today)
        if c.term is not None and speaks_of(c, occasion)
    ]


def speaks_of(commitment: Commitment, occasion: Occasion, *, of_any_topic: bool = False) -> bool:
    """Return whether a guarantee is about a request or an attention, or would be of some topic. No SQL when
    warm.
    """
    if commitment.form != Form.GUARANTEE or commitment.subject != occasion.subject:
        return False
    return (
        (commitment.kind_id is None or commitment.kind_id == occasion.kind_id)
        and (
            of_any_topic
            or commitment.topic_id is None
            or commitment.topic_id in _topics_above(commitment, occasion)
        )
        and (not commitment.channel or commitment.channel == occasion.channel)
        and (commitment.service_point_id is None or commitment.service_point_id == occasion.point_id)
    )


def _topics_above(commitment: Commitment, occasion: Occasion) -> set[int]:
    """Return the topic of an occasion and those that it lies under."""
    known = topics(commitment.institution)
    found: set[int] = set()
    topic = known.get(occasion.topic_id) if occasion.topic_id else None
    while topic is not None and topic.pk not in found:
        found.add(topic.pk)
        topic = known.get(topic.parent_id) if topic.parent_id else None
    return found


def topics_of(commitment: Commitment) -> list[int]:
    """Return the topic that a guarantee speaks of and those under it; nothing where it speaks of all. No SQL
    when warm.
    """
    known = topics(commitment.institution)
    found = [commitment.topic_id] if commitment.topic_id else []
    for wanted in found:
        found += [pk for pk, topic in known.items() if topic.parent_id == wanted and pk not in found]
    return found


def about(commitment: Commitment) -> str:
    """Return in words what a guarantee speaks of: its kind of request, topic, channel and place. No SQL when
    warm.
    """
    if commitment.subject == Subject.ATTENTION:
        way = f" ({Channel(commitment.channel).label.lower()})" if commitment.channel else ""
        words = [f"Atenciones{way}"]
    else:
        words = [commitment.kind.name if commitment.kind else "Solicitudes"]
    topic = topics(commitment.institution).get(commitment.topic_id) if commitment.topic_id else None
    point = service_points(commitment.institution).get(commitment.service_point_id or 0)
    words += [f"«{topic.name}»"] if topic else []
    words += [point.name] if point else []
    return ", ".join(words)


def breaches_of(case: Case) -> list[Breach]:
    """Return the broken promises of a case with their remedies, oldest first, those included that a corrected
    calendar took back (1 SQL).
    """
    return list(
        Breach.ever.filter(institution_id=case.institution_id, case=case)
        .select_related("commitment", "remedy")
        .order_by("pk")
    )


def broken_between(institution: Institution, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Return the promises that were found broken from one instant until before another, with how often, the
    most often broken first (1 SQL).
    """
    rows = Breach.objects.filter(institution=institution, found_at__gte=since, found_at__lt=until).order_by()
    told = rows.values_list("commitment__text").annotate(n=Count("pk"))
    return sorted(told, key=lambda each: (-each[1], each[0]))


def remedies(institution: Institution, *states: str) -> QuerySet[Remedy]:
    """Return the remedies of a body in some states, with their case and commitment; order by due_on, pk.

    Lazy: no SQL until it is read.
    """
    return Remedy.objects.filter(institution=institution, state__in=states).select_related(
        "breach__commitment__edition__charter", *BREACH_OF
    )


def editions(institution: Institution) -> list[tuple[str, list[ToldVersion]]]:
    """Return the editions of each charter, by title, the newest first, in words (1 SQL when warm)."""
    promises: dict[int, dict[str, str]] = {}
    for each in commitments(institution).values():
        promises.setdefault(each.edition_id, {})[each.code] = promise_words(each)
    rows = CharterEdition.objects.filter(institution=institution, state=EditionState.APPROVED).select_related(
        "charter", "saved_by"
    )
    found: dict[int, list[CharterEdition]] = {}
    for row in rows.order_by("charter__title", "charter", "-number"):
        found.setdefault(row.charter_id, []).append(row)
    told_editions = []
    for of_charter in found.values():
        codes = sorted({code for row in of_charter for code in promises.get(row.pk, {})})
        labels = {**_EDITION, **{code: f"compromiso {code}" for code in codes}}
        kept = [_kept(row, dict.fromkeys(codes) | promises.get(row.pk, {})) for row in of_charter]
        told_editions.append((of_charter[0].charter.title, told(kept, labels, _EDITION_WORDS)))
    return told_editions


def promised_to(case: Case) -> list[Commitment]:
    """Return what a request was promised: by the edition in force on its day, for its kind and topic. No SQL
    when warm, 1 where a promise of its kind speaks of topics: topics move, and what was promised does not;
    its clocks say which of these it was.
    """
    institution = case.institution
    filed_on = institution.local_date(case.filed_at)
    occasion = Occasion.of_case(case)
    current = [c for c in commitments_in_force(institution, filed_on) if c.term is not None]
    found = [c for c in current if speaks_of(c, occasion, of_any_topic=True)]
    if all(c.topic_id is None for c in found):
        return found
    clocks = clocks_of(institution.pk, Subject.CASE.value, [case.pk])
    run = {clock.source for clock in clocks if clock.state != Clock.State.CANCELLED}
    return [c for c in found if c.topic_id is None or c.source in run]


def breaches_of_attention(row: Interaction) -> list[Breach]:
    """Return the broken promises of an attention with their remedies, oldest first, without those taken back
    (1 SQL).
    """
    rows = Breach.objects.filter(institution_id=row.institution_id, interaction=row)
    return list(rows.select_related("commitment", "remedy").order_by("pk"))


def judged_of(institution: Institution, row: Interaction) -> list[tuple[Commitment, bool]]:
    """Return what was promised of an attention, each with whether it was kept: what its clocks say, for the
    topics under which its own lay may have changed since (1 SQL, none in a body that promises nothing of
    attentions; none more when warm).
    """
    known = commitments(institution)
    of_attentions = {c.source: c for c in known.values() if c.subject == Subject.ATTENTION}
    if not of_attentions:
        return []
    clocks = clocks_of(institution.pk, Subject.ATTENTION.value, [row.pk])
    return [
        (of_attentions[each.source], each.state == Clock.State.MET)
        for each in clocks
        if each.state != Clock.State.CANCELLED and each.source in of_attentions
    ]


def claims_of(case: Case) -> list[Claim]:
    """Return what a person claimed on a request, oldest first (1 SQL)."""
    rows = Claim.objects.filter(institution_id=case.institution_id, case=case)
    return list(rows.select_related("commitment").order_by("pk"))


def claims(institution: Institution, state: str) -> QuerySet[Claim]:
    """Return the claims of a body in a state, with their case and promise; order by due_on, pk. Lazy: no SQL
    until it is read.
    """
    return Claim.objects.filter(institution=institution, state=state).select_related("commitment", "case")


def promise_words(commitment: Commitment) -> str:
    """Return what a commitment promises and what is owed if it is broken, in one line. No SQL when its
    indicator is at hand.
    """
    term = f" ({amount_text(commitment.term)})" if commitment.term else ""
    is_owed = commitment.form == Form.GUARANTEE or commitment.remedy_when_below
    if not is_owed or not commitment.remedy:
        return f"{commitment.text}{term}"
    return f"{commitment.text}{term}. Si no se cumple: {commitment.remedy}"


def editions_beyond(edition: CharterEdition, day: date) -> QuerySet[CharterEdition]:
    """Return the other approved editions of a charter that are valid on a local day or after it. Lazy: no SQL
    until it is read.
    """
    others = edition.charter.editions.filter(state=EditionState.APPROVED).exclude(pk=edition.pk)
    return others.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def review_due(edition: CharterEdition) -> date:
    """Return the day by which an edition in force is to be reviewed. No SQL."""
    if edition.revised_by is None:
        raise AssertionError("the day is set when an edition is approved")
    return edition.revised_by


def editions_to_review(institution: Institution, *, today: date) -> QuerySet[CharterEdition]:
    """Return the editions in force whose day to be reviewed is at most two months away, or over. Lazy: no SQL
    until it is read.
    """
    return CharterEdition.objects.filter(
        institution=institution, state=EditionState.APPROVED, valid_to=None, valid_from__lte=today,
        revised_by__lte=months_after(today, TOLD_BEFORE),
    )  # fmt: skip


def editions_ending(institution: Institution, *, today: date) -> QuerySet[CharterEdition]:
    """Return the editions in force whose last day is at most two months away and that no other one follows.
    Lazy: no SQL until it is read.
    """
    after = CharterEdition.objects.filter(
        charter=OuterRef("charter"), state=EditionState.APPROVED, valid_from__gt=OuterRef("valid_to")
    )
    rows = CharterEdition.objects.filter(
        institution=institution, state=EditionState.APPROVED, valid_from__lte=today,
        valid_to__range=(today, months_after(today, TOLD_BEFORE)),
    )  # fmt: skip
    return rows.filter(~Exists(after))


def charters_to_report(institution: Institution, *, today: date) -> QuerySet[Charter]:
    """Return the charters that were in force in the year before and have no report of it, as far as somebody
    is reminded of it today. Lazy: no SQL until it is read.
    """
    year = year_of(today.year - 1)
    begun = CharterEdition.objects.filter(
        charter=OuterRef("pk"), state=EditionState.APPROVED, valid_from__lte=year.last
    ).filter(Q(valid_to=None) | Q(valid_to__gte=year.first))
    made = CharterReport.objects.filter(charter=OuterRef("pk"), first=year.first, last=year.last)
    norms = [norm.value for norm, kind in KINDS.items() if reminds(kind, today)]
    rows = Charter.objects.filter(institution=institution, norm__in=norms)
    return rows.filter(Exists(begun), ~Exists(made))


def charters_late_to_report(institution: Institution, *, today: date) -> QuerySet[Charter]:
    """Return those of `charters_to_report` whose day has passed. Lazy: no SQL until it is read."""
    days = {norm.value: due_on(kind, today) for norm, kind in KINDS.items()}
    late = [norm for norm, day in days.items() if day is not None and day < today]
    return charters_to_report(institution, today=today).filter(norm__in=late)


def certificates_of(institution: Institution, charter_id: int, *, today: date) -> list[Certification]:
    """Return the certificates of a charter that hold on a local day, the newest first (1 SQL)."""
    rows = Certification.objects.filter(institution=institution, charter=charter_id, valid_from__lte=today)
    return [row for row in rows if row.is_valid(today)]


def certificates_in_force(institution: Institution, *, today: date) -> list[Certification]:
    """Return the certificates of the charters of a body that hold on a local day, by the title of the charter
    (1 SQL).
    """
    rows = Certification.objects.filter(institution=institution, valid_from__lte=today)
    found = rows.select_related("charter").order_by("charter__title", "-valid_from", "pk")
    return [row for row in found if row.is_valid(today)]


def certificates_to_renew(institution: Institution, *, today: date) -> QuerySet[Certification]:
    """Return the certificates that end within the months that renewing takes, or ended since less than a
    year, without one of the same charter that goes on longer. Lazy: no SQL until it is read.
    """
    later = Certification.objects.filter(
        charter=OuterRef("charter"), valid_to__gt=OuterRef("valid_to"), ended_on=None
    )
    return Certification.objects.filter(
        ~Exists(later), institution=institution, ended_on=None, valid_to__gte=months_after(today, -12),
        valid_to__lte=months_after(today, RENEWED_BEFORE),
    )  # fmt: skip


def audits_to_make(institution: Institution, *, today: date) -> QuerySet[CertificationAudit]:
    """Return the follow-up audits of certificates that hold whose day is near or over. Lazy: no SQL until it
    is read.
    """
    return CertificationAudit.objects.filter(
        institution=institution, held_on=None, due_on__lte=months_after(today, AUDIT_TOLD_BEFORE),
        certification__ended_on=None, certification__valid_to__gte=today,
    )  # fmt: skip


def _kept(row: CharterEdition, promises: Mapping[str, str | None]) -> Kept:
    fields = {**{name: getattr(row, name) for name in _EDITION}, **promises}
    return Kept(row.number, row.saved_at, row.saved_by.name if row.saved_by else "", fields)


def approved_between(institution: Institution, first: date, last: date) -> QuerySet[CharterEdition]:
    """Return the editions whose act of approval is of a local day between two, both included, the first
    first. Lazy: no SQL until it is read.
    """
    rows = CharterEdition.objects.filter(institution=institution, approved_on__range=(first, last))
    return rows.exclude(state=EditionState.ABANDONED).select_related("charter").order_by("approved_on", "pk")


def reported_between(institution: Institution, first: date, last: date) -> QuerySet[CharterReport]:
    """Return the reports of charters on periods that ended between two local days, both included, without
    their papers, the first first. Lazy: no SQL until it is read.
    """
    rows = CharterReport.objects.filter(institution=institution, last__range=(first, last))
    return rows.defer("paper", "shown_paper", "shown_content").order_by("last", "pk")
