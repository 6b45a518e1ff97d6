# SPDX-License-Identifier: EUPL-1.2
"""Days off of Peru, the non-working days that were decreed, and those of APEC 2024 where they were."""

from collections.abc import Iterator
from datetime import date

from siac.countries.days_off import Claim, SeedDay, SeedLayer
from siac.countries.listed_days import decreed, listed, rows
from siac.countries.peru import COUNTRY

_DECREED = (
    ("2023-01-02", "DS 151-2022-PCM"), ("2023-04-28", "DS 151-2022-PCM"), ("2023-06-30", "DS 151-2022-PCM"),
    ("2023-07-27", "DS 151-2022-PCM"), ("2023-10-09", "DS 151-2022-PCM"), ("2023-12-07", "DS 151-2022-PCM"),
    ("2023-12-26", "DS 151-2022-PCM"),
    ("2024-01-02", "DS 151-2022-PCM"), ("2024-07-26", "DS 011-2024-PCM"), ("2024-10-07", "DS 011-2024-PCM"),
    ("2024-12-06", "DS 011-2024-PCM"), ("2024-12-23", "DS 011-2024-PCM"), ("2024-12-24", "DS 011-2024-PCM"),
    ("2024-12-30", "DS 011-2024-PCM"), ("2024-12-31", "DS 011-2024-PCM"), ("2025-05-02", "DS 042-2025-PCM"),
    ("2025-12-26", "DS 042-2025-PCM"), ("2026-01-02", "DS 042-2025-PCM"),
)  # fmt: skip
_APEC = ("2024-11-14", "2024-11-15", "2024-11-16")
_APEC_REGIONS = ("LMA", "CAL")
_WHOLE = Claim(date(2023, 1, 1), "no están cargados los días no laborables decretados antes de 2023.")


def layers() -> Iterator[SeedLayer]:
    """Yield the country, its regions, and the one province with days of its own."""
    national = rows(listed("PE")) + tuple(decreed(day, source) for day, source in _DECREED)
    yield SeedLayer("PE", COUNTRY.name, "PE", "country", national, _WHOLE)
    for region in COUNTRY.places.regions.values():
        # The days of APEC 2024 were for metropolitan Lima, Callao and Huaral, not for the department of Lima.
        days = _apec() if region.code in _APEC_REGIONS else ()
        wrong = tuple(map(date.fromisoformat, _APEC)) if region.code == "LIM" else ()
        yield SeedLayer(f"PE-{region.code}", region.name, "PE", "region", days, _WHOLE, wrong)
    yield SeedLayer("PE-1506", "Huaral (provincia)", "PE", "municipality", _apec(), _WHOLE)


def _apec() -> tuple[SeedDay, ...]:
    source = "DS 110-2024-PCM, según la prensa: solo Lima Metropolitana, Callao y Huaral"
    return tuple(decreed(day, source, "interpretation") for day in _APEC)
