# SPDX-License-Identifier: EUPL-1.2
"""Forms filled in well but for one field that holds something odd: refused or kept, never a fault."""

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.clocks.queries.own_rules import own_rule
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import file

pytestmark = [pytest.mark.django_db]
ODD = (
    "\x00",
    "<b>x</b>",
    "9" * 25,
    "-1",
    "²",
    "🙂" * 60,
    "\u202egnp",
    "A" * 400,
    "a\r\nBcc: x@y.cl",
    "0001-01-01",
    "9999-12-31",
    "../..",
    "\\",
    "7" * 5000,
)


def shown(odd):
    return ascii(odd)[:14]


def staff_form(house):
    return {
        "kind": house.kinds["reclamo"].pk,
        "channel": "letter",
        "body": "Reclama por agua.",
        "given_names": "Ana",
        "family_names": "Soto",
        "email": "ana@ejemplo.cl",
        "envio": "k" * 20,
    }


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_filing_for_someone(house, odd):
    client = house.client(Role.FRONT_DESK)
    names = (
        *staff_form(house),
        "legal_name",
        "document_number",
        "phone",
        "address",
        "received_on",
        "topic",
        "unit",
        "service_point",
        "q_donde",
        "q_cuando",
    )
    found = {}
    for number, name in enumerate(names):
        form = {**staff_form(house), "envio": f"clave-{number:04d}", name: odd}
        found[name] = client.post(f"/{house.slug}/gestion/solicitudes/nueva/", form).status_code
    assert set(found.values()) <= {302, 422}, found


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_filing_on_the_portal(house, odd):
    client = house.client()
    form = {
        "subject": "Agua",
        "body": "Hay agua.",
        "q_donde": "Calle 1",
        "given_names": "Ana",
        "family_names": "Soto",
        "email": "ana@ejemplo.cl",
    }
    for name in (*form, "legal_name", "document_number", "phone", "address", "topic", "q_cuando", "borrador"):
        filled = client.post(f"/{house.slug}/solicitud/reclamo/", {**form, name: odd})
        assert filled.status_code in {302, 422}, name
        if filled.status_code == 302:
            assert client.get(filled.url).status_code == 200, name
            if name in {"subject", "body", "given_names"}:
                sent = client.post(filled.url)
                assert sent.status_code == 302, name
                receipt = client.get(sent.url).content.decode()
                assert "<b>x</b>" not in receipt
                page = house.client(Role.FRONT_DESK).get(
                    f"/{house.slug}/gestion/solicitudes/{Case.objects.latest('pk').folio}/"
                )
                assert page.status_code == 200
                assert "<b>x</b>" not in page.content.decode()


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_a_note_on_a_notice(house, odd):
    file(house)
    notice = Notice.objects.latest("pk")
    Notice.objects.filter(pk=notice.pk).update(state="failed")
    address = reverse("workspace:outbox:decide", args=[house.slug, notice.pk])
    sent = house.client(Role.QUALITY_MANAGER).post(address, {"accion": "sent", "comprobante": odd})
    assert sent.status_code == 302
    notice.refresh_from_db()
    assert notice.state == "sent"


def test_the_last_day_of_the_calendar_is_no_filter(house):
    file(house)
    address = f"/{house.slug}/gestion/solicitudes/?vista=todas"
    for name in ("desde", "hasta"):
        for day in ("9999-12-31", "0001-01-01"):
            assert house.client(Role.AUDITOR).get(f"{address}&{name}={day}").status_code == 200


def test_an_impossible_draft_is_a_draft_that_expired(client, house):
    assert client.get(f"/{house.slug}/solicitud/reclamo/?borrador=%00").status_code == 200
    assert client.get(f"/{house.slug}/solicitud/revisar/%00/").status_code == 410


def test_a_number_longer_than_any_id_is_no_id(house):
    """Python refuses to read more than 4300 digits at once: that must not become a fault."""
    case, client = file(house), house.client(Role.QUALITY_MANAGER)
    endless = "7" * 5000
    base = f"/{house.slug}/gestion"
    assert client.get(f"{base}/partes/?unidad={endless}").status_code == 200
    typed = {"kind_id": case.kind_id, "topic_id": house.topics["Inundaciones"], "offered": [endless]}
    assert client.post(f"{base}/solicitudes/{case.folio}/clasificar/", typed).status_code == 302
    for rule_id in ("PROPIA.abc.x", "PROPIA.².x", f"PROPIA.{endless}.x"):
        with pytest.raises(Refused):
            own_rule(rule_id, 1)
