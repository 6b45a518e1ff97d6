# SPDX-License-Identifier: EUPL-1.2
"""One case: all there is to know about it, and the actions an officer may take on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import (
    case_for,
    case_to_undo,
    has_undo,
    may,
    may_see_readings,
    require_reader,
    unit_of,
    visible_to,
)
from siac.cases.commands.answer_drafts import answer_digest
from siac.cases.commands.revealing import is_revealable
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.deeds import Deed, deeds
from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import panels
from siac.cases.features import answer_texts, page_parts
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Approver, Case
from siac.cases.pages import (
    answers_of,
    any_missed,
    clock_lines,
    clocks_of_case,
    draft_files_of,
    everything_with_files,
    files_of,
    history,
    messages_with_files,
    person_of,
    state_tags,
)
from siac.cases.papers import silence_response
from siac.cases.queries import approver_of, causes
from siac.cases.situation import situation_of
from siac.cases.surroundings.answering import deliveries_of, posted_letters_of
from siac.cases.workspace.actions import (
    further_actions,
    host_of,
    insert_text,
    names_in,
    offered_actions,
    suggest_delivery,
)
from siac.cases.workspace.beside_in_list import beside_in_list, opened_from, to_case, to_list
from siac.cases.workspace.by_law import FIELD_OF, fit_to_law
from siac.cases.workspace.headline import earlier_day, first_act, last_day
from siac.documents.public import attachment, download_response
from siac.kernel.approvals import OVERTAKEN
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.public import refusal_text

Giving = Callable[..., FileResponse]
"""How a file is given: `download_response` or `view_response`."""


@require_safe
@staff_page()
def case_page(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show one case with its clocks, person, messages, history and what this officer may do with it."""
    require_reader(access)
    return _show(request, access, case_for(access, folio, to=None, now=current_time(), reveals=True))


