# SPDX-License-Identifier: EUPL-1.2
"""Spain."""

from siac.countries.country import Country

COUNTRY = Country(
    folder=__name__,
    code="ES",
    name="España",
    zone="Europe/Madrid",
    local_zones={"CN": "Atlantic/Canary", "35": "Atlantic/Canary", "38": "Atlantic/Canary"},
)
