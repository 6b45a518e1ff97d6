# SPDX-License-Identifier: EUPL-1.2
"""Forms of attentions: one screen, filled in with what was last."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django import forms

from siac.cases.attentions.commands import Attention
from siac.cases.attentions.queries import OFFERED
from siac.cases.forms.fields import document_options, typed_person
from siac.cases.models import Channel, Interaction
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_options
from siac.people.public import PersonData, clean_person
from siac.servicepoints.public import service_points
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, Form, text_field
from siac.ui.public import refusal_text

PERSON = (
    "given_names", "family_names", "legal_name", "document_type", "document_number", "email", "phone",
    "address",
)  # fmt: skip


class WithPerson(Form):
    """A form that may say who somebody is."""

    given_names = forms.CharField(label="Nombres", max_length=100, required=False)
    family_names = forms.CharField(label="Apellidos", max_length=100, required=False)
    legal_name = forms.CharField(label="Organización", max_length=150, required=False)
    document_type = forms.ChoiceField(label="Tipo de documento", required=False)
    document_number = forms.CharField(label="Documento", max_length=30, required=False)
    email = forms.EmailField(
        label="Correo",
        required=False,
        max_length=254,
        error_messages={"invalid": "Escriba un correo completo."},
    )
    phone = forms.CharField(label="Teléfono", max_length=40, required=False)
    address = forms.CharField(label="Dirección postal", max_length=200, required=False)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        self._choices("document_type", lambda: document_options(institution))

    def _choices(self, name: str, options: Callable[[], Iterable[tuple[Any, str]]]) -> None:
        self.fields[name].choices = lambda: [BLANK, *options()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check who the person is, where somebody said so."""
        data = super().clean() or {}
        self.told: PersonData | None = None
        said = {name: data.get(name, "") for name in PERSON}
        if not any(value for name, value in said.items() if name != "document_type"):
            return data
        try:
            self.told = clean_person(typed_person(said))
        except Refused as refused:
            self.add_error(None, refusal_text(refused))
        return data

    def person(self) -> PersonData | None:
        """Return who the person is; None where nobody said so."""
        return self.told

    @property
    def person_fields(self) -> list[Any]:
        """The fields of the person."""
        return [self[name] for name in PERSON]

    @property
    def person_is_used(self) -> bool:
        """Whether anything of the person is typed, or wrong."""
        return any(self[name].errors or self[name].value() for name in PERSON)


class AttentionForm(WithPerson):
    """An attention; what is not typed is as it was in the last one, and now."""

    subject = forms.CharField(
        label="De qué se trató",
        max_length=200,
        required=False,
        help_text="En pocas palabras, sin nombres ni documentos.",
    )
    channel = forms.ChoiceField(
        label="Canal",
        choices=[(each.value, each.label) for each in OFFERED],
        error_messages={"invalid_choice": "Elija un canal de la lista."},
    )
    service_point = forms.TypedChoiceField(
        label="Punto de atención", required=False, coerce=int, empty_value=None
    )
    unit = forms.TypedChoiceField(
        label="Unidad que atendió",
        coerce=int,
        error_messages={"required": "Elija la unidad que atendió."},
    )
    topic = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    is_resolved = forms.BooleanField(
        label="Quedó resuelta",
        required=False,
        initial=True,
        help_text="No necesita volver, llamar ni escribir otra vez por esto.",
    )
    minutes = forms.IntegerField(
        label="Minutos que duró",
        required=False,
        min_value=0,
        max_value=1440,
        error_messages={"invalid": "Escriba un número entero de minutos."},
    )
    waited = forms.IntegerField(
        label="Minutos que esperó antes",
        required=False,
        min_value=0,
        max_value=1440,
        error_messages={"invalid": "Escriba un número entero de minutos."},
    )
    begun_on = DateField(label="Cuándo", required=False, help_text="Solo si no fue hoy.")
    begun_time = forms.TimeField(
        label="Hora",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Solo si no fue ahora.",
        error_messages={"invalid": "Escriba una hora, por ejemplo 10:30."},
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(institution, *args, **kwargs)
        for name in ("minutes", "waited"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        for name in ("subject", "service_point", "topic", "minutes", "waited"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        self._choices("unit", lambda: unit_options(institution))
        self._choices("topic", lambda: [(pk, t.name) for pk, t in topics(institution).items() if t.is_active])
        points = service_points(institution)
        self._choices("service_point", lambda: [(pk, p.name) for pk, p in points.items() if p.is_active])

    @property
    def usual_fields(self) -> list[Any]:
        """What is asked of every attention."""
        return [self[name] for name in ("channel", "service_point", "unit", "topic", "is_resolved")]

    @property
    def further_fields(self) -> list[Any]:
        """What few need."""
        return [self[name] for name in ("waited", "minutes", "begun_on", "begun_time")]

    @property
    def further_is_used(self) -> bool:
        """Whether anything of that is typed, or wrong."""
        return any(bound.errors or bound.value() for bound in self.further_fields)

    def attention(self, *, now: datetime) -> Attention:
        """Return what was typed: without a day it is today, without an hour now; of a day before today its
        noon.
        """
        data = self.cleaned_data
        return Attention(
            channel=Channel(data["channel"]),
            unit_id=data["unit"],
            begun_at=self._begun_at(now),
            service_point_id=data["service_point"],
            topic_id=data["topic"],
            subject=data["subject"],
            minutes=data["minutes"],
            waited=data["waited"],
            is_resolved=data["is_resolved"],
        )

    def _begun_at(self, now: datetime) -> datetime:
        day, hour = self.cleaned_data["begun_on"], self.cleaned_data["begun_time"]
        today = self.institution.local_date(now)
        if hour is None and day in (None, today):
            return now
        return datetime.combine(day or today, hour or time(12), tzinfo=self.institution.zone)

    @classmethod
    def initial_of(cls, row: Interaction) -> dict[str, Any]:
        """Return what the form of an attention that is corrected begins with."""
        begun = row.begun_at.astimezone(row.institution.zone)
        return {
            "subject": row.subject,
            "channel": row.channel,
            "service_point": row.service_point_id,
            "unit": row.unit_id,
            "topic": row.topic_id,
            "is_resolved": row.is_resolved,
            "minutes": row.minutes,
            "waited": row.waited,
            "begun_on": begun.date(),
            "begun_time": begun.time().replace(second=0, microsecond=0),
            "based_on": row.version,
        }


class WithdrawForm(Form):
    """Why an attention is taken out of the register."""

    reason = forms.CharField(
        label="Por qué se retira",
        max_length=200,
        help_text="Por ejemplo: se registró dos veces.",
        error_messages={"required": "Escriba por qué se retira."},
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FileForm(WithPerson):
    """What is asked besides to turn an attention into a request."""

    kind = forms.TypedChoiceField(label="Tipo", coerce=int, error_messages={"required": "Elija el tipo."})
    body = text_field("Qué pide o qué pasó", rows=5, missing="Escriba qué pide o qué pasó.")
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(institution, *args, **kwargs)
        self._choices("kind", lambda: [(pk, k.name) for pk, k in kinds(institution).items() if k.is_active])

    @property
    def usual_fields(self) -> list[Any]:
        """What is asked of every request."""
        return [self["kind"], self["body"]]
