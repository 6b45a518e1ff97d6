# SPDX-License-Identifier: EUPL-1.2
"""Pages of the portal of a body that belong to no context."""

from tests.architecture.samples.whom import Sample

SAMPLES = {
    "portal:home": Sample(),
    "bodies": Sample(),
}
