# SPDX-License-Identifier: EUPL-1.2
"""Pages of `findings`."""

from datetime import datetime

from siac.accounts.public import Role
from siac.findings.public import Severity, Source, open_finding
from tests.architecture.samples.whom import INDICATORS, KEEPERS, Made, Sample, with_
from tests.factories import House

_FINDING = with_(finding_id="finding")
_READING = INDICATORS - {Role.COMMUNICATIONS, Role.PEOPLE_MANAGER}
SAMPLES = {
    "workspace:findings:findings": Sample(_READING),
    "workspace:findings:finding": Sample(_READING, _FINDING),
    "workspace:findings:finding_new": Sample(KEEPERS | {Role.INTERNAL_AUDITOR}),
    "workspace:findings:finding_change": Sample(KEEPERS | {Role.INTERNAL_AUDITOR}, _FINDING),
    "workspace:findings:root_cause": Sample(
        {Role.QUALITY_MANAGER, Role.HEAD_OF_UNIT, Role.INTERNAL_AUDITOR}, _FINDING
    ),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a finding of a unit that a head answers for."""
    row = open_finding(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=now, source=Source.AUDIT,
        title="Falta el letrero de los plazos", severity=Severity.MINOR, unit_id=house.units["obras"],
    )  # fmt: skip
    return {"finding": row.pk}
