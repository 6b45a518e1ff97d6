# SPDX-License-Identifier: EUPL-1.2
"""Points at which higher contexts add to a case without `cases` knowing them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.models import Case
from siac.clocks.public import Amount
from siac.organizations.public import Access, Institution
from siac.people.public import PersonData


@dataclass(frozen=True, slots=True)
class Promise:
    """A further term that a request or an attention carries, promised by `source` (`commitment:12`)."""

    source: str
    label: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a promise may speak of: a request (`subject` "case"), whose term is that of the answer, or an
    attention ("interaction"), whose term is that of the waiting before it.
    """

    subject: str
    kind_id: int | None
    topic_id: int | None
    channel: str
    point_id: int | None

    @classmethod
    def of_case(cls, case: Case) -> "Occasion":
        """Return that of a request. No SQL."""
        return cls(SUBJECT, case.kind_id, case.topic_id, case.channel, case.service_point_id)


PromiseSource = Callable[[Institution, Occasion, date], list[Promise]]
_PROMISES: list[PromiseSource] = []


def register_promises(source: PromiseSource) -> None:
    """Let a context add terms to filed cases and to attentions.

    `source` runs inside the filing: no SQL once its configuration is warm.
    """
    _PROMISES.append(source)


def promises(institution: Institution, occasion: Occasion, today: date) -> list[Promise]:
    """Return every further term of a request filed, or of an attention given, on the local day `today`, in
    the order of registration.
    """
    return [promise for source in _PROMISES for promise in source(institution, occasion, today)]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the case page that a higher context fills: `context` gives
    `template` its values, or None to stay out.

    `access` is None on the citizen's page. With `only_missed` it is not asked
    about a case none of whose clocks was missed.
    """

    title: str
    template: str
    context: Callable[[Case, Access | None], Mapping[str, Any] | None]
    for_citizen: bool = False
    only_missed: bool = False


_PANELS: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Add a panel to the case page (and to the citizen's page where `for_citizen`)."""
    _PANELS.append(panel)


def panels(case: Case, access: Access | None, *, missed: bool) -> list[tuple[Panel, Mapping[str, Any]]]:
    """Return the panels that have something to show for `case`, with their
    values; `missed`: one of its clocks was.
    """
    shown = [
        panel
        for panel in _PANELS
        if (panel.for_citizen or access is not None) and (missed or not panel.only_missed)
    ]
    filled = [(panel, panel.context(case, access)) for panel in shown]
    return [(panel, values) for panel, values in filled if values is not None]


@dataclass(frozen=True, slots=True)
class Strip:
    """One line above the work list that a higher context fills: `values` gives `template` its values from an
    access, the local day and the counts of the list's views, or None to stay out (at most 1 SQL). It is
    asked where the list is opened as it stands, without filters.
    """

    template: str
    values: Callable[[Access, date, Mapping[str, int]], Mapping[str, Any] | None]


_STRIPS: list[Strip] = []


def register_strip(strip: Strip) -> None:
    """Put a line above the work list."""
    _STRIPS.append(strip)


def strips(access: Access, today: date, counts: Mapping[str, int]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the lines above the work list of the holder of `access`, each its template with its values."""
    filled = [(each.template, each.values(access, today, counts)) for each in _STRIPS]
    return [(template, values) for template, values in filled if values is not None]


@dataclass(frozen=True, slots=True)
class PersonEntries:
    """The entries of the register that are one person: the identity asked for,
    all ids, and what each says of the person.
    """

    identity: PersonData
    ids: list[int]
    identities: list[PersonData]


@dataclass(frozen=True, slots=True)
class PersonalPart:
    """What is held of a person outside of cases: JSON-ready rows in Spanish, of which `texts` are shown
    without the data of others.
    """

    build: Callable[[Access, PersonEntries], Sequence[Mapping[str, Any]]]
    texts: Collection[str]


_PERSONAL: dict[str, PersonalPart] = {}


def register_personal_part(
    name: str,
    build: Callable[[Access, PersonEntries], Sequence[Mapping[str, Any]]],
    *,
    texts: Collection[str] = ("texto",),
) -> None:
    """Let a higher context add what it holds of a person outside of cases to the copy of their data."""
    _PERSONAL[name] = PersonalPart(build, texts)


def personal_parts() -> Mapping[str, PersonalPart]:
    """Return what else belongs in the copy of a person's data, by its name in the file."""
    return _PERSONAL


CaseIds = Callable[[int], "QuerySet[Any, int]"]
Eraser = Callable[[int, Sequence[int], datetime], None]
_KEEPERS: list[CaseIds] = []
_ERASERS: list[Eraser] = []
_TEXT_ERASERS: list[Eraser] = []


def register_retention(
    *, needed: CaseIds | None = None, erase: Eraser | None = None, erase_texts: Eraser | None = None
) -> None:
    """Let a higher context say which cases of a body it still needs (`needed(institution id)`, a query
    of their keys), and erase what it holds of cases at the end of their retention (`erase(institution
    id, case ids, now)`, in the transaction); `erase_texts` where their texts are among what ends.
    """
    if needed is not None:
        _KEEPERS.append(needed)
    if erase is not None:
        _ERASERS.append(erase)
    if erase_texts is not None:
        _TEXT_ERASERS.append(erase_texts)


def keepers() -> Sequence[CaseIds]:
    """Return the queries of cases that must not be erased yet."""
    return _KEEPERS


def erasers() -> Sequence[Eraser]:
    """Return what else is erased with a case."""
    return _ERASERS


def text_erasers() -> Sequence[Eraser]:
    """Return what else is erased with the texts of a case."""
    return _TEXT_ERASERS


@dataclass(frozen=True, slots=True)
class Naming:
    """Rows of a body that name people, beside those who file cases: `person` is the field that does, and the
    case of a row, if it has one, is its `case`. `seen` gives the condition under which somebody sees a row.
    """

    model: type[Model]
    person: str
    seen: Callable[[Access], Q]

    def of(self, person_ids: Collection[int]) -> QuerySet[Any]:
        """Return the rows that name one of these people."""
        return self.model._default_manager.filter(**{f"{self.person}__in": person_ids})

    def on(self, case: Case) -> set[int]:
        """Return whom the rows of a case name (1 SQL)."""
        named = self.model._default_manager.filter(case=case, **{f"{self.person}__isnull": False})
        return set(named.values_list(self.person, flat=True))


_NAMINGS: list[Naming] = []


def register_naming(naming: Naming) -> None:
    """Have people whom these rows name count as known to the body: nobody hears of one whom only rows name
    that they do not see, and none is erased with a case while another row needs them.
    """
    _NAMINGS.append(naming)


def namings() -> Sequence[Naming]:
    """Return what else names people."""
    return _NAMINGS


_FILTERS: dict[str, Callable[[Access, str], tuple[str, Any] | None]] = {}


def register_filter(name: str, build: Callable[[Access, str], tuple[str, Any] | None]) -> None:
    """Add a filter of the work list: `build(access, value)` gives its label and
    a Q, or None if the value is none.
    """
    _FILTERS[name] = build


def filters() -> Mapping[str, Callable[[Access, str], tuple[str, Any] | None]]:
    """Return the filters that higher contexts added, by name of the URL parameter."""
    return _FILTERS
