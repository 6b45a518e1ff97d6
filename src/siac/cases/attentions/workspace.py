# SPDX-License-Identifier: EUPL-1.2
"""The register of attentions: one key opens, one sends; the list, one of them, what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import visible_to
from siac.cases.attentions.access import READERS, attention_for, may_change, to_change, visible_attentions
from siac.cases.attentions.commands import (
    correct_attention,
    file_attention,
    register_attention,
    undo_attention,
    withdraw_attention,
)
from siac.cases.attentions.extensions import attention_panels
from siac.cases.attentions.forms import AttentionForm, FileForm, WithdrawForm
from siac.cases.attentions.queries import (
    COLUMNS,
    OFFERED,
    STATES,
    exported,
    narrowed,
    shown,
    state_words,
    usual,
)
from siac.cases.attentions.surroundings import SERVICE
from siac.cases.attentions.texts import HAPPENED
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Channel, Interaction
from siac.cases.texts.events import event_name
from siac.catalogue.public import services, topics
from siac.infra.tables.download import table_response
from siac.journal.public import happenings
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, staff_page, unit_options
from siac.people.public import PeopleRight, reveal
from siac.servicepoints.public import service_points
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_MOST_IN_A_BOOK = 50_000
"""Rows of a workbook that is made while somebody waits; a CSV has no limit."""


def _asked(request: HttpRequest, access: Access) -> Asked:
    institution = access.institution
    return Asked.of(
        request,
        Filter("desde", "Desde", type="date"),
        Filter("hasta", "Hasta", type="date"),
        Filter("canal", "Canal", [(each.value, each.label) for each in OFFERED]),
        Filter("unidad", "Unidad", unit_options(institution), every="Todas"),
        Filter("punto", "Punto de atención", [(pk, p.name) for pk, p in service_points(institution).items()]),
        Filter("tema", "Tema", [(pk, topic.name) for pk, topic in topics(institution).items()]),
        Filter("estado", "Estado", STATES, every="Vigentes"),
        Filter("de", "De quién", [("mias", "Las que registré")], every="De todos"),
    )


def _require_reader(access: Access) -> None:
    if not READERS & access.rights:
        raise PermissionDenied("attentions")


@require_safe
@staff_page()
def attention_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show the register, newest first, or hand out all of the list as a table."""
    _require_reader(access)
    institution, asked = access.institution, _asked(request, access)
    rows = narrowed(visible_attentions(access), access, asked.kept)
    form = request.GET.get("formato", "")
    if form in ("csv", "xlsx") and access.has(CaseRight.EXPORT):
        if form == "csv" or rows[: _MOST_IN_A_BOOK + 1].count() <= _MOST_IN_A_BOOK:
            told = exported(institution, rows)
            return table_response(COLUMNS, told, form=form, name="atenciones", title="Atenciones")
        messages.error(request, refusal_text(Refused("attention_many", limit=_MOST_IN_A_BOOK)))
        return redirect(asked.url())
    listing = asked.listing(
        rows,
        ("-begun_at", "-pk"),
        export_url=request.path if access.has(CaseRight.EXPORT) else "",
    )
    context = {
        "asked": asked,
        "listing": listing,
        "rows": shown(institution, listing.rows),
        "may_add": access.has(CaseRight.FILE),
        "may_import": access.has(CaseRight.IMPORT),
    }
    return render(request, "cases/workspace/attentions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def attention_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Register an attention; whoever sends the form as it opens registers one like their last, or one by
    telephone about the service in the address.
    """
    institution, now = access.institution, current_time()
    initial = {
        "channel": Channel.COUNTER, "unit": access.own_unit, **usual(institution, access.user),
        **_about_service(institution, request.GET.get(SERVICE, "")),
    }  # fmt: skip
    form = AttentionForm(institution, request.POST or None, initial=initial)

    def save() -> HttpResponse:
        row = register_attention(
            institution=institution,
            attention=form.attention(now=now),
            person=form.person(),
            actor=access.user,
            now=now,
        )
        return _done(request, access, row, "registrada")

    context = {"title": "Registrar atención", "submit": "Registrar", "back_url": _list(access)}
    return _ask(request, form, save, context)


def _about_service(institution: Institution, typed: str) -> dict[str, Any]:
    """Return what the form begins with after a call about a service; nothing where it is none that is given.
    No SQL when warm.
    """
    known = services(institution)
    row = known.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    if row is None or not row.is_active:
        return {}
    topic = topics(institution).get(row.topic_id) if row.topic_id else None
    about = {"subject": row.name[:200], "channel": Channel.PHONE}
    return {**about, "topic": topic.pk} if topic and topic.is_active else about


def _ask(
    request: HttpRequest,
    form: AttentionForm | FileForm,
    save: Callable[[], HttpResponse],
    context: dict[str, Any],
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            return save()
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return render(
        request,
        "cases/workspace/attention_form.html",
        {"form": form, **context},
        status=422 if form.is_bound else 200,
    )


def _done(request: HttpRequest, access: Access, row: Interaction, what: str) -> HttpResponse:
    """Say what was done, with the way to take it back, and go on to the list."""
    undo = reverse("workspace:cases:attention_undo", args=[access.institution.slug, row.pk])
    messages.success(request, f"Atención {row.pk} {what}.", extra_tags=undo)
    return redirect(_list(access))


def _list(access: Access) -> str:
    return reverse("workspace:cases:attentions", args=[access.institution.slug])


def _page(access: Access, attention_id: int) -> str:
    return reverse("workspace:cases:attention", args=[access.institution.slug, attention_id])


@require_safe
@staff_page()
def attention_page(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Show one attention, what happened to it, and what may be done with it."""
    _require_reader(access)
    institution, now = access.institution, current_time()
    row = attention_for(access, attention_id)
    case = row.case
    person = None
    if row.person_id is not None and access.has(PeopleRight.IDENTITY):
        read = reveal(institution.pk, [row.person_id], actor_id=access.user.pk, reason=row.stream, now=now)
        person = read.get(row.person_id)
    is_open = row.withdrawn_at is None and case is None
    context = {
        "row": row,
        "told": shown(institution, [row])[0],
        "state": state_words(row),
        "person": person,
        "case": case if case and visible_to(access).filter(pk=case.pk).exists() else None,
        "panels": attention_panels(row, access),
        "history": [
            (HAPPENED.get(kind) or event_name(kind), at)
            for kind, at, _ in happenings(institution.pk, row.stream)
        ],
        "may_change": is_open and may_change(access, row),
        "undo": row.changed_by_id == access.user.pk and case is None and now < row.changed_at + UNDO_FOR,
    }
    return render(request, "cases/workspace/attention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def attention_correct(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Correct an attention."""
    institution, now = access.institution, current_time()
    row = to_change(access, attention_id)
    row.institution = institution
    form = AttentionForm(institution, request.POST or None, initial=AttentionForm.initial_of(row))

    def save() -> HttpResponse:
        changed = correct_attention(
            institution=institution,
            attention_id=row.pk,
            attention=form.attention(now=now),
            person=form.person(),
            based_on=form.cleaned_data["based_on"],
            actor=access.user,
            now=now,
        )
        return _done(request, access, changed, "corregida")

    context = {
        "title": f"Corregir la atención {row.pk}",
        "submit": "Guardar",
        "back_url": _page(access, row.pk),
    }
    return _ask(request, form, save, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def attention_withdraw(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Take an attention out of the register."""
    row = to_change(access, attention_id)
    form: Form = WithdrawForm(request.POST or None, initial={"based_on": row.version})

    def save(fields: dict[str, Any]) -> HttpResponse:
        changed = withdraw_attention(
            institution=access.institution,
            attention_id=row.pk,
            reason=fields["reason"],
            based_on=fields["based_on"],
            actor=access.user,
            now=current_time(),
        )
        return _done(request, access, changed, "retirada")

    return record_form(
        request,
        form,
        save,
        title=f"Retirar la atención {row.pk}",
        submit="Retirar",
        back_url=_page(access, row.pk),
        intro="Sigue en el registro, con el motivo, y ninguna cifra la cuenta.",
        field="reason",
    )


@require_POST
@staff_page(CaseRight.FILE)
def attention_undo(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Take back what was done a moment ago."""
    row = attention_for(access, attention_id)
    try:
        undo_attention(
            institution=access.institution, attention_id=row.pk, actor=access.user, now=current_time()
        )
        messages.success(request, f"Atención {row.pk}: deshecho.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_list(access))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def attention_file(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Turn an attention into a request."""
    institution, now = access.institution, current_time()
    row = to_change(access, attention_id)
    initial = {"body": row.subject, "based_on": row.version}
    form = FileForm(institution, request.POST or None, initial=initial)

    def save() -> HttpResponse:
        case = file_attention(
            institution=institution,
            attention_id=row.pk,
            kind_id=form.cleaned_data["kind"],
            body=form.cleaned_data["body"],
            person=form.person(),
            based_on=form.cleaned_data["based_on"],
            actor=access.user,
            now=now,
        )
        return redirect("workspace:cases:filed", institution.slug, case.folio)

    context = {
        "title": f"Ingresar la atención {row.pk} como solicitud",
        "submit": "Ingresar solicitud",
        "back_url": _page(access, row.pk),
        "known": row.person_id is not None,
    }
    return _ask(request, form, save, context)
