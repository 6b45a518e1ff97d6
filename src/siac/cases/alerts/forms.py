# SPDX-License-Identifier: EUPL-1.2
"""The form of putting a case off."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from siac.cases.forms.fields import VersionedForm
from siac.organizations.public import Institution
from siac.ui.forms import DateField


class SnoozeForm(VersionedForm):
    """Until when a case stays out of one's own list; cleans `until` to a day,
    or None: until something happens.
    """

    wakes = forms.ChoiceField(
        label="Hasta cuándo",
        choices=[
            ("news", "Hasta que pase algo, o hasta su próximo vencimiento"),
            ("tomorrow", "Hasta mañana"),
            ("day", "Hasta el día que indique abajo"),
        ],
        initial="news",
        widget=forms.RadioSelect,
        help_text=(
            "Sale de «Mías» y queda en «Pospuestas». Los plazos "
            "siguen corriendo, y si la persona escribe vuelve antes."
        ),
    )
    until = DateField(label="Día", required=False)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = institution.local_date(timezone.now())

    def clean(self) -> dict[str, Any]:
        """Check that the day is there where it is asked for."""
        data = super().clean() or {}
        wakes = data.pop("wakes", "")
        if wakes == "day" and data.get("until") is None and "until" not in self.errors:
            self.add_error("until", "Escriba el día.")
        if wakes != "day":
            data["until"] = self.today + timedelta(days=1) if wakes == "tomorrow" else None
        return data
