# SPDX-License-Identifier: EUPL-1.2
"""Forms of mailboxes and their mail."""

from typing import Any

from django import forms

from siac.cases.public import kinds, parse_folio
from siac.integrations.mailbox.models import Mailbox
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, unit_options
from siac.people.public import is_mail_address
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, Form, ModelForm


def kind_options(institution: Institution) -> list[tuple[Any, str]]:
    """Return the active kinds of request of a body as options."""
    return [(pk, kind.name) for pk, kind in kinds(institution).items() if kind.is_active]


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
            "name",
            "address",
            "host",
            "security",
            "port",
            "username",
            "folder",
            "done_folder",
            "kind",
            "unit",
            "since",
            "checking_server",
            "relaying_senders",
            "is_active",
        )
        help_texts = {
            "name": "Como la llama su equipo, por ejemplo «Contacto».",
            "address": "La que conocen las personas. Las respuestas a los avisos llegan ahí.",
            "host": "Por ejemplo imap.ejemplo.cl.",
            "folder": "INBOX es la bandeja de entrada.",
            "done_folder": "Sin ella, los correos quedan donde están, marcados como leídos.",
            "relaying_senders": "Una dirección por línea, por ejemplo la del "
            "formulario de su sitio web. De los correos que "
            "lleguen desde ahí, la persona es la que indique "
            "«Responder a» (Reply-To), y a ella se le contesta.",
            "checking_server": "El nombre que su servidor de correo escribe al "
            "comienzo de «Authentication-Results», por ejemplo "
            "mx.ejemplo.cl. Lo que él no compruebe (DMARC, DKIM o SPF) "
            "no entra por sí solo en una solicitud: espera a una persona.",
            "kind": "En qué se convierte cada correo nuevo. Después se puede reclasificar.",
        }

    def clean_relaying_senders(self) -> str:
        """Return the addresses, one a line."""
        lines = [squeeze(line).casefold() for line in self.cleaned_data["relaying_senders"].splitlines()]
        wrong = [line for line in lines if line and not is_mail_address(line)]
        if wrong:
            raise forms.ValidationError(f"«{wrong[0]}» no es una dirección de correo. Escriba una por línea.")
        return "\n".join(dict.fromkeys(line for line in lines if line))

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

    email = forms.CharField(
        label="Correo de la persona",
        required=False,
        max_length=254,
        help_text="Solo si el correo no dice de quién viene, o viene de otra dirección.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        """Return the address in small letters, empty where none was typed."""
        address: str = self.cleaned_data["email"].casefold()
        if address and not is_mail_address(address):
            raise forms.ValidationError("Escriba el correo como nombre@ejemplo.org.")
        return address

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
