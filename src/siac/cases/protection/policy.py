# SPDX-License-Identifier: EUPL-1.2
"""Which cases have passed the retention of their kind, and how that changed."""

from datetime import datetime, time
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from siac.cases.domain.states import State
from siac.cases.extensions import keepers
from siac.cases.models import (
    PROPOSED,
    Appeal,
    Case,
    CaseHold,
    CaseKind,
    Erases,
    ErasureRun,
    KindVersion,
)
from siac.cases.protection.retention_rules import months_before
from siac.cases.queries import kinds
from siac.organizations.public import Institution, ToldVersion, Words, differences, labels_of

HISTORY = 50


def policies(institution: Institution) -> list[CaseKind]:
    """Return the kinds of a body that have a retention; no SQL when warm."""
    return [kind for kind in kinds(institution).values() if kind.retention_months]


def proposed_erasures(institution: Institution) -> QuerySet[ErasureRun]:
    """Return what is proposed to be erased of a body and waits to be approved: one run at most."""
    return ErasureRun.objects.filter(institution=institution, state=PROPOSED)


def past_retention(institution: Institution, kind: CaseKind, *, now: datetime) -> QuerySet[Case]:
    """Return the cases of `kind` closed longer ago than its months, oldest
    first; none where it keeps them for ever.

    Left out: those on hold, those joined to one that is still open, those with an appeal undecided,
    those erased, those whose day of closing an earlier register did not know, and those that a
    higher context still needs (a remedy owed).
    """
    if not kind.retention_months:
        return Case.objects.none()
    last = months_before(institution.local_date(now), kind.retention_months)
    before = datetime.combine(last, time.min, tzinfo=institution.zone)
    rows = Case.objects.filter(
        institution=institution, kind=kind, closed_at__lt=before, erased_at=None, state=State.CLOSED
    )
    rows = rows.filter(Q(merged_into=None) | Q(merged_into__state=State.CLOSED))
    rows = rows.exclude(Exists(CaseHold.objects.filter(case=OuterRef("pk"))))
    undecided = Appeal.objects.filter(case=OuterRef("pk")).exclude(state=Appeal.State.DECIDED)
    rows = rows.exclude(Exists(undecided))
    for needed in keepers():
        rows = rows.exclude(pk__in=needed(institution.pk))
    return rows.order_by("closed_at", "pk")


_POLICY = {
    name: label
    for name, label in labels_of(CaseKind).items()
    if name in ("retention_months", "retention_erases")
}
_WORDS: Words = {"retention_erases": lambda codes: "; ".join(Erases(code).label for code in codes)}


def policy_history(institution: Institution) -> list[tuple[CaseKind, ToldVersion]]:
    """Return each change of what a kind keeps and for how long, the newest first (1 SQL)."""
    rows = KindVersion.objects.filter(kind__institution=institution).select_related("kind", "saved_by")
    found = []
    for new, old in pairwise(rows.order_by("kind", "-number")):
        changes = differences(_POLICY, old.fields, new.fields, _WORDS) if old.kind_id == new.kind_id else []
        if changes:
            found.append((new, changes))
    found.sort(key=lambda each: (each[0].saved_at, each[0].pk), reverse=True)
    return [
        (
            new.kind,
            ToldVersion(new.number, new.saved_at, new.saved_by.name if new.saved_by else "", changes),
        )
        for new, changes in found[:HISTORY]
    ]
