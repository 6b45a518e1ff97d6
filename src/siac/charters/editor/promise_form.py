# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to write a commitment."""

from typing import Any, ClassVar

from django import forms

from siac.cases.public import Channel, kinds
from siac.catalogue.public import services, topics
from siac.charters.domain.commitments import UNITS_OF, Subject
from siac.charters.domain.commitments import Form as CommitmentForm
from siac.charters.models import CharterEdition, Commitment
from siac.charters.texts import (
    DimensionLabel,
    FormLabel,
    MomentLabel,
    RemedyKind,
    SubjectLabel,
    UnitLabel,
)
from siac.indicators.public import followed
from siac.organizations.public import Institution, unit_options
from siac.servicepoints.public import service_points
from siac.ui.forms import BLANK, AutocompleteSelect, Form, basis_field

_CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.LETTER)
_GUARANTEE, _FIGURE = CommitmentForm.GUARANTEE.value, CommitmentForm.FIGURE.value

_ASKED_BY_A_CHOICE = (
    "subject", "kind_id", "topic_id", "channel", "service_point_id", "amount", "unit", "indicator_id",
    "remedy", "no_remedy_reason",
)  # fmt: skip
"""What the way of measuring, or the remedy, asks for or has no place for: none is called optional."""


class PromiseForm(Form):
    """A commitment."""

    text = forms.CharField(
        label="Compromiso", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba el compromiso."},
        help_text="En una frase, con su número. Por ejemplo: Respondemos los reclamos en 15 días hábiles.",
    )  # fmt: skip
    service_id = forms.TypedChoiceField(label="Servicio", required=False, coerce=int, empty_value=None)
    sustained_by = forms.MultipleChoiceField(
        label="Pasos del proceso que lo sostienen", required=False, widget=forms.CheckboxSelectMultiple
    )
    attribute = forms.ChoiceField(label="A qué responde", required=False)
    dimension = forms.ChoiceField(label="Qué valoran las personas en esto", choices=DimensionLabel.choices)
    form = forms.ChoiceField(
        label="Cómo se mide", choices=FormLabel.choices, widget=forms.RadioSelect, initial=_GUARANTEE,
        help_text="Con una garantía, a cada persona a quien no se le cumple se le debe una medida.",
    )  # fmt: skip
    subject = forms.ChoiceField(
        label="Si es una garantía, ¿de qué?", choices=SubjectLabel.choices, widget=forms.RadioSelect,
        required=False, initial=Subject.CASE.value,
    )  # fmt: skip
    kind_id = forms.TypedChoiceField(
        label="Tipo de solicitud", required=False, coerce=int, empty_value=None,
        help_text="Si es de solicitudes.",
    )  # fmt: skip
    topic_id = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Si promete solo de un tema; vale también para los que están debajo.",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="Canal", required=False, choices=[("", "Todos"), *((c.value, c.label) for c in _CHANNELS)],
        help_text="Si es de atenciones.",
    )  # fmt: skip
    service_point_id = forms.TypedChoiceField(
        label="Punto de atención", required=False, coerce=int, empty_value=None,
        help_text="Si es de atenciones.",
    )  # fmt: skip
    amount = forms.IntegerField(label="Plazo", required=False, min_value=1, max_value=2500)
    unit = forms.ChoiceField(
        label="Unidad del plazo", required=False, choices=UnitLabel.choices,
        help_text="De una espera, minutos u horas; de una respuesta, horas o días.",
    )  # fmt: skip
    indicator_id = forms.TypedChoiceField(
        label="Indicador", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Si no es una garantía: uno de los que el organismo sigue, del que sale cada cifra.",
    )  # fmt: skip
    target = forms.DecimalField(
        label="Meta", max_digits=9, decimal_places=1, min_value=0,
        error_messages={"required": "Escriba la meta."},
        help_text="De una garantía, por ciento de las veces. De un indicador, en su unidad.",
    )  # fmt: skip
    record = forms.CharField(
        label="Registro del que sale", max_length=200, required=False,
        help_text="Por ejemplo: registro de solicitudes del SIAC.",
    )  # fmt: skip
    moment = forms.ChoiceField(label="Cada cuánto se mide", choices=MomentLabel.choices)
    responsible_id = forms.TypedChoiceField(
        label="Unidad que responde", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    is_controllable = forms.BooleanField(
        label="Cumplirlo depende solo del organismo", required=False, initial=True
    )
    dependence = forms.CharField(label="Si no, ¿de qué más depende?", max_length=300, required=False)
    remedy_kind = forms.ChoiceField(
        label="Medida si no se cumple", choices=RemedyKind.choices, widget=forms.RadioSelect,
        initial=RemedyKind.APOLOGY,
    )  # fmt: skip
    remedy = forms.CharField(
        label="Qué se hace", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Como lo leerá la persona. Por ejemplo: La jefatura le escribe una disculpa y le explica.",
    )  # fmt: skip
    remedy_days = forms.IntegerField(
        label="Días hábiles para entregarla", min_value=1, max_value=250, initial=10, required=False
    )
    remedy_when_below = forms.BooleanField(
        label="De un indicador: se debe cuando la cifra no llega a la meta", required=False,
        help_text="Se entrega en público, a quienes usan el servicio.",
    )  # fmt: skip
    no_remedy_reason = forms.CharField(label="Si no hay medida, ¿por qué?", max_length=300, required=False)
    sections_of = (
        ("Qué promete", ("text", "service_id", "attribute", "dimension")),
        (
            "Cómo se mide",
            (
                "form",
                "subject",
                "kind_id",
                "topic_id",
                "channel",
                "service_point_id",
                "amount",
                "unit",
                "indicator_id",
                "target",
                "record",
                "moment",
            ),
        ),
        ("Quién responde", ("responsible_id", "sustained_by", "is_controllable", "dependence")),
        (
            "Si no se cumple",
            ("remedy_kind", "remedy", "remedy_days", "remedy_when_below", "no_remedy_reason"),
        ),
    )
    folded = ()
    shown_when: ClassVar = {
        "subject": "form=guarantee",
        "kind_id": "form=guarantee subject=case",
        "topic_id": "form=guarantee",
        "channel": "form=guarantee subject=interaction",
        "service_point_id": "form=guarantee subject=interaction",
        "amount": "form=guarantee",
        "unit": "form=guarantee",
        "indicator_id": "form=figure",
        "remedy_when_below": "form=figure",
        "dependence": "is_controllable=false",
    }
    """Which choice each field is shown with, where a browser can; without scripts all are."""

    def __init__(self, edition: CharterEdition, row: Commitment | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institution = edition.institution
        known = services(institution)
        given = [known[pk] for pk in edition.service_ids if pk in known]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "service_id": [BLANK, *((each.pk, each.name) for each in given)],
            "attribute": [("", "Ninguno"), *((row["code"], row["name"]) for row in edition.expectations)],
            "sustained_by": [
                (step["code"], f"{each.name}: {step['step']}") for each in given for step in each.process
            ],
            "kind_id": [BLANK, *((pk, k.name) for pk, k in kinds(institution).items() if k.is_active)],
            "topic_id": [
                ("", "Todos"),
                *((pk, t.name) for pk, t in topics(institution).items() if t.is_active),
            ],
            "service_point_id": [
                ("", "Todos"),
                *((pk, p.name) for pk, p in service_points(institution).items() if p.is_active),
            ],
            "indicator_id": [BLANK, *_indicators(institution)],
            "responsible_id": [BLANK, *unit_options(institution)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        leasts = (
            ("service_id", 2), ("attribute", 2), ("sustained_by", 1), ("topic_id", 2),
            ("service_point_id", 2),
        )  # fmt: skip
        for name, least in leasts:
            if len(choices[name]) < least:
                del self.fields[name]  # there is nothing to choose
        for name in _ASKED_BY_A_CHOICE:
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        if row is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(row, name)
        elif len(given) == 1:
            self.fields["service_id"].initial = given[0].pk
        self.fields["based_on"] = basis_field(row.version if row else None)

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        found = [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.sections_of
        ]
        found[-1][1].append(self["based_on"])
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way of measuring needs."""
        data = super().clean() or {}
        if data.get("form") == _GUARANTEE:
            subject = Subject(data.get("subject") or Subject.CASE)
            if subject is Subject.CASE and not data.get("kind_id"):
                self.add_error("kind_id", "Elija a qué solicitudes se promete.")
            if data.get("unit") and data["unit"] not in UNITS_OF[subject]:
                wanted = "horas o días" if subject is Subject.CASE else "minutos u horas"
                self.add_error("unit", f"Elija {wanted}.")
            if not data.get("amount") and "amount" not in self.errors:
                self.add_error("amount", "Escriba el plazo.")
        elif data.get("form") == _FIGURE and not data.get("indicator_id"):
            self.add_error("indicator_id", "Elija el indicador.")
        kind = data.get("remedy_kind")
        owes = data.get("form") == _GUARANTEE or data.get("remedy_when_below")
        if kind and kind != RemedyKind.NONE and not data.get("remedy") and owes:
            self.add_error("remedy", "Escriba qué se hace, o elija «Ninguna».")
        if kind == RemedyKind.NONE and not data.get("no_remedy_reason"):
            self.add_error("no_remedy_reason", "Diga por qué: la carta lo explica.")
        data["remedy_days"] = data.get("remedy_days") or 10
        return data


def _indicators(institution: Institution) -> list[tuple[int, str]]:
    return list(followed(institution).order_by("name", "pk").values_list("pk", "name"))
