# SPDX-License-Identifier: EUPL-1.2
import io
import socketserver
import struct
import threading
import time
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from siac.documents import inspection
from siac.documents.domain.files import Code, Limits, ScanState, extension, safe_name
from siac.documents.inspection import check_uploads
from siac.documents.texts import REFUSALS, sentence
from siac.infra.confined import CannotRead
from siac.kernel.errors import Refused

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\0" * 40
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x21" + b"\0" * 40
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = b'<?xml version="1.0"?><Types/>'


def zipped(entries, method=zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(**more: bytes) -> bytes:
    entries = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"}
    return zipped({**entries, **{name.replace("__", "/"): content for name, content in more.items()}})


def odf(kind: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument." + kind, "content.xml": b"<o/>"})


def real_xlsx() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "hola"
    book.save(made)
    return made.getvalue()


def lying_size() -> bytes:
    """A zip whose directory says an entry is one byte long, while it unpacks to 4 MB."""
    raw = bytearray(docx(word__media=b"a" * 4_000_000))
    packed = struct.pack("<I", 4_000_000)
    while (at := raw.find(packed)) >= 0:
        raw[at : at + 4] = struct.pack("<I", 1)
    return bytes(raw)


GOOD = {
    "a.pdf": PDF,
    "a.PNG": PNG,
    "a.jpg": JPG,
    "a.jpeg": JPG,
    "a.mp4": MP4,
    "a.mp3": MP3,
    "a.docx": docx(),
    "a.xlsx": real_xlsx(),
    "a.odt": odf(b"text"),
    "a.ods": odf(b"spreadsheet"),
    "a.txt": "Ñandú".encode(),
    "latin.txt": "Ñandú".encode("latin-1"),
    "wide.csv": "a;b\nñ;2\n".encode("utf-16"),
    "a.csv": b"a,b\n1,2\n",
    "a.eml": b"From: a@b.org\r\nSubject: x\r\n\r\nhola",
    "chart.docx": docx(**{"word__embeddings__s.xlsx": real_xlsx()}),
}


@pytest.mark.parametrize("name", GOOD)
def test_usual_files_are_taken(name) -> None:
    (checked,) = check_uploads([SimpleUploadedFile(name, GOOD[name])])
    assert (checked.size, checked.scan_state) == (len(GOOD[name]), ScanState.OFF)
    assert len(checked.sha256) == 64


BAD = {
    "exe named pdf": ("a.pdf", EXE, Code.CONTENT),
    "exe": ("a.exe", EXE, Code.TYPE),
    "exe named txt": ("a.txt", EXE, Code.CONTENT),
    "pdf named png": ("a.png", PDF, Code.CONTENT),
    "png named jpg": ("a.jpg", PNG, Code.CONTENT),
    "html": ("a.html", b"<script>", Code.TYPE),
    "svg": ("a.svg", b"<svg/>", Code.TYPE),
    "zip": ("a.zip", zipped({"a": b"b"}), Code.TYPE),
    "no ending": ("archivo", PDF, Code.TYPE),
    "empty": ("a.pdf", b"", Code.EMPTY),
    "zip named docx": ("a.docx", zipped({"a.txt": b"b"}), Code.CONTENT),
    "docx named xlsx": ("a.xlsx", docx(), Code.CONTENT),
    "ods named odt": ("a.odt", odf(b"spreadsheet"), Code.CONTENT),
    "text named docx": ("a.docx", b"hola", Code.CONTENT),
    "macros": (
        "a.docx",
        docx(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        Code.MACROS,
    ),
    "password": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Code.ENCRYPTED),
    "cut": ("a.docx", docx()[:-30], Code.DAMAGED),
    "ratio": ("a.docx", docx(word__media=b"\0" * 30_000_000), Code.BOMB),
    "declared size": ("a.docx", lying_size(), Code.DAMAGED),
    "nested": ("a.docx", docx(word__media=zipped({"b": b"c"})), Code.BOMB),
    "deep": (
        "a.docx",
        docx(**{"word__embeddings__s.docx": docx(**{"word__embeddings__t.docx": docx()})}),
        Code.BOMB,
    ),
    "entries": (
        "a.docx",
        zipped(
            {**{str(n): b"" for n in range(2100)}, "[Content_Types].xml": TYPES, "word/document.xml": b""}
        ),
        Code.BOMB,
    ),
    "eml without head": ("a.eml", b"hola", Code.CONTENT),
}


@pytest.mark.parametrize("case", BAD)
def test_others_are_refused_with_their_name(case) -> None:
    name, content, code = BAD[case]
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile("bueno.pdf", PDF), SimpleUploadedFile(name, content)])
    assert refused.value.code == code
    (problem,) = refused.value.context["problems"]
    assert problem.file == name
    assert name in sentence(problem)


def nested_bomb() -> bytes:
    """A docx of little size and no great ratio, whose embedded ones unpack to 30 GB together."""
    megabyte = b"\0" * 1024 * 1024
    inner = docx(**{f"word__{n}": megabyte for n in range(140)})
    return docx(**{f"word__embeddings__{n}.docx": inner for n in range(200)})


