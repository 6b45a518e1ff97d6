# SPDX-License-Identifier: EUPL-1.2
"""Pictures pasted into the text of a mail: in the text itself (data:) or as a part beside it (cid:)."""

import base64
import binascii
import re

SHOWN = " [Imagen adjunta] "
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(
    r"""\bsrc\s{0,9}=\s{0,9}["']?data:image/([a-z0-9.+-]{1,20})(?:;[a-z0-9=-]{1,40})?;base64,([^"'>]*)""",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"""\bsrc\s{0,9}=\s{0,9}["']?cid:""", re.IGNORECASE)
_ENDINGS = {"jpeg": "jpg", "pjpeg": "jpg", "svg+xml": "svg", "x-png": "png"}
_MOST = 50
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")


def taken_out(html: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the HTML with a mark where a picture stood, and the pictures that were in it as (name, bytes).

    A picture of some other server leaves nothing: it is a signature's logo or a spy.
    """
    found: list[tuple[str, bytes]] = []

    def mark(tag: re.Match[str]) -> str:
        inline = _INLINE.search(tag[0])
        if inline is None:
            return SHOWN if _BESIDE.search(tag[0][:2_000]) else ""
        content = _decoded(inline[2])
        if content and len(found) < _MOST:
            kind = inline[1].lower()
            found.append((f"imagen-{len(found) + 1}.{_ENDINGS.get(kind, kind)}", content))
        return SHOWN

    return _PICTURE.sub(mark, html), found


def _decoded(text: str) -> bytes:
    kept = _NOT_BASE64.sub("", text.replace("%2B", "+").replace("%2F", "/").replace("%3D", ""))
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + "=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return b""
