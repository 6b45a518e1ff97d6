# SPDX-License-Identifier: EUPL-1.2
"""The pages of competences and of the profiles that ask them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.organizations.public import Access, Histories, Words, staff_page
from siac.staff.commands.competences import save_competence, save_profile
from siac.staff.domain.rights import PersonnelRight
from siac.staff.forms import CompetenceForm, ProfileForm, competence_filled, profile_filled
from siac.staff.models import Competence, CompetenceKind, Profile
from siac.staff.queries import competences, profiles
from siac.staff.texts import LEVEL_NAMES
from siac.staff.workspace.tabs import tabs
from siac.ui.forms import Form
from siac.ui.records import Records, Row, record_list, yes_or_no


def _competence_form(access: Access, row: Competence | None, data: QueryDict | None) -> Form:
    return CompetenceForm(data, initial=competence_filled(row) if row else None)


def _save_competence(access: Access, row: Competence | None, fields: dict[str, Any]) -> None:
    save_competence(
        institution=access.institution, competence=row, actor=access.user, now=current_time(), **fields
    )


def _competence_cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for row in competences(access.institution).values():
        yield (
            row.pk,
            [row.name, str(CompetenceKind(row.kind).label), row.description, yes_or_no(row.is_active)],
        )


_COMPETENCES: Records[Access, Competence] = Records(
    title="Competencias",
    columns=("Competencia", "Clase", "Qué se espera", "En uso"),
    listed="workspace:staff:competences",
    one="workspace:staff:competence",
    add="Agregar una competencia",
    new="Nueva competencia",
    saved="Competencia guardada.",
    cells=_competence_cells,
    load=lambda access, pk: competences(access.institution).get(pk),
    name=lambda row: row.name,
    form=_competence_form,
    save=_save_competence,
    tabs=tabs,
    history=Histories(lambda access: {"kind": lambda code: str(CompetenceKind(code).label)}),
)
_INTRO = "Las cinco clases del modelo SIAC. Los perfiles dicen qué nivel de cada una pide un puesto."


def _listed(request: HttpRequest, access: Access, records: Records[Access, Any], intro: str) -> HttpResponse:
    """Draw a list that all may read who see the figures, and only some change."""
    keeps, slug = access.has(PersonnelRight.KEEP), access.institution.slug
    rows = [
        Row(cells, reverse(records.one, args=[slug, pk]) if keeps else "")
        for pk, cells in records.cells(access)
    ]
    return record_list(
        request, title=records.title, columns=records.columns, rows=rows, tabs=tabs(access), intro=intro,
        add=(records.add, reverse(f"{records.one}_new", args=[slug])) if keeps else None,
    )  # fmt: skip


@require_safe
@staff_page(PersonnelRight.FIGURES)
def competence_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the competences of the body; no SQL when warm."""
    return _listed(request, access, _COMPETENCES, _INTRO)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def competence_form(request: HttpRequest, access: Access, competence_id: int | None = None) -> HttpResponse:
    """Write a competence, or change it."""
    return _COMPETENCES.form_page(request, access, competence_id)


def _profile_form(access: Access, row: Profile | None, data: QueryDict | None) -> Form:
    return ProfileForm(access.institution, data, initial=profile_filled(row) if row else None)


def _save_profile(access: Access, row: Profile | None, fields: dict[str, Any]) -> None:
    asked = [(each["competence"], each["level"]) for each in fields.pop("required")]
    save_profile(
        institution=access.institution, profile=row, required=asked, actor=access.user, now=current_time(),
        **fields,
    )  # fmt: skip


def _told_levels(access: Access, required: Any) -> str:
    known = competences(access.institution)
    told = [
        f"{known[pk].name} ({level}, {LEVEL_NAMES[level].lower()})" for pk, level in required if pk in known
    ]
    return "; ".join(told)


def _words(access: Access) -> Words:
    return {"required": lambda required: _told_levels(access, required)}


def _profile_cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for row in profiles(access.institution).values():
        yield row.pk, [row.name, row.functions, _told_levels(access, row.required), yes_or_no(row.is_active)]


_PROFILES: Records[Access, Profile] = Records(
    title="Perfiles",
    columns=("Perfil", "Funciones", "Competencias exigidas", "En uso"),
    listed="workspace:staff:profiles",
    one="workspace:staff:profile",
    add="Agregar un perfil",
    new="Nuevo perfil",
    saved="Perfil guardado.",
    cells=_profile_cells,
    load=lambda access, pk: profiles(access.institution).get(pk),
    name=lambda row: row.name,
    form=_profile_form,
    save=_save_profile,
    tabs=tabs,
    history=Histories(_words),
)


@require_safe
@staff_page(PersonnelRight.FIGURES)
def profile_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the profiles of the body; no SQL when warm."""
    return _listed(request, access, _PROFILES, "Qué se hace en cada puesto de atención y qué nivel pide.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def profile_form(request: HttpRequest, access: Access, profile_id: int | None = None) -> HttpResponse:
    """Write a profile, or change it."""
    return _PROFILES.form_page(request, access, profile_id)
