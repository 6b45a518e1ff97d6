# SPDX-License-Identifier: EUPL-1.2
"""Invented attentions of a body: what its desks were asked and did not become a request."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from siac.accounts.public import User
from siac.cases.public import Attention, Channel, register_attention
from siac.catalogue.public import topics
from siac.organizations.public import Institution
from siac.people.public import PersonData
from siac.servicepoints.public import service_points

_ASKED = (
    "Horario de atención", "Requisitos de un trámite", "Estado de una solicitud",
    "Dónde entregar un documento",
    "Entrega de un formulario", "Con quién hablar por un pago", "Cómo pedir una hora", "Orientación general",
)  # fmt: skip
_CHANNELS = (Channel.COUNTER, Channel.COUNTER, Channel.COUNTER, Channel.PHONE, Channel.PHONE, Channel.EMAIL)
_LATE = (0, 0, 0, 0, 0, 0, 1, 1, 2, 4, 9)
"""Days until an attention is registered: most at once, some from a paper days later."""
_WAITED = (None, 0, 2, 4, 6, 8, 11, 13, 15, 24)
"""Minutes that people waited at a desk; nobody wrote all of them down."""
_DAYS = 200


def give_attentions(
    institution: Institution, units: Sequence[int], *, actor: User, script: Mapping[str, Any], now: datetime
) -> None:
    """Register the attentions of the last months: half as many as the body has requests."""
    chance = Random(script["seed"])  # noqa: S311 - invented data
    points = [None, *(pk for pk, point in service_points(institution).items() if point.kind != "school")]
    known = list(topics(institution))
    for _ in range(script["cases"] // 2):
        begun = now - timedelta(days=chance.randrange(_DAYS), hours=2 + chance.randrange(6))
        begun -= timedelta(days=max(0, begun.weekday() - 4))
        channel = chance.choice(_CHANNELS)
        attention = Attention(
            channel=channel,
            unit_id=units[min(chance.randrange(len(units)), chance.randrange(len(units)))],
            begun_at=begun,
            service_point_id=chance.choice(points),
            topic_id=chance.choice(known),
            subject=chance.choice(_ASKED),
            minutes=chance.choice((None, 3, 5, 8, 12, 20)),
            waited=chance.choice(_WAITED) if channel == Channel.COUNTER else None,
            is_resolved=chance.random() < 0.85,
        )
        at = min(begun + timedelta(days=chance.choice(_LATE)), now)
        person = None
        if chance.random() < 0.15:  # who left a mail address may be asked how it was
            person = PersonData(email=f"visita{chance.randrange(10**6)}@demo.invalid")
        register_attention(institution=institution, attention=attention, actor=actor, now=at, person=person)
