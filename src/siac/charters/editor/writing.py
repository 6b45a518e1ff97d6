# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages on which a draft is written: its parts, its days, its promises."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.catalogue.public import services
from siac.charters.commands.drafting import (
    move_commitment,
    remove_commitment,
    save_commitment,
    save_days,
    save_participation,
    save_services,
    save_texts,
)
from siac.charters.domain.parts import BY_CODE
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.forms import DaysForm, PartForm, ParticipationForm, ServicesForm
from siac.charters.editor.promise_form import PromiseForm
from siac.charters.editor.reading import edition_of
from siac.charters.models import CharterEdition, Commitment
from siac.charters.texts import GroupLabel
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Change, overtaken, staff_page
from siac.ui.forms import Form, renew_basis
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE = "workspace:charters:charter"


def draft_of(access: Access, edition_id: int) -> CharterEdition:
    """Return an edition that can be written.

    Raises:
        Http404: the body has none with that number, or it is not a draft.
    """
    row = edition_of(access, edition_id)
    if row.state != EditionState.DRAFT:
        raise Http404(str(edition_id))
    return row


def home(access: Access, edition: CharterEdition, at: str) -> str:
    """Return the address of a place on the page of the charter of an edition. No SQL."""
    return f"{reverse(_ONE, args=[access.institution.slug, edition.charter_id])}#{at}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def part(request: HttpRequest, access: Access, edition_id: int, code: str) -> HttpResponse:
    """Write one part of a draft."""
    edition = draft_of(access, edition_id)
    found = BY_CODE.get(code)
    if found is None:
        raise Http404(code)
    form = PartForm(found, edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_texts(
            institution=access.institution, edition_id=edition.pk, texts={code: fields["text"]},
            actor=access.user, now=current_time(), based_on=fields["based_on"],
        )  # fmt: skip
        messages.success(request, f"«{found.title}» guardado.")
        return redirect(home(access, edition, f"parte-{code}"))

    return record_form(
        request, form, save, title=found.title, back_url=home(access, edition, f"parte-{code}"),
        overtaken=lambda refused: _part_overtaken(form, edition, code, refused),
    )  # fmt: skip


def _part_overtaken(form: Form, edition: CharterEdition, code: str, refused: Refused) -> list[Change]:
    """Return what the part says now, where somebody saved the draft meanwhile; then it can be saved all the
    same.
    """
    if refused.code != "saved_meanwhile":
        return []
    renew_basis(form, refused)
    from_now = CharterEdition.objects.get(pk=edition.pk).texts.get(code, "")
    typed = form.cleaned_data.get("text", "")
    if from_now == typed:
        return []
    return [Change(BY_CODE[code].title, "", from_now, typed)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def offered(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Say of which services a draft is."""
    edition = draft_of(access, edition_id)
    form = ServicesForm(edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_services(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Servicios guardados.")
        return redirect(home(access, edition, "servicios"))

    known = services(access.institution)
    names = {"service_ids": lambda ids: ", ".join(known[pk].name for pk in ids if pk in known)}
    return record_form(
        request, form, save, title="De qué servicios trata", back_url=home(access, edition, "servicios"),
        overtaken=lambda refused: overtaken(form, refused, edition, names),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def participation(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Write who took part in a draft, what they proposed and what became of it."""
    edition = draft_of(access, edition_id)
    form = ParticipationForm(edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_participation(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Participación guardada.")
        return redirect(home(access, edition, "participacion"))

    def words(rows: Any) -> str:
        return "; ".join(f"{GroupLabel(row['group']).label}: {row['how']}" for row in rows)

    return record_form(
        request, form, save, title="Quiénes participaron", field="rows",
        back_url=home(access, edition, "participacion"),
        overtaken=lambda refused: overtaken(form, refused, edition, {"participation": words}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def days(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Say from when a draft is meant to be valid."""
    edition = draft_of(access, edition_id)
    form = DaysForm(edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_days(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Fechas guardadas.")
        return redirect(home(access, edition, "datos"))

    return record_form(
        request, form, save, title="Vigencia", back_url=home(access, edition, "datos"),
        overtaken=lambda refused: overtaken(form, refused, edition, {}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def promise(
    request: HttpRequest, access: Access, edition_id: int, commitment_id: int | None = None
) -> HttpResponse:
    """Put a promise in a draft, or change one."""
    edition = draft_of(access, edition_id)
    row: Commitment | None = None
    if commitment_id is not None:
        row = edition.commitments.filter(pk=commitment_id).first()
        if row is None:
            raise Http404(str(commitment_id))
    form = PromiseForm(edition, row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        based_on = fields.pop("based_on", None)
        saved = save_commitment(
            institution=access.institution, edition_id=edition.pk, fields=fields, actor=access.user,
            now=current_time(), commitment_id=commitment_id, based_on=based_on,
        )  # fmt: skip
        messages.success(request, "Compromiso guardado.")
        return redirect(home(access, edition, f"compromiso-{saved.pk}"))

    return record_form(
        request, form, save, title=row.text if row else "Nuevo compromiso",
        back_url=home(access, edition, "promesas"),
        overtaken=lambda refused: overtaken(form, refused, row, {}) if row else [],
    )  # fmt: skip


@require_POST
@staff_page(CharterRight.KEEP)
def promise_act(request: HttpRequest, access: Access, edition_id: int, commitment_id: int) -> HttpResponse:
    """Move a promise up or down, or take it out of the draft."""
    edition, act = draft_of(access, edition_id), request.POST.get("act", "")
    common: dict[str, Any] = {
        "institution": access.institution, "edition_id": edition.pk, "commitment_id": commitment_id,
        "actor": access.user, "now": current_time(),
    }  # fmt: skip
    at = f"compromiso-{commitment_id}"
    try:
        if act == "quitar":
            remove_commitment(**common)
            messages.success(request, "Compromiso quitado del borrador.")
            at = "promesas"
        elif act in ("subir", "bajar"):
            move_commitment(**common, up=act == "subir")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(home(access, edition, at))
