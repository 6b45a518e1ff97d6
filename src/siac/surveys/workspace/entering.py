# SPDX-License-Identifier: EUPL-1.2
"""What people of the house enter: a call read from a script, a paper copied twice."""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.surveys.commands.answering import questionnaire_of
from siac.surveys.commands.entering import confirm_paper, drop_paper, enter_call, enter_paper
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.entry_forms import EntryForm, WholeForm
from siac.surveys.models import PaperEntry
from siac.surveys.queries import surveys
from siac.surveys.workspace.editing import survey_for
from siac.ui.lists import Asked
from siac.ui.public import refusal_text

Differences = Mapping[str, object]
SHEET, BROKE_OFF = "hoja", "cortada"
_SECRET = re.compile(r"[\w-]{22}", re.ASCII)


def _sheet(request: HttpRequest) -> str:
    """Return the secret of the page that is sent, else a new one."""
    given = request.POST.get(SHEET, "")
    return given if _SECRET.fullmatch(given) else secrets.token_urlsafe(16)


@require_safe
@staff_page(SurveyRight.ENTER)
def entries(request: HttpRequest, access: Access) -> HttpResponse:
    """List the surveys that take answers, and the papers that wait to be entered again."""
    rows = PaperEntry.objects.filter(institution=access.institution).select_related("survey", "entered_by")
    context = {
        "surveys": [row for row in surveys(access.institution).values() if row.is_active],
        "listing": Asked.of(request).listing(rows, ("entered_on", "pk")),
        "user_id": access.user.pk,
    }
    return render(request, "surveys/workspace/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.ENTER)
def call(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Read a survey aloud on the telephone and enter what is said."""
    row, sheet, broke_off = survey_for(access, survey_id), _sheet(request), BROKE_OFF in request.POST
    today = access.institution.local_date(current_time())
    form = EntryForm(
        access.institution, row.asked, request.POST or None, is_paper=False, may_be_partial=broke_off
    )

    def save() -> Differences:
        enter_call(
            row, sheet, form.answers, today=today, point_id=form.cleaned_data["point_id"], broke_off=broke_off
        )
        return {}

    here = reverse("workspace:surveys:call", args=[access.institution.slug, row.pk])
    context = {"row": row, "title": f"«{row.name}» por teléfono", "is_call": True, "sheet": sheet}
    said = "Respuesta guardada. Puede llamar a otra persona."
    return _entered(request, form, save, context, said=said, to=here)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.ENTER)
def paper(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Enter a paper the first time."""
    row, sheet = survey_for(access, survey_id), _sheet(request)
    today = access.institution.local_date(current_time())
    form = EntryForm(access.institution, row.asked, request.POST or None, is_paper=True, may_be_partial=True)

    def save() -> Differences:
        enter_paper(
            survey=row, actor=access.user, today=today, sheet=sheet, answers=form.answers,
            mark=form.cleaned_data["mark"], point_id=form.cleaned_data["point_id"],
        )  # fmt: skip
        return {}

    here = reverse("workspace:surveys:paper", args=[access.institution.slug, row.pk])
    context = {"row": row, "title": f"«{row.name}» en papel", "sheet": sheet}
    said = "Hoja ingresada. Contará cuando se ingrese por segunda vez."
    return _entered(request, form, save, context, said=said, to=here)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.ENTER)
def paper_again(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Enter a paper the second time, without what was entered the first; then see where they differ."""
    rows = PaperEntry.objects.filter(institution=access.institution, pk=paper_id)
    kept = rows.select_related("survey").first()
    back = reverse("workspace:surveys:entries", args=[access.institution.slug])
    if kept is None:
        raise Http404(str(paper_id))
    form = WholeForm(questionnaire_of(kept.survey, kept.version), request.POST or None, may_be_partial=True)

    def save() -> Differences:
        return confirm_paper(
            institution=access.institution, paper_id=kept.pk, answers=form.answers, seen=form.seen_codes,
            now=current_time(),
        )  # fmt: skip

    context = {
        "row": kept.survey, "paper": kept, "title": f"Segundo ingreso: {kept.mark or 'hoja sin número'}",
        "is_own": kept.entered_by_id == access.user.pk,
    }  # fmt: skip
    said = "Los dos ingresos coinciden: la respuesta se cuenta."
    return _entered(request, form, save, context, said=said, to=back)


def _entered(
    request: HttpRequest,
    form: WholeForm,
    save: Callable[[], Differences],
    context: dict[str, Any],
    *,
    said: str,
    to: str,
) -> HttpResponse:
    """Draw a page that is entered, or save it and go on; with what differs from the first time it is drawn
    again.
    """
    if form.is_bound and form.is_valid():
        try:
            differing = save()
        except Refused as refused:
            if refused.code == "survey_sent_before":  # pressed twice: it is there
                messages.info(request, "Ya estaba ingresada: se cuenta una vez.")
                return redirect(to)
            form.refuse(refusal_text(refused))
        else:
            if not differing:
                messages.success(request, said)
                return redirect(to)
            form.tell_differences(differing)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/workspace/entry.html", {**context, "form": form}, status=status)


@require_POST
@staff_page(SurveyRight.ENTER)
def paper_drop(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Throw away what was entered of a paper."""
    try:
        drop_paper(institution=access.institution, paper_id=paper_id, actor=access.user, now=current_time())
    except Refused as refused:  # it was counted or thrown away meanwhile, or is another body's
        raise Http404(str(paper_id)) from refused
    messages.success(request, "Hoja descartada.")
    return redirect("workspace:surveys:entries", access.institution.slug)
