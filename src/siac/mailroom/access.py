# SPDX-License-Identifier: EUPL-1.2
"""Who may see which paper, and the only way to fetch one for somebody."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from siac.cases.public import not_yet_cases, seen_by
from siac.mailroom.models import IncomingPaper
from siac.organizations.public import Access


def visible_papers(access: Access) -> QuerySet[IncomingPaper]:
    """Return the papers of the body that the holder of `access` may see, unordered.

    One that is no request yet: whoever sees the unit it is addressed to, and whoever registered it. One that
    became a request: whoever sees that request.

    Lazy: no SQL until it is read.
    """
    rows = IncomingPaper.objects.filter(institution=access.institution)
    unfiled = Q(case=None) & (not_yet_cases(access, unit="unit") | Q(registered_by=access.user))
    return rows.filter(unfiled | (Q(case__isnull=False) & seen_by(access, through="case__")))


def among_visible(access: Access) -> Q:
    """Return the condition under which the holder of `access` sees a paper of the body. No SQL."""
    return Q(Exists(visible_papers(access).filter(pk=OuterRef("pk"))))


def paper_for(access: Access, paper_id: int) -> IncomingPaper:
    """Return one paper (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = visible_papers(access).select_related("case", "unit", "registered_by")
    row = rows.filter(pk=paper_id).first()
    if row is None:
        raise Http404(str(paper_id))
    return row
