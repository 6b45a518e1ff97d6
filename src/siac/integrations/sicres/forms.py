# SPDX-License-Identifier: EUPL-1.2
"""Forms of the exchange."""

from typing import Any

from django import forms

from siac.cases.public import VersionedForm, kinds
from siac.integrations.sicres.domain.parsing import MOST_BYTES
from siac.integrations.sicres.texts import REFUSALS
from siac.organizations.public import Institution
from siac.ui.forms import Form, SheetField

_CODE = "Nueve letras y números de DIR3, por ejemplo {}."


def _kinds(institution: Institution) -> list[tuple[int, str]]:
    return [(each.pk, each.name) for each in kinds(institution).values() if each.is_active]


class OfficeForm(Form):
    """The registry office of the body."""

    office_code = forms.CharField(
        label="Código de la oficina de registro", max_length=21, help_text=_CODE.format("O00001234")
    )
    office_name = forms.CharField(label="Nombre de la oficina", max_length=80)
    unit_code = forms.CharField(
        label="Código del organismo o unidad", max_length=21, help_text=_CODE.format("L01280796")
    )
    kind_id = forms.TypedChoiceField(
        label="Tipo de solicitud de lo que llega", coerce=int, help_text="Se puede cambiar en cada entrada."
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = _kinds(institution)  # type: ignore[attr-defined]


class BringForm(Form):
    """A file of exchange or a message."""

    file = SheetField(
        most=MOST_BYTES,
        label="Archivo de intercambio o mensaje",
        help_text="XML, o ZIP con el XML y sus anexos. Hasta 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".xml,.zip"}),
        error_messages={
            "required": "Elija el archivo.",
            "large": REFUSALS["sicres_large"].format(most=MOST_BYTES // 1_000_000),
        },
    )


class FileEntryForm(Form):
    """As what a request is made of an entry."""

    kind_id = forms.TypedChoiceField(label="Tipo de solicitud", coerce=int)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = _kinds(institution)  # type: ignore[attr-defined]


class RejectEntryForm(Form):
    """Why an entry is rejected."""

    reason = forms.CharField(
        label="Por qué se rechaza",
        max_length=80,
        help_text="Se comunica a la oficina de origen; la norma deja 80 signos.",
        error_messages={"required": "Escriba por qué se rechaza."},
    )


class SendForm(VersionedForm):
    """To which office a request is sent."""

    name = forms.CharField(
        label="Organismo de destino",
        max_length=80,
        error_messages={"required": "Escriba el nombre del organismo."},
    )
    office_code = forms.CharField(
        label="Código de su oficina de registro",
        max_length=21,
        help_text=_CODE.format("O00001234"),
        error_messages={"required": "Escriba el código de su oficina de registro."},
    )
    unit_code = forms.CharField(label="Código de su unidad, si se sabe", max_length=21, required=False)
    note = forms.CharField(label="Observaciones", max_length=50, required=False)


class TransferAcceptedForm(Form):
    """What the person is told of where their request went."""

    reason = forms.CharField(
        label="Razones",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="Se comunican a la persona.",
        error_messages={"required": "Escriba las razones."},
    )
