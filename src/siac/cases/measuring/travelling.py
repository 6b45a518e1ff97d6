# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.measuring.models import CaseFact
from siac.infra.travelling import register_named


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(
        CaseFact,
        unit_id="organizations_unit",
        kind_id="cases_casekind",
        topic_id="catalogue_topic",
        point_id="servicepoints_servicepoint",
        service_id="catalogue_service",
    )
