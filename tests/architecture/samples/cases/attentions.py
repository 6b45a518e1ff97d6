# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.attentions`."""

from datetime import datetime

from tests.architecture.samples.whom import FILERS, READERS, Made, R, Sample, with_
from tests.factories import House, attend

_ONE = with_(attention_id="attention")
_OWN = frozenset({R.FRONT_DESK, R.QUALITY_MANAGER})
"""Whoever files for the unit of the sample: the desk, and whoever files for all."""
SAMPLES = {
    "workspace:cases:attentions": Sample(READERS),
    "workspace:cases:attention_new": Sample(FILERS),
    "workspace:cases:attention": Sample(READERS - {R.UNIT_OFFICER, R.HEAD_OF_UNIT}, _ONE),
    "workspace:cases:attention_correct": Sample(_OWN, _ONE),
    "workspace:cases:attention_withdraw": Sample(_OWN, _ONE),
    "workspace:cases:attention_file": Sample(_OWN, _ONE),
    "workspace:cases:attention_undo": Sample(_OWN, _ONE, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Register an attention at the desk."""
    return {"attention": attend(house, now=now, subject="Horario de la oficina").pk}
