# SPDX-License-Identifier: EUPL-1.2
"""What those who answer for a sheet are told of it."""

from django.conf import settings
from django.urls import reverse

from siac.catalogue.models import Service
from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.ui.public import long_date

TITLE = "Ficha de un servicio por revisar"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice, as the sheet stands when it is sent (2 SQL)."""
    row = Service.objects.get(pk=notice.subject_id, institution=notice.institution_id)
    body = institution_of(notice.institution_id)
    path = reverse("workspace:catalogue:service", args=[body.slug, row.pk])
    due = f"Se revisa antes del {long_date(row.review_on)}." if row.review_on else ""
    lines = [
        f"La ficha «{row.name}» hay que revisarla.", due,
        "Si todo sigue igual, basta con anotarlo en su página; si algo cambió, se cambia ahí en un borrador.",
        f"{settings.SITE_URL}{path}", body.name,
    ]  # fmt: skip
    return f"Revisar la ficha: {row.name}"[:150], "\n\n".join(filter(None, lines))
