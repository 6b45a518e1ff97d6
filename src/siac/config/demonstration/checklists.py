# SPDX-License-Identifier: EUPL-1.2
"""Invented visits to a body: two of a mystery shopper a month apart, an audit of its charter, one to make."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from siac.accounts.public import User, account_of
from siac.documents.public import CheckedFile, check_uploads
from siac.findings.public import Severity
from siac.organizations.public import Institution, unit_tree
from siac.servicepoints.public import service_points
from siac.surveys.public import (
    READY_PROTOCOLS,
    Told,
    assign_visit,
    begin_visit,
    open_visit_finding,
    save_protocol,
    send_visit,
)

_FIRST = {"i_3": "2", "i_4": "3", "i_5": "no", "i_7": "no", "i_8": "3", "i_9": "2", "i_12": "no",
          "i_13": "no", "i_15": "no"}  # fmt: skip
_SECOND = {"i_3": "4", "i_4": "4", "i_8": "4", "i_9": "4", "i_12": "no", "i_15": "no"}
_AUDIT = {
    "i_3": "3",
    "i_4": "8",
    "i_5": "10",
    "i_6": "9",
    "i_7": "7",
    "i_8": "no",
    "i_9": "yes",
    "i_10": "yes",
}
_NOTES = {
    "i_5": "Entré a las 10:05 y me llamaron a las 10:48.",
    "i_12": "Pregunté dos veces; dijeron «depende».",
    "i_13": "Pidieron un certificado que el trámite ya no exige.",
    "i_8": "De los cuatro incumplimientos de la muestra, dos no tienen respuesta a la persona.",
}

_MISSING: dict[str, dict[str, str]] = {
    "access": {
        "Hay baño accesible": "Está cerrado con llave y se usa de bodega.",
        "Hay cómo atender en lengua de señas": "El equipo de video está, pero nadie tiene el contrato.",
    },
    "equipment": {
        "Hay folletos o afiches al día": "El afiche de la entrada dice el horario del año pasado.",
        "Hay formularios de papel": "Se terminaron.",
    },
    "infrastructure": {"El horario de la puerta": "Dice 8:30 a 13:00; el portal, 9:00 a 14:00."},
}
"""What reviews of a point find missing, by the ready protocol and how the question begins, with a note."""


def look_around(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Write two protocols and let people make visits by them, open findings, and leave one to make."""
    keeper, shopper = (_of_role(script, role) for role in ("quality_manager", "front_desk"))
    unit_id = _unit(institution, script)
    points = [pk for pk, point in service_points(institution).items() if point.kind != "school"]
    begun = now - timedelta(days=60)
    counter, audit = (
        save_protocol(
            institution=institution, actor=keeper, now=begun, name=each.name, kind=each.kind,
            intro=each.intro, items=each.items,
        )
        for each in (READY_PROTOCOLS["counter"], READY_PROTOCOLS["charter"])
    )  # fmt: skip
    place = {"unit_id": unit_id, "point_id": points[0] if points else None}
    asked: dict[str, Any] = {"institution": institution, "actor": keeper, **place}
    errand = "Pregunte qué se necesita para un certificado. Lo correcto: la cédula; tres días."
    for days, marks in ((40, _FIRST), (8, _SECOND)):
        day = now - timedelta(days=days)
        row = assign_visit(
            **asked, protocol_id=counter.pk, channel="counter", assignee_id=shopper.pk, told=errand, now=day,
            due_on=institution.local_date(day) + timedelta(days=6),
        )  # fmt: skip
        _send(institution, row.pk, shopper, counter.items, marks, day, "Trato bueno; la información, no.")
        if marks is _FIRST:
            _find(institution, row.pk, ("i_5", "i_13"), keeper, day + timedelta(hours=3))
    day = now - timedelta(days=15)
    row = assign_visit(
        **asked, protocol_id=audit.pk, channel="papers", assignee_id=keeper.pk, now=day,
        due_on=institution.local_date(day) + timedelta(days=10),
    )  # fmt: skip
    _send(institution, row.pk, keeper, audit.items, _AUDIT, day, "Muestra de diez solicitudes del trimestre.")
    _find(institution, row.pk, ("i_8",), keeper, day + timedelta(hours=3))
    assign_visit(
        **asked, protocol_id=counter.pk, channel="counter", assignee_id=shopper.pk, told=errand, now=now,
        due_on=institution.local_date(now) + timedelta(days=9),
    )  # fmt: skip

    review_place(institution, place=place, keeper=keeper, now=now)


