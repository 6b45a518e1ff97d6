# SPDX-License-Identifier: EUPL-1.2
"""Waves of a survey: draw a sample from a list, look at it, send it, see who responded."""

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.public import kinds
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.organizations.public import Access, Institution, staff_page
from siac.surveys.commands.panel import listed_panel
from siac.surveys.commands.waves import answered_between, draw_wave, listed_in, send_wave
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.sampling import needed
from siac.surveys.forms import LARGEST_SHEET
from siac.surveys.models import Wave, WaveState
from siac.surveys.queries import quota_lines, wave_response
from siac.surveys.workspace.editing import survey_for
from siac.surveys.workspace.staff_waves import SEEDS, draw_staff_wave
from siac.ui.forms import Form, PickedDay, SheetField
from siac.ui.public import refusal_text
from siac.ui.records import record_form
from siac.ui.rows import RowForm, RowsField

MARGIN = Decimal(5)
"""Percentage points of error for which a wave says how many must respond."""


class QuotaRow(RowForm):
    """How many of one part of the list."""

    widths = {"part": "medium", "wanted": "narrow"}
    part = forms.CharField(label="Parte", max_length=80, error_messages={"required": "Escriba de qué parte."})
    wanted = forms.IntegerField(
        label="Cuántas", min_value=1, max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Escriba cuántas.", "invalid": "Escriba un número."},
    )  # fmt: skip

    def key(self) -> str:
        """Return the part: it stands once."""
        return fold(self.cleaned_data["part"])


