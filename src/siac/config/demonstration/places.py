# SPDX-License-Identifier: EUPL-1.2
"""Invented places of the demonstration: where each body attends, with seasons, visits and days otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from siac.organizations.public import Institution
from siac.servicepoints.public import Hours, OtherDay, Season, Visit, Window, save_care, save_service_point

_HOURS = ("open", "saturday", "always", "seasons", "others", "visits", "closes_in")


_CARE: Mapping[str, Mapping[str, Sequence[str]]] = {
    "": {
        "steps": [],
        "rights": [
            "Ser atendida o atendido con respeto y sin discriminación.",
            "Saber quién le atiende y en qué plazo tendrá respuesta.",
            "Recibir una respuesta clara, por escrito si la pide.",
            "Reclamar si no está conforme.",
        ],
        "duties": [
            "Tratar con respeto a quien le atiende y a las demás personas.",
            "Entregar información verdadera.",
            "Cuidar el lugar.",
        ],
    },
    "in_person": {
        "steps": [
            "Le saludamos y le decimos quién le atiende.",
            "Atendemos primero a personas mayores, embarazadas y con discapacidad.",
            "Escuchamos y le repetimos lo que entendimos.",
            "Le entregamos un comprobante con su código y el día de la respuesta.",
        ],
    },
    "phone": {
        "steps": [
            "Contestamos con el nombre del organismo y el nuestro.",
            "Si hay que averiguar algo, le llamamos el mismo día.",
        ],
    },
    "digital": {"steps": ["Acusamos recibo al momento, con su código.", "Escribimos en lenguaje claro."]},
}
"""How all three bodies attend."""


def load_care(institution: Institution, *, now: datetime) -> None:
    """Write how a body attends, by channel."""
    for channel, told in _CARE.items():
        save_care(
            institution=institution, channel=channel, actor=None, now=now, steps=told.get("steps", ()),
            rights=told.get("rights", ()), duties=told.get("duties", ()),
        )  # fmt: skip


def load_points(
    institution: Institution,
    script: Mapping[str, Any],
    units: Mapping[str, int],
    schools: Sequence[Mapping[str, str]],
    *,
    now: datetime,
    today: date,
) -> None:
    """Write the places of a body, and its schools; days ahead are those of `today`, local."""
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": now}
    for told in script["points"]:
        fields = {name: value for name, value in told.items() if name not in (*_HOURS, "unit")}
        for name in ("latitude", "longitude"):
            if name in fields:
                fields[name] = Decimal(fields[name])
        save_service_point(
            **common, unit_id=units.get(told.get("unit", "")), hours=_hours(told, today), **fields
        )
    for school in schools:
        save_service_point(
            **common, code=f"rbd-{school['rbd']}", name=school["name"], kind="school",
            commune=school["commune"],
        )  # fmt: skip


def _hours(told: Mapping[str, Any], today: date) -> Hours | None:
    """Return the hours that a script tells, its days counted from today; None where it tells none."""
    if not set(_HOURS) & set(told):
        return None
    if told.get("always"):
        return Hours(dict.fromkeys(range(7), (Window(time(0), time(0)),)), opens_on_holidays=True)
    week = dict.fromkeys(range(5), _windows(told.get("open", ())))
    week |= {5: _windows(told["saturday"])} if "saturday" in told else {}
    return Hours(
        {day: windows for day, windows in week.items() if windows},
        tuple(
            Season(
                (each["first"][1], each["first"][0]), (each["last"][1], each["last"][0]),
                dict.fromkeys(range(5), _windows(each["open"])), each["name"],
            )
            for each in told.get("seasons", ())
        ),
        tuple(
            OtherDay(_weekday(today, each["in_days"]), _windows(each.get("open", ())), each["reason"])
            for each in told.get("others", ())
        ),
        visits=tuple(
            Visit(_weekday(today, each["in_days"]), each["place"], _windows(each["open"]))
            for each in told.get("visits", ())
        ),
        closed_from=today + timedelta(days=told["closes_in"]) if "closes_in" in told else None,
    )  # fmt: skip


def _weekday(today: date, ahead: int) -> date:
    """Return the first day from Monday to Friday that is at least some days ahead."""
    day = today + timedelta(days=ahead)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _windows(told: Sequence[Any]) -> tuple[Window, ...]:
    """Return «09:00», «14:00», or several pairs of them, as windows."""
    pairs = [told] if told and isinstance(told[0], str) else told
    return tuple(Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)
