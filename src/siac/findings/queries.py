# SPDX-License-Identifier: EUPL-1.2
"""Findings: those that somebody may see, and how many wait."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from siac.accounts.public import rights_of
from siac.findings.domain.rights import FindingRight
from siac.findings.domain.states import UNSETTLED
from siac.findings.domain.subjects import Subject, as_address
from siac.findings.models import Finding, RootCause
from siac.organizations.public import Access, Institution, colleagues, holders


def visible_findings(access: Access) -> QuerySet[Finding]:
    """Return the findings that somebody may see: of the units where they hold the right, and those they
    answer for. Lazy: no SQL until it is read.
    """
    rows = Finding.objects.filter(institution=access.institution)
    if not access.has(FindingRight.READ):
        return rows.none()
    units = access.units_with(FindingRight.READ)
    return rows if units is None else rows.filter(Q(unit__in=units) | Q(responsible=access.user.pk))


def answerers(institution: Institution) -> list[tuple[int, str]]:
    """Return (user id, name) of those who can answer for a finding, by name: who may see findings, since
    nobody answers for what they cannot open (2 SQL).
    """
    may = {user for role, _, user in holders(institution).rows if FindingRight.READ in rights_of(role)}
    return [(pk, name) for pk, name in colleagues(institution) if pk in may]


def findings_about(access: Access, subject: Subject) -> QuerySet[Finding]:
    """Return the findings about a thing that somebody may see. Lazy: no SQL until it is read."""
    return visible_findings(access).filter(subject_kind=subject.kind, subject_id=subject.pk)


def findings_by_subject(institution: Institution, kind: str, ids: Sequence[int]) -> dict[int, Finding]:
    """Return the newest finding about each of some things of a kind, by the key of the thing, for a report of
    the body: whoever reads it, so tell nothing of it but where it stands (1 SQL).
    """
    rows = Finding.objects.filter(institution=institution, subject_kind=kind, subject_id__in=list(ids))
    return {row.subject_id: row for row in rows.select_related("unit").order_by("pk") if row.subject_id}


def open_on(institution: Institution, subject: Subject) -> list[Finding]:
    """Return the findings of a body on a subject that are not settled, oldest first (1 SQL)."""
    rows = Finding.objects.filter(institution=institution, settled_at=None)
    return list(rows.filter(subject_kind=subject.kind, subject_id=subject.pk).order_by("pk"))


def overdue_findings(access: Access, *, today: date) -> QuerySet[Finding]:
    """Return the unsettled findings whose local day has passed, of those somebody may see. Lazy: no SQL
    until it is read.
    """
    return visible_findings(access).filter(state__in=UNSETTLED, due_on__lt=today)


def may_follow(access: Access, row: Finding) -> bool:
    """Return whether somebody may write what is done about a finding. No SQL."""
    return access.has_in(FindingRight.FOLLOW, row.unit_id) or (
        row.responsible_id == access.user.pk and access.has(FindingRight.READ)
    )


def root_causes_of(institution: Institution, finding_ids: Sequence[int]) -> dict[int, RootCause]:
    """Return why each of some findings came about, as it was written last, by finding (1 SQL)."""
    rows = RootCause.objects.filter(institution=institution, finding__in=list(finding_ids))
    return {row.finding_id: row for row in rows.order_by("finding", "number")}


def opening_address(access: Access, kind: str, pk: int) -> str:
    """Return the address of the page that opens a finding about a thing; empty for whoever keeps none. No
    SQL.
    """
    if not access.has(FindingRight.KEEP):
        return ""
    page = reverse("workspace:findings:finding_new", args=[access.institution.slug])
    return f"{page}?trata={as_address(Subject(kind, pk))}"


def findings_in(institution: Institution, ids: Sequence[int]) -> list[Finding]:
    """Return those of a body that are named by their keys, in their order: what a context may do with them it
    judges itself (1 SQL).
    """
    return list(Finding.objects.filter(institution=institution, pk__in=list(ids)).order_by("pk"))


def all_findings(institution: Institution) -> QuerySet[Finding]:
    """Return the findings of a body, for figures and reports of it. Lazy: no SQL until it is read."""
    return Finding.objects.filter(institution=institution)


def findings_between(institution: Institution, first: date, last: date) -> QuerySet[Finding]:
    """Return the findings opened between two local days, both included, the first first. Lazy: no SQL until
    it is read.
    """
    since, before = institution.day_bounds(first, last)
    rows = Finding.objects.filter(institution=institution, opened_at__gte=since, opened_at__lt=before)
    return rows.order_by("opened_at", "pk")
