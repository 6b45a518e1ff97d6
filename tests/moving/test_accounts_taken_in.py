# SPDX-License-Identifier: EUPL-1.2
"""Accounts of people whose body comes from elsewhere: the same person once, who gains no right by it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from siac.accounts.models import User
from siac.accounts.public import (
    CarriedAccount,
    carried_accounts,
    close_account,
    reopen_account,
    take_in_accounts,
)
from siac.kernel.errors import Refused
from siac.organizations.public import close_institution, institution_of, reopen_institution
from tests.factories import House
from tests.words import words

pytestmark = pytest.mark.django_db
ROSA = CarriedAccount(482_913_000_000_007, "rosa@ejemplo.org", "Rosa", True, datetime(2025, 3, 1, tzinfo=UTC))


def test_who_has_no_account_here_gets_one_of_the_same_number_without_password():
    assert take_in_accounts([ROSA]) == {ROSA.id: ROSA.id}
    row = User.objects.get(pk=ROSA.id)
    assert (row.email, row.name, row.is_active, row.is_installer) == ("rosa@ejemplo.org", "Rosa", True, False)
    assert not row.has_usable_password() and row.created_at == ROSA.created_at


def test_who_has_one_goes_on_with_it_and_the_former_number_still_says_who_it_was():
    here = User.objects.create_superuser("rosa@ejemplo.org", "una-clave-larga", name="Rosa Soto")
    assert take_in_accounts([replace(ROSA, email="Rosa@Ejemplo.org")]) == {ROSA.id: here.pk}
    former = User.objects.get(pk=ROSA.id)
    assert (former.name, former.is_active, former.is_barred) == ("Rosa", False, True)
    assert former.email.endswith("@trasladada.invalid")
    here.refresh_from_db()
    assert here.name == "Rosa Soto" and here.check_password("una-clave-larga")


def test_an_account_that_comes_back_is_the_one_that_was_opened_here():
    user = User.objects.create_user("ana@ejemplo.org", name="Ana")
    (told,) = carried_accounts([user.pk])
    assert take_in_accounts([replace(told, email="otra@ejemplo.org")]) == {user.pk: user.pk}
    assert User.objects.count() == 1


def test_a_number_that_is_somebody_elses_is_refused():
    user = User.objects.create_user("ana@ejemplo.org", name="Ana")
    with pytest.raises(Refused, match="account_number"):
        take_in_accounts([replace(ROSA, id=user.pk)])


def test_whoever_was_closed_there_is_closed_here():
    take_in_accounts([replace(ROSA, is_active=False)])
    assert not User.objects.get(pk=ROSA.id).is_active


def test_whoever_was_barred_there_is_opened_by_no_directory_here():
    user = User.objects.create_user("ana@ejemplo.org", name="Ana")
    close_account(user_id=user.pk, bars=True)
    (told,) = carried_accounts([user.pk])
    user.delete()
    take_in_accounts([told])
    assert not reopen_account(user_id=told.id) and not User.objects.get(pk=told.id).is_active
    assert reopen_account(user_id=told.id, barred_too=True)


def test_a_body_is_closed_once_and_opened_again(house: House):
    now, body = datetime(2026, 11, 30, tzinfo=UTC), house.institution
    close_institution(institution_id=body.pk, now=now)
    assert not institution_of(body.pk).is_active
    assert house.client(None).get(f"/{body.slug}/").status_code == 404
    with pytest.raises(Refused, match="institution_closed"):
        close_institution(institution_id=body.pk, now=now)
    reopen_institution(institution_id=body.pk, now=now)
    assert house.client(None).get(f"/{body.slug}/").status_code == 200
    with pytest.raises(Refused, match="institution_open"):
        reopen_institution(institution_id=body.pk, now=now)


def test_the_portal_of_a_closed_body_says_where_it_is_now(house: House):
    now, body, visitor = datetime(2026, 11, 30, tzinfo=UTC), house.institution, house.client(None)
    long = "https://x.example/" + "a" * 200
    for wrong in ("siac.example", "https://ana@siac.example/", "javascript:alert(1)", long):
        with pytest.raises(Refused, match="institution_address"):
            close_institution(institution_id=body.pk, now=now, now_at=wrong)
    close_institution(institution_id=body.pk, now=now, now_at="https://siac.puerto.example/puerto/")
    for path in ("", "seguimiento/", "solicitud/"):
        page = visitor.get(f"/{body.slug}/{path}")
        assert page.status_code == 410 and "atiende ahora en otro sitio" in words(page)
        assert 'href="https://siac.puerto.example/puerto/"' in page.content.decode()
    sent = visitor.post(f"/{body.slug}/seguimiento/", {"code": "ABCD-1234-EFGH"})
    assert sent.status_code == 410
    assert visitor.get("/nadie/").status_code == 404
    close_institution(institution_id=body.pk, now=now, now_at="https://otro.example/")
    assert "https://otro.example/" in words(visitor.get(f"/{body.slug}/"))
    reopen_institution(institution_id=body.pk, now=now)
    assert visitor.get(f"/{body.slug}/").status_code == 200 and not institution_of(body.pk).now_at


def test_the_command_closes_with_the_address_and_says_it(house: House, capsys):
    call_command("close_institution", house.slug, "--now-at", "https://otro.example/")
    assert "está ahora en https://otro.example/" in capsys.readouterr().out
    with pytest.raises(CommandError, match="al cerrar"):
        call_command("close_institution", house.slug, "--open", "--now-at", "https://otro.example/")
    with pytest.raises(CommandError, match="https://"):
        call_command("close_institution", house.slug, "--now-at", "otro.example")
