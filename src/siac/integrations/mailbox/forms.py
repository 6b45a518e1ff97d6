# SPDX-License-Identifier: EUPL-1.2
"""Forms of mailboxes and their mail."""

from typing import Any

from django import forms

from siac.cases.public import kinds, parse_folio
from siac.integrations.mailbox.models import Mailbox
from siac.organizations.public import Institution, unit_tree
from siac.ui.forms import AutocompleteSelect, DateField, Form, ModelForm

BLANK = ("", "Elija…")


def kind_options(institution: Institution) -> list[tuple[Any, str]]:
    """Return the active kinds of request of a body as options."""
    return [(pk, kind.name) for pk, kind in kinds(institution).items() if kind.is_active]


def unit_options(institution: Institution) -> list[tuple[Any, str]]:
    """Return the active units of a body as options, each indented under the one it depends on."""
    return [
        (n.pk, "\u2014 " * depth + n.name) for depth, n in unit_tree(institution).outline() if n.is_active
    ]


class MailboxForm(ModelForm):
    """A mailbox."""

    password = forms.CharField(
        label="Contraseña",
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    since = DateField(
        label="Recibir los correos llegados desde",
        help_text="Los anteriores se quedan en la casilla y no se ingresan.",
    )

    class Meta:
        model = Mailbox
        fields = (
            "name", "address", "host", "security", "port", "username", "folder", "done_folder", "kind", "unit",
            "since", "is_active",
        )  # fmt: skip
        help_texts = {
            "name": "Como la llama su equipo, por ejemplo «Contacto».",
            "address": "La que conocen las personas. Las respuestas a los avisos llegan ahí.",
            "host": "Por ejemplo imap.ejemplo.cl.",
            "folder": "INBOX es la bandeja de entrada.",
            "done_folder": "Sin ella, los correos quedan donde están, marcados como leídos.",
            "kind": "En qué se convierte cada correo nuevo. Después se puede reclasificar.",
        }

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(
            ["name", "address", "host", "security", "port", "username", "password", "folder", "done_folder"]
        )
        known = self.instance.pk is not None
        self.fields["password"].always_asked = not known  # type: ignore[attr-defined]
        self.fields["password"].help_text = (
            "Déjela en blanco para conservar la actual." if known else "Se guarda cifrada."
        )
        self.fields["kind"].choices = [BLANK, *kind_options(institution)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "La del tipo o el tema"), *unit_options(institution)]  # type: ignore[attr-defined]
        for name in ("kind", "unit"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.filter(institution=institution)


class FileMailForm(Form):
    """What a mail becomes."""

    kind_id = forms.TypedChoiceField(label="Tipo", coerce=int, error_messages={"required": "Elija el tipo."})
    unit_id = forms.TypedChoiceField(
        label="Derivar a", coerce=int, required=False, empty_value=None, widget=AutocompleteSelect
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = [BLANK, *kind_options(institution)]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "La de la casilla o del tipo"), *unit_options(institution)]  # type: ignore[attr-defined]


class AddMailForm(Form):
    """The request a mail belongs to."""

    folio = forms.CharField(
        label="Folio de la solicitud",
        max_length=20,
        help_text="Por ejemplo 2026-000123.",
        error_messages={"required": "Escriba el folio."},
    )

    def clean_folio(self) -> tuple[int, int]:
        """Return (year, number)."""
        number = parse_folio(self.cleaned_data["folio"])
        if number is None:
            raise forms.ValidationError("Escriba el folio completo, por ejemplo 2026-000123.")
        return number