def test_what_embedded_files_unpack_to_counts_as_the_files_own() -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile("a.docx", nested_bomb())])
    assert refused.value.code == Code.BOMB
    assert time.monotonic() - started < inspection.SECONDS / 2


def test_files_that_take_long_hold_a_form_no_longer_than_all_of_them_may(monkeypatch) -> None:
    asked = []

    def slow(function, payload, options, *, seconds):
        asked.append(seconds)
        time.sleep(seconds)
        raise CannotRead("time")

    monkeypatch.setattr(inspection, "read", slow)
    monkeypatch.setattr(inspection, "SECONDS", 0.2)
    monkeypatch.setattr(inspection, "ALL_SECONDS", 0.5)
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile(f"{n}.docx", docx()) for n in range(20)])
    codes = [problem.code for problem in refused.value.context["problems"]]
    assert sum(asked) <= 0.6
    assert codes[0] == Code.BOMB
    assert codes[-1] == Code.NOT_REACHED
    assert "no se alcanzó a revisar" in sentence(refused.value.context["problems"][-1])


def test_all_problems_at_once() -> None:
    with pytest.raises(Refused) as refused:
        check_uploads(
            [
                SimpleUploadedFile("a.pdf", EXE),
                SimpleUploadedFile("b.txt", b""),
                SimpleUploadedFile("c.png", PNG),
            ]
        )
    assert [(p.file, p.code) for p in refused.value.context["problems"]] == [
        ("a.pdf", Code.CONTENT),
        ("b.txt", Code.EMPTY),
    ]


@pytest.mark.parametrize(
    ("count", "size", "already", "already_bytes", "code"),
    [
        (3, 1, 0, 0, Code.TOO_MANY),
        (1, 1, 2, 0, Code.TOO_MANY),
        (1, 2_000_000, 0, 0, Code.TOO_LARGE),
        (2, 900_000, 0, 500_000, Code.TOTAL_TOO_LARGE),
        (200, 1, 0, 0, Code.TOO_MANY),
    ],
)
def test_limits(count, size, already, already_bytes, code) -> None:
    limits = Limits(count=2, each=1024 * 1024, total=2 * 1024 * 1024)
    files = [SimpleUploadedFile(f"{n}.txt", b"a" * size) for n in range(count)]
    with pytest.raises(Refused) as refused:
        check_uploads(files, already=already, already_bytes=already_bytes, limits=limits)
    assert refused.value.code == code
    assert sentence(refused.value.context["problems"][0])


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\carta.PDF", "carta.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("fac\u202efdp.exe", "facfdp.exe"),
        ("  .pdf", "pdf"),
        ("", "archivo"),
        ("informe año.docx", "informe año.docx"),
        ('a"b<c>.txt', "abc.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names(given_name, kept) -> None:
    assert safe_name(given_name) == kept


def related(kind: str, target: str, *, mode: str = "External", codec: str = "utf-8") -> bytes:
    """Return a part of relationships with one of that kind."""
    of = "http://schemas.openxmlformats.org"
    return (
        f'<?xml version="1.0" encoding="{codec}"?>'
        f'<Relationships xmlns="{of}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{of}/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    ).encode(codec)


RELATIONS = "word/_rels/settings.xml.rels"
FETCHING = [
    related("attachedTemplate", "http://malo.example/x.dotm"),
    related("attachedTemplate", "&#104;ttps://malo.example/x", codec="utf-16"),
    related("attachedTemplate", r"\\malo.example\x\y.dotm"),
    related("attachedTemplate", "file:////malo.example/x/y.dotm"),
    related("oleObject", "mhtml:http://malo.example/x!x-usc:http://malo.example/y"),
    related("frame", "https://malo.example/", mode="external"),
    related("aFChunk", "ftp://malo.example/x"),
]
HARMLESS = [
    related("attachedTemplate", "file:///C:\\Users\\ana\\Plantillas\\Carta.dotx"),
    related("attachedTemplate", "Normal.dotm"),
    related("hyperlink", "https://ejemplo.org/"),
    related("image", "https://ejemplo.org/logo.png"),
    related("oleObject", "embeddings/oleObject1.bin", mode="Internal"),
]


@pytest.mark.parametrize("relations", FETCHING)
@pytest.mark.parametrize("inside", [False, True])
def test_an_office_file_that_opens_something_elsewhere_is_refused(relations, inside) -> None:
    content = docx(**{RELATIONS: relations})
    if inside:
        content = docx(**{"word/embeddings/carta.docx": content})
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile("a.docx", content)])
    assert refused.value.code == Code.FETCHES
    assert "Guárdelo como PDF" in sentence(refused.value.context["problems"][0])


@pytest.mark.parametrize("relations", HARMLESS)
def test_links_pictures_and_templates_of_ones_own_machine_are_taken(relations) -> None:
    content = docx(**{RELATIONS: relations})
    assert check_uploads([SimpleUploadedFile("a.docx", content)])


@pytest.mark.parametrize("relations", [b"<r", b'<!DOCTYPE r [<!ENTITY a "b">]><r/>', b""])
def test_relations_that_are_none_are_refused(relations) -> None:
    content = docx(**{RELATIONS: relations})
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile("a.docx", content)])
    assert refused.value.code == Code.DAMAGED


