# SPDX-License-Identifier: EUPL-1.2
"""Numbers of rows that stand within a column, in JSON or a list, where no foreign key holds them. Rows keep
their numbers on the way; accounts may get others, so theirs are changed there as those of columns are.

What tells of the past keeps the numbers it has: saved versions and the journal, which are sealed. An account
of before goes on saying who it was (`accounts.public.take_in_accounts`). `tests/moving` asks of each column
of JSON whether it holds any.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from siac.config.moving.tables import USERS, Table, travelling_tables
from siac.config.moving.words import MovingError

Step = str | int
EACH = "*"
"""Every element of a list, as a step of a path."""
_UNITS, _SERVICES, _COUNCILS = "organizations_unit", "catalogue_service", "governance_council"
_KINDS, _TOPICS = "cases_casekind", "catalogue_topic"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where numbers of the rows of the table `of` stand in a column: the steps that lead to them; none for a
    column that is a list by itself. A number may be written as text, as in an address.
    """

    table: str
    column: str
    path: tuple[Step, ...]
    of: str

    @property
    def query(self) -> str:
        """The SQL of a set of values of one row `t`, as text."""
        if not self.path:
            return f'(SELECT unnest(t."{self.column}")::text AS said)'
        steps = "".join(map(_step, self.path))
        found = f"jsonb_path_query(t.\"{self.column}\", '${steps}', '{{}}', true)"
        return f"(SELECT v #>> '{{}}' AS said FROM {found} v)"  # noqa: S608 - columns of our models


def _step(step: Step) -> str:
    """Return a step as SQL's paths have it."""
    return "[*]" if step == EACH else f"[{step}]" if isinstance(step, int) else f'."{step}"'


NUMBERS = (
    Numbers("cases_casekind", "named_readers", (EACH,), USERS),
    Numbers("charters_charterteam", "members", (EACH, "user_id"), USERS),
    Numbers("cases_savedview", "params", ("responsable",), USERS),
    Numbers("cases_savedview", "params", ("tipo",), _KINDS),
    Numbers("cases_savedview", "params", ("tema",), _TOPICS),
    Numbers("cases_savedview", "params", ("unidad",), _UNITS),
    Numbers("cases_bulkaction", "values", ("assignee_id",), USERS),
    Numbers("cases_bulkaction", "values", ("unit_id",), _UNITS),
    Numbers("cases_bulkaction", "values", ("topic_id",), _TOPICS),
    Numbers("cases_undoable", "before", ("assignee_id",), USERS),
    Numbers("cases_undoable", "before", ("unit_id",), _UNITS),
    Numbers("cases_routingrule", "kinds", (), _KINDS),
    Numbers("cases_routingrule", "topics", (), _TOPICS),
    Numbers("charters_charteredition", "service_ids", (EACH,), _SERVICES),
    Numbers("charters_charteredition", "objectives", (EACH, "indicator_id"), "indicators_indicator"),
    Numbers("charters_charteredition", "benchmarks", (EACH, "reference_id"), "charters_referencecharter"),
    Numbers("servicepoints_servicepoint", "service_ids", (EACH,), _SERVICES),
    Numbers("counter_desk", "line_ids", (EACH,), "counter_queueline"),
    Numbers("policy_qualitypolicy", "council_ids", (EACH,), _COUNCILS),
    Numbers("policy_policyround", "council_ids", (EACH,), _COUNCILS),
    Numbers("signin_directoryuser", "granted", (EACH, 1), _UNITS),
    Numbers("staff_profile", "required", (EACH, 0), "staff_competence"),
    Numbers("surveys_survey", "kinds", (EACH,), _KINDS),
    Numbers("surveys_survey", "topics", (EACH,), _TOPICS),
)


def numbers_of(table: str) -> list[Numbers]:
    """Return where numbers stand within columns of a table. No SQL."""
    return [each for each in NUMBERS if each.table == table]


def renumbered(told: Any, path: tuple[Step, ...], known: Mapping[int, int]) -> Any:
    """Return a value with the numbers at the end of `path` changed as `known` says; others stay.

    >>> renumbered([{"user_id": 3}, {"user_id": 4}], ("*", "user_id"), {3: 7})
    [{'user_id': 7}, {'user_id': 4}]
    >>> renumbered({"responsable": "3", "q": "3"}, ("responsable",), {3: 7})
    {'responsable': '7', 'q': '3'}
    """
    if not path:
        return _other(told, known)
    step, *rest = path
    after = tuple(rest)
    if isinstance(told, list) and step == EACH:
        return [renumbered(each, after, known) for each in told]
    if isinstance(told, list) and isinstance(step, int) and step < len(told):
        return [*told[:step], renumbered(told[step], after, known), *told[step + 1 :]]
    if isinstance(told, dict) and step in told:
        return {**told, step: renumbered(told[str(step)], after, known)}
    return told


def _other(told: Any, known: Mapping[int, int]) -> Any:
    if isinstance(told, int) and not isinstance(told, bool):
        return known.get(told, told)
    if isinstance(told, str) and told.isascii() and told.isdigit():
        other = known.get(int(told))
        return told if other is None else str(other)
    return told


def rewritten(text: str, wanted: Collection[tuple[tuple[Step, ...], Mapping[int, int]]]) -> str:
    """Return JSON with numbers changed, as `renumbered`.

    Raises:
        MovingError: it is no JSON.
    """
    try:
        told = json.loads(text)
    except ValueError:
        raise MovingError("Una columna del archivo no se entiende; no se cambió nada.") from None
    for path, known in wanted:
        told = renumbered(told, path, known)
    return json.dumps(told, ensure_ascii=False)


def strays(table: Table, body: int, people: Collection[int]) -> Iterator[tuple[str, str, list[list[int]]]]:
    """Yield, for each place where numbers stand in a table: its column, and the query (with values) for a row
    whose number is of somebody else. One of a row that is no more is nobody's, and stays.
    """
    for each in numbers_of(table.name):
        number = "CASE WHEN n.said ~ '^[0-9]{1,18}$' THEN n.said::bigint END"
        rows = f"SELECT 1 FROM {table.name} t, LATERAL {each.query} n WHERE {table.of(body)}"  # noqa: S608
        if each.of == USERS:
            someone = f"SELECT 1 FROM {USERS} o WHERE o.id = {number} AND o.id <> ALL (%s)"  # noqa: S608
            yield each.column, f"{rows} AND EXISTS ({someone}) LIMIT 1", [list(people)]
            continue
        of = travelling_tables()[each.of]
        theirs = f"SELECT 1 FROM {of.name} o WHERE o.id = {number} AND NOT ({of.of(body, 'o')})"  # noqa: S608
        yield each.column, f"{rows} AND EXISTS ({theirs}) LIMIT 1", []
