# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about a certificate and its audits."""

from typing import Any

from django import forms

from siac.charters.models import AuditResult
from siac.documents.public import FILES_HINT, UploadMixin
from siac.findings.public import Severity
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, DateField, FilesField, Form, PickedDay


class CertificationForm(UploadMixin, Form):
    """A certificate of a charter."""

    certifier = forms.CharField(
        label="Quién certifica", max_length=150, error_messages={"required": "Escriba quién certifica."}
    )
    norm = forms.CharField(
        label="Norma", max_length=150, help_text="Por ejemplo: UNE 93200.",
        error_messages={"required": "Escriba la norma."},
    )  # fmt: skip
    number = forms.CharField(
        label="Número del certificado", max_length=80, error_messages={"required": "Escriba el número."}
    )
    scope = forms.CharField(
        label="Alcance", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga qué se certifica."}, help_text="Qué servicios y lugares certifica.",
    )  # fmt: skip
    valid_from = DateField(label="Desde")
    valid_to = DateField(
        label="Hasta", required=False, help_text="Vacío: tres años, con una auditoría cada año."
    )
    attachments = FilesField(label="Certificado", required=False, help_text=FILES_HINT)


class AuditForm(UploadMixin, Form):
    """What a follow-up audit said."""

    held_on = DateField(label="Día de la auditoría")
    result = forms.ChoiceField(
        label="Resultado", choices=AuditResult.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija el resultado."},
    )  # fmt: skip
    words = forms.CharField(
        label="Qué dijo", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    attachments = FilesField(label="Informe", required=False, help_text=FILES_HINT)


class AuditFindingForm(Form):
    """Something that a follow-up audit found."""

    title = forms.CharField(
        label="Qué se encontró", max_length=150, error_messages={"required": "Escriba qué se encontró."}
    )
    detail = forms.CharField(
        label="Detalle", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    severity = forms.TypedChoiceField(
        label="Gravedad", coerce=int, choices=Severity.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija la gravedad."},
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(
        label="Unidad", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    due_on = PickedDay(label="Plazo para resolverlo", required=False)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", "Ninguna"), *unit_options(institution)]  # type: ignore[attr-defined]
