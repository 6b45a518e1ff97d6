# SPDX-License-Identifier: EUPL-1.2
"""What somebody is told by mail who wants to join the opinion panel."""

import re

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.surveys.models import PanelMember

LINK = re.compile(r"(?<=/panel/)[\w-]+")
"""What in a letter lets its reader in and out; staff read it covered."""
TITLE = "Confirmación del panel de opinión"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the letter that asks to confirm, or says that they are in already (2 SQL)."""
    institution = institution_of(notice.institution_id)
    row = PanelMember.objects.get(pk=notice.subject_id, institution=institution)
    address = str(settings.SITE_URL) + reverse(
        "portal:surveys:panel_door", args=[institution.slug, row.token]
    )
    lines = [
        f"Alguien escribió este correo para entrar al panel de opinión de {institution.name}.",
        f"Para confirmar que es usted, y que acepta: {address}",
        f"«{row.words}»",
        "Si no fue usted, no haga nada: olvidamos su correo a los 14 días.",
    ]
    if row.agreed_on is not None:
        lines = [
            f"Usted ya está en el panel de opinión de {institution.name}.",
            f"Para salir cuando quiera: {address}",
        ]
    return f"Panel de opinión — {institution.short_name}", "\n\n".join([*lines, institution.name])
