# SPDX-License-Identifier: EUPL-1.2
"""What programs read of places and channels: where they are, when they open, whether they are open now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now as current_time
from ninja import Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.catalogue.public import services
from siac.organizations.public import READING, USUAL, Access, Cursor, Limit, Slug, caller, part
from siac.servicepoints.domain.hours import State
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import hours_words, service_points, states_of

router = Router(tags=["puntos de atención"])


class PlaceOut(Schema):
    """A place or channel where people are attended."""

    code: str = Field(examples=["oficina-central"], description="Código")
    name: str = Field(examples=["Oficina central"], description="Como se muestra")
    kind: str = Field(description="Qué es: office, phone, web, mobile_office…", examples=["office"])
    address: str = Field(description="Dirección", examples=["Plaza Mayor 1"])
    directions: str = Field(description="Cómo llegar", examples=["Frente a la estación"])
    latitude: float | None = Field(description="WGS 84, grados", examples=[-29.9533])
    longitude: float | None = Field(description="WGS 84, grados", examples=[-71.3395])
    phone: str = Field(description="Teléfono", examples=["+56 51 200 0000"])
    email: str = Field(description="Correo electrónico", examples=["oficina@example.org"])
    website: str = Field(description="Sitio web", examples=["https://siac.example/norte/"])
    channels: Sequence[str] = Field(description="Cómo atiende", examples=[["in_person"]])
    access: Sequence[str] = Field(
        description="Códigos de lo que ayuda a entrar y ser atendido", examples=[["ramp"]]
    )
    hours: str = Field(description="En palabras", examples=["lunes a viernes de 9:00 a 14:00"])
    is_open: bool | None = Field(
        description="Si está abierto ahora; nulo: no se conoce su horario", examples=[True]
    )
    changes_at: datetime | None = Field(
        description="Cuándo abre o cierra, con su desfase horario", examples=["2026-08-03T14:00:00-04:00"]
    )
    services: list[str] = Field(
        description="Códigos de los servicios que da", examples=[["permiso-de-circulacion"]]
    )


class PlaceList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[PlaceOut] = Field(description="Lugares de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


@router.get("/places", response={200: PlaceList, **READING}, summary="Puntos de atención")
def list_places(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the places in use, by code, each with whether it is open now by its own clock."""
    now = current_time()
    access = caller(request, institution, Scope.CATALOGUE_READ, now=now)
    active = [point for point in service_points(access.institution).values() if point.is_active]
    shown = part(active, lambda point: point.code, cursor=cursor, limit=limit)
    states = states_of(shown["items"], now)
    return {**shown, "items": [_place(access, point, states[point.pk]) for point in shown["items"]]}


def _place(access: Access, point: ServicePoint, state: State | None) -> dict[str, Any]:
    known = services(access.institution)
    plain = ("code", "name", "kind", "address", "directions", "phone", "email", "website", "access")
    changes = state.changes_at if state else None
    return {
        **{name: getattr(point, name) for name in plain},
        "latitude": point.latitude,
        "longitude": point.longitude,
        "channels": point.channel_codes,
        "hours": hours_words(point),
        "is_open": state.is_open if state else None,
        "changes_at": changes.astimezone(point.zone) if changes and changes.tzinfo else changes,
        "services": [known[pk].code for pk in point.service_ids if pk in known and known[pk].is_active],
    }
