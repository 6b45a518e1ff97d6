# SPDX-License-Identifier: EUPL-1.2
"""What people are told by mail who are asked to answer a survey."""

import re

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.surveys.models import Invitation
from siac.ui.public import long_date

LINK = re.compile(r"(?<=/encuesta/)[\w-]+")
"""What in a letter opens the survey by itself: the key of whoever was asked; staff read it covered."""
TITLE = "Invitación a una encuesta"


def answer_url(slug: str, token: str) -> str:
    """Return the whole address behind which a survey is answered."""
    return str(settings.SITE_URL) + reverse("portal:surveys:answer", args=[slug, token])


def refuse_url(slug: str, token: str) -> str:
    """Return the whole address where whoever was invited says that they want no more."""
    return str(settings.SITE_URL) + reverse("portal:surveys:refuse", args=[slug, token])


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of an invitation: why, that it is anonymous, until when, the link (2 SQL)."""
    institution = institution_of(notice.institution_id)
    row = Invitation.objects.select_related("survey").get(pk=notice.subject_id, institution=institution)
    why = f"{institution.name} quiere conocer su opinión."
    if row.case_id is not None:
        why = f"Hace poco {institution.name} respondió una solicitud suya. ¿Nos cuenta cómo fue la atención?"
    elif row.attention_id is not None:
        why = f"Hace poco lo atendieron en {institution.name}. ¿Nos cuenta cómo fue?"
    tied, stop = "a usted o a su solicitud", refuse_url(institution.slug, row.token)
    last = f"Para no recibir más encuestas: {stop}"
    if row.survey.for_staff:
        why, tied = f"{institution.name} quiere saber qué opina su personal.", "a usted o a su unidad"
        last = "Nadie de la institución puede ver quién respondió ni qué respondió cada persona."
    lines = [
        why,
        f"Responda aquí: {answer_url(institution.slug, row.token)}",
        f"Sus respuestas son anónimas: se guardan sin su nombre, sin la hora y sin nada que las una {tied}. "
        "El enlace es solo para usted y sirve una vez.",
        f"Se puede responder hasta el {long_date(row.closes_on)}. Si no quiere, no tiene que hacer nada.",
        last,
        institution.name,
    ]
    return f"{row.survey.title} — {institution.short_name}", "\n\n".join(lines)


REMINDER_TITLE = "Recordatorio de una encuesta"


def render_reminder(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of a reminder: the invitation once more, with until when (2 SQL)."""
    subject, text = render(notice)
    is_to_staff = notice.recipient.startswith("user:")
    again = "Si ya respondió, no haga caso de este mensaje: se envía a todo el personal invitado. "
    begin = f"{again if is_to_staff else ''}Todavía puede responder esta encuesta."
    return f"Recordatorio: {subject}", f"{begin}\n\n{text}"
