# SPDX-License-Identifier: EUPL-1.2
"""What a member of a body is told of a session."""

from django.conf import settings
from django.urls import reverse

from siac.governance.models import Sitting
from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.ui.public import day_with_weekday

TITLE = "Citación a una sesión"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (3 SQL)."""
    own = Sitting.objects.filter(institution=notice.institution_id).select_related("council")
    row = own.get(pk=notice.subject_id)
    body = institution_of(notice.institution_id)
    local = row.starts_at.astimezone(body.zone)
    when = f"{day_with_weekday(local.date())} a las {local.hour}:{local.minute:02}"
    kind = "extraordinaria" if row.is_extraordinary else "ordinaria"
    path = reverse("workspace:governance:sitting", args=[body.slug, row.pk])
    agenda = "\n".join(f"{item.place}. {item.title}" for item in row.items.all())
    lines = [
        f"Se cita a la sesión {kind} {row.number} de {row.council.name}.",
        f"Cuándo: {when}.\nDónde: {row.place}.",
        f"Tabla:\n{agenda}",
        f"{settings.SITE_URL}{path}",
        body.name,
    ]
    return f"Sesión de {row.council.name}: {when}"[:150], "\n\n".join(lines)
