# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.starter`."""

from tests.architecture.samples.whom import ADMIN, Sample

SAMPLES = {
    "workspace:kinds:kit": Sample(ADMIN),
}
