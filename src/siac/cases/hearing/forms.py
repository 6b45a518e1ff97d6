# SPDX-License-Identifier: EUPL-1.2
"""The form of what a third party answers."""

from typing import Any

from django import forms

from siac.cases.forms.fields import VersionedForm, typed_person
from siac.documents.public import FILES_HINT, UploadMixin
from siac.organizations.public import Institution
from siac.ui.forms import FilesField, Form, text_field


class StandForm(UploadMixin, Form):
    """What a third party answers."""

    objects = forms.TypedChoiceField(
        label="¿Se opone a la entrega?",
        choices=[("si", "Sí, se opone"), ("no", "No, consiente")],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
        error_messages={"required": "Elija una opción."},
    )
    body = text_field("Razones", required=False, hint="Obligatorias si se opone.", limit=4000, rows=5)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)

    def clean(self) -> dict[str, Any]:
        """An objection says why (art. 20 Ley 20.285: «por escrito y con expresión de causa»)."""
        data = super().clean() or {}
        if data.get("objects") and not data.get("body"):
            self.add_error("body", "Escriba las razones de la oposición.")
        return data


class ThirdPartyForm(VersionedForm):
    """Whom the answer may affect, where to reach them, and what they are told."""

    given_names = forms.CharField(label="Nombres", max_length=100, required=False)
    family_names = forms.CharField(label="Apellidos", max_length=100, required=False)
    legal_name = forms.CharField(label="O nombre de la organización", max_length=150, required=False)
    email = forms.EmailField(
        label="Correo",
        max_length=254,
        required=False,
        error_messages={"invalid": "Escriba un correo completo, por ejemplo nombre@ejemplo.cl."},
    )
    address = forms.CharField(
        label="Dirección postal", max_length=200, required=False, help_text="Si se le avisa por carta."
    )
    body = text_field(
        "Qué se le avisa",
        hint="Qué se pide y en qué puede afectarle. No diga quién lo pide.",
        limit=4000,
        rows=5,
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_names", "family_names", "email"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that somebody is named and can be reached; the command gets one person."""
        data = super().clean() or {}
        if not (data.get("given_names") or data.get("family_names") or data.get("legal_name")):
            self.add_error("given_names", "Escriba el nombre de la persona o de la organización.")
        if "email" in data and not (data.get("email") or data.get("address")):
            self.add_error("email", "Indique un correo o una dirección donde avisarle.")
        if not self.errors:
            blank = {"document_type": "", "document_number": "", "phone": ""}
            names = ("given_names", "family_names", "legal_name", "email", "address")
            data["person"] = typed_person({**blank, **{name: data.pop(name) for name in names}})
        return data
