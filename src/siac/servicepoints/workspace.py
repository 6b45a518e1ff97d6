# SPDX-License-Identifier: EUPL-1.2
"""Configuration of service points."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.organizations.public import Access, Institution, StaffRight, setup_tabs, staff_page, unit_options
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import service_points
from siac.ui.forms import ModelForm
from siac.ui.records import Records, yes_or_no


class ServicePointForm(ModelForm):
    """A service point."""

    class Meta:
        model = ServicePoint
        fields = ("name", "code", "kind", "unit", "address", "commune", "phone", "hours", "is_active")
        help_texts = {"hours": "Por ejemplo: lunes a viernes, 9:00 a 14:00."}

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Ninguna"), *unit_options(institution)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = self.fields["unit"].queryset.filter(institution=institution)  # type: ignore[attr-defined]


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for pk, point in service_points(access.institution).items():
        yield (
            pk,
            [
                point.name,
                point.get_kind_display(),
                point.commune or "—",
                point.hours or "—",
                yes_or_no(point.is_active),
            ],
        )


def _load(access: Access, pk: int) -> ServicePoint | None:
    return ServicePoint.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: ServicePoint | None, data: QueryDict | None) -> ServicePointForm:
    return ServicePointForm(access.institution, data, instance=row)


def _save(access: Access, row: ServicePoint | None, fields: dict[str, Any]) -> None:
    save_service_point(
        institution=access.institution, point=row, actor=access.user, now=current_time(), **fields
    )


_POINTS: Records[Access, ServicePoint] = Records(
    title="Puntos de atención",
    columns=("Nombre", "Tipo", "Comuna", "Horario", "Activo"),
    listed="workspace:servicepoints:points",
    one="workspace:servicepoints:point",
    add="Agregar punto",
    new="Nuevo punto de atención",
    saved="Punto de atención guardado.",
    cells=_cells,
    load=_load,
    name=lambda point: point.name,
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
)


@require_safe
@staff_page(StaffRight.SETUP)
def point_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the service points."""
    return _POINTS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def point(request: HttpRequest, access: Access, point_id: int | None = None) -> HttpResponse:
    """Add or change a service point."""
    return _POINTS.form_page(request, access, point_id)
