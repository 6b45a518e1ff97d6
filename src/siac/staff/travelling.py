# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_sorts
from siac.staff.models import Course, EmployeeFact, EnrolmentFact, GapFact


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(EmployeeFact, unit_id="organizations_unit", point_id="servicepoints_servicepoint")
    register_named(GapFact, unit_id="organizations_unit", point_id="servicepoints_servicepoint")
    register_named(EnrolmentFact, unit_id="organizations_unit")
    register_sorts({"course": Course})
