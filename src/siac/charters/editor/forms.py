# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to write an edition and to take it further."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import slugify

from siac.cases.public import kinds
from siac.catalogue.public import services
from siac.charters.domain.commitments import Form as CommitmentForm
from siac.charters.domain.parts import LONGEST, Norm, Part
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.charters.texts import (
    BasisLabel,
    CauseLabel,
    DimensionLabel,
    FormLabel,
    GroupLabel,
    MomentLabel,
    NormLabel,
    RemedyKind,
    UnitLabel,
    VerdictLabel,
)
from siac.indicators.public import followed
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, Form, basis_field
from siac.ui.rows import RowForm, RowsField


class CharterForm(Form):
    """A charter: what it is called, whose norm it follows, who is responsible."""

    title = forms.CharField(
        label="Título", max_length=150, error_messages={"required": "Escriba el título."},
        help_text="Como lo verá la gente. Por ejemplo: Carta de matrícula y traslados.",
    )  # fmt: skip
    norm = forms.TypedChoiceField(
        label="Norma que sigue", choices=NormLabel.choices, coerce=Norm, widget=forms.RadioSelect,
        help_text="De ella sale lo que la carta debe decir. Si le falta algo, la página lo avisa.",
    )  # fmt: skip
    responsible_id = forms.TypedChoiceField(
        label="Unidad responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Custodia la carta y sus documentos.",
    )  # fmt: skip

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_id"].choices = [("", "Todavía ninguna"), *unit_options(institution)]  # type: ignore[attr-defined]

    def code(self) -> str:
        """Return the word by which the charter is in addresses."""
        return slugify(self.cleaned_data["title"])[:40].strip("-") or "carta"


def charter_filled(row: Charter) -> dict[str, Any]:
    """Return a charter as its form shows it."""
    return {"title": row.title, "norm": row.norm, "responsible_id": row.responsible_id}


class PartForm(Form):
    """One part of what a charter says."""

    def __init__(self, part: Part, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=part.title, required=False, max_length=LONGEST, initial=edition.texts.get(part.code, ""),
            widget=forms.Textarea(attrs={"rows": 10}),
            help_text=f"{part.hint} Deje una línea en blanco entre párrafos; empiece con «- » cada "
            "línea de una lista.",
        )  # fmt: skip
        self.fields["based_on"] = basis_field(edition.version)


class ServicesForm(Form):
    """Of which services a charter is."""

    service_ids = forms.TypedMultipleChoiceField(
        label="De qué servicios trata", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Su descripción, los puntos de atención y los horarios salen de aquí.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = services(edition.institution).items()
        offered = [(pk, each.name) for pk, each in known if each.is_active or pk in edition.service_ids]
        self.fields["service_ids"].choices = offered  # type: ignore[attr-defined]
        self.fields["service_ids"].initial = edition.service_ids
        self.fields["based_on"] = basis_field(edition.version)


class ExpectationRow(RowForm):
    """Something that people value."""

    widths = {"name": "wide", "weight": "narrow", "expected": "narrow", "n": "narrow", "words": "wide"}
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Qué valoran", max_length=150, error_messages={"required": "Escriba qué valoran."}
    )
    dimension = forms.ChoiceField(label="Dimensión", choices=DimensionLabel.choices)
    weight = forms.DecimalField(
        label="Peso (%)", min_value=0, max_value=100, max_digits=4, decimal_places=1,
        error_messages={"required": "Escriba el peso."},
    )  # fmt: skip
    expected = forms.DecimalField(
        label="Se espera (%)", min_value=0, max_value=100, max_digits=4, decimal_places=1, required=False
    )
    n = forms.IntegerField(label="Base (n)", min_value=1, max_value=10_000_000, required=False)
    basis = forms.ChoiceField(label="De dónde se sabe", choices=BasisLabel.choices)
    words = forms.CharField(label="Cuál y cuándo", max_length=150, required=False)

    def has_changed(self) -> bool:
        """Return whether something was written."""
        said = {"name", "weight", "expected", "n", "words"} & set(self.changed_data)
        return bool(said) or bool(self.initial)


