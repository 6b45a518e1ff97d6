# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` holds of plans: what was approved, measured and shown is what the journal wrote down."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from siac.documents.public import attachments_of
from siac.improvement.models import ActionBaseline, ActionEffect, Progress, Proposal, Review
from siac.improvement.snapshots import digest_of_content
from siac.indicators.public import digest_of_rows
from siac.journal.public import recorded
from siac.kernel.approvals import digest_of

EVIDENCE = "plan_progress"


def plan_problems(institution_id: int) -> Iterator[str]:
    """Yield, as Spanish sentences, what is not as it was written down: proposals, baselines, effects, reviews
    and files of evidence (9 SQL).
    """
    yield from _proposals(institution_id)
    yield from _measured(institution_id)
    yield from _reviews(institution_id)
    yield from _evidence(institution_id)


def _entries(institution_id: int, *kinds: str) -> list[dict[str, Any]]:
    return [dict(entry.data) for entry in recorded(institution_id, [f"improvement.{each}" for each in kinds])]


def _proposals(institution_id: int) -> Iterator[str]:
    told = {
        (each["plan"], each["proposal"]): each["digest"] for each in _entries(institution_id, "plan_proposed")
    }
    for row in Proposal.objects.filter(institution=institution_id).order_by("pk"):
        if told.pop((row.plan_id, row.number), None) != digest_of_content(row.content):
            yield f"plan de mejora {row.plan_id}, propuesta {row.number}: no dice lo que se propuso"
    for plan_id, number in sorted(told):
        yield f"plan de mejora {plan_id}: se propuso ({number}), y ya no está"


def _measured(institution_id: int) -> Iterator[str]:
    taken = {each["action"]: each for each in _entries(institution_id, "baseline_taken")}
    for base in ActionBaseline.objects.filter(institution=institution_id).order_by("pk"):
        told = taken.get(base.action_id, {})
        stands = digest_of_rows(bytes(base.rows)) if base.rows else b""
        if told.get("digest") != stands.hex() or not _is(told.get("value"), base.value):
            yield f"acción de mejora {base.action_id}: su línea base no es la que se fijó"
    effects = {(each["action"], each["number"]): each for each in _entries(institution_id, "effect_measured")}
    for row in ActionEffect.objects.filter(institution=institution_id).order_by("pk"):
        told = effects.get((row.action_id, row.number), {})
        stands = digest_of_rows(bytes(row.rows)) if row.rows else b""
        told_so = told.get("effect") == row.effect and _is(told.get("value"), row.value)
        if told.get("digest") != stands.hex() or not told_so:
            yield f"acción de mejora {row.action_id}: su efecto {row.number} no es el que se midió"


def _is(told: str | None, value: Decimal | None) -> bool:
    """Return whether a figure is the one that was told: written as 10, kept as 10.0."""
    return told == value if told is None or value is None else Decimal(told) == value


def _reviews(institution_id: int) -> Iterator[str]:
    told = {
        (each["sitting"], each["number"]): each["digest"]
        for each in _entries(institution_id, "review_prepared")
    }
    for row in Review.objects.filter(institution=institution_id).order_by("pk"):
        if told.get((row.sitting_id, row.number)) != digest_of(row.content):
            yield f"revisión {row.number} de la sesión {row.sitting_id}: no dice lo que se preparó"


def _evidence(institution_id: int) -> Iterator[str]:
    told = {each["progress"]: dict(each["files"]) for each in _entries(institution_id, "progressed")}
    keys = list(
        Progress.objects.filter(institution=institution_id, pk__in=list(told)).values_list("pk", flat=True)
    )
    files = attachments_of(institution_id, EVIDENCE, keys)
    for progress_id in sorted(told):
        if progress_id not in files:
            yield f"avance {progress_id}: se anotó, y ya no está"
            continue
        stands = {row.pk: row.sha256 for row in files[progress_id]}
        for pk, digest in sorted(told[progress_id].items()):
            if pk not in stands:
                yield f"avance {progress_id}: falta su evidencia {pk}"
            elif stands[pk] != digest:
                yield f"avance {progress_id}: su evidencia {pk} no es la que se entregó"
        for pk in sorted(stands.keys() - told[progress_id].keys()):
            yield f"avance {progress_id}: la evidencia {pk} se agregó después"
