# SPDX-License-Identifier: EUPL-1.2
"""Editions of charters that are signed electronically, once they are approved."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.reading import edition_of
from siac.charters.models import CharterEdition
from siac.charters.papers import dossier_pdf
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution
from siac.signing.public import Found, Signable

KIND = "carta"


def _approved(institution: Institution) -> QuerySet[CharterEdition]:
    return CharterEdition.objects.filter(institution=institution, state=EditionState.APPROVED)


def _seen(access: Access) -> QuerySet[CharterEdition] | None:
    """Return the approved editions, for whoever reads charters. Lazy: no SQL."""
    return _approved(access.institution) if access.has(CharterRight.READ) else None


def _find(access: Access, subject_id: int, now: datetime) -> Found:
    """Return an approved edition that somebody may read (1 SQL).

    Raises:
        Http404, PermissionDenied: there is none, or not for this user.
    """
    access.require(CharterRight.READ)
    row = edition_of(access, subject_id)
    if row.state != EditionState.APPROVED:
        raise Http404(str(subject_id))
    url = reverse("workspace:charters:preview", args=[access.institution.slug, row.pk])
    return Found(f"{row.charter.title}, edición {row.number}", url)


def _render(institution: Institution, subject_id: int, line: str) -> bytes:
    """Return the whole charter as it was approved (1 SQL, and those of its paper).

    Raises:
        Refused: there is no such edition (signing_gone).
        PdfUnavailable: it could not be typeset now.
    """
    rows = _approved(institution)
    row = rows.select_related("charter__responsible").filter(pk=subject_id).first()
    if row is None:
        raise Refused("signing_gone")
    row.institution = row.charter.institution = institution
    path = reverse("portal:charters:charter", args=[institution.slug, row.charter.code])
    return dossier_pdf(row, f"{settings.SITE_URL}{path}", signed=line)


def _published(institution: Institution, subject_id: int) -> bool:
    """Return whether everybody may read an edition: once it is approved (1 SQL)."""
    return _approved(institution).filter(pk=subject_id).exists()


SIGNABLE = Signable(
    KIND, "Carta de servicios", _find, _seen, _render, "charter_edition", published=_published
)
