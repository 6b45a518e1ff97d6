# SPDX-License-Identifier: EUPL-1.2
"""What units earned by the criteria of a body, from closed periods alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from siac.charters.domain.commitments import Form
from siac.charters.domain.recognition import Answered, Closed, Record, record_of
from siac.charters.models import Commitment, PeriodResult, RecognitionRule
from siac.charters.queries import commitments
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit under a criterion: the promises it answers for, and what it earned."""

    unit: str
    promises: Sequence[Commitment]
    """As their newest edition says them."""
    record: Record


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A criterion with the units that answer for something."""

    rule: RecognitionRule
    units: Sequence[UnitRecord]


_Line = tuple[int, str, int]
"""A promise of a charter that a unit answers for: (charter, code, unit)."""


def recognitions_of(institution: Institution, rules: Sequence[RecognitionRule]) -> list[RuleRecord]:
    """Return what each unit earned by each of some criteria (2 SQL, 1 more unless warm). A promise counts for
    the unit that answers for it in the edition of the period.
    """
    if not rules:
        return []
    since = min(rule.declared_on for rule in rules)
    rows = PeriodResult.objects.filter(institution=institution, first__gte=since)
    closed: dict[_Line, list[PeriodResult]] = {}
    for row in rows.select_related("commitment").order_by("last", "pk"):
        unit = row.commitment.responsible_id
        if unit is not None:
            closed.setdefault((row.charter_id, row.code, unit), []).append(row)
    promised = _promised(institution)
    names = _names(institution, {unit for _, _, unit in promised})
    of_unit = [
        (names[unit], [line for line in promised if line[2] == unit])
        for unit in sorted(names, key=lambda pk: names[pk])
    ]
    return [RuleRecord(rule, [
        UnitRecord(name, [promised[line].newest for line in lines], _record(rule, lines, promised, closed))
        for name, lines in of_unit
    ]) for rule in rules]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Won:
    """A recognition that is told to everybody: of what, whose, and in which local days."""

    title: str
    periods: int
    unit: str
    first: date
    last: date


def recognitions_won(institution: Institution, *, shown: int) -> list[Won]:
    """Return the newest recognitions of a body that everybody may know, `shown` at most (1 SQL where nothing
    is declared, else as `recognitions_of`). One that counts periods of fewer cases than the smallest group
    which is shown would tell of them, and stays inside.
    """
    rules = RecognitionRule.objects.filter(institution=institution, least__gte=institution.smallest_group)
    won = [
        Won(each.rule.title, each.rule.periods, row.unit, earned.first, earned.last)
        for each in recognitions_of(institution, list(rules))
        for row in each.units
        for earned in row.record.earned
    ]
    return sorted(won, key=lambda each: (each.last, each.unit), reverse=True)[:shown]


@dataclass(frozen=True, slots=True)
class _Promised:
    """A promise as its newest edition says it, and the local day since which it is promised."""

    newest: Commitment
    since: date


def _promised(institution: Institution) -> dict[_Line, _Promised]:
    found: dict[_Line, _Promised] = {}
    known = sorted(commitments(institution).values(), key=lambda each: (each.edition.number, each.pk))
    for each in known:
        if each.responsible_id is None:
            continue
        line = (each.edition.charter_id, each.code, each.responsible_id)
        before = found.get(line)
        found[line] = _Promised(each, before.since if before else each.edition.since)
    return found


def _names(institution: Institution, ids: set[int]) -> dict[int, str]:
    return dict(institution.units.filter(pk__in=ids).values_list("pk", "name"))


def _record(
    rule: RecognitionRule, lines: Sequence[_Line], promised: dict[_Line, _Promised],
    closed: dict[_Line, list[PeriodResult]],
) -> Record:  # fmt: skip
    answered = [_answered(promised[line], closed.get(line, ()), rule.ended_on) for line in lines]
    return record_of(answered, periods=rule.periods, least=rule.least, since=rule.declared_on)


def _answered(of: _Promised, rows: Sequence[PeriodResult], ended_on: date | None) -> Answered:
    periods = [
        Closed(row.first, row.last, row.is_reached, row.total)
        for row in rows
        if ended_on is None or row.last <= ended_on
    ]
    newest = of.newest
    return Answered(periods, of.since, newest.edition.valid_to, newest.form == Form.GUARANTEE)
