# SPDX-License-Identifier: EUPL-1.2
"""Spain."""

from siac.countries.country import Country
from siac.countries.phones import Phones
from siac.countries.spain.documents import DOCUMENTS

COUNTRY = Country(
    folder=__name__,
    code="ES",
    name="España",
    zone="Europe/Madrid",
    local_zones={"CN": "Atlantic/Canary", "35": "Atlantic/Canary", "38": "Atlantic/Canary"},
    documents=DOCUMENTS,
    phones=Phones(prefix=34, example="612 345 678", invented="+34 600 00{:04d}"),
)
