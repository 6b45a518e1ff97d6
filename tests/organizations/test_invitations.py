# SPDX-License-Identifier: EUPL-1.2
"""People come into a body by a letter that they accept; nobody of one body touches the accounts of
another.
"""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from procrastinate.jobs import JobDeferrer

from siac.accounts.letters import send_letter
from siac.accounts.models import Session, User
from siac.accounts.public import Role
from siac.journal.models import JournalEntry
from siac.organizations.models import Invitation, Membership
from siac.organizations.public import grant_role
from tests.factories import BACKEND, NOW

PASSWORD = "una clave bien larga"
LETTER = {"email": "nora@ejemplo.cl", "name": "Nora Pérez", "role": Role.UNIT_OFFICER.value}


@pytest.fixture
def letters(monkeypatch, mailoutbox):
    """Deliver the letters of accounts at once; return the box they arrive in."""
    monkeypatch.setattr(JobDeferrer, "defer", lambda self, **given: send_letter(given["letter"]))
    return mailoutbox


def people(house, action=""):
    return f"/{house.slug}/gestion/configuracion/personas/{action}"


def invite(house, **changes):
    data = {**LETTER, "unit_id": house.units["obras"], **changes}
    return house.client(Role.ADMINISTRATOR).post(people(house, "rol/"), data)


def link(letter: EmailMessage) -> str:
    return next(word for word in letter.body.split() if "/cuenta/invitacion/" in word).split("8000", 1)[1]


def test_the_letter_names_body_system_and_who_invites(house, letters):
    assert invite(house).status_code == 302
    [letter] = letters
    assert letter.to == ["nora@ejemplo.cl"]
    for text in (
        house.institution.name,
        "SIAC",
        house.user(Role.ADMINISTRATOR).name,
        "profesional de unidad",
        "Obras",
    ):
        assert text in letter.subject + letter.body, text
    assert not User.objects.filter(email="nora@ejemplo.cl").exists()
    shown = house.client(Role.ADMINISTRATOR).get(people(house)).content.decode()
    assert "Invitada, hasta el" in shown


@pytest.mark.parametrize(
    ("mode", "told"), [("smtp", "Invitación enviada a"), ("outbox", "todavía no envía correo")]
)
def test_whoever_invites_is_told_whether_the_letter_goes_out(house, letters, monkeypatch, mode, told):
    monkeypatch.setenv("SIAC_MAIL", mode)
    data = {**LETTER, "unit_id": house.units["obras"]}
    page = house.client(Role.ADMINISTRATOR).post(people(house, "rol/"), data, follow=True).content.decode()
    assert told in page
    assert ("Invitación enviada" in page) == (mode == "smtp")


def test_a_new_person_opens_an_account_and_is_in(house, letters):
    invite(house)
    browser, address = Client(), link(letters[0])
    page = browser.get(address)
    assert house.institution.name in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    weak = browser.post(address, {"name": "Nora Pérez Soto", "password": "corta"})
    assert weak.status_code == 422 and "Nora Pérez Soto" in weak.content.decode()
    assert browser.post(address, {"name": "Nora", "password": "nora@ejemplo.cl"}).status_code == 422
    done = browser.post(address, {"name": "Nora Pérez Soto", "password": PASSWORD})
    assert done.status_code == 302
    user = User.objects.get(email="nora@ejemplo.cl")
    assert user.name == "Nora Pérez Soto" and user.check_password(PASSWORD)
    held = Membership.objects.get(user=user)
    assert (held.institution, held.role, held.unit_id) == (
        house.institution,
        "unit_officer",
        house.units["obras"],
    )
    assert browser.get(f"/{house.slug}/gestion/solicitudes/").status_code == 200
    assert Client().get(address).status_code == 410
    kinds = JournalEntry.objects.filter(stream=f"institution:{house.institution.pk}").values_list(
        "kind", flat=True
    )
    assert {"organizations.invited", "organizations.role_granted"} <= set(kinds)


def test_whoever_was_invited_by_mail_may_set_a_second_step(house, letters):
    invite(house)
    browser = Client()
    browser.post(link(letters[0]), {"name": "Nora", "password": PASSWORD})
    page = browser.get("/cuenta/verificacion/totp/activate/", follow=True)
    if b"password" in page.content and page.redirect_chain:
        browser.post(page.redirect_chain[-1][0], {"password": PASSWORD})
        page = browser.get("/cuenta/verificacion/totp/activate/")
    assert page.status_code == 200
    assert 'name="code"' in page.content.decode()
    wrong = browser.post("/cuenta/verificacion/totp/activate/", {"code": "000000"}).content.decode()
    assert "verifi" not in wrong.lower().replace("verificacion", "").replace("verificación", "")


