# SPDX-License-Identifier: EUPL-1.2
"""Pages of `servicepoints`."""

from datetime import date, datetime, time
from decimal import Decimal

from siac.servicepoints.public import Hours, OtherDay, Season, Visit, Window, save_care, save_service_point
from tests.architecture.samples.whom import ADMIN, Made, Sample, with_
from tests.factories import House

_HERE = with_(code="point_code")
SAMPLES = {
    "portal:servicepoints:points": Sample(),
    "portal:servicepoints:point": Sample(arguments=_HERE),
    "portal:servicepoints:sheet": Sample(arguments=_HERE),
    "portal:servicepoints:care": Sample(),
    "portal:servicepoints:care_sheet": Sample(),
    "workspace:servicepoints:care": Sample(ADMIN),
    "workspace:servicepoints:care_protocol_new": Sample(ADMIN),
    "workspace:servicepoints:care_protocol": Sample(ADMIN, with_(protocol_id="care")),
    "workspace:servicepoints:points": Sample(ADMIN),
    "workspace:servicepoints:point_new": Sample(ADMIN),
    "workspace:servicepoints:point": Sample(ADMIN, with_(point_id="point")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a place of the body, and one with all that a public page can tell."""
    morning = (Window(time(9), time(14)),)
    hours = Hours(
        dict.fromkeys(range(5), morning), (Season((12, 15), (2, 28), {0: morning}, "Verano"),),
        (OtherDay(date(2099, 12, 24), (), "Inventario"),),
        visits=(Visit(date(2099, 11, 30), "Plaza", morning),),
    )  # fmt: skip
    row = save_service_point(
        institution=house.institution, actor=None, now=now, code="plaza-central", name="Oficina de la plaza",
        kind="office", hours=hours, address="Plaza 1", commune="Coquimbo", latitude=Decimal("-29.9533"),
        longitude=Decimal("-71.3395"), phone="51 200 0000", email="plaza@ejemplo.cl",
        website="https://ejemplo.cl", access=["ramp"], access_note="Toque el timbre.",
        no_services="Solo orienta.", directions="Frente al muelle.",
    )  # fmt: skip
    care = save_care(
        institution=house.institution, actor=None, now=now, channel="in_person", steps=["Le saludamos"],
        rights=["Ser atendido con respeto"], duties=["Respetar el turno"],
    )  # fmt: skip
    return {"care": care.pk, "point": house.point, "point_code": row.code}
