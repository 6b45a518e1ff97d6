# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from collections.abc import Sequence
from datetime import date

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.explaining import COUNTED, DAY_OFF, PAUSED, RESTARTED, ROLLED, SATURDAY, SUNDAY
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule
from siac.countries.public import COUNTRIES

REFUSALS: dict[str, str] = {
    Code.OUTSIDE_COVERAGE: (
        "El calendario de este lugar solo cubre del {first} al {last}: no se calcula fuera de esas fechas."
    ),
    Code.CALENDAR_NOT_WHOLE: "El calendario de este lugar solo cubre del {first} al {last}: {why}",
    Code.CONFIRM_YEAR: "Confirme primero {year}: los años se confirman uno a uno, en orden.",
    Code.UNKNOWN_PLACE: (
        "No se reconoce el lugar «{place}». Ejemplos: CL, CL-AP, "
        "CL-16101, PE-LIM, ES-MD, ES-CT+08019, ES-MD,ES-CT."
    ),
    Code.PLACE_WITHOUT_CALENDAR: (
        "No hay calendario para {layers}. Regístrelo en Calendarios antes de calcular plazos allí."
    ),
    Code.MIXED_COUNTRIES: "El lugar «{place}» mezcla países: un plazo se cuenta con la ley de uno solo.",
    Code.BAD_AMOUNT: (
        "No se entiende el plazo «{value}». Use, por ejemplo, 30bd "
        "(días hábiles), 10cd (días corridos), 3m (meses) o 24h (horas)."
    ),
    Code.UNKNOWN_RULE: "No existe la regla «{rule}». Vea la lista con: siac rules check --all",
    Code.RULE_NOT_IN_FORCE: "La regla {rule} no estaba vigente el {day}: rige {span}.",
    Code.RULE_WITHOUT_TERM: "La regla {rule} no fija un número de días: no hay un vencimiento que calcular.",
    Code.RULE_OF_ANOTHER_COUNTRY: "La regla {rule} no se aplica en {country}.",
    Code.UNKNOWN_CHANNEL: "No se reconoce el canal «{channel}». Use web, desk, libro o mesa.",
    Code.PAUSE_BEFORE_START: (
        "La petición de antecedentes ({asked}) no puede ser "
        "anterior al {start}, cuando el plazo empezó o se reanudó."
    ),
    Code.PAUSE_AFTER_END: "El plazo ya había vencido ({due}) cuando se pidieron los antecedentes ({asked}).",
    Code.ANSWERED_BEFORE_ASKED: "La respuesta ({answered}) no puede ser anterior a la petición ({asked}).",
    Code.NOT_SUSPENDED_BY_RULE: (
        "La regla {rule} no suspende el plazo cuando se piden antecedentes: sigue corriendo."
    ),
    Code.ALREADY_PAUSED: "El plazo ya está detenido desde el {since}.",
    Code.NOT_PAUSED: "El plazo no está detenido.",
    Code.ALREADY_EXTENDED: "El plazo ya se amplió una vez y no admite otra ampliación.",
    Code.TERM_HAS_ENDED: "El plazo venció el {due}: un plazo vencido no se amplía ni se detiene.",
    Code.NOT_EXTENDABLE: "La regla {rule} no permite ampliar el plazo.",
    Code.EXTENSION_TOO_SHORT: (
        "No se puede ampliar a {amount}: el límite es {limit}, "
        "en la misma unidad y mayor que el plazo inicial."
    ),
    Code.EXTENSION_NEEDS_DAY: "Esta norma exige fijar el día en que se responderá: indíquelo.",
    Code.EXTENSION_TOLD_LATE: (
        "La norma exigía comunicar esta ampliación a más tardar el {until}: ya no procede."
    ),
    Code.EXTENSION_DAY_OFF: "El {day} no es hábil: fije un día hábil.",
    Code.REASON_MISSING: "Escriba el motivo: debe quedar constancia.",
    Code.NOT_RUNNING: "Este plazo ya terminó y no admite cambios.",
    Code.DAY_ALREADY_THERE: "El {day} ya está en este calendario.",
    Code.DAY_NOT_THERE: "El {day} no está en este calendario.",
    Code.DAY_OUTSIDE_LAYER: "El {day} está fuera de las fechas que cubre este calendario ({first} a {last}).",
    Code.OWN_CLOSURE_FORBIDDEN: "{why} Registre un día no laborable decretado.",
    Code.UNKNOWN_LAYER: "No existe el calendario «{layer}».",
    Code.CLOSURE_REVERSED: "El último día no puede ser anterior al primero.",
    Code.CLOSURE_TOO_LONG: "Un cierre no puede pasar de {limit} días: revise las fechas.",
    Code.CLOSURE_ON_WEEKEND: "Elija al menos un día de lunes a viernes: sábados y domingos ya no cuentan.",
    Code.OWN_CODE_TAKEN: "Ya hay una regla propia con ese código: ábrala y cámbiela.",
    Code.OWN_NAMELESS: "Escriba el nombre de la regla y el documento que la fija.",
    Code.OWN_BASE: (
        "Elija una norma vigente que fije un plazo desde la "
        "presentación; la de una regla ya guardada no se cambia."
    ),
    Code.OWN_TOO_LONG: "La norma de la que depende no permite pasar de {limit}, contados del mismo modo.",
    Code.OWN_EXTENSION: "El plazo ampliado debe ser mayor que el plazo.",
    Code.OWN_EXTENSION_TOO_LONG: "La norma de la que depende no permite ampliarlo a más de {limit}.",
    Code.OWN_EXTENSION_FORBIDDEN: "Solo se amplía un plazo cuya norma lo permite.",
    Code.OWN_FROM: (
        "La nueva versión rige desde hoy o después, y después "
        "que la anterior: los plazos en curso no cambian."
    ),
    Code.CHANGE_NOT_FAILED: "Este cambio no está interrumpido: no hay nada que continuar.",
    Code.PREVIEW_GONE: "Esta vista previa ya se aplicó, o todavía no está lista.",
}

