# SPDX-License-Identifier: EUPL-1.2
"""An invented day in the field of each body: a laptop whose clock is wrong, what it registered, what
waits.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import User
from siac.cases.public import CaseKind
from siac.offline.public import OfflineDevice, prepare_device, read, receive
from siac.organizations.public import Institution, access_in, unit_tree
from siac.servicepoints.public import service_points

_BEHIND = timedelta(minutes=47)
"""What the clock of the laptop lacks."""
_CODE = "FGHJKMNPQRST"
_REQUEST = {
    "channel": "counter", "given_names": "Nieves", "family_names": "Oyarzo", "phone": "",
    "address": "Camino a la Costa s/n, casa verde",
    "body": "El camino de la caleta quedó cortado por la lluvia y el furgón no puede pasar. (Caso inventado)",
}  # fmt: skip
_ASKED = ("Requisitos para una beca", "Dónde pedir un certificado")


def work_in_field(institution: Institution, kind: CaseKind, *, actor: User, now: datetime) -> None:
    """Prepare a laptop a month ago, and let it send yesterday's: a request, two attentions, and a request
    whose moment no clock can tell, which waits.
    """
    device, _ = prepare_device(
        institution=institution, name="Notebook del operativo", officer=actor, now=now - timedelta(days=30)
    )
    institution.refresh_from_db()
    sent = now - timedelta(hours=5)
    points = service_points(institution).values()
    point = next((each for each in points if each.kind == "mobile_office"), next(iter(points)))
    unit_id = point.unit_id or next(iter(unit_tree(institution).nodes))
    place = {"service_point": str(point.pk)}
    request = {**_REQUEST, **place, "kind": str(kind.pk)}
    _send(institution, device, "case", request, sent=sent, hours=20, code=institution.slug)
    for hours, subject in enumerate(_ASKED, start=18):
        said = {
            **place,
            "channel": "counter",
            "unit": str(unit_id),
            "subject": subject,
            "is_resolved": "on",
        }
        _send(institution, device, "attention", said, sent=sent, hours=hours)
    doubtful = {
        **request,
        "given_names": "Baldomero",
        "body": "Pide que la ronda médica llegue a la isla. (Inventado)",
    }
    moved = timedelta(days=2)
    _send(
        institution, device, "case", doubtful, sent=sent, hours=19, code=f"{institution.slug} 2", known=moved
    )


def _send(
    institution: Institution,
    device: OfflineDevice,
    sort: str,
    fields: dict[str, str],
    *,
    sent: datetime,
    hours: int,
    code: str = "",
    known: timedelta = _BEHIND,
) -> None:
    """Send what was made so many hours before, by a clock that is behind."""
    by_laptop = sent - _BEHIND
    record: dict[str, Any] = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{institution.slug} {sort} {hours}")),
        "sort": sort,
        "made_at": (by_laptop - timedelta(hours=hours)).isoformat(),
        "offset": known // timedelta(milliseconds=1),
        "fields": {name: value for name, value in fields.items() if value},
    }
    if code:
        record["code"] = _code(code)
    receive(
        institution=institution,
        device=device,
        told=read(record),
        sent_at=by_laptop,
        access=access_in(device.officer, institution.slug),
        now=sent,
    )


def _code(word: str) -> str:
    """Return a code that no other body of the demonstration has: twelve letters, without a digit."""
    return "".join(_CODE[each % len(_CODE)] for each in uuid.uuid5(uuid.NAMESPACE_URL, word).bytes[:12])
