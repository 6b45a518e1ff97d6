# SPDX-License-Identifier: EUPL-1.2
"""The whole questionnaire on one page, for people of the house who read it aloud or copy it from paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from siac.organizations.public import Institution
from siac.servicepoints.public import service_points
from siac.surveys.designing import condition_words
from siac.surveys.domain.questionnaire import Questionnaire, Section
from siac.surveys.forms import Part, SectionForm
from siac.surveys.reading import answer_words
from siac.ui.forms import AutocompleteSelect


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of the questionnaire as it stands on the one page: when it is asked, and its questions."""

    heading: str
    lead: str
    conditions: Sequence[str]
    parts: Sequence[Part]


class WholeForm(SectionForm):
    """All questions at once. What stands in a page that the answers leave out is not taken, and owed by
    nobody; with `may_be_partial` nothing is owed. `answers` are then those of what is asked.
    """

    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    """The questions of which whoever enters it saw that the first time they said something else."""

    def __init__(
        self, whole: Questionnaire, data: QueryDict | None = None, *, may_be_partial: bool = False
    ) -> None:
        self.whole, self.may_be_partial = whole, may_be_partial
        super().__init__(whole, Section("", "", tuple(whole.questions)), data=data)

    def _choice(self, label: str, choices: Sequence[tuple[Any, str]], **kwargs: Any) -> forms.ChoiceField:
        if not kwargs.get("required"):
            choices = [*choices, ("", "Sin respuesta")]
        return super()._choice(label, choices, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the answers to what is asked; of the rest nothing is wrong."""
        data = super().clean()
        asked = {q.code for section in self.whole.shown(self.answers) for q in section.questions}
        for question in self.section.questions:
            for name in self._names[question.code]:
                if name in self.errors and (question.code not in asked or self._is_only_owed(name)):
                    del self.errors[name]
        self.answers = self.whole.kept(self.answers)
        return data

    def _is_only_owed(self, name: str) -> bool:
        codes = {error.code for error in self.errors.as_data()[name]}
        return self.may_be_partial and codes <= {"required", "answer_owed"}

    @property
    def pages(self) -> list[EntryPage]:
        """The questions by page, as the template draws them."""
        parts = {part.question.code: part for part in self.parts}
        return [
            EntryPage(
                section.title, section.intro, condition_words(self.whole, section.code),
                [parts[question.code] for question in section.questions],
            )
            for section in self.whole.sections
        ]  # fmt: skip

    def tell_differences(self, first: Mapping[str, object]) -> None:
        """Say beside each question that was entered otherwise the first time what it said; whoever sends the
        page again has seen it.
        """
        for code, answer in first.items():
            question = self.whole.question(code)
            if question is not None:
                words = answer_words(question, answer) or "sin respuesta"
                self.add_error(
                    self._names[code][0],
                    f"La primera vez se ingresó «{words[:300]}». Vea el papel y deje lo que dice.",
                )
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        typed["seen"] = " ".join(first)
        self.data = typed

    @property
    def seen_codes(self) -> list[str]:
        """The questions whose difference was seen."""
        return str(self.cleaned_data.get("seen") or "").split()


class EntryForm(WholeForm):
    """A whole answer with where it was given and, of a paper, how to find it again."""

    def __init__(
        self, institution: Institution, whole: Questionnaire, data: QueryDict | None = None, *,
        is_paper: bool, may_be_partial: bool,
    ) -> None:  # fmt: skip
        super().__init__(whole, data, may_be_partial=may_be_partial)
        points = [(pk, row.name) for pk, row in service_points(institution).items() if row.is_active]
        self.fields["point_id"] = forms.TypedChoiceField(
            label="Punto de atención", required=False, coerce=int, empty_value=None,
            choices=[("", "Ninguno"), *points], widget=AutocompleteSelect,
        )  # fmt: skip
        if is_paper:
            self.fields["mark"] = forms.CharField(
                label="Número de la hoja", required=False, max_length=40,
                help_text="Para volver a encontrarla. Se borra cuando los dos ingresos coinciden.",
            )  # fmt: skip

    @property
    def around(self) -> list[Any]:
        """The fields that are no question."""
        return [self[name] for name in ("mark", "point_id") if name in self.fields]
