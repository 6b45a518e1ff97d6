# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `infra`."""

from tests.architecture.samples.whom import Sample

SAMPLES = {
    "health": Sample(),
}
