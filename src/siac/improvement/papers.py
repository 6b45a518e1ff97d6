# SPDX-License-Identifier: EUPL-1.2
"""A plan of improvement on paper."""

from datetime import date
from typing import Any

from siac.improvement.domain.progress import whole
from siac.improvement.models import Action, Plan
from siac.improvement.money import money_words
from siac.improvement.queries import approved_proposal, progress_of
from siac.improvement.wording import as_defined, moved_words
from siac.indicators.public import value_of
from siac.infra.pdf import Paper, render
from siac.organizations.public import Institution
from siac.ui.public import long_date


def plan_paper(institution: Institution, plan: Plan, *, today: date) -> bytes:
    """Return a plan as it stands (PDF, 5 SQL): its diagnosis, its actions with who answers, how far they are
    and what moved; and by whom it was approved.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    rows = plan.actions.select_related("unit", "responsible", "baseline__indicator")
    actions = list(rows.prefetch_related("answered__finding", "effects").order_by("due_on", "pk"))
    approved = approved_proposal(plan)
    content: dict[str, Any] = {
        "heading": plan.name,
        "facts": [
            ["Período", f"{long_date(plan.starts_on)} al {long_date(plan.ends_on)}"],
            ["Estado", plan.get_state_display()],
            ["Avance", f"{whole(progress_of([plan])[plan.pk])} %"],
            ["Al", long_date(today)],
        ],
        "diagnosis": plan.diagnosis,
        "actions": [_action(each) for each in actions],
        "conclusion": plan.conclusion,
        "approved": f"Aprobado: {approved.decided_by}." if approved else "",
        "digest": approved.digest if approved else "",
    }
    return render("improvement/papers/plan.typ", Paper(institution, plan.name, content))


def _action(row: Action) -> dict[str, Any]:
    base, effect = getattr(row, "baseline", None), next(iter(row.effects.all()), None)
    facts = [
        ["Responde", f"{row.unit.name}, {row.responsible.name}" if row.responsible else row.unit.name],
        ["Desde", long_date(row.starts_on)], ["Plazo", long_date(row.due_on)],
        ["Avance", f"{row.progress} % ({row.get_state_display().lower()})"], ["Peso", str(row.weight)],
        ["Hallazgos", ", ".join(each.finding.code for each in row.answered.all()) or "Ninguno"],
        ["Costo", money_words(row.cost, row.currency) or "Sin decir"],
        ["Presupuesto", row.get_budget_display()], ["Personas", row.get_people_display()],
        ["Medios", row.get_means_display()],
    ]  # fmt: skip
    if base is not None:
        then = as_defined(base)
        facts += [
            ["Indicador", base.indicator.name], ["Línea base", value_of(then, base.value)],
            ["Meta", value_of(then, base.goal)],
        ]  # fmt: skip
    said = ""
    if effect is not None:
        effect.action = row
        moved = moved_words(effect)
        said = (
            f"{moved.word}: {moved.before} de {moved.before_total} antes, {moved.after} de {moved.total} "
            f"después. "
            f"{moved.sentence} {' '.join(moved.doubts)}"
        )
    return {"title": row.title, "detail": row.detail, "facts": facts, "effect": said}
