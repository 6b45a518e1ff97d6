# SPDX-License-Identifier: EUPL-1.2
"""What people are told about their appointment: when and where, and the link; never what it is about."""

import re
from collections.abc import Callable, Sequence

from django.conf import settings
from django.urls import reverse

from siac.appointments.commands import telling
from siac.appointments.contact import opened
from siac.appointments.models import Appointment, Waiter
from siac.appointments.texts import day_words, hour_words, moment_words
from siac.notices.public import Notice
from siac.organizations.public import Institution, institution_of

LINK = re.compile(r"(?<=/cita/)[\w-]{20,}|(?<=/espera/)[\w-]{20,}|(?<=Código: )[A-Z2-9]{6}")
"""What in a letter opens something by itself; people of the house read it covered."""
TITLES = {
    telling.BOOKED: "Confirmación de una cita",
    telling.MOVED: "Cambio de una cita",
    telling.CANCELLED: "Anulación de una cita",
    telling.REMINDER: "Recordatorio de una cita",
    telling.OFFER: "Cupo para quien esperaba una cita",
    telling.LAPSED: "Cupo que no se tomó",
    telling.JOINED: "Lista de espera de citas",
}
_SAID = {
    telling.BOOKED: "Su cita está reservada",
    telling.MOVED: "Su cita cambió de hora",
    telling.CANCELLED: "Su cita está anulada",
    telling.REMINDER: "Le recordamos su cita",
    telling.OFFER: "Hay un cupo para usted",
    telling.LAPSED: "El cupo que le ofrecimos ya no está disponible",
}


def appointment_url(institution: Institution, token: str) -> str:
    """Return the whole address of the page of an appointment."""
    return str(settings.SITE_URL) + reverse("portal:appointments:appointment", args=[institution.slug, token])


def waiter_url(institution: Institution, token: str) -> str:
    """Return the whole address of the page of somebody who waits."""
    return str(settings.SITE_URL) + reverse("portal:appointments:waiter", args=[institution.slug, token])


def _row(notice: Notice) -> Appointment:
    rows = Appointment.objects.select_related("agenda", "point__institution", "institution")
    return rows.get(pk=notice.subject_id, institution=notice.institution_id)


def _where(row: Appointment) -> str:
    return ", ".join(filter(None, (row.point.name, row.point.address, row.point.commune)))


def renderer(kind: str) -> Callable[[Notice], tuple[str, str]]:
    """Return what gives (subject, text) of notices of a kind (2 SQL)."""

    def render(notice: Notice) -> tuple[str, str]:
        row = _row(notice)
        found = opened(row)
        url = appointment_url(row.institution, found[1]) if found else ""
        lines = [f"{_SAID[kind]}.", *_lines(kind, row, url), row.institution.name]
        return f"{_SAID[kind]} — {row.institution.short_name}", "\n\n".join(filter(None, lines))

    return render


def _lines(kind: str, row: Appointment, url: str) -> Sequence[str]:
    when = moment_words(row.begins_at, row.zone)
    when = f"{when[0].upper()}{when[1:]}, en {_where(row)}."
    if kind == telling.CANCELLED:
        why = f"Motivo: {row.cancel_reason}" if row.cancel_reason else ""
        sorry = "Lamentamos el cambio. " if row.cancelled_by_house else ""
        return [f"Era: {when}", why, f"{sorry}Puede elegir otra hora, sin escribir sus datos de nuevo: {url}"]
    if kind == telling.OFFER:
        until = moment_words(row.held_until, row.zone) if row.held_until else ""
        return [when, f"Se lo guardamos hasta el {until}. Acéptelo o rechácelo aquí: {url}"]
    if kind == telling.LAPSED:
        return [f"Era: {when}", "Si todavía necesita una cita, puede pedirla o anotarse otra vez."]
    bring = f"Lleve: {row.agenda.bring}" if row.agenda.bring else ""
    late = f"Llegue a tiempo: la hora se guarda {row.agenda.late_minutes} minutos."
    return [when, f"Código: {row.code}. Con él saca su número al llegar.", bring, late,
            f"Para verla, cambiarla o anularla, o agregarla a su calendario: {url}"]  # fmt: skip


def shorter(kind: str) -> Callable[[Notice], tuple[str, str]]:
    """Return what gives (subject, text) of a text message of a kind: when and the link (2 SQL)."""

    def render(notice: Notice) -> tuple[str, str]:
        row = _row(notice)
        found, local = opened(row), row.local
        url = appointment_url(row.institution, found[1]) if found else ""
        when = f"{local.day}/{local.month} {hour_words(row.begins_at, row.zone)}"
        return _SAID[kind], f"{row.institution.short_name}: {_SAID[kind].lower()}. {when}. {url}"

    return render


def render_joined(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) for whoever joined a waiting list (2 SQL)."""
    institution = institution_of(notice.institution_id)
    row = Waiter.objects.select_related("agenda").get(pk=notice.subject_id, institution=institution)
    found = opened(row)
    lines = [
        "Está en la lista de espera.",
        f"{row.agenda.name}, del {day_words(row.first_on)} al {day_words(row.last_on)}.",
        "Si queda un cupo, se lo ofreceremos por este medio y se lo guardaremos unas horas.",
        f"Para ver cómo está o salir de la lista: {waiter_url(institution, found[1]) if found else ''}",
        institution.name,
    ]
    return f"Lista de espera — {institution.short_name}", "\n\n".join(lines)
