# SPDX-License-Identifier: EUPL-1.2
"""Cells say what the facts say: after anything that happens to a case, in any order, and counted anew."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.undoing import undo
from siac.cases.public import Case, classify_case, rate_answer, refer_case
from siac.indicators.domain.periods import MONTH, Period
from siac.indicators.figures import cube
from siac.indicators.figures.cube import bring_up, forget_old_days
from siac.indicators.figures.reading import read
from siac.indicators.figures.state import data_state, unbuilt
from siac.indicators.models import Cell, CubeState
from siac.indicators.public import count_all
from siac.indicators.tasks import build
from siac.infra import metrics as metrics_registry
from siac.infra.metrics import metric, source, sources
from siac.infra.models import JobFault
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


def test_a_term_that_still_runs_has_not_lapsed_however_far_one_asks(house):
    file(house)
    count_all(house.institution, now=NOW)
    year = (house.today().replace(month=1, day=1), house.today().replace(month=12, day=31))
    for key in ("cases.silent_lapses", "cases.overdue"):
        assert read(house.institution, metric(key).of, [year], today=house.today()).of().n == 0
    later = house.today() + timedelta(days=60)
    assert read(house.institution, metric("cases.silent_lapses").of, [year], today=later).of().n == 1


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


def test_what_cannot_be_counted_stops_no_other_body_and_is_tried_again(real_commits, monkeypatch):
    house, other = make_house(), make_house("vecina")
    catch_up()
    for body in (house, other):
        count_all(body.institution, now=NOW)
    refresh = cube.source("cases").refresh

    def broken(institution_id: int, ids: Sequence[int]) -> None:
        if institution_id == house.institution.pk:
            raise ValueError("a case that nobody can read")
        refresh(institution_id, ids)

    of = replace(source("cases"), refresh=broken)
    monkeypatch.setitem(metrics_registry._SOURCES, "cases", of)
    for body in (house, other):
        file(body)
    catch_up()
    assert figure(other, "cases.received", other.today()) == 1
    assert ([each.key for each in unbuilt(house.institution)], unbuilt(other.institution)) == (["cases"], [])
    build()
    assert JobFault.objects.filter(job="indicators.build", institution_id=house.institution.pk).exists()
    monkeypatch.undo()
    build()
    assert not JobFault.objects.filter(job="indicators.build").exists()
    assert (figure(house, "cases.received", house.today()), unbuilt(house.institution)) == (1, [])
    assert differences(house.institution) == []


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


def _follow(house, ids, now) -> None:
    """Bring figures up to what happened to some cases, those of what is owed for them too."""
    for of in (source("cases"), source("remedies")):
        through = of.through.get("case")
        bring_up(house.institution, of, through(house.institution.pk, ids) if through else ids, now=now)


@pytest.mark.parametrize("seed", range(4))
def test_cells_equal_a_recount_after_any_deeds(house, seed):
    chance = random.Random(seed)
    now = NOW - timedelta(days=40)
    _file(house, chance, now)
    for _ in range(25):
        now += timedelta(hours=chance.randint(1, 60))
        chance.choice(DEEDS)(house, chance, now)
        ids = sorted(case.pk for case in cases_of(house))
        _follow(house, chance.sample(ids, min(3, len(ids))), now)
    _follow(house, sorted(case.pk for case in cases_of(house)), now)
    assert differences(house.institution) == []
    before = {(c.measure_id, c.grain, c.family, c.member, c.period): (c.n, c.total, c.vals, c.cum)
              for c in Cell.objects.all()}  # fmt: skip
    count_all(house.institution, now=now)
    after = {(c.measure_id, c.grain, c.family, c.member, c.period): (c.n, c.total, c.vals, c.cum)
             for c in Cell.objects.all()}  # fmt: skip
    assert after == before


def test_an_entry_that_is_read_late_does_not_lose_the_month_whose_days_are_gone(house):
    begun = date(2025, 8, 4)
    first, _ = (file(house, now=NOW.replace(year=2025, month=8, day=day)) for day in (4, 5))
    count_all(house.institution, now=NOW)
    assert figure(house, "cases.received", begun) == 1
    assert forget_old_days(house.institution, today=date(2026, 10, 1)) > 0
    classify_case(
        institution=house.institution, case_id=first.pk, version=None, kind_id=house.kinds["acceso"].pk,
        topic_id=None, actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    # Written in September, read in October: by then August of the year before has no days any more.
    bring_up(house.institution, source("cases"), [first.pk], now=NOW.replace(day=30))
    august = (begun.replace(day=1), Period(MONTH, begun.replace(day=1)).last)
    received = metric("cases.received").of
    assert read(house.institution, received, [august], today=date(2026, 10, 1)).of().n == 2
    days = Cell.objects.filter(institution=house.institution, grain="d")
    assert not days.filter(period__lt=date(2025, 9, 1)).exists()


@pytest.mark.parametrize(
    ("slug", "country", "moments"),
    [
        (
            "santiago",
            "CL",
            {
                # Clocks go forward at the end of 5 September 2026 and back at the end of 4 April 2026.
                "2026-09-06T03:59+00:00": date(2026, 9, 5),
                "2026-09-06T04:00+00:00": date(2026, 9, 6),
                "2026-04-05T03:30+00:00": date(2026, 4, 4),
                "2026-04-05T04:00+00:00": date(2026, 4, 5),
                "2026-01-01T02:59+00:00": date(2025, 12, 31),
                "2026-01-01T03:00+00:00": date(2026, 1, 1),
            },
        ),
        (
            "lima",
            "PE",
            {
                "2026-01-01T04:59+00:00": date(2025, 12, 31),
                "2026-01-01T05:00+00:00": date(2026, 1, 1),
                "2026-04-05T04:30+00:00": date(2026, 4, 4),
            },
        ),
        (
            "madrid",
            "ES",
            {
                "2025-12-31T22:59+00:00": date(2025, 12, 31),
                "2025-12-31T23:00+00:00": date(2026, 1, 1),
                "2026-03-28T23:00+00:00": date(2026, 3, 29),
                "2026-10-25T22:59+00:00": date(2026, 10, 25),
                "2026-10-25T23:00+00:00": date(2026, 10, 26),
            },
        ),
    ],
)
def test_days_months_and_years_are_those_of_the_body_whatever_its_clocks_do(house, slug, country, moments):
    """The body beside it, in its own zone, counts nothing of it."""
    long_ago, today = NOW.replace(year=2025, month=1), date(2026, 12, 1)
    there = make_house(slug, country, now=long_ago)
    for moment in moments:
        file(there, "sugerencia", now=datetime.fromisoformat(moment), unit_id=there.units["obras"])
    for body in (house, there):
        count_all(body.institution, now=NOW.replace(month=11))
    received, kept = metric("cases.received").of, Counter(moments.values())
    for day, count in kept.items():
        assert read(there.institution, received, [(day, day)], today=today).of().n == count
    for first in {day.replace(day=1) for day in kept}:
        of_month = sum(count for day, count in kept.items() if day.replace(day=1) == first)
        month = (first, Period(MONTH, first).last)
        assert read(there.institution, received, [month], today=today).of().n == of_month
    for year in (2025, 2026):
        of_year = sum(count for day, count in kept.items() if day.year == year)
        whole = (date(year, 1, 1), date(year, 12, 31))
        assert read(there.institution, received, [whole], today=today).of().n == of_year
        assert read(house.institution, received, [whole], today=today).of().n == 0
    assert differences(there.institution) == differences(house.institution) == []
