# SPDX-License-Identifier: EUPL-1.2
"""The form of what a third party answers."""

from typing import Any

from django import forms

from siac.cases.forms.fields import FILES_HINT, UploadMixin, text_field
from siac.ui.forms import FilesField, Form


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
