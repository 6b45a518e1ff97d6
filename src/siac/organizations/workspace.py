# SPDX-License-Identifier: EUPL-1.2
"""Configuration of the body: its data, its units, the keys of its programs."""

from collections.abc import Sequence
from copy import copy

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import tokens_of
from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.keys import revoke_program_token
from siac.organizations.commands.setup import save_unit, update_institution
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import InstitutionForm, UnitForm
from siac.organizations.models import Institution, Unit
from siac.organizations.place_book import following_page, place_preview
from siac.organizations.queries import practice_body_of, unit_tree
from siac.organizations.setup_pages import setup_tabs
from siac.organizations.texts import SCOPE_NAMES
from siac.organizations.versioned import Change, Words, history, overtaken
from siac.ui.forms import basis_field
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list, yes_or_no

_NOT_YET = (
    "Todavía no se ha guardado: el otro lugar mueve plazos "
    "en curso. Revíselos al final de la página y confirme."
)


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
    form = UnitForm(institution, row, request.POST or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version if row else None)
    moves = ""
    meanwhile: Sequence[Change] = ()
    if form.is_bound and form.is_valid():
        before, after = (
            (row.place if row else "") or institution.place,
            form.cleaned_data["place"] or institution.place,
        )
        if row is not None and request.POST.get("confirm") != after:
            moves = place_preview(access, row.pk, before, after)
    if form.is_bound and form.is_valid() and not moves:
        try:
            save_unit(
                institution=institution, unit=row, actor=access.user, now=current_time(), **form.cleaned_data
            )
            messages.success(request, "Unidad guardada.")
            return _saved(request, access, "workspace:setup:units")
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = overtaken(form, refused, row, _unit_words(institution)) if row else []
    context = {
        "title": row.name if row else "Nueva unidad",
        "versions": history(row, _unit_words(institution)) if row else [],
        "meanwhile": meanwhile,
        "form": form,
        "moves": moves,
        "intro": _NOT_YET if moves else "",
        "confirm": form.cleaned_data["place"] or institution.place if moves else "",
        "back_url": reverse("workspace:setup:units", args=[institution.slug]),
    }
    return render(request, "organizations/place_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, access: Access, back: str) -> HttpResponse:
    """Lead to `back`; where running terms follow another place, to how far they are."""
    follows = "confirm" in request.POST and access.has(StaffRight.CALENDARS)
    return redirect((following_page() if follows else "") or back, access.institution.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def institution(request: HttpRequest, access: Access) -> HttpResponse:
    """Change the data of the body."""
    before, moves = access.institution.place, ""
    # The form writes what was typed on the row it is given, and the page says whose it is.
    form = InstitutionForm(request.POST or None, instance=copy(access.institution))
    if form.is_bound and form.is_valid() and request.POST.get("confirm") != form.cleaned_data["place"]:
        moves = place_preview(access, None, before, form.cleaned_data["place"])
    if form.is_bound and form.is_valid() and not moves:
        fields = dict(form.cleaned_data)
        update_institution(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Datos guardados.")
        return _saved(request, access, "workspace:setup:institution")
    context = {
        "title": "Datos del organismo",
        "form": form,
        "moves": moves,
        "intro": _NOT_YET if moves else "",
        "confirm": form.cleaned_data["place"] if moves else "",
        "back_url": reverse("workspace:setup:units", args=[access.institution.slug]),
        "practice_body": practice_body_of(access.institution),
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
        empty="Ningún programa tiene clave. Se crean con la orden siac token create.",
    )


@require_POST
@staff_page(StaffRight.SETUP)
def token_revoke(request: HttpRequest, access: Access, token_id: int) -> HttpResponse:
    """Revoke the key of a program."""
    if not revoke_program_token(
        institution=access.institution, token_id=token_id, actor=access.user, now=current_time()
    ):
        raise Http404(str(token_id))
    messages.success(request, "Clave revocada.")
    return redirect("workspace:setup:tokens", access.institution.slug)
