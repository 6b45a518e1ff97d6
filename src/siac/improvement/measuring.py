# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of improving: actions done and findings closed by their day."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from siac.cases.public import UNIT
from siac.findings.public import Finding, all_findings, visible_findings
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import APPROVED, ActionState
from siac.improvement.models import Action, ActionFact, FindingFact
from siac.infra.metrics import Better, Family, Measure, Metric, Source, Thing, Things
from siac.organizations.public import Access, Institution, institution_of


def refresh_actions(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these actions of a body as they are now (3 SQL): of those of approved plans that
    were not dropped.
    """
    rows = Action.objects.filter(institution_id=institution_id, pk__in=ids, plan__state__in=APPROVED)
    rows = rows.exclude(state=ActionState.DROPPED)
    facts = [
        ActionFact(
            action=row, institution_id=institution_id, due_on=row.due_on, done_on=row.done_on,
            is_in_time=row.done_on is not None and row.done_on <= row.due_on, unit_id=row.unit_id,
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip
    kept = [fact.action_id for fact in facts]
    ActionFact.objects.filter(institution_id=institution_id, action__in=ids).exclude(action__in=kept).delete()
    ActionFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["action"],
        update_fields=["institution_id", "due_on", "done_on", "is_in_time", "unit_id"], batch_size=500,
    )  # fmt: skip


def refresh_findings(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these findings of a body as they are now (3 SQL): of those with a term that were not
    dismissed.
    """
    institution = institution_of(institution_id)
    rows = all_findings(institution).filter(pk__in=ids, due_on__isnull=False).exclude(state="dismissed")
    facts = []
    for row in rows.order_by("pk"):
        if row.due_on is None:
            raise AssertionError("only those with a term were asked")
        settled_on = institution.local_date(row.settled_at) if row.settled_at else None
        facts.append(
            FindingFact(
                finding=row, institution_id=institution_id, due_on=row.due_on, settled_on=settled_on,
                is_in_time=settled_on is not None and settled_on <= row.due_on, unit_id=row.unit_id or 0,
            )
        )  # fmt: skip
    kept = [fact.finding_id for fact in facts]
    gone = FindingFact.objects.filter(institution_id=institution_id, finding__in=ids)
    gone.exclude(finding__in=kept).delete()
    FindingFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["finding"],
        update_fields=["institution_id", "due_on", "settled_on", "is_in_time", "unit_id"], batch_size=500,
    )  # fmt: skip


def actions_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next actions of a body by id, after one (1 SQL)."""
    rows = Action.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def findings_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next findings of a body by id, after one (1 SQL)."""
    rows = all_findings(institution_of(institution_id)).filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def actions_of_plans(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    """Return the actions of some plans (1 SQL)."""
    rows = Action.objects.filter(institution_id=institution_id, plan__in=list(ids)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _all(institution: Institution) -> QuerySet[Action]:
    return Action.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[Action]) -> list[Thing]:
    """Return a page of actions for whoever may read plans (no SQL)."""
    opens = access.has(ImprovementRight.READ)
    return [
        Thing(
            row.title if opens else "Acción de mejora",
            reverse("workspace:improvement:action", args=[access.institution.slug, row.pk]) if opens else "",
            (f"{row.due_on:%d-%m-%Y}", row.get_state_display()) if opens else (),
        )
        for row in rows
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    return set() if access.has(ImprovementRight.READ) else set(ids)


def _told_findings(access: Access, rows: Sequence[Finding]) -> list[Thing]:
    """Return a page of findings, each as far as whoever looks may see it (1 SQL)."""
    hidden = _hidden_findings(access, [row.pk for row in rows])
    page, slug = "workspace:findings:finding", access.institution.slug
    return [
        Thing("De otra unidad")
        if row.pk in hidden
        else Thing(
            row.title, reverse(page, args=[slug, row.pk]),
            (f"{row.due_on:%d-%m-%Y}" if row.due_on else "", row.get_state_display()),
        )
        for row in rows
    ]  # fmt: skip


def _hidden_findings(access: Access, ids: Sequence[int]) -> set[int]:
    """Return those that whoever looks may not see (1 SQL)."""
    return set(ids) - set(visible_findings(access).filter(pk__in=list(ids)).values_list("pk", flat=True))


ACTIONS = Source(
    key="improvement_actions", table="improvement_actionfact", subject="action_id",
    stream="improvement_action",
    refresh=refresh_actions, after=actions_after, dimensions=(UNIT,), families=((), ("unit",)),
    things=Things("acción", "acciones", ("Acción", "Plazo", "Estado"), _all, _told, _hidden),
    through={"improvement": actions_of_plans},
)  # fmt: skip
FINDINGS = Source(
    key="findings", table="improvement_findingfact", subject="finding_id", stream="finding",
    refresh=refresh_findings, after=findings_after, dimensions=(UNIT,), families=((), ("unit",)),
    things=Things(
        "hallazgo", "hallazgos", ("Hallazgo", "Plazo", "Estado"), all_findings, _told_findings,
        _hidden_findings
    ),
    rests_on=lambda institution: str(institution.zone),
)  # fmt: skip


def _measure(source: Source, name: str, where: str = "true") -> Measure:
    return Measure(f"improvement.{name}", source.key, "due_on", where)


METRICS = (
    Metric(
        key="improvement.actions_in_time",
        title="Acciones de mejora hechas a tiempo",
        definition=(
            "De las acciones de planes aprobados cuyo plazo termina en el período, sin las que quedaron sin "
            "efecto, "
            "las hechas a más tardar ese día."
        ),
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.HIGHER,
        of=_measure(ACTIONS, "actions_in_time", "is_in_time"),
        per=_measure(ACTIONS, "actions_due"),
    ),
    Metric(
        key="improvement.findings_in_time",
        title="Hallazgos cerrados a tiempo",
        definition=(
            "De los hallazgos cuyo plazo termina en el período, sin los descartados, los resueltos a más "
            "tardar ese "
            "día."
        ),
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.HIGHER,
        of=_measure(FINDINGS, "findings_in_time", "is_in_time"),
        per=_measure(FINDINGS, "findings_due"),
    ),
)
