# SPDX-License-Identifier: EUPL-1.2
"""What an officer fills in to link a case or to split it."""

from django import forms

from siac.cases.commands.filing import SUBJECT_LIMIT
from siac.cases.forms.actions import ClassifyForm
from siac.cases.forms.fields import VersionedForm
from siac.ui.forms import text_field


class LinkForm(VersionedForm):
    """Which other case belongs with this one."""

    other = forms.CharField(
        label="Folio de la otra solicitud",
        max_length=20,
        help_text="Por ejemplo 2026-000123.",
        error_messages={"required": "Escriba el folio."},
    )


class SplitForm(ClassifyForm):
    """Which part becomes a case of its own, and of what kind."""

    offered = None  # type: ignore[assignment]
    subject = forms.CharField(
        label="Asunto", max_length=SUBJECT_LIMIT, error_messages={"required": "Escriba el asunto."}
    )
    body = text_field(
        "Texto de la parte que se separa",
        hint="Deje solo lo que pasa a la solicitud nueva. La persona lo ve. El texto de esta no cambia.",
        missing="Escriba el texto.",
        rows=10,
    )
