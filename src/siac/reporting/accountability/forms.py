# SPDX-License-Identifier: EUPL-1.2
"""The forms of letters."""

from datetime import date
from typing import Any

from django import forms

from siac.reporting.domain.letters import LONGEST_WORDS, periods_over
from siac.ui.forms import Form, PickedDay

_WORDS: dict[str, Any] = {"max_length": LONGEST_WORDS, "widget": forms.Textarea(attrs={"rows": 8})}


class PeriodForm(Form):
    """Of which period account is rendered."""

    period = forms.ChoiceField(
        label="Período", error_messages={"invalid_choice": "Elija un período de la lista."},
        help_text="Un año o un semestre que ya terminó.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(each.code, f"{each.words[:1].upper()}{each.words[1:]}") for each in periods_over(today)]
        self.fields["period"].choices = options  # type: ignore[attr-defined]


class WordsForm(Form):
    """What the authority says before and after the figures."""

    greeting = forms.CharField(
        label="Saludo", help_text="Va antes de las cifras. Lo leen todos.",
        error_messages={"required": "Escriba el saludo."}, **_WORDS,
    )  # fmt: skip
    closing = forms.CharField(
        label="Cierre", help_text="Va después de las cifras. No nombre a personas.",
        error_messages={"required": "Escriba el cierre."}, **_WORDS,
    )  # fmt: skip


class SendingForm(Form):
    """To whom above a letter was sent, and when."""

    recipient = forms.CharField(
        label="A qué oficina se envió", max_length=150,
        error_messages={"required": "Escriba a qué oficina se envió."},
        help_text="La oficina, no la persona.",
    )  # fmt: skip
    sent_on = PickedDay(
        label="Cuándo se envió", error_messages={"required": "Escriba el día en que se envió."}
    )
    how = forms.CharField(
        label="Cómo consta", required=False, max_length=300, help_text="Por ejemplo, el número del oficio."
    )
