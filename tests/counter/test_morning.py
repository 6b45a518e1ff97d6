# SPDX-License-Identifier: EUPL-1.2
"""A morning at a counter: what its figures say is what its intervals say, and what was seen."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from siac.cases.public import Interaction
from siac.counter.commands.attending import end, hold, start, transfer
from siac.counter.commands.shifts import end_day
from siac.counter.models import Stage, TurnFact, Visit
from siac.indicators.figures.measuring import measure
from siac.indicators.public import Told, count_all
from siac.infra.metrics import Statistic, metric
from siac.journal.public import run_consumers, verify_institution
from tests.counter.conftest import Room, later

pytestmark = pytest.mark.django_db
VISITORS, NO_SHOWS, PREFERRED, SENT_ON = 40, {7, 23}, {15: "elderly", 26: "pregnant"}, 11
DOOR = "AAB"
"""The lines that people come for, one after another."""


@dataclass
class Seen:
    """What somebody with a watch wrote down of a visitor, in minutes."""

    visit: Visit
    since: int | None
    """When they began to wait; None: they do not."""
    waited: int = 0
    served: int = 0


class Morning:
    """People come every two minutes, and three desks attend them for some minutes each."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.seen: list[Seen] = []
        self.at_desk: dict[int, tuple[int, int]] = {}
        self.order: list[int] = []
        self.minute = 0

    def play(self) -> None:
        while len(self.seen) < VISITORS or self.at_desk or any(each.since is not None for each in self.seen):
            if len(self.seen) < VISITORS and self.minute % 2 == 0:
                self._come(len(self.seen))
            for desk in range(3):
                self._end(desk) if desk in self.at_desk else self._call(desk)
            self.minute += 1
            assert self.minute < 600

    def _come(self, number: int) -> None:
        visit = self.room.take(DOOR[number % 3], self.minute, priority=PREFERRED.get(number, ""))
        self.seen.append(Seen(visit, self.minute))

    def _call(self, desk: int) -> None:
        called = self.room.call(desk, self.minute)
        if called is None:
            return
        number = next(place for place, each in enumerate(self.seen) if each.visit == called)
        watch = self.seen[number]
        watch.waited += self.minute - watch.since
        watch.since = None
        self.order.append(number)
        if number in NO_SHOWS:
            self.room.missed(called, desk, self.minute)
        else:
            self.room.act(start, desk, self.minute, visit_id=called.pk)
            self.at_desk[desk] = number, self.minute

    def _end(self, desk: int) -> None:
        number, begun = self.at_desk[desk]
        if self.minute - begun < 4 + number % 5:
            return
        del self.at_desk[desk]
        watch, letter = self.seen[number], DOOR[number % 3]
        watch.served += self.minute - begun
        if number == SENT_ON and self.order.count(number) == 1:
            line = self.room.lines["A" if letter == "B" else "B"]
            self.room.act(transfer, desk, self.minute, visit_id=watch.visit.pk, line_id=line)
            watch.since = self.minute
        else:
            self.room.act(end, desk, self.minute, visit_id=watch.visit.pk)


def attended(room: Room) -> dict[int, tuple[int | None, int | None]]:
    """Return what the register says that each visit waited and took, by visit."""
    rows = Interaction.objects.filter(institution=room.institution)
    return {
        Stage.objects.filter(interaction=row).values_list("visit", flat=True)[0]: (row.waited, row.minutes)
        for row in rows
    }


def in_intervals(visit_id: int) -> tuple[int, int]:
    """Return what the intervals of a visit say, in minutes: waited, served."""
    spans = Stage.objects.filter(visit=visit_id, ended_at__isnull=False)

    def total(*states: str) -> int:
        found = (each.ended_at - each.begun_at for each in spans if each.state in states)
        return sum(found, timedelta()) // timedelta(minutes=1)

    return total("waiting", "transferred"), total("serving")


def test_the_figures_of_a_morning_are_those_of_its_intervals(room):
    morning = Morning(room)
    morning.play()
    told = attended(room)
    came = {number: each for number, each in enumerate(morning.seen) if number not in NO_SHOWS}
    assert told == {each.visit.pk: (each.waited, each.served) for each in came.values()}
    assert told == {pk: in_intervals(pk) for pk in told} and len(told) == VISITORS - len(NO_SHOWS)
    assert max(waited for waited, _ in told.values()) > 5  # people did wait
    now = Stage.objects.filter(ended_at=None).values_list("state", flat=True)
    assert Counter(now) == {"ended": VISITORS - len(NO_SHOWS), "no_show": len(NO_SHOWS)}
    for number in PREFERRED:  # whoever was there before them, for the same line, was called before they came
        after = morning.order[morning.order.index(number) + 1 :]
        assert all(each > number for each in after if each % 3 == number % 3)
    point = room.house.point
    ended = end_day(institution=room.institution, point_id=point, actor=None, now=later(morning.minute))
    assert ended == 0 and verify_institution(room.institution.pk).problems == []


def test_the_figures_of_the_counter_are_sums_of_the_same_intervals(room):
    morning = Morning(room)
    morning.play()
    after = later(morning.minute)
    count_all(room.institution, now=after)
    told = {number: in_intervals(each.visit.pk) for number, each in enumerate(morning.seen)}
    attended_ones = [number for number in told if number not in NO_SHOWS]

    def said(key: str, **how: object) -> Told:
        day = room.institution.local_date(after)
        return measure(room.institution, metric(key), [(day, day)], today=day, **how).told()

    assert said("counter.tickets").value(Statistic.COUNT) == VISITORS
    assert said("counter.no_shows").value(Statistic.RATE) == Decimal("5.0")  # 2 of 40
    assert said("counter.transferred").value(Statistic.RATE) == Decimal("2.5")
    assert said("counter.abandoned").value(Statistic.RATE) == Decimal("0.0")
    for key, values in (
        ("counter.waiting", [waited for waited, _ in told.values()]),
        ("counter.serving", [told[number][1] for number in attended_ones]),
    ):
        found = said(key)
        assert found.total == len(values) and found.value(Statistic.MAXIMUM) == max(values)
        assert found.value(Statistic.MEAN) == (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"))
    for letter, line in room.lines.items():
        of_line = [told[number][0] for number in told if DOOR[number % 3] == letter]
        found = said("counter.waiting", where={"line": [str(line)]})
        assert (found.total, found.value(Statistic.MAXIMUM)) == (len(of_line), max(of_line))


@pytest.mark.django_db(transaction=True)
def test_what_goes_on_at_a_counter_is_counted_when_it_happens(room):
    """Whoever waits was not called: no minutes are told of them; the rest follows what happens."""
    count_all(room.institution, now=later(0))
    run_consumers()
    first, second = room.take("A", 0), room.take("A", 1, "elderly")
    run_consumers()
    fact = TurnFact.objects.get(pk=first.pk)
    assert (fact.turn, fact.outcome, fact.waited, fact.served, fact.held) == (
        "arrival", "waiting", None, None, None,
    )  # fmt: skip
    assert TurnFact.objects.get(pk=second.pk).turn == "elderly"
    assert room.call(0, 5) == second
    room.act(start, 0, 6, visit_id=second.pk)
    room.act(hold, 0, 8, visit_id=second.pk)
    end_day(institution=room.institution, point_id=room.house.point, actor=None, now=later(11))
    run_consumers()
    told = TurnFact.objects.order_by("pk").values_list("outcome", "waited", "served", "held")
    assert list(told) == [("closed", None, None, None), ("closed", 4, None, 3)]
