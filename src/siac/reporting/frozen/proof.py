# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of frozen reports: each says what the journal says of it."""

import hashlib
from collections.abc import Iterator

from siac.journal.public import recorded
from siac.kernel.work_states import WorkState
from siac.reporting.frozen.making import digest_of
from siac.reporting.models import FrozenReport


def frozen_problems(institution_id: int) -> Iterator[str]:
    """Yield each frozen report of a body that is not what it was when it was made, and each that the journal
    knows and that is gone, as Spanish sentences (2 SQL).
    """
    told = {
        entry.data["summary"]: entry.data for entry in recorded(institution_id, ["reporting.summary_made"])
    }
    rows = FrozenReport.objects.filter(institution_id=institution_id, state=WorkState.DONE).order_by("pk")
    for row in rows.iterator(chunk_size=20):
        data = told.pop(row.pk, None)
        name = f"{_noun(row.report_id, row.letter_id)} {row.pk} ({row.first:%Y-%m-%d})"
        if data is None:
            yield f"{name}: no está en la bitácora"
        elif (data.get("report"), data.get("letter")) != (row.report_id, row.letter_id):
            yield f"{name}: no es del informe que dice la bitácora"
        elif digest_of(row.content).hex() != data["digest"]:
            yield f"{name}: las cifras no son las que se fijaron"
        elif hashlib.sha256(bytes(row.paper)).hexdigest() != data["paper"]:
            yield f"{name}: el papel no es el que se hizo"
    for pk, data in sorted(told.items()):
        yield f"{_noun(data.get('report'), data.get('letter'))} {pk}: la bitácora lo conoce y ya no está"


def _noun(report_id: int | None, letter_id: int | None) -> str:
    if letter_id:
        return "rendición preparada"
    return "informe fijo" if report_id else "resumen"
