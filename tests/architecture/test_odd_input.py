# SPDX-License-Identifier: EUPL-1.2
"""Every address with input that no form of ours sends: it is refused or ignored, never a fault."""

import itertools
import random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from siac.accounts.public import Role
from tests.architecture.samples import EVERYONE, SAMPLES, address_of, build_objects, citizen_cookies
from tests.caches import forget
from tests.factories import House, upload

ODD = (
    "a\x00b",
    "'; DROP TABLE x; --<script>alert(1)</script>%00[](\\\"*../../etc/passwd",
    "9" * 20,
    "-1",
    "0",
    "²",
    "٣",
    "🙂" * 80 + "A" * 400,
    "\u202egnp.exe\r\nSet-Cookie: x=1",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "NaN",
    "1e400",
    "\ud800",
)
NAMES = (
    "q",
    "vista",
    "tipo",
    "tema",
    "unidad",
    "responsable",
    "canal",
    "estado",
    "desde",
    "hasta",
    "desde_fila",
    "kind",
    "kind_id",
    "version",
    "unit_id",
    "assignee_id",
    "topic_id",
    "body",
    "subject",
    "subject_line",
    "borrador",
    "codigo",
    "code",
    "second_factor",
    "accion",
    "comprobante",
    "envio",
    "channel",
    "topic",
    "unit",
    "service_point",
    "received_on",
    "given_names",
    "family_names",
    "legal_name",
    "document_type",
    "document_number",
    "email",
    "phone",
    "address",
    "anonima",
    "rating",
    "comment",
    "outcome",
    "q_donde",
    "q_cuando",
    "q_cuando_day",
    "q_cuando_month",
    "q_cuando_year",
    "name",
    "short_name",
    "colour",
    "reason",
    "until",
    "days",
    "periodo",
    "mes",
    "ano",
    "anio",
    "from",
    "to",
    "cursor",
    "next",
    "page",
    "place",
    "position",
    "valid_from",
    "text",
    "compensation",
    "note",
    "date",
    "day",
    "year",
    "motivo",
    "role",
    "user",
    "parent",
    "parent_id",
    "opening_hours",
    "latitude",
    "longitude",
    "questions",
    "contest_days",
    "rule_id",
    "nature",
    "need",
    "guidance",
    "manager",
    "layer",
    "fecha",
    "compromiso",
    "periodo",
    "en",
    "comparar",
    "estadistica",
    "n",
    "por",
    "valor",
    "solo",
    "formato",
)


WHOLE = ("a\x00b", "\ud800")
"""Values that are refused before anybody looks at the single fields, whichever page it is."""
MIXED = 1
"""Sweeps in which every field gets a value drawn by lot, on half of the addresses; others each time."""


def draw(sweep: int) -> dict[str, str]:
    """Return a value for every field; the runs of one seed draw the same."""
    lot = random.Random(f"{random.getrandbits(64)} {sweep}")
    values = [odd for odd in ODD if odd not in WHOLE]
    return {name: lot.choice(values) for name in NAMES}


def reader_of(name: str) -> Role | None:
    """Return somebody who may open the address; None for citizens."""
    who = SAMPLES[name].who
    return None if who == EVERYONE else next(role for role in Role if role in who)


def swept(house: House, *sets: dict[str, str], part: float = 1) -> list[str]:
    """Give every address, or a part of them drawn by lot, one of these sets of values, by turns; return what
    failed.
    """
    objects = build_objects(house)
    clients = {role: house.client(role) for role in (None, *Role)}
    for client in clients.values():
        client.raise_request_exception = False
        client.cookies.load(citizen_cookies(house, objects))
    found = []
    drawn = [each for each in SAMPLES.items() if random.random() <= part]
    for (name, sample), given in zip(drawn, itertools.cycle(sets)):
        found += _tried(clients[reader_of(name)], name, address_of(name, sample, objects), given)
    return sorted(set(found))


def test_no_page_fails_on_what_no_form_can_send(house: House):
    """A third of the addresses, drawn anew each time: all forms of Django refuse these values alike."""
    assert swept(house, *(dict.fromkeys(NAMES, odd) for odd in WHOLE), part=1 / 3) == []


@pytest.mark.parametrize("sweep", range(MIXED))
def test_no_page_fails_on_odd_input(house: House, sweep):
    given = draw(sweep)
    assert swept(house, given, part=0.5) == [], given


def _tried(client: Client, name: str, address: str, given: dict[str, str]) -> list[str]:
    odd = given["q"]
    data: dict[str, Any] = given if "\ud800" not in odd else {}
    found = []
    encoded = "&".join(f"{key}=%ED%A0%80" for key in NAMES) if not data else ""
    for method in ("get", "post", "files") if encoded else ("get", "files"):
        with transaction.atomic():
            if method == "get":
                response = client.get(f"{address}?{encoded}") if encoded else client.get(address, data)
            elif method == "post":
                response = client.post(address, encoded, content_type="application/x-www-form-urlencoded")
            else:
                response = client.post(address, {**data, "attachments": upload(odd.replace("\ud800", "x"))})
            if getattr(response, "streaming", False):
                b"".join(response)
            transaction.set_rollback(True)
        if method != "get":
            forget()
        if response.status_code >= 500:
            found.append(f"{method} {name} {client.__dict__.get('exc_info') or ''}")
    return found
