# SPDX-License-Identifier: EUPL-1.2
"""The forms of campaigns, of what came of them, and of materials."""

from typing import Any

from django import forms

from siac.documents.public import FILES_HINT, UploadMixin
from siac.organizations.public import Institution, unit_options
from siac.outreach.models import (
    MOST_COST,
    MOST_REACH,
    AudienceSide,
    Campaign,
    MaterialKind,
    Medium,
)
from siac.outreach.queries import editions_in_force
from siac.servicepoints.public import service_points
from siac.ui.forms import FilesField, Form, PickedDay, basis_field


class CampaignForm(Form):
    """A campaign."""

    year = forms.IntegerField(
        label="Año del plan", min_value=2000, max_value=2100, error_messages={"required": "Escriba el año."}
    )
    title = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    side = forms.ChoiceField(label="Es", choices=AudienceSide.choices, widget=forms.RadioSelect)
    audience = forms.CharField(
        label="A quiénes", max_length=300, help_text="Por ejemplo: familias de los liceos de la comuna.",
        error_messages={"required": "Diga a quiénes."},
    )  # fmt: skip
    message = forms.CharField(
        label="Mensaje", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba qué se dice."},
    )  # fmt: skip
    carried_by = forms.MultipleChoiceField(
        label="Medios", choices=Medium.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos un medio."},
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(
        label="Unidad que responde", required=False, coerce=int, empty_value=None,
        help_text="Guarda la evidencia.",
    )  # fmt: skip
    starts_on = PickedDay(label="Primer día", error_messages={"required": "Elija el día."})
    ends_on = PickedDay(label="Último día", error_messages={"required": "Elija el día."})
    cost = forms.IntegerField(
        label="Costo", min_value=0, max_value=MOST_COST, initial=0,
        help_text="En moneda del país, sin decimales. 0 si no cuesta.",
        error_messages={"required": "Escriba el costo, o 0."},
    )  # fmt: skip
    expected = forms.IntegerField(
        label="Alcance esperado", min_value=0, max_value=MOST_REACH, help_text="Personas.",
        error_messages={"required": "Escriba a cuántas personas se espera llegar."},
    )  # fmt: skip
    is_dropped = forms.BooleanField(label="Queda sin efecto", required=False)

    def __init__(self, institution: Institution, row: Campaign | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [("", "Ninguna"), *unit_options(institution)]
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]
        if row is not None:
            self.fields["based_on"] = basis_field(row.version)


def campaign_filled(row: Campaign) -> dict[str, Any]:
    """Return what the form of a campaign shows before anything is typed."""
    names = [name for name in CampaignForm.base_fields if name != "carried_by"]
    return {**{name: getattr(row, name) for name in names}, "carried_by": row.media}


class EvaluationForm(UploadMixin, Form):
    """What came of a campaign."""

    reached = forms.IntegerField(
        label="Alcance medido", required=False, min_value=0, max_value=MOST_REACH,
        help_text="Personas. Vacío si nadie lo midió.",
    )  # fmt: skip
    measured_by = forms.CharField(
        label="Cómo se midió", max_length=300, required=False,
        help_text="Por ejemplo: visitas a la página, folletos entregados, lista de asistencia.",
    )  # fmt: skip
    evaluation = forms.CharField(
        label="Qué resultó", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escriba qué resultó."},
    )  # fmt: skip
    attachments = FilesField(label="Evidencia", required=False, help_text=FILES_HINT)

    def __init__(self, row: Campaign, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reached", "measured_by", "evaluation"):
            self.fields[name].initial = getattr(row, name)
        self.fields["based_on"] = basis_field(row.version)


class MaterialForm(Form):
    """A poster or leaflet."""

    kind = forms.ChoiceField(label="Qué es", choices=MaterialKind.choices, widget=forms.RadioSelect)
    headline = forms.CharField(
        label="Titular", max_length=120, error_messages={"required": "Escriba el titular."}
    )
    body = forms.CharField(
        label="Texto", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Cada línea es un párrafo.",
    )  # fmt: skip
    leads_to = forms.ChoiceField(
        label="Su código QR lleva a", required=False,
        help_text="De una carta, el material queda unido a la edición vigente y avisa cuando cambie.",
    )  # fmt: skip

    def __init__(self, institution: Institution, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charters = [
            (f"charter:{pk}", f"Carta: {edition.charter.title}, edición {edition.number}")
            for pk, edition in editions_in_force(institution, today).items()
        ]
        points = [
            (f"point:{pk}", f"Punto: {point.name}")
            for pk, point in service_points(institution).items()
            if point.is_active
        ]
        self.fields["leads_to"].choices = [("", "El portal"), *charters, *points]  # type: ignore[attr-defined]

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `make_material` takes it."""
        data = dict(self.cleaned_data)
        thing, _, pk = data.pop("leads_to").partition(":")
        return data | ({f"{thing}_id": int(pk)} if thing else {})
