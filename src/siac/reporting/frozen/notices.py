# SPDX-License-Identifier: EUPL-1.2
"""What people are told when a frozen report is ready."""

from django.conf import settings

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.reporting.frozen.kinds import address_of, kind_of
from siac.reporting.models import FrozenReport

TITLE = "Resumen o informe listo"
SENTENCES = 3
"""So many of what it says stand in the mail; the rest is in the paper."""


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice."""
    own = FrozenReport.objects.filter(institution=notice.institution_id).select_related("letter")
    row = own.defer("paper").get(pk=notice.subject_id)
    body, kind = institution_of(notice.institution_id), kind_of(row)
    where = f"{settings.SITE_URL}{address_of(row, body.slug)}"
    said = [f"· {each}" for each in kind.sentences_of(row.content)[:SENTENCES]]
    title = kind.title_of(row)
    return title, "\n\n".join(filter(None, (f"Está listo: {title}.", "\n".join(said), where, body.name)))
