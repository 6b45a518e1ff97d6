# SPDX-License-Identifier: EUPL-1.2
"""A draft as an association of staff sees it from outside, by a link of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.surveys.drafts.commands import comment
from siac.surveys.drafts.forms import CommentForm
from siac.surveys.drafts.models import DraftAssociation, DraftState
from siac.surveys.drafts.workspace import shown
from siac.surveys.portal import unkept
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@limited("surveys.draft", limit=60, window_seconds=3600)
@portal_page
def draft(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show a draft to an association, take its comment, and later show what was answered."""
    rows = DraftAssociation.objects.select_related("draft__survey", "draft__decided_by")
    row = rows.filter(
        draft__institution=institution, draft__comments_until__isnull=False, token=token
    ).first()
    if row is None:
        raise Http404("association")
    form = CommentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            comment(
                institution=institution, now=current_time(), draft_id=row.draft_id, association=row,
                text=form.cleaned_data["text"],
            )  # fmt: skip
            return unkept(redirect("portal:surveys:draft_outside", institution.slug, token))
        except Refused as refused:
            form.refuse(refusal_text(refused))
    state = row.draft.state(institution.local_date(current_time()))
    context = {
        **shown(row.draft),
        "association": row,
        "state": state,
        "form": form,
        "may_comment": state is DraftState.OPEN and not row.is_spent,
        "comments": list(row.comments.select_related("association", "user", "answered_by")),
    }
    status = 422 if form.is_bound else 200
    return unkept(render(request, "surveys/portal/draft.html", context, status=status))
