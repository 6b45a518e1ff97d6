# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of surveys. Behind a figure stands how many answered, never what one said."""

from collections.abc import Mapping, Sequence
from typing import Any

from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Statistic, Thing, Things
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import service_points
from siac.surveys.commands.counting import (
    answers_after,
    answers_of,
    invitations_after,
    invitations_of,
    refresh_answers,
    refresh_invitations,
    rests_on,
)
from siac.surveys.models import Invitation, SurveyAnswer, Way
from siac.surveys.queries import surveys


def _surveys(institution: Institution) -> Mapping[str, str]:
    return {str(pk): survey.name for pk, survey in surveys(institution).items() if not survey.for_staff}


def _ways(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in Way.choices}


def _points(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): point.name for pk, point in service_points(institution).items()}
    return {**named, "0": "Sin punto de atención"}


def _unnamed(word: str) -> Any:
    def tell(access: Access, rows: Sequence[Any]) -> Sequence[Thing]:
        return [Thing(word) for _ in rows]

    return tell


def _all_hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return all of them: of none may anybody know more than that it is."""
    return set(ids)


SURVEY = Dimension("survey", "Encuesta", "survey_id", _surveys)
ANSWERS = Source(
    key="surveys",
    table="surveys_surveyanswer",
    subject="id",
    stream="survey-answer",
    refresh=refresh_answers,
    after=answers_after,
    dimensions=(
        SURVEY,
        Dimension("way", "Por dónde se respondió", "way", _ways),
        Dimension("point", "Punto de atención", "place_id", _points),
    ),
    families=((), ("survey",), ("way",), ("point",), ("survey", "way"), ("point", "survey")),
    things=Things(
        one="respuesta",
        many="respuestas",
        heads=("Respuesta",),
        rows=lambda institution: SurveyAnswer.objects.filter(institution=institution),
        tell=_unnamed("Respuesta anónima"),
        hidden=_all_hidden,
    ),
    through={"survey": answers_of},
    rests_on=rests_on,
)
INVITATIONS = Source(
    key="invitations",
    table="surveys_invitation",
    subject="id",
    stream="survey-invitation",
    refresh=refresh_invitations,
    after=invitations_after,
    dimensions=(SURVEY,),
    families=((), ("survey",)),
    things=Things(
        one="invitación",
        many="invitaciones",
        heads=("Invitación",),
        rows=lambda institution: Invitation.objects.filter(institution=institution),
        tell=_unnamed("Invitación"),
        hidden=_all_hidden,
    ),
    through={"survey": invitations_of},
)
SOURCES = (ANSWERS, INVITATIONS)


def _measure(name: str, source: Source, where: str = "true", value: str = "") -> Measure:
    return Measure(f"surveys.{name}", source.key, "counted_on", where, value)


def _metric(name: str, title: str, definition: str, **more: Any) -> Metric:
    given = {"family": Family.SATISFACTION, "better": Better.HIGHER, **more}
    given |= {"apart": SURVEY.key} if "least" in more else {}
    return Metric(key=f"surveys.{name}", title=title, definition=definition, **given)


_MARKED = _measure("marked", ANSWERS, "mark IS NOT NULL")
FEWEST = 5
"""Of fewer answers a figure would tell what somebody said."""
METRICS = (
    _metric(
        "answers",
        "Respuestas a encuestas",
        "Encuestas respondidas hasta el final en el período; las de un día se cuentan a la noche siguiente.",
        unit="answers",
        better=Better.NEITHER,
        of=_measure("answers", ANSWERS),
    ),
    _metric(
        "net",
        "Satisfacción neta",
        "Por ciento de notas buenas menos por ciento de notas malas de la pregunta principal de cada "
        "encuesta, en puntos; qué nota es buena o mala lo dice la encuesta.",
        unit="percent_points",
        least=FEWEST,
        of=_measure("net", ANSWERS, value="net"),
        told=(Statistic.MEAN,),
    ),
    _metric(
        "top_two",
        "Con una de las dos notas más altas",
        "De las respuestas con nota en la pregunta principal, las que pusieron una de las dos más altas de "
        "su escala.",
        unit="percent",
        least=FEWEST,
        of=_measure("top_two", ANSWERS, "mark >= top - 1"),
        per=_MARKED,
    ),
    _metric(
        "mean",
        "Nota de 1 a 7",
        "Nota de 1 a 7 de la pregunta principal; las encuestas con otra escala no se cuentan.",
        unit="marks",
        least=FEWEST,
        of=_measure("mean", ANSWERS, "top = 7", "mark"),
        told=(Statistic.MEAN, Statistic.MEDIAN),
    ),
    _metric(
        "invited",
        "Invitaciones a encuestas",
        "Personas invitadas a responder una encuesta en el período, hasta el día anterior.",
        family=Family.COVERAGE,
        unit="invitations",
        better=Better.NEITHER,
        of=_measure("invited", INVITATIONS),
    ),
    _metric(
        "response",
        "Invitaciones respondidas",
        "De las invitaciones del período que no volvieron sin entregar, las que se respondieron hasta el "
        "final.",
        unit="percent",
        least=FEWEST,
        of=_measure("responded", INVITATIONS, "was_answered"),
        per=_measure("delivered", INVITATIONS, "NOT has_failed"),
    ),
)