class WaveForm(Form):
    """A wave to be drawn."""

    name = forms.CharField(
        label="Nombre", max_length=100, help_text="Por ejemplo, «Septiembre de 2026».",
        error_messages={"required": "Escriba el nombre."},
    )  # fmt: skip
    source = forms.ChoiceField(
        label="De dónde sale la lista",
        choices=[
            ("cases", "De quienes recibieron respuesta entre dos días"),
            ("file", "De un archivo"),
            ("panel", "Del panel de opinión"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija de dónde sale la lista."},
    )
    first = PickedDay(label="Respondidas desde", required=False)
    last = PickedDay(label="Respondidas hasta", required=False)
    kind_ids = forms.TypedMultipleChoiceField(
        label="Solo de estos tipos", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    file = SheetField(
        label="Archivo",
        required=False,
        most=LARGEST_SHEET,
        help_text="CSV, XLSX u ODS con una columna «correo», una persona por fila.",
    )
    size = forms.IntegerField(
        label="A cuántas se pregunta",
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba un número.", "invalid": "Escriba un número.",
            "min_value": "Escriba un número desde 1.", "max_value": "Escriba un número hasta 20000.",
        },
    )  # fmt: skip
    quota_column = forms.CharField(
        label="Columna de las cuotas",
        required=False,
        max_length=80,
        help_text="Solo con archivo y cuotas: la que dice de qué parte es cada persona, como «comuna».",
    )
    quotas = RowsField(
        QuotaRow, label="Cuotas", thing="Cuota", add="Agregar una cuota", limit=40, ordered=False,
        help_text="Cuántas de cada tipo de solicitud, o de cada valor de la columna, en vez de un número. "
        "Si en la lista hay menos, se pregunta a todas las de esa parte.",
    )  # fmt: skip
    seed = forms.IntegerField(
        label="Número del sorteo",
        min_value=0,
        max_value=SEEDS,
        help_text="Con el mismo número y la misma lista salen las mismas personas: quien audita lo repite.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Escriba un número.", "invalid": "Escriba un número."},
    )
    closes_on = PickedDay(label="Último día para responder")
    reminds_on = PickedDay(
        label="Día del recordatorio", required=False,
        help_text="A quienes no hayan respondido, una vez. Vacío: ninguno.",
    )  # fmt: skip

    def __init__(
        self, institution: Institution, data: QueryDict | None = None, files: Any = None, *, least: int
    ) -> None:
        super().__init__(data, files, initial={"seed": secrets.randbelow(SEEDS), "source": "cases"})
        self.fields["size"].help_text = (
            "Se sortean de la lista; con cuotas, déjelo vacío. Si hay menos, se pregunta a todas. "
            f"Al menos {least}: entre menos se sabría quién respondió qué."
        )
        known = [(pk, kind.name) for pk, kind in kinds(institution).items() if not kind.is_restricted]
        self.fields["kind_ids"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the list comes from."""
        data = super().clean() or {}
        if data.get("source") == "cases":
            for name in ("first", "last"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, "Escriba el día.")
            if data.get("first") and data.get("last") and data["first"] > data["last"]:
                self.add_error("last", "El último día no puede ser anterior al primero.")
        rows = data.get("quotas") or []
        if not rows and data.get("size") is None and "size" not in self.errors:
            self.add_error("size", "Escriba a cuántas, o agregue cuotas.")
        if rows:
            self._check_quotas(data)
        file = data.get("file")
        if data.get("source") == "file" and file is None and "file" not in self.errors:
            self.add_error("file", "Elija el archivo.")
        return data

    def _check_quotas(self, data: dict[str, Any]) -> None:
        if data.get("source") == "file" and not data.get("quota_column"):
            self.add_error("quota_column", "Escriba la columna de la que son las cuotas.")
        if data.get("source") == "panel":
            self.add_error("quotas", "El panel no tiene partes: escriba a cuántas en vez de cuotas.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def draw(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Draw a wave."""
    survey, institution = survey_for(access, survey_id), access.institution
    if survey.for_staff:
        return draw_staff_wave(request, access, survey)

    @transaction.atomic  # a list whose wave is refused is not kept
    def save(fields: dict[str, Any]) -> HttpResponse:
        now, file = current_time(), fields["file"]
        if fields["source"] == "file":
            listed = listed_in(institution, file.read(), file.name, now=now, column=fields["quota_column"])
        elif fields["source"] == "panel":
            listed = listed_panel(institution)
        else:
            listed = answered_between(institution, fields["first"], fields["last"], fields["kind_ids"])
        names = ("name", "seed", "closes_on", "reminds_on")
        row = draw_wave(
            institution=institution, survey=survey, actor=access.user, now=now, listed=listed,
            size=fields["size"] or 0,
            quotas={row["part"]: row["wanted"] for row in fields["quotas"] or []},
            **{name: fields[name] for name in names},
        )  # fmt: skip
        messages.success(request, "Ola sorteada. Nadie ha sido invitado todavía.")
        return redirect("workspace:surveys:wave", institution.slug, survey.pk, row.pk)

    return record_form(
        request,
        WaveForm(institution, request.POST or None, request.FILES or None, least=survey.least),
        save,
        title="Nueva ola",
        back_url=reverse("workspace:surveys:survey", args=[institution.slug, survey.pk]),
        submit="Sortear",
        intro="Una ola invita a una muestra de personas a la vez. Se sortea primero y se envía después.",
    )


def _wave(access: Access, survey_id: int, wave_id: int) -> Wave:
    rows = Wave.objects.filter(institution=access.institution, survey_id=survey_id, pk=wave_id)
    row = rows.select_related("survey").first()
    if row is None:
        raise Http404(str(wave_id))
    return row


@require_safe
@staff_page(SurveyRight.READ)
def wave(request: HttpRequest, access: Access, survey_id: int, wave_id: int) -> HttpResponse:
    """Show a wave: what was drawn, who was asked, how many responded."""
    row = _wave(access, survey_id, wave_id)
    asked = wave_response(row, today=access.institution.local_date(current_time()))
    context = {
        "row": row,
        "asked_people": asked,
        "tells": row.state != WaveState.DRAWN and asked.is_told,
        "is_sending": row.state == WaveState.SENDING,
        "quotas": quota_lines(row),
        "margin": MARGIN,
        "needed": needed(MARGIN, row.population),
        "may_send": access.has(SurveyRight.DESIGN) and row.state == WaveState.DRAWN,
    }
    return render(request, "surveys/workspace/wave.html", context)


@require_POST
@staff_page(SurveyRight.DESIGN)
def send(request: HttpRequest, access: Access, survey_id: int, wave_id: int) -> HttpResponse:
    """Let a wave be sent."""
    row = _wave(access, survey_id, wave_id)
    try:
        send_wave(institution=access.institution, wave_id=row.pk, actor=access.user, now=current_time())
        messages.success(request, "La ola se está enviando. Puede dejar esta página.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:surveys:wave", access.institution.slug, survey_id, row.pk)
