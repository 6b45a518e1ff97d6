# SPDX-License-Identifier: EUPL-1.2
"""What an officer fills in about an appeal: that it came, what the body answered, how it was decided."""

from django import forms

from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Appeal
from siac.documents.public import FILES_HINT, UploadMixin
from siac.ui.forms import BLANK, DateField, FilesField, Form, text_field


class AppealForm(UploadMixin, VersionedForm):
    """What was filed against the body, where, and when the body was told."""

    forum = forms.ChoiceField(
        label="Quién lo resuelve",
        choices=Appeal.Forum.choices,
        widget=forms.RadioSelect,
        initial=Appeal.Forum.OTHER,
    )
    authority = forms.CharField(
        label="Órgano",
        max_length=120,
        required=False,
        help_text="Si lo resuelve otro: por ejemplo, Consejo para la Transparencia.",
    )
    reference = forms.CharField(label="Rol o número", max_length=60, required=False)
    notified_on = DateField(label="Día en que se avisó a la institución")
    until = DateField(
        label="Último día que indica el aviso",
        required=False,
        help_text="Si no lo indica, se calcula con la norma.",
    )
    body = text_field("Qué se reclama", hint="Queda entre funcionarios.", limit=20_000, rows=5)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class DefenceForm(UploadMixin, Form):
    """What the body told the authority."""

    sent_on = DateField(label="Día en que se enviaron")
    body = text_field("Descargos", hint="El texto, o un resumen si va el documento.", limit=20_000, rows=6)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class RulingForm(UploadMixin, Form):
    """How the appeal was decided."""

    result = forms.ChoiceField(
        label="Resultado",
        choices=[BLANK, *Appeal.Result.choices],
        error_messages={"required": "Elija el resultado."},
    )
    decided_on = DateField(label="Día de la resolución")
    comply_on = DateField(
        label="Último día para cumplirla",
        required=False,
        help_text="Si se acogió, la solicitud se reabre con este plazo; sin él, con el de una revisión.",
    )
    body = text_field("Qué se resolvió", hint="La persona lo verá.", limit=20_000, rows=6)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)
