# SPDX-License-Identifier: EUPL-1.2
"""The mail that came in: what waits for a decision, what is unwanted or
automatic, and what became of the rest.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.public import Case, CaseRight, parse_folio, reveal_quoted, visible_to
from siac.documents.public import download_response
from siac.infra.crypto import Unreadable
from siac.integrations.mailbox.access import mail_for, visible_mail
from siac.integrations.mailbox.commands import deciding
from siac.integrations.mailbox.forms import AddMailForm, FileMailForm
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, MailState
from siac.integrations.mailbox.queries import VIEWS, content_of, in_view, original_of, texts_of
from siac.integrations.mailbox.secrets import bound_blocked, opened, sender_of
from siac.integrations.mailbox.texts import reason_text
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import names
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text

_VIEW = {view.code: view for view in VIEWS}


@require_safe
@staff_page(CaseRight.FILE)
def mail_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the mail in one view, newest first."""
    views = [(view.code, view.name) for view in VIEWS]
    asked = Asked.of(request, Filter("vista", options=views), Filter("solicitud"), cursor="desde")
    view = _VIEW.get(asked.kept.get("vista", ""), VIEWS[0])
    folio = asked.kept.get("solicitud", "")
    number, rows = parse_folio(folio), visible_mail(access)
    if number is not None:
        rows = rows.filter(case__year=number[0], case__number=number[1])
    listing = asked.listing(in_view(rows, view), ("-pk",))
    people = names(access.institution.pk, [row.case.person_id for row in listing.rows if row.case])
    context = {
        "view": view,
        "views": VIEWS,
        "listing": listing,
        "rows": [
            {
                "mail": row,
                "sender": _sender(row) or (people.get(row.case.person_id or 0, "") if row.case else ""),
                "reason": _why(row),
            }
            for row in listing.rows
        ],
        "folio": folio if number is not None else "",
    }
    return render(request, "mailbox/workspace/list.html", context)


def _sender(mail: IncomingMail) -> str:
    try:
        return sender_of(mail)
    except Unreadable:
        return "Dirección ilegible: falta su clave"


def _why(mail: IncomingMail) -> str:
    if not mail.reason:
        return ""
    return reason_text(mail.reason, {mail.reason: refusal_text(Refused(mail.reason))})


