# SPDX-License-Identifier: EUPL-1.2
"""Minutes that are signed electronically, once they are approved."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from siac.governance.domain.states import SessionState
from siac.governance.models import Sitting
from siac.governance.papers import minutes_paper
from siac.governance.queries import sitting_for, sittings_for
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution
from siac.signing.public import Found, Signable

KIND = "acta"


def _seen(access: Access) -> QuerySet[Sitting]:
    """Return the sessions with approved minutes of the bodies that somebody reads. Lazy: no SQL."""
    return sittings_for(access).filter(state=SessionState.MINUTED)


def _find(access: Access, subject_id: int, now: datetime) -> Found:
    """Return the approved minutes of a session that somebody may read (2 SQL).

    Raises:
        Http404, PermissionDenied: there are none, or not for this user.
    """
    row = sitting_for(access, subject_id)
    if row.state != SessionState.MINUTED:
        raise Http404(str(subject_id))
    url = reverse("workspace:governance:sitting", args=[access.institution.slug, row.pk])
    return Found(f"Acta de la sesión {row.number}, {row.council.name}", url)


def _render(institution: Institution, subject_id: int, line: str) -> bytes:
    """Return minutes as they were approved (6 SQL).

    Raises:
        Refused: there are none (signing_gone).
        PdfUnavailable: they cannot be made now.
    """
    rows = Sitting.objects.filter(institution=institution, state=SessionState.MINUTED)
    row = rows.select_related("council").filter(pk=subject_id).first()
    if row is None:
        raise Refused("signing_gone")
    return minutes_paper(institution, row, signed=line)


SIGNABLE = Signable(KIND, "Acta", _find, _seen, _render, "sitting")
