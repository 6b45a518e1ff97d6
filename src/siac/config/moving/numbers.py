# SPDX-License-Identifier: EUPL-1.2
"""Numbers of rows that stand within a column, in JSON or a list, where no foreign key holds them. Rows keep
their numbers on the way; accounts may get others, so theirs are changed there as those of columns are.

What tells of the past keeps the numbers it has: saved versions and the journal, which are sealed. An account
of before goes on saying who it was (`accounts.public.take_in_accounts`). `tests/moving` asks of each column
of JSON, and of each list of whole numbers, whether it holds any.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from siac.config.moving.naming import not_of_body
from siac.config.moving.tables import USERS, Table, travelling_tables
from siac.config.moving.words import MovingError

Step = str | int
_NUMBER = "CASE WHEN {said} ~ '^[0-9]{{1,18}}$' THEN ({said})::bigint END"
"""The SQL of a number of a row."""
_LONGEST = 18
"""Digits that a number of a row may have."""
_ODD = "(n.kind = 'boolean' OR n.kind = 'number' AND n.said !~ '^-?[0-9]+$')"
EACH = "*"
"""Every element of a list, as a step of a path."""
_UNITS, _SERVICES, _COUNCILS = "organizations_unit", "catalogue_service", "governance_council"
_KINDS, _TOPICS, _CASES = "cases_casekind", "catalogue_topic", "cases_case"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where numbers of the rows of the table `of` stand in a column: the steps that lead to them; none for a
    column that is a list by itself. A number may be written as text, as in an address.
    """

    table: str
    column: str
    path: tuple[Step, ...]
    of: str
    falls: bool = False
    """A filter that somebody kept, under one name: it brings nobody along, and one by somebody or something
    that is not of the body is dropped there, for such a list is only longer without it.
    """

    @property
    def query(self) -> str:
        """The SQL of a set of values of one row `t`: as text, and what JSON calls them."""
        if not self.path:
            return f"(SELECT unnest(t.\"{self.column}\")::text AS said, 'number' AS kind)"
        steps = "".join(map(_step, self.path))
        found = f"jsonb_path_query(t.\"{self.column}\", '${steps}', '{{}}', true)"
        return f"(SELECT v #>> '{{}}' AS said, jsonb_typeof(v) AS kind FROM {found} v)"  # noqa: S608 - columns of our models


def _step(step: Step) -> str:
    """Return a step as SQL's paths have it."""
    return "[*]" if step == EACH else f"[{step}]" if isinstance(step, int) else f'."{step}"'


NUMBERS = (
    Numbers("cases_casekind", "named_readers", (EACH,), USERS),
    Numbers("charters_charterteam", "members", (EACH, "user_id"), USERS),
    Numbers("cases_savedview", "params", ("responsable",), USERS, falls=True),
    Numbers("cases_savedview", "params", ("tipo",), _KINDS, falls=True),
    Numbers("cases_savedview", "params", ("tema",), _TOPICS, falls=True),
    Numbers("cases_savedview", "params", ("unidad",), _UNITS, falls=True),
    Numbers("cases_savedview", "params", ("causa",), "cases_cause", falls=True),
    Numbers("cases_savedview", "params", ("servicio",), _SERVICES, falls=True),
    Numbers("cases_savedview", "params", ("lote",), "cases_importbatch", falls=True),
    Numbers("cases_savedview", "params", ("persona",), "people_person", falls=True),
    Numbers("cases_auditsample", "case_ids", (), _CASES),
    Numbers("cases_caseexport", "case_ids", (), _CASES),
    Numbers("cases_dossier", "case_ids", (), _CASES),
    Numbers("transparency_answerpackage", "case_ids", (), _CASES),
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
    if isinstance(told, str) and len(told) <= _LONGEST and told.isascii() and told.isdigit():
        other = known.get(int(told))
        return told if other is None else str(other)
    return told


def without_stray(told: Any, name: Step, known: Collection[int]) -> Any:
    """Return a value without what stands under `name`, where that is no text, or a number that is not known.

    >>> without_stray({"responsable": "57", "q": "57"}, "responsable", {3})
    {'q': '57'}
    """
    if not isinstance(told, dict) or name not in told:
        return told
    said = told[str(name)]
    if isinstance(said, str) and not (
        said.isascii() and said.isdigit() and int(said[: _LONGEST + 1]) not in known
    ):
        return told
    return {key: value for key, value in told.items() if key != name}


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to the numbers at the end of a path on their way in; `known`: numbers there and here."""

    path: tuple[Step, ...]
    known: Mapping[int, int]
    falls: bool = False


def changes_of(table: str, ids: Mapping[str, Mapping[int, int]]) -> dict[str, list[Change]]:
    """Return what is done to numbers within the columns of a table, by column, where numbers are others here.

    A filter by somebody who is not of the body falls first: with the number of there it might name anybody.
    """
    found: dict[str, list[Change]] = {}
    for each in numbers_of(table):
        known = ids.get(each.of, {})
        falls = each.falls and each.of == USERS
        if falls or any(old != new for old, new in known.items()):
            found.setdefault(each.column, []).append(Change(each.path, known, falls))
    return found


def rewritten(text: str, wanted: Collection[Change]) -> str:
    """Return JSON with numbers changed, as `renumbered`, and without filters that fall.

    Raises:
        MovingError: it is no JSON.
    """
    try:
        told = json.loads(text)
    except ValueError:
        raise MovingError("Una columna del archivo no se entiende; no se cambió nada.") from None
    for each in wanted:
        if each.falls:
            told = without_stray(told, each.path[-1], each.known)
        told = renumbered(told, each.path, each.known)
    return json.dumps(told, ensure_ascii=False)


def strays(
    table: Table, body: int, people: Collection[int], to_come: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield, for each place where numbers stand in a table: its column, and the query (with values) for a row
    whose number is of somebody else, or of what is still to come (`naming.not_of_body`), or is no whole one:
    7.0 and true are 7 and 1 to whoever compares them. One of a row that is no more is nobody's, and stays.
    """
    for each in numbers_of(table.name):
        rows = f"SELECT 1 FROM {table.name} t, LATERAL {each.query} n WHERE {table.of(body)}"  # noqa: S608
        theirs, values = not_of_body(_NUMBER.format(said="n.said"), each.of, body, people, to_come)
        yield each.column, f"{rows} AND ({_ODD} OR {theirs}) LIMIT 1", values


def falling(table: Table, body: int) -> Iterator[str]:
    """Yield the statements that drop the filters of a table by something that is not of the body; those by
    people fell on the way in (`changes_of`).
    """
    for each in numbers_of(table.name):
        if each.falls and each.of != USERS:
            of, (name,) = travelling_tables()[each.of], each.path
            said = f"t.\"{each.column}\" ->> '{name}'"
            there = (
                f"SELECT 1 FROM {of.name} o WHERE o.id = {_NUMBER.format(said=said)} AND {of.of(body, 'o')}"  # noqa: S608
            )
            stray = (
                f"jsonb_typeof(t.\"{each.column}\" -> '{name}') <> 'string'"
                f" OR {said} ~ '^[0-9]+$' AND NOT EXISTS ({there})"
            )
            yield (
                f'UPDATE {table.name} t SET "{each.column}" = t."{each.column}" - \'{name}\''  # noqa: S608
                f" WHERE {table.of(body)} AND jsonb_typeof(t.\"{each.column}\") = 'object' AND ({stray})"
            )
