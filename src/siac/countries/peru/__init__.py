# SPDX-License-Identifier: EUPL-1.2
"""Peru."""

from siac.countries.country import Country, Duty
from siac.countries.peru.documents import DOCUMENTS
from siac.countries.phones import Phones

COUNTRY = Country(
    folder=__name__,
    code="PE",
    name="Perú",
    zone="America/Lima",
    documents=DOCUMENTS,
    phones=Phones(prefix=51, example="987 654 321", invented="+51 900 00{:04d}"),
    duties=frozenset({Duty.COMPLAINTS_BOOK}),  # DS 007-2020-PCM
)
