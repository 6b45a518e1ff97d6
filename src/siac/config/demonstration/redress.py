# SPDX-License-Identifier: EUPL-1.2
"""What the invented bodies did of what they owed for broken promises, and what people claim. Invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import account_of
from siac.cases.public import all_cases
from siac.charters.public import (
    WAITING,
    Claim,
    RemedyState,
    decide_claim,
    decide_remedy,
    deliver_remedy,
    file_claim,
    promised_to,
    remedies,
)
from siac.organizations.public import Institution

NOT_DUE = "La respuesta salió el último día: consta en el registro de envíos."
PROOFS = (
    "Carta de la jefatura enviada por correo electrónico, con copia en el expediente.",
    "Llamada de la jefatura; la persona aceptó las disculpas.",
    "Carta entregada en la oficina, firmada por quien la recibió.",
)
CLAIMS = (
    "Me respondieron dentro del plazo, pero la respuesta no trata lo que pedí.",
    "La respuesta llegó, pero remite a otra oficina que tampoco sabe.",
)


def redress(institution: Institution, script: Mapping[str, Any], *, now: datetime) -> None:
    """Settle most of what is owed, some days after each promise was broken, and let two people claim."""
    people = {person["role"]: account_of(person["email"]) for person in script["people"]}
    head = people["head_of_unit"]
    found = remedies(institution, *WAITING).order_by("breach__found_at", "pk")
    for place, row in enumerate(found):
        at = row.breach.found_at + timedelta(days=3 + place % 11)
        common: dict[str, Any] = {
            "institution": institution, "remedy_id": row.pk, "actor": head, "now": at,
        }  # fmt: skip
        if at > now - timedelta(days=1):
            continue
        if place % 9 == 4:
            decide_remedy(**common, is_due=False, reason=NOT_DUE)
        else:
            deliver_remedy(**common, proof=PROOFS[place % len(PROOFS)])
    _claim(institution, head, now=now)


def _claim(institution: Institution, head: Any, *, now: datetime) -> None:
    """Let two people claim what nobody found; one is decided."""
    answered = all_cases(institution).filter(answered_at__isnull=False, is_restricted=False)
    kept = answered.exclude(pk__in=_broken(institution)).order_by("-answered_at", "-pk")
    claimed: list[Claim] = []
    for case in kept[:60]:
        case.institution = institution
        promises = promised_to(case)
        if promises and len(claimed) < len(CLAIMS):
            words, at = CLAIMS[len(claimed)], now - timedelta(days=3 - len(claimed))
            claimed.append(
                file_claim(
                    institution=institution, case=case, commitment_id=promises[0].pk, words=words, now=at
                )
            )
    if claimed:
        decide_claim(
            institution=institution, claim_id=claimed[0].pk, is_upheld=False, actor=head,
            answer="La respuesta sí trata lo que pidió, en su segundo párrafo. Se la explicamos.",
            now=now - timedelta(days=1),
        )  # fmt: skip


def _broken(institution: Institution) -> Any:
    return remedies(institution, *RemedyState.values).values("breach__case")
