# SPDX-License-Identifier: EUPL-1.2
"""Forms of the signature of a body."""

from django import forms

from siac.signing.commands.asking import MOST_BYTES
from siac.signing.commands.certificates import LARGEST
from siac.signing.models import SigningSetup
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


class SignedForm(Form):
    """A document that comes back signed."""

    file = SheetField(
        most=MOST_BYTES,
        label="PDF firmado",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="El mismo archivo que descargó, solo con su firma.",
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
