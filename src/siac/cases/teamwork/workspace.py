# SPDX-License-Identifier: EUPL-1.2
"""One's own tasks and mentions, and ticking what was done or checked on a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.access import case_for, may, require_reader
from siac.cases.domain.rights import CaseRight
from siac.cases.teamwork.commands import finish_task, see_mention, tick
from siac.cases.teamwork.queries import mentions_of, open_tasks, tasks_for
from siac.kernel.errors import Refused
from siac.organizations.public import Access, colleagues, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text

MENTIONS = 30


@require_safe
@staff_page()
def task_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what this user or a unit of theirs shall do, by day, and where they were named, the newest
    first.
    """
    require_reader(access)
    rows = open_tasks(access).select_related("case__text", "unit")
    rows = rows.defer("case__text__body", "case__text__search", "case__text__answers")
    named = mentions_of(access).select_related("case", "message__author").order_by("-pk")
    context = {
        "today": access.institution.local_date(current_time()),
        "listing": Asked.of(request).listing(rows, ("due_on", "pk")),
        "mentions": list(named[:MENTIONS]),
    }
    return render(request, "cases/workspace/tasks.html", context)


@require_POST
@staff_page()
def mention_seen(request: HttpRequest, access: Access, mention_id: int) -> HttpResponse:
    """Open the case of a mention; it counts as seen from now on."""
    require_reader(access)
    case = see_mention(access=access, mention_id=mention_id, now=current_time())
    if case is None:
        raise Http404(str(mention_id))
    return redirect("workspace:cases:case", access.institution.slug, case.folio)


@require_safe
@staff_page()
def names(request: HttpRequest, access: Access) -> JsonResponse:
    """Return the names of the people of the house, to be offered after an @."""
    require_reader(access)
    return JsonResponse({"names": [name for _, name in colleagues(access.institution)]})


@require_POST
@staff_page()
def task_done(request: HttpRequest, access: Access, folio: str, task_id: int) -> HttpResponse:
    """Note that a task was done, or that it was not after all: by who works on
    the case, or by whose task it is.
    """
    now = current_time()
    case = case_for(access, folio, to=None, now=now)
    if not may(access, case, CaseRight.WORK) and not tasks_for(access).filter(case=case, pk=task_id).exists():
        raise PermissionDenied("task")
    done = request.POST.get("hecha") != "no"
    try:
        finish_task(
            institution=access.institution,
            case_id=case.pk,
            task_id=task_id,
            done=done,
            actor=access.user,
            now=now,
        )
        messages.success(request, "Tarea hecha." if done else "La tarea vuelve a estar pendiente.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:case", access.institution.slug, folio)


@require_POST
@staff_page()
def check(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Tick an item of the checklist, or take the tick back."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.WORK, now=now)
    try:
        tick(
            institution=access.institution, case_id=case.pk, code=request.POST.get("punto", ""),
            done=request.POST.get("marcar") != "no", actor=access.user, now=now,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:case", access.institution.slug, folio)
