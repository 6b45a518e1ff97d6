# SPDX-License-Identifier: EUPL-1.2
"""The forms of collegiate bodies, of who sits in them, of sessions and of what was agreed."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from django import forms

from siac.governance.commands.sittings import MOST_ITEMS, Point
from siac.governance.domain.subjects import decidables
from siac.governance.models import (
    VOTERS,
    Council,
    CouncilKind,
    MajorityLabel,
    QuorumLabel,
    Seat,
    SeatRole,
    Sitting,
)
from siac.organizations.public import Access, Institution, memberships, unit_options
from siac.ui.forms import DateField, Form, PickedDay
from siac.ui.rows import RowForm, RowsField

_TIME = "Escriba la hora, por ejemplo 09:30."


class CouncilForm(Form):
    """A body and its rules."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    kind = forms.ChoiceField(label="Qué es", choices=CouncilKind.choices)
    mandate = forms.CharField(
        label="Acto que lo crea", max_length=300, required=False, help_text="Ley, decreto o resolución."
    )
    quorum = forms.ChoiceField(label="Quórum", choices=QuorumLabel.choices, help_text="De quienes votan.")
    quorum_number = forms.IntegerField(
        label="Cuántas personas", required=False, min_value=1, max_value=500,
        help_text="Solo si el quórum es un número fijo.",
    )  # fmt: skip
    majority = forms.ChoiceField(label="Qué aprueba", choices=MajorityLabel.choices)
    chair_breaks_ties = forms.BooleanField(label="Quien preside dirime los empates", required=False)
    publishes = forms.BooleanField(
        label="Sus acuerdos se publican", required=False,
        help_text="En el portal, los de sesiones con el acta aprobada.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Vigente", required=False, initial=True)


def council_filled(row: Council) -> dict[str, Any]:
    """Return what the form of a body shows before anything is typed."""
    return {name: getattr(row, name) for name in CouncilForm.base_fields}


class SeatForm(Form):
    """Somebody's place in a body."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    role = forms.ChoiceField(label="Papel", choices=SeatRole.choices)
    stands_for = forms.TypedChoiceField(
        label="A quién suple", required=False, coerce=int, empty_value=None,
        help_text="Solo de suplentes: vota cuando esa persona no está.",
    )  # fmt: skip
    represents = forms.CharField(
        label="A quiénes representa", max_length=150, required=False,
        help_text="Por ejemplo: centros de padres. Se publica con los acuerdos.",
    )  # fmt: skip
    user = forms.TypedChoiceField(
        label="Cuenta", required=False, coerce=int, empty_value=None,
        help_text="Con ella recibe las citaciones, lee las sesiones y vota.",
    )  # fmt: skip
    since = DateField(label="Desde", error_messages={"required": "Escriba desde cuándo."})
    until = DateField(label="Hasta", required=False)

    def __init__(self, institution: Institution, seats: Sequence[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titulars = [(seat.pk, seat.name) for seat in seats if seat.role in VOTERS]
        self.fields["stands_for"].choices = [("", "Nadie"), *titulars]  # type: ignore[attr-defined]
        rows = memberships(institution).select_related("user").order_by("user__name", "user_id")
        people = {row.user_id: row.user.name for row in rows}
        self.fields["user"].choices = [("", "Ninguna"), *people.items()]  # type: ignore[attr-defined]

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `save_seat` takes it."""
        data = dict(self.cleaned_data)
        return {**data, "stands_for_id": data.pop("stands_for"), "user_id": data.pop("user")}


def seat_filled(row: Seat) -> dict[str, Any]:
    """Return what the form of a seat shows before anything is typed."""
    return {
        "name": row.name, "role": row.role, "stands_for": row.stands_for_id, "represents": row.represents,
        "user": row.user_id, "since": row.since, "until": row.until,
    }  # fmt: skip


class PointRow(RowForm):
    """A point of an agenda."""

    widths = {"title": "wide", "about": "medium"}
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Punto", max_length=200, error_messages={"required": "Escriba de qué se trata."}
    )
    about = forms.ChoiceField(label="Se decide sobre", required=False)

    def __init__(self, abouts: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", "Nada"), *abouts]  # type: ignore[attr-defined]


class SittingForm(Form):
    """A session: when, where, and what is on its agenda."""

    day = PickedDay(label="Día", error_messages={"required": "Escriba el día."})
    hour = forms.TimeField(
        label="Hora", error_messages={"required": _TIME, "invalid": _TIME},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    place = forms.CharField(
        label="Lugar", max_length=200, help_text="Dirección, sala o enlace.",
        error_messages={"required": "Escriba el lugar."},
    )  # fmt: skip
    is_extraordinary = forms.BooleanField(label="Extraordinaria", required=False)

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (f"{each.kind}:{pk}", f"{each.title}: {name}")
            for each in decidables()
            for pk, name in each.offered(access).items()
        ]
        standing = {row.get("about") for row in (kwargs.get("initial") or {}).get("points", ())}
        kept = [(about, "Lo que ya estaba") for about in standing - dict(offered).keys() if about]

        self.fields["points"] = RowsField(
            partial(PointRow, [*offered, *kept]), label="Tabla", thing="Punto", add="Agregar un punto",
            limit=MOST_ITEMS,
        )  # fmt: skip
        self.zone = access.institution.zone

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `plan_sitting` takes it."""
        data = self.cleaned_data
        return {
            "starts_at": datetime.combine(data["day"], data["hour"], self.zone),
            "place": data["place"],
            "is_extraordinary": data["is_extraordinary"],
            "points": [_point(row) for row in data["points"]],
        }


def _point(row: dict[str, Any]) -> Point:
    kind, _, number = row["about"].partition(":")
    return Point(row["title"], kind, int(number) if number else None, row.get("item"))


def sitting_filled(row: Sitting, institution: Institution) -> dict[str, Any]:
    """Return what the form of a session shows before anything is typed (1 SQL)."""
    local = row.starts_at.astimezone(institution.zone)
    points = [
        {
            "item": item.pk,
            "title": item.title,
            "about": f"{item.subject_kind}:{item.subject_id}" if item.subject_id is not None else "",
        }
        for item in row.items.all()
    ]
    return {
        "day": local.date(), "hour": time(local.hour, local.minute), "place": row.place,
        "is_extraordinary": row.is_extraordinary, "points": points,
    }  # fmt: skip


class AgreementForm(Form):
    """What was agreed."""

    item = forms.TypedChoiceField(label="Punto de la tabla", coerce=int)
    text = forms.CharField(
        label="Qué se acordó", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sin datos de personas: puede publicarse.",
        error_messages={"required": "Escriba qué se acordó."},
    )  # fmt: skip
    unit = forms.TypedChoiceField(
        label="Unidad que responde", coerce=int,
        error_messages={"required": "Elija la unidad que responde por el acuerdo."},
    )  # fmt: skip
    due_on = DateField(label="Para cuándo", required=False)

    def __init__(self, institution: Institution, items: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(item.pk, f"{item.place}. {item.title}") for item in items]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "Elija"), *unit_options(institution)]  # type: ignore[attr-defined]


class OutcomeForm(Form):
    """What became of what was agreed."""

    state = forms.ChoiceField(
        label="Cómo quedó", choices=[("done", "Cumplido"), ("dropped", "Sin efecto")],
        error_messages={"required": "Elija cómo quedó."},
    )  # fmt: skip
    outcome = forms.CharField(
        label="Qué se hizo, o por qué queda sin efecto", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Sin datos de personas: puede publicarse.",
        error_messages={"required": "Escriba qué se hizo, o por qué queda sin efecto."},
    )  # fmt: skip
