# SPDX-License-Identifier: EUPL-1.2
"""Letters of account that are signed electronically, as the authority approved them."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight
from siac.reporting.models import LetterRevision
from siac.signing.public import Found, Signable

KIND = "rendicion"


def _revision(institution: Institution, subject_id: int) -> LetterRevision | None:
    rows = LetterRevision.objects.filter(institution=institution, pk=subject_id)
    return rows.select_related("letter", "report").first()


def _seen(access: Access) -> QuerySet[LetterRevision] | None:
    """Return the approved revisions, for whoever reads figures. Lazy: no SQL."""
    reads = access.has(StaffRight.FIGURES)
    return LetterRevision.objects.filter(institution=access.institution) if reads else None


def _find(access: Access, subject_id: int, now: datetime) -> Found:
    """Return an approved revision (1 SQL).

    Raises:
        Http404, PermissionDenied: there is none, or not for this user.
    """
    access.require(StaffRight.FIGURES)
    row = _revision(access.institution, subject_id)
    if row is None:
        raise Http404(str(subject_id))
    url = reverse("workspace:reporting:letter", args=[access.institution.slug, row.letter_id])
    return Found(f"{row.letter}, revisión {row.number}", url)


def _render(institution: Institution, subject_id: int, line: str) -> bytes:
    """Return the very paper that was approved and published: it says nothing of the signature, for its bytes
    are what the authority approved (1 SQL).

    Raises:
        Refused: there is no such revision (signing_gone).
    """
    row = _revision(institution, subject_id)
    if row is None:
        raise Refused("signing_gone")
    return bytes(row.report.paper)


SIGNABLE = Signable(KIND, "Rendición de cuentas", _find, _seen, _render, "letter_revision")
