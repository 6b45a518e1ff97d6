# SPDX-License-Identifier: EUPL-1.2
"""A role that ends while its holder has a form open: nothing is done any more,
the page says so in Spanish, and what was typed is still there.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import AnswerDraft, Case, CaseMessage
from siac.catalogue.models import Topic
from siac.infra.longwork import run_long
from siac.infra.models import JobFault
from siac.journal.models import JournalEntry
from siac.organizations.commands.setup import end_roles, revoke_role
from siac.organizations.commands.staffing import LINE, loading, receive_sheet
from siac.organizations.models import Invitation, Membership, Unit
from tests.cases.test_answer_drafts import ask_approval, in_unit, submitted, url
from tests.cases.test_two_tabs import as_opened
from tests.factories import House, set_password

pytestmark = [pytest.mark.django_db]
R = Role
TYPED = "Una respuesta larga que costó escribir, con «comillas» & signos."
SHOWN = "Una respuesta larga que costó escribir, con «comillas» &amp; signos."


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def held(house: House, role: Role) -> Membership:
    return Membership.objects.get(institution=house.institution, user=house.user(role), role=role.value)


def lapse(house: House, role: Role) -> None:
    """Let a role have ended yesterday; the hourly job has not come by yet."""
    yesterday = house.today(timezone.now()) - timedelta(days=1)
    Membership.objects.filter(pk=held(house, role).pk).update(until=yesterday)


def revoke(house: House, role: Role) -> None:
    """Take a role away, as an administrator does."""
    revoke_role(
        institution=house.institution, membership_id=held(house, role).pk, actor=None, now=timezone.now()
    )


ENDS = pytest.mark.parametrize("end", [lapse, revoke])


def keeps(page, *texts: str) -> None:
    """Make sure that a page refuses in Spanish, shows what was typed, and offers no way to send it again."""
    shown = page.content.decode()
    assert page.status_code == 403
    assert "No tiene permiso para ver esto" in shown and "No se guardó nada" in shown
    assert [text for text in texts if text not in shown] == []
    assert "Enviar otra vez" not in shown
    assert "no-store" in page["Cache-Control"]


@ENDS
def test_an_answer_is_not_sent_and_stays_to_be_copied(house, end):
    case = in_unit(house)
    browser, tab = house.client(R.UNIT_OFFICER), as_opened(case)
    assert browser.get(url(house, case)).status_code == 200
    end(house, R.UNIT_OFFICER)
    keeps(browser.post(url(house, case, "responder"), tab | {"outcome": "upheld", "body": TYPED}), SHOWN)
    keeps(browser.post(url(house, case, "borrador"), tab | {"body": TYPED}), SHOWN)
    assert not CaseMessage.objects.filter(kind="answer").exists() and not AnswerDraft.objects.exists()


@ENDS
def test_an_approval_is_not_given_and_the_remarks_stay(house, end):
    ask_approval(house)
    case = submitted(house)
    head, tab = house.client(R.HEAD_OF_UNIT), as_opened(case)
    end(house, R.HEAD_OF_UNIT)
    assert head.post(url(house, case, "aprobar"), tab).status_code == 403
    keeps(head.post(url(house, case, "devolver"), tab | {"remarks": TYPED}), SHOWN)
    assert AnswerDraft.objects.get().is_in_review
    assert not CaseMessage.objects.filter(kind="answer").exists()


@ENDS
def test_a_page_of_the_configuration_changes_nothing_and_what_was_typed_stays(house, end):
    more = Membership.objects.create(
        institution=house.institution, user=house.user(R.QUALITY_MANAGER), role=R.ADMINISTRATOR.value
    )
    assert more.pk  # else the last administrator could not be taken away
    admin = house.client(R.ADMINISTRATOR)
    end(house, R.ADMINISTRATOR)
    units = f"/{house.slug}/gestion/configuracion/unidades/nueva/"
    sent = {"code": "parques", "name": "Parques y jardines del sur", "email": "parques@casa.cl"}
    keeps(admin.post(units, sent), "Parques y jardines del sur", "parques@casa.cl")
    topics = f"/{house.slug}/gestion/configuracion/temas/nuevo/"
    keeps(admin.post(topics, {"name": "Arbolado urbano"}), "Arbolado urbano")
    assert not Unit.objects.filter(code="parques").exists()
    assert not Topic.objects.filter(name="Arbolado urbano").exists()


@ENDS
def test_whoever_keeps_another_role_keeps_the_menu_and_the_text(house, end):
    case = in_unit(house)
    Membership.objects.create(
        institution=house.institution,
        user=house.user(R.UNIT_OFFICER),
        role=R.UNIT_OFFICER.value,
        unit_id=house.units["juridico"],
    )
    browser, tab = house.client(R.UNIT_OFFICER), as_opened(case)
    mine = Membership.objects.filter(user=house.user(R.UNIT_OFFICER), unit_id=house.units["obras"]).get()
    if end is lapse:
        yesterday = house.today(timezone.now()) - timedelta(days=1)
        Membership.objects.filter(pk=mine.pk).update(until=yesterday)
        assert end_roles(now=timezone.now()) == 1 and not JobFault.objects.exists()
    else:
        revoke_role(institution=house.institution, membership_id=mine.pk, actor=None, now=timezone.now())
    page = browser.post(url(house, case, "responder"), tab | {"outcome": "upheld", "body": TYPED})
    shown = page.content.decode()
    assert page.status_code == 404 and SHOWN in shown  # the case is of a unit that is theirs no more
    assert "siac-menu" in shown
    assert Case.objects.get(pk=case.pk).state == "with_unit"


def test_a_form_of_another_site_is_shown_to_nobody(house):
    case = in_unit(house)
    browser = house.client(R.UNIT_OFFICER)
    lapse(house, R.UNIT_OFFICER)
    page = browser.post(
        url(house, case, "responder"), {"body": TYPED}, headers={"sec-fetch-site": "cross-site"}
    )
    assert page.status_code == 403 and "costó escribir" not in page.content.decode()


def test_no_password_is_ever_shown_back(house):
    user = set_password(house.user(R.ADMINISTRATOR))
    lapse(house, R.ADMINISTRATOR)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.post(
        f"/{house.slug}/gestion/configuracion/correo/nueva/", {"username": "buzon", "password": "muy secreta"}
    )
    assert page.status_code in (403, 404) and "muy secreta" not in page.content.decode()


def test_a_form_with_more_fields_than_any_has_is_told_so_and_not_read_again(house):
    browser = house.client(R.UNIT_OFFICER)
    lapse(house, R.UNIT_OFFICER)
    many = {f"campo{n}": "x" for n in range(20_000)}
    assert browser.post("/no-hay/nada/aqui/sin/pagina/", many).status_code == 404
    assert browser.post(f"/{house.slug}/gestion/configuracion/unidades/nueva/", many).status_code == 413


PEOPLE = "Nombre y apellidos;Correo;Rol;Unidad\nNora Paz;nora@casa.cl;Administración;\n"


@ENDS
def test_a_sheet_that_waits_for_its_job_appoints_nobody_once_its_administrator_is_none(house, end):
    """Until another administrator takes it up: then it is done in their name."""
    other = house.user(R.QUALITY_MANAGER)
    Membership.objects.create(institution=house.institution, user=other, role=R.ADMINISTRATOR.value)
    sheet = receive_sheet(
        institution=house.institution, name="personas.csv", content=PEOPLE.encode(), now=timezone.now(),
        actor=house.user(R.ADMINISTRATOR),
    )  # fmt: skip
    load = reverse("workspace:setup:sheet_load", args=[house.slug, sheet.pk])
    assert house.client(R.ADMINISTRATOR).post(load).status_code == 302
    end(house, R.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        run_long(LINE, sheet.pk, loading)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done) == ("failed", 0) and not Invitation.objects.exists()
    assert house.client(R.QUALITY_MANAGER).post(load).status_code == 302
    run_long(LINE, sheet.pk, loading)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.outcome) == ("done", {"invite": 1})
    told = JournalEntry.objects.get(institution=house.institution, kind="organizations.invited")
    assert told.actor_id == other.pk
