# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.routing`."""

from datetime import datetime

from siac.cases.routing.rule_commands import save_rule
from tests.architecture.samples.whom import ADMIN, FOLIO, READERS, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:why": Sample(READERS, FOLIO),
    "workspace:kinds:routing": Sample(ADMIN),
    "workspace:kinds:routing_new": Sample(ADMIN),
    "workspace:kinds:routing_rule": Sample(ADMIN, with_(rule_id="rule")),
    "workspace:kinds:routing_move": Sample(ADMIN, with_(rule_id="rule"), post=True),
    "workspace:kinds:routing_switch": Sample(ADMIN, with_(rule_id="rule"), post=True),
    "workspace:kinds:routing_runs": Sample(ADMIN, with_(rule_id="rule")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Give the body a rule that sends requests on."""
    rule = save_rule(
        institution=house.institution,
        actor=None,
        now=now,
        name="Al jurídico",
        words="inundación",
        set_unit_id=house.units["juridico"],
    )
    return {"rule": rule.pk}