def test_an_account_that_stands_is_untouched_and_its_owner_accepts(house, other_house, letters):
    clerk = other_house.user(Role.FRONT_DESK)
    clerk.set_password(PASSWORD)
    clerk.save()
    invite(house, email=clerk.email.upper(), name="Otro Nombre")
    clerk.refresh_from_db()
    assert clerk.name != "Otro Nombre" and clerk.check_password(PASSWORD)
    assert not Membership.objects.filter(user=clerk, institution=house.institution).exists()
    address = link(letters[0])
    visitor = Client()
    assert "Ya tiene una cuenta" in visitor.get(address).content.decode()
    assert visitor.post(address, {"name": "X", "password": "otra clave muy larga"}).status_code == 200
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    stranger = house.client(Role.AUDITOR)
    assert "la invitación es para" in stranger.post(address).content.decode()
    own = other_house.client(Role.FRONT_DESK)
    own.force_login(clerk, backend=BACKEND)
    assert own.post(address).status_code == 302
    assert Membership.objects.filter(user=clerk, institution=house.institution, role="unit_officer").exists()
    assert own.post(address).status_code == 410


def test_a_colleague_gets_the_role_at_once(house, letters):
    clerk = house.user(Role.FRONT_DESK)
    assert (
        invite(house, email=clerk.email, name="Otra", role=Role.AUDITOR.value, unit_id="").status_code == 302
    )
    assert not letters and not Invitation.objects.exists()
    assert Membership.objects.filter(user=clerk, role="auditor", institution=house.institution).exists()
    clerk.refresh_from_db()
    assert clerk.name == "Front Desk"


def test_a_role_given_at_once_takes_its_open_letter_back_and_no_other(house, letters):
    invite(house)
    invite(house, role=Role.AUDITOR.value, unit_id="")
    grant_role(
        institution=house.institution, email=LETTER["email"], name=LETTER["name"], role=Role.ADMINISTRATOR,
        unit_id=None, actor=None, now=NOW,
    )  # fmt: skip
    invite(house)
    held = Membership.objects.filter(institution=house.institution, user__email=LETTER["email"])
    assert set(held.values_list("role", flat=True)) == {"unit_officer", "administrator"}
    assert len(letters) == 2 and Invitation.objects.get().role == "auditor"
    assert JournalEntry.objects.filter(kind="organizations.invitation_withdrawn").count() == 1
    assert Client().get(link(letters[0])).status_code == 410
    assert Client().get(link(letters[1])).status_code != 410


@pytest.mark.parametrize("end", ["withdraw", "again", "expire"])
def test_what_ended_opens_nothing(house, letters, end):
    invite(house)
    address = link(letters[0])
    row = Invitation.objects.get()
    if end == "withdraw":
        done = house.client(Role.ADMINISTRATOR).post(people(house, f"invitacion/{row.pk}/retirar/"))
        assert done.status_code == 302
    elif end == "again":
        invite(house)
        assert Invitation.objects.count() == 1 and len(letters) == 2
    else:
        Invitation.objects.update(expires_at=row.created_at - timedelta(days=1))
    assert Client().get(address).status_code == 410
    assert Client().post(address, {"name": "N", "password": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="nora@ejemplo.cl").exists()


def test_another_bodys_administrator_withdraws_nothing(house, other_house, letters):
    invite(house)
    row = Invitation.objects.get()
    client = other_house.client(Role.ADMINISTRATOR)
    assert client.post(people(other_house, f"invitacion/{row.pk}/retirar/")).status_code == 404
    assert client.post(people(house, f"invitacion/{row.pk}/retirar/")).status_code == 403
    assert Invitation.objects.exists()


def with_second_step(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_lost_second_step_is_taken_away_told_and_journaled(house, letters):
    officer = house.user(Role.UNIT_OFFICER)
    with_second_step(officer)
    theirs = house.client(Role.UNIT_OFFICER)
    assert theirs.get(f"/{house.slug}/gestion/solicitudes/").status_code == 200
    admin = house.client(Role.ADMINISTRATOR)
    assert "Quitar el segundo paso" in admin.get(people(house, f"de/{officer.pk}/")).content.decode()
    assert admin.post(people(house, f"de/{officer.pk}/segundo-paso/")).status_code == 302
    assert not Authenticator.objects.exists() and not Session.objects.filter(user=officer).exists()
    assert theirs.get(f"/{house.slug}/gestion/solicitudes/").status_code == 302
    entry = JournalEntry.objects.get(kind="organizations.second_step_reset")
    assert (entry.actor_id, entry.data["user"]) == (house.user(Role.ADMINISTRATOR).pk, officer.pk)
    assert letters[0].to == [officer.email] and "segundo paso" in letters[0].body


def test_nobody_takes_the_second_step_of_an_account_that_others_share(house, other_house, letters):
    officer, admin = house.user(Role.UNIT_OFFICER), house.user(Role.ADMINISTRATOR)
    with_second_step(officer)
    with_second_step(admin)
    stranger = other_house.client(Role.ADMINISTRATOR)
    assert stranger.post(people(other_house, f"de/{officer.pk}/segundo-paso/")).status_code == 404
    assert stranger.get(people(other_house, f"de/{officer.pk}/")).status_code == 404
    grant_role(
        institution=other_house.institution,
        email=officer.email,
        name="",
        role=Role.AUDITOR,
        unit_id=None,
        actor=None,
        now=NOW,
    )
    stranger.post(people(other_house, f"de/{officer.pk}/segundo-paso/"))
    house.client(Role.ADMINISTRATOR).post(people(house, f"de/{officer.pk}/segundo-paso/"))
    house.client(Role.ADMINISTRATOR).post(people(house, f"de/{admin.pk}/segundo-paso/"))
    assert Authenticator.objects.count() == 2 and not letters
