# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_sorts
from siac.surveys.checklists.models import Visit, VisitFact, VisitMark


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(
        VisitFact,
        unit_id="organizations_unit",
        point_id="servicepoints_servicepoint",
        protocol_id="surveys_protocol",
    )
    register_sorts({"visit": Visit, "visit_mark": VisitMark})
