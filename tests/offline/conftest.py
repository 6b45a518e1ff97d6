# SPDX-License-Identifier: EUPL-1.2
"""A laptop that the front desk prepared, and what it sends."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.domain.numbers import new_tracking_code
from siac.offline.commands.devices import prepare_device
from siac.offline.models import OfflineDevice
from tests.factories import House


@dataclass
class Laptop:
    """A device with its secret, and the moment by which its records are told."""

    house: House
    device: OfflineDevice
    secret: str
    now: datetime

    def request(self, **fields: str) -> dict[str, Any]:
        """Return a request as the page seals it, made an hour ago."""
        kind = self.house.kinds["consulta"]
        said = {
            "kind": str(kind.pk), "channel": "counter", "body": "No hay agua en la posta rural.",
            "given_names": "Rosa", "family_names": "Huenchul", "document_type": "rut",
            "document_number": "12.345.678-5", "service_point": str(self.house.point), **fields,
        }  # fmt: skip
        return self.record("case", said, kind_version=kind.version, code=new_tracking_code())

    def attention(self, **fields: str) -> dict[str, Any]:
        """Return an attention, likewise."""
        said = {
            "channel": "counter", "unit": str(self.house.units["oirs"]), "subject": "Requisitos de una beca",
            "minutes": "7", "is_resolved": "on", **fields,
        }  # fmt: skip
        return self.record("attention", said)

    def record(self, sort: str, fields: dict[str, str], **more: Any) -> dict[str, Any]:
        """Return a record of any sort."""
        made = (self.now - timedelta(hours=1)).isoformat()
        return {"id": str(uuid.uuid4()), "sort": sort, "made_at": made, "offset": 0, "fields": fields, **more}

    def body(self, record: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Return what is sent of a record."""
        return {
            "device": str(self.device.key), "secret": self.secret, "sent_at": self.now.isoformat(),
            "record": record, **more,
        }  # fmt: skip

    def send(self, record: Any, client: Client | None = None, **more: Any) -> Any:
        """Send a record, as the officer of the laptop unless another browser is given."""
        sender = client or self.house.client(Role.FRONT_DESK)
        address = f"/{self.house.slug}/gestion/terreno/enviar/"
        return sender.post(address, json.dumps(self.body(record, **more)), content_type="application/json")


def make_laptop(house: House, *, days: int = 30, role: Role = Role.FRONT_DESK) -> Laptop:
    """Prepare a laptop so many days ago."""
    now = timezone.now()
    device, secret = prepare_device(
        institution=house.institution,
        name="Notebook del operativo",
        officer=house.user(role),
        now=now - timedelta(days=days),
    )
    return Laptop(house, device, secret, now)


@pytest.fixture
def laptop(house) -> Laptop:
    return make_laptop(house)
