# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.urls import reverse

from siac.accounts.public import Role, User
from siac.notices.models import Notice
from siac.notices.public import State, queue
from siac.organizations.models import Institution, Membership


@pytest.fixture
def reader(body, client):
    user = User.objects.create_user("calidad@ejemplo.org", name="Calidad")
    Membership.objects.create(institution=body, user=user, role=Role.QUALITY_MANAGER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


@pytest.fixture
def letter(body, now):
    return queue(body.pk, "t.receipt", "test:7", "letter", "matter", 1, {"folio": "2026-1"}, now)


def address(name, body, *args):
    return reverse(f"workspace:outbox:{name}", args=[body.slug, *args])


def test_the_list_shows_states_and_pages(client, reader, body, now, letter) -> None:
    page = client.get(address("list", body))
    assert page.status_code == 200
    assert "Comprobante" in page.content.decode()
    assert "Por enviar" in page.content.decode()
    assert "No hay avisos" in client.get(address("list", body) + "?estado=sent").content.decode()
    assert client.get(address("list", body) + "?desde=roto").status_code == 200


def test_a_letter_is_marked_as_sent_once(client, reader, body, letter) -> None:
    assert "Marcar como enviado" in client.get(address("notice", body, letter.pk)).content.decode()
    form = {"accion": "sent", "comprobante": "Correos 55"}
    done = client.post(address("decide", body, letter.pk), form, follow=True)
    assert "quedó marcado" in done.content.decode()
    assert "Correos 55" in done.content.decode()
    again = client.post(address("decide", body, letter.pk), form, follow=True)
    assert "ya no espera" in again.content.decode()


def test_an_uncertain_notice_is_sent_again(client, reader, body, letter) -> None:
    Notice.objects.update(state=State.UNCERTAIN, channel="email", body="<script>", subject_line="Asunto")
    page = client.get(address("notice", body, letter.pk)).content.decode()
    assert "&lt;script&gt;" in page
    done = client.post(address("decide", body, letter.pk), {"accion": "resend"}, follow=True)
    assert "se enviará de nuevo" in done.content.decode()
    assert Notice.objects.get().state == State.PENDING
    assert client.post(address("decide", body, letter.pk), {"accion": "x"}).status_code == 404


def test_an_auditor_reads_and_decides_nothing(client, reader, body, letter) -> None:
    Membership.objects.filter(institution=body).update(role=Role.AUDITOR)
    page = client.get(address("notice", body, letter.pk))
    assert page.status_code == 200
    assert 'name="accion"' not in page.content.decode()
    assert client.post(address("decide", body, letter.pk), {"accion": "sent"}).status_code == 403
    assert Notice.objects.get().state == State.PENDING


def test_other_bodies_and_other_roles_stay_out(client, reader, body, letter) -> None:
    other = Institution.objects.create(
        slug="otra", name="O", short_name="O", jurisdiction="CL", time_zone="UTC", place="CL"
    )
    assert client.get(address("list", other)).status_code in {403, 404}
    Membership.objects.create(institution=other, user=reader, role=Role.QUALITY_MANAGER)
    assert client.get(address("notice", other, letter.pk)).status_code == 404
    assert client.post(address("decide", other, letter.pk), {"accion": "sent"}).status_code == 404
    Membership.objects.filter(institution=body).update(role=Role.FRONT_DESK)
    assert client.get(address("list", body)).status_code == 403
