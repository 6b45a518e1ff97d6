# SPDX-License-Identifier: EUPL-1.2
"""What an administrator fills in to say where requests of some sort go."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django import forms

from siac.cases.models import Channel, RoutingRule
from siac.cases.queries import kinds
from siac.cases.routing.queries import alternatives, question_codes
from siac.catalogue.public import topics
from siac.kernel.text import sort_key
from siac.organizations.public import Institution, colleagues, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, Form, basis_field, text_field
from siac.ui.rows import RowForm, RowsField

IN_TURN = "turno"
_SENDERS = [
    ("natural", "Una persona"),
    ("legal", "Una organización o empresa"),
    ("anonymous", "Alguien que no se identifica"),
]
_RESTRICTED = [("", "Da lo mismo"), ("si", "Solo las reservadas"), ("no", "Solo las que no son reservadas")]


def _several(label: str, *, coerce: Callable[[Any], Any] = str) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=coerce, widget=forms.CheckboxSelectMultiple
    )


def _one(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, widget=AutocompleteSelect, help_text=hint
    )


class AnswerRow(RowForm):
    """What a question of the filing form must be answered with."""

    widths = {"question": "wide", "words": "wide"}

    question = forms.ChoiceField(
        label="Pregunta",
        error_messages={
            "required": "Elija la pregunta.",
            "invalid_choice": "Ningún tipo pregunta eso: elija otra o quite la fila.",
        },
    )
    words = forms.CharField(label="La respuesta dice (vacío: cualquiera)", required=False, max_length=200)

    def __init__(self, *args: Any, asked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question"]
        field.choices = [BLANK, *((label, label) for label in sorted(asked, key=sort_key))]
        now = self["question"].value()
        if now and now not in asked:  # it stands there, is said to be none, and cannot be saved
            field.widget.choices = [*field.choices, (now, f"{now} (ya no se pregunta)")]

    def clean_words(self) -> str:
        """Read the words; a bar divides the line that is stored."""
        return str(self.cleaned_data["words"]).replace("|", " ")


class RoutingRuleForm(Form):
    """A rule: when it acts, and what it does."""

    WHEN = ("words", "places", "answers", "kinds", "channels", "topics", "senders", "restricted")
    THEN = ("set_unit", "assign", "set_topic", "set_restricted")
    REST = ("on_classified", "is_active")

    name = forms.CharField(
        label="Nombre",
        max_length=100,
        help_text="Por ejemplo: Baches a la cuadrilla de calles.",
        error_messages={"required": "Escriba el nombre."},
    )
    words = text_field(
        "Palabras del texto",
        required=False,
        limit=2000,
        rows=3,
        hint=(
            "Una alternativa por línea; deben estar todas las "
            "palabras de la línea. No importan tildes ni plurales."
        ),
    )
    places = text_field(
        "Lugar: comuna, barrio o calle",
        required=False,
        limit=2000,
        rows=3,
        hint="Una alternativa por línea.",
    )
    answers = RowsField(
        AnswerRow,
        label="Respuestas a las preguntas del formulario",
        help_text="Deben cumplirse todas. No importan tildes ni plurales.",
        thing="Respuesta",
        add="Agregar respuesta",
        limit=10,
        ordered=False,
    )
    based_on = basis_field(None)
    kinds = _several("Tipo de solicitud", coerce=int)
    channels = _several("Canal")
    topics = _several("Tema que ya tiene", coerce=int)
    senders = _several("Quién escribe")
    restricted = forms.ChoiceField(
        label="Reserva", required=False, choices=_RESTRICTED, widget=forms.RadioSelect
    )
    set_unit = _one("Derivar a")
    assign = forms.ChoiceField(label="Responsable", required=False)
    set_topic = _one("Poner el tema", "Si no se deriva a una unidad, va a la que responde el tema.")
    set_restricted = forms.BooleanField(
        label="Hacerla reservada", required=False, help_text="Solo la leerán las personas autorizadas."
    )
    on_classified = forms.BooleanField(
        label="También cuando alguien cambia el tipo o el tema de una solicitud",
        required=False,
    )
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].row = partial(AnswerRow, asked=question_codes(institution))  # type: ignore[attr-defined]
        named = [(pk, topic.name) for pk, topic in topics(institution).items() if topic.is_active]
        people = [(str(pk), name) for pk, name in colleagues(institution)]
        options: dict[str, list[tuple[Any, str]]] = {
            "kinds": [(pk, kind.name) for pk, kind in kinds(institution).items() if kind.is_active],
            "channels": [(c.value, c.label) for c in Channel if c is not Channel.IMPORT],
            "topics": list(named),
            "senders": list(_SENDERS),
            "set_unit": [("", "No derivar"), *unit_options(institution)],
            "set_topic": [("", "Dejar el que tenga"), *named],
            "assign": [("", "Nadie"), (IN_TURN, "Por turno entre quienes atienden la unidad"), *people],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """Read the words of the text."""
        return self._worded("words")

    def clean_places(self) -> str:
        """Read the words of the place."""
        return self._worded("places")

    def _worded(self, name: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip() and not alternatives(line):
                raise forms.ValidationError(
                    f"Línea {number}: «{line.strip()}» no tiene palabras que se puedan buscar."
                )
        return text

    def clean_answers(self) -> str:
        """Return the answers as they are stored: question | words, one a line."""
        return "\n".join(f"{row['question']} | {row['words']}" for row in self.cleaned_data["answers"])

    def values(self) -> dict[str, Any]:
        """Return the fields of the rule; call it on a valid form."""
        data = dict(self.cleaned_data)
        del data["based_on"]
        assign = data.pop("assign")
        data["restricted"] = {"si": True, "no": False}.get(data["restricted"])
        data["in_turn"] = assign == IN_TURN
        data["set_assignee_id"] = int(assign) if assign.isdigit() else None
        data["set_unit_id"], data["set_topic_id"] = data.pop("set_unit"), data.pop("set_topic")
        return data

    def sections(self) -> list[tuple[str, str, list[Any]]]:
        """Return the fields in their sections, for the template: title, explanation, fields."""
        when = "Deben cumplirse todas las que complete. Lo que deje vacío no importa."
        then = "Lo que diga quien ingresa la solicitud, o una regla de más arriba, no se cambia."
        parts = (("Cuándo actúa", when, self.WHEN), ("Qué hace", then, self.THEN), ("", "", self.REST))
        return [(title, words, [self[name] for name in names]) for title, words, names in parts]


def initial_of(rule: RoutingRule) -> dict[str, Any]:
    """Return how the form shows a rule."""
    names = (
        "name", "words", "places", "kinds", "channels", "topics", "senders", "set_restricted",
        "on_classified", "is_active",
    )  # fmt: skip
    shown = {name: getattr(rule, name) for name in names}
    restricted = {None: "", True: "si", False: "no"}[rule.restricted]
    assign = IN_TURN if rule.in_turn else str(rule.set_assignee_id or "")
    lines = [line.partition("|") for line in rule.answers.splitlines() if line.strip()]
    answers = [{"question": label.strip(), "words": words.strip()} for label, _, words in lines]
    return shown | {
        "answers": answers,
        "based_on": rule.version,
        "restricted": restricted,
        "assign": assign,
        "set_unit": rule.set_unit_id,
        "set_topic": rule.set_topic_id,
    }
