# SPDX-License-Identifier: EUPL-1.2
"""The officers' pages: work list, filing for someone, one case and what can be done with it."""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import Permission
from siac.cases.access import case_for, may, may_read_cases, visible_to
from siac.cases.commands import handling
from siac.cases.commands.filing import Filing, file_case
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.states import Move, allowed
from siac.cases.extensions import filters, panels
from siac.cases.forms import (
    AnswerForm,
    AskForm,
    AssignForm,
    ClassifyForm,
    CloseForm,
    ExtendForm,
    NoteForm,
    ReferForm,
    StaffFilingForm,
    VersionedForm,
    unit_choices,
)
from siac.cases.models import Case, Channel, StateLabel
from siac.cases.pages import clock_lines, everything_with_files, files_of, history, messages_with_files
from siac.cases.papers import receipt_response
from siac.cases.queries import VIEW_BY_CODE, VIEWS, Chip, counters, found, in_view, kinds, narrowed
from siac.catalogue.public import topics
from siac.documents.public import attachment, download_response
from siac.infra.keyset import BadCursor, page
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, staff_page, unit_tree
from siac.people.public import names, reveal
from siac.ui.forms import Form
from siac.ui.public import refusal_text

PAGE_SIZE = 50
_SENDING_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LIST_PARAMS = ("vista", "q", "tipo", "tema", "unidad", "responsable", "canal", "estado", "desde", "hasta")


def _require_reader(access: Access) -> None:
    if not may_read_cases(access):
        raise PermissionDenied("cases")


@require_safe
@staff_page(Permission.CHARTER_READ)
def case_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the work list: a standing view, filters as chips, search, keyset pages."""
    _require_reader(access)
    institution = access.institution
    today = institution.local_date(current_time())
    query = request.GET.get("q", "").strip()
    view = VIEW_BY_CODE.get(
        request.GET.get("vista", ""), VIEW_BY_CODE["todas" if query else _first_view(access)]
    )
    visible = visible_to(access)
    rows, chips = narrowed(in_view(visible, view.code, access=access, today=today), institution, request.GET)
    if query:
        rows = found(rows, institution, query)
    rows = rows.select_related("text", "assignee").defer("text__body", "text__search", "text__answers")
    try:
        shown = page(rows, view.order, cursor=request.GET.get("desde_fila") or None, size=PAGE_SIZE)
    except BadCursor:
        return redirect(request.path)
    context = {
        "today": today,
        "view": view,
        "views": _view_links(request, counters(access, visible, today=today), view.code),
        "query": query,
        "chips": [_removable(request, chip) for chip in chips],
        "rows": _rows(institution, shown.rows),
        "next_url": _with(request, desde_fila=shown.next) if shown.next else "",
        "previous_url": _with(request, desde_fila=shown.previous) if shown.previous else "",
        "filters": _filter_options(institution, request),
        "may_file": access.has(Permission.CASE_FILE),
        "may_export": access.has(Permission.CASE_EXPORT),
        "export_query": _kept(request),
    }
    return render(request, "cases/workspace/list.html", context)


def _first_view(access: Access) -> str:
    return "mias" if access.has(Permission.CASE_WORK) else "abiertas"


def _kept(request: HttpRequest, **changes: str | None) -> str:
    known = (*_LIST_PARAMS, *filters())
    params = {name: request.GET[name] for name in known if request.GET.get(name)}
    params |= {name: value for name, value in changes.items() if value}
    for name, value in changes.items():
        if not value:
            params.pop(name, None)
    return urlencode(params)


def _with(request: HttpRequest, **changes: str | None) -> str:
    return f"{request.path}?{_kept(request, **changes)}"


def _removable(request: HttpRequest, chip: Chip) -> dict[str, str]:
    return {"label": chip.label, "remove_url": _with(request, **{chip.name: None})}


def _view_links(request: HttpRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    return [
        {
            "name": view.name,
            "url": f"{request.path}?{urlencode({'vista': view.code})}",
            "count": "99+" if counts[view.code] > 99 else str(counts[view.code]),
            "is_current": view.code == current,
        }
        for view in VIEWS
    ]


def _rows(institution: Institution, cases: list[Case]) -> list[dict[str, Any]]:
    people = names(institution.pk, [case.person_id for case in cases if case.person_id])
    by_kind, by_topic, by_unit = kinds(institution), topics(institution), unit_tree(institution).nodes
    return [
        {
            "case": case,
            "kind": by_kind[case.kind_id].name,
            "topic": by_topic[case.topic_id].name if case.topic_id else "",
            "unit": by_unit[case.unit_id].name if case.unit_id else "",
            "person": people.get(case.person_id, "") if case.person_id else "Anónima",
        }
        for case in cases
    ]


def _filter_options(institution: Institution, request: HttpRequest) -> list[dict[str, Any]]:
    options: list[tuple[str, str, list[tuple[Any, str]]]] = [
        ("tipo", "Tipo", [(pk, kind.name) for pk, kind in kinds(institution).items()]),
        ("tema", "Tema", [(pk, topic.name) for pk, topic in topics(institution).items()]),
        ("unidad", "Unidad", list(unit_choices(institution))),
        ("canal", "Canal", list(Channel.choices)),
        ("estado", "Estado", list(StateLabel.choices)),
    ]
    return [
        {"name": name, "label": label, "options": choices, "value": request.GET.get(name, "")}
        for name, label, choices in options
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CASE_FILE)
def file_for_someone(request: HttpRequest, access: Access) -> HttpResponse:
    """File a request that came by counter, phone, letter or e-mail."""
    institution = access.institution
    kind_id = request.POST.get("kind") or request.GET.get("kind", "")
    form = StaffFilingForm(
        institution,
        request.POST or None,
        request.FILES or None,
        initial={"channel": Channel.COUNTER, "kind": kind_id},
        kind_id=kind_id,
    )
    if form.is_bound and form.is_valid():
        try:
            case = file_case(
                institution=institution,
                filing=_filing(request, institution, form),
                actor=access.user,
                now=current_time(),
            )
            messages.success(
                request, f"Solicitud {case.folio} ingresada. Código de seguimiento: {case.code}."
            )
            return redirect("workspace:cases:filed", institution.slug, case.folio)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    key = _sending_key(request) or secrets.token_urlsafe(24)
    context = {"form": form, "key": key}
    return render(request, "cases/workspace/file.html", context, status=422 if form.is_bound else 200)


def _sending_key(request: HttpRequest) -> str:
    """Return the key that keeps one form from being filed twice, or nothing where it is none of ours."""
    key = request.POST.get("envio", "")
    return key if _SENDING_KEY.fullmatch(key) else ""


def _filing(request: HttpRequest, institution: Institution, form: StaffFilingForm) -> Filing:
    data = form.cleaned_data
    received_on = data["received_on"]
    return Filing(
        kind_id=data["kind"],
        channel=Channel(data["channel"]),
        body=data["body"],
        person=form.person(),
        topic_id=data["topic"],
        unit_id=data["unit"],
        service_point_id=data["service_point"],
        received_at=datetime.combine(received_on, time(12), tzinfo=institution.zone) if received_on else None,
        files=data["attachments"],
        idempotency_key=_sending_key(request) or None,
        answers=form.answers(),
        partial=True,
    )


@require_safe
@staff_page(Permission.CASE_FILE)
def filed(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show what to tell the person: folio, code and due day. Only to whoever filed it."""
    number = parse_folio(folio)
    if number is None:
        raise Http404(folio)
    case = (
        Case.objects.filter(
            institution=access.institution, filed_by=access.user, year=number[0], number=number[1]
        )
        .select_related("kind", "unit", "text")
        .first()
    )
    if case is None:
        raise Http404(folio)
    context = {
        "case": case,
        "clocks": clock_lines(case),
        "today": access.institution.local_date(current_time()),
        "may_open": visible_to(access).filter(pk=case.pk).exists(),
    }
    return render(request, "cases/workspace/filed.html", context)


