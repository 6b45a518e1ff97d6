# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about cases: kinds, the work list with its counters, search, one case with its
history.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import F, Q, QuerySet, TextChoices

from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.complaints_book import BOOK_RULE, PLATFORM_URL
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN, State
from siac.cases.extensions import filters
from siac.cases.models import (
    INTERNAL_KINDS,
    Case,
    CaseKind,
    CaseMessage,
    Cause,
    Channel,
    MessageKind,
    Nature,
    StateLabel,
)
from siac.catalogue.public import topics
from siac.clocks.public import Clock, judged_clocks
from siac.countries.public import Duty
from siac.infra import ready
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution, colleagues, replaced_by, unit_tree


def _load_kinds(institution_id: int) -> dict[int, CaseKind]:
    rows = CaseKind.objects.filter(institution_id=institution_id).order_by("position", "pk")
    return {kind.pk: kind for kind in rows}


_KINDS: ConfigCache[dict[int, CaseKind]] = ConfigCache(_load_kinds)


def kinds(institution: Institution) -> dict[int, CaseKind]:
    """Return the kinds of request of a body by primary key, in their order; no SQL when warm."""
    return _KINDS.get(institution)


def approver_of(institution: Institution, case: Case) -> str:
    """Return the role that approves the answer to a case: what its topic says,
    else its kind; empty where nobody does.

    For a restricted case, or of a kind closed to some readers, only the kind
    counts: it names whoever may read it.

    No SQL when warm.
    """
    kind = kinds(institution)[case.kind_id]
    topic = topics(institution)[case.topic_id] if case.topic_id else None
    if topic is None or case.is_restricted or kind.is_closed:
        return kind.approver
    return topic.approver or kind.approver


def approved_by(institution: Institution, role: str) -> Q:
    """Return the condition on answers (of `case`) that `role` approves, as
    `approver_of` says it; no SQL when warm.
    """
    own = topics(institution)
    says = [pk for pk, topic in own.items() if topic.approver]
    theirs = [pk for pk in says if own[pk].approver == role]
    closed = [pk for pk, kind in kinds(institution).items() if kind.is_closed]
    by_kind = [pk for pk, kind in kinds(institution).items() if kind.approver == role]
    kind_counts = Q(case__is_restricted=True) | Q(case__kind__in=closed) | ~Q(case__topic__in=says)
    by_topic = Q(case__topic__in=theirs, case__is_restricted=False) & ~Q(case__kind__in=closed)
    return (Q(case__kind__in=by_kind) & kind_counts) | by_topic


def _load_causes(institution_id: int) -> dict[int, Cause]:
    rows = Cause.objects.filter(institution_id=institution_id).order_by("sort_key", "pk")
    return {cause.pk: cause for cause in rows}


_CAUSES: ConfigCache[dict[int, Cause]] = ConfigCache(_load_causes)


def causes(institution: Institution) -> dict[int, Cause]:
    """Return the causes of a body by primary key, in the order of their names; no SQL when warm."""
    return _CAUSES.get(institution)


def portal_kinds(institution: Institution) -> list[CaseKind]:
    """Return the kinds that citizens may file on the portal. No SQL when warm."""
    return [kind for kind in kinds(institution).values() if kind.is_active and kind.on_portal]


@dataclass(frozen=True, slots=True)
class BookDoor:
    """The way to the book of complaints of a body in Peru: its own form where
    it has one, and the national platform.
    """

    kind: CaseKind | None
    platform: str = PLATFORM_URL


def book_door(institution: Institution) -> BookDoor | None:
    """Return where people find the book of complaints of a body; None in a country whose law knows none.

    No SQL when warm.
    """
    if Duty.COMPLAINTS_BOOK not in institution.country.duties:
        return None
    return BookDoor(next((kind for kind in portal_kinds(institution) if kind.rule_id == BOOK_RULE), None))


