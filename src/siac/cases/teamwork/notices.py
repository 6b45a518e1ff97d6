# SPDX-License-Identifier: EUPL-1.2
"""What somebody of the house is told who was named in a note."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of


@dataclass(frozen=True, slots=True)
class MentionNotice:
    """What somebody of the house is told who was named in a note; which case it is, is only told inside."""

    code: str = "cases.mentioned"
    title: str = "Mención en una nota"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        institution = institution_of(notice.institution_id)
        where = f"{settings.SITE_URL}{reverse('workspace:cases:tasks', args=[institution.slug])}"
        lines = ["Le nombraron en la nota interna de una solicitud. Véala en:", where, institution.name]
        return "Le nombraron en una nota", "\n\n".join(lines)
