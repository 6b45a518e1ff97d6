# SPDX-License-Identifier: EUPL-1.2
"""What people of the house are told of how people come in."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of

REFUSED = "signin.directory_refused"
TITLE = "El directorio quiso quitar a quien administra"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (1 SQL)."""
    body = institution_of(notice.institution_id)
    people = f"{settings.SITE_URL}{reverse('workspace:setup:people', args=[body.slug])}"
    groups = f"{settings.SITE_URL}{reverse('workspace:signin:groups', args=[body.slug])}"
    lines = [
        "El directorio de su institución (SCIM) dio de baja o quitó el rol a la última persona que administra"
        " el sistema. No se hizo: alguien debe poder administrarlo.",
        f"Nombre a otra persona: {people}",
        f"O revise qué rol da cada grupo del directorio: {groups}",
        "Mientras no se arregle, el directorio seguirá intentándolo; le avisamos una vez al día.",
        body.name,
    ]
    return TITLE, "\n\n".join(lines)
