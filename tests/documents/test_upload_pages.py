# SPDX-License-Identifier: EUPL-1.2
"""Files as they come through the pages: what is refused is said in Spanish beside what was typed, and
what is taken is handed out so that no browser runs it.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from tests.cases.test_portal_flow import TYPED, track
from tests.documents.test_checks import FETCHING, JPG, RELATIONS, docx, zipped
from tests.factories import PDF, file, person, upload
from tests.mailroom.test_papers import FORM

HTML = b"<html><body onload=alert(1)><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WORDS = "Lo que ya escribí y no quiero perder."
GIF = b"GIF89a\x01\0\x01\0\0\0\0" + HTML

REFUSED: dict[str, tuple[bytes, str]] = {
    "foto.svg": (SVG, "no es de un tipo admitido"),
    "pagina.html": (HTML, "no es de un tipo admitido"),
    "pagina.pdf": (HTML, "no corresponde a su tipo"),
    "foto.png": (SVG, "no corresponde a su tipo"),
    "tarde.pdf": (b"MZ" + b"\0" * 100 + PDF, "no corresponde a su tipo"),
    "carta.docx": (docx(**{RELATIONS: FETCHING[0]}), "se abre sin preguntar"),
    "otra.docx": (PDF + docx(), "no corresponde a su tipo"),
    "vacio.pdf": (b"", "está vacío"),
}
TAKEN: dict[str, bytes] = {
    "dos.pdf": PDF + HTML,
    "zip.pdf": PDF + zipped({"a.exe": b"MZ"}),
    "dos.gif": GIF,
    "zip.jpg": JPG + zipped({"a.exe": b"MZ"}),
    "dos.docx": docx() + HTML,
    "pagina.txt": HTML,
    "formula.csv": b"=cmd|'/C calc'!A0",
    "carta.eml": b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + HTML,
}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def portal(house) -> tuple[Client, str, dict[str, Any]]:
    return Client(), f"/{house.slug}/solicitud/reclamo/", {**TYPED, "body": WORDS}


def addition(house) -> tuple[Client, str, dict[str, Any]]:
    client, case = Client(), file(house, who=person(email="ana@ejemplo.org"), now=timezone.now())
    assert track(client, house, case.code, "ana@ejemplo.org").status_code == 302
    return client, reverse("portal:cases:inform", args=(house.slug,)), {"body": WORDS}


def desk(house) -> tuple[Client, str, dict[str, Any]]:
    typed = {"kind": house.kinds["reclamo"].pk, "kind_id": house.kinds["reclamo"].pk, "body": WORDS}
    return house.client(Role.FRONT_DESK), reverse("workspace:cases:new", args=(house.slug,)), typed


def answering(house) -> tuple[Client, str, dict[str, Any]]:
    case = file(house, unit_id=house.units["obras"], now=timezone.now())
    address = f"/{house.slug}/gestion/solicitudes/{case.folio}/responder/"
    typed = {"version": case.version, "outcome": "upheld", "body": WORDS}
    return house.client(Role.HEAD_OF_UNIT), address, typed


def paper(house) -> tuple[Client, str, dict[str, Any]]:
    typed = {**FORM, "unit": house.units["obras"], "summary": WORDS}
    return house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/partes/nuevo/", typed


FORMS = [portal, addition, desk, answering, paper]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_is_wrong_with_each_file_and_keeps_what_was_typed(house, form):
    client, address, typed = form(house)
    files = [upload(name, content) for name, (content, _) in REFUSED.items()]
    before = Attachment.objects.count()
    page = client.post(address, {**typed, "attachments": files})
    told = page.content.decode()
    assert page.status_code == 422
    assert WORDS in told
    for name, (_, words) in REFUSED.items():
        assert re.search(f"«{re.escape(name)}»[^<]*{words}", told), name
    assert Attachment.objects.count() == before


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_that_twenty_five_files_are_too_many(house, form):
    client, address, typed = form(house)
    page = client.post(address, {**typed, "attachments": [upload(f"{n}.pdf") for n in range(25)]})
    assert page.status_code == 422
    assert "Puede adjuntar hasta 20 archivos; quite 5." in page.content.decode()
    assert WORDS in page.content.decode()


@pytest.mark.parametrize("name", ["planilla.xlsx", "planilla.csv", "planilla.pdf"])
@pytest.mark.parametrize("content", [b"", HTML, b"PK\x03\x04" + HTML, b"\0" * 6_000_000], ids=range(4))
def test_a_sheet_that_is_none_is_refused_in_words(house, name, content):
    address = reverse("workspace:setup:sheets", args=(house.slug,))
    page = house.client(Role.ADMINISTRATOR).post(address, {"sheet": upload(name, content)})
    if page.status_code == 302:  # text in rows of one cell: its page says what is wrong with each
        page = house.client(Role.ADMINISTRATOR).get(page["Location"])
        assert "<script>alert(1)" not in page.content.decode()
        return
    assert page.status_code == 422
    assert "error-message" in page.content.decode()


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_that_is_two_things_is_handed_out_so_that_it_does_not_run(house, name):
    case = file(
        house,
        unit_id=house.units["obras"],
        files=check_uploads([upload(name, TAKEN[name])]),
        now=timezone.now(),
    )
    kept = Attachment.objects.get(subject_type="case")
    client = house.client(Role.HEAD_OF_UNIT)
    given = client.get(reverse("workspace:cases:file", args=(house.slug, case.folio, kept.pk)))
    assert b"".join(given.streaming_content) == TAKEN[name]
    assert given["Content-Disposition"] == f'attachment; filename="{name}"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert given["Content-Type"].partition(";")[0] not in {
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
    }
    shown = client.get(reverse("workspace:cases:view_file", args=(house.slug, case.folio, kept.pk)))
    if name.endswith((".pdf", ".gif", ".jpg")):
        assert shown["Content-Type"] in {"application/pdf", "image/gif", "image/jpeg"}
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in shown["Content-Security-Policy"]
        assert "script-src" not in shown["Content-Security-Policy"]
    else:
        assert shown.status_code == 409


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ('a";x="c.pdf', "a;x=c.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("%0d%0aX: y.pdf", "%0d%0aX y.pdf"),
        ("con.txt", "con.txt"),
        ("ñandú 你好.pdf", "ñandú 你好.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "img src=x onerror=alert(1).pdf"),
    ],
)
def test_a_name_says_no_more_than_a_name_to_page_and_browser(house, name, kept):
    sent = upload("a.pdf", b"hola" if name.endswith("txt") else PDF)
    sent._name = name  # as a program could send it, past what Django does to names
    case = file(house, unit_id=house.units["obras"], files=check_uploads([sent]), now=timezone.now())
    row = Attachment.objects.get(subject_type="case")
    assert row.name == kept
    client = house.client(Role.HEAD_OF_UNIT)
    given = client.get(reverse("workspace:cases:file", args=(house.slug, case.folio, row.pk)))
    assert "\n" not in given["Content-Disposition"]
    assert given["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in given.headers and "X" not in given.headers
    page = client.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    assert "<img src=x" not in page
