# SPDX-License-Identifier: EUPL-1.2
"""The requests behind findings: those of the cause it is about, the one it is about, and those linked by
hand.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from siac.cases.public import Case, all_cases
from siac.findings.public import Finding
from siac.improvement.models import Action, LinkedCase
from siac.organizations.public import Institution

CASE, CAUSE = "case", "cause"
"""Kinds of what findings are about: a request, a cause of complaints."""
LOOKS_BACK = timedelta(days=365)
"""How long before a finding was opened a request of its cause counts as one that led to it."""


def cases_behind(institution: Institution, action: Action) -> QuerySet[Case]:
    """Return the requests that led to an action that is done: of the causes that its findings are about,
    those filed in the year before the finding was opened and until the action was done; and those that a
    finding is about or that were linked to it. Lazy: 1 SQL for the findings, none for the rest until it is
    read.
    """
    findings = [each.finding for each in action.answered.select_related("finding")]
    until = _end(institution, action.done_on)
    which = Q(pk__in=LinkedCase.objects.filter(finding__in=findings).values("case"))
    for finding in findings:
        which |= _of(finding, until)
    return all_cases(institution).filter(which)


def _of(finding: Finding, until: datetime) -> Q:
    if finding.subject_id is None or finding.subject_kind not in (CASE, CAUSE):
        return Q(pk__in=())
    if finding.subject_kind == CASE:
        return Q(pk=finding.subject_id)
    since = finding.opened_at - LOOKS_BACK
    return Q(cause=finding.subject_id, filed_at__gte=since, filed_at__lt=until)


def _end(institution: Institution, day: date | None) -> datetime:
    last = day or date.max - timedelta(days=2)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=institution.zone)


def is_behind(case: Case, finding: Finding, linked: Sequence[int]) -> bool:
    """Return whether a request is behind a finding, whenever its actions end; `linked`: the findings that it
    was linked to. No SQL.
    """
    if finding.pk in linked or (finding.subject_kind, finding.subject_id) == (CASE, case.pk):
        return True
    is_of_cause = (finding.subject_kind, finding.subject_id) == (CAUSE, case.cause_id)
    return is_of_cause and case.filed_at >= finding.opened_at - LOOKS_BACK
