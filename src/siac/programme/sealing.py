# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of packs: each file is the one that was made, and each verdict what was said."""

from collections.abc import Iterator

from siac.journal.public import recorded
from siac.kernel.work_states import WorkState
from siac.programme.models import Pack


def pack_problems(institution_id: int) -> Iterator[str]:
    """Yield each pack of a body whose row does not say what the journal says of it, and each that the journal
    knows and that is gone, as Spanish sentences (3 SQL). The files themselves are held as every file is.
    """
    made = {entry.data["pack"]: entry.data for entry in recorded(institution_id, ["programme.pack_made"])}
    said = {entry.data["pack"]: entry.data for entry in recorded(institution_id, ["programme.pack_reviewed"])}
    rows = Pack.objects.filter(institution_id=institution_id, state=WorkState.DONE).order_by("pk")
    for row in rows.iterator(chunk_size=200):
        data, verdict = made.pop(row.pk, None), said.get(row.pk, {})
        if data is None:
            yield f"expediente {row.pk}: no está en la bitácora"
        elif (data["sha256"], data["inputs"]) != (row.sha256, row.inputs):
            yield f"expediente {row.pk}: no es el que se hizo"
        if verdict.get("verdict", "") != row.verdict:
            yield f"expediente {row.pk}: su revisión no dice lo que consta en la bitácora"
    for pk in sorted(made):
        yield f"expediente {pk}: la bitácora lo conoce y ya no está"
