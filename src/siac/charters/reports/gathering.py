# SPDX-License-Identifier: EUPL-1.2
"""What a report of a charter is made of: promises with frozen periods, breaches, claims, editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from siac.charters.commands.freezing import SUBJECT, newest
from siac.charters.domain.reports import ReportPeriod
from siac.charters.domain.states import EditionState
from siac.charters.models import (
    WAITING,
    Breach,
    Charter,
    CharterEdition,
    Claim,
    ClaimState,
    Commitment,
    PeriodResult,
    RemedyState,
)
from siac.findings.public import Finding, findings_by_subject
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the breaches of a promise whose promised day lay in the period."""

    breaches: int = 0
    none: int = 0
    """Those for which the charter owes nothing."""
    owed: int = 0
    delivered: int = 0
    in_time: int = 0
    refused: int = 0
    undone: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """What people claimed of a promise in the period."""

    filed: int = 0
    upheld: int = 0
    rejected: int = 0
    in_time: int = 0
    """Decided on their last day at the latest."""
    days: tuple[int, ...] = ()
    """Calendar days from the claim to its decision, of each decided one."""

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.upheld + self.rejected

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self.filed - self.decided


@dataclass(frozen=True, slots=True)
class Line:
    """A promise of the period."""

    number: int
    commitment: Commitment
    results: Sequence[PeriodResult]
    """Its frozen periods that lie in the period, the oldest first."""
    counted: Counted
    claims: Claims

    @property
    def measured(self) -> list[PeriodResult]:
        """Those with something to tell."""
        return [row for row in self.results if row.is_reached is not None]

    @property
    def missed(self) -> list[PeriodResult]:
        """Those under the target."""
        return [row for row in self.results if row.is_reached is False]

    @property
    def is_above(self) -> bool:
        """Whether each period with something to tell went beyond the target, so that it could be raised."""
        found = self.measured
        return bool(found) and all(row.is_reached and row.value != row.target for row in found)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a report tells of."""

    charter: Charter
    period: ReportPeriod
    lines: Sequence[Line]
    editions: Sequence[CharterEdition]
    """The approved ones with a day in the period, the oldest first."""
    findings: Mapping[int, Finding]
    """By the key of the frozen period whose miss opened it."""
    comments: Mapping[int, Sequence[tuple[str, int]]]
    """Of editions that began in the period: (verdict, how many), by the key of the edition."""

    @property
    def begun(self) -> list[CharterEdition]:
        """The editions that began in the period."""
        return [row for row in self.editions if row.since >= self.period.first]


def editions_within(charter: Charter, period: ReportPeriod) -> QuerySet[CharterEdition]:
    """Return the approved editions of a charter that were in force on some day of a period, the oldest first.
    Lazy: no SQL until it is read.
    """
    rows = charter.editions.filter(state=EditionState.APPROVED, valid_from__lte=period.last)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=period.first)).order_by("number")


def results_within(charter: Charter, period: ReportPeriod) -> QuerySet[PeriodResult]:
    """Return the frozen periods of a charter that lie in a period. Lazy: no SQL until it is read."""
    rows = PeriodResult.objects.filter(institution=charter.institution, charter=charter)
    return rows.filter(first__gte=period.first, last__lte=period.last)


def breaches_within(charter: Charter, period: ReportPeriod) -> QuerySet[Breach]:
    """Return the breaches of a charter whose promised day lies in a period, with `settled_on`, the local day
    on which what was owed was settled. Lazy: no SQL until it is read.
    """
    rows = Breach.objects.filter(institution=charter.institution, commitment__edition__charter=charter)
    return rows.filter(due_on__range=(period.first, period.last)).annotate(
        settled_on=TruncDate("remedy__settled_at", tzinfo=charter.institution.zone)
    )


def claims_within(charter: Charter, period: ReportPeriod) -> QuerySet[Claim]:
    """Return what was claimed of a charter in a period. Lazy: no SQL until it is read."""
    start, end = charter.institution.day_bounds(period.first, period.last)
    rows = Claim.objects.filter(institution=charter.institution, commitment__edition__charter=charter)
    return rows.filter(filed_at__gte=start, filed_at__lt=end)


BREACHES: Mapping[str, Q] = {
    "none": Q(remedy=None),
    "owed": Q(remedy__state__in=WAITING),
    "delivered": Q(remedy__state=RemedyState.DELIVERED),
    "in_time": Q(remedy__state=RemedyState.DELIVERED, settled_on__lte=F("remedy__due_on")),
    "refused": Q(remedy__state=RemedyState.REFUSED),
    "undone": Q(remedy__state=RemedyState.UNDONE),
}
"""Which breaches each number of `Counted` counts: by these it is counted, and listed."""
CLAIMS: Mapping[str, Q] = {
    "waiting": Q(state=ClaimState.FILED),
    "decided": ~Q(state=ClaimState.FILED),
    "upheld": Q(state=ClaimState.UPHELD),
    "rejected": Q(state=ClaimState.REJECTED),
}
"""Which claims each number of `Claims` counts."""


def gathered(charter: Charter, period: ReportPeriod) -> Gathered:
    """Return what a report of a charter tells of (6 SQL, 1 more for each edition that began, and for promises
    of former editions).
    """
    editions = list(editions_within(charter, period))
    results = newest(results_within(charter, period).select_related("commitment__responsible"))
    counted, claims = _counted(charter, period), _claimed(charter, period)
    promised = _promised(charter, editions, results, {*counted, *claims})
    missed = [row.pk for rows in results.values() for row in rows if row.is_reached is False]
    lines = [
        Line(
            number=number, commitment=each, results=results.get(each.code, []),
            counted=counted.get(each.code, Counted()), claims=claims.get(each.code, Claims()),
        )
        for number, each in enumerate(promised, start=1)
    ]  # fmt: skip
    findings = findings_by_subject(charter.institution, SUBJECT, missed)
    begun = [row for row in editions if row.since >= period.first]
    return Gathered(charter, period, lines, editions, findings, _comments(begun))


def _promised(
    charter: Charter,
    editions: Sequence[CharterEdition],
    results: Mapping[str, Sequence[PeriodResult]],
    told: set[str],
) -> list[Commitment]:
    """Return each promise once, as the newest edition says it, those of the newest edition first; those of
    `told` codes too whose edition was over: a request that it was promised to came due afterwards (1 SQL, 1
    more of such).
    """
    every = Commitment.objects.select_related("responsible", "indicator")
    every = every.order_by("-edition__number", "position", "pk")
    found: dict[str, Commitment] = {}
    rows = every.filter(edition__in=[row.pk for row in editions])
    for each in [*rows, *(of_code[-1].commitment for of_code in results.values())]:
        found.setdefault(each.code, each)
    former = told - found.keys()
    if former:
        of_charter = every.filter(edition__charter=charter, edition__state=EditionState.APPROVED)
        for each in of_charter.filter(code__in=former):
            found.setdefault(each.code, each)
    return list(found.values())


def _counted(charter: Charter, period: ReportPeriod) -> dict[str, Counted]:
    counts = {name: Count("pk", filter=which) for name, which in BREACHES.items()}
    rows = breaches_within(charter, period).order_by().values("commitment__code")
    counted = rows.annotate(breaches=Count("pk"), **counts)
    names = ("commitment__code", "breaches", *BREACHES)
    return {
        code: Counted(breaches, **dict(zip(BREACHES, told, strict=True)))
        for code, breaches, *told in counted.values_list(*names)
    }


def _claimed(charter: Charter, period: ReportPeriod) -> dict[str, Claims]:
    body: Institution = charter.institution
    by_code: dict[str, list[Claim]] = {}
    for row in claims_within(charter, period).select_related("commitment").order_by("pk"):
        by_code.setdefault(row.commitment.code, []).append(row)
    return {code: _claims(body, rows) for code, rows in by_code.items()}


def _claims(body: Institution, rows: Sequence[Claim]) -> Claims:
    decided = [(row, body.local_date(row.decided_at)) for row in rows if row.decided_at is not None]
    return Claims(
        len(rows),
        sum(row.state == ClaimState.UPHELD for row in rows),
        sum(row.state == ClaimState.REJECTED for row in rows),
        sum(on <= row.due_on for row, on in decided),
        tuple((on - body.local_date(row.filed_at)).days for row, on in decided),
    )


def _comments(editions: Sequence[CharterEdition]) -> dict[int, list[tuple[str, int]]]:
    """Return how many comments their drafts had, by what became of them (1 SQL, none of no edition)."""
    found: dict[int, list[tuple[str, int]]] = {}
    for edition in editions:
        rows = edition.comments.order_by("verdict").values_list("verdict").annotate(Count("pk"))
        found[edition.pk] = list(rows)
    return found
