# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about charters, their commitments, breaches and remedies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from siac.cases.public import Case, CaseKind, Promise, all_cases
from siac.charters.domain.risk import REVIEWED_AFTER, TOLD_BEFORE
from siac.charters.models import Breach, CharterEdition, Commitment, Remedy
from siac.clocks.public import running_by_source
from siac.indicators.public import Figure, Share, figures
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution, Kept, ToldVersion, Words, labels_of, told

_EDITION = {
    name: label for name, label in labels_of(CharterEdition).items() if name in ("valid_from", "approved_by")
}
_EDITION_WORDS: Words = {"valid_from": lambda day: f"{day:%d-%m-%Y}"}


def _load_commitments(institution_id: int) -> dict[int, Commitment]:
    rows = (
        Commitment.objects.filter(institution_id=institution_id)
        .select_related("edition", "edition__charter", "indicator", "kind")
        .order_by("edition__charter__title", "position", "pk")
    )
    return {commitment.pk: commitment for commitment in rows}


_COMMITMENTS: ConfigCache[dict[int, Commitment]] = ConfigCache(_load_commitments)


def commitments(institution: Institution) -> dict[int, Commitment]:
    """Return every commitment of a body, of past editions too, by primary key; no SQL when warm."""
    return _COMMITMENTS.get(institution)


def commitments_in_force(institution: Institution, today: date) -> list[Commitment]:
    """Return the commitments of the editions in force on the local day `today`. No SQL when warm."""
    return [c for c in commitments(institution).values() if _in_force(c, today)]


def _in_force(commitment: Commitment, today: date) -> bool:
    edition = commitment.edition
    return edition.valid_from <= today and (edition.valid_to is None or today <= edition.valid_to)


def promises_for(institution: Institution, kind: CaseKind, today: date) -> list[Promise]:
    """Return what a case of `kind` filed on `today` is promised, for its clocks. No SQL when warm."""
    return [
        Promise(source=c.source, label=c.text, days=c.days)
        for c in commitments_in_force(institution, today)
        if c.kind_id == kind.pk
    ]


PERIOD_DAYS = 365


def period(institution: Institution, now: datetime) -> tuple[date, date]:
    """Return the first and last local day of the year up to yesterday: days that are over. No SQL."""
    last = institution.local_date(now) - timedelta(days=1)
    return last - timedelta(days=PERIOD_DAYS - 1), last


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment is kept over a period."""

    commitment: Commitment
    figure: Figure
    """Of the cases answered in the period."""
    late_open: int
    """Cases whose day was over at the end of the period and that had no answer then: broken promises too."""

    @property
    def share(self) -> Share:
        """How many kept the promise of all that owed it: those answered, and those late without an answer."""
        return self.figure.share.beside(self.late_open)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where nothing was owed."""
        return self.share.reaches(self.commitment.indicator.target)


@dataclass(frozen=True, slots=True)
class Compliance(Standing):
    """How a commitment is kept, how often it was broken, and what its breaches still owe people."""

    breaches: int
    remedies_owed: int