@require_safe
@staff_page(CaseRight.FILE)
def mail(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """Show one mail and what may be decided about it."""
    return _show(request, access, mail_for(access, mail_id, now=current_time()))


def _show(
    request: HttpRequest, access: Access, row: IncomingMail, *, status: int = 200, **bound: Form
) -> HttpResponse:
    content = content_of(row)
    is_open = row.state in deciding.OPEN and content is not None
    folio = row.case.folio if row.case else ""
    context: dict[str, Any] = {
        "mail": row,
        "content": content,
        "sender": _sender(row),
        "reason": _why(row),
        "is_open": is_open,
        "may_leave": is_open and row.state != MailState.LEFT,
        "may_contest": is_open and row.case is not None and row.case.contest_until is not None,
        "may_open_case": row.case is not None and visible_to(access).filter(pk=row.case.pk).exists(),
        "bound": list(bound.values()),
        "file_form": bound.get("file_form")
        or FileMailForm(
            access.institution,
            initial={"kind_id": row.mailbox.kind_id, "unit_id": row.mailbox.unit_id or ""},
        ),
        "add_form": bound.get("add_form") or AddMailForm(initial={"folio": folio}),
    }
    return render(request, "mailbox/workspace/mail.html", context, status=status)


@require_safe
@staff_page(CaseRight.FILE)
def original(request: HttpRequest, access: Access, mail_id: int) -> HttpResponseBase:
    """Hand out the mail as it came, as a file; a tracking code that its person
    quotes is shown with it, or keeps it here.
    """
    row, now = mail_for(access, mail_id, now=current_time()), current_time()
    stored = original_of(row)
    if stored is None:
        raise Http404(str(mail_id))
    try:
        reveal_quoted(institution=access.institution, texts=texts_of(row), actor=access.user, now=now)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect("workspace:mailbox:mail", access.institution.slug, row.pk)
    return download_response(stored, to_staff=True)


@require_POST
@staff_page(CaseRight.FILE)
def file(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """File a mail as a request."""
    row, now = mail_for(access, mail_id, now=current_time()), current_time()
    form = FileMailForm(access.institution, request.POST)
    if form.is_valid():
        try:
            case = deciding.file_mail(
                institution=access.institution,
                mail_id=row.pk,
                actor=access.user,
                now=now,
                **form.cleaned_data,
            )
            messages.success(
                request, f"Solicitud {case.folio} ingresada con la fecha en que llegó el correo."
            )
            return redirect("workspace:mailbox:list", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _show(request, access, row, status=422, file_form=form)


@require_POST
@staff_page(CaseRight.FILE)
def add(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """Add a mail to a request that the officer sees."""
    row, now = mail_for(access, mail_id, now=current_time()), current_time()
    form = AddMailForm(request.POST)
    if form.is_valid():
        try:
            case = _case(access, form.cleaned_data["folio"])
            deciding.add_mail(
                institution=access.institution, mail_id=row.pk, case_id=case.pk, actor=access.user, now=now
            )
            messages.success(request, f"Correo agregado a la solicitud {case.folio}.")
            return redirect("workspace:mailbox:list", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), "folio" if refused.code == "mail_case_unknown" else None)
    return _show(request, access, row, status=422, add_form=form)


def _case(access: Access, number: tuple[int, int]) -> Case:
    case = visible_to(access).filter(year=number[0], number=number[1]).first()
    if case is None:
        raise Refused("mail_case_unknown")
    return case


def _decide(
    request: HttpRequest, access: Access, mail_id: int, command: Callable[..., object], done: str
) -> HttpResponse:
    row = mail_for(access, mail_id, now=current_time())
    try:
        command(institution=access.institution, mail_id=row.pk, actor=access.user, now=current_time())
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect("workspace:mailbox:mail", access.institution.slug, row.pk)
    return redirect("workspace:mailbox:list", access.institution.slug)


@require_POST
@staff_page(CaseRight.FILE)
def contest(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """Take a mail as a request to review the answer."""
    done = "La solicitud de revisión quedó ingresada con la fecha en que llegó el correo."
    return _decide(request, access, mail_id, deciding.contest_by_mail, done)


@require_POST
@staff_page(CaseRight.FILE)
def leave(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """Leave a mail unfiled."""
    return _decide(request, access, mail_id, deciding.leave_mail, "Correo dejado sin ingresar.")


@require_POST
@staff_page(CaseRight.FILE)
def block(request: HttpRequest, access: Access, mail_id: int) -> HttpResponse:
    """Block the sender of a mail."""
    done = "Dirección bloqueada. Lo que envíe llegará a «No deseado»."
    return _decide(request, access, mail_id, deciding.block_sender, done)


@require_safe
@staff_page(CaseRight.FILE)
def blocked(request: HttpRequest, access: Access) -> HttpResponse:
    """List the blocked addresses."""
    rows = BlockedSender.objects.filter(institution=access.institution).select_related("blocked_by")
    listing = Asked.of(request).listing(rows, ("-pk",))
    shown = []
    for row in listing.rows:
        try:
            address = opened(row.address, bound_blocked(access.institution.pk))
        except Unreadable:
            address = "Dirección ilegible: falta su clave"
        shown.append({"row": row, "address": address})
    return render(request, "mailbox/workspace/blocked.html", {"listing": listing, "rows": shown})


@require_http_methods(["POST"])
@staff_page(CaseRight.FILE)
def unblock(request: HttpRequest, access: Access, blocked_id: int) -> HttpResponse:
    """Take an address from the blocked ones."""
    if not deciding.unblock_sender(
        institution=access.institution, blocked_id=blocked_id, actor=access.user, now=current_time()
    ):
        raise Http404(str(blocked_id))
    messages.success(request, "La dirección ya no está bloqueada.")
    return redirect("workspace:mailbox:blocked", access.institution.slug)