def review_place(institution: Institution, *, place: Mapping[str, Any], keeper: User, now: datetime) -> None:
    """Let somebody of the house review the access, equipment and infrastructure of a point, with photos, and
    open a finding of the first thing that each lacks.
    """
    for turn, (code, missing) in enumerate(_MISSING.items()):
        ready, day = READY_PROTOCOLS[code], now - timedelta(days=30 - turn)
        protocol = save_protocol(
            institution=institution, actor=keeper, now=day, name=ready.name, kind=ready.kind,
            intro=ready.intro, items=ready.items,
        )  # fmt: skip
        row = assign_visit(
            institution=institution, actor=keeper, **place, protocol_id=protocol.pk, channel="counter",
            assignee_id=keeper.pk, now=day, due_on=institution.local_date(day) + timedelta(days=5),
        )  # fmt: skip
        asked = [item for section in protocol.items for item in section["items"]]
        notes = {
            item["code"]: note
            for begins, note in missing.items()
            for item in asked
            if item["label"].startswith(begins)
        }
        marks = dict.fromkeys(notes, "no")
        _send(institution, row.pk, keeper, protocol.items, marks, day, "Recorrido antes de abrir.", notes)
        _find(institution, row.pk, list(notes)[:1], keeper, day + timedelta(hours=3))


def _of_role(script: Mapping[str, Any], role: str) -> User:
    email = next(person["email"] for person in script["people"] if person["role"] == role)
    user = account_of(email)
    if user is None:
        raise LookupError(email)
    return user


def _unit(institution: Institution, script: Mapping[str, Any]) -> int:
    """Return a unit that somebody leads."""
    codes = {node.code: node.pk for node in unit_tree(institution).nodes.values()}
    led = (person.get("unit", "") for person in script["people"] if person["role"] == "head_of_unit")
    return codes[next(code for code in led if code in codes)]


def _send(
    institution: Institution, visit_id: int, actor: User, items: Sequence[Mapping[str, Any]],
    marks: Mapping[str, str], day: datetime, summary: str, notes: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    common: dict[str, Any] = {"institution": institution, "visit_id": visit_id, "actor": actor}
    begin_visit(**common, now=day)
    asked = [item for section in items for item in section["items"]]
    all_marks = {item["code"]: marks.get(item["code"], str(item["top"] or "yes")) for item in asked}
    if notes is None:
        notes = {code: note for code, note in _NOTES.items() if all_marks.get(code) in ("no", "8")}
    photo = {item["code"]: _photo(item["label"]) for item in asked if item["evidence"]}
    told = Told(
        institution.local_date(day), time(10, 5), time(11, 10), summary, marks=all_marks, notes=dict(notes),
        files=photo,
    )  # fmt: skip
    send_visit(**common, told=told, now=day + timedelta(hours=2))


def _photo(words: str) -> list[CheckedFile]:
    """Return a drawn sheet that stands for a photograph: nothing real is shown."""
    picture = Image.new("RGB", (640, 360), "#eef2f6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 600, 320), outline="#5b6b7b", width=4)
    pen.text((70, 150), f"Fotografia inventada: {words}".encode("ascii", "ignore").decode(), fill="#1d2731")
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return check_uploads([SimpleUploadedFile("fotografia.png", buffer.getvalue(), "image/png")])


def _find(institution: Institution, visit_id: int, codes: Sequence[str], keeper: User, now: datetime) -> None:
    for code in codes:
        open_visit_finding(
            institution=institution, visit_id=visit_id, code=code, actor=keeper, now=now,
            severity=Severity.GRAVE if code == "i_13" else Severity.MODERATE,
            due_on=institution.local_date(now) + timedelta(days=45),
        )  # fmt: skip
