# SPDX-License-Identifier: EUPL-1.2
"""What whoever directs is told when a summary is ready."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.reporting.models import Summary

TITLE = "Resumen ejecutivo listo"
SENTENCES = 3
"""So many of what it says stand in the mail; the rest is on the two pages."""


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice."""
    row = Summary.objects.only("content", "institution_id").get(pk=notice.subject_id)
    body = institution_of(notice.institution_id)
    where = f"{settings.SITE_URL}{reverse('workspace:reporting:summary', args=[body.slug, row.pk])}"
    said = [f"· {each}" for each in row.content["sentences"][:SENTENCES]]
    lines = [f"El resumen de {row.content['period']} está listo.", "\n".join(said), where, body.name]
    return f"Resumen ejecutivo de {row.content['period']}", "\n\n".join(lines)
