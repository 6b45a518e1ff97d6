# SPDX-License-Identifier: EUPL-1.2
"""Writing the facts of visits, and what `siac verify` asks of them."""

from collections.abc import Iterator, Sequence

from siac.journal.public import recorded
from siac.surveys.checklists.domain import digest, score
from siac.surveys.checklists.models import ProtocolVersion, Visit, VisitFact, VisitRevision, VisitState
from siac.surveys.checklists.queries import marks_of, sections_of

_COLUMNS = [field.attname for field in VisitFact._meta.concrete_fields if not field.primary_key]
_FIXED = ("surveys.visit_sent", "surveys.visit_corrected")


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these visits of a body as they are now; of those not sent there is none (2 SQL, and
    2 for each that was).
    """
    rows = Visit.objects.filter(institution_id=institution_id, pk__in=ids, state=VisitState.DONE)
    facts = [_fact(row) for row in rows.select_related("protocol").order_by("pk")]
    VisitFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["visit"], update_fields=_COLUMNS, batch_size=500
    )


def _fact(row: Visit) -> VisitFact:
    assert row.visited_on is not None  # a constraint says so of what was sent
    return VisitFact(
        visit=row,
        institution_id=row.institution_id,
        visited_on=row.visited_on,
        unit_id=row.unit_id,
        point_id=row.point_id or 0,
        protocol_id=row.protocol_id,
        kind=row.kind,
        score=score(sections_of(row), marks_of(row)).whole,
        is_critical=row.criticals > 0,
    )


def visits_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next visits of a body by id, after one (1 SQL)."""
    rows = Visit.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def visit_problems(institution_id: int) -> Iterator[str]:
    """Yield each visit that does not say what it said when it was fixed, and each that the journal knows and
    that is gone, as Spanish sentences (2 SQL, and 2 for each).
    """
    told = {
        (entry.data["visit"], entry.data["revision"]): entry.data
        for entry in recorded(institution_id, _FIXED)
    }
    rows = VisitRevision.objects.filter(institution_id=institution_id).select_related("visit")
    for row in rows.order_by("pk").iterator(chunk_size=50):
        data = told.pop((row.visit_id, row.number), None)
        for fault in _faults(row, data):
            yield f"visita {row.visit_id}, revisión {row.number}: {fault}"
    for visit, number in sorted(told):
        yield f"visita {visit}, revisión {number}: la bitácora la conoce y ya no está"


def _faults(row: VisitRevision, data: dict[str, object] | None) -> Iterator[str]:
    if data is None:
        yield "no está en la bitácora"
        return
    kept = (digest(row.said), None if row.score is None else str(row.score), row.criticals)
    if kept != (data["digest"], data["score"], data["criticals"]):
        yield "no es la que se envió"
    version = ProtocolVersion.objects.filter(
        protocol=row.visit.protocol_id, number=row.said["version"]
    ).first()
    marks = {code: mark for code, (mark, _) in row.said["marks"].items()}
    if version is None:
        yield "falta la versión de su protocolo"
    elif score(version.sections, marks).value != row.score:
        yield "la nota no es la que dicen sus marcas"
    visit = row.visit
    if visit.revision == row.number and (visit.score, marks_of(visit)) != (row.score, marks):
        yield "la visita dice otra cosa que su última revisión"
