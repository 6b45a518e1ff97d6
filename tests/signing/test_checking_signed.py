# SPDX-License-Identifier: EUPL-1.2
"""Anybody who holds a signed document finds by its code what is known of its signature."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.signing.conftest import certify
from tests.words import words

pytestmark = pytest.mark.django_db


def asked(house, code, content=b""):
    sent = {"code": code}
    if content:
        sent["file"] = SimpleUploadedFile("carta.pdf", content, "application/pdf")
    return house.client().post(f"/{house.slug}/firma/", sent)


def test_the_code_says_who_signed_what_and_whether_a_file_is_it(signing, other_house):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row, content = signing.run(), signing.content()
    page = words(asked(signing.house, f" {row.code[:4].lower()}-{row.code[4:8]} {row.code[8:]}"))
    assert (
        f"Respuesta {signing.case.folio}" in page
        and "Servicio de Puerto" in page
        and row.signed_sha256 in page
    )
    assert "es ese mismo documento" in words(asked(signing.house, row.code, content))
    assert "no es ese documento" in words(asked(signing.house, row.code, content + b" "))
    assert asked(other_house, row.code).status_code == 422


@pytest.mark.parametrize("code", ["", "K7QF", "K7QF-2M9D-XWPA", "<script>", "\x00" * 12, "9" * 500])
def test_a_code_that_is_none_says_so(house, code):
    page = asked(house, code)
    assert page.status_code == 422 and "Firmó" not in words(page)


def test_what_is_not_signed_yet_is_not_told(signing):
    signing.client().post(signing.url("firmar/"))
    assert asked(signing.house, signing.row().code).status_code == 422