@dataclass(frozen=True, slots=True)
class View:
    """A standing view of the work list: `code` is in the URL, `order` is total and served by an index."""

    code: str
    name: str
    order: tuple[str, ...]


DUE_FIRST = ("due_on", "pk")
NEWEST_FIRST = ("-pk",)
VIEWS: tuple[View, ...] = (
    View("por-derivar", "Por derivar", DUE_FIRST),
    View("mias", "Mías", DUE_FIRST),
    View("unidad", "Mi unidad", DUE_FIRST),
    View("sin-asignar", "Sin asignar", DUE_FIRST),
    View("hoy", "Vencen hoy", DUE_FIRST),
    View("atrasadas", "Atrasadas", DUE_FIRST),
    View("en-espera", "En espera", NEWEST_FIRST),
    View("pospuestas", "Pospuestas", DUE_FIRST),
    View("abiertas", "Todas las abiertas", DUE_FIRST),
    View("comentarios", "Sin leer", NEWEST_FIRST),
    View("cerradas", "Respondidas y cerradas", NEWEST_FIRST),
    View("todas", "Todas", NEWEST_FIRST),
)
DUE_VIEWS = frozenset(view.code for view in VIEWS if view.order == DUE_FIRST)
"""Views of what is open and runs: few among all cases, so that counting them with filters costs little."""
VIEW_BY_CODE: Mapping[str, View] = {view.code: view for view in VIEWS}


def all_cases(institution: Institution) -> QuerySet[Case]:
    """Return every case of a body, whoever may see it: for figures and for what handles cases by itself.
    Lazy: no SQL until it is read.
    """
    return Case.objects.filter(institution=institution)


def clocks_on_cases(
    institution: Institution, kinds: Collection[str], *, first: date, last: date
) -> QuerySet[Clock]:
    """Return the clocks of some kinds on cases that show how terms were kept from `first` to `last`, local
    days: what is not MET was not kept; `subject_id` is the case. Lazy: no SQL until it is read.
    """
    start, end = institution.day_bounds(first, last)
    return judged_clocks(institution.pk, SUBJECT, kinds, start=start, end=end)


def clocks_on_topics(
    institution: Institution, topic_ids: Collection[int], kinds: Collection[str], *, first: date, last: date
) -> QuerySet[Clock]:
    """Return those of `clocks_on_cases` whose case is of some topics. Lazy: no SQL until it is read."""
    cases = Case.objects.filter(institution=institution, topic__in=topic_ids)
    rows = clocks_on_cases(institution, kinds, first=first, last=last)
    return rows.filter(subject_id__in=cases.values("pk"))


def case_in(institution: Institution, pk: int) -> Case:
    """Return a case of a body by primary key (1 SQL).

    Raises:
        Case.DoesNotExist: the body has none.
    """
    return Case.objects.select_related("institution").get(institution=institution, pk=pk)


def last_asked_at(case: Case) -> datetime | None:
    """Return when the person was last asked to complete the case (1 SQL)."""
    asked = CaseMessage.objects.filter(case=case, kind=MessageKind.ASK).order_by("-at")
    return asked.values_list("at", flat=True).first()


def has_original_number(institution: Institution, number: str) -> bool:
    """Return whether a case of the body came with that number of another register (1 SQL)."""
    return Case.objects.filter(institution=institution, original_number=number).exists()


def in_view(cases: QuerySet[Case], code: str, *, access: Access, today: date) -> QuerySet[Case]:
    """Narrow `cases` to the standing view `code`.

    A case whose terms all wait, for the person or for a third party, has no day
    and shows only in the view of those.

    Lazy: no SQL until it is read.
    """
    if code in ("mias", "pospuestas"):
        running = Q(state__in=sorted(OPEN), due_on__isnull=False) & _theirs(access, today)
        return cases.filter(running & (awake(today) if code == "mias" else asleep(today)))
    is_open = Q(state__in=sorted(OPEN))
    running = is_open & Q(due_on__isnull=False)
    conditions: dict[str, Q] = {
        "por-derivar": running & Q(unit=None),
        "unidad": running & Q(unit__in=_home_units(access)),
        "sin-asignar": running & Q(assignee=None),
        "hoy": running & Q(due_on=today),
        "atrasadas": running & Q(due_on__lt=today),
        "en-espera": is_open & (Q(due_on=None) | Q(state=State.WAITING)),
        "abiertas": running,
        "comentarios": Q(replied_at__isnull=False),
        "cerradas": Q(state__in=(State.ANSWERED, State.CLOSED)),
        "todas": Q(),
    }
    return cases.filter(conditions[code])


