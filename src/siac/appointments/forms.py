# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about appointments: by whoever books, and by whoever sets up agendas."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from siac.appointments.contact import DOCUMENT_LIMIT, EMAIL_LIMIT, NAME_LIMIT, PHONE_LIMIT, Contact
from siac.appointments.models import Agenda
from siac.appointments.models.appointment import Way
from siac.appointments.texts import day_words
from siac.catalogue.public import services
from siac.counter.public import lines
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points
from siac.ui.forms import AutocompleteSelect, Form, PickedDay
from siac.ui.rows import RowForm, RowsField


class ContactForm(Form):
    """Who somebody is and where they can be told: what is needed to keep an hour, no more."""

    name = forms.CharField(
        label="Su nombre", max_length=NAME_LIMIT, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Escriba su nombre.", "max_length": "El nombre es demasiado largo."},
    )  # fmt: skip
    email = forms.CharField(
        label="Correo electrónico", max_length=EMAIL_LIMIT, required=False,
        help_text="Le enviaremos la confirmación, el recordatorio y el enlace para cambiarla. Si no tiene, "
        "escriba su teléfono.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"max_length": "El correo es demasiado largo."},
    )  # fmt: skip
    phone = forms.CharField(
        label="Teléfono", max_length=PHONE_LIMIT, required=False,
        help_text="Hace falta si no tiene correo; si tiene, es para avisarle si algo cambia.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": "El teléfono es demasiado largo."},
    )  # fmt: skip
    document = forms.CharField(
        label="Documento de identidad", max_length=DOCUMENT_LIMIT,
        error_messages={"required": "Escriba su documento.", "max_length": "Es demasiado largo."},
    )  # fmt: skip

    def __init__(self, agenda: Agenda, *args: Any, by_house: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not agenda.asks_document:
            del self.fields["document"]
        for name in ("email", "phone"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined] # one of the two is needed
        if by_house:
            self.fields["name"].label = "Nombre de la persona"
            self.fields["email"].help_text = "Un correo o un teléfono, o los dos."
            self.fields["phone"].help_text = ""

    @property
    def contact(self) -> Contact:
        """What was told."""
        told = self.cleaned_data
        return Contact(told["name"], told.get("email", ""), told.get("phone", ""), told.get("document", ""))


CONTACT_FIELDS = {
    "contact_name": "name", "contact_missing": "email", "contact_email": "email", "contact_phone": "phone",
    "contact_document": "document",
}  # fmt: skip
"""Beside which field a refusal stands."""


class BookForSomebodyForm(ContactForm):
    """Whom the house books for, and how they asked."""

    way = forms.ChoiceField(
        label="Cómo la pidió", choices=[(Way.PHONE, "Por teléfono"), (Way.DESK, "En el mesón")]
    )


class WaitForm(ContactForm):
    """Who waits, and for which days."""

    days = forms.ChoiceField(label="Para qué días", widget=forms.RadioSelect)

    def __init__(self, agenda: Agenda, today: date, last: date, *args: Any, day: date | None = None) -> None:
        super().__init__(agenda, *args)
        self._first, self._last, self._day = today, last, day
        field: Any = self.fields["days"]
        week = min(today + timedelta(days=7), last)
        options = [
            ("semana", f"Hasta el {day_words(week)}"),
            ("todos", f"Cualquier día hasta el {day_words(last)}"),
        ]
        if day is not None:
            options.insert(0, (day.isoformat(), f"Solo el {day_words(day)}"))
        field.choices, field.initial = options, options[0][0]

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last of these days."""
        chosen = self.cleaned_data["days"]
        if chosen == "todos":
            return self._first, self._last
        if chosen == "semana":
            return self._first, min(self._first + timedelta(days=7), self._last)
        day = self._day or self._first
        return day, day


_DAYS = [
    ("0,1,2,3,4", "Lunes a viernes"), ("0,1,2,3,4,5", "Lunes a sábado"), ("0,1,2,3,4,5,6", "Todos los días"),
    ("0", "Lunes"), ("1", "Martes"), ("2", "Miércoles"), ("3", "Jueves"), ("4", "Viernes"), ("5", "Sábado"),
    ("6", "Domingo"),
]  # fmt: skip


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, input_formats=["%H:%M"],
        error_messages={"invalid": "Escriba la hora así: 9:00.", "required": "Escriba la hora."},
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "9:00"}),
    )  # fmt: skip


class WindowRow(RowForm):
    """A time at which there are appointments."""

    widths = {"opens": "narrow", "closes": "narrow", "places": "narrow"}
    days = forms.ChoiceField(label="Días", choices=_DAYS)
    opens = _time("Desde las")
    closes = _time("Hasta las")
    places = forms.IntegerField(label="A la vez", min_value=1, max_value=100, required=False)
    first = PickedDay(label="Desde el día", required=False)
    last = PickedDay(label="Hasta el día", required=False)

    def has_changed(self) -> bool:
        """Return whether a time was said."""
        return bool({"opens", "closes"} & set(self.changed_data)) or bool(self.initial)


def window_rows(agenda: Agenda) -> list[dict[str, Any]]:
    """Return the windows of an agenda as the rows of its form: days that the list knows stand together."""
    known = {code for code, _ in _DAYS}
    found = []
    for each in agenda.openings:
        code = ",".join(map(str, sorted(each.weekdays)))
        for days in [code] if code in known else map(str, each.weekdays):
            found.append(
                {"days": days, "opens": each.opens, "closes": each.closes, "places": each.places,
                 "first": each.first, "last": each.last}
            )  # fmt: skip
    return found


def kept_windows(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of the form as an agenda keeps them."""
    return [
        {
            "weekdays": [int(day) for day in row["days"].split(",")],
            "opens": f"{row['opens']:%H:%M}", "closes": f"{row['closes']:%H:%M}", "places": row["places"],
            "first": row["first"].isoformat() if row["first"] else None,
            "last": row["last"].isoformat() if row["last"] else None,
        }
        for row in rows
    ]  # fmt: skip


def _choice(label: str, missing: str = "", hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=bool(missing), coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text=hint, error_messages={"required": missing},
    )  # fmt: skip


def _count(label: str, least: int, most: int, initial: int, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=initial, help_text=hint,
        error_messages={
            "required": "Escriba un número.", "invalid": "Escriba un número.",
            "min_value": f"Escriba {least} o más.", "max_value": f"Escriba {most} o menos.",
        },
    )  # fmt: skip


class AgendaForm(Form):
    """What can be booked."""

    line_id = _choice("Punto y fila", "Elija la fila.", "Al llegar, la persona saca su número en esa fila.")
    name = forms.CharField(
        label="Nombre", max_length=100, error_messages={"required": "Escriba el nombre."},
        help_text="Como lo lee quien pide hora: «Certificado de residencia».",
    )  # fmt: skip
    service_id = _choice("Servicio", hint="En su página se ofrece pedir hora.")
    is_online = forms.BooleanField(label="Se pide por internet", required=False, initial=True)
    windows = RowsField(
        WindowRow, label="Horario de citas", thing="Horario", add="Agregar horario", limit=60, ordered=False,
        help_text="Solo valen dentro del horario del punto: sus feriados y cierres no se repiten aquí.",
    )  # fmt: skip
    minutes = _count("Minutos de cada cita", 5, 480, 20)
    between = _count("Minutos entre citas", 0, 240, 0)
    places = _count("Personas a la vez", 1, 100, 1, "Cuántos módulos las atienden.")
    notice_hours = _count("Horas de anticipación mínima", 0, 720, 2)
    ahead_days = _count("Días hacia adelante", 0, 365, 30)
    most_open = _count("Citas pendientes por persona", 1, 50, 2, "Con un mismo correo o teléfono.")
    bring = forms.CharField(
        label="Qué llevar", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks_document = forms.BooleanField(
        label="Pedir documento de identidad", required=False,
        help_text="Solo si sin él no se puede preparar la atención.",
    )  # fmt: skip
    reminder_hours = _count("Horas antes del recordatorio", 0, 240, 24, "0: sin recordatorio.")
    has_waiting_list = forms.BooleanField(label="Con lista de espera", required=False, initial=True)
    offer_hours = _count("Horas para aceptar un cupo", 1, 240, 12)
    early_minutes = _count("Minutos antes en que puede llegar", 0, 240, 30)
    late_minutes = _count("Minutos de tolerancia", 0, 240, 15, "Después saca un número común.")
    keep_days = _count("Días que se guardan los datos de contacto", 1, 365, 30, "Desde el día de la cita.")
    is_active = forms.BooleanField(label="Activa", required=False, initial=True)

    def __init__(self, institution: Institution, row: Agenda | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        points = service_points(institution)
        fields["line_id"].choices = [("", "Elija…")] + [
            (pk, f"{points[line.point_id].name}: {line.prefix} {line.name}")
            for pk, line in lines(institution).items()
            if line.is_active or (row is not None and pk == row.line_id)
        ]
        given = [(pk, each.name) for pk, each in services(institution).items() if each.is_active]
        fields["service_id"].choices = [("", "Ninguno"), *given]
        if row is not None and row.service_id and row.service_id not in dict(given):
            gone = services(institution)[row.service_id]
            fields["service_id"].choices.append((gone.pk, f"{gone.name} (retirado)"))
        if row is not None:
            for name in fields:
                fields[name].initial = window_rows(row) if name == "windows" else getattr(row, name)


class SuspendForm(Form):
    """Days on which there are no appointments."""

    what = forms.ChoiceField(label="Qué se suspende", error_messages={"required": "Elija qué se suspende."})
    first_on = PickedDay(label="Primer día")
    last_on = PickedDay(label="Último día")
    reason = forms.CharField(
        label="Motivo", max_length=200, error_messages={"required": "Escriba el motivo."},
        help_text="Lo leerán las personas a las que se les anula la cita.",
    )  # fmt: skip

    def __init__(self, options: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(options)  # type: ignore[attr-defined]


def read_moment(text: str) -> datetime | None:
    """Return the moment that an address names (2026-12-01T12:20:00Z); None where it names none."""
    try:
        found = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1900 < found.year < 8999 else None


def written(at: datetime) -> str:
    """Return a moment as an address names it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
