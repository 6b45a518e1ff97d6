# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `improvement`."""

from siac.improvement.commands.actions import (
    ActionData,
    add_action,
    set_baseline,
)
from siac.improvement.commands.effects import (
    measure_action,
)
from siac.improvement.commands.following import (
    note_progress,
)
from siac.improvement.commands.plans import (
    PLAN,
    begin_plan,
    close_plan,
    evaluate_plan,
    propose_plan,
)
from siac.improvement.commands.reviews import (
    prepare_review,
)
from siac.improvement.commands.telling import (
    TELLING,
    begin_telling,
    link_cases,
    telling,
)
from siac.improvement.domain.rights import (
    ImprovementRight,
)
from siac.improvement.domain.states import (
    ActionState,
    PlanState,
)
from siac.improvement.models import (
    Action,
    ActionEffect,
    Plan,
    Told,
)
from siac.improvement.queries import (
    approved_between,
    chained_actions,
    done_between,
    measured_between,
    overdue_actions,
    progress_of,
    public_deeds,
    public_plans,
    visible_plans,
)
from siac.improvement.wording import (
    Moved,
)

__all__ = [
    "PLAN",
    "TELLING",
    "Action",
    "ActionData",
    "ActionEffect",
    "ActionState",
    "ImprovementRight",
    "Moved",
    "Plan",
    "PlanState",
    "Told",
    "add_action",
    "approved_between",
    "begin_plan",
    "begin_telling",
    "chained_actions",
    "close_plan",
    "done_between",
    "evaluate_plan",
    "link_cases",
    "measure_action",
    "measured_between",
    "note_progress",
    "overdue_actions",
    "prepare_review",
    "progress_of",
    "propose_plan",
    "public_deeds",
    "public_plans",
    "set_baseline",
    "telling",
    "visible_plans",
]
