# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from django.db import models

from siac.cases.public import CaseEvent
from siac.charters.domain.commitments import Dimension, Form, Subject
from siac.charters.domain.gaps import Verdict
from siac.charters.domain.minimum import Group
from siac.charters.domain.parts import Norm
from siac.charters.domain.states import EditionState, Step


def kept_words(kept: int, measured: int) -> str:
    """Return how many of how many commitments were kept, as every page, drawing and badge says it."""
    return f"{kept} de {measured} {'compromiso' if measured == 1 else 'compromisos'}"


class NormLabel(models.TextChoices):
    UNE = Norm.UNE.value, "UNE 93200 (cartas de servicios)"
    RD951 = Norm.RD951.value, "España: RD 951/2005"
    MTPE = Norm.MTPE.value, "Perú: guía del MTPE (RSG 061-2015-TR/SG)"
    PLEDGE = Norm.PLEDGE.value, "Chile: carta de compromisos"


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
    GUARANTEE = Form.GUARANTEE.value, "Garantía: a cada persona se le cumple un plazo"
    FIGURE = Form.FIGURE.value, "Indicador: una cifra alcanza su meta"


class UnitLabel(models.TextChoices):
    """Units in which a term is promised: minutes and hours of waiting, hours and days of an answer."""

    BUSINESS_DAYS = "bd", "días hábiles"
    CALENDAR_DAYS = "cd", "días corridos"
    HOURS = "h", "horas"
    MINUTES = "mi", "minutos"


class SubjectLabel(models.TextChoices):
    """What an individual guarantee is about."""

    CASE = Subject.CASE.value, "Cada solicitud: cuánto tarda la respuesta"
    ATTENTION = Subject.ATTENTION.value, "Cada atención: cuánto espera la persona"


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


class BasisLabel(models.TextChoices):
    """Where what people expect is known from."""

    SURVEY = "survey", "Encuesta"
    COMPLAINTS = "complaints", "Reclamos"
    STAFF = "staff", "Personal que atiende"
    GROUPS = "groups", "Grupos y paneles"
    OTHER = "other", "Otra"


class GroupLabel(models.TextChoices):
    """Who takes part in writing a charter."""

    STAFF = "staff", "Personal que atiende"
    MIDDLE = "middle", "Jefaturas intermedias"
    DIRECTION = "direction", "Equipo directivo"
    USERS = "users", "Personas usuarias organizadas"


class TeamRole(models.TextChoices):
    """What somebody does in the team that makes a charter."""

    COORDINATION = "coordination", "Coordinación"
    TECHNICAL = "technical", "Apoyo técnico"
    FRONT_LINE = "front_line", "Atiende público"


class CauseLabel(models.TextChoices):
    """Why what is done falls short."""

    DEMAND = "demand", "Más demanda que capacidad"
    PROCESS = "process", "El proceso o sus pasos"
    STAFF = "staff", "Personas: número o formación"
    SYSTEMS = "systems", "Sistemas o equipos"
    OTHERS = "others", "Depende de otros organismos"
    RULES = "rules", "Normas o requisitos"


class ReviewLabel(models.TextChoices):
    TECHNICAL = "technical", "Revisión técnica"
    POLITICAL = "political", "Revisión política"


class CapacityLabel(models.TextChoices):
    """As whom somebody comments."""

    PERSON = "person", "A título personal"
    ORGANISATION = "organisation", "Por una organización"
    STAFF = "staff", "Trabajo en el organismo"


class VerdictLabel(models.TextChoices):
    """What became of a comment or a proposal."""

    ACCEPTED = "accepted", "Acogido"
    PARTLY = "partly", "Acogido en parte"
    DECLINED = "declined", "No acogido"


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

GAPS = {
    Verdict.READY: "Puede prometerse",
    Verdict.UNKNOWN: "Sin dato",
    Verdict.EXCUSED: "Con causa y plan",
    Verdict.OVERRIDDEN: "Por decisión de la autoridad",
    Verdict.BLOCKED: "Bloquea",
}
GAP_COLOURS = {
    Verdict.READY: "green",
    Verdict.UNKNOWN: "grey",
    Verdict.EXCUSED: "yellow",
    Verdict.OVERRIDDEN: "yellow",
    Verdict.BLOCKED: "red",
}


