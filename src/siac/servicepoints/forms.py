# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about a service point."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siac.catalogue.public import services
from siac.kernel.text import sort_key
from siac.organizations.public import Institution, unit_options
from siac.servicepoints.domain.geography import Coordinates, read_coordinates
from siac.servicepoints.domain.hours import Hours, OtherDay, Season, Visit, Window, overlaps
from siac.servicepoints.domain.types import access_features, channels, type_choices
from siac.servicepoints.models import ServicePoint
from siac.ui.forms import AutocompleteSelect, Form, PickedDay, basis_field
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
        """Refuse what ends before it begins, unless it goes on past midnight."""
        data = super().clean() or {}
        opens, closes = data.get("opens"), data.get("closes")
        if opens is not None and closes is not None and overlaps([Window(opens, closes)]):
            self.add_error("closes", "Cierra antes de abrir.")
        for name, other in (("opens", closes), ("closes", opens)):
            # Midnight is a time too: `time(0)` is told from one that is not there.
            if other is not None and data.get(name) is None and name not in self.errors:
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
    name = forms.CharField(label="Nombre", max_length=60, required=False)
    first = forms.CharField(label="Desde (día/mes)", max_length=5)
    last = forms.CharField(label="Hasta (día/mes)", max_length=5)
    opens = _time("Abre", required=False)
    closes = _time("Cierra", required=False)
    field_order = ("name", "first", "last", "days", "opens", "closes")

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


class VisitRow(_WindowRow):
    """A day on which an office that goes about attends somewhere."""

    widths = {"opens": "narrow", "closes": "narrow", "place": "wide"}
    on = PickedDay(label="Día")
    place = forms.CharField(
        label="Dónde", max_length=150, error_messages={"required": "Escriba dónde atiende."}
    )
    opens = _time("Abre")
    closes = _time("Cierra")


