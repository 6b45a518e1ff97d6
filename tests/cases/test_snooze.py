# SPDX-License-Identifier: EUPL-1.2
"""A case put off leaves «Mías» until its day or its news, and never stays away on the day it is due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.access import visible_to
from siac.cases.alerts.snoozing import snooze_case, wake_case
from siac.cases.public import add_information, add_note, assign_case, refer_case
from siac.cases.queries import in_view
from siac.kernel.errors import Refused
from tests.factories import NOW, file

pytestmark = [pytest.mark.django_db]
R = Role


@pytest.fixture
def case(house):
    made = file(house, unit_id=house.units["obras"])
    return assign_case(
        institution=house.institution,
        case_id=made.pk,
        version=None,
        assignee_id=house.user(R.UNIT_OFFICER).pk,
        actor=house.user(R.HEAD_OF_UNIT),
        now=NOW,
    )


def snooze(house, case, until=None, *, role=R.UNIT_OFFICER, now=NOW):
    return snooze_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        until=until,
        actor=house.user(role),
        now=now,
    )


def mine(house, view="mias", *, days=0):
    access = house.access(R.UNIT_OFFICER)
    today = house.today() + timedelta(days=days)
    return list(in_view(visible_to(access), view, access=access, today=today))


def agree(house, case, *, days=0, snoozed: bool):
    """Assert what the lists and the case itself say."""
    case.refresh_from_db()
    assert mine(house, days=days) == ([] if snoozed else [case])
    assert mine(house, "pospuestas", days=days) == ([case] if snoozed else [])
    assert case.is_snoozed(house.today() + timedelta(days=days)) is snoozed


def test_until_a_day(house, case):
    snooze(house, case, house.today() + timedelta(days=2))
    agree(house, case, snoozed=True)
    agree(house, case, days=1, snoozed=True)
    agree(house, case, days=2, snoozed=False)


def test_until_a_day_a_note_of_a_colleague_does_not_bring_it_back_but_the_person_does(house, case):
    snooze(house, case, house.today() + timedelta(days=2))
    add_note(
        institution=house.institution, case_id=case.pk, body="Ojo.", actor=house.user(R.HEAD_OF_UNIT), now=NOW
    )
    agree(house, case, snoozed=True)
    add_information(institution=house.institution, case_id=case.pk, body="Va la foto.", now=NOW)
    agree(house, case, snoozed=False)


def test_until_something_happens_anything_does(house, case):
    snooze(house, case)
    agree(house, case, snoozed=True)
    add_note(
        institution=house.institution, case_id=case.pk, body="Ojo.", actor=house.user(R.HEAD_OF_UNIT), now=NOW
    )
    agree(house, case, snoozed=False)


def test_never_on_the_day_it_is_due(house, case):
    snooze(house, case)
    left = (case.due_on - house.today()).days
    agree(house, case, days=left - 1, snoozed=True)
    agree(house, case, days=left, snoozed=False)


def test_not_on_its_due_day_either_when_a_term_moves_nearer(house, case):
    snooze(house, case)
    type(case).objects.filter(pk=case.pk).update(due_on=house.today() + timedelta(days=1))
    agree(house, case, snoozed=True)
    agree(house, case, days=1, snoozed=False)


@pytest.mark.parametrize("change", ["assign", "refer"])
def test_whoever_gets_it_next_sees_it(house, case, change):
    snooze(house, case, house.today() + timedelta(days=2))
    common = {
        "institution": house.institution,
        "case_id": case.pk,
        "version": None,
        "now": NOW,
        "actor": house.user(R.HEAD_OF_UNIT),
    }
    if change == "assign":
        assign_case(**common, assignee_id=house.user(R.HEAD_OF_UNIT).pk)
    else:
        refer_case(**common, unit_id=house.units["juridico"])
    case.refresh_from_db()
    assert case.snoozed_until is None


def test_taken_up_again_by_hand(house, case):
    snooze(house, case)
    wake_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(R.UNIT_OFFICER),
        now=NOW,
    )
    agree(house, case, snoozed=False)


def test_refused(house, case):
    with pytest.raises(Refused, match="snooze_not_yours"):
        snooze(house, case, role=R.HEAD_OF_UNIT)
    for day in (house.today(), case.due_on + timedelta(days=1)):
        with pytest.raises(Refused, match="snooze_beyond"):
            snooze(house, case, day)
    with pytest.raises(Refused, match="snooze_due"):
        snooze(house, case, now=NOW + timedelta(days=60))
    case.refresh_from_db()
    assert case.snoozed_until is None


def test_through_the_page(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    officer = house.user(R.UNIT_OFFICER)
    assign_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        assignee_id=officer.pk,
        actor=officer,
        now=timezone.now(),
    )
    client, address = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    refused = client.post(f"{address}posponer/", {"wakes": "day"})
    assert refused.status_code == 422 and "Escriba el día." in refused.content.decode()
    assert client.post(f"{address}posponer/", {"wakes": "news"}).status_code == 302
    assert "Retomar (está pospuesta)" in client.get(address).content.decode()
    listed = client.get(f"/{house.slug}/gestion/solicitudes/?vista=pospuestas").content.decode()
    assert case.folio in listed and "vuelve el" in listed
    assert "Posponer" not in house.client(R.HEAD_OF_UNIT).get(address).content.decode()
