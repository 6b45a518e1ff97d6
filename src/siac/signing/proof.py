# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of signatures: each is what the journal wrote down."""

from collections.abc import Iterator, Mapping
from typing import Any

from siac.journal.public import check_seal, recorded
from siac.kernel.work_states import WorkState
from siac.signing.domain.codes import reason_digest, signers_digest, signers_text
from siac.signing.domain.states import SignState
from siac.signing.models import Signature

_SIGNED, _ERASED = ("signing.signed", "signing.brought_back"), "signing.erased"
_ANNULLED, _REASON = "signing.annulled", "signing.reason_erased"


def signature_problems(institution_id: int) -> Iterator[str]:
    """Yield each signature that is not what the journal wrote down, as Spanish sentences (2 SQL)."""
    told: dict[str, Mapping[str, Any]] = {}
    annulled: dict[str, Mapping[str, Any]] = {}
    erased: set[str] = set()
    for entry in recorded(institution_id, (*_SIGNED, _ANNULLED, _REASON, _ERASED)):
        if entry.kind == _ERASED:
            erased.add(entry.stream)
        elif entry.kind in (_ANNULLED, _REASON):
            annulled[entry.stream] = entry.data
        else:
            told[entry.stream] = entry.data
    rows = Signature.objects.filter(institution=institution_id).order_by("pk")
    for row in rows.iterator():
        known = told.pop(row.stream, None)
        if known is None:
            if row.state in (WorkState.DONE, SignState.ANNULLED):
                yield f"{row.stream}: figura como firmado, y la bitácora no lo dice."
            continue
        is_erased = row.stream in erased
        words = (*_changed(row, known, is_erased), *_standing(row, annulled.get(row.stream), is_erased))
        yield from (f"{row.stream}: {each}" for each in words)
    for stream in sorted(told):
        yield f"{stream}: la bitácora dice que se firmó, y ya no está."


def _standing(row: Signature, annulled: Mapping[str, Any] | None, is_erased: bool) -> Iterator[str]:
    if is_erased:
        if row.state != WorkState.STOPPED:
            yield "la bitácora dice que se borró, y figura de otra forma."
    elif annulled is None:
        if row.state == SignState.ANNULLED:
            yield "figura como anulada, y la bitácora no lo dice."
        elif row.state != WorkState.DONE:
            yield "la bitácora dice que se firmó, y figura de otra forma."
    elif row.state != SignState.ANNULLED:
        yield "la bitácora dice que se anuló, y figura de otra forma."
    elif not _is_reason(row.annulled_why, annulled, row.annulled_salt):
        yield "el motivo de la anulación no es el que anotó la bitácora."


def _changed(row: Signature, known: Mapping[str, Any], is_erased: bool) -> Iterator[str]:
    if known["sha256"] != row.signed_sha256:
        yield "el documento firmado no es el que anotó la bitácora."
    if known.get("code", row.code) != row.code:
        yield "el código no es el que anotó la bitácora."
    if known.get("certificate", row.certificate_id) != row.certificate_id:
        yield "el certificado no es el que anotó la bitácora."
    if not is_erased and not _are_signers(row, known):
        yield "quién firmó no es lo que anotó la bitácora."


def _is_reason(why: str, told: Mapping[str, Any], salt: str) -> bool:
    """Return whether a reason is what an entry tells; older ones tell it without a salt."""
    return bool(told["why"] == reason_digest(why)) if "why" in told else check_seal(why, told["seal"], salt)


def _are_signers(row: Signature, told: Mapping[str, Any]) -> bool:
    """Return whether who signed is what an entry tells; older ones tell it without a salt, or not at all."""
    if "signers_seal" in told:
        return check_seal(signers_text(row.signers), told["signers_seal"], row.signers_salt)
    return bool(told.get("signers", "") in ("", signers_digest(row.signers)))
