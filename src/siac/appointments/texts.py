# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from siac.appointments.domain.states import State, WaitState

STATE_NAMES: dict[State, str] = {
    State.HELD: "Ofrecida",
    State.BOOKED: "Reservada",
    State.PRESENT: "Llegó",
    State.ATTENDED: "Atendida",
    State.UNSERVED: "Vino y no se atendió",
    State.MISSED: "No vino",
    State.CANCELLED: "Anulada",
    State.LAPSED: "No aceptada",
}
WAIT_NAMES: dict[WaitState, str] = {
    WaitState.WAITING: "En lista de espera",
    WaitState.OFFERED: "Con un cupo ofrecido",
    WaitState.TAKEN: "Tomó un cupo",
    WaitState.LEFT: "Salió de la lista",
    WaitState.ENDED: "Terminó",
}
UNFIT: dict[str, str] = {
    "agenda": "La agenda ya no está activa",
    "service": "El servicio se retiró",
    "point": "El punto ya no está activo",
    "line": "La fila ya no está activa",
    "hours": "Ese día a esa hora ya no se atiende",
    "seat": "Ahora se atiende a menos personas a la vez",
}
"""Why an appointment cannot be kept as things stand."""
REFUSALS: dict[str, str] = {
    "agenda_place": "El punto, la fila o el servicio no es de este organismo, o la fila es de otro punto.",
    "agenda_booked": "Hay citas por venir en este punto: haga otra agenda para el otro y desactive esta.",
    "agenda_windows": "Agregue al menos un horario: sin él nadie puede pedir hora.",
    "agenda_window_ends": "Un horario termina antes de empezar, o dura menos que una cita.",
    "agenda_windows_cross": "Dos horarios se cruzan: el de {one} y el de {other}. Cambie uno.",
    "agenda_name_taken": "Otra agenda activa de este punto ya se llama {name}.",
    "agenda_sizes": "Revise los números: una cita dura de 5 minutos a 8 horas, para 1 a 100 a la vez.",
    "agenda_closed": "Esta agenda no recibe reservas ahora.",
    "slot_unknown": "Esa hora ya no se ofrece. Elija otra.",
    "slot_taken": "Alguien tomó esa hora antes que usted. Elija otra: sus datos siguen aquí.",
    "slot_late": "Ya no queda tiempo para reservar esa hora. Elija otra.",
    "contact_missing": "Escriba un correo o un teléfono, para avisarle si algo cambia.",
    "contact_email": "Escriba un correo como nombre@ejemplo.cl.",
    "contact_phone": "Escriba un teléfono con su código, por ejemplo +56 9 1234 5678.",
    "contact_name": "Escriba su nombre.",
    "contact_document": "Escriba su documento de identidad.",
    "appointments_many": (
        "Con ese correo o teléfono ya hay {most} citas pendientes aquí. Anule una antes de pedir otra."
    ),
    "appointment_key": "Esta página ya se envió con otros datos. Ábrala de nuevo.",
    "appointment_moved_on": "Esta cita ya cambió. Mire cómo está ahora.",
    "arrival_unknown": "No hay una cita con ese código hoy en este punto. Revíselo o pida ayuda en el mesón.",
    "arrival_early": "Llegó antes de tiempo: puede sacar su número desde las {since}.",
    "arrival_done": "Con ese código ya se sacó un número.",
    "wait_none": "Esta agenda no tiene lista de espera.",
    "wait_days": "Elija días que todavía se pueden reservar.",
    "wait_twice": "Con ese correo o teléfono ya está en la lista de espera de esos días.",
    "wait_over": "Ya no está en la lista de espera.",
    "suspension_days": "El último día es anterior al primero, o ya pasó, o son más de {most} días.",
    "suspension_place": "El punto o la agenda no es de este organismo.",
    "suspension_reason": "Escriba el motivo: lo leerán las personas.",
    "unfit_none": "Marque al menos una cita que todavía no quepa.",
    "suspension_begun": "Este trabajo ya está en curso o terminó.",
    "suspension_lifted": "Esta suspensión ya se levantó.",
}
CONFIGURED = ("appointments.agenda_saved",)
"""Entries in the chain of the body."""
HAPPENED = (
    "appointments.offered", "appointments.booked", "appointments.moved", "appointments.cancelled",
    "appointments.lapsed", "appointments.arrived", "appointments.settled",
)  # fmt: skip
"""Entries in the chain of an appointment; each changes what is counted of it."""
BESIDE = (
    "appointments.joined", "appointments.left", "appointments.wait_ended", "appointments.suspended",
    "appointments.lifted", "appointments.forgotten",
)  # fmt: skip
"""Entries in other chains: of who waits, of suspended days, of the body."""
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
)  # fmt: skip


def day_words(day: date) -> str:
    """Return a day as people say it: «martes 1 de diciembre»."""
    return f"{_DAYS[day.weekday()]} {day.day} de {_MONTHS[day.month - 1]}"


def hour_words(at: datetime, zone: ZoneInfo) -> str:
    """Return an hour by a clock: «9:20»; the second time of an hour that the clock repeats says so."""
    local = at.astimezone(zone)
    again = " (segunda vez)" if local.fold else ""
    return f"{local.hour}:{local:%M}{again}"


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment by a clock: «martes 1 de diciembre a las 9:20»."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())} a {'la' if local.hour == 1 else 'las'} {hour_words(at, zone)}"
