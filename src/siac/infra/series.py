# SPDX-License-Identifier: EUPL-1.2
"""Numbers without gaps: folios of requests, numbers of papers, sheets of a book.

A counter is a row of its own, one for each body and key (a local year, a place). Whoever takes a number locks
it until the transaction ends: a rolled back transaction gives its number back, and nobody else took the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from siac.infra.ready import Part, together


@dataclass(frozen=True, slots=True)
class Gap:
    """A run whose numbers are not exactly those that its counter says; 0 where there is none."""

    key: int
    rows: int
    low: int
    high: int
    first: int
    counted: int


@dataclass(frozen=True)
class Series:
    """Consecutive numbers of a body for each `key`: where the counters are, and what bears the numbers.

    Table `counter` has the columns institution_id, `key`, last and, where a run does not begin at 1, `first`;
    it is unique by `unique`. Table `rows` has institution_id, `key`, number. All names are the product's own.
    """

    counter: str
    rows: str
    key: str = "year"
    unique: str = "institution_id, year"
    first: str = ""

    def taking(self, institution: str, key: str, count: str, *, source: str = "") -> str:
        """Return the statement that takes `count` numbers and returns the last one, with these placeholders.

        For a statement that takes a number along with other work; `take` is enough anywhere else. `source`:
        FROM a table of one row, where the number must be taken after that is read.
        """
        return (
            f"INSERT INTO {self.counter} AS c (institution_id, {self.key}, last)"
            f" SELECT {institution}::bigint, {key}::bigint, {count}::bigint{source}"
            f" ON CONFLICT ({self.unique}) DO UPDATE SET last = c.last + EXCLUDED.last RETURNING last"
        )

    def take_after(self, parts: Sequence[Part], institution_id: int, key: int) -> int:
        """Write `parts`, at least one, and then take a number, in one statement; return it (1 SQL).

        Its row is the last that the statement locks.
        """
        ((number,),) = together(parts, Part(self._taking_last, [institution_id, key]))
        return int(number)

    @cached_property
    def _taking_last(self) -> str:
        return self.taking("%s", "%s", "1", source=" FROM done")

    def take(self, institution_id: int, key: int, count: int = 1) -> int:
        """Take `count` consecutive numbers and return the first of them (1 SQL)."""
        with connection.cursor() as cursor:
            cursor.execute(self.taking("%s", "%s", "%s"), [institution_id, key, count])
            last: int = cursor.fetchone()[0]
        return last - count + 1

    def take_given(self, institution_id: int, key: int, number: int) -> int:
        """Take a number that stands on paper: any where the run begins with it, else only the next one.

        Return the number that had to come; another than `number` means that nothing was taken (1 or 2 SQL).
        """
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.counter} AS c (institution_id, {self.key}, {self.first}, last)"  # noqa: S608
                f" VALUES (%s, %s, %s, %s) ON CONFLICT ({self.unique}) DO UPDATE SET last = EXCLUDED.last"
                " WHERE c.last + 1 = EXCLUDED.last RETURNING last",
                [institution_id, key, number, number],
            )
            if cursor.fetchone() is not None:
                return number
            cursor.execute(
                f"SELECT last + 1 FROM {self.counter} WHERE institution_id = %s AND {self.key} = %s",  # noqa: S608
                [institution_id, key],
            )
            row = cursor.fetchone()
        return int(row[0]) if row else 1

    def gaps(self, institution_id: int) -> Iterator[Gap]:
        """Yield each run of a body that has a hole, a repeated or a missing end, by key (1 SQL)."""
        counted = (
            f"SELECT {self.key} AS key, {self.first or 1} AS start, last FROM {self.counter}"  # noqa: S608
            " WHERE institution_id = %s AND last > 0"
        )
        numbered = (
            f"SELECT {self.key} AS key, count(*) AS many, min(number) AS low, max(number) AS high"  # noqa: S608
            f" FROM {self.rows} WHERE institution_id = %s GROUP BY 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT key, coalesce(many, 0), coalesce(low, 0), coalesce(high, 0), coalesce(start, 0),"  # noqa: S608
                f" coalesce(last, 0) FROM ({counted}) c FULL JOIN ({numbered}) n USING (key)"
                " WHERE (many, low, high) IS DISTINCT FROM (last - start + 1, start, last) ORDER BY key",
                [institution_id, institution_id],
            )
            found = cursor.fetchall()
        yield from (Gap(*row) for row in found)
