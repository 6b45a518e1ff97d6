# SPDX-License-Identifier: EUPL-1.2
"""Fields and parts that the forms of cases share."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from siac.kernel.questions import Question, QuestionType
from siac.organizations.public import Institution
from siac.people.public import PersonData, PersonKind
from siac.ui.forms import BLANK, DateField, Form, text_field


def question_field(question: Question) -> forms.Field:
    """Return the form field that asks `question`."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.required,
    }
    if question.type is QuestionType.CHOICE:
        options = [(option, option) for option in question.options]
        return forms.ChoiceField(choices=[BLANK, *options], **common)
    if question.type is QuestionType.DATE:
        return DateField(**common)
    if question.type is QuestionType.TEXT:
        return text_field(question.label, hint=question.hint, required=question.required, limit=4000, rows=4)
    return forms.CharField(max_length=300, **common)


class QuestionsMixin(forms.Form):
    """A form that asks the questions of a kind, each in a field `q_<code>`."""

    questions: Sequence[Question] = ()

    def question_fields(self) -> list[BoundField]:
        """Return the fields of the questions, for templates."""
        return [self[f"q_{question.code}"] for question in self.questions]

    def answers(self) -> dict[str, str]:
        """Return the answers as text; call it on a valid form."""
        given = {question.code: self.cleaned_data.get(f"q_{question.code}") for question in self.questions}
        return {code: str(value) for code, value in given.items() if value}


def document_options(institution: Institution) -> list[tuple[str, str]]:
    """Return the identity documents of a body's country, most usual first."""
    return [(document.code, document.name) for document in institution.country.documents]


def typed_person(data: dict[str, Any]) -> PersonData:
    """Return the typed person; an organisation is named with whoever writes for it."""
    legal = bool(data["legal_name"])
    writer = f"{data['given_names']} {data['family_names']}".strip()
    organisation = f"{data['legal_name']} (por {writer})" if writer else data["legal_name"]
    return PersonData(
        kind=PersonKind.LEGAL if legal else PersonKind.NATURAL,
        given_names="" if legal else data["given_names"],
        family_names=organisation if legal else data["family_names"],
        document_type=data["document_type"] if data["document_number"] else "",
        document_number=data["document_number"],
        email=data["email"],
        phone=data["phone"],
        address=data["address"],
    )


class OfferedField(forms.Field):
    """What had been suggested when a choice was made: ids that the page sends along, at most three of
    a sort.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> tuple[int, ...]:
        """Return the ids in the order they were shown; what is no id is left out."""
        ids = [each for each in (value or ())[:3] if each.isascii() and each.isdigit() and len(each) < 18]
        return tuple(int(each) for each in ids)


class VersionedForm(Form):
    """A form that acts on a case as it was when the page was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
