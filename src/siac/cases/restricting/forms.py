# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to restrict a case."""

from django import forms

from siac.cases.forms.fields import VersionedForm
from siac.cases.restricting.commands import Ground


class RestrictForm(VersionedForm):
    """Why a case is restricted."""

    ground = forms.ChoiceField(
        label="¿Por qué?",
        choices=[
            (Ground.MINORS.value, "Hay niños, niñas o adolescentes"),
            (Ground.WRONGDOING.value, "Denuncia una falta o un delito"),
            (Ground.RISK.value, "Alguien puede correr peligro si se conoce"),
            (Ground.HEALTH.value, "Trata de salud u otros datos sensibles"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija la razón."},
    )