def _show(
    request: HttpRequest, access: Access, case: Case, *, status: int = 200, **bound: Form
) -> HttpResponse:
    institution, now = access.institution, current_time()
    lines = clock_lines(case)
    situation = situation_of(institution, case, [line.clock for line in lines], now=now)
    shown, files, draft_files = everything_with_files(case)
    known = {
        user.pk: user.name for user in (access.user, case.assignee, case.draft and case.draft.author) if user
    }
    known |= {
        line.message.author_id: line.message.author_name or "" for line in shown if line.message.author_id
    }
    actions = list(offered_actions(access, situation, bound))
    known |= names_in(actions)
    person, offered = person_of(access, case, now=now), answer_texts().offered(access, case)
    chosen = next((row for row in offered if str(row.pk) == request.GET.get("plantilla")), None)
    suggest_delivery(institution, actions, person, case.text.answers)
    if chosen is not None:
        actions = insert_text(actions, answer_texts().filled(chosen, access, case, person, now=now))
    today = institution.local_date(now)
    first, beside = first_act(actions)
    context = {
        "case": case,
        "place": opened_from(request),
        "earlier_day": earlier_day(lines, today=today),
        "last_day": last_day(case, lines, today=today),
        "first": first,
        "beside": beside,
        "can_assign": any(action["code"] == "asignar" for action in actions),
        "state": state_tags(case),
        "unit": unit_of(institution, case),
        "today": today,
        "clocks": lines,
        "situation": situation,
        "cause": causes(institution).get(case.cause_id) if case.cause_id else None,
        "may_unlink": may(access, case, CaseRight.CLASSIFY),
        "person": person,
        "templates": offered,
        "may_work": case.erased_at is None and may(access, case, CaseRight.WORK),
        "deliveries": [(own, own.may_undo(access.user.pk, now - UNDO_FOR)) for own in deliveries_of(case)],
        "posted_letters": posted_letters_of(case),
        "messages_list": shown,
        "files": files,
        "undo": case.undo_offer if deeds()["deshacer"].offered(access, situation) else None,
        "draft": case.draft,
        "approver": Approver(approver).label if (approver := approver_of(institution, case)) else "",
        "draft_files": draft_files,
        "questions": answers_of(case),
        "history": history(case, for_citizen=False, known=known),
        "panels": panels(case, access, missed=any_missed(lines)),
        "actions": actions,
        "further": further_actions(access, situation),
        "may_see_readings": case.is_restricted and may_see_readings(access, case),
        "may_reveal": access.has(CaseRight.FILE) and is_revealable(case),
        "may_release": may(access, case, CaseRight.CLASSIFY),
        "may_export": may(access, case, CaseRight.EXPORT),
        **page_parts(access, case, now),
    }
    return render(request, "cases/workspace/case.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def act(request: HttpRequest, access: Access, folio: str, code: str) -> HttpResponse:
    """Show the page of a deed, or take it; what it refuses is shown
    in its form, with what was typed.
    """
    action = deeds()[code]
    reveals = request.method == "POST" and not action.has_page  # what is refused shows the page of the case
    case = _case_of(request, access, folio, action, reveals=reveals)
    if request.method != "POST":
        return _ask(request, access, case, action)
    if (away := _turned_away(request, access, case, action)) is not None:
        return away
    form, place = action.sent(request, access, case), opened_from(request)
    if form.is_valid():
        moves_on = "siguiente" in request.POST
        following = beside_in_list(access, case, place) if moves_on else None
        try:
            action.command(
                institution=access.institution,
                case_id=case.pk,
                actor=access.user,
                now=current_time(),
                **_values(form),
            )
            return _after(request, access, case, action, following if moves_on else case)
        except Refused as refused:
            if action.on_top and not _is_seen(access, case):
                messages.error(request, refusal_text(refused))
                return to_list(access, place)
            beside = FIELD_OF.get(refused.code, "")
            form.refuse(refusal_text(refused), beside if beside in form.fields else None)
            if refused.code in ("changed_meanwhile", "draft_changed", OVERTAKEN):
                case = case_for(access, folio, to=None, now=current_time(), reveals=reveals)
                _renew_version(form, case)
    if action.has_page:
        return _ask(request, access, case, action, form)
    situation = situation_of(access.institution, case, clocks_of_case(case), now=current_time())
    return _show(request, access, case, status=422, **{host_of(action, access, situation): form})


def _turned_away(request: HttpRequest, access: Access, case: Case, action: Deed) -> HttpResponse | None:
    """Say to who takes back what was taken back already (in another tab, say) that
    nothing is left; None for whoever may take the action.

    Raises:
        PermissionDenied: they may not.
    """
    if action.open_to(access, case):
        return None
    if not action.on_top or case.undo_offer is not None:
        raise PermissionDenied(action.code)
    messages.error(request, refusal_text(Refused("undo_nothing")))
    return to_case(access, case.folio, opened_from(request))


def _case_of(request: HttpRequest, access: Access, folio: str, action: Deed, *, reveals: bool) -> Case:
    """Return the case that an action is about; what was done a moment ago is taken
    back also where the case is seen no more.
    """
    now = current_time()
    try:
        return case_for(access, folio, to=action.right, now=now, reveals=reveals)
    except Http404:
        if not action.on_top or request.method != "POST":
            raise
        return case_to_undo(access, folio, now=now)


def _is_seen(access: Access, case: Case) -> bool:
    return visible_to(access).filter(pk=case.pk).exists()


def _after(request: HttpRequest, access: Access, case: Case, action: Deed, then: Case | None) -> HttpResponse:
    """Say what was done to a case and lead to the case `then`, or back to the list
    where there is none or it is seen no more.

    Away from the page of the case, what may be taken back is offered beside the words.
    """
    place, stays = opened_from(request), then is case
    if stays and _is_seen(access, case):
        messages.success(request, action.done)
        return to_case(access, case.folio, place)
    now, last = current_time(), "" if then else " Era la última de la lista."
    own = reverse("workspace:cases:deshacer", args=[access.institution.slug, case.folio])
    undo = f"{own}{place.suffix}" if has_undo(case, access.user, now=now) else ""
    messages.success(request, f"{case.folio}: {action.done}{last}", extra_tags=undo)
    return to_list(access, place) if then is None or stays else to_case(access, then.folio, place)


def _ask(
    request: HttpRequest, access: Access, case: Case, action: Deed, form: Form | None = None
) -> HttpResponse:
    """Show the page of one action: what it does to this case, and its form.

    One that cannot be taken now says so.
    """
    if not action.has_page:
        own = reverse("workspace:cases:case", args=[access.institution.slug, case.folio])
        return redirect(f"{own}{opened_from(request).suffix}#{action.code}")
    situation = situation_of(access.institution, case, clocks_of_case(case), now=current_time())
    if form is None:
        form = action.fresh(access, situation)
        form.initial.update({name: request.GET[name] for name in form.fields if name in request.GET})
    fit_to_law(form, situation)
    context = {
        "case": case,
        "place": opened_from(request),
        "action": action,
        "form": form,
        "files": "attachments" in form.fields,
        "is_offered": action.offered(access, situation) or form.is_bound,
        "guide": action.guide(situation),
    }
    return render(request, "cases/workspace/action.html", context, status=422 if form.is_bound else 200)


@require_safe
@staff_page()
def silence_paper(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Give the certificate of silence of a case that has one."""
    require_reader(access)
    case = case_for(access, folio, to=None, now=current_time())
    if case.silence_certified_at is None:
        raise Http404(folio)
    return silence_response(access.institution, case)


def _values(form: Form) -> dict[str, Any]:
    """Return what the form holds under the names that commands use."""
    values = dict(form.cleaned_data)
    if "attachments" in values:
        values["files"] = values.pop("attachments")
    return values


def _renew_version(form: Form, case: Case) -> None:
    """Let the officer, who now sees the new state above the kept text, send it again."""
    if isinstance(form, VersionedForm):
        draft = case.draft
        now = {"version": str(case.version), "draft_version": str(draft.version) if draft else ""}
        if "seen" in form.fields:
            now["seen"] = answer_digest(draft) if draft else ""
        form.data = {**form.data.dict(), **now}  # type: ignore[attr-defined]


@require_safe
@staff_page()
def file(
    request: HttpRequest, access: Access, folio: str, attachment_id: int, give: Giving = download_response
) -> FileResponse:
    """Give a file of the case to staff who may read it, to keep or (`give`) to look at."""
    require_reader(access)
    case = case_for(access, folio, to=None, now=current_time())
    known = {own.pk for own in files_of(case)}
    for shown in messages_with_files(case, for_citizen=False):
        known |= shown.file_ids
    known |= {own.pk for own in draft_files_of(case)}
    if attachment_id not in known:
        raise Http404(str(attachment_id))
    return give(attachment(access.institution.pk, attachment_id), to_staff=True)
