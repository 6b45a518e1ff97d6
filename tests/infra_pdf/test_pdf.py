# SPDX-License-Identifier: EUPL-1.2
import io
import os
import signal
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pdfua
import psutil
import pypdf
import pytest

from siac.infra.pdf import Paper, PdfUnavailable, qr_svg, render
from siac.organizations.public import Institution

RECEIPT_TEMPLATE, LETTER_TEMPLATE = "cases/papers/receipt.typ", "cases/papers/letter.typ"
MUNICIPALITY = Institution(name="Municipalidad de Ñuñoa", address="Calle Uno 123", is_demo=True)
MINISTRY = Institution(name="Ministerio")
RECEIPT = {
    "heading": "Recibimos su solicitud",
    "introduction": ["Guarde este comprobante."],
    "rows": [["Folio", "2026-000123"], ["Texto", '#eval("1") $x$ *no* _esto_ \\ "comillas" <a> @b']],
    "sections": [{"heading": "Qué sigue", "paragraphs": ["Le responderemos a más tardar el lunes."]}],
    "qr": {
        "file": "qr.svg",
        "alt": "Código QR de la página de seguimiento",
        "paragraphs": ["Siga su solicitud."],
    },
}
LETTER = {
    "heading": "Respuesta a su solicitud",
    "recipient": ["Ana Núñez", "Calle 1"],
    "place_date": "Lima, 2 de marzo de 2026",
    "reference": "2026-1",
    "paragraphs": ["Estimada señora:", "Texto. " * 900],
    "closing": ["Atentamente,"],
    "signature": ["Juana Pérez", "Jefa de unidad"],
    "rows": [],
}


def receipt_of(content, **more) -> Paper:
    return Paper(MUNICIPALITY, "Comprobante 2026-000123", content, unit="Oficina de Informaciones", **more)


def letter_of(content) -> Paper:
    return Paper(MINISTRY, "Respuesta", content)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def receipt() -> bytes:
    return render(
        RECEIPT_TEMPLATE, receipt_of(RECEIPT, files={"qr.svg": qr_svg("https://example.org/s/ABC")})
    )


def test_a_receipt_says_what_it_must_and_takes_text_as_text(receipt) -> None:
    text = text_of(receipt)
    for words in (
        "Municipalidad de Ñuñoa",
        "2026-000123",
        "DEMOSTRACIÓN",
        "Página 1 de 1",
        "Qué sigue",
        "Calle Uno 123",
    ):
        assert words in text
    assert "#eval" in text
    assert "*no*" in text


def test_it_is_tagged_and_made_to_last(receipt, tmp_path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(receipt))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "es"
    assert reader.metadata.title == "Comprobante 2026-000123"
    xmp = reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid:part" in xmp
    assert b"pdfaid:part" in xmp
    path = tmp_path / "a.pdf"
    path.write_bytes(receipt)
    errors = [f for f in pdfua.validate(path).findings if f.severity >= pdfua.Severity.ERROR]
    assert errors == []


def test_a_long_letter_runs_over_pages() -> None:
    pdf = render(LETTER_TEMPLATE, letter_of(LETTER))
    text = text_of(pdf)
    assert "Página 2 de " in text
    assert "Jefa de unidad" in text
    assert "DEMOSTRACIÓN" not in text


def test_what_cannot_be_made_is_said_so() -> None:
    with pytest.raises(PdfUnavailable):
        render(RECEIPT_TEMPLATE, receipt_of({}))
    content = {**RECEIPT, "qr": {"file": "qr.svg", "alt": None, "paragraphs": []}}
    with pytest.raises(PdfUnavailable, match="alt"):
        render(RECEIPT_TEMPLATE, receipt_of(content, files={"qr.svg": qr_svg("x")}))
    for name in ("nope", "cases/papers/../papers/letter.typ", "cases/papers/letter", "ui/base.html"):
        with pytest.raises(ValueError):
            render(name, letter_of(LETTER))


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to a group there")
def test_who_stops_the_program_does_not_make_a_paper_fail() -> None:
    """A stopped service tells all its processes to end; the worker finishes what it has in hand."""
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(render, LETTER_TEMPLATE, letter_of(LETTER))
        told = 0
        while not made.done():
            for child in psutil.Process().children():
                with suppress(psutil.NoSuchProcess):
                    if "siac.infra.typesetting" in child.cmdline():
                        child.send_signal(signal.SIGTERM)
                        child.send_signal(signal.SIGINT)
                        told += 1
            time.sleep(0.005)
    assert told
    assert made.result().startswith(b"%PDF-")


def test_it_does_not_wait_for_ever(monkeypatch, tmp_path) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    os.chmod(slow, stat.S_IRWXU)
    monkeypatch.setattr(sys, "executable", str(slow))
    with pytest.raises(PdfUnavailable, match="seconds"):
        render(LETTER_TEMPLATE, letter_of(LETTER), seconds=0.3)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with pytest.raises(PdfUnavailable, match="start"):
        render(LETTER_TEMPLATE, letter_of(LETTER))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Li 李 pide poda 😀", "Li [U+674E] pide poda [U+1F600]"),
        ("한국 y हिन्दी", "[U+D55C][U+AD6D] y"),
        ("José Łukasz Ørsted €“”…", "José Łukasz Ørsted €“”…"),
        ("👩\u200d👩 a\ufe0fb\u200bc\u202ed", "[U+1F469][U+1F469] abcd"),
        ("a\ue000\ufffe\ufdd0z\U0010ffff", "[U+FFFE]"),
        ("control \x01\x07\x85 fin", "fin"),
    ],
)
@pytest.mark.parametrize("template", [LETTER_TEMPLATE, RECEIPT_TEMPLATE])
def test_what_no_font_can_draw_is_written_as_its_code_and_the_paper_is_made(typed, shown, template) -> None:
    data = {**LETTER, "paragraphs": [typed], "introduction": [typed], "rows": [["Nombre", typed]]}
    text = text_of(render(template, letter_of(data)))
    assert "".join(shown.split()) in "".join(text.split())
    assert ("el código Unicode de cada signo" in text) == ("[U+" in shown)


def test_a_long_text_of_another_script_is_made_in_time() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(6_000))
    assert "[U+4E00]" in text_of(render(LETTER_TEMPLATE, letter_of({**LETTER, "paragraphs": [text]})))


@pytest.mark.parametrize("sign", ["9", "W"])
def test_a_word_of_twenty_thousand_signs_is_broken_and_all_of_it_is_there(sign) -> None:
    pdf = render(LETTER_TEMPLATE, letter_of({**LETTER, "paragraphs": [sign * 20_000]}))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert "".join(page.extract_text() for page in pages).count(sign) >= 20_000
    assert len(pages) > 4
