# SPDX-License-Identifier: EUPL-1.2
"""Whether what was signed of the phases of processes is still what the journal wrote down."""

from collections.abc import Iterator
from datetime import UTC

from siac.journal.public import recorded
from siac.kernel.approvals import digest_of
from siac.processes.models import ActLabel, PhaseAct

_KINDS = tuple(f"processes.phase_{kind}" for kind in ActLabel.values)


def act_digest(row: PhaseAct) -> str:
    """Return the digest of what was done with a phase. No SQL."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_of(row.run_id, row.phase, row.kind, row.words, at, row.by_id)


def act_problems(institution_id: int) -> Iterator[str]:
    """Yield each act on a phase that does not say what it said, that the journal does not know, or that is
    gone, as Spanish sentences (2 SQL). Entries of before name no act.
    """
    told: dict[int, str] = {}
    before: set[tuple[str, str]] = set()
    for entry in recorded(institution_id, _KINDS):
        if "act" in entry.data:
            told[entry.data["act"]] = entry.data["digest"]
        else:
            before.add((entry.stream, entry.data["phase"]))
    rows = PhaseAct.objects.filter(run__institution=institution_id).select_related("run").order_by("pk")
    for row in rows:
        digest = told.pop(row.pk, None)
        if digest is None and (row.run.stream, row.phase) not in before:
            yield f"acto {row.pk} de la fase {row.phase}: la bitácora no lo conoce"
        if digest is not None and digest != act_digest(row):
            yield f"acto {row.pk} de la fase {row.phase}: no dice lo que consta en la bitácora"
    for pk in sorted(told):
        yield f"acto {pk} de una fase: la bitácora lo conoce y ya no está"
