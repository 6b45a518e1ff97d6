# SPDX-License-Identifier: EUPL-1.2
"""Forms of the page without network, which its script fills from the package, and those of who reviews."""

from django import forms

from siac.cases.public import StaffFilingForm
from siac.ui.forms import BLANK, Form, text_field

_BY_SCRIPT = (BLANK,)
_PERSON = (
    "given_names", "family_names", "legal_name", "document_type", "document_number", "email", "phone",
    "address",
)  # fmt: skip


def _same(form: type[Form], name: str) -> forms.Field:
    """Return a field named and worded as that of the desk."""
    field = form.base_fields[name]
    widget = forms.EmailInput if isinstance(field, forms.EmailField) else forms.TextInput
    return forms.CharField(
        label=field.label,
        help_text=field.help_text,
        required=False,
        max_length=getattr(field, "max_length", None),
        widget=widget(attrs={"autocomplete": "off"}),
    )


class _Shell(Form):
    """A form that is never sent: the page reads it, seals it, and sends it when there is a network."""

    privacy_told = forms.BooleanField(label="Informé a la persona cómo se usan sus datos", required=False)

    def __init__(self) -> None:
        super().__init__(auto_id=f"{self.prefix_of_ids}_%s")
        for name in _PERSON:
            if name == "document_type":
                self.fields[name] = _choice("Tipo de documento")
            else:
                self.fields[name] = _same(StaffFilingForm, name)
            self.fields[name].always_asked = True  # type: ignore[attr-defined]

    prefix_of_ids = ""

    @property
    def contact_fields(self) -> list[forms.BoundField]:
        """What is mostly asked of a person."""
        names = ("document_number", "document_type", "email", "phone", "given_names", "family_names")
        return [self[name] for name in names]

    @property
    def rest_fields(self) -> list[forms.BoundField]:
        """What few people need."""
        return [self[name] for name in ("legal_name", "address")]


def _choice(label: str, *, required: bool = False, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_BY_SCRIPT, required=required, help_text=hint)


class RequestShell(_Shell):
    """A request, as the desk asks for it."""

    prefix_of_ids = "s"
    kind = _choice("Tipo", required=True)
    channel = _choice("Canal", required=True)
    service_point = _choice("Punto de atención")
    topic = _choice("Tema")
    body = text_field("Qué pide o qué pasó", rows=5)


class AttentionShell(_Shell):
    """An attention, as the desk asks for it."""

    prefix_of_ids = "a"
    subject = forms.CharField(
        label="De qué se trató",
        max_length=200,
        required=False,
        help_text="En pocas palabras, sin nombres ni documentos.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    channel = _choice("Canal", required=True)
    service_point = _choice("Punto de atención")
    unit = _choice("Unidad que atendió", required=True)
    topic = _choice("Tema")
    minutes = forms.CharField(
        label="Minutos que duró",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}),
    )
    is_resolved = forms.BooleanField(label="Quedó resuelta", required=False, initial=True)


class DropForm(Form):
    """Why a record is put away without filing it."""

    reason = forms.CharField(
        label="Por qué se archiva sin ingresar",
        max_length=200,
        help_text="Por ejemplo: ya se ingresó por carta, era una prueba.",
        error_messages={"required": "Escriba por qué se archiva sin ingresar."},
    )
