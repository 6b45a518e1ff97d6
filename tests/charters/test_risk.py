# SPDX-License-Identifier: EUPL-1.2
"""Of a commitment it is told what can still happen this month; of a charter, when to review it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.drafting import start_edition
from siac.charters.domain.risk import months_after, still_needed, still_possible
from siac.charters.models import CharterEdition
from siac.charters.public import NewCommitment, publish_edition
from siac.charters.queries import editions_to_review, review_due
from siac.charters.standings import at_risk, standings
from siac.charters.tiles import AHEAD, TILES
from siac.clocks.public import settle_overdue
from siac.indicators.public import count_all
from tests.charters.test_guarantees import attended, promise
from tests.factories import NOW, answer, file
from tests.sql_counts import exactly

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RISK = next(each for each in TILES if each.title == "Compromisos en riesgo este mes")


@pytest.mark.parametrize(
    ("may_fail", "left", "best", "said"),
    [
        (-1, 4, Decimal("86.0"), "aunque no falle ninguna más: 86,0 %"),
        (-1, 0, Decimal("80.0"), "ya no vence ninguna este mes"),
        (1, 11, Decimal("95.0"), "puede fallar 1 de las 11 que quedan"),
        (2, 11, Decimal("95.0"), "pueden fallar 2 de las 11 que quedan"),
        (3, 3, Decimal("95.0"), "quedan 3: se alcanza aunque fallen"),
    ],
)
def test_what_can_still_happen_is_said_in_words(may_fail, left, best, said):
    assert still_possible(may_fail, left, best) == said


@pytest.mark.parametrize(
    ("met", "total", "target", "said"),
    [
        (2, 3, "70", "llega si se cumple en la próxima"),
        (2, 3, "90", "llega si se cumple en las 7 próximas"),  # 9 of 10
        (0, 1, "99.9", "llega si se cumple en las 999 próximas"),
        (9, 10, "100", "este mes ya no llega a la meta"),
    ],
)
def test_what_is_still_needed_where_nobody_knows_how_many_come(met, total, target, said):
    assert still_needed(met, total, Decimal(target)) == said


def test_a_waiting_is_at_risk_while_it_is_below_its_target_and_can_still_reach_it(house):
    """Of an attention is known when it is over: that none is left says nothing of the rest of the month."""
    promise(house)
    for waited in (5, 5, 40):
        attended(house, waited=waited)
    (found,) = at_risk(house.institution, today=house.today(NOW + DAY))
    assert (found.standing.share.met, found.standing.share.total) == (2, 3)
    (row,) = RISK.rows(house.access(Role.QUALITY_MANAGER), house.today(NOW + DAY))
    assert row.detail == "llega si se cumple en las 7 próximas"


def test_a_commitment_is_at_risk_by_what_is_answered_and_what_still_falls_due(house):
    """Of September: one late, one kept, and two more fall due on the 28th; of four 90 % cannot be reached."""
    late, kept = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    answer(house, kept, now=NOW + DAY)
    settle_overdue(NOW + 10 * DAY)
    answer(house, late, now=NOW + 10 * DAY)
    now = NOW + 14 * DAY
    for _ in range(2):
        file(house, now=now)
    count_all(house.institution, now=now)
    (found,) = at_risk(house.institution, today=house.today(now))
    assert (found.standing.share.met, found.standing.share.total, found.left) == (1, 2, 2)
    assert (found.best.met, found.best.total, found.may_fail) == (3, 4, -1)
    (row,) = RISK.rows(house.access(Role.QUALITY_MANAGER), house.today(now))
    assert (row.detail, row.act) == ("aunque no falle ninguna más: 75,0 %", "Ver casos")
    assert row.beside == "50,0 % hasta hoy · meta 90,0 %"


def test_one_that_keeps_its_target_is_at_no_risk(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    count_all(house.institution, now=NOW + 2 * DAY)
    assert at_risk(house.institution, today=house.today(NOW + 2 * DAY)) == []


def edition(house, count: int, since: date, code: str = "carta") -> None:
    publish_edition(
        institution=house.institution, actor=None, now=NOW, code=code, title="Carta grande",
        valid_from=since, approved_by="Acta 2",
        commitments=[
            NewCommitment(f"c{number}", f"En {number + 1} días", house.kinds["reclamo"].pk, number + 1,
                          Decimal(90), "Disculpa")
            for number in range(count)
        ],
    )  # fmt: skip
    house.institution.refresh_from_db()


@pytest.mark.parametrize("count", [1, 50])
def test_figures_of_commitments_cost_the_same_however_many_there_are(house, count):
    edition(house, count, house.today(), code="grande")
    file(house, unit_id=house.units["obras"])
    count_all(house.institution, now=NOW)
    last = house.today()
    standings(house.institution, first=last - 30 * DAY, last=last)  # what is configured is read once
    with exactly(4):
        assert len(standings(house.institution, first=last - 30 * DAY, last=last)) == count + 1
    with exactly(3):
        at_risk(house.institution, today=last + DAY)


def test_a_charter_is_to_be_reviewed_as_its_norm_says_and_told_two_months_before(house):
    edition = house.commitment.edition
    assert edition.charter.norm == "pledge"  # yearly
    due = edition.valid_from.replace(year=edition.valid_from.year + 1)
    assert review_due(edition) == due
    told = months_after(due, -2)
    assert list(editions_to_review(house.institution, today=told - DAY)) == []
    assert list(editions_to_review(house.institution, today=told)) == [edition]


def test_remedies_that_fall_due_are_told_ahead(house):
    file(house, unit_id=house.units["obras"])
    settle_overdue(NOW + 10 * DAY)
    day = house.today(NOW + 10 * DAY)
    items = AHEAD.items(house.access(Role.QUALITY_MANAGER), day, day + 30 * DAY)
    assert [item.title for item in items] == ["1 medida por entregar"]


def test_what_still_falls_due_counts_whichever_edition_promised_it(house):
    """A new edition on the 10th: what was filed before and falls due after is left in the month too."""
    now = NOW + 14 * DAY
    for _ in range(2):
        file(house, now=now)
    late = file(house, unit_id=house.units["obras"])
    settle_overdue(NOW + 10 * DAY)
    answer(house, late, now=NOW + 10 * DAY)
    count_all(house.institution, now=now)
    (before,) = at_risk(house.institution, today=house.today(now))
    common = {"institution": house.institution, "actor": None, "now": now}
    draft = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    row = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    row.valid_from = house.today(now) + DAY
    put_in_force(row, act="Resolución 3", approved_on=None, actor=None, now=now)
    house.institution.refresh_from_db()
    count_all(house.institution, now=now + 2 * DAY)
    (after,) = at_risk(house.institution, today=house.today(now + 2 * DAY))
    assert after.standing.commitment.edition_id == row.pk and (before.left, after.left) == (2, 2)
