# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of the books of complaints."""

from collections.abc import Iterator

from siac.statutory.series import SHEETS


def book_problems(institution_id: int) -> Iterator[str]:
    """Yield one Spanish sentence per site whose sheets are not exactly those its book has reached."""
    for gap in SHEETS.gaps(institution_id):
        yield (
            f"Libro de reclamaciones: hay {gap.rows} hojas, de la {gap.low} a la {gap.high}, "
            f"y el libro va de la {gap.first} a la {gap.counted}."
        )
