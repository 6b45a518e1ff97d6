# SPDX-License-Identifier: EUPL-1.2
"""What everybody may read offers its signed file on its public page, and its check."""

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.charters.models import CharterEdition
from siac.infra.longwork import run_long
from siac.signing.commands.annulling import annul_signature
from siac.signing.commands.asking import ask_signature
from siac.signing.commands.going_on import LINE
from siac.signing.commands.making import sign
from siac.signing.models import Signature
from tests.factories import NOW
from tests.signing.conftest import LATER, certify
from tests.signing.test_other_acts import charter, minutes, policy
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db


def charter_page(house, subject):
    row = CharterEdition.objects.select_related("charter").get(pk=subject)
    return reverse("portal:charters:edition", args=[house.slug, row.charter.code, row.number])


def policy_page(house, subject):
    return reverse("portal:policy:policy", args=[house.slug])


BOTH = pytest.mark.parametrize(
    ("kind", "make", "page_of"), [("carta", charter, charter_page), ("politica", policy, policy_page)]
)


def asked(house, kind, subject):
    return ask_signature(
        institution=house.institution, kind=kind, subject_id=subject, title="Documento", actor=None, now=NOW
    )


def signed(house, kind, subject):
    certify(house)
    row = asked(house, kind, subject)
    run_long(LINE, row.pk, sign, clock=lambda: LATER)
    return Signature.objects.get(pk=row.pk)


def file_address(house, kind, subject):
    return reverse("portal:signing:signed", args=[house.slug, kind, subject])


@BOTH
def test_its_page_offers_the_signed_file_and_the_check(house, client, judged, kind, make, page_of):
    subject, _ = make(house)
    page = page_of(house, subject)
    assert "Descargar firmado" not in words(client.get(page))
    row = asked(house, kind, subject)
    assert "Descargar firmado" not in words(client.get(page))
    assert client.get(file_address(house, kind, subject)).status_code == 404
    certify(house)
    run_long(LINE, row.pk, sign, clock=lambda: LATER)
    shown = client.get(page)
    assert "Descargar firmado (PDF)" in words(shown) and "Verificar la firma" in words(shown)
    address = file_address(house, kind, subject)
    assert address in shown.content.decode()
    with exactly(5):
        given = client.get(address)
    assert "Signature is Valid." in judged(given.getvalue())
    row.refresh_from_db()
    check = f"/{house.slug}/firma/?codigo={row.code}"
    assert check in shown.content.decode()
    code = f"{row.code[:4]}-{row.code[4:8]}-{row.code[8:]}"
    assert f'value="{code}"' in client.get(check).content.decode()


@BOTH
def test_one_that_was_annulled_is_not_offered(house, client, kind, make, page_of):
    subject, _ = make(house)
    row = signed(house, kind, subject)
    annul_signature(
        institution=house.institution, signature_id=row.pk, reason="Otra", actor=house.user(Role.AUTHORITY),
        now=LATER,
    )  # fmt: skip
    assert "Descargar firmado" not in words(client.get(page_of(house, subject)))
    assert client.get(file_address(house, kind, subject)).status_code == 404


def test_what_is_not_for_everybody_is_not_given(house, other_house, client):
    subject, _ = minutes(house)
    signed(house, "acta", subject)
    assert client.get(file_address(house, "acta", subject)).status_code == 404
    assert client.get(file_address(house, "nada", subject)).status_code == 404
    edition, _ = charter(house)
    run_long(LINE, asked(house, "carta", edition).pk, sign, clock=lambda: LATER)
    assert client.get(file_address(house, "carta", edition)).status_code == 200
    assert client.get(file_address(other_house, "carta", edition)).status_code == 404
    CharterEdition.objects.filter(pk=edition).update(state="draft")
    assert client.get(file_address(house, "carta", edition)).status_code == 404


@pytest.mark.parametrize("code", ["<script>", "x" * 900, "%00"])
def test_a_code_in_the_address_that_is_none_is_not_repeated(house, client, code):
    page = client.get(f"/{house.slug}/firma/?codigo={code}")
    shown = page.content.decode().split("<form")[-1]
    assert page.status_code == 200 and code not in shown
