# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about lines and desks."""

from typing import Any

from django import forms

from siac.catalogue.public import services, topics
from siac.counter.models import Desk, QueueLine
from siac.counter.queries import lines
from siac.organizations.public import Institution, unit_options
from siac.servicepoints.public import service_points
from siac.ui.forms import AutocompleteSelect, Form

_NONE = ("", "Ninguno")


def _choice(
    label: str, *, required: bool = False, missing: str = "", hint: str = ""
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=required, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text=hint, error_messages={"required": missing},
    )  # fmt: skip


def _points(institution: Institution, chosen: int | None) -> list[tuple[int, str]]:
    known = service_points(institution).items()
    return [(pk, point.name) for pk, point in known if point.is_active or pk == chosen]


class LineForm(Form):
    """A line of a point."""

    point_id = _choice("Punto de atención", required=True, missing="Elija el punto.")
    letter = forms.CharField(
        label="Letra", max_length=1, error_messages={"required": "Escriba la letra."},
        help_text="La de sus números: A, B, C. Nombra la fila, no un orden.",
    )  # fmt: skip
    name = forms.CharField(
        label="Nombre", max_length=80, error_messages={"required": "Escriba el nombre."},
        help_text="Como lo lee quien llega: «Ingresar o preguntar».",
    )  # fmt: skip
    hint = forms.CharField(
        label="Para qué es", max_length=120, required=False, help_text="«Reclamos, consultas, sugerencias»."
    )
    unit_id = _choice(
        "Unidad que atiende", required=True, missing="Elija la unidad.",
        hint="Las atenciones de la fila se registran a su nombre.",
    )  # fmt: skip
    topic_id = _choice("Tema")
    service_id = _choice("Servicio")
    is_active = forms.BooleanField(label="Activa", required=False, initial=True)
    plain = ("point_id", "name", "hint", "unit_id", "topic_id", "service_id", "is_active")

    def __init__(self, institution: Institution, row: QueueLine | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["point_id"].choices = [("", "Elija…"), *_points(institution, row.point_id if row else None)]
        fields["unit_id"].choices = [("", "Elija…"), *unit_options(institution)]
        used = [(pk, each.name) for pk, each in topics(institution).items() if each.is_active]
        fields["topic_id"].choices = [_NONE, *used]
        given = [(pk, each.name) for pk, each in services(institution).items() if each.is_active]
        fields["service_id"].choices = [_NONE, *given]
        if row is not None:
            fields["letter"].initial = row.prefix
            for name in self.plain:
                fields[name].initial = getattr(row, name)


class DeskForm(Form):
    """A desk of a point."""

    point_id = _choice("Punto de atención", required=True, missing="Elija el punto.")
    name = forms.CharField(
        label="Nombre", max_length=40, error_messages={"required": "Escriba el nombre."},
        help_text="Como se llama a la persona: «Módulo 3».",
    )  # fmt: skip
    line_ids = forms.TypedMultipleChoiceField(
        label="Filas que atiende", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos una fila."},
    )  # fmt: skip
    is_active = forms.BooleanField(label="Activo", required=False, initial=True)
    plain = ("point_id", "name", "line_ids", "is_active")

    def __init__(self, institution: Institution, row: Desk | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["point_id"].choices = [("", "Elija…"), *_points(institution, row.point_id if row else None)]
        points = service_points(institution)
        fields["line_ids"].choices = [
            (pk, f"{points[line.point_id].name}: {line.prefix} {line.name}")
            for pk, line in lines(institution).items()
            if line.is_active or (row is not None and pk in row.line_ids)
        ]
        for name in self.plain if row is not None else ():
            fields[name].initial = getattr(row, name)
