# SPDX-License-Identifier: EUPL-1.2
"""The surveys of a body, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.organizations.public import Access, staff_page
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.servqual import pairs
from siac.surveys.forms import LANGUAGES
from siac.surveys.models import Survey
from siac.surveys.queries import response, surveys
from siac.surveys.weighing import weighed_by
from siac.surveys.workspace.editing import survey_for, words_of
from siac.ui.records import Row, record_list


@require_safe
@staff_page(SurveyRight.READ)
def survey_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the surveys."""
    slug = access.institution.slug
    rows = [
        Row(
            (row.name, str(sum(1 for _ in row.asked.questions)), "Sí" if row.is_active else "No"),
            reverse("workspace:surveys:survey", args=[slug, pk]),
        )
        for pk, row in surveys(access.institution).items()
    ]
    new = ("Nueva encuesta", reverse("workspace:surveys:begin", args=[slug]))
    return record_list(
        request,
        title="Encuestas",
        columns=("Encuesta", "Preguntas", "Recibe respuestas"),
        rows=rows,
        other=("Panel de opinión", reverse("workspace:surveys:panel", args=[slug])),
        add=new if access.has(SurveyRight.DESIGN) else None,
        intro="Lo que se pregunta a las personas, y lo que responden sin que se sepa quién.",
        empty="Todavía no hay encuestas.",
    )


@require_safe
@staff_page(SurveyRight.READ)
def survey(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Show a survey: what is asked, and the ways to change it."""
    row = survey_for(access, survey_id)
    asked = row.asked
    context = {
        "row": row,
        "asked": asked,
        "grades": row.grades,
        "main": asked.main_question,
        "sending": _sending_words(access, row),
        "asked_people": response(row, today=access.institution.local_date(current_time())),
        "waves": list(row.waves.all()),
        "doors": list(row.links.select_related("point")),
        "may_design": access.has(SurveyRight.DESIGN),
        "has_gaps": bool(pairs(asked)),
        "may_weigh": bool(asked.main_question and weighed_by(asked)),
        "languages": [(code, name, code in asked.translations) for code, name in LANGUAGES],
    }
    return render(request, "surveys/workspace/survey.html", context)


def _sending_words(access: Access, row: Survey) -> str:
    """Return in a sentence when a survey is sent by itself."""
    if row.for_staff:
        return "Se pregunta al personal, por olas."
    if not (row.asks_after or row.asks_after_attention):
        return "No se envía por sí sola."
    said = words_of(access.institution)
    limits = {name: said[name](getattr(row, name)) for name in ("kinds", "topics", "channels")}
    of = ", ".join(each for each in limits.values() if each) or "cualquier solicitud"
    attended = ", ".join(limits[name] for name in ("topics", "channels") if limits[name]) or "cualquiera"
    after = [f"de responder ({of})"] if row.asks_after else []
    after += [f"de una atención ({attended})"] if row.asks_after_attention else []
    part = "a todas" if row.share == 100 else f"a {row.share} de cada 100"
    return (
        f"Se envía {part}, {row.delay_days} día{'s' if row.delay_days != 1 else ''} después "
        f"{' o '.join(after)}, y no a quien se le preguntó algo en los últimos {row.rest_days} días."
    )
