# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of cases beyond their chains: folios without gaps, texts that match their seals."""

from collections.abc import Iterator

from django.db import connection

_GAPS = """
SELECT year, count(*), min(number), max(number), coalesce(max(c.last), 0)
FROM cases_case LEFT JOIN cases_foliocounter c USING (institution_id, year)
WHERE institution_id = %s GROUP BY year ORDER BY year
"""


def folio_problems(institution_id: int) -> Iterator[str]:
    """Yield one Spanish sentence per year whose folios are not exactly 1 to the counter's last."""
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, [institution_id])
        rows = cursor.fetchall()
    for year, count, first, last, counted in rows:
        if first != 1 or last != count or counted != last:
            yield (
                f"Folios de {year}: hay {count} solicitudes, del {first} al {last}, y el contador dice {counted}."
            )
