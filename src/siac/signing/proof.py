# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of signatures: each is what the journal wrote down."""

from collections.abc import Iterator, Mapping
from typing import Any

from siac.journal.public import recorded
from siac.kernel.work_states import WorkState
from siac.signing.domain.codes import signers_digest
from siac.signing.models import Signature

_SIGNED, _ERASED = ("signing.signed", "signing.brought_back"), "signing.erased"


def signature_problems(institution_id: int) -> Iterator[str]:
    """Yield each signature that is not what the journal wrote down, as Spanish sentences (2 SQL)."""
    told: dict[str, Mapping[str, Any]] = {}
    erased: set[str] = set()
    for entry in recorded(institution_id, (*_SIGNED, _ERASED)):
        if entry.kind == _ERASED:
            erased.add(entry.stream)
        else:
            told[entry.stream] = entry.data
    rows = Signature.objects.filter(institution=institution_id).order_by("pk")
    for row in rows.iterator():
        known = told.pop(row.stream, None)
        if known is None:
            if row.state == WorkState.DONE:
                yield f"{row.stream}: figura como firmado, y la bitácora no lo dice."
            continue
        is_erased = row.stream in erased
        if row.state != (WorkState.STOPPED if is_erased else WorkState.DONE):
            yield f"{row.stream}: la bitácora dice que se firmó, y figura de otra forma."
        yield from (f"{row.stream}: {words}" for words in _changed(row, known, is_erased))
    for stream in sorted(told):
        yield f"{stream}: la bitácora dice que se firmó, y ya no está."


def _changed(row: Signature, known: Mapping[str, Any], is_erased: bool) -> Iterator[str]:
    if known["sha256"] != row.signed_sha256:
        yield "el documento firmado no es el que anotó la bitácora."
    if known.get("code", row.code) != row.code:
        yield "el código no es el que anotó la bitácora."
    if known.get("certificate", row.certificate_id) != row.certificate_id:
        yield "el certificado no es el que anotó la bitácora."
    signers = signers_digest(row.signers)
    if not is_erased and known.get("signers", signers) != signers:
        yield "quién firmó no es lo que anotó la bitácora."
