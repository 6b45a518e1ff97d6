# SPDX-License-Identifier: EUPL-1.2
"""What programs read of the catalogue: topics, and services as people read them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.catalogue.models import Service, Topic
from siac.catalogue.queries import service_coded, service_sheet, services, topics
from siac.organizations.public import READING, USUAL, Cursor, Limit, Slug, caller, part, seen_as

router = Router(tags=["catálogo"])
Code = Annotated[
    str,
    Path(
        max_length=60,
        pattern="^[-a-zA-Z0-9_]+$",
        description="Código del servicio",
        example="permiso-de-circulacion",
    ),
]


class TopicOut(Schema):
    """What a request may be about; `parent` is the code of the topic it lies under."""

    id: int = Field(description="Para `topic` al ingresar o listar solicitudes", examples=[41])
    code: str = Field(examples=["alumbrado"], description="Código")
    name: str = Field(examples=["Alumbrado público"], description="Como se muestra")
    parent: str | None = Field(
        description="Código del tema que lo contiene; nulo: ninguno", examples=["via-publica"]
    )


class TopicList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[TopicOut] = Field(description="Temas de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class ServiceRow(Schema):
    """A service that is given, as lists show it."""

    code: str = Field(examples=["permiso-de-circulacion"], description="Código")
    name: str = Field(examples=["Permiso de circulación"], description="Como se muestra")
    offering: str = Field(description="service, procedure o product", examples=["procedure"])
    audience: str = Field(description="A quién está dirigido", examples=["Dueñas y dueños de vehículos"])
    summary: str = Field(description="Para qué sirve", examples=["Autoriza a circular durante un año."])
    time: str = Field(description="Plazo comprometido, en palabras", examples=["5 días hábiles"])
    cost: str = Field(examples=["Sin costo"], description="Cuánto cuesta, en palabras")
    topic: str | None = Field(
        description="Código del tema de las solicitudes sobre él", examples=["transito"]
    )
    ends_on: date | None = Field(
        description="Último día en que se da; nulo: sin término", examples=["2026-12-31"]
    )


class ServiceList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ServiceRow] = Field(description="Servicios de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class FrequentQuestion(Schema):
    question: str = Field(description="Lo que se pregunta", examples=["¿Puedo pagar en cuotas?"])
    answer: str = Field(
        description="Lo que se responde", examples=["Sí, en dos: hasta marzo y hasta agosto."]
    )


class ServiceOut(ServiceRow):
    """A service whole, as its page tells it."""

    entitled: str = Field(
        description="Quién puede pedirlo", examples=["Quien tenga un vehículo inscrito a su nombre."]
    )
    requirements: Sequence[str] = Field(
        description="Lo que hay que traer, uno por línea", examples=[["Revisión técnica vigente"]]
    )
    steps: Sequence[str] = Field(
        description="Cómo se hace, paso a paso",
        examples=[["Reúna los documentos", "Pague en línea o en caja"]],
    )
    channels: Sequence[str] = Field(
        description="Por dónde se pide",
        examples=[["En línea: https://siac.example/norte/", "En la oficina central"]],
    )
    legal: Sequence[str] = Field(description="Normas en que se funda", examples=[["Ley 18.290"]])
    responsible: str = Field(description="Unidad responsable", examples=["Dirección de Tránsito"])
    questions: list[FrequentQuestion] = Field(description="Preguntas frecuentes")
    version: int = Field(description="Versión publicada", examples=[2])


@router.get("/topics", response={200: TopicList, **READING}, summary="Temas")
def list_topics(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the topics in use, by code."""
    access = caller(request, institution, Scope.CATALOGUE_READ, now=current_time())
    known = topics(access.institution)
    active = [topic for topic in known.values() if topic.is_active]
    shown = part(active, lambda topic: topic.code, cursor=cursor, limit=limit)
    return {**shown, "items": [_topic(topic, known) for topic in shown["items"]]}


def _topic(topic: Topic, known: dict[int, Topic]) -> dict[str, Any]:
    parent = known[topic.parent_id].code if topic.parent_id else None
    return {"id": topic.pk, "code": topic.code, "name": topic.name, "parent": parent}


@router.get("/services", response={200: ServiceList, **READING}, summary="Servicios y trámites")
def list_services(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the services that are given, by code."""
    access = caller(request, institution, Scope.CATALOGUE_READ, now=current_time())
    given = [service for service in services(access.institution).values() if service.is_active]
    shown = part(given, lambda service: service.code, cursor=cursor, limit=limit)
    return {**shown, "items": [_row(service) for service in shown["items"]]}


def _row(service: Service) -> dict[str, Any]:
    sheet = service_sheet(service)
    plain = ("code", "name", "offering", "audience", "summary", "ends_on")
    return {
        **{name: getattr(service, name) for name in plain},
        "time": sheet.time,
        "cost": sheet.cost,
        "topic": service.topic.code if service.topic else None,
    }


@router.get("/services/{code}", response={200: ServiceOut, **READING}, summary="Leer un servicio")
def read_service(request: HttpRequest, code: Code, institution: Slug = None) -> dict[str, Any]:
    """Return a service that is given, whole."""
    access = caller(request, institution, Scope.CATALOGUE_READ, now=current_time())
    service = service_coded(access.institution, code)
    if service is None or not service.is_active:
        raise Http404(code)
    seen_as(request, service.version)
    sheet = service_sheet(service)
    told = ("entitled", "requirements", "steps", "channels", "legal", "responsible")
    return {
        **_row(service),
        **{name: getattr(sheet, name) for name in told},
        "questions": [{"question": each.question, "answer": each.answer} for each in sheet.questions],
        "version": service.version,
    }
