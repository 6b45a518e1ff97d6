# SPDX-License-Identifier: EUPL-1.2
"""What one person of the house is told of new alerts."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of


@dataclass(frozen=True, slots=True)
class AlertsNotice:
    """The summary of new alerts that one person of the house gets; which cases they are is only told
    inside.
    """

    code: str = "cases.alerts"
    title: str = "Alertas de plazo"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        institution = institution_of(notice.institution_id)
        count = int(notice.context["count"])
        what = "Una solicitud está" if count == 1 else f"{count} solicitudes están"
        where = f"{settings.SITE_URL}{reverse('workspace:cases:alerts', args=[institution.slug])}"
        subject = "Un plazo requiere su atención" if count == 1 else f"{count} plazos requieren su atención"
        return subject, "\n\n".join(
            [f"{what} por vencer o ya pasó su plazo. Véalas en:", where, institution.name]
        )
