# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of cases. Terms are fixed here, not left to the reader."""

from siac.cases.measuring.commands import cases_after, of_people, refresh_facts, rests_on
from siac.cases.measuring.dimensions import DIMENSIONS, FAMILIES
from siac.cases.measuring.listing import THINGS
from siac.infra.metrics import Better, Family, Measure, Metric, Source, Statistic

SOURCE = Source(
    key="cases",
    table="cases_casefact",
    subject="case_id",
    stream="case",
    refresh=refresh_facts,
    after=cases_after,
    dimensions=DIMENSIONS,
    families=FAMILIES,
    things=THINGS,
    treatment=(
        "cases.answered_in_term",
        "cases.answer_days",
        "cases.first_contact",
        "cases.extended",
        "cases.completion_asked",
        "cases.dismissed",
        "cases.upheld",
        "cases.denied",
        "cases.rated_well",
        "cases.contested",
    ),
    through={"person": of_people},
    rests_on=rests_on,
)


def _measure(name: str, day: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"cases.{name}", SOURCE.key, day, where, value)


_JOINED = "ending IN ('merged', 'duplicate')"
_ANSWERED = _measure("answered", "answered_on")
_RECEIVED = _measure("received", "filed_on")
_KNOWN_HERE = _measure("answered_known_here", "answered_on", "is_first_contact IS NOT NULL")
_OWED = _measure("owed", "filed_on", f"NOT {_JOINED}")
_ENDED = _measure("ended", "ended_on")
_RATED = _measure("rated", "answered_on", "rating IS NOT NULL")
_IDENTIFIED = _measure("identified", "filed_on", "person <> 'anonymous'")
_WITH_TERM = _measure("answered_with_term", "answered_on", "days_late IS NOT NULL")
_WITH_OWN_TERM = _measure("answered_with_own_term", "answered_on", "own_term <> ''")
_WITH_UNIT_TERM = _measure("answered_with_unit_term", "answered_on", "unit_term <> ''")
_DECIDED = _measure("decided", "answered_on", "outcome <> ''")
_APPEALS_DECIDED = _measure("appeals_decided", "filed_on", "appeals_decided > 0")

COVERAGE, TIMELINESS, SATISFACTION, EFFICIENCY = (
    Family.COVERAGE,
    Family.TIMELINESS,
    Family.SATISFACTION,
    Family.EFFICIENCY,
)
LOWER, HIGHER, NEITHER = Better.LOWER, Better.HIGHER, Better.NEITHER


def _count(name: str, title: str, definition: str, family: Family, better: Better, of: Measure) -> Metric:
    return Metric(
        key=f"cases.{name}",
        title=title,
        definition=definition,
        family=family,
        unit="requests",
        better=better,
        of=of,
    )


def _values(
    name: str, title: str, definition: str, family: Family, unit: str, better: Better, of: Measure
) -> Metric:
    return Metric(
        key=f"cases.{name}",
        title=title,
        definition=definition,
        family=family,
        unit=unit,
        better=better,
        of=of,
    )


def _rate(
    name: str,
    title: str,
    definition: str,
    family: Family,
    better: Better,
    of: tuple[str, str, str],
    per: Measure,
) -> Metric:
    return Metric(
        key=f"cases.{name}",
        title=title,
        definition=definition,
        family=family,
        unit="percent",
        better=better,
        of=_measure(*of),
        per=per,
    )


