# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.suggesting`."""

from tests.architecture.samples.whom import FOLIO, ROUTERS, Sample

SAMPLES = {
    "workspace:cases:suggestions": Sample(ROUTERS, FOLIO),
}