class ExpectationsForm(Form):
    """What people value in the services of a charter, and how much they expect."""

    rows = RowsField(
        ExpectationRow, thing="Atributo", add="Agregar un atributo", limit=30,
        label="Qué valoran y cuánto esperan",
        help_text="Los pesos suman 100. Lo esperado es la parte de cada cien que debería cumplirse.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].initial = edition.expectations
        self.fields["based_on"] = basis_field(edition.version)


class GapForm(Form):
    """Why what is done falls short, and how that is mended."""

    cause_kind = forms.ChoiceField(
        label="Causa principal", choices=[BLANK, *CauseLabel.choices],
        error_messages={"required": "Elija la causa."},
    )  # fmt: skip
    cause = forms.CharField(
        label="Por qué ocurre", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué ocurre."},
    )  # fmt: skip
    plan = forms.CharField(
        label="Plan de mejora", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga qué se hará y quién."}, help_text="Qué se hará, quién y con qué.",
    )  # fmt: skip
    plan_until = DateField(label="Hasta cuándo", error_messages={"required": "Escriba el día."})

    def __init__(self, row: Commitment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cause_kind", "cause", "plan", "plan_until"):
            self.fields[name].initial = getattr(row, name)
        self.fields["based_on"] = basis_field(row.version)


class TookPartRow(RowForm):
    """Somebody who took part in writing a charter."""

    widths = {"who": "wide", "how": "wide", "people": "narrow", "proposed": "line", "why": "line"}
    group = forms.ChoiceField(label="Quiénes", choices=GroupLabel.choices)
    who = forms.CharField(label="Cuáles (sin nombres de personas)", max_length=150, required=False)
    how = forms.CharField(
        label="Cómo", max_length=150, error_messages={"required": "Diga cómo participaron."}
    )
    on = DateField(label="Cuándo", required=False)
    people = forms.IntegerField(label="Cuántas", min_value=1, max_value=100_000, required=False)
    proposed = forms.CharField(label="Qué propusieron", max_length=500, required=False)
    verdict = forms.ChoiceField(
        label="Qué se hizo", choices=[("", "—"), *VerdictLabel.choices], required=False
    )
    why = forms.CharField(label="Por qué", max_length=500, required=False)

    def has_changed(self) -> bool:
        """Return whether something was written."""
        said = {"who", "how", "people", "proposed", "why"} & set(self.changed_data)
        return bool(said) or bool(self.initial)

    def clean(self) -> dict[str, Any]:
        """Ask for what became of what was proposed."""
        data = super().clean() or {}
        if data.get("proposed") and not data.get("verdict"):
            self.add_error("verdict", "Diga qué se hizo con lo que propusieron.")
        if data.get("verdict") and not data.get("proposed"):
            self.add_error("proposed", "Escriba qué propusieron.")
        if data.get("verdict") in ("partly", "declined") and not data.get("why"):
            self.add_error("why", "Diga por qué no se acogió del todo.")
        return data


class ParticipationForm(Form):
    """Who took part in writing a charter."""

    rows = RowsField(
        TookPartRow, thing="Participación", add="Agregar una participación", limit=60,
        label="Quiénes participaron", help_text="Se publica con la carta.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].initial = [
            {**row, "on": date.fromisoformat(row["on"]) if row["on"] else None}
            for row in edition.participation
        ]
        self.fields["based_on"] = basis_field(edition.version)


class DaysForm(Form):
    """From when an edition is valid."""

    valid_from = DateField(
        label="Vigente desde", required=False, help_text="El día en que empieza a obligar."
    )
    revised_by = DateField(
        label="Se revisa antes del", required=False, help_text="Vacío: lo que pide su norma."
    )

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = edition.valid_from
        self.fields["revised_by"].initial = edition.revised_by
        self.fields["based_on"] = basis_field(edition.version)


_GUARANTEE, _FIGURE = CommitmentForm.GUARANTEE.value, CommitmentForm.FIGURE.value


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
    kind_id = forms.TypedChoiceField(label="Tipo de solicitud", required=False, coerce=int, empty_value=None)
    amount = forms.IntegerField(label="Plazo", required=False, min_value=1, max_value=2500)
    unit = forms.ChoiceField(label="Unidad del plazo", required=False, choices=UnitLabel.choices)
    indicator_id = forms.TypedChoiceField(
        label="Indicador", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Uno de los que el organismo sigue. De él sale la cifra de cada período.",
    )  # fmt: skip
    target = forms.DecimalField(
        label="Meta", max_digits=9, decimal_places=1, min_value=0,
        error_messages={"required": "Escriba la meta."},
        help_text="De una garantía, por ciento de las solicitudes. De un indicador, en su unidad.",
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
    no_remedy_reason = forms.CharField(label="Si no hay medida, ¿por qué?", max_length=300, required=False)
    sections_of = (
        ("Qué promete", ("text", "service_id", "attribute", "dimension")),
        ("Cómo se mide", ("form", "kind_id", "amount", "unit", "indicator_id", "target", "record", "moment")),
        ("Quién responde", ("responsible_id", "sustained_by", "is_controllable", "dependence")),
        ("Si no se cumple", ("remedy_kind", "remedy", "remedy_days", "no_remedy_reason")),
    )
    folded = ()

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
            "indicator_id": [BLANK, *_indicators(institution)],
            "responsible_id": [BLANK, *unit_options(institution)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        for name, least in (("service_id", 2), ("attribute", 2), ("sustained_by", 1)):
            if len(choices[name]) < least:
                del self.fields[name]  # there is nothing to choose
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
            if not data.get("kind_id"):
                self.add_error("kind_id", "Elija a qué solicitudes se promete.")
            if not data.get("amount") and "amount" not in self.errors:
                self.add_error("amount", "Escriba el plazo.")
        elif data.get("form") == _FIGURE and not data.get("indicator_id"):
            self.add_error("indicator_id", "Elija el indicador.")
        kind = data.get("remedy_kind")
        if kind and kind != RemedyKind.NONE and not data.get("remedy") and data.get("form") == _GUARANTEE:
            self.add_error("remedy", "Escriba qué se hace, o elija «Ninguna».")
        if kind == RemedyKind.NONE and not data.get("no_remedy_reason"):
            self.add_error("no_remedy_reason", "Diga por qué: la carta lo explica.")
        data["remedy_days"] = data.get("remedy_days") or 10
        return data


def _indicators(institution: Institution) -> list[tuple[int, str]]:
    return list(followed(institution).order_by("name", "pk").values_list("pk", "name"))


class PrepublishForm(Form):
    """Until when everybody may comment a draft."""

    until = DateField(
        label="Comentarios hasta el", error_messages={"required": "Escriba el día."},
        help_text="Quince días corridos es lo usual.",
    )  # fmt: skip


class ReviewForm(Form):
    """What a reviewer says."""

    is_favourable = forms.TypedChoiceField(
        label="Su opinión", choices=[("si", "Favorable"), ("no", "Debe corregirse")],
        widget=forms.RadioSelect, coerce=lambda value: value == "si",
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip
    words = forms.CharField(
        label="Observaciones", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si debe corregirse, diga qué: la edición vuelve a borrador.",
    )  # fmt: skip


class ApproveForm(Form):
    """The act by which an edition is approved."""

    act = forms.CharField(
        label="Acto que la aprueba", max_length=150, error_messages={"required": "Escriba el acto."},
        help_text="Por ejemplo: Resolución exenta N.º 123.",
    )  # fmt: skip
    approved_on = DateField(label="Fecha del acto", error_messages={"required": "Escriba la fecha."})

    def __init__(self, edition: CharterEdition, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = today
        self.fields["seen"] = basis_field(edition.version)


class ReasonForm(Form):
    """Why an edition is given up."""

    reason = forms.CharField(
        label="Por qué", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué."},
    )  # fmt: skip


class WithdrawForm(ReasonForm):
    """When and why the edition in force ends."""

    last_on = DateField(
        label="Último día de vigencia", error_messages={"required": "Escriba el día."},
        help_text="Lo que se ingrese hasta ese día conserva lo prometido.",
    )  # fmt: skip
    field_order = ("last_on", "reason")


class AnswerForm(Form):
    """What becomes of a comment."""

    verdict = forms.ChoiceField(
        label="Qué se hace", choices=VerdictLabel.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip
    answer = forms.CharField(
        label="Respuesta", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escriba la respuesta."},
        help_text="Se publica junto al comentario.",
    )  # fmt: skip
    is_shown = forms.BooleanField(
        label="Mostrar el comentario en el portal", required=False, initial=True,
        help_text="Desmárquelo si nombra a personas u ofende: se publica solo la respuesta.",
    )  # fmt: skip