REASONS: dict[str, str] = {
    COUNTED: "cuenta",
    SATURDAY: "sábado, no es hábil",
    SUNDAY: "domingo, no es hábil",
    DAY_OFF: "no es hábil",
    PAUSED: "plazo detenido a la espera de antecedentes",
    RESTARTED: "el plazo volvió a empezar al completarse la solicitud",
    ROLLED: "el plazo terminaba en día inhábil y pasa al siguiente hábil",
}
BASES = {
    "verified": "Plazo leído en la norma.",
    "interpretation": "Plazo interpretado: la norma no lo dice de forma expresa.",
    "unverified": "Plazo por confirmar en el texto oficial.",
    "own": "Plazo propio de la institución.",
}
BASIS_NAMES = {
    "verified": "verificada",
    "interpretation": "interpretación",
    "unverified": "sin verificar",
    "own": "propia",
}
STATES = {
    "running": "en curso",
    "paused": "detenido",
    "met": "cumplido",
    "missed": "incumplido",
    "cancelled": "sin efecto",
}
DAY_KINDS = {
    "holiday": "Feriado o festivo",
    "decreed": "Día no laborable decretado",
    "closure": "Cierre de la institución",
    "optional_working": "Día señalado que sí es hábil",
}
EVENTS = {
    "filing": "la presentación", "registration": "el registro", "receipt": "la recepción",
    "notification": "la notificación", "initiation": "el inicio del procedimiento",
    "expiry": "el vencimiento", "act": "el acto", "dispatch": "el envío", "certificate": "el certificado",
    "warning": "la advertencia", "denunciation": "la denuncia de la demora", "correction": "la subsanación",
    "answer": "la respuesta", "term_end": "el término anterior",
    "admission": "la notificación de que se admitió",
}  # fmt: skip
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
)  # fmt: skip
_UNITS = {
    Unit.BUSINESS_DAYS: ("día hábil", "días hábiles"),
    Unit.CALENDAR_DAYS: ("día corrido", "días corridos"),
    Unit.MONTHS: ("mes", "meses"),
    Unit.HOURS: ("hora", "horas"),
    Unit.MINUTES: ("minuto", "minutos"),
}


