# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about a service point."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siac.catalogue.public import services
from siac.organizations.public import Institution, unit_options
from siac.servicepoints.domain.hours import Hours, OtherDay, Season, Window
from siac.servicepoints.models import ServicePoint, ServicePointKind
from siac.ui.forms import Form, PickedDay, basis_field
from siac.ui.rows import RowForm, RowsField

_DAYS = [
    ("0-4", "Lunes a viernes"), ("0-5", "Lunes a sábado"), ("0-6", "Todos los días"), ("0", "Lunes"),
    ("1", "Martes"), ("2", "Miércoles"), ("3", "Jueves"), ("4", "Viernes"), ("5", "Sábado"), ("6", "Domingo"),
]  # fmt: skip
_TIME = {"invalid": "Escriba la hora así: 9:00.", "required": "Escriba la hora."}


def _time(label: str, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required, input_formats=["%H:%M"], error_messages=_TIME,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "9:00"}),
    )  # fmt: skip


class _WindowRow(RowForm):
    """A time of opening."""

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins."""
        data = super().clean() or {}
        opens, closes = data.get("opens"), data.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", "Cierra antes de abrir.")
        for name, other in (("opens", closes), ("closes", opens)):
            if other and not data.get(name) and name not in self.errors:
                self.add_error(name, "Escriba la hora, o quite la otra: cerrado.")
        return data


class WeekRow(_WindowRow):
    """A time of opening of some days of the week."""

    widths = {"opens": "narrow", "closes": "narrow"}
    days = forms.ChoiceField(label="Días", choices=_DAYS)
    opens = _time("Abre")
    closes = _time("Cierra")

    def has_changed(self) -> bool:
        """Return whether a time was said."""
        return bool({"opens", "closes"} & set(self.changed_data)) or bool(self.initial)


def _day_of_year(text: str) -> tuple[int, int]:
    try:
        day, month = (int(part) for part in text.split("/"))
        date(2024, month, day)  # a leap year: the 29th of February is a day too
    except ValueError:
        raise ValidationError("Escriba el día así: 2/1.") from None
    return month, day


class SeasonRow(WeekRow):
    """A time of opening within some days of the year."""

    widths = {"first": "narrow", "last": "narrow", "opens": "narrow", "closes": "narrow"}
    first = forms.CharField(label="Desde (día/mes)", max_length=5)
    last = forms.CharField(label="Hasta (día/mes)", max_length=5)
    opens = _time("Abre", required=False)
    closes = _time("Cierra", required=False)
    field_order = ("first", "last", "days", "opens", "closes")

    def has_changed(self) -> bool:
        """Return whether its days were said."""
        return bool({"first", "last", "opens", "closes"} & set(self.changed_data)) or bool(self.initial)

    def clean_first(self) -> tuple[int, int]:
        """Read its first day."""
        return _day_of_year(self.cleaned_data["first"])

    def clean_last(self) -> tuple[int, int]:
        """Read its last day."""
        return _day_of_year(self.cleaned_data["last"])


class OtherDayRow(_WindowRow):
    """A day that is otherwise; closed where it has no times."""

    widths = {"opens": "narrow", "closes": "narrow", "reason": "wide"}
    on = PickedDay(label="Día")
    opens = _time("Abre", required=False)
    closes = _time("Cierra", required=False)
    reason = forms.CharField(label="Por qué", max_length=100, required=False)


class ServicePointForm(Form):
    """A service point."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    code = forms.SlugField(
        label="Código", max_length=40,
        error_messages={"required": "Escriba el código.", "invalid": "Use letras, números y guiones."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Tipo", choices=ServicePointKind.choices)
    unit_id = forms.TypedChoiceField(label="Unidad a cargo", required=False, coerce=int, empty_value=None)
    in_charge = forms.CharField(
        label="Cargo responsable", required=False, max_length=150,
        help_text="El cargo, sin el nombre de la persona.",
    )  # fmt: skip
    address = forms.CharField(label="Dirección", max_length=200, required=False)
    commune = forms.CharField(label="Comuna o municipio", max_length=80, required=False)
    phone = forms.CharField(label="Teléfono", max_length=40, required=False)
    week = RowsField(
        WeekRow, thing="Horario", add="Agregar un horario", limit=30, ordered=False, label="Horario",
        help_text="Si cierra a mediodía, ponga dos filas para los mismos días.",
    )  # fmt: skip
    opens_on_holidays = forms.BooleanField(label="Abre también en feriados", required=False)
    seasons = RowsField(
        SeasonRow, thing="Temporada", add="Agregar una temporada", limit=40, ordered=False,
        label="Temporadas", help_text="Días del año con otro horario. Sin horas: cerrado.",
    )  # fmt: skip
    others = RowsField(
        OtherDayRow, thing="Día", add="Agregar un día", limit=100, ordered=False, label="Días distintos",
        help_text="Un día que cierra o atiende a otra hora. Sin horas: cerrado.",
    )  # fmt: skip
    hours_note = forms.CharField(
        label="Horario, en palabras", max_length=200, required=False,
        help_text="Lo que el horario no dice. Por ejemplo: con hora reservada.",
    )  # fmt: skip
    service_ids = forms.TypedMultipleChoiceField(
        label="Servicios que da", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    no_services = forms.CharField(label="Si no da ninguno, ¿por qué?", max_length=200, required=False)
    is_active = forms.BooleanField(label="Activo", required=False, initial=True)
    folded = ("Temporadas y días distintos",)
    _parts = (
        ("El punto", ("name", "code", "kind", "unit_id", "in_charge", "address", "commune", "phone")),
        ("Cuándo abre", ("week", "opens_on_holidays", "hours_note")),
        ("Temporadas y días distintos", ("seasons", "others")),
        ("Qué da", ("service_ids", "no_services", "is_active", "based_on")),
    )
    plain = (
        "name", "code", "kind", "unit_id", "in_charge", "address", "commune", "phone", "hours_note",
        "service_ids", "no_services", "is_active",
    )  # fmt: skip

    def __init__(self, institution: Institution, row: ServicePoint | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", "Ninguna"), *unit_options(institution)]  # type: ignore[attr-defined]
        given = services(institution).items()
        offered = [(pk, each.name) for pk, each in given if each.is_active or (row and pk in row.service_ids)]
        self.fields["service_ids"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["service_ids"]
        if row is not None:
            for name in self.plain:
                if name in self.fields:
                    self.fields[name].initial = getattr(row, name)
            for name, value in rows_of(row.hours).items():
                self.fields[name].initial = value
        self.fields["based_on"] = basis_field(row.version if row else None)

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        return [
            (title, [self[each] for each in names if each in self.fields]) for title, names in self._parts
        ]


def hours_of(data: Mapping[str, Any]) -> Hours:
    """Return when a place is open, as the form was filled in."""
    seasons: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in data["seasons"]:
        seasons.setdefault((row["first"], row["last"]), []).append(row)
    others: dict[date, list[Mapping[str, Any]]] = {}
    for row in data["others"]:
        others.setdefault(row["on"], []).append(row)
    return Hours(
        _week(data["week"]),
        tuple(Season(first, last, _week(rows)) for (first, last), rows in seasons.items()),
        tuple(
            OtherDay(on, _windows(rows), next((row["reason"] for row in rows if row["reason"]), ""))
            for on, rows in sorted(others.items())
        ),
        data["opens_on_holidays"],
    )


def _windows(rows: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    return tuple(
        sorted(Window(row["opens"], row["closes"]) for row in rows if row.get("opens") and row.get("closes"))
    )


def _week(rows: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Window, ...]]:
    by_day: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        first, _, last = row["days"].partition("-")
        for day in range(int(first), int(last or first) + 1):
            by_day.setdefault(day, []).append(row)
    return {day: _windows(those) for day, those in sorted(by_day.items()) if _windows(those)}


def rows_of(hours: Hours) -> dict[str, Any]:
    """Return hours as the rows of the form, days alike together."""
    return {
        "week": _week_rows(hours.week),
        "seasons": [
            {"first": f"{s.first[1]}/{s.first[0]}", "last": f"{s.last[1]}/{s.last[0]}", **row}
            for s in hours.seasons
            for row in _week_rows(s.week) or [{"days": "0-6"}]
        ],
        "others": [
            {"on": other.on, "reason": other.reason, **window}
            for other in hours.exceptions
            for window in [{"opens": w.opens, "closes": w.closes} for w in other.windows] or [{}]
        ],
        "opens_on_holidays": hours.opens_on_holidays,
    }


def _week_rows(week: Mapping[int, tuple[Window, ...]]) -> list[dict[str, Any]]:
    """Return a week as rows: Monday to Friday together where they are alike."""
    found: list[dict[str, Any]] = []
    left = {day: set(windows) for day, windows in week.items()}
    for code, days in (("0-6", range(7)), ("0-5", range(6)), ("0-4", range(5))):
        shared = set.intersection(*(left.get(day, set()) for day in days))
        for window in sorted(shared):
            found.append({"days": code, "opens": window.opens, "closes": window.closes})
            for day in days:
                left[day].discard(window)
    found += [
        {"days": str(day), "opens": window.opens, "closes": window.closes}
        for day in sorted(left)
        for window in sorted(left[day])
    ]
    return found
