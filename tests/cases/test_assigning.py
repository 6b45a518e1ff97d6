# SPDX-License-Identifier: EUPL-1.2
"""A case is given only to whoever works on the cases of its unit, and is there."""

import re

import pytest

from siac.accounts.public import Role, User
from siac.cases.bulk.commands import choose_cases, preview_bulk
from siac.cases.bulk.queries import why_not
from siac.cases.models import Case
from siac.cases.public import assign_case, save_kind
from siac.organizations.public import grant_role
from tests.cases.test_handling import do, refusal
from tests.factories import NOW, House, file

pytestmark = [pytest.mark.django_db]
R = Role


def in_obras(house: House, **more) -> Case:
    return file(house, unit_id=house.units["obras"], **more)


def worker(house: House, name: str, unit: str | None) -> User:
    unit_id = house.units[unit] if unit else None
    email = f"{name}@puerto.example"
    grant_role(
        institution=house.institution,
        actor=None,
        now=NOW,
        email=email,
        name=name.title(),
        role=R.UNIT_OFFICER,
        unit_id=unit_id,
    )
    return User.objects.get(email=email)


def offered(house: House, case: Case) -> dict[str, str]:
    page = (
        house.client(R.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    )
    select = page.partition('name="assignee_id"')[2].partition("</select>")[0]
    return {name: pk for pk, name in re.findall(r'value="(\d+)"[^>]*>([^<]+)<', select)}


def test_only_those_who_work_over_its_unit_are_offered_with_their_open_cases(house):
    legal, below, whole = (
        worker(house, "eva", "juridico"),
        worker(house, "luis", "obras-calle"),
        worker(house, "rosa", None),
    )
    case = in_obras(house)
    do(assign_case, house, case, assignee_id=whole.pk)
    names = offered(house, case)
    assert set(names) == {"Head Of Unit (0 en curso)", "Unit Officer (0 en curso)", "Rosa (1 en curso)"}
    for outside in (legal, below, house.user(R.FRONT_DESK), house.user(R.AUDITOR)):
        assert (
            refusal(lambda who=outside: do(assign_case, house, case, assignee_id=who.pk))
            == "assignee_unknown"
        )


def test_the_load_of_a_colleague_does_not_tell_of_restricted_cases(house):
    hidden = file(house, "denuncia", unit_id=house.units["obras"])
    Case.objects.filter(pk=hidden.pk).update(assignee=house.user(R.HEAD_OF_UNIT))
    assert "Head Of Unit (0 en curso)" in offered(house, in_obras(house))


def test_who_was_deactivated_is_neither_offered_nor_taken(house):
    luis, case = worker(house, "luis", "obras"), in_obras(house)
    assert "Luis (0 en curso)" in offered(house, case)
    User.objects.filter(pk=luis.pk).update(is_active=False)
    assert "Luis (0 en curso)" not in offered(house, case)
    assert refusal(lambda: do(assign_case, house, case, assignee_id=luis.pk)) == "assignee_unknown"


def test_a_case_of_a_closed_kind_goes_only_to_its_readers(house):
    kind = house.kinds["consulta"]
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        kind=kind,
        is_restricted=True,
        readers=[R.HEAD_OF_UNIT.value],
    )
    house.institution.refresh_from_db()
    case = in_obras(house, kind="consulta")
    assert (
        refusal(lambda: do(assign_case, house, case, assignee_id=house.user(R.UNIT_OFFICER).pk))
        == "assignee_unknown"
    )
    do(assign_case, house, case, assignee_id=house.user(R.HEAD_OF_UNIT).pk)


def test_many_at_once_say_beforehand_who_may_not_take_them(house):
    legal = worker(house, "eva", "juridico")
    ours, theirs = in_obras(house), file(house, unit_id=house.units["juridico"])
    access = house.access(R.QUALITY_MANAGER)
    cases = Case.objects.filter(pk__in=[ours.pk, theirs.pk])
    bulk = choose_cases(access=access, code="asignar", cases=cases, now=NOW)
    bulk = preview_bulk(access=access, bulk_id=bulk.pk, values={"assignee_id": legal.pk}, now=NOW)
    assert (bulk.refused, bulk.pending) == (1, 1)
    assert [why.sentence for why in why_not(bulk)] == ["Esa persona no trabaja en la unidad de la solicitud."]
