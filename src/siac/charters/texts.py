# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from django.db import models

from siac.cases.public import CaseEvent
from siac.charters.domain.commitments import Dimension, Form
from siac.charters.domain.parts import Norm
from siac.charters.domain.states import EditionState, Step


class NormLabel(models.TextChoices):
    UNE = Norm.UNE.value, "UNE 93200 (cartas de servicios)"
    RD951 = Norm.RD951.value, "España: RD 951/2005"
    MTPE = Norm.MTPE.value, "Perú: guía del MTPE (RSG 061-2015-TR/SG)"
    CHILE = Norm.CHILE.value, "Chile: carta de compromisos"


class EditionLabel(models.TextChoices):
    DRAFT = EditionState.DRAFT.value, "Borrador"
    PUBLISHED_DRAFT = EditionState.PUBLISHED_DRAFT.value, "Prepublicada"
    REVIEW = EditionState.REVIEW.value, "En revisión"
    APPROVED = EditionState.APPROVED.value, "Aprobada"
    ABANDONED = EditionState.ABANDONED.value, "Abandonada"


class DimensionLabel(models.TextChoices):
    SPEED = Dimension.SPEED.value, "Rapidez"
    COMMUNICATION = Dimension.COMMUNICATION.value, "Información clara"
    TREATMENT = Dimension.TREATMENT.value, "Trato"
    RESULT = Dimension.RESULT.value, "Resultado"
    ACCESS = Dimension.ACCESS.value, "Acceso"
    TRUST = Dimension.TRUST.value, "Confianza"
    SURROUNDINGS = Dimension.SURROUNDINGS.value, "Espacios y equipos"
    OTHER = Dimension.OTHER.value, "Otra"


class FormLabel(models.TextChoices):
    GUARANTEE = Form.GUARANTEE.value, "Garantía: cada solicitud se responde en un plazo"
    FIGURE = Form.FIGURE.value, "Indicador: una cifra alcanza su meta"


class UnitLabel(models.TextChoices):
    """Units in which a term is promised: those of which the answers are counted."""

    BUSINESS_DAYS = "bd", "días hábiles"
    CALENDAR_DAYS = "cd", "días corridos"


class MomentLabel(models.TextChoices):
    MONTH = "month", "Cada mes"
    QUARTER = "quarter", "Cada trimestre"
    HALF = "half", "Cada semestre"
    YEAR = "year", "Cada año"


class RemedyKind(models.TextChoices):
    APOLOGY = "apology", "Disculpa escrita"
    PRIORITY = "priority", "Prioridad en la atención"
    EXPLANATION = "explanation", "Explicación de la jefatura"
    OTHER = "other", "Otra"
    NONE = "none", "Ninguna"


STEPS = {
    Step.PREPUBLISH: "Prepublicar",
    Step.END_COMMENTS: "Cerrar los comentarios",
    Step.SUBMIT: "Pedir la revisión",
    Step.RETURN: "Devolver a borrador",
    Step.APPROVE: "Aprobar",
    Step.ABANDON: "Abandonar esta edición",
}
COLOURS = {
    EditionState.DRAFT: "grey",
    EditionState.PUBLISHED_DRAFT: "blue",
    EditionState.REVIEW: "yellow",
    EditionState.APPROVED: "green",
    EditionState.ABANDONED: "grey",
}

REFUSALS: dict[str, str] = {
    "remedy_settled": "Esta medida ya fue resuelta.",
    "proof_missing": "Indique cómo se entregó la medida o por qué no procede.",
    "edition_out_of_order": "La nueva edición debe empezar después de la vigente.",
    "no_commitments": "Una carta necesita al menos un compromiso.",
}
EVENTS = (
    CaseEvent("charters.breach_opened", "Compromiso incumplido: se debe una medida"),
    CaseEvent("charters.remedy_settled", "Medida de subsanación resuelta"),
)
RECORDED = ("charters.edition_published",)
"""Entries in chains of bodies."""