def awake(today: date) -> Q:
    """Return the condition that a case which runs is not put off on the local day (see `Case.is_snoozed`).

    No SQL.
    """
    touched = Q(snoozed_version__isnull=False) & ~Q(snoozed_version=F("version"))
    return Q(snoozed_until=None) | Q(snoozed_until__lte=today) | Q(due_on__lte=today) | touched


def asleep(today: date) -> Q:
    """Return the opposite of `awake` for a case that runs, in words that the index of snoozed cases
    answers.

    No SQL.
    """
    untouched = Q(snoozed_version=None) | Q(snoozed_version=F("version"))
    return Q(snoozed_until__gt=today, due_on__gt=today) & untouched


def _theirs(access: Access, today: date) -> Q:
    """What is assigned to the user, and to whoever is away and replaced by them today."""
    away = replaced_by(access, today)
    return Q(assignee__in=[access.user.pk, *away]) if away else Q(assignee=access.user)


def _home_units(access: Access) -> list[int]:
    units = access.units_with(CaseRight.READ_UNIT)
    if units is None:
        return sorted(grant.unit_id for grant in access.grants if grant.unit_id is not None)
    return sorted(units)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what it says and the URL parameters that put it there."""

    label: str
    name: str
    value: str


def narrowed(
    cases: QuerySet[Case], access: Access, params: Mapping[str, str]
) -> tuple[QuerySet[Case], list[Chip]]:
    """Apply the filters named in URL parameters; a name or value that does not exist is left out.

    Own names: tipo, naturaleza, tema, causa (or `NO_CAUSE`), unidad, responsable, canal, estado (ids or
    codes), desde and hasta (filing days), vence_desde and vence_hasta (days due), plus those that higher
    contexts registered.

    Lazy: no SQL until it is read.
    """
    chips: list[Chip] = []
    own = {name: partial(build, access.institution) for name, build in _OWN_FILTERS.items()}
    for name, build in {**own, **{name: partial(build, access) for name, build in filters().items()}}.items():
        value = params.get(name, "")
        found = build(value) if value else None
        if found is not None:
            label, condition = found
            cases = cases.filter(condition)
            chips.append(Chip(label, name, value))
    return cases, chips


FilterBuilder = Callable[[Institution, str], tuple[str, Q] | None]


def _by_id(field: str, title: str, names: Callable[[Institution], Mapping[int, str]]) -> FilterBuilder:
    def build(institution: Institution, value: str) -> tuple[str, Q] | None:
        found = next(((pk, name) for pk, name in names(institution).items() if str(pk) == value), None)
        return None if found is None else (f"{title}: {found[1]}", Q(**{field: found[0]}))

    return build


def _by_choice(field: str, title: str, choices: type[TextChoices]) -> FilterBuilder:
    def build(institution: Institution, value: str) -> tuple[str, Q] | None:
        if value not in choices.values:
            return None
        return f"{title}: {choices(value).label}", Q(**{field: value})

    return build


def _by_day(title: str, bound: str) -> FilterBuilder:
    def build(institution: Institution, value: str) -> tuple[str, Q] | None:
        try:
            day = date.fromisoformat(value)
            first = day + timedelta(days=1) if bound == "until" else day
        except (ValueError, OverflowError):  # the last day of the calendar has no next one
            return None
        start = datetime.combine(first, time.min, tzinfo=institution.zone)
        condition = Q(filed_at__lt=start) if bound == "until" else Q(filed_at__gte=start)
        return f"{title} {value}", condition

    return build


def _by_due(title: str, lookup: str) -> FilterBuilder:
    def build(institution: Institution, value: str) -> tuple[str, Q] | None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        return f"{title} {value}", Q(**{f"due_on__{lookup}": day})

    return build


def unit_names(institution: Institution) -> Mapping[int, str]:
    """Return the names of the units of a body by primary key. No SQL when warm."""
    return {pk: node.name for pk, node in unit_tree(institution).nodes.items()}


def kinds_named(institution: Institution) -> Mapping[int, str]:
    """Return the names of the kinds of a body by primary key; no SQL when warm."""
    return {pk: kind.name for pk, kind in kinds(institution).items()}


def topics_named(institution: Institution) -> Mapping[int, str]:
    """Return the names of the topics of a body by primary key. No SQL when warm."""
    return {pk: topic.name for pk, topic in topics(institution).items()}


def _cause_names(institution: Institution) -> Mapping[int, str]:
    return {pk: cause.name for pk, cause in causes(institution).items()}


NO_CAUSE = "ninguna"
"""What the address of the work list says for those without a cause."""


def _by_cause(institution: Institution, value: str) -> tuple[str, Q] | None:
    if value == NO_CAUSE:
        return "Sin causa", Q(cause=None)
    return _by_id("cause", "Causa", _cause_names)(institution, value)


def _by_nature(institution: Institution, value: str) -> tuple[str, Q] | None:
    if value not in Nature.values:
        return None
    alike = [pk for pk, kind in kinds(institution).items() if kind.nature == value]
    return f"Naturaleza: {Nature(value).label}", Q(kind__in=alike)


def _colleague_names(institution: Institution) -> Mapping[int, str]:
    return dict(colleagues(institution))


_OWN_FILTERS: Mapping[str, FilterBuilder] = {
    "tipo": _by_id("kind", "Tipo", kinds_named),
    "naturaleza": _by_nature,
    "tema": _by_id("topic", "Tema", topics_named),
    "unidad": _by_id("unit", "Unidad", unit_names),
    "causa": _by_cause,
    "responsable": _by_id("assignee", "Responsable", _colleague_names),
    "canal": _by_choice("channel", "Canal", Channel),
    "estado": _by_choice("state", "Estado", StateLabel),
    "desde": _by_day("Desde", "from"),
    "hasta": _by_day("Hasta", "until"),
    "vence_desde": _by_due("Vence desde", "gte"),
    "vence_hasta": _by_due("Vence hasta", "lte"),
}
LIST_PARAMS = ("vista", "q", "orden", *_OWN_FILTERS)
"""What may stand in the address of the work list, beside the filters that higher contexts registered."""


def list_names() -> tuple[str, ...]:
    """Return the names of all that may stand in the address of the work list. No SQL."""
    return (*LIST_PARAMS, *filters())


_MESSAGE = ready.ReadyRows(CaseMessage, "m")
_MESSAGES = f"""
SELECT {_MESSAGE.columns}, u.name FROM cases_casemessage m LEFT JOIN accounts_user u ON u.id = m.author_id
WHERE m.case_id = %s::bigint AND m.kind <> ALL(%s::text[]) ORDER BY m.at, m.id
"""  # noqa: S608 - names of our own columns


def messages_of(case: Case, *, for_citizen: bool) -> list[CaseMessage]:
    """Return what was written on a case, oldest first; without internal notes for the citizen (1 SQL).

    Each has `author_name`, None where the citizen wrote it.
    """
    hidden = sorted(INTERNAL_KINDS) if for_citizen else []
    found = []
    for *columns, author_name in ready.rows(_MESSAGES, [case.pk, hidden]):
        message = _MESSAGE(columns)
        message.author_name = author_name
        found.append(message)
    return found
