# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to name a list."""

from typing import Any

from django import forms

from siac.ui.forms import Form


class SavedViewForm(Form):
    """A name, and for whom; `scopes` are the options of the latter."""

    name = forms.CharField(
        label="Nombre de la vista", max_length=60, error_messages={"required": "Escriba un nombre."}
    )
    scope = forms.ChoiceField(label="Para quién")

    def __init__(self, scopes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
