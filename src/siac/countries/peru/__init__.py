# SPDX-License-Identifier: EUPL-1.2
"""Peru."""

from siac.countries.country import Country, Duty

COUNTRY = Country(
    folder=__name__,
    code="PE",
    name="Perú",
    zone="America/Lima",
    duties=frozenset({Duty.COMPLAINTS_BOOK}),  # DS 007-2020-PCM
)