METRICS = (
    _count(
        "received",
        "Solicitudes recibidas",
        "Solicitudes ingresadas en el período.",
        COVERAGE,
        NEITHER,
        _RECEIVED,
    ),
    _count(
        "answered",
        "Solicitudes respondidas",
        "Solicitudes cuya primera respuesta se envió en el período.",
        EFFICIENCY,
        NEITHER,
        _ANSWERED,
    ),
    Metric(
        key="cases.arrivals",
        title="Llegadas por día y hora",
        definition=(
            "Solicitudes ingresadas en el período, por el día de la semana y la hora local en que llegaron; "
            "sin las traídas de un registro anterior."
        ),
        family=COVERAGE,
        unit="week_hours",
        better=NEITHER,
        of=_measure("arrivals", "filed_on", value="arrived"),
        told=(Statistic.COUNT,),
    ),
    Metric(
        key="cases.pending",
        title="Solicitudes pendientes",
        definition="Solicitudes ingresadas hasta ese día, sin primera respuesta ni otro término.",
        family=EFFICIENCY,
        unit="requests",
        better=LOWER,
        of=_RECEIVED,
        less=_ENDED,
    ),
    Metric(
        key="cases.overdue",
        title="Solicitudes vencidas sin respuesta",
        definition=(
            "Solicitudes cuyo plazo legal terminó antes de ese día y que seguían sin primera respuesta ni "
            "otro término."
        ),
        family=TIMELINESS,
        unit="requests",
        better=LOWER,
        of=_measure("fell_due", "late_from"),
        less=_measure("no_longer_due", "ended_on", "late_from IS NOT NULL"),
    ),
    _values(
        "answer_days",
        "Días hábiles hasta la respuesta",
        "Días hábiles desde la recepción hasta la primera respuesta, sin los días en que el plazo estuvo "
        "suspendido.",
        TIMELINESS,
        "business_days",
        LOWER,
        _measure("answer_days", "answered_on", value="answer_days"),
    ),
    _values(
        "calendar_days",
        "Días corridos hasta la respuesta",
        "Días corridos desde la recepción hasta la primera respuesta, tal como los vivió la persona.",
        TIMELINESS,
        "calendar_days",
        LOWER,
        _measure("calendar_days", "answered_on", value="calendar_days"),
    ),
    _rate(
        "answered_in_term",
        "Respondidas dentro del plazo legal",
        "De las solicitudes respondidas en el período que tenían plazo legal, cuántas se respondieron a "
        "más tardar "
        "el último día.",
        TIMELINESS,
        HIGHER,
        ("answered_in_term", "answered_on", "days_late = 0"),
        _WITH_TERM,
    ),
    _values(
        "days_late",
        "Días de atraso",
        "De las solicitudes respondidas fuera del plazo legal, días hábiles entre el último día y la "
        "respuesta.",
        TIMELINESS,
        "business_days",
        LOWER,
        _measure("days_late", "answered_on", "days_late > 0", "days_late"),
    ),
    _values(
        "term_margin",
        "Días antes o después del plazo legal",
        "De las solicitudes respondidas en el período que tenían plazo legal, días hábiles entre el último "
        "día y la respuesta: bajo cero si salió antes, sobre cero si salió tarde.",
        TIMELINESS,
        "business_days",
        LOWER,
        _measure("term_margin", "answered_on", value="term_margin"),
    ),
    _rate(
        "answered_in_own_term",
        "Respondidas dentro del plazo propio",
        "De las solicitudes respondidas en el período con un plazo fijado por la institución, cuántas lo "
        "cumplieron.",
        TIMELINESS,
        HIGHER,
        ("answered_in_own_term", "answered_on", "own_term = 'met'"),
        _WITH_OWN_TERM,
    ),
    _rate(
        "answered_in_unit_term",
        "Respondidas dentro del plazo interno de la unidad",
        "De las solicitudes respondidas en el período con plazo interno de la unidad, cuántas lo cumplieron.",
        TIMELINESS,
        HIGHER,
        ("answered_in_unit_term", "answered_on", "unit_term = 'met'"),
        _WITH_UNIT_TERM,
    ),
    _count(
        "silent_lapses",
        "Plazos legales terminados sin respuesta",
        "Solicitudes cuyo plazo legal terminó sin primera respuesta ni otro término, contadas el día "
        "siguiente, "
        "aunque después se respondieran.",
        TIMELINESS,
        LOWER,
        _measure("fell_due", "late_from"),
    ),
    _count(
        "lapsed_unanswered",
        "Vencidas en el período y aún sin respuesta",
        "Solicitudes cuyo plazo legal terminó sin primera respuesta y que siguen sin ella ni otro término, "
        "contadas el día siguiente a su último día.",
        TIMELINESS,
        LOWER,
        _measure("lapsed_unanswered", "late_from", "ended_on IS NULL"),
    ),
    _count(
        "silence_certified",
        "Silencios certificados",
        "Solicitudes de las que se certificó que el plazo legal terminó sin respuesta.",
        TIMELINESS,
        LOWER,
        _measure("silence_certified", "certified_on"),
    ),
    _rate(
        "answered_share",
        "Recibidas que ya tienen respuesta",
        "De las solicitudes recibidas en el período, sin las acumuladas ni las repetidas, cuántas tienen "
        "hoy una "
        "respuesta.",
        EFFICIENCY,
        HIGHER,
        ("received_answered", "filed_on", f"answered_on IS NOT NULL AND NOT {_JOINED}"),
        _OWED,
    ),
    _rate(
        "resolved_share",
        "Recibidas que quedaron resueltas",
        "De las solicitudes recibidas en el período, sin las acumuladas ni las repetidas, cuántas tienen hoy "
        "una respuesta que la persona no impugnó y que no hubo que reabrir en 30 días.",
        EFFICIENCY,
        HIGHER,
        (
            "received_resolved",
            "filed_on",
            f"answered_on IS NOT NULL AND NOT is_contested AND NOT is_reopened AND NOT {_JOINED}",
        ),
        _OWED,
    ),
    Metric(
        key="cases.answered_of_owed",
        title="Respondidas de las recibidas y pendientes",
        definition=(
            "De las solicitudes recibidas hasta el fin del período y que no habían terminado al empezar, las "
            "de períodos anteriores también, cuántas recibieron su primera respuesta en el período."
        ),
        family=EFFICIENCY,
        unit="percent",
        better=HIGHER,
        of=_ANSWERED,
        per=_RECEIVED,
        less=_ENDED,
    ),
    _values(
        "referral_days",
        "Días hasta derivar",
        "Días hábiles desde la recepción hasta la primera derivación a una unidad.",
        TIMELINESS,
        "business_days",
        LOWER,
        _measure("referral_days", "filed_on", value="referral_days"),
    ),
    _values(
        "registration_days",
        "Días hasta registrar",
        "Días hábiles desde que la institución recibió la solicitud hasta que la registró; sin las "
        "traídas de un "
        "registro anterior.",
        TIMELINESS,
        "business_days",
        LOWER,
        _measure("registration_days", "filed_on", value="registration_days"),
    ),
    _rate(
        "first_contact",
        "Resueltas al primer contacto",
        "De las respondidas en el período, las que respondió la primera unidad que las tuvo, sin pedir "
        "antecedentes, "
        "y que no fueron impugnadas ni reabiertas en los 30 días corridos siguientes; sin las traídas de un "
        "registro anterior.",
        EFFICIENCY,
        HIGHER,
        ("first_contact", "answered_on", "is_first_contact"),
        _KNOWN_HERE,
    ),
    _rate(
        "contested",
        "Respuestas impugnadas por la persona",
        "De las respondidas en el período, aquellas cuya respuesta la persona pidió revisar.",
        SATISFACTION,
        LOWER,
        ("contested", "answered_on", "is_contested"),
        _ANSWERED,
    ),
    _rate(
        "reopened",
        "Reabiertas",
        "De las respondidas en el período, las reabiertas en los 30 días corridos siguientes a la primera "
        "respuesta.",
        EFFICIENCY,
        LOWER,
        ("reopened", "answered_on", "is_reopened"),
        _ANSWERED,
    ),
    _rate(
        "completion_asked",
        "Solicitudes que hubo que completar",
        "De las recibidas en el período, aquellas en que se pidieron antecedentes a la persona.",
        EFFICIENCY,
        LOWER,
        ("completion_asked", "filed_on", "is_completed"),
        _RECEIVED,
    ),
    _rate(
        "extended",
        "Plazos legales ampliados",
        "De las recibidas en el período, aquellas cuyo plazo legal se amplió.",
        TIMELINESS,
        LOWER,
        ("extended", "filed_on", "is_extended"),
        _RECEIVED,
    ),
    _rate(
        "denied",
        "Denegadas",
        "De las respondidas en el período con una decisión, las denegadas por completo.",
        SATISFACTION,
        NEITHER,
        ("denied", "answered_on", "outcome = 'denied'"),
        _DECIDED,
    ),
    _rate(
        "upheld",
        "Acogidas",
        "De las respondidas en el período con una decisión, las acogidas por completo o en parte.",
        SATISFACTION,
        NEITHER,
        ("upheld", "answered_on", "outcome IN ('upheld', 'partly')"),
        _DECIDED,
    ),
    _count(
        "ended_unanswered",
        "Terminadas sin respuesta",
        "Solicitudes que terminaron en el período sin una respuesta de fondo: desistidas, derivadas a otro "
        "organismo, inadmisibles, acumuladas o repetidas.",
        EFFICIENCY,
        NEITHER,
        _measure("ended_unanswered", "closed_on"),
    ),
    _rate(
        "withdrawn",
        "Desistidas",
        "De las recibidas en el período, las que terminaron porque la persona desistió o no las completó.",
        EFFICIENCY,
        LOWER,
        ("withdrawn", "filed_on", "ending IN ('withdrawn', 'lapsed', 'archived', 'not_filed')"),
        _RECEIVED,
    ),
    _rate(
        "transferred",
        "Derivadas a otro organismo",
        "De las recibidas en el período, las que correspondían a otro organismo.",
        EFFICIENCY,
        NEITHER,
        ("transferred", "filed_on", "ending = 'transferred'"),
        _RECEIVED,
    ),
    _rate(
        "dismissed",
        "Inadmisibles",
        "De las recibidas en el período, las que no se admitieron.",
        EFFICIENCY,
        LOWER,
        ("dismissed", "filed_on", "ending = 'dismissed'"),
        _RECEIVED,
    ),
    _rate(
        "joined",
        "Acumuladas o repetidas",
        "De las recibidas en el período, las que se acumularon a otra o se archivaron por repetidas.",
        EFFICIENCY,
        NEITHER,
        ("joined", "filed_on", _JOINED),
        _RECEIVED,
    ),
    _rate(
        "anonymous",
        "Sin identificar",
        "De las recibidas en el período, las que se ingresaron sin decir quién las hace.",
        COVERAGE,
        NEITHER,
        ("anonymous", "filed_on", "person = 'anonymous'"),
        _RECEIVED,
    ),
    _rate(
        "legal_persons",
        "De personas jurídicas",
        "De las recibidas en el período de personas identificadas, las de empresas y organizaciones.",
        COVERAGE,
        NEITHER,
        ("legal_persons", "filed_on", "person = 'legal'"),
        _IDENTIFIED,
    ),
    _rate(
        "internal",
        "Del personal de la institución",
        "De las recibidas en el período de personas identificadas, las de quienes trabajan en la "
        "institución.",
        COVERAGE,
        NEITHER,
        ("internal", "filed_on", "audience = 'internal'"),
        _IDENTIFIED,
    ),
    _rate(
        "by_staff",
        "Ingresadas por funcionarios",
        "De las recibidas en el período, las que ingresó una persona de la institución a nombre de otra.",
        COVERAGE,
        NEITHER,
        ("by_staff", "filed_on", "is_by_staff"),
        _RECEIVED,
    ),
    _rate(
        "cause_coded",
        "Con causa anotada",
        "De las terminadas en el período, con respuesta o sin ella, aquellas en que se anotó la causa.",
        EFFICIENCY,
        HIGHER,
        ("cause_coded", "ended_on", "has_cause"),
        _ENDED,
    ),
    _values(
        "rating",
        "Calificación de la respuesta",
        "Nota de 1 a 5 que la persona puso a la respuesta; cuenta el día de la primera respuesta.",
        SATISFACTION,
        "marks",
        HIGHER,
        _measure("rating", "answered_on", value="rating"),
    ),
    _rate(
        "rated_well",
        "Respuestas bien calificadas",
        "De las respuestas calificadas, las que recibieron nota 4 o 5.",
        SATISFACTION,
        HIGHER,
        ("rated_well", "answered_on", "rating >= 4"),
        _RATED,
    ),
    _rate(
        "rated_share",
        "Respuestas calificadas",
        "De las respondidas en el período, aquellas cuya respuesta calificó la persona.",
        SATISFACTION,
        HIGHER,
        ("rated", "answered_on", "rating IS NOT NULL"),
        _ANSWERED,
    ),
    _rate(
        "appealed",
        "Reclamadas o recurridas",
        "De las recibidas en el período, aquellas cuya decisión o silencio se llevó a otra autoridad o a "
        "la misma.",
        SATISFACTION,
        LOWER,
        ("appealed", "filed_on", "appeals > 0"),
        _RECEIVED,
    ),
    _rate(
        "appeals_lost",
        "Recursos acogidos en contra",
        "De las recibidas en el período cuyo recurso ya se resolvió, aquellas en que se acogió, por "
        "completo o en "
        "parte.",
        SATISFACTION,
        LOWER,
        ("appeals_lost", "filed_on", "appeals_lost > 0"),
        _APPEALS_DECIDED,
    ),
)
