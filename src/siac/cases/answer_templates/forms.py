# SPDX-License-Identifier: EUPL-1.2
"""What is filled in for a template of answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siac.cases.domain.variables import VARIABLES, check_variables
from siac.kernel.errors import Refused
from siac.ui.forms import Form, text_field
from siac.ui.public import refusal_text

_KNOWN = ", ".join(f"{{{name}}} ({meaning})" for name, meaning in VARIABLES.items())


class TemplateForm(Form):
    """A template; `scopes` are the options of for whom it is."""

    title = forms.CharField(label="Título", max_length=80, error_messages={"required": "Escriba el título."})
    scope = forms.ChoiceField(label="Para quién")
    body = text_field("Texto", hint=f"Puede usar: {_KNOWN}.", rows=12, missing="Escriba el texto.")
    is_active = forms.BooleanField(label="Se ofrece al responder", required=False, initial=True)

    def __init__(self, scopes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def clean_body(self) -> str:
        """Check the variables where they are written."""
        body: str = self.cleaned_data["body"]
        try:
            check_variables(body)
        except Refused as refused:
            raise ValidationError(refusal_text(refused)) from refused
        return body
