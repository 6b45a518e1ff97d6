# SPDX-License-Identifier: EUPL-1.2
"""Pages of `indicators`."""

from datetime import date, datetime
from decimal import Decimal

from siac.accounts.public import Role
from siac.indicators.public import save_indicator
from siac.indicators.results.commands import freeze_result
from tests.architecture.samples.whom import INDICATORS, KEEPERS, Made, Sample, with_
from tests.factories import House


def _received(_: object) -> dict[str, str]:
    return {"key": "cases.received"}


_INDICATOR, _RESULT = with_(indicator_id="indicator"), with_(result_id="result")
SAMPLES = {
    "workspace:indicators:figures": Sample(INDICATORS),
    "workspace:indicators:figure": Sample(INDICATORS, _received),
    "workspace:indicators:people": Sample(INDICATORS, _received),
    "workspace:indicators:things": Sample(INDICATORS, _received),
    "workspace:indicators:indicators": Sample(INDICATORS),
    "workspace:indicators:indicator": Sample(INDICATORS, _INDICATOR),
    "workspace:indicators:result": Sample(INDICATORS, _RESULT),
    "workspace:indicators:indicator_new": Sample(KEEPERS),
    "workspace:indicators:indicator_change": Sample(KEEPERS, _INDICATOR),
    "workspace:indicators:freeze": Sample(KEEPERS, _INDICATOR, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:write": Sample(KEEPERS, _INDICATOR, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:revise": Sample(KEEPERS, _RESULT, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:annotate": Sample(KEEPERS, _RESULT, post=True, data={"desde": "2026-02-01"}),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make an indicator with a frozen result."""
    keeper = house.user(Role.QUALITY_MANAGER)
    row = save_indicator(
        institution=house.institution, actor=keeper, now=now, code="recibidas", name="Recibidas",
        definition="Cuántas se recibieron.", metric_key="cases.received", statistic="count",
        target=Decimal(10), since=date(2026, 1, 1),
    )  # fmt: skip
    result = freeze_result(
        institution=house.institution, indicator_id=row.pk, first=date(2026, 1, 1), actor=keeper, now=now
    )
    return {"indicator": row.pk, "result": result.pk}
