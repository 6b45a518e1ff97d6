# SPDX-License-Identifier: EUPL-1.2
"""Appeals against what the body answered: which wait, and one of them with its
term, its papers and what to do.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.access import case_for, may, require_reader
from siac.cases.appeals.commands import decide_appeal, send_defence
from siac.cases.appeals.forms import DefenceForm, RulingForm
from siac.cases.appeals.queries import appeals_for, pending_appeals
from siac.cases.domain.clock_kinds import APPEAL
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Appeal, Case, MessageKind
from siac.cases.pages import ClockLine, messages_with_files
from siac.clocks.public import clocks_of, explanation
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text

_PAPERS = (MessageKind.APPEAL, MessageKind.DEFENCE, MessageKind.RULING)


@require_safe
@staff_page()
def appeal_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the appeals that wait for the body by the day they are due, or all of them, the newest first."""
    require_reader(access)
    asked = Asked.of(request, Filter("vista", options=[("todos", "Todos")]))
    shows_all = "vista" in asked.kept
    rows = appeals_for(access) if shows_all else pending_appeals(access)
    rows = rows.select_related("case__text", "case__unit", "case__assignee")
    rows = rows.defer("case__text__body", "case__text__search", "case__text__answers")
    context = {
        "today": access.institution.local_date(current_time()),
        "listing": asked.listing(rows, ("-pk",) if shows_all else ("due_on", "pk")),
        "shows_all": shows_all,
    }
    return render(request, "cases/workspace/appeals.html", context)


@require_safe
@staff_page()
def appeal_page(request: HttpRequest, access: Access, appeal_id: int) -> HttpResponse:
    """Show one appeal."""
    require_reader(access)
    appeal, case = _found(access, appeal_id)
    return _show(request, access, appeal, case)


def _found(access: Access, appeal_id: int) -> tuple[Appeal, Case]:
    appeal = appeals_for(access).select_related("case").filter(pk=appeal_id).first()
    if appeal is None:
        raise Http404(str(appeal_id))
    return appeal, case_for(access, appeal.case.folio, to=None, now=current_time())


def _show(
    request: HttpRequest, access: Access, appeal: Appeal, case: Case, *, status: int = 200, **bound: Form
) -> HttpResponse:
    clocks = clocks_of(access.institution.pk, APPEAL, [appeal.pk])
    papers = [
        shown for shown in messages_with_files(case, for_citizen=False) if shown.message.kind in _PAPERS
    ]
    works = may(access, case, CaseRight.WORK)
    context: dict[str, Any] = {
        "appeal": appeal,
        "case": case,
        "today": access.institution.local_date(current_time()),
        "clocks": [
            ClockLine(clock, explanation(clock, event="el aviso a la institución")) for clock in clocks
        ],
        "papers": papers,
        "bound": list(bound.values()),
    }
    if works and appeal.is_pending and appeal.forum == Appeal.Forum.OTHER:
        context["defence"] = bound.get("defence") or DefenceForm(auto_id="descargos_%s")
    if works and appeal.state != Appeal.State.DECIDED:
        context["ruling"] = bound.get("ruling") or RulingForm(auto_id="resolucion_%s")
    context |= bound
    return render(request, "cases/workspace/appeal.html", context, status=status)


@require_POST
@staff_page(CaseRight.WORK)
def defend(request: HttpRequest, access: Access, appeal_id: int) -> HttpResponse:
    """Keep the defence that was sent."""
    form = DefenceForm(request.POST, request.FILES, auto_id="descargos_%s")
    return _do(request, access, appeal_id, "defence", form, send_defence, "Descargos guardados.")


@require_POST
@staff_page(CaseRight.WORK)
def decide(request: HttpRequest, access: Access, appeal_id: int) -> HttpResponse:
    """Keep how the appeal was decided."""
    form = RulingForm(request.POST, request.FILES, auto_id="resolucion_%s")
    return _do(request, access, appeal_id, "ruling", form, decide_appeal, "Resolución guardada.")


def _do(
    request: HttpRequest,
    access: Access,
    appeal_id: int,
    name: str,
    form: Form,
    command: Callable[..., Case],
    done: str,
) -> HttpResponse:
    appeal, case = _found(access, appeal_id)
    if not may(access, case, CaseRight.WORK):
        raise PermissionDenied(name)
    if form.is_valid():
        values = {**form.cleaned_data, "files": form.cleaned_data["attachments"]}
        del values["attachments"]
        try:
            command(
                institution=access.institution,
                appeal_id=appeal.pk,
                actor=access.user,
                now=current_time(),
                **values,
            )
            messages.success(request, done)
            return redirect("workspace:cases:appeal", access.institution.slug, appeal.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            appeal.refresh_from_db()
    return _show(request, access, appeal, case, status=422, **{name: form})