def standings(institution: Institution, *, first: date, last: date, is_dated: bool = True) -> list[Standing]:
    """Return how each commitment in force on `last` was kept from `first` to `last`, the days before today (4
    SQL however many commitments; 2 unless `is_dated`: nobody is told up to when).

    Cases that wait for their day count nowhere yet.
    """
    current = commitments_in_force(institution, last)
    today = last + timedelta(days=1)
    measured = figures(
        institution, [c.indicator for c in current], first=first, last=last, today=today, is_dated=is_dated
    )
    late = _late_open_by_kind(institution, last)
    return [
        Standing(c, figure, _sum_of(late, c.kind_id)) for c, figure in zip(current, measured, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A commitment in the month that runs, with how many cases still fall due in it."""

    standing: Standing
    left: int

    @property
    def best(self) -> Share:
        """Its share if none of those that are left fails."""
        return Share(self.standing.share.met + self.left, self.standing.share.total + self.left)

    @property
    def may_fail(self) -> int:
        """How many of those that are left may fail and the target be reached; below 0: it cannot be."""
        whole, target = self.best, self.standing.commitment.indicator.target
        return whole.met - ceil(target * whole.total / 100)

    @property
    def is_at_risk(self) -> bool:
        """Whether the target cannot be reached any more, or is missed so far and still can be."""
        return self.may_fail < 0 or (bool(self.left) and self.standing.reached is False)


def at_risk(institution: Institution, *, today: date) -> list[AtRisk]:
    """Return the commitments that may miss their target in the month of `today`, those that cannot reach it
    any more first (3 SQL however many).
    """
    first, last = today.replace(day=1), today - timedelta(days=1)
    lines = standings(institution, first=first, last=last, is_dated=False)
    ends = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    left = running_by_source(
        institution.pk, [line.commitment.source for line in lines], first=today, last=ends
    )
    found = [AtRisk(line, left.get(line.commitment.source, 0)) for line in lines]
    return sorted(
        (each for each in found if each.best.total and each.is_at_risk), key=lambda each: each.may_fail
    )


def compliance(institution: Institution, *, first: date, last: date) -> list[Compliance]:
    """Return the `standings` of a body with their breaches and what is owed for them (2 SQL more)."""
    found = Breach.objects.filter(institution=institution, due_on__range=(first, last))
    breaches: dict[int, int] = {}
    for commitment_id in found.values_list("commitment_id", flat=True):
        breaches[commitment_id] = breaches.get(commitment_id, 0) + 1
    owed: dict[int, int] = {}
    remedies = Remedy.objects.filter(institution=institution, state="owed")
    for commitment_id in remedies.values_list("breach__commitment_id", flat=True):
        owed[commitment_id] = owed.get(commitment_id, 0) + 1
    return [
        Compliance(
            line.commitment,
            line.figure,
            line.late_open,
            breaches.get(line.commitment.pk, 0),
            owed.get(line.commitment.pk, 0),
        )
        for line in standings(institution, first=first, last=last)
    ]


def _late_open(institution: Institution, last: date) -> QuerySet[Case]:
    """Return the cases whose promised day was over by the local day `last` and
    that had neither answer nor end by then.
    """
    _, end = institution.day_bounds(last, last)
    broken = Breach.objects.filter(institution=institution, case=OuterRef("pk"), due_on__lte=last)
    return all_cases(institution).filter(
        Exists(broken),
        Q(answered_at=None) | Q(answered_at__gte=end),
        Q(closed_at=None) | Q(closed_at__gte=end),
    )


def _late_open_by_kind(institution: Institution, last: date) -> dict[int, int]:
    rows = _late_open(institution, last).order_by().values_list("kind_id").annotate(count=Count("pk"))
    return dict(rows)


def _sum_of(counts: Mapping[int, int], kind_id: int | None) -> int:
    return sum(counts.values()) if kind_id is None else counts.get(kind_id, 0)


def cases_behind(commitment: Commitment, *, first: date, last: date) -> QuerySet[Case]:
    """Return the cases that the commitment's share counts, as many as it says: first answered from `first` to
    `last`, local days, or late without an answer at the end of `last`.

    Lazy: no SQL until it is read.
    """
    institution = commitment.institution
    start, end = institution.day_bounds(first, last)
    answered = Q(answered_at__gte=start, answered_at__lt=end, answer_days__isnull=False)
    late = Q(pk__in=_late_open(institution, last).values("pk"))
    kind_id = commitment.kind_id
    of_kind = Q() if kind_id is None else Q(kind_id=kind_id)
    return all_cases(institution).filter(of_kind, answered | late)


def breaches_of(case: Case) -> list[Breach]:
    """Return the broken promises of a case with their remedies, oldest first (1 SQL)."""
    return list(
        Breach.objects.filter(institution_id=case.institution_id, case=case)
        .select_related("commitment", "remedy")
        .order_by("pk")
    )


def remedies(institution: Institution, state: str) -> QuerySet[Remedy]:
    """Return the remedies of a body in a state, with their case and commitment; order by due_on, pk.

    Lazy: no SQL until it is read.
    """
    return Remedy.objects.filter(institution=institution, state=state).select_related(
        "breach__commitment", "breach__case"
    )


def editions(institution: Institution) -> list[tuple[str, list[ToldVersion]]]:
    """Return the editions of each charter, by title, the newest first, in words (1 SQL when warm)."""
    promises: dict[int, dict[str, str]] = {}
    for each in commitments(institution).values():
        said = f"{each.text} ({each.days} días hábiles). Si no se cumple: {each.remedy}"
        promises.setdefault(each.edition_id, {})[each.code] = said
    rows = CharterEdition.objects.filter(institution=institution).select_related("charter", "saved_by")
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


def review_due(edition: CharterEdition) -> date:
    """Return the day by which an edition is to be reviewed. No SQL."""
    return _months_after(edition.valid_from, REVIEWED_AFTER)


def editions_to_review(institution: Institution, *, today: date) -> QuerySet[CharterEdition]:
    """Return the editions in force whose day to be reviewed is at most two months away, or over. Lazy: no SQL
    until it is read.
    """
    begun = _months_after(today, TOLD_BEFORE - REVIEWED_AFTER)
    return CharterEdition.objects.filter(institution=institution, valid_to=None, valid_from__lte=begun)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))


def _kept(row: CharterEdition, promises: Mapping[str, str | None]) -> Kept:
    fields = {**{name: getattr(row, name) for name in _EDITION}, **promises}
    return Kept(row.number, row.saved_at, row.saved_by.name if row.saved_by else "", fields)
