# SPDX-License-Identifier: EUPL-1.2
"""Pages of `ui`."""

from tests.architecture.samples.whom import Sample

SAMPLES = {
    "ui:signed_in": Sample(),
    "ui:brand": Sample(arguments=lambda objects: {"colour": "0b4f6c"}),
    "ui:accessibility": Sample(),
    "ui:style_guide": Sample(),
}
