# SPDX-License-Identifier: EUPL-1.2
"""Cells say what the facts say: after anything that happens to a case, in any order, and counted anew."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.undoing import undo
from siac.cases.public import Case, classify_case, rate_answer, refer_case
from siac.indicators.commands.cube import bring_up, forget_old_days
from siac.indicators.domain.periods import MONTH, Period
from siac.indicators.models import Cell, CubeState
from siac.indicators.public import count_all
from siac.indicators.queries import data_state, unbuilt
from siac.indicators.reading import read
from siac.indicators.tasks import build
from siac.infra.metrics import metric, source, sources
from siac.journal.public import run_consumers
from tests.factories import NOW, answer, file, make_house
from tests.indicators.recount import differences

pytestmark = [pytest.mark.postgres]
DAY = timedelta(days=1)


def catch_up() -> None:
    """Let the journal's readers read all there is."""
    while run_consumers():
        continue


def figure(house, key: str, day: date, **how) -> int:
    """Return how many a metric's measure counts on a day."""
    return read(house.institution, metric(key).of, [(day, day)], today=day, **how).of().n


def cases_of(house) -> list[Case]:
    """Return the cases of the body, oldest first."""
    return list(Case.objects.filter(institution=house.institution).order_by("pk"))


@pytest.fixture
def committed_house(real_commits):
    house = make_house()
    catch_up()  # from now on the journal is followed
    return house


def test_an_answer_and_a_later_mark_reach_the_figures_of_the_local_day(committed_house):
    house = committed_house
    case = file(house, unit_id=house.units["obras"])
    # 02:30 UTC of the next day is still the evening before in Chile.
    answered = answer(house, case, now=NOW.replace(hour=2, minute=30) + 3 * DAY)
    catch_up()
    day = house.institution.local_date(answered.answered_at)
    assert day == house.today() + 2 * DAY
    assert figure(house, "cases.answered", day) == 1
    assert figure(house, "cases.answer_days", day, where={"unit": [str(house.units["obras"])]}) == 1
    assert figure(house, "cases.rating", day) == 0
    rate_answer(institution=house.institution, case_id=case.pk, rating=4, now=NOW + 4 * DAY)
    catch_up()
    marks = read(house.institution, metric("cases.rating").of, [(day, day)], today=day).of()
    assert (marks.n, marks.total, marks.percentiles) == (1, 4, (4, 4))


def test_what_is_taken_back_leaves_no_cell(committed_house):
    house = committed_house
    case = answer(house, file(house), now=NOW + DAY)
    catch_up()
    assert figure(house, "cases.answered", house.today(NOW + DAY)) == 1
    undo(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW + DAY + timedelta(seconds=1),
    )
    catch_up()
    answered = Cell.objects.filter(institution=house.institution, measure__key="cases.answered")
    assert not answered.exists()
    assert figure(house, "cases.received", house.today()) == 1


