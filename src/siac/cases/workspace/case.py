# SPDX-License-Identifier: EUPL-1.2
"""One case: all there is to know about it, and the actions an officer may take on it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import Permission
from siac.cases.access import case_for, require_reader, visible_to
from siac.cases.extensions import panels
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.cases.pages import clock_lines, everything_with_files, files_of, history, messages_with_files
from siac.cases.workspace.actions import ACTIONS, offered_actions
from siac.documents.public import attachment, download_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import reveal
from siac.ui.forms import Form
from siac.ui.public import refusal_text


@require_safe
@staff_page(Permission.CHARTER_READ)
def case_page(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show one case with its clocks, person, messages, history and what this officer may do with it."""
    require_reader(access)
    return _show(request, access, case_for(access, folio, to=None, now=current_time()))


def _show(
    request: HttpRequest, access: Access, case: Case, *, status: int = 200, **bound: Form
) -> HttpResponse:
    institution, now = access.institution, current_time()
    person = None
    if case.person_id and access.has(Permission.IDENTITY_READ):
        people = reveal(
            institution.pk, [case.person_id], actor_id=access.user.pk, reason=case.stream, now=now
        )
        person = people.get(case.person_id)
    shown, files = everything_with_files(case)
    writers = [access.user, *(line.message.author for line in shown), case.assignee]
    context = {
        "case": case,
        "today": institution.local_date(now),
        "clocks": clock_lines(case),
        "person": person,
        "messages_list": shown,
        "files": files,
        "questions": _questions(case),
        "history": history(case, for_citizen=False, known={user.pk: user.name for user in writers if user}),
        "panels": panels(case, access),
        "actions": list(offered_actions(access, case, bound)),
    }
    return render(request, "cases/workspace/case.html", context, status=status)


def _questions(case: Case) -> list[tuple[str, str]]:
    labels = {question.code: question.label for question in case.kind.parsed_questions()}
    return [(labels.get(code, code), value) for code, value in case.text.answers.items()]


@require_POST
@staff_page(Permission.CHARTER_READ)
def act(request: HttpRequest, access: Access, folio: str, code: str) -> HttpResponse:
    """Take one of `ACTIONS`; what it refuses is shown in its form, with what was typed."""
    action = ACTIONS[code]
    case = case_for(access, folio, to=action.permission, now=current_time())
    form = action.sent(request, access)
    if form.is_valid():
        try:
            action.command(
                institution=access.institution,
                case_id=case.pk,
                actor=access.user,
                now=current_time(),
                **_values(form),
            )
            messages.success(request, action.done)
            if visible_to(access).filter(pk=case.pk).exists():
                return redirect("workspace:cases:case", access.institution.slug, folio)
            return redirect("workspace:cases:list", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            if refused.code == "changed_meanwhile":
                case = case_for(access, folio, to=None, now=current_time())
                _renew_version(form, case)
    return _show(request, access, case, status=422, **{code: form})


def _values(form: Form) -> dict[str, Any]:
    """Return what the form holds under the names that commands use."""
    values = dict(form.cleaned_data)
    if "attachments" in values:
        values["files"] = values.pop("attachments")
    return values


def _renew_version(form: Form, case: Case) -> None:
    """Let the officer, who now sees the new state above the kept text, send it again."""
    if isinstance(form, VersionedForm):
        form.data = {**form.data.dict(), "version": str(case.version)}  # type: ignore[attr-defined]


@require_safe
@staff_page(Permission.CHARTER_READ)
def file(request: HttpRequest, access: Access, folio: str, attachment_id: int) -> FileResponse:
    """Give a file of the case to staff who may read it."""
    require_reader(access)
    case = case_for(access, folio, to=None, now=current_time())
    known = {own.pk for own in files_of(case)}
    for shown in messages_with_files(case, for_citizen=False):
        known |= shown.file_ids
    if attachment_id not in known:
        raise Http404(str(attachment_id))
    return download_response(attachment(access.institution.pk, attachment_id), to_staff=True)
