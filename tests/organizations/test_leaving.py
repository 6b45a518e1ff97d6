# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves, a unit closes: what they had open goes on, and nothing new comes to them."""

from typing import Any

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.commands.handling import assign_case
from siac.cases.public import Case
from siac.catalogue.public import save_topic
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.models import Membership, Unit
from siac.organizations.public import save_unit
from tests.factories import NOW, House, file

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def assigned(house) -> Case:
    case = file(house, unit_id=house.units["obras"])
    on: dict[str, Any] = {
        "institution": house.institution,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": NOW,
    }
    return assign_case(**on, case_id=case.pk, version=None, assignee_id=house.user(Role.UNIT_OFFICER).pk)


def leave(house: House, **sent: str) -> Any:
    row = Membership.objects.get(institution=house.institution, user=house.user(Role.UNIT_OFFICER))
    return house.client(Role.ADMINISTRATOR).post(
        reverse("workspace:setup:role_revoke", args=[house.slug, row.pk]), sent
    )


def test_the_page_asks_who_goes_on_before_somebody_with_open_cases_leaves(house, assigned):
    page = leave(house)
    assert page.status_code == 200
    assert "1 solicitud abierta" in page.content.decode()
    assert Membership.objects.filter(user=house.user(Role.UNIT_OFFICER)).exists()
    heir = house.user(Role.HEAD_OF_UNIT)
    assert leave(house, leaves="True", heir_id=str(heir.pk)).status_code == 302
    assigned.refresh_from_db()
    assert assigned.assignee_id == heir.pk
    last = history(assigned.institution_id, assigned.stream)[-1]
    assert (last.kind, last.data["assignee"], last.data["left"]) == ("cases.assigned", heir.pk, True)


def test_without_an_heir_cases_fall_to_nobody_and_the_head_is_told(house, assigned):
    assert leave(house, leaves="True", heir_id="").status_code == 302
    assigned.refresh_from_db()
    assert assigned.assignee_id is None
    told = Notice.objects.get(kind="cases.unassigned")
    assert (told.recipient, told.context) == (f"user:{house.user(Role.HEAD_OF_UNIT).pk}", {"count": 1})


def test_nobody_who_does_not_work_here_inherits(house, other_house, assigned):
    stranger = other_house.user(Role.UNIT_OFFICER)
    assert leave(house, leaves="True", heir_id=str(stranger.pk)).status_code == 422
    assigned.refresh_from_db()
    assert assigned.assignee_id == house.user(Role.UNIT_OFFICER).pk


def close(house: House, code: str, successor: str | None = None) -> None:
    unit = Unit.objects.get(pk=house.units[code])
    save_unit(
        institution=house.institution, unit=unit, actor=None, now=NOW, code=unit.code, name=unit.name,
        parent_id=unit.parent_id, is_active=False, successor_id=house.units[successor] if successor else None,
    )  # fmt: skip
    house.institution.refresh_from_db()


def test_a_unit_with_open_cases_is_not_closed_without_a_successor(house):
    file(house, unit_id=house.units["obras"])
    with pytest.raises(Refused, match="unit_in_use"):
        close(house, "obras")
    assert Unit.objects.get(pk=house.units["obras"]).is_active


def test_the_successor_takes_over_what_is_open_and_what_comes_later_from_kinds_topics_and_callers(house):
    case = file(house, unit_id=house.units["juridico"])
    close(house, "juridico", "oirs")
    case.refresh_from_db()
    assert case.unit_id == house.units["oirs"]
    assert history(case.institution_id, case.stream)[-1].kind == "cases.referred"
    assert file(house, topic_id=house.topics["Transparencia"]).unit_id == house.units["oirs"]
    assert file(house, unit_id=house.units["juridico"]).unit_id == house.units["oirs"]


def test_a_closed_unit_without_successor_takes_nothing_new(house):
    close(house, "juridico")
    with pytest.raises(Refused, match="unit_unknown"):
        file(house, unit_id=house.units["juridico"])
    topic = save_topic(
        institution=house.institution, actor=None, now=NOW, name="Sumarios", unit_id=house.units["juridico"]
    )
    house.institution.refresh_from_db()
    assert file(house, topic_id=topic.pk).unit_id != house.units["juridico"]


@pytest.mark.parametrize("successor", ["juridico", "obras-calle"])
def test_a_successor_must_be_open_and_another_unit(house, successor):
    close(house, "obras-calle")
    with pytest.raises(Refused, match="unit_successor"):
        close(house, "juridico", successor)