def amount_text(amount: Amount, country: str = "") -> str:
    """Return "20 días hábiles", "30 días corridos" (or as the law of `country` calls them), "1 mes"."""
    names = _UNITS[amount.unit]
    if amount.unit is Unit.CALENDAR_DAYS and country:
        names = COUNTRIES[country].counting.calendar_day
    return f"{amount.number} {names[0] if amount.number == 1 else names[1]}"


def rule_text(rule: Rule) -> str:
    """Return a rule as people speak of it: «Solicitud de acceso …, 20 días hábiles · art. 14, Ley 20.285»."""
    length = f", {amount_text(rule.amount, rule.country)}" if rule.amount else ""
    return f"{rule.name}{length} · {rule.law}"


def date_text(day: date) -> str:
    """Return "jueves 3 de octubre de 2024"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} de {MONTHS[day.month - 1]} de {day.year}"


def short_date(day: date) -> str:
    """Return "3 de octubre"."""
    return f"{day.day} de {MONTHS[day.month - 1]}"


def counting_text(amount: Amount, extended: Amount | None, country: str, event: str, day0: date) -> str:
    """Return the sentence that says how long the term is and from when it counts."""
    total = extended or amount
    length = amount_text(total, country)
    if extended:
        length += f" ({amount_text(amount, country)}, ampliado)"
    verb = "Es" if total.number == 1 else "Son"
    if total.unit.is_exact:
        return f"{verb} {length} desde {event}."
    if total.unit is Unit.MONTHS:
        return f"{verb} {length}, de fecha a fecha, desde el {date_text(day0)} ({event})."
    return f"{verb} {length} desde el día siguiente al {date_text(day0)} ({event})."


def not_counted_text(names: list[tuple[date, str]]) -> str:
    """Return "No cuentan: 18 de septiembre (Independencia Nacional) …", or an empty string."""
    if not names:
        return ""
    return (
        "No cuentan sábados ni domingos, ni: " + "; ".join(f"{short_date(d)} ({n})" for d, n in names) + "."
    )


def pause_text(asked: date, answered: date, received: date | None = None, *, restart: bool) -> str:
    """Return the sentence about one wait for the person; `received` is the day
    off on which the answer really came.
    """
    late = (
        f" Llegó el {short_date(received)}, día inhábil: se tiene por recibido el siguiente hábil."
        if received
        else ""
    )
    if restart:
        return (
            f"Se pidió completar la solicitud el {short_date(asked)} "
            f"y se completó el {short_date(answered)}: "
            f"el plazo se cuenta desde entonces.{late}"
        )
    return (
        f"Estuvo detenido desde el {short_date(asked)} hasta el "
        f"{short_date(answered)}, a la espera de antecedentes."
        f"{late}"
    )


def safe_text(nominal: date) -> str:
    """Return the sentence that names the day before the roll as the safe one."""
    return (
        f"Lo seguro es actuar a más tardar el {date_text(nominal)}: "
        "quien decide puede no aceptar que el plazo pase al día "
        "hábil siguiente."
    )


def unconfirmed_text(layers: Sequence[str], confirmed_to: date) -> str:
    """Return the warning that days after `confirmed_to` are not gazetted yet in some calendars."""
    return (
        f"Este vencimiento puede cambiar: los días inhábiles de {' y '.join(layers)} posteriores al "
        f"{short_date(confirmed_to)} de {confirmed_to.year} aún no están confirmados en su boletín oficial."
    )


def due_text(due_on: date, nominal: date) -> str:
    """Return the sentence with the last day, and the roll if there was one."""
    rolled = f" El {date_text(nominal)} no es hábil, por eso pasa al siguiente." if nominal != due_on else ""
    return f"Vence el {date_text(due_on)}, a las 24 horas.{rolled}"


RECORDED = (
    "clocks.own_rule_saved",
    "calendar.clocks_moved",
    "calendar.days_added",
    "calendar.days_revoked",
    "calendar.year_confirmed",
)
"""Every kind of entry that this context writes in the journal."""