def test_a_case_moves_with_its_kind_and_unit(committed_house):
    house = committed_house
    case = file(house, "consulta", unit_id=house.units["obras"])
    catch_up()
    day, to = house.today(), house.kinds["acceso"].pk
    assert figure(house, "cases.received", day, where={"kind": [str(case.kind_id)]}) == 1
    classify_case(
        institution=house.institution, case_id=case.pk, version=None, kind_id=to, topic_id=None,
        actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    refer_case(
        institution=house.institution, case_id=case.pk, version=None, unit_id=house.units["juridico"],
        reason="Es de ellos.", actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    catch_up()
    assert figure(house, "cases.received", day, where={"kind": [str(case.kind_id)]}) == 0
    both = {"kind": [str(to)], "unit": [str(house.units["juridico"])]}
    assert figure(house, "cases.received", day, where=both) == 1
    assert differences(house.institution) == []


def test_a_unit_counts_what_the_units_below_it_have(house):
    file(house, unit_id=house.units["obras-calle"])
    file(house, unit_id=house.units["obras"])
    file(house, unit_id=house.units["juridico"])
    count_all(house.institution, now=NOW)
    by = read(
        house.institution, metric("cases.received").of, [(house.today(), house.today())],
        today=house.today(), by="unit",
    )  # fmt: skip
    counted = {code: by.of(0, str(pk)).n for code, pk in house.units.items()}
    assert counted == {"direccion": 3, "obras": 2, "obras-calle": 1, "juridico": 1, "oirs": 0}
    assert not by.from_facts


def test_computing_again_changes_nothing(house):
    case = answer(house, file(house), now=NOW + DAY)
    count_all(house.institution, now=NOW + DAY)
    before = list(Cell.objects.order_by("pk").values())
    count_all(house.institution, now=NOW + 2 * DAY)
    bring_up(house.institution, source("cases"), [case.pk], now=NOW + 2 * DAY)
    assert list(Cell.objects.order_by("pk").values()) == before


def test_an_earlier_register_is_told_by_months_and_asked_by_day_from_the_facts(house):
    long_ago = NOW - timedelta(days=900)
    file(house, now=long_ago)
    count_all(house.institution, now=NOW)
    day = house.today(long_ago)
    assert not Cell.objects.filter(grain="d").exists()
    received = metric("cases.received").of
    whole = (day.replace(day=1), Period(MONTH, day.replace(day=1)).last)
    by_month = read(house.institution, received, [whole], today=house.today())
    by_day = read(house.institution, received, [(day, day), (day + DAY, day + DAY)], today=house.today())
    assert (by_month.of().n, by_month.from_facts) == (1, False)
    assert ([by_day.of(place).n for place in (0, 1)], by_day.from_facts) == ([1, 0], True)


def test_days_grow_old_and_stay_in_their_month(house):
    file(house)
    count_all(house.institution, now=NOW)
    later = house.today() + timedelta(days=500)
    assert forget_old_days(house.institution, today=later) > 0
    assert not Cell.objects.filter(grain="d").exists()
    year = (house.today().replace(month=1, day=1), house.today().replace(month=12, day=31))
    assert read(house.institution, metric("cases.received").of, [year], today=later).of().n == 1


def test_a_cut_of_which_nothing_is_kept_is_counted_from_the_facts(house):
    file(house, unit_id=house.units["obras"])
    count_all(house.institution, now=NOW)
    where = {"unit": [str(house.units["obras"])], "person": ["natural"], "channel": ["web"]}
    found = read(
        house.institution, metric("cases.received").of, [(house.today(), house.today())],
        today=house.today(), where=where,
    )  # fmt: skip
    assert (found.of().n, found.from_facts) == (1, True)


def test_a_dimension_it_does_not_have_is_refused(house):
    with pytest.raises(KeyError):
        read(house.institution, metric("cases.received").of, [(house.today(), house.today())],
             today=house.today(), by="weather")  # fmt: skip


def test_the_job_counts_each_body_that_was_never_counted(house, other_house):
    for body in (house, other_house):
        file(body)
    assert [each.key for each in unbuilt(house.institution)] == [each.key for each in sources()]
    build()
    for body in (house, other_house):
        assert unbuilt(body.institution) == []
        assert figure(body, "cases.received", body.today()) == 1
    assert CubeState.objects.filter(built_at=None).count() == 0


def test_figures_say_until_when_they_are_true(committed_house):
    house = committed_house
    assert data_state(house.institution)[1] is False
    count_all(house.institution, now=NOW)
    before, complete = data_state(house.institution)
    assert complete
    catch_up()
    assert data_state(house.institution)[0] > before


def _file(house, chance: random.Random, now) -> None:
    units = [None, *house.units.values()]
    file(house, chance.choice(["consulta", "reclamo"]), unit_id=chance.choice(units), now=now)


def _answer(house, chance: random.Random, now) -> None:
    case = chance.choice(cases_of(house))
    if case.is_open:
        answer(house, case, now=now)


def _rate(house, chance: random.Random, now) -> None:
    case = chance.choice(cases_of(house))
    if case.state == "answered" and case.rating is None:
        rate_answer(institution=house.institution, case_id=case.pk, rating=chance.randint(1, 5), now=now)


DEEDS: tuple[Callable, ...] = (_file, _answer, _rate)


@pytest.mark.parametrize("seed", range(4))
def test_cells_equal_a_recount_after_any_deeds(house, seed):
    chance = random.Random(seed)
    now, touched = NOW - timedelta(days=40), source("cases")
    _file(house, chance, now)
    for _ in range(25):
        now += timedelta(hours=chance.randint(1, 60))
        chance.choice(DEEDS)(house, chance, now)
        ids = sorted(case.pk for case in cases_of(house))
        bring_up(house.institution, touched, chance.sample(ids, min(3, len(ids))), now=now)
    bring_up(house.institution, touched, sorted(case.pk for case in cases_of(house)), now=now)
    assert differences(house.institution) == []
    before = {(c.measure_id, c.grain, c.family, c.member, c.period): (c.n, c.total, c.vals, c.cum)
              for c in Cell.objects.all()}  # fmt: skip
    count_all(house.institution, now=now)
    after = {(c.measure_id, c.grain, c.family, c.member, c.period): (c.n, c.total, c.vals, c.cum)
             for c in Cell.objects.all()}  # fmt: skip
    assert after == before
