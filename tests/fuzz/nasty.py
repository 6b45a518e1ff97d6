# SPDX-License-Identifier: EUPL-1.2
"""Texts and bytes as people paste them and as attackers write them."""

from hypothesis import strategies as st

PIECES = [
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u00a0",
    "\u00ad",
    "\x00",
    "\x07",
    "\x1b[31m",
    "\u2028",
    "😀",
    "👩\u200d👩\u200d👧",
    "李小明",
    "محمد",
    "Ø",
    "ł",
    "ñ",
    "e\u0301" * 20,
    "9" * 5_000,
    "(" * 700,
    "<" * 300,
    ">" * 300 + "\n",
    "&" * 50,
    "'; DROP TABLE x; --",
    "{{7*7}}",
    "{% x %}",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "%00",
    "\\",
    '"',
    "a" * 3_000,
    "-" * 500,
    " " * 500,
    "\n" * 300,
    "@" * 20,
    "1e400",
    "NaN",
    "½",
    "٣٤٥",
    "²",
    "İ",
    "ß",
    "\U0010ffff",
    "\ue000",
    "\ufffe",
]
text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=6).map("".join)
line = text.map(lambda typed: typed[:300])
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Content-Type",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
    "Precedence",
    "Return-Path",
    "MIME-Version",
    "X-Spam-Flag",
]
VALUES = [
    "text/plain; charset=punycode",
    "text/html; charset=utf-16",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=",
    "multipart/report; boundary=b",
    "message/rfc822",
    "message/delivery-status",
    "application/pkcs7-mime",
    "application/ms-tnef",
    "text/calendar",
    "base64",
    "quoted-printable",
    "x-uuencode",
    "=?utf-8?b?////?=",
    "=?punycode?q?z9z9?=",
    "=?",
    "attachment; filename*0*=utf-8''%FF",
    "attachment; filename*=utf-16''%00",
    'attachment; filename="a/../b"',
    "Ana <ana@ejemplo.org>",
    "<a@b>",
    "((((",
    "Group: a@b.cl;",
]


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """Return a mail of broken and whole headers and parts."""
    heads = draw(
        st.lists(st.tuples(st.sampled_from(HEADERS), st.one_of(st.sampled_from(VALUES), line)), max_size=8)
    )
    body = draw(
        st.lists(
            st.one_of(
                text.map(_encoded), st.binary(max_size=200), st.just(b"--b\r\n"), st.just(b"--b--\r\n")
            ),
            max_size=6,
        )
    )
    head = b"".join(f"{name}: {value}\r\n".encode("utf-8", "surrogateescape") for name, value in heads)
    return head + b"\r\n" + b"\r\n".join(body)


def _encoded(typed: str) -> bytes:
    return typed.encode("utf-8", "surrogatepass")


MAGIC = [
    b"%PDF-1.4",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"II*\0\x08\0\0\0",
    b"MM\0*\0\0\0\x08",
    b"\0\0\0\x18ftypheic",
    b"PK\x03\x04",
    b"BM",
    b"ID3",
    b"\xff\xfe",
    b"From: x\r\n",
    b"",
]
ENDINGS = [
    "pdf",
    "png",
    "jpg",
    "gif",
    "webp",
    "heic",
    "tif",
    "docx",
    "xlsx",
    "odt",
    "ods",
    "txt",
    "csv",
    "eml",
    "mp3",
    "m4a",
    "mp4",
    "exe",
    "",
]
uploads = st.tuples(
    st.builds(lambda name, ending: f"{name}.{ending}" if ending else name, line, st.sampled_from(ENDINGS)),
    st.builds(lambda magic, rest: magic + rest, st.sampled_from(MAGIC), st.binary(max_size=300)),
)
