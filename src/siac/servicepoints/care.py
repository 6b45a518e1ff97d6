# SPDX-License-Identifier: EUPL-1.2
"""How people are attended: the pages where it is written, read and printed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.pdf import PdfUnavailable
from siac.infra.ratelimit import limited
from siac.organizations.public import (
    Access,
    Histories,
    Institution,
    StaffRight,
    Words,
    portal_page,
    setup_tabs,
    staff_page,
)
from siac.servicepoints.commands.care import LINES, save_care
from siac.servicepoints.domain.types import channels
from siac.servicepoints.models import CareProtocol
from siac.servicepoints.papers import care_paper
from siac.servicepoints.queries import care_protocols, care_told
from siac.ui.forms import Form, basis_field
from siac.ui.records import Records, yes_or_no
from siac.ui.rows import RowForm, RowsField


class LineRow(RowForm):
    """A line of a protocol."""

    widths = {"text": "line"}
    text = forms.CharField(
        label="Texto", max_length=300, error_messages={"required": "Escriba algo o quite la fila."}
    )


_PARTS = ("steps", "rights", "duties")


class CareForm(Form):
    """How people are attended by a channel."""

    channel = forms.ChoiceField(
        label="Canal", required=False, choices=lambda: [("", "Todos los canales"), *channels().items()]
    )
    steps = RowsField(
        LineRow, thing="Paso", add="Agregar un paso", limit=LINES, label="Qué hacemos al atender",
        help_text="En orden, como se lo diría a una persona: la saludamos, le decimos quién la atiende…",
    )  # fmt: skip
    rights = RowsField(
        LineRow, thing="Derecho", add="Agregar un derecho", limit=LINES, label="Derechos de las personas"
    )
    duties = RowsField(
        LineRow, thing="Deber", add="Agregar un deber", limit=LINES, label="Deberes de las personas"
    )
    is_active = forms.BooleanField(label="Publicado", required=False, initial=True)

    def __init__(self, row: CareProtocol | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            for name in ("channel", "is_active"):
                self.fields[name].initial = getattr(row, name)
            for name in _PARTS:
                self.fields[name].initial = [{"text": line} for line in getattr(row, name)]
        self.fields["based_on"] = basis_field(row.version if row else None)


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for row in care_protocols(access.institution):
        counts = [str(len(getattr(row, name))) for name in _PARTS]
        yield row.pk, [row.channel_name, *counts, yes_or_no(row.is_active)]


def _load(access: Access, pk: int) -> CareProtocol | None:
    return CareProtocol.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: CareProtocol | None, data: QueryDict | None) -> CareForm:
    return CareForm(row, data)


def _save(access: Access, row: CareProtocol | None, fields: dict[str, Any]) -> None:
    lines = {name: [each["text"] for each in fields[name]] for name in _PARTS}
    save_care(
        institution=access.institution, protocol=row, channel=fields["channel"], **lines,
        is_active=fields["is_active"], based_on=fields.get("based_on"), actor=access.user,
        now=current_time(),
    )  # fmt: skip


def _words(access: Access) -> Words:
    lines: Mapping[str, Any] = {name: lambda kept: "; ".join(kept) for name in _PARTS}
    return {"channel": lambda code: channels().get(code, "Todos los canales"), **lines}


_CARE: Records[Access, CareProtocol] = Records(
    title="Cómo se atiende",
    columns=("Canal", "Pasos", "Derechos", "Deberes", "Publicado"),
    listed="workspace:servicepoints:care",
    one="workspace:servicepoints:care_protocol",
    add="Agregar protocolo",
    new="Nuevo protocolo de atención",
    saved="Protocolo guardado.",
    cells=_cells,
    load=_load,
    name=lambda row: f"Cómo se atiende: {row.channel_name.lower()}",
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_words),
    intro="Un protocolo por canal. Se publica en el portal, en la página de cada punto y en su hoja.",
)


@require_safe
@staff_page(StaffRight.SETUP)
def care_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the protocols of care."""
    return _CARE.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def care_protocol(request: HttpRequest, access: Access, protocol_id: int | None = None) -> HttpResponse:
    """Add or change a protocol of care."""
    return _CARE.form_page(request, access, protocol_id)


@require_safe
@portal_page
def public_care(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Say how people are attended by each channel, with their rights and duties (no SQL when warm)."""
    context = {"care": care_told(institution)}
    return render(request, "servicepoints/portal/care.html", context)


@require_safe
@limited("servicepoints.care_sheet", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def care_sheet(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Give how people are attended on paper (PDF)."""
    try:
        made = care_paper(institution, care_told(institution))
    except PdfUnavailable:
        return render(request, "servicepoints/portal/no_sheet.html", status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="como-atendemos.pdf"'
    return response
