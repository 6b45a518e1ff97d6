# SPDX-License-Identifier: EUPL-1.2
"""Pages of `signing`."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction

from siac.accounts.public import Role
from siac.cases.models import CaseMessage
from siac.charters.models import CharterEdition
from siac.documents.public import CheckedFile, ScanState, attach
from siac.signing.models import Signature
from tests.architecture.samples.whom import ADMIN, Made, R, Sample
from tests.factories import PDF, House, answer, file

SIGNERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY})
READERS = SIGNERS | {R.AUDITOR}
"""Who sees the answer that is signed, too: who administers sees a list without it, and annuls it by the code
that stands on it.
"""


_LEGIBLE = str.maketrans("01OIL", "ABPJK")


def _of(key: str) -> Any:
    return lambda made: {"kind": "respuesta", "subject_id": made[key]}


_OUT, _DONE, _NEW = _of("message_outside"), _of("message_signed"), _of("message_unsigned")


def _coded(state: str) -> Sample:
    return Sample(
        ADMIN,
        lambda made: {"signature_id": made[f"signature_{state}"]},
        query=lambda made: {"codigo": made[f"code_{state}"]},
    )


SAMPLES = {
    "workspace:signing:documents": Sample(READERS | ADMIN),
    "workspace:signing:by_code": Sample(ADMIN, moved=True),
    "workspace:signing:document": Sample(READERS, _OUT),
    "workspace:signing:sign": Sample(SIGNERS, _NEW, post=True),
    "workspace:signing:out": Sample(SIGNERS, _NEW, post=True),
    "workspace:signing:original": Sample(SIGNERS, _OUT),
    "workspace:signing:back": Sample(SIGNERS, _OUT),
    "workspace:signing:signed": Sample(READERS, _DONE),
    "workspace:signing:annul": _coded("done"),
    "workspace:signing:reason": _coded("annulled"),
    "workspace:signing:annulled_file": Sample(
        READERS,
        lambda made: {
            "kind": "respuesta",
            "subject_id": made["message_signed"],
            "signature_id": made["signature_annulled"],
        },
    ),
    "workspace:signing:autofirma": Sample(SIGNERS, _OUT, post=True),
    "workspace:signing:firmaperu": Sample(SIGNERS, _OUT, post=True),
    "portal:signing:peru_arguments": Sample(post=True, by_token=True),
    "portal:signing:peru_document": Sample(by_token=True),
    "portal:signing:peru_upload": Sample(post=True, by_token=True),
    "workspace:signing:firmagob": Sample(SIGNERS, _NEW, post=True),
    "workspace:signing:port": Sample(ADMIN, lambda made: {"port": "firmagob"}),
    "portal:signing:signed": Sample(
        arguments=lambda made: {"kind": "carta", "subject_id": made["edition_signed"]}
    ),
    "portal:signing:fetch": Sample(),
    "portal:signing:store": Sample(),
    "workspace:signing:again": Sample(SIGNERS, _OUT, post=True),
    "workspace:signing:cancel": Sample(SIGNERS, _OUT, post=True),
    "workspace:signing:setup": Sample(ADMIN),
    "workspace:signing:certificate": Sample(ADMIN),
    "workspace:signing:withdraw": Sample(ADMIN),
    "portal:signing:check": Sample(),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make three answers: one whose letter was taken out, one signed, one nobody asked for."""
    found: Made = {}
    for state in ("outside", "done", "unsigned"):
        at = now - timedelta(minutes=5)
        case = file(house, now=at - timedelta(days=1), unit_id=house.units["obras"])
        answer(house, case, now=at)
        message = CaseMessage.objects.get(case=case, kind="answer")
        found[{"outside": "message_outside", "done": "message_signed"}.get(state, "message_unsigned")] = (
            message.pk
        )
        if state == "unsigned":
            continue
        signature = _signature(house, "respuesta", message.pk, state, now)
        found |= {f"signature_{state}": signature.pk, f"code_{state}": signature.code}
    annulled = _signature(house, "respuesta", found["message_signed"], "annulled", now)
    found |= {"signature_annulled": annulled.pk, "code_annulled": annulled.code}
    rows = CharterEdition.objects.filter(institution=house.institution, state="approved")
    found["edition_signed"] = rows.order_by("pk")[0].pk
    _signature(house, "carta", found["edition_signed"], "done", now)
    return found


def _signature(house: House, kind: str, subject_id: int, state: str, now: datetime) -> Signature:
    """Make the signature of a document, with its file."""
    body, user = house.institution, house.user(Role.AUTHORITY)
    row = Signature.objects.create(
        institution=body, kind=kind, subject_id=subject_id, title=f"Documento {subject_id}", state=state,
        code=f"{state[:4].upper()}{len(kind)}{subject_id:07}"[:12].translate(_LEGIBLE), requested_by=user,
        created_at=now,
        signed_at=now,
    )  # fmt: skip
    made_file = CheckedFile(
        "carta.pdf", "application/pdf", len(PDF), "0" * 64, ScanState.OFF, File(io.BytesIO(PDF))
    )
    with transaction.atomic():
        (kept,) = attach(body.pk, "signature", row.pk, [made_file], actor_id=user.pk, now=now)
    row.original_id, row.signed_id = (kept.pk, None) if state == "outside" else (None, kept.pk)
    if state == "annulled":
        row.annulled_at, row.annulled_by, row.annulled_why = now, user, "Otra persona debía firmar."
    row.save()
    return row