@require_safe
@staff_page(Permission.CASE_FILE)
def receipt(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Give the receipt as PDF, to whoever filed the case or may see it."""
    number = parse_folio(folio)
    own = Q(filed_by=access.user) | Q(pk__in=visible_to(access).values("pk"))
    case = (
        Case.objects.filter(own, institution=access.institution, year=number[0], number=number[1])
        .select_related("kind", "unit", "text", "institution")
        .first()
        if number
        else None
    )
    if case is None:
        raise Http404(folio)
    return receipt_response(access.institution, case)


@require_safe
@staff_page(Permission.CHARTER_READ)
def case_page(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show one case with its clocks, person, messages, history and what this officer may do with it."""
    _require_reader(access)
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
        "actions": list(_actions(access, case, bound)),
    }
    return render(request, "cases/workspace/case.html", context, status=status)


def _questions(case: Case) -> list[tuple[str, str]]:
    labels = {question.code: question.label for question in case.kind.parsed_questions()}
    return [(labels.get(code, code), value) for code, value in case.text.answers.items()]


_ACTIONS: tuple[tuple[str, str, Move, Permission, str], ...] = (
    ("responder", "Responder", Move.ANSWER, Permission.CASE_WORK, "r"),
    ("derivar", "Derivar", Move.REFER, Permission.CASE_CLASSIFY, "d"),
    ("asignar", "Asignar", Move.ASSIGN, Permission.CASE_CLASSIFY, "a"),
    ("clasificar", "Clasificar", Move.CLASSIFY, Permission.CASE_CLASSIFY, "t"),
    ("pedir", "Pedir antecedentes", Move.ASK, Permission.CASE_WORK, "p"),
    ("ampliar", "Ampliar plazo", Move.EXTEND, Permission.CASE_EXTEND, "x"),
    ("nota", "Nota interna", Move.NOTE, Permission.CASE_FILE, "n"),
    ("cerrar", "Cerrar", Move.CLOSE, Permission.CASE_WORK, "e"),
)


