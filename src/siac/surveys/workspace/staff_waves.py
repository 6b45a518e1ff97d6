# SPDX-License-Identifier: EUPL-1.2
"""A wave among the people of the house: all of them or a sample, of a unit or of all."""

import secrets
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time

from siac.organizations.public import Access, Institution, unit_options
from siac.surveys.commands.staff_lists import staff_of
from siac.surveys.commands.waves import draw_wave
from siac.surveys.models import Survey
from siac.ui.forms import Form, PickedDay
from siac.ui.records import record_form

SEEDS = 2**31


class StaffWaveForm(Form):
    """Whom of the staff a wave asks, and until when."""

    name = forms.CharField(
        label="Nombre", max_length=100, help_text="Por ejemplo, «Noviembre de 2026».",
        error_messages={"required": "Escriba el nombre."},
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(label="Personal de", required=False, coerce=int, empty_value=None)
    size = forms.IntegerField(
        label="A cuántas personas",
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Escriba un número.", "min_value": "Escriba un número desde 1.",
            "max_value": "Escriba un número hasta 20000.",
        },
    )  # fmt: skip
    closes_on = PickedDay(label="Último día para responder")
    reminds_on = PickedDay(
        label="Día del recordatorio", required=False,
        help_text="A todas las invitadas, para que no se sepa quién respondió. Vacío: ninguno.",
    )  # fmt: skip

    def __init__(self, institution: Institution, data: QueryDict | None = None, *, least: int) -> None:
        super().__init__(data)
        self.fields["unit_id"].choices = [("", "Toda la institución"), *unit_options(institution)]  # type: ignore[attr-defined]
        self.fields[
            "size"
        ].help_text = f"Vacío: a todas. Al menos {least}: entre menos se sabría quién dijo qué."


def draw_staff_wave(request: HttpRequest, access: Access, survey: Survey) -> HttpResponse:
    """Draw a wave of a survey for the staff."""
    institution = access.institution

    def save(fields: dict[str, Any]) -> HttpResponse:
        listed, size = staff_of(institution, fields["unit_id"]), fields["size"]
        row = draw_wave(
            institution=institution, survey=survey, actor=access.user, now=current_time(), listed=listed,
            size=size or 0, quotas=None if size else Counter(listed.part_of.values()),
            seed=secrets.randbelow(SEEDS),
            **{name: fields[name] for name in ("name", "closes_on", "reminds_on")},
        )  # fmt: skip
        messages.success(request, "Ola sorteada. Nadie ha sido invitado todavía.")
        return redirect("workspace:surveys:wave", institution.slug, survey.pk, row.pk)

    return record_form(
        request,
        StaffWaveForm(institution, request.POST or None, least=survey.least),
        save,
        title="Nueva ola del personal",
        back_url=reverse("workspace:surveys:survey", args=[institution.slug, survey.pk]),
        submit="Preparar",
        intro="Invita por correo a quienes tienen cuenta aquí. Nadie ve quién respondió.",
    )
