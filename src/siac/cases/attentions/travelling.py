# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.attentions.models import Interaction, InteractionFact
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(
        InteractionFact,
        unit_id="organizations_unit",
        topic_id="catalogue_topic",
        point_id="servicepoints_servicepoint",
    )
    register_sorts({"interaction": Interaction})
