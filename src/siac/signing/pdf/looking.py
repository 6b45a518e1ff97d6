# SPDX-License-Identifier: EUPL-1.2
"""Looking at a signed PDF from outside. Runs in a process apart (`siac.infra.confined`); imports no Django.

What is asked: is it our document, byte for byte, with nothing but signatures added behind it; whole; by whom;
by a certificate that held between the document and its coming back. Whether whoever issued a certificate may
be trusted is not judged here: no list of authorities is kept.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from siac.kernel.text import legible
from siac.signing.domain.moments import moment_fault

MOST_SIGNATURES = 20
FOOT, LEFT = 62, 51
"""Points of the margins in which no paper of ours has text of its own: 22 and 18 mm."""
_OF_SIGNERS = ("/Fields", "/SigFlags", "/DR", "/DA")
"""What programs that sign write into the form of a document: its fields, that some are signatures, letters
and colours of what these show. Fields are looked at one by one.
"""


def look(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return what a PDF says that begins with the `size` bytes of the document it was made from, which was
    made at `made` and came back at `back` (ISO 8601 with their zone).

    `{"problem": code}` where it cannot be taken: `unsigned`, `changed` (something else was added or touched),
    `drawn` (what a signature shows may lie over the text), `broken` (a signature is not whole), `unreadable`;
    `expired`, `early` (its certificate did not hold by then) or `clock` (it tells another time), with the
    moment that says so as `at`; else `{"signers": […]}`, the oldest first, each with `name`, `issuer`,
    `serial`, `until`, `at`, `stamped` (by an authority that nobody here chose) and `held`: true.
    """
    between = (datetime.fromisoformat(options["made"]), datetime.fromisoformat(options["back"]))
    try:
        return _looked(payload, int(options["size"]), between), []
    except _NotTaken as error:
        return {"problem": error.problem, "at": error.at.isoformat() if error.at else ""}, []
    except Exception:  # a library for files from anywhere raises anything; all of it means the same here
        return {"problem": "unreadable"}, []


class _NotTaken(Exception):
    def __init__(self, problem: str, at: datetime | None = None) -> None:
        super().__init__(problem)
        self.problem, self.at = problem, at


def _looked(payload: bytes, size: int, between: tuple[datetime, datetime]) -> dict[str, Any]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(payload), strict=True)
    found = reader.embedded_regular_signatures
    if not found:
        return {"problem": "unsigned"}
    if len(found) > MOST_SIGNATURES:
        return {"problem": "unreadable"}
    base = PdfFileReader(io.BytesIO(payload[:size]), strict=True).xrefs.total_revisions - 1
    if not _only_signed(reader, base):
        return {"problem": "changed"}
    if any(not _in_the_margin(each) for each in _shown_by_fields(reader)):
        return {"problem": "drawn"}
    return {"signers": [_signer(one, size, between) for one in found]}


def _only_signed(reader: Any, base: int) -> bool:
    """Return whether everything behind revision `base` is signatures and what belongs to them."""
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        FormUpdatingRule,
        ModificationLevel,
        StandardDiffPolicy,
    )

    usual = DEFAULT_DIFF_POLICY
    assert isinstance(usual, StandardDiffPolicy)
    assert usual.form_rule is not None
    form = FormUpdatingRule(usual.form_rule.field_rules, ignored_acroform_keys=set(_OF_SIGNERS))
    result = StandardDiffPolicy(usual.global_rules, form).review_file(reader, base)
    level = getattr(result, "modification_level", ModificationLevel.OTHER)
    fields: Sequence[Any] = getattr(result, "changed_form_fields", ())
    return bool(level <= ModificationLevel.FORM_FILLING) and not _filled(reader, fields)


def _filled(reader: Any, names: Sequence[Any]) -> bool:
    """Return whether a field that changed is another than of a signature."""
    signed = {one.field_name for one in reader.embedded_signatures}
    return not set(names) <= signed


def _shown_by_fields(reader: Any) -> Iterator[list[float]]:
    """Yield the rectangles in which fields of signatures, also empty ones, show something."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for _, _, reference in enumerate_sig_fields(reader):
        field = reference.get_object()
        for each in field.get("/Kids", (field,)):
            widget = each.get_object()
            rect = [float(side) for side in widget["/Rect"]] if "/Rect" in widget else []
            if "/AP" in widget and len(rect) == 4 and rect[0] != rect[2] and rect[1] != rect[3]:
                yield rect


def _in_the_margin(rect: Sequence[float]) -> bool:
    """Return whether a rectangle stays in the margin at the foot or on the left of a page: what a signature
    shows there hides no text and says nothing in its place.
    """
    left, bottom, right, top = min(rect[0::2]), min(rect[1::2]), max(rect[0::2]), max(rect[1::2])
    return left >= 0 and bottom >= 0 and (top <= FOOT or right <= LEFT)


def _signer(found: Any, size: int, between: tuple[datetime, datetime]) -> dict[str, Any]:
    """Return who signed.

    Raises:
        _NotTaken: the signature is not whole, or of another document (one lifted from elsewhere covers bytes
            in the midst of the file, and not ours of `size`); or was made when its certificate did not hold.
    """
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(found, nobody, skip_diff=True)
    if not (status.intact and status.valid and _covers(found, status, size)):
        raise _NotTaken("broken")
    cert = found.signer_cert
    stamp = status.timestamp_validity
    at = (
        stamp.timestamp
        if stamp is not None and stamp.intact and stamp.valid
        else found.self_reported_timestamp
    )
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    fault = moment_fault((cert.not_valid_before, cert.not_valid_after), at, between)
    if fault:
        raise _NotTaken(
            fault, {"expired": cert.not_valid_after, "early": cert.not_valid_before}.get(fault, at)
        )
    return {
        "name": _words(cert.subject),
        "issuer": _words(cert.issuer),
        "serial": format(cert.serial_number, "x")[:64],
        "until": cert.not_valid_after.isoformat(),
        "at": at.isoformat() if at is not None else "",
        "stamped": stamp is not None and bool(stamp.intact and stamp.valid),
        "held": True,
    }


def _covers(found: Any, status: Any, size: int) -> bool:
    """Return whether a signature covers all of the document of its revision, from the first byte on."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if len(found.byte_range) != 4:
        return False
    begins, before, after, rest = (int(each) for each in found.byte_range)
    whole = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    return bool(whole and begins == 0 and before >= size and after > before and rest >= 0)


def _words(name: Any) -> str:
    """Return how a name in a certificate is told: its common name, or all of it."""
    told = name.native.get("common_name") or name.human_friendly
    return " ".join(legible(str(told)).split())[:200]
