# SPDX-License-Identifier: EUPL-1.2
"""Editions of the policy that are signed electronically, once they are approved."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution
from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.states import EditionState
from siac.policy.models import PolicyEdition
from siac.policy.papers import policy_paper
from siac.signing.public import Found, Signable

KIND = "politica"


def _find(access: Access, subject_id: int, now: datetime) -> Found:
    """Return an approved edition that somebody may read (1 SQL).

    Raises:
        Http404, PermissionDenied: there is none, or not for this user.
    """
    access.require(PolicyRight.READ)
    row = _approved(access.institution, subject_id)
    if row is None:
        raise Http404(str(subject_id))
    url = reverse("workspace:policy:edition", args=[access.institution.slug, row.number])
    return Found(f"{row.title}, edición {row.number}", url)


def _seen(access: Access) -> QuerySet[PolicyEdition] | None:
    """Return the approved editions, for whoever reads the policy. Lazy: no SQL."""
    return _all_approved(access.institution) if access.has(PolicyRight.READ) else None


def _all_approved(institution: Institution) -> QuerySet[PolicyEdition]:
    return PolicyEdition.objects.filter(institution=institution, state=EditionState.APPROVED)


def _approved(institution: Institution, subject_id: int) -> PolicyEdition | None:
    rows = _all_approved(institution)
    return rows.select_related("policy").filter(pk=subject_id).first()


def _render(institution: Institution, subject_id: int, line: str) -> bytes:
    """Return an edition as it was approved, as of the day of its last approval; how far its lines have come
    is no part of it (4 SQL).

    Raises:
        Refused: there is no such edition (signing_gone).
        PdfUnavailable: it cannot be made now.
    """
    row = _approved(institution, subject_id)
    if row is None:
        raise Refused("signing_gone")
    return policy_paper(institution, row, _approved_on(row), signed=line)


def _approved_on(row: PolicyEdition) -> date:
    days = [date.fromisoformat(each["on"]) for each in row.approvals]
    return max(days, default=row.valid_from or date.min)


def _published(institution: Institution, subject_id: int) -> bool:
    """Return whether everybody may read an edition: once it is approved (1 SQL)."""
    return _approved(institution, subject_id) is not None


SIGNABLE = Signable(KIND, "Política", _find, _seen, _render, "policy_edition", published=_published)
