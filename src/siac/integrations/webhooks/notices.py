# SPDX-License-Identifier: EUPL-1.2
"""What administrators are told of webhooks."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of


def dead(notice: Notice) -> tuple[str, str]:
    """Return (subject, text): that a target does not answer, and where to look."""
    body = institution_of(notice.institution_id)
    page = settings.SITE_URL + reverse("workspace:webhooks:webhook", args=[body.slug, notice.subject_id])
    lines = [
        f"El programa «{notice.context['name']}» dejó de recibir los avisos: durante dos días no aceptó"
        " ninguno, o dijo que ya no existe.",
        "No se le envía nada más hasta que usted lo reanude. Lo que ocurra se guarda treinta días y se envía"
        " entonces.",
        f"Vea los intentos aquí: {page}",
        body.name,
    ]
    return "Un programa no recibe los avisos", "\n\n".join(lines)
