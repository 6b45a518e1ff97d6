# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from django.db import models

from siac.catalogue.domain.drafts import DraftState
from siac.catalogue.domain.services import Audience, Offering, StepClock

REFUSALS: dict[str, str] = {
    "topic_taken": "Ya hay un tema llamado «{name}».",
    "service_taken": "Ya hay un servicio llamado «{name}».",
    "service_unit": "Esa unidad no es de este organismo.",
    "service_topic": "Ese tema no es de este organismo.",
    "service_rows": "Son demasiadas filas: deje a lo más {most} en cada lista.",
    "service_clock": "Ese reloj no existe.",
    "service_reach": "Diga de dónde sale la cifra de personas.",
    "service_fee": "Ese monto o esa unidad no se pueden cobrar.",
    "service_row": "Una fila dice demasiado: deje a lo más {most} letras en cada casilla.",
    "service_form_file": "Ese archivo no es de esta ficha.",
    "service_not_given": "Ya no se presta.",
    "service_given": "Se sigue prestando.",
    "service_end": "Elija un día que no pase de dos años.",
    "service_reviewed": "Elija un día que venga, a lo más en dos años.",
    "sheet_not_open": "Esta ficha no está en borrador: vuelva a mirarla.",
    "sheet_not_in_review": "Esta ficha no está en revisión: vuelva a mirarla.",
    "sheet_own": "La escribió o la envió usted: la aprueba otra persona.",
    "sheet_gaps": "No se puede publicar todavía. Falta: {gaps}.",
    "sheet_there": "Ya hay una ficha de eso.",
    "sheet_reason": "Diga por qué la devuelve.",
    "word_empty": "Escriba palabras que se puedan buscar.",
    "word_taken": "Esa palabra ya lleva ahí.",
}
RECORDED = (
    "catalogue.service_saved",
    "catalogue.service_ended",
    "catalogue.service_given_again",
    "catalogue.service_reviewed",
    "catalogue.draft_started",
    "catalogue.drafts_begun",
    "catalogue.draft_submitted",
    "catalogue.draft_called_back",
    "catalogue.draft_returned",
    "catalogue.draft_left",
    "catalogue.topic_saved",
    "catalogue.topics_imported",
    "catalogue.word_saved",
)
"""Every kind of entry that this context writes in the journal."""


class OfferingLabel(models.TextChoices):
    SERVICE = Offering.SERVICE.value, "Servicio"
    PROCEDURE = Offering.PROCEDURE.value, "Trámite"
    PRODUCT = Offering.PRODUCT.value, "Producto estratégico"


class DraftStateLabel(models.TextChoices):
    """Words for where a sheet that is being written stands."""

    DRAFT = DraftState.DRAFT.value, "Borrador"
    REVIEW = DraftState.REVIEW.value, "En revisión"
    PUBLISHED = DraftState.PUBLISHED.value, "Publicada"
    LEFT = DraftState.LEFT.value, "Descartada"


DRAFT_TAGS = {
    DraftState.DRAFT: ("Borrador", "grey"),
    DraftState.REVIEW: ("En revisión", "yellow"),
    DraftState.PUBLISHED: ("Publicada", "green"),
    DraftState.LEFT: ("Descartada", "grey"),
}
"""How a state is tagged: words and colour."""


class AudienceLabel(models.TextChoices):
    UNKNOWN = Audience.UNKNOWN.value, "Todavía no se ha dicho"
    BENEFIT = Audience.BENEFIT.value, "Personas que reciben algo"
    COMPLY = Audience.COMPLY.value, "Personas que deben cumplir"
    BOTH = Audience.BOTH.value, "De los dos tipos"


class TimeUnit(models.TextChoices):
    BUSINESS_DAYS = "bd", "días hábiles"
    CALENDAR_DAYS = "cd", "días corridos"
    HOURS = "h", "horas"
    MINUTES = "min", "minutos"


ONE_UNIT = {"bd": "día hábil", "cd": "día corrido", "h": "hora", "min": "minuto"}


class ClockLabel(models.TextChoices):
    """Clocks of requests that a step of a process can be measured by."""

    ACKNOWLEDGEMENT = StepClock.ACKNOWLEDGEMENT.value, "Acuse de recibo"
    UNIT = StepClock.UNIT.value, "Plazo interno de la unidad"
    STANDARD = StepClock.STANDARD.value, "Plazo que se da el organismo"
    LEGAL = StepClock.LEGAL.value, "Plazo legal"


class ChannelLabel(models.TextChoices):
    """Ways by which a service is asked for or given."""

    WEB = "web", "Por internet"
    COUNTER = "counter", "En persona"
    PHONE = "phone", "Por teléfono"
    LETTER = "letter", "Por carta"
    EMAIL = "email", "Por correo electrónico"
    MOBILE = "mobile", "En oficina móvil"


def time_text(amount: int | None, unit: str) -> str:
    """Return a usual or committed time in words: «5 días hábiles», «1 hora»; empty where there is none."""
    if not amount:
        return ""
    return f"{amount} {ONE_UNIT[unit] if amount == 1 else TimeUnit(unit).label}"