class MinimumLabel(models.TextChoices):
    """Words for the parts of a system of minimum standards."""

    STANDARDS = Group.STANDARDS.value, "Estándar"
    GUARANTEES = Group.GUARANTEES.value, "Garantía"
    REDRESS = Group.REDRESS.value, "Reparación"
    COMPLAINTS = Group.COMPLAINTS.value, "Reclamos"
    COMPARISON = Group.COMPARISON.value, "Comparación pública"


REFUSALS: dict[str, str] = {
    "remedy_settled": "Esta medida ya fue resuelta.",
    "remedy_decided": "Ya se decidió que se debe.",
    "remedy_reason": "Diga por qué no procede: la persona lo lee.",
    "letter_waits": "La carta ya está en camino. Si se entregó de otra manera, dígalo aquí.",
    "letter_empty": "Escriba la carta.",
    "letter_long": "La carta tiene a lo más {most} caracteres.",
    "proof_missing": "Indique cómo se entregó la medida o por qué no procede.",
    "edition_out_of_order": "La nueva edición debe empezar después de la vigente.",
    "no_commitments": "Una carta necesita al menos un compromiso.",
    "charter_taken": "Ya hay una carta con ese nombre.",
    "charter_unknown": "Esa carta no existe.",
    "edition_unknown": "Esa edición no existe.",
    "edition_shut": "La edición está en consulta o en revisión: no se puede cambiar.",
    "edition_over": "La edición ya está aprobada o abandonada: prepare otra.",
    "edition_step": "La edición ya no está en ese punto. Vuelva a la carta y mire dónde está.",
    "edition_errors": "Falta corregir en la carta: {what}",
    "service_unknown": "Uno de esos servicios no es de este organismo.",
    "part_unknown": "Esa parte no existe en una carta.",
    "commitment_unknown": "Ese compromiso ya no está en el borrador.",
    "commitments_full": "Una carta promete a lo más {most} cosas.",
    "commitment_source": "Ese tipo, tema, punto o indicador no se puede usar: elija otro.",
    "commitment_unit": "De una espera se prometen minutos u horas; de una respuesta, horas o días.",
    "commitment_target": "La meta va de 0 a 100 %.",
    "commitment_remedy": "Escriba la medida, o diga que no hay y por qué.",
    "comments_day": "Elija un día por venir, a lo más seis meses después de hoy.",
    "comments_open": "Todavía se reciben comentarios: espere a que termine el plazo.",
    "comments_wait": "Faltan comentarios por responder: {count}.",
    "comments_shut": "Este borrador ya no recibe comentarios.",
    "comments_full": "Este borrador recibió todos los comentarios que puede. Escríbanos por otra vía.",
    "comment_empty": "Escriba un poco más, para que se entienda.",
    "comment_unknown": "Ese comentario no existe.",
    "comment_answer": "Responda en una frase al menos.",
    "review_made": "Esa revisión ya se hizo.",
    "review_words": "Diga qué debe corregirse.",
    "review_missing": "Faltan las dos revisiones favorables.",
    "act_missing": "Escriba el acto que la aprueba.",
    "act_day": "El acto no puede tener fecha futura.",
    "withdrawal_day": "Elija un día desde hoy en adelante.",
    "expectations_weight": "Los pesos suman {total}: deben sumar 100.",
    "participation_verdict": "De lo que se propuso, diga qué se hizo; de lo que no se acogió, por qué.",
    "gap_cause": "Escriba la causa y el plan, con su fecha.",
    "gap_none": "Ese compromiso no está bajo lo esperado ni bajo su meta.",
    "letter_nobody": "No hay un correo a donde escribirle: entréguela de otra manera y diga cómo consta.",
    "claim_unknown": "Eso no se le prometió en esta solicitud.",
    "claim_known": "Ya sabemos que no cumplimos: abajo está lo que le debemos.",
    "claim_broken": "Ya consta que ese compromiso no se cumplió: la persona tiene razón.",
    "claim_decided": "Ya se decidió.",
    "claim_answer": "Diga qué se decidió y por qué.",
    "result_unknown": "Ese resultado no existe.",
    "result_reached": "Ese período cumplió su meta: no hay nada que explicar.",
    "report_period": "Elija un período de la lista.",
    "report_running": "Ese período termina el {last}: el informe se hace después.",
    "report_nothing": "En ese período la carta no regía: no hay nada que informar.",
    "report_unsettled": "Faltan por cerrar {count} resultados de ese período. Se cierran solos cinco días "
    "después de terminar; el de un indicador espera el suyo hasta 45 días. Haga el informe entonces.",
    "report_unknown": "Ese informe no existe.",
    "report_sent_day": "El informe se envió el día en que se hizo o después, y no después de hoy.",
    "report_sent_words": "Escriba cómo se envió y qué lo muestra.",
    "recognition_name": "Escriba cómo se llama.",
    "recognition_periods": "Elija de {fewest} a {most} períodos seguidos.",
    "recognition_many": "Ya hay {most} criterios en uso: termine uno antes.",
    "recognition_unknown": "Ese criterio no existe o ya terminó.",
    "team_act": "El acto lleva fecha, y no puede ser futura.",
    "team_member": "Esa persona no trabaja en este organismo.",
    "team_twice": "La misma persona está dos veces en el equipo.",
    "team_office": "Escriba el cargo de cada persona: es lo que sale en los papeles.",
    "team_training": "Una capacitación lleva su día, que ya pasó, y sus horas.",
    "team_full": "El equipo tiene a lo más {members} personas y {trainings} capacitaciones.",
    "objectives_full": "Una carta tiene a lo más {most} objetivos.",
    "objective_text": "Escriba cada objetivo en una frase.",
    "objective_indicator": "Ese indicador no es de los que el organismo sigue.",
    "objective_target": "Escriba la meta de cada objetivo con indicador; un por ciento va de 0 a 100.",
    "certificate_unknown": "Ese certificado no existe.",
    "certificate_days": "El certificado termina después de empezar, y vale menos de cien años.",
    "certificate_empty": "Escriba quién certifica, el número y el alcance.",
    "certificate_taken": "Ese certificado ya está en esta carta.",
    "audit_unknown": "Esa auditoría no existe.",
    "audit_noted": "El resultado de esta auditoría ya se anotó.",
    "audit_day": "La auditoría se hizo desde que vale el certificado y no después de hoy.",
    "audit_words": "Escriba qué dijo la auditoría.",
    "audit_waits": "Anote primero el resultado de la auditoría.",
    "archive_draft": "Se archiva lo aprobado: esta edición todavía no lo está.",
    "archive_day": "El expediente se conserva al menos hasta que la edición termina.",
    "reference_words": "Escriba título, organismo, país y qué vale la pena tomar.",
    "reference_url": "Escriba una dirección que empiece con https://.",
    "reference_file_unknown": "Ese archivo no existe.",
    "reference_taken": "Ya está guardada una carta con ese enlace.",
    "benchmarks_full": "Una edición lleva a lo más {most} comparaciones.",
    "benchmark_unknown": "Esa carta de referencia no existe.",
    "benchmark_words": "Escriba qué se comparó y qué se toma.",
    "reason_missing": "Diga por qué, en una frase al menos.",
}
EVENTS = (
    CaseEvent("charters.breach_opened", "Compromiso incumplido: se debe una medida"),
    CaseEvent("charters.breach_taken_back", "El compromiso no se incumplió: se corrigió lo que se contaba"),
    CaseEvent("charters.remedy_decided", "Medida de subsanación decidida"),
    CaseEvent("charters.remedy_letter", "Carta de la medida enviada a la persona"),
    CaseEvent("charters.remedy_settled", "Medida de subsanación entregada"),
    CaseEvent("charters.remedy_moved", "Cambió el último día de la medida"),
    CaseEvent("charters.claim_moved", "Cambió el último día para decidir lo pedido"),
    CaseEvent("charters.claim_filed", "La persona pide su medida"),
    CaseEvent("charters.claim_decided", "Pedido de medida decidido"),
)
RECORDED = (
    "charters.audited",
    "charters.certified",
    "charters.changed",
    "charters.comment_answered",
    "charters.commented",
    "charters.comments_ended",
    "charters.commitment_removed",
    "charters.commitment_saved",
    "charters.commitments_ordered",
    "charters.edition_abandoned",
    "charters.edition_archived",
    "charters.edition_approved",
    "charters.edition_prepublished",
    "charters.edition_published",
    "charters.edition_reviewed",
    "charters.edition_saved",
    "charters.edition_started",
    "charters.edition_submitted",
    "charters.edition_withdrawn",
    "charters.gap_explained",
    "charters.gap_overridden",
    "charters.period_frozen",
    "charters.recognition_declared",
    "charters.recognition_ended",
    "charters.report_hidden",
    "charters.report_made",
    "charters.report_sent",
    "charters.report_shown",
    "charters.reference_file_removed",
    "charters.reference_saved",
    "charters.result_explained",
    "charters.started",
    "charters.team_saved",
)
"""Entries in chains of bodies and charters."""
