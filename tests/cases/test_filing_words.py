# SPDX-License-Identifier: EUPL-1.2
"""How the form asks: whether one gives a name, without a default; what can be
changed before sending; the receipt.
"""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from siac.cases.models import Case
from siac.people.domain.mail_hints import KNOWN, is_one_slip, meant_address
from tests.cases.test_portal_flow import TYPED, fill, store  # noqa: F401 - the fixture keeps files apart
from tests.factories import upload

pytestmark = pytest.mark.django_db
SAID = {"subject": "Coimas", "body": "El jefe pide dinero."}


def post(client, house, kind, **data):
    return client.post(f"/{house.slug}/solicitud/{kind}/", {**SAID, **data})


def test_a_report_of_wrongdoing_asks_first_and_without_default_whether_to_give_a_name(client, house):
    page = client.get(f"/{house.slug}/solicitud/denuncia/").content.decode()
    assert page.index("¿Quiere dar su nombre?") < page.index("¿de qué se trata?")
    assert "lo ven solo quienes investigan" in page
    assert 'name="anonima" id="id_anonima_0"' in page
    assert "checked" not in page.split("¿Quiere dar su nombre?")[1].split("</fieldset>")[0]


def test_whoever_does_not_say_is_asked_and_keeps_the_text(client, house):
    refused = post(client, house, "denuncia")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Elija si quiere dar su nombre." in page and "El jefe pide dinero." in page
    assert "Escriba su nombre" not in page  # nobody said yet that they give it
    assert post(client, house, "denuncia", anonima="quizas").status_code == 422


def test_whoever_wrote_who_they_are_has_said_so(client, house):
    assert post(client, house, "sugerencia", given_names="Ana", email="ana@ejemplo.org").status_code == 302
    named = post(client, house, "sugerencia", anonima="no")
    assert named.status_code == 422 and "Escriba su nombre" in named.content.decode()
    nameless = post(client, house, "sugerencia", anonima="si", given_names="Ana")
    assert "Anónima" in client.get(nameless["Location"]).content.decode()


def test_each_line_of_the_check_page_leads_to_its_field(client, house):
    check = fill(client, house, attachments=[upload("foto.pdf")])["Location"]
    page = client.get(check).content.decode()
    key = check.rstrip("/").rsplit("/", 1)[1]
    form = client.get(f"/{house.slug}/solicitud/reclamo/?borrador={key}").content.decode()
    for field in ("subject", "body", "q_donde", "given_names", "email", "document_number", "attachments"):
        assert f"?borrador={key}#id_{field}" in page, field
        assert f'id="id_{field}"' in form, field


def test_a_mistyped_provider_is_asked_about_and_never_changed(client, house):
    check = fill(client, house, email="maria@gmial.com")["Location"]
    page = client.get(check).content.decode()
    assert "¿Quiso decir" in page and "maria@gmail.com" in page
    client.post(check)
    assert Case.objects.count() == 1
    assert "¿Quiso decir" not in client.get(fill(client, house)["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"), ("a@gmail.co", "a@gmail.com"), ("a@hotmal.com", "a@hotmail.com"),
        ("a@gmail.com", ""), ("a@ejemplo.org", ""), ("a@GMAIL.COM", ""), ("a", ""), ("", ""), ("a@", ""),
        ("a@outlook.com", ""), ("a@yahoo.es", ""),
    ],
)  # fmt: skip
def test_which_address_is_one_slip_away(typed, meant):
    assert meant_address(typed) == meant


@given(st.sampled_from(KNOWN), st.integers(0, 30), st.sampled_from("abcxyz.-0"))
def test_every_single_slip_is_seen_as_one(domain, place, sign):
    place %= len(domain)
    changed = domain[:place] + sign + domain[place + 1 :]
    assert is_one_slip(domain, domain[:place] + domain[place + 1 :])
    assert is_one_slip(domain, domain[:place] + sign + domain[place:])
    assert is_one_slip(domain, changed) == (changed != domain)


def test_the_receipt_has_the_name_the_files_and_where_to_follow(client, house):
    receipt = client.post(fill(client, house, attachments=[upload("plano.pdf")])["Location"])["Location"]
    paper = PdfReader(io.BytesIO(client.get(receipt + "pdf/").content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    case = Case.objects.get()
    for expected in ("María Ñanco", "plano.pdf", case.code, f"/{house.slug}/seguimiento/", case.folio):
        assert expected in text, expected
    assert TYPED["document_number"] not in text
