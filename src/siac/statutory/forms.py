# SPDX-License-Identifier: EUPL-1.2
"""Forms of the physical book of complaints (Peru)."""

from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from siac.cases.public import StaffFilingForm, VersionedForm
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points
from siac.statutory.domain import PLATFORM_CODE_LIMIT
from siac.statutory.models import ReplyWay
from siac.ui.forms import BLANK, DateField, Form

_TIME: dict[str, Any] = {
    "input_formats": ["%H:%M"],
    "widget": forms.TimeInput(attrs={"inputmode": "numeric"}),
    "error_messages": {
        "invalid": "Escriba la hora así: 09:30.",
        "required": "Escriba la hora, por ejemplo 09:30.",
    },
}


def _sites(institution: Institution) -> list[Any]:
    return [BLANK, *((pk, p.name) for pk, p in service_points(institution).items() if p.is_active)]


class SheetForm(StaffFilingForm):
    """What a sheet of the book says."""

    number = forms.IntegerField(
        label="Número de la hoja",
        min_value=1,
        max_value=9_999_999,
        error_messages={"required": "Escriba el número impreso."},
    )
    written_on = DateField(label="Fecha en que se escribió", error_messages={"required": "Escriba la fecha."})
    written_time = forms.TimeField(label="Hora en que se escribió", **_TIME)
    event_on = DateField(label="Fecha del hecho", error_messages={"required": "Escriba la fecha."})
    event_time = forms.TimeField(label="Hora del hecho", required=False, **_TIME)
    reply = forms.ChoiceField(label="Cómo quiere la respuesta", choices=ReplyWay.choices)
    copy_given = forms.BooleanField(label="Se entregó la copia a la persona", required=False)

    PARTS = (
        ("La hoja", ("service_point", "number", "written_on", "written_time")),
        ("El reclamo", ("event_on", "event_time", "body")),
        ("Quién reclama", ("given_names", "family_names", "legal_name", "document_type", "document_number")),
        ("La respuesta", ("reply", "email", "phone", "address")),
        ("Al registrarla", ("copy_given", "unit", "attachments")),
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(institution, *args, **kwargs)
        for name in ("kind", "channel", "topic", "received_on"):
            del self.fields[name]
        site = self.fields["service_point"]
        site.label, site.required, site.choices = "Sede del libro", True, _sites(institution)  # type: ignore[attr-defined]
        site.error_messages["required"] = "Elija la sede."
        self.fields["body"].label = "Qué reclama"
        self.order_fields([name for _, names in self.PARTS for name in names])

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields in parts, each with its heading, as the sheet has them."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    def clean(self) -> dict[str, Any]:
        """Check that the answer can go the way it is asked for, and that somebody is named."""
        data = super().clean() or {}
        contact = {"email": "email", "phone": "phone", "letter": "address"}.get(data.get("reply", ""))
        if contact and not data.get(contact) and contact not in self.errors:
            self.add_error(contact, "Hace falta para responder como la persona lo pidió.")
        if not data.get("given_names") and not data.get("legal_name"):
            self.add_error("given_names", "Escriba quién reclama.")
        return data

    def written_at(self) -> datetime:
        """Return when it was written; call it on a valid form."""
        data = self.cleaned_data
        return datetime.combine(data["written_on"], data["written_time"], tzinfo=self.institution.zone)


class VoidForm(Form):
    """A sheet that says nothing."""

    service_point = forms.TypedChoiceField(
        label="Sede del libro", coerce=int, error_messages={"required": "Elija la sede."}
    )
    number = forms.IntegerField(
        label="Número de la hoja",
        min_value=1,
        max_value=9_999_999,
        error_messages={"required": "Escriba el número impreso."},
    )
    reason = forms.CharField(
        label="Motivo", max_length=300, error_messages={"required": "Escriba por qué se anula."}
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service_point"].choices = _sites(institution)  # type: ignore[attr-defined]


class PlatformForm(VersionedForm):
    """The code that the platform gave."""

    code = forms.CharField(
        label="Código en la plataforma",
        max_length=PLATFORM_CODE_LIMIT,
        error_messages={"required": "Escriba el código."},
    )
