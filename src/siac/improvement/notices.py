# SPDX-License-Identifier: EUPL-1.2
"""What the person of a request is told when what it led to is done, in the language they filed it in."""

from django.utils.translation import gettext as _

from siac.cases.public import all_cases, case_mail
from siac.improvement.models import Action
from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.ui.languages.known import SPANISH
from siac.ui.languages.marking import has_marks, without_marks
from siac.ui.languages.speaking import marked, speaking

TITLE = "Lo que se hizo gracias a una solicitud"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (3 SQL)."""
    institution = institution_of(notice.institution_id)
    rows = all_cases(institution).select_related("institution", "kind", "text", "unit")
    case = rows.get(pk=notice.subject_id)
    action = Action.objects.get(pk=notice.context["action"], institution=institution)
    with speaking(case.language or SPANISH, marks=True):
        lines = [
            _("Usted nos escribió, y con lo que nos dijo cambiamos algo. Esto es lo que hicimos:"),
            marked(action.told_text),
            _("En la página de su solicitud puede ver cómo estaba y cómo está lo que medimos."),
        ]
        subject, text = case_mail(case, "Su solicitud ayudó a mejorar", lines)
        if has_marks(f"{subject}{text}"):
            text = f"{_('Parte de este mensaje está solo en castellano.')}\n\n{text}"
    return without_marks(subject), without_marks(text)
