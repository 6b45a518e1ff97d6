# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of signatures: each signed file is the one that the journal wrote down."""

from collections.abc import Iterator

from siac.journal.public import recorded
from siac.kernel.work_states import WorkState
from siac.signing.models import Signature

_KINDS = ("signing.signed", "signing.brought_back")


def signature_problems(institution_id: int) -> Iterator[str]:
    """Yield each signature that is not what the journal wrote down, as Spanish sentences (2 SQL)."""
    told = {entry.stream: entry.data["sha256"] for entry in recorded(institution_id, _KINDS)}
    rows = Signature.objects.filter(institution=institution_id).order_by("pk")
    for row in rows.iterator():
        digest = told.pop(row.stream, None)
        if row.state == WorkState.DONE and digest is None:
            yield f"{row.stream}: figura como firmado, y la bitácora no lo dice."
        elif digest is not None and digest != row.signed_sha256:
            yield f"{row.stream}: el documento firmado no es el que anotó la bitácora."
    for stream in sorted(told):
        yield f"{stream}: la bitácora dice que se firmó, y ya no está."
