# SPDX-License-Identifier: EUPL-1.2
"""The calendars that ship with the product: those of every country."""

from collections.abc import Iterator

from siac.countries.public import COUNTRIES, SeedLayer


def seed_layers() -> Iterator[SeedLayer]:
    """Yield every shipped layer: countries, regions, and the communes and municipalities with known days.

    Loads the `holidays` package (40 MB in a worker): only who seeds asks.
    """
    for country in COUNTRIES.values():
        yield from country.days_off()
