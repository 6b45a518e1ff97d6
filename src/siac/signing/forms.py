# SPDX-License-Identifier: EUPL-1.2
"""Forms of the signature of a body."""

from typing import Any

from django import forms

from siac.signing.commands.asking import MOST_BYTES
from siac.signing.commands.certificates import LARGEST
from siac.signing.domain.ports import Port
from siac.signing.models import SigningPort, SigningSetup
from siac.ui.forms import Form, ModelForm, SheetField


class CertificateForm(Form):
    """The file of a certificate and what opens it."""

    file = SheetField(
        most=LARGEST,
        label="Archivo del certificado (.p12 o .pfx)",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        help_text="El que le dio su proveedor, con su clave privada. Pesa menos de 64 KB.",
        error_messages={"large": "Ese archivo es muy grande para ser un certificado."},
    )
    password = forms.CharField(
        label="Clave del archivo",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Se usa una vez para abrirlo y no se guarda.",
    )


class SetupForm(ModelForm):
    """How the body signs."""

    class Meta:
        model = SigningSetup
        fields = ("stamps", "signs_answers")
        help_texts = {
            "stamps": (
                "Dirección de una autoridad que prueba la hora de cada firma (RFC 3161). En blanco: la de la "
                "instalación, si tiene una; si no, se firma sin sello."
            ),
            "signs_answers": (
                "La carta de cada respuesta se firma por sí sola, y la persona la encuentra poco después "
                "junto a la respuesta."
            ),
        }


class ProgramForm(ModelForm):
    """Whether a body signs by a program that asks nothing of it."""

    class Meta:
        model = SigningPort
        fields = ("is_active",)


class ServiceForm(ModelForm):
    """By what a service that signs knows a body."""

    token_key = forms.CharField(
        label="Código de la aplicación (api_token_key)",
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    secret = forms.CharField(
        label="Secreto de la aplicación",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order: tuple[str, ...] = ("address", "entity", "run", "purpose", "token_key", "secret", "is_active")

    class Meta:
        model = SigningPort
        fields = ("address", "entity", "run", "purpose", "is_active")
        help_texts = {
            "address": "La que indica FirmaGob; termina en /firma/v2/files/tickets.",
            "entity": "Tal como está inscrita en FirmaGob.",
            "run": "De quien tiene el certificado, sin puntos, guion ni dígito verificador.",
            "purpose": "Por ejemplo «Desatendido».",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].always_asked = True  # type: ignore[attr-defined]  # all of them, once in use
        known = bool(bytes(self.instance.sealed))
        for name in ("token_key", "secret"):
            self.fields[name].help_text = (
                "Déjelo en blanco para conservar el actual." if known else "Se guarda cifrado."
            )


class PlatformForm(ServiceForm):
    """By what Firma Perú knows a body."""

    field_order = ("address", "token_key", "secret", "is_active")

    class Meta:
        model = SigningPort
        fields = ("address", "is_active")
        help_texts = {
            "address": "De donde Firma Perú da permiso para firmar; termina en /api/security/generate-token."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token_key"].label = "Código del cliente (client_id)"
        self.fields["secret"].label = "Secreto del cliente (client_secret)"


PORT_FORMS: dict[Port, type[ModelForm]] = {
    Port.AUTOFIRMA: ProgramForm,
    Port.FIRMAGOB: ServiceForm,
    Port.FIRMAPERU: PlatformForm,
}
"""The form of each way to a signature outside."""


class SignedForm(Form):
    """A document that comes back signed."""

    file = SheetField(
        most=MOST_BYTES,
        label="PDF firmado",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="El mismo archivo que descargó, solo con su firma.",
    )


class AnnulForm(Form):
    """Why a signature does not count any more."""

    reason = forms.CharField(
        label="Por qué se anula",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lo lee el equipo. No escriba datos personales.",
        error_messages={"required": "Diga por qué se anula."},
    )


class ReasonForm(Form):
    """What is said instead of why a signature was annulled, once that is erased."""

    reason = forms.CharField(
        label="Motivo en su lugar",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lo lee el equipo. No escriba datos personales.",
    )


class CheckForm(Form):
    """The code of a signed document, and the document where somebody has it at hand."""

    code = forms.CharField(
        label="Código del documento",
        max_length=60,
        help_text="Está al pie de cada página, por ejemplo K7QF-2M9D-XWPA.",
    )
    file = SheetField(
        most=MOST_BYTES,
        label="El documento en PDF",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="Para saber si es ese mismo. Se compara y no se guarda.",
    )