def _form_for(action: str, access: Access, case: Case) -> Form:
    institution = access.institution
    version = {"version": case.version}
    forms: dict[str, Callable[[], Form]] = {
        "responder": lambda: AnswerForm(initial=version),
        "derivar": lambda: ReferForm(institution, initial=version),
        "asignar": lambda: AssignForm(
            institution, initial={**version, "assignee_id": case.assignee_id or access.user.pk}
        ),
        "clasificar": lambda: ClassifyForm(
            institution, initial={**version, "kind_id": case.kind_id, "topic_id": case.topic_id}
        ),
        "pedir": lambda: AskForm(initial=version),
        "ampliar": lambda: ExtendForm(initial=version),
        "nota": lambda: NoteForm(),
        "cerrar": lambda: CloseForm(initial=version),
    }
    return forms[action]()


def _actions(access: Access, case: Case, bound: dict[str, Form]) -> Iterator[dict[str, Any]]:
    moves = allowed(case.state)
    for code, label, move, permission, key in _ACTIONS:
        if move in moves and may(access, case, permission):
            form = bound.get(code) or _form_for(code, access, case)
            form.auto_id = f"{code}_%s"  # the forms of one page must not share ids
            yield {
                "code": code,
                "label": label,
                "key": key,
                "form": form,
                "is_open": code in bound,
                "files": "attachments" in form.fields,
            }


def _do(
    request: HttpRequest,
    access: Access,
    folio: str,
    code: str,
    form: Form,
    command: Callable[..., Case],
    done: str,
    *,
    case: Case,
) -> HttpResponse:
    if form.is_valid():
        try:
            command(
                institution=access.institution,
                case_id=case.pk,
                actor=access.user,
                now=current_time(),
                **_values(form),
            )
            messages.success(request, done)
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


def _target(request: HttpRequest, access: Access, folio: str, permission: Permission) -> Case:
    return case_for(access, folio, to=permission, now=current_time())


@require_POST
@staff_page(Permission.CASE_CLASSIFY)
def classify(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Classify."""
    case = _target(request, access, folio, Permission.CASE_CLASSIFY)
    form = ClassifyForm(access.institution, request.POST)
    return _do(
        request,
        access,
        folio,
        "clasificar",
        form,
        handling.classify_case,
        "Clasificación guardada.",
        case=case,
    )


@require_POST
@staff_page(Permission.CASE_CLASSIFY)
def refer(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Refer to a unit."""
    case = _target(request, access, folio, Permission.CASE_CLASSIFY)
    form = ReferForm(access.institution, request.POST)
    return _do(
        request,
        access,
        folio,
        "derivar",
        form,
        handling.refer_case,
        f"Solicitud {folio} derivada.",
        case=case,
    )


@require_POST
@staff_page(Permission.CASE_CLASSIFY)
def assign(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Assign to a person."""
    case = _target(request, access, folio, Permission.CASE_CLASSIFY)
    form = AssignForm(access.institution, request.POST)
    return _do(
        request, access, folio, "asignar", form, handling.assign_case, "Responsable guardado.", case=case
    )


@require_POST
@staff_page(Permission.CASE_FILE)
def note(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Add an internal note."""
    case = _target(request, access, folio, Permission.CASE_FILE)
    form = NoteForm(request.POST, request.FILES)
    return _do(request, access, folio, "nota", form, handling.add_note, "Nota guardada.", case=case)


@require_POST
@staff_page(Permission.CASE_WORK)
def ask(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Ask the citizen for more."""
    case = _target(request, access, folio, Permission.CASE_WORK)
    form = AskForm(request.POST)
    done = "Se pidieron los antecedentes a la persona."
    return _do(request, access, folio, "pedir", form, handling.ask_for_information, done, case=case)


@require_POST
@staff_page(Permission.CASE_EXTEND)
def extend(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Extend the legal term."""
    case = _target(request, access, folio, Permission.CASE_EXTEND)
    form = ExtendForm(request.POST)
    return _do(
        request,
        access,
        folio,
        "ampliar",
        form,
        handling.extend_term,
        "Plazo ampliado y comunicado.",
        case=case,
    )


@require_POST
@staff_page(Permission.CASE_WORK)
def answer(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Answer and send."""
    case = _target(request, access, folio, Permission.CASE_WORK)
    form = AnswerForm(request.POST, request.FILES)
    return _do(
        request, access, folio, "responder", form, handling.answer_case, "Respuesta enviada.", case=case
    )


@require_POST
@staff_page(Permission.CASE_WORK)
def close(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Close."""
    case = _target(request, access, folio, Permission.CASE_WORK)
    return _do(
        request,
        access,
        folio,
        "cerrar",
        CloseForm(request.POST),
        handling.close_case,
        "Solicitud cerrada.",
        case=case,
    )


@require_safe
@staff_page(Permission.CHARTER_READ)
def file(request: HttpRequest, access: Access, folio: str, attachment_id: int) -> FileResponse:
    """Give a file of the case to staff who may read it."""
    _require_reader(access)
    case = case_for(access, folio, to=None, now=current_time())
    known = {own.pk for own in files_of(case)}
    for shown in messages_with_files(case, for_citizen=False):
        known |= shown.file_ids
    if attachment_id not in known:
        raise Http404(str(attachment_id))
    return download_response(attachment(access.institution.pk, attachment_id), to_staff=True)
