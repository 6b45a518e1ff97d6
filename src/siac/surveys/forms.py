# SPDX-License-Identifier: EUPL-1.2
"""The forms of surveys: what a designer fills in, and what whoever answers does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from siac.cases.public import Channel, kinds
from siac.catalogue.public import topics
from siac.organizations.public import Institution
from siac.surveys.designing import branch_rows, branches_field, question_rows, questions_field
from siac.surveys.domain.interchange import MOST_BYTES
from siac.surveys.domain.questionnaire import (
    UNKNOWN,
    YES,
    BadAnswer,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    clean_answers,
)
from siac.surveys.models import Survey
from siac.surveys.ready import MODELS
from siac.surveys.texts import BAD_ANSWERS, CHROME, YES_NO
from siac.ui.forms import Form, basis_field, text_field


def _line(label: str, missing: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=150, error_messages={"required": missing}, **kwargs)


def _mark(label: str, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Escriba una nota.", "max_value": "Escriba una nota de la escala."},
        **kwargs,
    )


LARGEST_SHEET = 5 * 1024 * 1024
"""Bytes of a sheet of answers."""


SMALLEST = 3
"""No survey tells of fewer than this, whatever its body chooses."""


class SurveyForm(Form):
    """A survey: what stands around its questions, the questions, and how its answers are read."""

    name = _line("Nombre", "Escriba el nombre.", help_text="Cómo la llama el equipo.")
    title = _line("Título", "Escriba el título.", help_text="Lo que lee quien responde.")
    intro = text_field("Presentación", required=False, limit=2000, rows=3)
    thanks = text_field("Agradecimiento", required=False, limit=1000, rows=2)
    questions = questions_field(
        label="Preguntas",
        help_text="«Empieza una página» pone título a las preguntas que siguen. De la principal sale la "
        "satisfacción neta; si no marca ninguna, es la primera con notas.",
    )
    good_from = _mark(
        "Una nota es buena desde",
        help_text="Vacío: 6 de 7, 4 de 5, 9 de 10. La Ley 20.342 lo deja a su reglamento.",
    )
    bad_to = _mark("Una nota es mala hasta", help_text="Vacío: 4 de 7, 2 de 5, 6 de 10.")
    least = forms.IntegerField(
        label="Grupo más pequeño que se muestra",
        min_value=SMALLEST,
        max_value=100,
        initial=5,
        help_text="De menos respuestas que estas no se muestra ninguna cifra.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba un número.", "invalid": "Escriba un número.",
            "min_value": f"Escriba un número desde {SMALLEST}: entre menos se sabría quién dijo qué.",
            "max_value": "Escriba un número hasta 100.",
        },
    )  # fmt: skip
    is_active = forms.BooleanField(label="Recibe respuestas", required=False, initial=True)

    def __init__(self, survey: Survey, data: QueryDict | None = None) -> None:
        names = ("name", "title", "intro", "thanks", "good_from", "bad_to", "least", "is_active")
        initial = {name: getattr(survey, name) for name in names}
        super().__init__(data, initial=initial | {"questions": question_rows(survey.questionnaire)})
        self.fields["based_on"] = basis_field(survey.version)


def _days(label: str, most: int, least: int = 0, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba un número.", "invalid": "Escriba un número.",
            "min_value": f"Escriba un número desde {least}.", "max_value": f"Escriba un número hasta {most}.",
        },
    )  # fmt: skip


class SendingForm(Form):
    """After which answers a survey is sent by itself, and to whom not."""

    asks_after = forms.BooleanField(label="Enviarla después de responder una solicitud", required=False)
    asks_after_attention = forms.BooleanField(
        label="Enviarla después de una atención registrada",
        required=False,
        help_text="Una visita, una llamada o un correo que no fue solicitud, de quien dejó su correo. De los "
        "tipos no depende; de los temas y canales, sí.",
    )
    kinds = forms.TypedMultipleChoiceField(
        label="Solo de estos tipos", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.TypedMultipleChoiceField(
        label="Solo de estos temas", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label="Solo de las que llegaron por",
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    share = _days(
        "A cuántas de cada 100",
        100,
        1,
        "Se eligen al azar: nadie puede escoger a quién se pregunta.",
    )
    delay_days = _days("Días después de la respuesta o de la atención", 60)
    open_days = _days("Días para responder", 180, 1)
    rest_days = _days(
        "Días sin volver a preguntar a la misma persona",
        730,
        help_text="Cuenta cualquier encuesta, y también si la persona ingresó otra solicitud.",
    )

    def __init__(self, survey: Survey, institution: Institution, data: QueryDict | None = None) -> None:
        names = (
            "asks_after", "asks_after_attention", "kinds", "topics", "channels", "share", "delay_days",
            "open_days", "rest_days",
        )  # fmt: skip
        super().__init__(data, initial={name: getattr(survey, name) for name in names})
        known = [(pk, kind.name) for pk, kind in kinds(institution).items() if not kind.is_restricted]
        self.fields["kinds"].choices = known  # type: ignore[attr-defined]
        named = [(pk, topic.name) for pk, topic in topics(institution).items() if topic.is_active]
        self.fields["topics"].choices = named  # type: ignore[attr-defined]
        self.fields["based_on"] = basis_field(survey.version)


class BranchesForm(Form):
    """Which pages are shown only after some answers."""

    def __init__(self, survey: Survey, data: QueryDict | None = None) -> None:
        asked = survey.asked
        super().__init__(data, initial={"branches": branch_rows(asked)})
        self.fields["branches"] = branches_field(asked, label="Saltos")
        self.fields["based_on"] = basis_field(survey.version)


LANGUAGES = (("en", "Inglés"), ("arn", "Mapuzugun"), ("ay", "Aimara"), ("qu", "Quechua"), ("rap", "Rapa nui"),
             ("ht", "Criollo haitiano"), ("pt", "Portugués"))  # fmt: skip
"""What is spoken where the product is used, beside Spanish."""


class TranslationForm(Form):
    """Every text of a questionnaire in one other language; what is left empty is read in Spanish."""

    def __init__(self, survey: Survey, language: str, data: QueryDict | None = None) -> None:
        super().__init__(data)
        asked = survey.asked
        self.texts = [*dict.fromkeys([survey.title, survey.intro, survey.thanks, *asked.texts()])]
        self.texts = [text for text in self.texts if text]
        known = asked.translations.get(language, {})
        for number, text in enumerate(self.texts):
            widget = forms.Textarea(attrs={"rows": 2}) if len(text) > 80 else forms.TextInput()
            self.fields[f"t{number}"] = forms.CharField(
                label=text, required=False, max_length=2000, initial=known.get(text, ""), widget=widget
            )
        self.fields["based_on"] = basis_field(survey.version)

    @property
    def said(self) -> dict[str, str]:
        """What was written, by the text that it stands for."""
        written = ((text, self.cleaned_data[f"t{number}"]) for number, text in enumerate(self.texts))
        return {text: said for text, said in written if said}


class BeginForm(Form):
    """What a new survey begins with."""

    name = _line("Nombre", "Escriba el nombre.", help_text="Cómo la llama el equipo.")
    model = forms.ChoiceField(
        label="Empezar con",
        choices=[
            *((code, model.title) for code, model in MODELS.items()),
            ("blank", "Una pregunta y nada más"),
            ("file", "Un archivo: un cuestionario exportado o el libro de códigos de otra encuesta (JSON)"),
            ("xlsform", "Un formulario XLSForm (XLSX), como los de KoboToolbox u ODK"),
            ("sheet", "Una planilla con respuestas ya reunidas"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija con qué empezar."},
    )  # fmt: skip
    for_staff = forms.BooleanField(
        label="Se pregunta al personal",
        required=False,
        help_text="No se cambia después. Sus respuestas no cuentan en las cifras del servicio.",
    )
    file = forms.FileField(
        label="Archivo del cuestionario",
        required=False,
        help_text="Solo si eligió un archivo.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the file where it is the beginning."""
        data = super().clean() or {}
        file = data.get("file")
        if data.get("model") in ("file", "sheet", "xlsform") and file is None and "file" not in self.errors:
            self.add_error("file", "Elija el archivo.")
        most = LARGEST_SHEET if data.get("model") in ("sheet", "xlsform") else MOST_BYTES
        if file is not None and file.size > most:
            self.add_error("file", "El archivo es demasiado grande para lo que eligió.")
        return data


