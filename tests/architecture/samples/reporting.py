# SPDX-License-Identifier: EUPL-1.2
"""Pages of `reporting`."""

from tests.architecture.samples.whom import INDICATORS, Sample

SAMPLES = {
    "workspace:reporting:home": Sample(INDICATORS),
}
