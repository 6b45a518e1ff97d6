# SPDX-License-Identifier: EUPL-1.2
"""The form of the cause of a complaint."""

from typing import Any

from django import forms

from siac.cases.forms.fields import VersionedForm
from siac.cases.queries import causes
from siac.organizations.public import Institution


class CauseOfCaseForm(VersionedForm):
    """Why the case arose."""

    cause_id = forms.TypedChoiceField(label="Causa", required=False, coerce=int, empty_value=None)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(pk, cause.name) for pk, cause in causes(institution).items() if cause.is_active]
        self.fields["cause_id"].choices = [("", "Sin causa"), *known]  # type: ignore[attr-defined]