# What whoever answers fills in


@dataclass(frozen=True, slots=True)
class Part:
    """A question as the page draws it: one field, or several under its words."""

    question: Question
    label: str
    hint: str
    fields: Sequence[BoundField]
    is_scale: bool


class SectionForm(Form):
    """The questions of one section. Nothing is chosen beforehand; `answers` are those given earlier."""

    def __init__(
        self, questionnaire: Questionnaire, section: Section, language: str = "es",
        answers: Mapping[str, Any] | None = None, data: QueryDict | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.questionnaire, self.section, self.language = questionnaire, section, language
        self._names: dict[str, list[str]] = {}
        for question in section.questions:
            self._add(question, (answers or {}).get(question.code))

    def _said(self, text: str) -> str:
        return self.questionnaire.said(text, self.language)

    def _chrome(self, name: str) -> str:
        return CHROME.get(self.language, CHROME["es"])[name]

    def _add(self, question: Question, answer: Any) -> None:
        if question.kind is QuestionKind.MATRIX:
            told = answer if isinstance(answer, Mapping) else {}
            fields: dict[str, forms.Field] = {
                f"q_{question.code}_{number}": self._choice(
                    self._said(line), [(each, self._said(each)) for each in question.options],
                    required=question.required, initial=told.get(line),
                )
                for number, line in enumerate(question.lines)
            }  # fmt: skip
        elif question.kind is QuestionKind.RANKING:
            places = answer if isinstance(answer, list) else []
            blank = [("", "—"), *((each, self._said(each)) for each in question.options)]
            fields = {
                f"q_{question.code}_{number}": forms.ChoiceField(
                    label=f"{number + 1}.º", choices=blank, required=question.required,
                    initial=places[number] if number < len(places) else None,
                    error_messages={"required": self._chrome("owed")},
                )
                for number in range(len(question.options))
            }  # fmt: skip
        else:
            fields = {f"q_{question.code}": self._one(question, answer)}
        self.fields |= fields
        self._names[question.code] = list(fields)

    def _one(self, question: Question, answer: Any) -> forms.Field:
        shared: dict[str, Any] = {
            "label": self._said(question.label), "help_text": self._said(question.hint),
            "required": question.required, "initial": answer,
        }  # fmt: skip
        if question.kind is QuestionKind.TEXT:
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
                error_messages={"required": self._chrome("owed"), "max_length": self._chrome("long")},
                **shared,
            )  # fmt: skip
        if question.kind is QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(
                choices=[(each, self._said(each)) for each in question.options],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": self._chrome("owed")},
                **shared,
            )  # fmt: skip
        return self._choice(choices=self._choices(question), **shared)

    def _choice(self, label: str, choices: Sequence[tuple[Any, str]], **kwargs: Any) -> forms.ChoiceField:
        wrong = self._chrome("not_here")
        return forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect,
            error_messages={"required": self._chrome("owed"), "invalid_choice": wrong}, **kwargs,
        )  # fmt: skip

    def _choices(self, question: Question) -> list[tuple[str, str]]:
        if question.kind is QuestionKind.YES_NO:
            return [(code, self._chrome(code)) for code in (YES, "no")]
        if not question.marks:
            return [(each, self._said(each)) for each in question.options]
        ends = {question.marks[0]: question.low, question.marks[-1]: question.high}
        found = [(str(mark), f"{mark} {self._said(ends.get(mark, ''))}".strip()) for mark in question.marks]
        return [*found, (UNKNOWN, self._chrome(UNKNOWN))] if question.has_unknown else found

    @property
    def heading(self) -> str:
        """The title of the page."""
        return self._said(self.section.title)

    @property
    def lead(self) -> str:
        """What stands above its questions."""
        return self._said(self.section.intro)

    @property
    def parts(self) -> list[Part]:
        """The questions in their order, as the page draws them."""
        return [
            Part(
                question, self._said(question.label), self._said(question.hint),
                [self[name] for name in self._names[question.code]], bool(question.marks),
            )
            for question in self.section.questions
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the answers as they are kept; what does not fit stands beside its question."""
        data = super().clean() or {}
        self.answers: dict[str, object] = {}
        for question in self.section.questions:
            names = self._names[question.code]
            if any(name in self.errors for name in names):
                continue
            try:
                given = {question.code: self._given(question, data)}
                self.answers |= clean_answers([question], given)
            except BadAnswer as bad:
                words = BAD_ANSWERS.get(self.language, BAD_ANSWERS["es"])
                self.add_error(names[0], ValidationError(words[bad.code], code=bad.code))
        return data

    def _given(self, question: Question, data: Mapping[str, Any]) -> object:
        values = [data.get(name) for name in self._names[question.code]]
        if question.kind is QuestionKind.MATRIX:
            return dict(zip(question.lines, values, strict=True))
        if question.kind is QuestionKind.RANKING:
            return values if any(values) else None
        return values[0]


__all__ = [
    "LANGUAGES",
    "YES_NO",
    "BeginForm",
    "BranchesForm",
    "SectionForm",
    "SendingForm",
    "SurveyForm",
    "TranslationForm",
]
