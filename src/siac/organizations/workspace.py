# SPDX-License-Identifier: EUPL-1.2
"""Configuration of the body: its data, its units, the keys of its programs."""

from collections.abc import Callable, Sequence
from copy import copy

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again, tokens_of
from siac.kernel.approvals import OVERTAKEN
from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.keys import revoke_program_token
from siac.organizations.commands.setup import save_unit, update_institution
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import InstitutionForm, UnitForm
from siac.organizations.models import Institution, Unit
from siac.organizations.place_book import ShownMoves, following_page, place_preview, typed_before
from siac.organizations.queries import practice_body_of, unit_tree
from siac.organizations.setup_pages import setup_tabs
from siac.organizations.texts import SCOPE_NAMES
from siac.organizations.versioned import Change, Words, history, overtaken
from siac.ui.forms import basis_field, typed_in
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list, yes_or_no


@require_safe
@staff_page(StaffRight.SETUP)
def units(request: HttpRequest, access: Access) -> HttpResponse:
    """List the units as a tree."""
    slug = access.institution.slug
    rows = [
        Row(
            ("\u2014 " * depth + node.name, node.code, node.email or "—", yes_or_no(node.is_active)),
            reverse("workspace:setup:unit", args=[slug, node.pk]),
        )
        for depth, node in unit_tree(access.institution).outline()
    ]
    return record_list(
        request,
        title="Unidades",
        columns=("Nombre", "Código", "Correo", "Activa"),
        rows=rows,
        tabs=setup_tabs(access.institution),
        add=("Agregar unidad", reverse("workspace:setup:unit_new", args=[slug])),
        other=("Traer desde una planilla", reverse("workspace:setup:sheets", args=[slug])),
        empty="Agregue la primera unidad: las solicitudes se derivan a unidades.",
    )


def _unit_words(institution: Institution) -> Words:
    """Return how the columns of a unit are worded in its history (no SQL when warm)."""
    nodes = unit_tree(institution).nodes

    def name(pk: int) -> str:
        return nodes[pk].name if pk in nodes else ""

    return {"parent_id": name, "successor_id": name}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def unit(request: HttpRequest, access: Access, unit_id: int | None = None) -> HttpResponse:
    """Add or change a unit."""
    institution = access.institution
    row = Unit.objects.filter(institution=institution, pk=unit_id).first() if unit_id else None
    if unit_id and row is None:
        raise Http404(str(unit_id))
    initial = (
        {
            name: getattr(row, name)
            for name in ("name", "code", "parent_id", "email", "place", "is_active", "successor_id")
        }
        if row
        else None
    )
    form = UnitForm(institution, row, _sent(request, access), initial=initial)
    form.fields["based_on"] = basis_field(row.version if row else None)
    meanwhile: Sequence[Change] = ()
    if request.method == "POST" and form.is_valid():

        def save(shown: ShownMoves | None) -> None:
            save_unit(
                institution=institution, unit=row, actor=access.user, now=current_time(), shown=shown,
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, "Unidad guardada.")

        try:
            if row is None:
                save(None)
                return redirect("workspace:setup:units", institution.slug)
            place = row.place or institution.place
            return _saved(request, access, form, save, row.pk, place, "workspace:setup:units")
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = overtaken(form, refused, row, _unit_words(institution)) if row else []
    context = {
        "title": row.name if row else "Nueva unidad",
        "versions": history(row, _unit_words(institution)) if row else [],
        "meanwhile": meanwhile,
        "form": form,
        "back_url": reverse("workspace:setup:units", args=[institution.slug]),
    }
    return render(request, "ui/record_form.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, access: Access) -> QueryDict | None:
    """Return what was typed: sent now, or behind the preview `de` that is to be changed; None: nothing."""
    return request.POST if request.method == "POST" else typed_before(access, request.GET.get("de", ""))


def _saved(
    request: HttpRequest,
    access: Access,
    form: UnitForm | InstitutionForm,
    save: Callable[[ShownMoves | None], None],
    unit_id: int | None,
    before: str,
    back: str,
) -> HttpResponse:
    """Save a form with a place and lead to `back`, or to how far running terms have followed another place;
    where what that moves was not seen, or is something else by now, lead to it instead.

    Raises:
        Refused: as `save` does.
    """
    shown, slug = ShownMoves.of(request.POST), access.institution.slug
    overtaken_by = ""
    if shown is not None:
        try:
            save(shown)
            follows = access.has(StaffRight.CALENDARS)
            return redirect((following_page() if follows else "") or back, slug)
        except Refused as refused:
            if refused.code != OVERTAKEN:
                raise
            overtaken_by = f"{refusal_text(refused)} Se calcula de nuevo."
    after = form.cleaned_data["place"] or access.institution.place
    asked = place_preview(access, unit_id, before, after, typed_in(form))
    if not asked:
        save(None)
        return redirect(back, slug)
    if overtaken_by:
        messages.error(request, overtaken_by)
    return redirect(asked)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def institution(request: HttpRequest, access: Access) -> HttpResponse:
    """Change the data of the body."""
    body = access.institution
    # The form writes what was typed on the row it is given, and the page says whose it is.
    form = InstitutionForm(_sent(request, access), instance=copy(body))
    if request.method == "POST" and form.is_valid():

        def save(shown: ShownMoves | None) -> None:
            update_institution(
                institution=body, actor=access.user, now=current_time(), shown=shown, **form.cleaned_data
            )
            messages.success(request, "Datos guardados.")

        try:
            return _saved(request, access, form, save, None, body.place, "workspace:setup:institution")
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {
        "title": "Datos del organismo",
        "form": form,
        "back_url": reverse("workspace:setup:index", args=[body.slug]),
        "practice_body": practice_body_of(body),
    }
    return render(request, "organizations/institution.html", context, status=422 if form.errors else 200)


@require_safe
@staff_page(StaffRight.SETUP)
def tokens(request: HttpRequest, access: Access) -> HttpResponse:
    """List the keys of the body's programs."""
    slug = access.institution.slug
    zone = access.institution.zone
    rows = [
        Row(
            (
                token.name or f"Clave {token.pk}",
                token.user.name,
                ", ".join(SCOPE_NAMES[scope] for scope in token.scopes),
                f"{token.created_at.astimezone(zone):%d-%m-%Y}",
                f"{token.last_used_on:%d-%m-%Y}" if token.last_used_on else "Nunca",
                f"{token.expires_at.astimezone(zone):%d-%m-%Y}" if token.expires_at else "Sin término",
            ),
            remove_url=reverse("workspace:setup:token_revoke", args=[slug, token.pk]),
            remove_label="Revocar",
        )
        for token in tokens_of(access.institution.pk)
    ]
    return record_list(
        request,
        title="Claves de programas",
        columns=("Clave", "Actúa por", "Puede", "Creada", "Último uso", "Termina", ""),
        rows=rows,
        tabs=setup_tabs(access.institution),
        intro=(
            "Con una clave, un programa usa la API en nombre de una persona y con los permisos de sus roles."
            " Abre solo este organismo. Revocarla la deja sin efecto de inmediato."
        ),
        empty="Ningún programa tiene clave. Pídala a quien opera la instalación (siac token create).",
    )


@require_POST
@staff_page(StaffRight.SETUP)
@asks_again
def token_revoke(request: HttpRequest, access: Access, token_id: int) -> HttpResponse:
    """Revoke the key of a program."""
    if not revoke_program_token(
        institution=access.institution, token_id=token_id, actor=access.user, now=current_time()
    ):
        raise Http404(str(token_id))
    messages.success(request, "Clave revocada.")
    return redirect("workspace:setup:tokens", access.institution.slug)
