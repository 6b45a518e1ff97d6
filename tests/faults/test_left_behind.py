# SPDX-License-Identifier: EUPL-1.2
"""A request that comes to a unit while it closes, or back to one that is closed, and the same of who works
on it: it does not stay there.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from siac.accounts.public import Role
from siac.cases.commands.endings import reopen_case, withdraw_case
from siac.cases.commands.handling import assign_case, refer_case
from siac.cases.commands.undoing import undo
from siac.cases.models import Case
from siac.cases.public import contest_answer
from siac.cases.workload.commands import hand_over_what_stayed
from siac.infra.models import JobFault
from siac.journal.public import history, verify_institution
from siac.notices.models import Notice
from siac.organizations.commands.setup import revoke_role
from siac.organizations.models import Institution, Membership, Unit
from siac.organizations.public import grant_role, save_unit
from tests.factories import NOW, House, answer, file, make_house

R = Role
HERE = "obras-calle"


def shut(house: House, heir: str = "juridico") -> None:
    body, unit = Institution.objects.get(pk=house.institution.pk), Unit.objects.get(pk=house.units[HERE])
    save_unit(
        institution=body, actor=None, now=NOW, unit=unit, code=unit.code, name=unit.name,
        parent_id=unit.parent_id, is_active=False, successor_id=house.units[heir] if heir else None,
    )  # fmt: skip


def somebody(house: House) -> Membership:
    return grant_role(
        institution=house.institution, actor=None, now=NOW, email="paso@casa.cl", name="De Paso",
        role=R.UNIT_OFFICER, unit_id=house.units["obras"],
    )  # fmt: skip


def leave(house: House, held: Membership) -> None:
    revoke_role(institution=house.institution, membership_id=held.pk, actor=None, now=NOW)


def on(house: House, case: Case, **more: Any) -> dict[str, Any]:
    common = {"institution": house.institution, "case_id": case.pk, "version": None, "now": NOW}
    return {**common, "actor": house.user(R.QUALITY_MANAGER), **more}


def settled(house: House, case: Case) -> tuple[str, str | None, int | None]:
    """Return state, unit and assignee once the job has come by."""
    hand_over_what_stayed(now=NOW + timedelta(days=1))
    assert hand_over_what_stayed(now=NOW + timedelta(days=1)) == 0, "all is where it stays"
    assert not JobFault.objects.exists()
    assert verify_institution(house.institution.pk).problems == []
    case = Case.objects.select_related("unit").get(pk=case.pk)
    return case.state, case.unit.code if case.unit else None, case.assignee_id


def while_under_way(first: Callable[[], Any], then: Callable[[], Any]) -> Any:
    """Do `first`, and `then` elsewhere before it is committed; return what it gave."""
    failures: list[BaseException] = []

    def go() -> None:
        try:
            then()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        given = first()
        other = threading.Thread(target=go)
        other.start()
        other.join(1)
    other.join(30)
    assert not other.is_alive() and failures == []
    return given


@pytest.mark.slow
@pytest.mark.postgres
def test_what_is_referred_or_filed_while_the_unit_closes_goes_to_its_successor(real_commits):
    house = make_house()
    case = file(house, unit_id=house.units["oirs"])
    new: list[Case] = []

    def under_way() -> None:
        refer_case(**on(house, case, unit_id=house.units[HERE]))
        new.append(file(house, unit_id=house.units[HERE]))

    while_under_way(under_way, lambda: shut(house))
    assert settled(house, case)[:2] == settled(house, new[0])[:2] == ("with_unit", "juridico")


@pytest.mark.slow
@pytest.mark.postgres
def test_what_is_assigned_to_somebody_while_they_leave_falls_to_nobody_and_the_head_is_told(real_commits):
    house = make_house()
    case, held = file(house, unit_id=house.units["obras"]), somebody(house)
    while_under_way(
        lambda: assign_case(**on(house, case, assignee_id=held.user_id)), lambda: leave(house, held)
    )
    assert settled(house, case) == ("with_unit", "obras", None)
    told = Notice.objects.get(kind="cases.unassigned")
    assert told.recipient == f"user:{house.user(R.HEAD_OF_UNIT).pk}"


def withdrawn_and_reopened(house: House, case: Case, gone: Callable[[], None]) -> None:
    withdraw_case(**on(house, case, body="Ya no lo pide"))
    gone()
    reopen_case(**on(house, case, reason="Se cerró por error"))


def answered_and_contested(house: House, case: Case, gone: Callable[[], None]) -> None:
    answer(house, case, now=NOW)
    gone()
    contest_answer(institution=house.institution, case_id=case.pk, body="No", now=NOW + timedelta(days=1))


def answered_and_taken_back(house: House, case: Case, gone: Callable[[], None]) -> None:
    answer(house, case, now=NOW, actor=house.user(R.QUALITY_MANAGER))
    gone()
    undo(**on(house, case))


def referred_and_taken_back(house: House, case: Case, gone: Callable[[], None]) -> None:
    refer_case(**on(house, case, unit_id=house.units["oirs"], undoable=True))
    gone()
    undo(**on(house, case))


BACK = pytest.mark.parametrize(
    "back", [withdrawn_and_reopened, answered_and_contested, answered_and_taken_back, referred_and_taken_back]
)


@pytest.mark.django_db
@BACK
@pytest.mark.parametrize(("heir", "taker"), [("juridico", "juridico"), ("", "obras")])
def test_what_comes_back_to_a_closed_unit_and_somebody_who_left_is_handed_over(house, back, heir, taker):
    """To the successor; where there is none, to the unit above."""
    case, held = file(house, unit_id=house.units[HERE]), somebody(house)
    assign_case(**on(house, case, assignee_id=held.user_id))

    def gone() -> None:
        shut(house, heir)
        leave(house, held)
        house.institution.refresh_from_db()

    back(house, case, gone)
    assert settled(house, case) == ("with_unit", taker, None)
    told = [entry for entry in history(house.institution.pk, case.stream) if entry.actor_id is None]
    assert {"cases.referred", "cases.assigned"} <= {entry.kind for entry in told}


@pytest.mark.django_db
def test_who_has_another_role_here_keeps_what_they_have(house):
    case, held = file(house, unit_id=house.units["obras"]), somebody(house)
    assign_case(**on(house, case, assignee_id=held.user_id))
    assert settled(house, case) == ("with_unit", "obras", held.user_id)