@given(st.text())
def test_any_name_becomes_safe_and_stays_so(name) -> None:
    kept = safe_name(name)
    assert 0 < len(kept) <= 130
    assert not set(kept) & set('/\\<>:"|?*\r\n\0')
    assert extension(safe_name(kept)) == extension(kept)


def test_every_code_has_words() -> None:
    assert set(REFUSALS) == set(Code)


class FakeClamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM; finds EICAR; answers an error to what holds the word BROKEN."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        answer = b"stream: OK\0"
        if b"EICAR" in content:
            answer = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
        if b"BROKEN" in content:
            answer = b"INSTREAM size limit exceeded. ERROR\0"
        self.wfile.write(answer)


@pytest.fixture
def clamd(monkeypatch):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), FakeClamd) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        monkeypatch.setenv("SIAC_CLAMD", f"127.0.0.1:{server.server_address[1]}")
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("clamd")
def test_a_virus_is_found() -> None:
    assert check_uploads([SimpleUploadedFile("a.pdf", PDF)])[0].scan_state == ScanState.CLEAN
    assert check_uploads([SimpleUploadedFile("a.txt", b"BROKEN")])[0].scan_state == ScanState.PENDING
    with pytest.raises(Refused, match="file_virus"):
        check_uploads([SimpleUploadedFile("a.txt", EICAR)])


def test_without_its_scanner_a_file_waits(monkeypatch) -> None:
    monkeypatch.setenv("SIAC_CLAMD", "127.0.0.1:1")
    assert check_uploads([SimpleUploadedFile("a.pdf", PDF)])[0].scan_state == ScanState.PENDING


def sized_png(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


HUGE = {
    "png": sized_png(30_000, 30_000),
    "gif": b"GIF89a" + struct.pack("<HH", 40_000, 40_000) + b"\0" * 20,
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xff\xc0\0\x11\x08"
    + struct.pack(">HH", 30_000, 30_000)
    + b"\0" * 30,
    "webp": b"RIFF\0\1\0\0WEBPVP8X\n\0\0\0\0\0\0\0" + (29_999).to_bytes(3, "little") * 2,
    "tif": b"II*\0\x08\0\0\0\2\0"
    + struct.pack("<HHII", 256, 4, 1, 30_000)
    + struct.pack("<HHII", 257, 4, 1, 30_000)
    + b"\0" * 8,
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    + b"\0\0\0\x14ispe\0\0\0\0"
    + struct.pack(">II", 30_000, 30_000),
}


@pytest.mark.parametrize("ending", HUGE)
def test_a_picture_of_too_many_points_is_refused_before_anything_decodes_it(ending) -> None:
    with pytest.raises(Refused) as refused:
        check_uploads([SimpleUploadedFile(f"a.{ending}", HUGE[ending])])
    assert refused.value.code == Code.PIXELS
    assert "250 millones" in sentence(refused.value.context["problems"][0])


def test_a_picture_of_a_good_camera_is_taken() -> None:
    assert check_uploads([SimpleUploadedFile("a.png", sized_png(16_320, 12_240))])


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"])
def test_a_heic_picture_of_any_brand_is_taken(brand) -> None:
    content = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"miaf" + b"\0" * 200
    assert check_uploads([SimpleUploadedFile("IMG_1.HEIC", content)])[0].media_type == "image/heic"


@pytest.mark.parametrize(
    "start", ["BM", "BMW gris mal estacionado", "ID3 y más", "GIF89a no se ve", "Rar! dice", "FLV", "ftyp"]
)
def test_a_text_that_begins_like_another_file_is_a_text(start) -> None:
    assert check_uploads([SimpleUploadedFile("nota.txt", f"{start}\nSolicito la poda.".encode())])


@pytest.mark.parametrize(
    "head", [b"\xff\xfb\x90\x64", b"\xff\xf3\x40\xc0", b"\xff\xfa\x90\x64", b"ID3\x03\x00"]
)
def test_sound_is_known_by_its_frames(head) -> None:
    assert check_uploads([SimpleUploadedFile("a.mp3", head + b"\0" * 400)])


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Oficio N° 12/2025.pdf", "Oficio N° 12-2025.pdf"),
        ("/home/ana/foto.jpg", "foto.jpg"),
        ("a/../../b.pdf", "b.pdf"),
        ("1/2\u200b/3.pdf", "1-2-3.pdf"),
    ],
)
def test_a_slash_in_a_name_is_no_folder(given_name, kept) -> None:
    assert safe_name(given_name) == kept


def test_a_scanner_that_does_not_answer_holds_a_page_two_seconds_for_all_files_together(monkeypatch) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silent) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        monkeypatch.setenv("SIAC_CLAMD", f"127.0.0.1:{server.server_address[1]}")
        started = time.monotonic()
        states = {
            file.scan_state for file in check_uploads([SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(5)])
        }
        assert time.monotonic() - started < 5
        server.shutdown()
        thread.join()
    assert states == {ScanState.PENDING}


class Silent(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while self.request.recv(65536):
            pass
