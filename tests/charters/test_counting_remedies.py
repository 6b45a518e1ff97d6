# SPDX-License-Identifier: EUPL-1.2
"""What is owed for broken promises is counted as it happens, and told as far as each may know of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.remedies import decide_remedy, deliver_remedy
from siac.charters.measuring import SOURCE
from siac.charters.models import Remedy, RemedyFact
from siac.clocks.public import settle_overdue
from siac.indicators.figures.cube import follow
from siac.indicators.figures.reading import read
from siac.indicators.public import count_all
from siac.infra.metrics import metric
from siac.journal.public import recorded
from tests.factories import NOW, file

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 20 * DAY


@pytest.fixture
def broken(house) -> list[Remedy]:
    """Two complaints whose promised five days are over."""
    for _ in range(2):
        file(house, unit_id=house.units["obras"])
    settle_overdue(LATER)
    count_all(house.institution, now=LATER)
    return list(Remedy.objects.order_by("pk"))


def settled(house, remedy: Remedy, *, delivered: bool, now=LATER) -> RemedyFact:
    actor = house.user(Role.HEAD_OF_UNIT)
    common = {"institution": house.institution, "remedy_id": remedy.pk, "actor": actor, "now": now}
    if delivered:
        deliver_remedy(**common, proof="Carta 12")
    else:
        decide_remedy(**common, is_due=False, reason="La respuesta se notificó el mismo día")
    SOURCE.refresh(house.institution.pk, [remedy.pk])
    return RemedyFact.objects.get(remedy=remedy)


def test_a_broken_promise_is_a_remedy_owed_in_its_unit(house, broken):
    fact = RemedyFact.objects.get(remedy=broken[0])
    assert fact.owed_on == house.today(LATER) and fact.unit_id == house.units["obras"]
    assert (fact.settled_on, fact.is_in_time, fact.days) == (None, False, None)


def test_delivered_late_and_refused_are_told_apart(house, broken):
    in_time = settled(house, broken[0], delivered=True, now=LATER + DAY)
    assert (in_time.is_in_time, in_time.days) == (True, 1)
    refused = settled(house, broken[1], delivered=False)
    assert (refused.is_in_time, refused.days, refused.settled_on) == (None, None, house.today(LATER))
    assert (refused.is_refused, refused.decision_days, in_time.decision_days) == (True, 0, 1)


def test_what_is_delivered_after_its_last_day_is_not_in_time(house, broken):
    fact = settled(house, broken[0], delivered=True, now=LATER + 60 * DAY)
    assert (fact.is_in_time, fact.days) == (False, 60)


def owed(house, key: str, now) -> int:
    """Return what the figures say of remedies on the local day of a moment."""
    day = house.today(now)
    return read(house.institution, metric(key).of, [(day, day)], today=day).of().n


def test_what_the_journal_tells_of_a_request_is_counted_of_its_remedies(house, broken):
    """Both entries stand in the stream of the request; the figures of remedies follow them all the same."""
    later = LATER + 10 * DAY
    file(house, unit_id=house.units["obras"], now=LATER)
    settle_overdue(later)
    assert owed(house, "charters.remedies", later) == 0
    follow(list(recorded(house.institution.pk, ["charters.breach_opened"])))
    assert owed(house, "charters.remedies", later) == 1
    deliver_remedy(
        institution=house.institution, remedy_id=broken[0].pk, proof="Carta 12",
        actor=house.user(Role.HEAD_OF_UNIT), now=later,
    )  # fmt: skip
    follow(list(recorded(house.institution.pk, ["charters.remedy_settled"])))
    assert owed(house, "charters.remedy_days", later) == 1


@pytest.mark.parametrize(("role", "sees"), [(Role.QUALITY_MANAGER, False), (Role.AUDITOR, True)])
def test_of_a_restricted_request_there_is_only_that_something_is_owed(house, broken, role, sees):
    hidden, shown = broken
    Case.objects.filter(pk=hidden.breach.case_id).update(is_restricted=True)
    access = house.access(role)
    told = SOURCE.things.tell(access, broken)
    assert (told[0].name == "Reservada") != sees and bool(told[0].cells) == sees
    assert told[1].name == Case.objects.get(pk=shown.breach.case_id).folio
    assert told[1].cells[1] == "Por decidir"
    assert SOURCE.things.hidden(access, [each.pk for each in broken]) == (set() if sees else {hidden.pk})


def test_a_night_of_many_broken_promises_costs_as_many_statements_as_one(house):
    sent = []
    for many in (1, 1, 20):  # the first time calendars are read
        for _ in range(many):
            file(house, unit_id=house.units["obras"])
        with CaptureQueriesContext(connection) as captured:
            settle_overdue(LATER)
        sent.append(len(captured))
    assert sent[2] == sent[1] and Remedy.objects.count() == 22