class ServicePointForm(Form):
    """A service point."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    code = forms.SlugField(
        label="Código", max_length=40,
        error_messages={"required": "Escriba el código.", "invalid": "Use letras, números y guiones."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Tipo", choices=type_choices)
    unit_id = forms.TypedChoiceField(label="Unidad a cargo", required=False, coerce=int, empty_value=None)
    in_charge = forms.CharField(
        label="Cargo responsable", required=False, max_length=150,
        help_text="El cargo, sin el nombre de la persona.",
    )  # fmt: skip
    address = forms.CharField(label="Dirección", max_length=200, required=False)
    commune = forms.CharField(label="Comuna o municipio", max_length=80, required=False)
    location = forms.CharField(
        label="Latitud y longitud", max_length=60, required=False,
        help_text="Como las copia de un mapa: -29.9533, -71.3395.",
    )  # fmt: skip
    directions = forms.CharField(
        label="Cómo llegar", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Referencias y locomoción.",
    )  # fmt: skip
    phone = forms.CharField(label="Teléfono", max_length=40, required=False)
    email = forms.EmailField(
        label="Correo", max_length=150, required=False,
        error_messages={"invalid": "Escriba el correo así: oficina@ejemplo.cl."},
    )  # fmt: skip
    website = forms.URLField(
        label="Dirección web", max_length=200, required=False, assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección así: https://ejemplo.cl."},
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label="Canales por los que atiende", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(channels().items()), help_text="Sin marcar: el de su tipo.",
    )  # fmt: skip
    access = forms.MultipleChoiceField(
        label="Accesibilidad", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(access_features().items()),
    )  # fmt: skip
    access_note = forms.CharField(
        label="Accesibilidad, en palabras", max_length=300, required=False,
        help_text="Lo que la lista no dice, o lo que falta.",
    )  # fmt: skip
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
    visits = RowsField(
        VisitRow, thing="Visita", add="Agregar una visita", limit=100, ordered=False, label="Visitas",
        help_text="De una oficina móvil: qué día, dónde y a qué hora atiende.",
    )  # fmt: skip
    hours_note = forms.CharField(
        label="Horario, en palabras", max_length=200, required=False,
        help_text="Lo que el horario no dice. Por ejemplo: con hora reservada.",
    )  # fmt: skip
    service_ids = forms.TypedMultipleChoiceField(
        label="Servicios que da", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    no_services = forms.CharField(label="Si no da ninguno, ¿por qué?", max_length=200, required=False)
    closed_from = PickedDay(
        label="Cierra para siempre desde", required=False, help_text="Desde ese día no atiende más."
    )
    closing_reason = forms.CharField(label="Por qué cierra", max_length=200, required=False)
    instead = forms.CharField(
        label="Dónde seguir", max_length=300, required=False,
        help_text="Qué pasa con los servicios que daba.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Activo", required=False, initial=True)
    folded = ("Temporadas y días distintos", "Visitas", "Accesibilidad", "Cierre")
    _parts = (
        ("El punto", ("name", "code", "kind", "unit_id", "in_charge", "channels")),
        ("Dónde", ("address", "commune", "location", "directions", "phone", "email", "website")),
        ("Cuándo abre", ("week", "opens_on_holidays", "hours_note")),
        ("Temporadas y días distintos", ("seasons", "others")),
        ("Visitas", ("visits",)),
        ("Accesibilidad", ("access", "access_note")),
        ("Qué da", ("service_ids", "no_services")),
        ("Cierre", ("closed_from", "closing_reason", "instead")),
        ("Uso", ("is_active", "based_on")),
    )
    plain = (
        "name", "code", "kind", "unit_id", "in_charge", "channels", "address", "commune", "directions",
        "phone", "email", "website", "hours_note", "access", "access_note", "service_ids", "no_services",
        "closing_reason", "instead", "is_active",
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
            self.fields["location"].initial = str(row.coordinates) if row.coordinates else ""
        names = sorted(institution.country.places.locals.values(), key=sort_key)
        if names:
            self.fields["commune"] = _commune_choice(names, row.commune if row else "")
        self.fields["based_on"] = basis_field(row.version if row else None)

    def clean_location(self) -> Coordinates | None:
        """Read the coordinates."""
        typed = self.cleaned_data["location"]
        found = read_coordinates(typed)
        if typed and found is None:
            raise ValidationError("Escriba latitud y longitud así: -29.9533, -71.3395.")
        return found

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        return [
            (title, [self[each] for each in names if each in self.fields]) for title, names in self._parts
        ]


def _commune_choice(names: list[str], standing: str) -> forms.ChoiceField:
    """Return the field of a commune where the list of the country ships; what stands stays to be mended."""
    known = names if not standing or standing in names else [standing, *names]
    return forms.ChoiceField(
        label="Comuna", required=False, choices=[("", "Ninguna"), *((each, each) for each in known)],
        initial=standing, widget=AutocompleteSelect(),
        error_messages={"invalid_choice": "Elija una comuna de la lista."},
    )  # fmt: skip


def hours_of(data: Mapping[str, Any]) -> Hours:
    """Return when a place is open, as the form was filled in."""
    seasons: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in data["seasons"]:
        seasons.setdefault((row["first"], row["last"]), []).append(row)
    visits: dict[tuple[date, str], list[Mapping[str, Any]]] = {}
    for row in data["visits"]:
        visits.setdefault((row["on"], row["place"]), []).append(row)
    others: dict[date, list[Mapping[str, Any]]] = {}
    for row in data["others"]:
        others.setdefault(row["on"], []).append(row)
    return Hours(
        _week(data["week"]),
        tuple(
            Season(first, last, _week(rows), next((row["name"] for row in rows if row["name"]), ""))
            for (first, last), rows in seasons.items()
        ),
        tuple(
            OtherDay(on, _windows(rows), next((row["reason"] for row in rows if row["reason"]), ""))
            for on, rows in sorted(others.items())
        ),
        data["opens_on_holidays"],
        tuple(Visit(on, place, _windows(rows)) for (on, place), rows in sorted(visits.items())),
        data["closed_from"],
    )


def _windows(rows: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    told = [(row.get("opens"), row.get("closes")) for row in rows]
    return tuple(
        sorted(Window(opens, closes) for opens, closes in told if opens is not None and closes is not None)
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
            {"name": s.name, "first": f"{s.first[1]}/{s.first[0]}", "last": f"{s.last[1]}/{s.last[0]}", **row}
            for s in hours.seasons
            for row in _week_rows(s.week) or [{"days": "0-6"}]
        ],
        "others": [
            {"on": other.on, "reason": other.reason, **window}
            for other in hours.exceptions
            for window in [{"opens": w.opens, "closes": w.closes} for w in other.windows] or [{}]
        ],
        "opens_on_holidays": hours.opens_on_holidays,
        "visits": [
            {"on": visit.on, "place": visit.place, "opens": window.opens, "closes": window.closes}
            for visit in hours.visits
            for window in visit.windows
        ],
        "closed_from": hours.closed_from,
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
