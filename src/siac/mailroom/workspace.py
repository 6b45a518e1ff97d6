# SPDX-License-Identifier: EUPL-1.2
"""The registry of incoming papers (Oficina de Partes): stamp in seconds, label,
find, send on, turn into a request.
"""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.public import CaseRight, visible_to
from siac.documents.public import attachments_of, staff_download
from siac.infra.pdf import PdfUnavailable
from siac.infra.tables.download import csv_response, require_short
from siac.journal.public import history, record_access
from siac.kernel.errors import Refused
from siac.mailroom.access import paper_for, visible_papers
from siac.mailroom.commands import (
    NewPaper,
    PaperFiling,
    file_paper,
    register_paper,
    return_paper,
    send_paper,
)
from siac.mailroom.forms import FilePaperForm, PaperForm, ReturnPaperForm, SendPaperForm
from siac.mailroom.labels import label_pdf
from siac.mailroom.models import IncomingPaper, PaperState, PaperType
from siac.mailroom.queries import (
    HEADERS,
    exported_papers,
    narrowed_papers,
    shown_papers,
)
from siac.organizations.public import Access, staff_page, unit_options
from siac.people.public import reveal
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text

_SENDING_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_EVENTS = {
    "cases.paper_registered": "Registrado",
    "cases.paper_sent": "Enviado a una unidad",
    "cases.paper_returned": "Devuelto",
    "cases.paper_unfiled": "No se pudo ingresar como solicitud",
    "cases.paper_filed": "Ingresado como solicitud",
}


def _asked(request: HttpRequest, access: Access) -> Asked:
    return Asked.of(
        request,
        Filter("q", "Buscar", hint="Número, remitente o materia"),
        Filter("estado", "Estado", PaperState.choices),
        Filter("unidad", "Dirigido a", unit_options(access.institution), every="Todas"),
        cursor="desde",
    )


@require_safe
@staff_page(CaseRight.FILE)
def paper_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the register, newest first."""
    institution = access.institution
    asked = _asked(request, access)
    listing = asked.listing(
        narrowed_papers(institution, visible_papers(access), asked.kept)
        .select_related("case")
        .defer("search"),
        ("-pk",),
        export_url=reverse("workspace:mailroom:paper_export", args=[institution.slug])
        if access.has(CaseRight.EXPORT)
        else "",
        exports=("csv",),
    )
    context = {"asked": asked, "listing": listing, "rows": shown_papers(institution, listing.rows)}
    return render(request, "mailroom/workspace/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def paper_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Stamp a paper."""
    form = PaperForm(
        access.institution,
        request.POST or None,
        request.FILES or None,
        initial={"type": PaperType.LETTER},
    )
    key = request.POST.get("envio", "")
    key = key if _SENDING_KEY.fullmatch(key) else ""
    if form.is_bound and form.is_valid():
        try:
            paper = register_paper(
                institution=access.institution, paper=_typed(form, key), actor=access.user, now=current_time()
            )
            if (
                not visible_papers(access).filter(pk=paper.pk).exists()
            ):  # it is a request now, and not for them
                return redirect("workspace:mailroom:papers", access.institution.slug)
            return redirect("workspace:mailroom:paper", access.institution.slug, paper.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"form": form, "key": key or secrets.token_urlsafe(24)}
    return render(request, "mailroom/workspace/paper_new.html", context, status=422 if form.is_bound else 200)


def _typed(form: PaperForm, key: str) -> NewPaper:
    data = form.cleaned_data
    return NewPaper(
        type=PaperType(data["type"]),
        summary=data["summary"],
        sender=form.person(),
        unit_id=data["unit"],
        received_at=form.received_at(),
        reference=data["reference"],
        dated_on=data["dated_on"],
        pages=data["pages"],
        annexes=data["annexes"],
        files=data["attachments"],
        idempotency_key=key or None,
    )


