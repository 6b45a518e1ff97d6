# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.improvement.models import ActionFact, FindingFact, Plan, Progress, Told
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(ActionFact, unit_id="organizations_unit")
    register_named(FindingFact, unit_id="organizations_unit")
    register_named(Told, person_id="people_person")
    register_sorts({"improvement_plan": Plan, "plan_progress": Progress})
