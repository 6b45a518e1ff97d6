# SPDX-License-Identifier: EUPL-1.2
"""Pages of `indicators`."""

from tests.architecture.samples.whom import INDICATORS, Sample


def _received(_: object) -> dict[str, str]:
    return {"key": "cases.received"}


SAMPLES = {
    "workspace:indicators:figures": Sample(INDICATORS),
    "workspace:indicators:figure": Sample(INDICATORS, _received),
    "workspace:indicators:things": Sample(INDICATORS, _received),
}
