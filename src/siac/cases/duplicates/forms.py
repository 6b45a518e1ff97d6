# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to archive what repeats."""

from django import forms

from siac.cases.forms.fields import VersionedForm


class DuplicateForm(VersionedForm):
    """Which resolved case it repeats."""

    of = forms.CharField(
        label="Folio de la solicitud ya respondida",
        max_length=20,
        help_text="Por ejemplo 2026-000123.",
        error_messages={"required": "Escriba el folio."},
    )
    reason = forms.CharField(
        label="Razones", required=False, max_length=2000, help_text="Se comunican a la persona.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
