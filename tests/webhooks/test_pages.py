# SPDX-License-Identifier: EUPL-1.2
"""The pages by which a body says which programs are told, for those who administer it."""

import re
import time

import pytest

from siac.accounts.public import Role
from siac.integrations.webhooks.commands.setup import save_webhook
from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.journal.public import JournalEntry
from tests.factories import NOW, make_house, set_password
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db
TYPED = {"name": "Intranet", "url": "https://intranet.example.org/avisos", "events": ["case.filed"]}


@pytest.fixture
def row(house) -> Webhook:
    return save_webhook(institution=house.institution, actor=None, now=NOW, **TYPED)[0]


def base(house, row: Webhook | None = None) -> str:
    own = f"{row.pk}/" if row else ""
    return f"/{house.slug}/gestion/configuracion/avisos-a-programas/{own}"


def secret_in(page) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/=]{40,}", page.content.decode())
    assert found
    return found.group()


def test_a_program_is_added_and_its_secret_is_shown_this_once(house):
    client = house.client(Role.ADMINISTRATOR)
    page = client.post(f"{base(house)}nuevo/", TYPED)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    secret, row = secret_in(page), Webhook.objects.get()
    assert "Version" not in words(client.get(f"{base(house)}nuevo/"))
    for path in (base(house), base(house, row), f"{base(house, row)}cambiar/"):
        shown = client.get(path)
        assert shown.status_code == 200 and secret not in shown.content.decode()
        assert "Intranet" in words(shown)
    assert secret[6:] not in "".join(str(each.data) for each in JournalEntry.objects.all())
    again = client.post(f"{base(house, row)}secreto/")
    assert secret_in(again) != secret
    assert "También firma hasta" in words(client.get(base(house, row)))


@pytest.mark.parametrize("path", ["nuevo/", "{pk}/cambiar/", "{pk}/secreto/"])
def test_where_things_are_told_is_changed_only_by_who_proves_again_who_they_are(house, row, path):
    set_password(house.users[Role.ADMINISTRATOR])
    client = house.client(Role.ADMINISTRATOR)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    before = list(Webhook.objects.values())
    page = client.post(base(house) + path.format(pk=row.pk), {**TYPED, "version": row.version})
    assert page.status_code == 302 and "cuenta" in page["Location"]
    assert list(Webhook.objects.values()) == before


def test_the_journal_says_to_which_machine_it_leads(house, row):
    data = {**TYPED, "url": "https://otra.example.org/x?clave=1", "version": row.version}
    assert house.client(Role.ADMINISTRATOR).post(f"{base(house, row)}cambiar/", data).status_code == 302
    kept = [each.data["host"] for each in JournalEntry.objects.filter(kind="webhooks.saved").order_by("pk")]
    assert kept == ["intranet.example.org", "otra.example.org"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": "http://127.0.0.1/"}, "https://"),
        ({"events": []}, "Elija al menos un hecho"),
        ({"name": ""}, "obligatorio"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(house, change, said, monkeypatch):
    monkeypatch.delenv("SIAC_OUTSIDE_ALLOWED", raising=False)
    page = house.client(Role.ADMINISTRATOR).post(f"{base(house)}nuevo/", {**TYPED, **change})
    assert page.status_code == 422 and not Webhook.objects.exists()
    assert {**TYPED, **change}["url"] in page.content.decode()
    assert said in words(page) or change == {"name": ""}


def test_two_who_change_one_do_not_overwrite_each_other(house, row):
    client = house.client(Role.ADMINISTRATOR)
    first = {**TYPED, "url": "https://a.example.org/", "version": row.version}
    assert client.post(f"{base(house, row)}cambiar/", first).status_code == 302
    page = client.post(f"{base(house, row)}cambiar/", {**first, "url": "https://b.example.org/"})
    assert page.status_code == 422 and "https://b.example.org/" in page.content.decode()
    assert Webhook.objects.get().url == "https://a.example.org/"


def test_it_is_tried_paused_resumed_and_forgotten(house, row):
    client = house.client(Role.ADMINISTRATOR)
    for path, state in (("probar/", ""), ("pausar/", "asked"), ("reanudar/", "")):
        assert client.post(f"{base(house, row)}{path}").status_code == 302
        row.refresh_from_db()
        assert row.pause == state
    delivery = Delivery.objects.get()
    shown = client.get(f"{base(house, row)}mensajes/{delivery.pk}/")
    assert "siac.prueba" in words(shown) and "Ninguno todavía" in words(shown)
    Delivery.objects.update(state="failed", tries=10)
    assert client.post(f"{base(house, row)}mensajes/{delivery.pk}/otra-vez/").status_code == 302
    assert Delivery.objects.get().state == "pending"
    assert client.post(f"{base(house, row)}quitar/").status_code == 302
    assert client.get(base(house, row)).status_code == 404 and "Intranet" not in words(
        client.get(base(house))
    )


def test_others_neither_see_nor_change_it(house, row):
    other = make_house("sur").client(Role.ADMINISTRATOR)
    posts = ("probar/", "pausar/", "reanudar/", "secreto/", "quitar/", "mensajes/1/otra-vez/")
    for client, status in ((other, 403), (house.client(Role.QUALITY_MANAGER), 403)):
        for path in ("", "cambiar/", "mensajes/1/"):
            assert client.get(f"{base(house, row)}{path}").status_code == status
        for path in posts:
            assert client.post(f"{base(house, row)}{path}").status_code == status
    foreign = f"/sur/gestion/configuracion/avisos-a-programas/{row.pk}/"
    assert other.get(foreign).status_code == 404 and other.post(f"{foreign}quitar/").status_code == 404
    assert Webhook.objects.count() == 1


def test_the_page_of_many_messages_costs_what_that_of_one_does(house, row):
    client = house.client(Role.ADMINISTRATOR)

    def told(first: int, last: int) -> None:
        for number in range(first, last):
            made = Delivery.objects.create(
                institution=house.institution, webhook=row, message_id=f"msg_{number}", event="case.filed",
                subject=f"2026-{number:06}", happened_at=NOW, due_at=NOW, created_at=NOW, state="done",
            )  # fmt: skip
            DeliveryTry.objects.create(
                institution=house.institution, delivery=made, started_at=NOW, outcome="taken", status=204
            )

    told(0, 1)
    client.get(base(house, row))
    with exactly(5):
        client.get(base(house, row))
    told(1, 70)
    with exactly(5):
        page = client.get(base(house, row))
    assert "2026-000069" in words(page) and "Recibido (204)" in words(page)
    assert "2026-000069" not in words(client.get(base(house, row), {"estado": "failed"}))
