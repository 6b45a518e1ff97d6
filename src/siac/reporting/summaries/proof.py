# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of summaries: each says what the journal says of it."""

import hashlib
from collections.abc import Iterator

from siac.journal.public import recorded
from siac.kernel.work_states import WorkState
from siac.reporting.models import Summary
from siac.reporting.summaries.making import digest_of


def summary_problems(institution_id: int) -> Iterator[str]:
    """Yield each summary of a body that is not what it was when it was made, and each that the journal knows
    and that is gone, as Spanish sentences (2 SQL).
    """
    told = {
        entry.data["summary"]: entry.data for entry in recorded(institution_id, ["reporting.summary_made"])
    }
    rows = Summary.objects.filter(institution_id=institution_id, state=WorkState.DONE).order_by("pk")
    for row in rows.iterator(chunk_size=20):
        data = told.pop(row.pk, None)
        name = f"resumen {row.pk} ({row.first:%Y-%m-%d})"
        if data is None:
            yield f"{name}: no está en la bitácora"
        elif digest_of(row.content).hex() != data["digest"]:
            yield f"{name}: las cifras no son las que se fijaron"
        elif hashlib.sha256(bytes(row.paper)).hexdigest() != data["paper"]:
            yield f"{name}: el papel no es el que se hizo"
    for pk in sorted(told):
        yield f"resumen {pk}: la bitácora lo conoce y ya no está"