@require_safe
@staff_page(CaseRight.FILE)
def paper_page(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Show one paper and what may be done with it."""
    return _show(request, access, paper_for(access, paper_id))


def _show(
    request: HttpRequest, access: Access, paper: IncomingPaper, *, status: int = 200, **bound: Form
) -> HttpResponse:
    institution, known = access.institution, [paper.sender_id] if paper.sender_id else []
    people = reveal(institution.pk, known, actor_id=access.user.pk, reason=paper.stream, now=current_time())
    is_open = paper.state in (PaperState.REGISTERED, PaperState.SENT)
    entries = history(institution.pk, paper.stream)
    context: dict[str, Any] = {
        "paper": paper,
        "sender": people.get(paper.sender_id or 0),
        "files": attachments_of(institution.pk, "paper", [paper.pk])[paper.pk],
        "is_open": is_open,
        "unfiled": refusal_text(Refused(paper.unfiled)) if paper.unfiled else "",
        "may_open_case": paper.case is not None and visible_to(access).filter(pk=paper.case.pk).exists(),
        "history": [{"title": _EVENTS.get(e.kind, e.kind), "at": e.at} for e in reversed(list(entries))],
        "bound": list(bound.values()),
    }
    if is_open:
        context |= {
            "file_form": bound.get("file_form") or FilePaperForm(institution, paper),
            "send_form": bound.get("send_form")
            or SendPaperForm(institution, initial={"unit_id": paper.unit_id}),
            "return_form": bound.get("return_form") or ReturnPaperForm(),
        }
    return render(request, "mailroom/workspace/paper.html", context, status=status)


@require_safe
@staff_page(CaseRight.FILE)
def paper_label(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Give the label of a paper as PDF."""
    paper = paper_for(access, paper_id)
    try:
        made = label_pdf(access.institution, paper)
    except PdfUnavailable:
        sentence = (
            f"No se pudo preparar la etiqueta. Escriba {paper.code} en el documento e inténtelo más tarde."
        )
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.code}.pdf"'
    return response


@require_safe
@staff_page(CaseRight.FILE)
def paper_file(request: HttpRequest, access: Access, paper_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a scanned file of a paper that is no request yet."""
    paper = paper_for(access, paper_id)
    return staff_download(access.institution.pk, attachment_id, "paper", {paper.pk})


def _do(
    request: HttpRequest,
    access: Access,
    paper: IncomingPaper,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Act with a valid form and go back to the paper; else show the paper with what is wrong."""
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
            if (
                not visible_papers(access).filter(pk=paper.pk).exists()
            ):  # it is a request now, and not for them
                return redirect("workspace:mailroom:papers", access.institution.slug)
            return redirect("workspace:mailroom:paper", access.institution.slug, paper.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            paper.refresh_from_db(fields=["state", "unfiled", "unit", "case", "version"])
    elif _version(request) not in (None, paper.version):
        # What is shown now is another paper than the one that was filled in for: said before the next press.
        form.refuse(refusal_text(Refused("paper_changed")))
    return _show(request, access, paper, status=422, **{name: form})


def _version(request: HttpRequest) -> int | None:
    """Return the version of the paper that the page showed; None where a program sends none."""
    sent = request.POST.get("version", "")
    return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else None


@require_POST
@staff_page(CaseRight.FILE)
def paper_send(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Send a paper to a unit."""
    paper = paper_for(access, paper_id)

    def act(data: dict[str, Any]) -> str:
        send_paper(
            institution=access.institution,
            paper_id=paper.pk,
            version=_version(request),
            actor=access.user,
            now=current_time(),
            **data,
        )
        return "Documento enviado a la unidad."

    return _do(request, access, paper, "send_form", SendPaperForm(access.institution, request.POST), act)


@require_POST
@staff_page(CaseRight.FILE)
def paper_return(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Return a paper to whoever sent it."""
    paper = paper_for(access, paper_id)

    def act(data: dict[str, Any]) -> str:
        return_paper(
            institution=access.institution,
            paper_id=paper.pk,
            version=_version(request),
            actor=access.user,
            now=current_time(),
            **data,
        )
        return "Documento devuelto. Su número se conserva."

    return _do(request, access, paper, "return_form", ReturnPaperForm(request.POST), act)


@require_POST
@staff_page(CaseRight.FILE)
def paper_to_case(request: HttpRequest, access: Access, paper_id: int) -> HttpResponse:
    """Turn a paper into a request."""
    paper = paper_for(access, paper_id)

    def act(data: dict[str, Any]) -> str:
        case = file_paper(
            institution=access.institution,
            paper_id=paper.pk,
            version=_version(request),
            filing=PaperFiling(**data),
            actor=access.user,
            now=current_time(),
        )
        return f"Solicitud {case.folio} ingresada."

    form = FilePaperForm(access.institution, paper, request.POST)
    return _do(request, access, paper, "file_form", form, act)


@require_safe
@staff_page(CaseRight.EXPORT)
def paper_export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out the list as CSV; who took it is journaled."""
    now = current_time()
    rows = narrowed_papers(access.institution, visible_papers(access), _asked(request, access).kept)
    require_short(rows)
    record_access(access.institution.pk, access.user.pk, "papers", now, reason="export")
    name = f"partes-{access.institution.local_date(now)}"
    return csv_response(HEADERS, exported_papers(access.institution, rows), name=name)
