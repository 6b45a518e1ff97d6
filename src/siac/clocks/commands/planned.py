# SPDX-License-Identifier: EUPL-1.2
"""Start clocks that were planned before their subject had a number."""

from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg.types.json import Jsonb

from siac.clocks.models import Clock
from siac.infra.ready import Part, ReadyInsert

_CLOCKS = ReadyInsert(Clock)


def starting(clocks: Sequence[Clock], *, subject_id: int) -> Part:
    """Return the part of a statement that saves clocks, at least one, made by `plan_clock` for a subject; who
    has nothing else to save sends it alone (`infra.ready.send`).

    Their primary keys are not read back.
    """
    for clock in clocks:
        clock.subject_id = subject_id
    return _CLOCKS(clocks)


def copy_planned(clocks: Iterable[Clock]) -> None:
    """Save any number of clocks made by `plan_clock`, whose subjects have numbers, by COPY (1 SQL).

    Their primary keys are not read back. Nothing else may use the connection while `clocks` are read.
    """
    names = [field.attname for field in Clock._meta.concrete_fields if not field.primary_key]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY clocks_clock ({', '.join(names)}) FROM STDIN") as copy,
    ):
        for clock in clocks:
            row = vars(clock)
            copy.write_row([Jsonb(row[name]) if name == "pauses" else row[name] for name in names])
