# SPDX-License-Identifier: EUPL-1.2
"""Invented calls of a body: one returned, one without answer, one still to be made, and one that is late."""

from datetime import datetime, timedelta

from siac.accounts.public import User
from siac.callbacks.public import CallBack, Result, note_call, register_and_promise
from siac.cases.public import Attention, Channel
from siac.organizations.public import Institution
from siac.people.public import PersonData

_ASKED = (
    ("Eva", "Fecha de pago de un beneficio", timedelta(days=9), "1bd"),
    ("Luis", "Cómo corregir un certificado", timedelta(days=4), "2bd"),
    ("Noa", "Estado de un trámite", timedelta(days=8), "1bd"),
    ("Iris", "Requisitos para pedir hora", timedelta(hours=1), "1bd"),
)
_PHONES = {"CL": "+56 9 5550 01{:02}", "PE": "+51 955 500 1{:02}", "ES": "+34 655 500 1{:02}"}


def promise_calls(institution: Institution, *, unit_id: int, actor: User, now: datetime) -> None:
    """Promise four calls in a body, return the first and try the second."""
    rows: list[CallBack] = []
    for place, (name, subject, ago, within) in enumerate(_ASKED):
        then = now - ago
        phone = _PHONES[institution.jurisdiction].format(place)
        rows.append(
            register_and_promise(
                institution=institution, within=within, actor=actor, now=then,
                attention=Attention(
                    channel=Channel.PHONE, unit_id=unit_id, begun_at=then, subject=subject, minutes=3
                ),
                person=PersonData(given_names=f"{name} (demostración)", phone=phone),
            )
        )  # fmt: skip
    for row, result in zip(rows, (Result.SPOKE, Result.NO_ANSWER), strict=False):
        note_call(
            institution=institution, call_back_id=row.pk, result=result, actor=actor,
            now=row.promised_at + timedelta(hours=3),
        )  # fmt: skip
