# SPDX-License-Identifier: EUPL-1.2
"""A notice is counted once its end is known, and no more when that was taken back."""

import pytest

from siac.accounts.public import Role
from siac.notices.measuring import SOURCE, notices_after, refresh_facts
from siac.notices.models import Notice, NoticeFact
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def notice(house, state: str, number: int = 1) -> Notice:
    return Notice.objects.create(
        institution=house.institution, kind="cases.receipt", recipient="person:1", channel="email",
        subject_type="case", subject_id=1, state=state, message_id=f"{number}@demo.invalid", created_at=NOW,
        open_since=NOW, due_at=NOW,
    )  # fmt: skip


def counted(house, row: Notice) -> list[tuple]:
    refresh_facts(house.institution.pk, [row.pk])
    return list(NoticeFact.objects.values_list("created_on", "channel", "is_failed"))


@pytest.mark.parametrize(
    ("state", "failed"),
    [("sent", False), ("failed", True), ("pending", None), ("cancelled", None), ("shown", None)],
)
def test_what_ended_is_counted_by_the_day_it_was_written(house, state, failed):
    expected = [] if failed is None else [(house.today(NOW), "email", failed)]
    assert counted(house, notice(house, state)) == expected


def test_one_that_is_sent_again_is_not_counted_until_that_ends(house):
    row = notice(house, "failed")
    assert counted(house, row)
    Notice.objects.filter(pk=row.pk).update(state="pending")
    assert counted(house, row) == []


def test_behind_a_figure_stands_neither_to_whom_nor_about_what(house, other_house):
    rows = [notice(house, "sent"), notice(house, "failed", 2)]
    told = SOURCE.things.tell(house.access(Role.QUALITY_MANAGER), rows)
    assert [(each.name, each.url, each.cells[2]) for each in told] == [
        ("Aviso", "", "Enviado"), ("Aviso", "", "No llegó")
    ]  # fmt: skip
    assert notices_after(other_house.institution.pk, 0, 10) == []
