# SPDX-License-Identifier: EUPL-1.2
"""Pages of `statutory`."""

from tests.architecture.samples.whom import EXPORTERS, FILERS, FOLIO, Sample

SAMPLES = {
    "workspace:cases:en-la-plataforma": Sample(FILERS, FOLIO),
    "workspace:statutory:book": Sample(FILERS),
    "workspace:statutory:sheet_new": Sample(FILERS),
    "workspace:statutory:sheet_void": Sample(FILERS),
    "workspace:statutory:sheet_export": Sample(EXPORTERS),
}
