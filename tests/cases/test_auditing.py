# SPDX-License-Identifier: EUPL-1.2
"""Somebody from outside controls: until a day, read-only, on samples drawn by
lot, and all they open is noted.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from siac.accounts.public import Role
from siac.cases.auditing.commands import draw_again, draw_sample, lot
from siac.cases.models import AuditSample, Case, Drawn
from siac.cases.public import Outcome, answer_case
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import end_roles
from siac.organizations.models import Membership
from siac.organizations.public import grant_role
from tests.factories import NOW, file

PERIOD = {"first_day": date(2026, 1, 1), "last_day": NOW.date()}


@pytest.fixture
def register(house):
    """Twelve requests; two of them answered."""
    cases = [file(house, kind="reclamo" if n % 2 else "consulta") for n in range(12)]
    for case in cases[:2]:
        answer_case(
            institution=house.institution,
            actor=house.user(Role.HEAD_OF_UNIT),
            now=NOW,
            case_id=case.pk,
            version=None,
            body="Se reparó",
            outcome=Outcome.UPHELD,
        )
    return cases


def draw(house, role=Role.AUDITOR, **changes):
    given = {"population": Drawn.FILED, "size": 5, "seed": "dado 4", "now": NOW, **PERIOD, **changes}
    return draw_sample(access=house.access(role), **given)


def test_the_sample_is_who_has_the_lowest_lots_worked_out_by_hand(house, register):
    sample = draw(house)
    by_hand = sorted(register, key=lambda case: lot("dado 4", case.folio))
    assert sample.case_ids == [case.pk for case in by_hand[:5]]
    assert (sample.population_size, sample.seed) == (12, "dado 4")
    assert draw_again(sample, access=house.access(Role.AUDITOR)) == (12, sample.case_ids)


def test_a_folio_above_six_digits_keeps_its_lot(house, register):
    Case.objects.filter(pk=register[3].pk).update(number=1_234_567)
    register[3].number = 1_234_567
    by_hand = sorted(register, key=lambda case: lot("9", case.folio))
    assert draw(house, seed="9", size=12).case_ids == [case.pk for case in by_hand]


def test_without_a_seed_one_is_made_and_kept_in_the_journal(house, register):
    one, two = draw(house, seed=""), draw(house, seed=" ")
    assert len(one.seed) == 16 and one.seed != two.seed
    entry = JournalEntry.objects.get(stream=one.stream, kind="cases.sample_drawn")
    assert entry.data == {"seed": one.seed, "size": 5, "population": 12, "cases": one.case_ids}
    assert entry.actor_id == house.user(Role.AUDITOR).pk


def test_it_is_drawn_from_one_kind_one_unit_or_what_was_answered(house, register):
    assert draw(house, kind_id=house.kinds["reclamo"].pk, size=50).population_size == 6
    assert set(draw(house, population=Drawn.ANSWERED).case_ids) == {case.pk for case in register[:2]}
    below = Case.objects.filter(pk__in=[case.pk for case in register[:3]])
    below.update(unit=house.units["obras-calle"])
    assert set(draw(house, unit_id=house.units["obras"]).case_ids) == {case.pk for case in register[:3]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first_day": NOW.date(), "last_day": NOW.date() - timedelta(days=1)}, "sample_period"),
        ({"last_day": NOW.date() + timedelta(days=1)}, "sample_period"),
        ({"first_day": NOW.date() - timedelta(days=366)}, "sample_period"),
        ({"size": 0}, "sample_size"),
        ({"size": 501}, "sample_size"),
        ({"first_day": date(2026, 1, 1), "last_day": date(2026, 1, 2)}, "sample_empty"),
    ],
)
def test_what_a_draw_refuses(house, register, changes, code):
    with pytest.raises(Refused) as refused:
        draw(house, **changes)
    assert refused.value.code == code
    assert not AuditSample.objects.exists()


def test_nobody_else_draws_and_no_other_body_sees_it(house, other_house, register):
    with pytest.raises(PermissionDenied):
        draw(house, Role.QUALITY_MANAGER)
    sample = draw(house)
    theirs = other_house.client(Role.AUDITOR).get(f"/{other_house.slug}/gestion/muestras/{sample.pk}/")
    assert theirs.status_code == 404


def test_a_refused_form_keeps_what_was_typed(house, register):
    typed = {
        "population": "filed",
        "first_day_day": "2",
        "first_day_month": "1",
        "first_day_year": "2026",
        "last_day_day": "31",
        "last_day_month": "12",
        "last_day_year": "2099",
        "size": "7",
        "seed": "siete",
    }
    page = house.client(Role.AUDITOR).post(f"/{house.slug}/gestion/muestras/nueva/", typed)
    assert page.status_code == 422
    assert 'value="siete"' in page.text and "termina a más tardar hoy" in page.text


def test_the_page_tells_what_was_read_and_that_the_draw_repeats(
    house, register, django_assert_max_num_queries
):
    sample, client = draw(house), house.client(Role.AUDITOR)
    address = f"/{house.slug}/gestion/muestras/{sample.pk}/"
    assert "Usted ha leído 0 de 5" in client.get(address).text
    first = Case.objects.get(pk=sample.case_ids[0])
    assert client.get(f"/{house.slug}/gestion/solicitudes/{first.folio}/").status_code == 200
    with django_assert_max_num_queries(9):
        page = client.get(address).text
    assert "Usted ha leído 1 de 5" in page and "da las mismas solicitudes" in page
    assert lot("dado 4", first.folio) in page
    told = b"".join(client.get(f"{address}exportar/?formato=csv")).decode("utf-8-sig")
    assert [line.split(";")[1] for line in told.splitlines()[1:]] == [
        Case.objects.get(pk=pk).folio for pk in sample.case_ids
    ]
    Case.objects.filter(pk=first.pk).update(filed_at=NOW - timedelta(days=900))
    assert "el sorteo da otras" in client.get(address).text


def test_every_request_that_control_opens_is_noted_and_no_other_reader_s(house, register):
    address = f"/{house.slug}/gestion/solicitudes/{register[4].folio}/"
    house.client(Role.QUALITY_MANAGER).get(address)
    assert not JournalEntry.objects.filter(kind="access.read", data__subject=register[4].stream).exists()
    auditor = house.client(Role.AUDITOR)
    auditor.get(address)
    page = auditor.get(f"/{house.slug}/gestion/lecturas/?persona={house.user(Role.AUDITOR).email}").text
    assert register[4].folio in page


def test_a_role_opens_the_body_until_its_last_day_there_and_is_then_taken_away(house):
    today = house.institution.local_date(NOW)
    given = {
        "institution": house.institution,
        "name": "Eva",
        "role": Role.AUDITOR,
        "unit_id": None,
        "actor": None,
    }
    row = grant_role(**given, email="eva@control.cl", until=today, now=NOW)
    assert end_roles(now=NOW) == 0
    longer = grant_role(**given, email="eva@control.cl", until=today + timedelta(days=3), now=NOW)
    assert (longer.pk, longer.until) == (row.pk, today + timedelta(days=3))
    assert end_roles(now=NOW + timedelta(days=3)) == 0
    assert end_roles(now=NOW + timedelta(days=4)) == 1
    assert not Membership.objects.filter(user=row.user).exists()
    assert JournalEntry.objects.filter(kind="organizations.role_revoked", data__user=row.user_id).exists()


def test_past_its_last_day_it_opens_nothing_even_before_the_job_ran(house):
    client = house.client(Role.AUDITOR)
    home = f"/{house.slug}/gestion/solicitudes/"
    assert client.get(home).status_code == 200
    Membership.objects.filter(user=house.user(Role.AUDITOR)).update(until=date(2020, 1, 1))
    assert client.get(home).status_code == 403


@pytest.mark.parametrize(
    ("role", "until", "code"),
    [
        (Role.AUDITOR, NOW.date() - timedelta(days=2), "role_ended"),
        (Role.ADMINISTRATOR, NOW.date() + timedelta(days=2), "administrator_undated"),
        (Role.COUNCIL_MEMBER, None, "outside_dated"),
    ],
)
def test_days_that_a_role_cannot_end_on(house, role, until, code):
    with pytest.raises(Refused) as refused:
        grant_role(
            institution=house.institution,
            email="eva@control.cl",
            name="Eva",
            role=role,
            unit_id=None,
            actor=None,
            until=until,
            now=NOW,
        )
    assert refused.value.code == code


def test_an_auditor_is_invited_until_a_day_and_the_list_says_so(house):
    client, people = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/personas/"
    typed = {
        "email": "eva@control.cl", "name": "Eva", "role": "auditor", "unit_id": "",
        "until_day": "31", "until_month": "3", "until_year": "2099",
    }  # fmt: skip
    assert client.post(f"{people}rol/", typed).status_code == 302
    page = client.get(people).text
    assert "Eva" in page and "31-03-2099" in page
