# SPDX-License-Identifier: EUPL-1.2
"""The form of keeping a case beyond its term."""

from django import forms

from siac.cases.forms.fields import VersionedForm


class HoldForm(VersionedForm):
    """Why a case is kept."""

    reason = forms.CharField(
        label="¿Por qué se conserva?",
        max_length=300,
        help_text="Por ejemplo: juicio en el 2.º Juzgado Civil, rol C-123-2026.",
        error_messages={"required": "Escriba por qué se conserva."},
    )
