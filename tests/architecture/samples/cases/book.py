# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.book`."""

from tests.architecture.samples.whom import EXPORTERS, FILERS, FOLIO, Sample

SAMPLES = {
    "workspace:cases:en-la-plataforma": Sample(FILERS, FOLIO),
    "workspace:cases:book": Sample(FILERS),
    "workspace:cases:sheet_new": Sample(FILERS),
    "workspace:cases:sheet_void": Sample(FILERS),
    "workspace:cases:sheet_export": Sample(EXPORTERS),
}
