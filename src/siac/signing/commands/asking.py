# SPDX-License-Identifier: EUPL-1.2
"""Asking for a signature, taking a document out to be signed elsewhere, giving it up, bringing it back."""

import hashlib
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.urls import reverse

from siac.accounts.public import User
from siac.documents.public import (
    CheckedFile,
    ScanState,
    Visibility,
    attach,
    attachment,
    erase_attachments,
    open_file,
    put_away,
    safe_name,
)
from siac.infra.confined import CannotRead, read
from siac.infra.longwork import begin, stop
from siac.infra.pdf import PdfUnavailable
from siac.journal.public import digest_with, record, seal
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState, is_moving
from siac.organizations.public import Institution
from siac.signing.commands.going_on import LINE
from siac.signing.domain.codes import new_code, shown, signers_text
from siac.signing.domain.signables import Signable, signable
from siac.signing.domain.states import OVER, SignState
from siac.signing.models import Signature
from siac.signing.pdf.extra import is_installed
from siac.signing.pdf.signing import signable_pdf

OUT = "signature"
"""The subject type of files that were taken out."""
MOST_BYTES = 25 * 1024 * 1024
"""Bytes of what is brought back."""
_SECONDS = 30.0
_LINE, _NAMES = 300, 80
"""Signs of the line of every page, and how many of them names have at least: the code is never cut."""


def ask_signature(
    *,
    institution: Institution,
    kind: str,
    subject_id: int,
    title: str,
    actor: User | None,
    now: datetime,
    not_before: datetime | None = None,
    way: str = "",
) -> Signature:
    """Ask that a document is signed with the certificate of the body, or by a service outside (`way`), by the
    job that does it; not before `not_before` (4 SQL). `actor`: None where the body signs such documents by
    itself.

    Raises:
        Refused: the extra is not installed (signing_extra), the body is one to practise on
            (signing_key_practice), or somebody asked already (signing_there).
    """
    row = _new(institution, kind, subject_id, title, actor, now)
    row.not_before, row.way = not_before, way
    with transaction.atomic():
        _begin_new(row, now)
        tell_signature(row, "asked", actor, now, kind=kind, subject=subject_id)
    return row


def _begin_new(row: Signature, now: datetime) -> None:
    try:
        with transaction.atomic():
            begin(LINE, row, now=now, refusal="signing_moment")
    except IntegrityError as error:
        raise Refused("signing_there") from error


def _new(
    institution: Institution, kind: str, subject_id: int, title: str, actor: User | None, now: datetime
) -> Signature:
    if institution.is_practice:
        raise Refused("signing_key_practice")
    if not is_installed():
        raise Refused("signing_extra")
    row = Signature(
        institution=institution, kind=kind, subject_id=subject_id, title=title[:200], code=new_code(),
        requested_by=actor, created_at=now,
    )  # fmt: skip
    row.line = line_of(institution, row.code, actor, now)
    return row


def line_of(institution: Institution, code: str, actor: User | None, now: datetime) -> str:
    """Return what every page of a signed document says of that: who, when it was asked, how it is checked."""
    day = institution.local_date(now).strftime("%d-%m-%Y")
    asked = f", a pedido de {actor.name}" if actor is not None else ""
    page = settings.SITE_URL + reverse("portal:signing:check", args=[institution.slug])
    check = f", {day}). Código {shown(code)}"
    check = f"{check} en {page}" if len(check) + len(page) < _LINE - _NAMES else check
    return f"Documento con firma electrónica ({institution.name}{asked}"[: _LINE - len(check)] + check


def take_out(
    *,
    institution: Institution,
    kind: str,
    subject_id: int,
    title: str,
    actor: User,
    now: datetime,
    not_before: datetime | None = None,
) -> Signature:
    """Make the file of a document that is signed elsewhere and brought back; it is kept as it was taken out
    (8 SQL and what making it costs).

    Raises:
        Refused: as `ask_signature`; the document is gone (signing_gone), could not be made (signing_unmade),
            or may still be taken back until `not_before` (signing_soon).
    """
    if not_before is not None and now < not_before:
        raise Refused("signing_soon")
    row = _new(institution, kind, subject_id, title, actor, now)
    of = signable(kind)
    if of is None:
        raise Refused("signing_gone")
    try:
        paper = signable_pdf(of.render(institution, subject_id, row.line))
    except PdfUnavailable as error:
        raise Refused("signing_unmade") from error
    row.state = SignState.OUTSIDE
    row.original_size, row.original_sha256 = len(paper), hashlib.sha256(paper).hexdigest()
    stored = put_away([pdf_file(f"por-firmar-{title}.pdf", paper)], now=now)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Refused("signing_there") from error
        (kept,) = attach(
            institution.pk, OUT, row.pk, stored, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL,
        )  # fmt: skip
        row.original_id = kept.pk
        row.save(update_fields=["original_id"])
        tell_signature(row, "taken_out", actor, now, kind=kind, subject=subject_id)
    return row


def pdf_file(name: str, content: bytes, state: ScanState = ScanState.OFF) -> CheckedFile:
    """Return a PDF that this program made, or looked at, as it is stored."""
    digest, held = hashlib.sha256(content).hexdigest(), File(io.BytesIO(content), name)
    return CheckedFile(safe_name(name), "application/pdf", len(content), digest, state, held)


def original_of(row: Signature) -> bytes:
    """Return the file that was taken out (1 SQL).

    Raises:
        Refused: it is not outside (signing_moment), or its file is gone.
    """
    if not row.is_outside or row.original_id is None:
        raise Refused("signing_moment")
    with open_file(attachment(row.institution_id, row.original_id)) as stored:
        content: bytes = stored.read()
    return content


def bring_back(
    *,
    institution: Institution,
    signature_id: int,
    content: bytes,
    actor: User,
    now: datetime,
    once: Callable[[], None] = lambda: None,
) -> Signature:
    """Take a document back that was signed elsewhere: the very file, with nothing but signatures added (10
    SQL). It is looked at in a process apart. `once`: done with it in one transaction, or refuses it.

    Raises:
        Refused: it is not outside (signing_moment), is too large (upload_large), another document
            (upload_another), not signed (upload_unsigned), changed (upload_changed), its signature is not
            whole (upload_broken), its certificate did not hold (upload_expired, upload_early), it tells a
            time that cannot be (upload_clock), or it cannot be read (upload_unreadable).
    """
    row = Signature.objects.get(institution=institution, pk=signature_id)
    if len(content) > MOST_BYTES:
        raise Refused("upload_large", limit=MOST_BYTES // (1024 * 1024))
    signers = checked(row, content, original_of(row), now)
    stored = put_signed(row, content, now)
    with transaction.atomic():
        locked = LINE.locked(row.pk, state=SignState.OUTSIDE)
        if locked is None:
            raise Refused("signing_moment")
        once()
        locked.original_sha256, locked.signers = row.original_sha256, signers
        keep_signed(locked, stored, actor, now)
        if locked.original_id is not None:
            erase_attachments(institution.pk, [locked.original_id], now=now)
        locked.state, locked.original_id, locked.ended_at = WorkState.DONE, None, now
        locked.save()
        tell_signature(locked, "brought_back", actor, now, **what_was_signed(locked))
    return locked


def checked(row: Signature, content: bytes, original: bytes, now: datetime) -> list[dict[str, Any]]:
    """Return who signed a file that was taken out as `original` and came back by `now`, as their certificates
    say.

    Raises:
        Refused: as `bring_back`.
    """
    if not content.startswith(original):
        raise Refused("upload_another")
    if len(content) == len(original):
        raise Refused("upload_unsigned")
    asked = {
        "size": len(original), "made": row.created_at.isoformat(),
        "back": max(now, row.created_at).isoformat(),
    }  # fmt: skip
    try:
        told, _ = read("siac.signing.pdf.looking:look", content, asked, seconds=_SECONDS)
    except CannotRead as error:
        raise Refused("upload_unreadable") from error
    if "problem" in told:
        body, at = row.institution, told.get("at")
        day = body.local_date(datetime.fromisoformat(at)).strftime("%d-%m-%Y") if at else ""
        made = body.local_date(row.created_at).strftime("%d-%m-%Y")
        raise Refused(f"upload_{told['problem']}", day=day, made=made)
    signers: list[dict[str, Any]] = told["signers"]
    return signers


def put_signed(row: Signature, content: bytes, now: datetime) -> CheckedFile:
    """Bring a signed file into the store, before anything is locked; `keep_signed` keeps it. No SQL."""
    (stored,) = put_away([pdf_file(f"{row.title} - firmado.pdf", content)], now=now)
    return stored


def keep_signed(row: Signature, stored: CheckedFile, actor: User | None, now: datetime) -> None:
    """Keep a signed file where its document belongs, and salt who signed; the caller has the row locked, has
    said who did, and saves it (2 SQL).

    Raises:
        Refused: nobody makes such documents any more (signing_gone).
    """
    of: Signable | None = signable(row.kind)
    if of is None:
        raise Refused("signing_gone")
    visibility = Visibility.PUBLIC if of.is_public else Visibility.INTERNAL
    (kept,) = attach(
        row.institution_id, of.file_of, row.subject_id, [stored], actor_id=actor.pk if actor else None,
        now=now, visibility=visibility,
    )  # fmt: skip
    row.signed_id, row.signed_size, row.signed_sha256 = kept.pk, kept.size, kept.sha256
    row.signed_at, row.trouble, row.signers_salt = now, "", seal(signers_text(row.signers)).salt


@transaction.atomic
def try_again(*, institution: Institution, signature_id: int, actor: User, now: datetime) -> None:
    """Ask once more for a signature that could not be made, or was held (4 SQL).

    Raises:
        Refused: it is in no state for it (signing_moment).
    """
    row = LINE.locked(signature_id, institution=institution)
    if row is None or row.state not in (WorkState.FAILED, SignState.HELD):
        raise Refused("signing_moment")
    row.attempts, row.trouble = 0, ""
    begin(LINE, row, now=now, refusal="signing_moment", also=("attempts", "trouble"))
    tell_signature(row, "asked", actor, now, kind=row.kind, subject=row.subject_id)


@transaction.atomic
def give_up(*, institution: Institution, signature_id: int, actor: User | None, now: datetime) -> None:
    """Cancel a signature that is not made yet; the file that was taken out is erased (6 SQL).

    Raises:
        Refused: it is made, or was cancelled (signing_moment).
    """
    row = LINE.locked(signature_id, institution=institution)
    if row is None or row.state in (WorkState.DONE, *OVER):
        raise Refused("signing_moment")
    if row.original_id is not None:
        erase_attachments(institution.pk, [row.original_id], now=now)
    if is_moving(row.state):
        stop(row, now=now, refusal="signing_moment")
    row.state, row.ended_at, row.original_id = WorkState.STOPPED, now, None
    row.save(update_fields=["state", "ended_at", "original_id"])
    tell_signature(row, "cancelled", actor, now)


@transaction.atomic
def forget_signatures(institution_id: int, kind: str, subject_ids: Sequence[int], *, now: datetime) -> int:
    """Forget the signatures of documents that are erased or were taken back; return how many.

    What is on its way stops; what was taken out and what was signed is erased (1 SQL, and 6 for each).
    """
    rows = Signature.objects.select_for_update().filter(
        institution_id=institution_id, kind=kind, subject_id__in=subject_ids
    )
    found = list(rows.exclude(state=WorkState.STOPPED).order_by("pk"))
    for row in found:
        files = [each for each in (row.original_id, row.signed_id) if each is not None]
        if files:
            erase_attachments(institution_id, files, now=now)
        row.state, row.original_id, row.ended_at = WorkState.STOPPED, None, row.ended_at or now
        row.signed_id, row.title, row.line, row.signers, row.signers_salt = None, "", "", [], ""
        row.annulled_why = row.annulled_salt = ""
        row.save()
        tell_signature(row, "erased", None, now)
    return len(found)


def what_was_signed(row: Signature) -> dict[str, Any]:
    """Return what the journal keeps of a signature: by that `siac verify` finds whatever was changed later.
    Names of people only as a salted digest: they may be erased.
    """
    return {
        "file": row.signed_id, "sha256": row.signed_sha256, "code": row.code,
        "signers_seal": digest_with(signers_text(row.signers), row.signers_salt),
        "certificate": row.certificate_id,
    }  # fmt: skip


def tell_signature(row: Signature, what: str, actor: User | None, now: datetime, **data: Any) -> None:
    """Write into the journal what became of a signature."""
    record(
        institution_id=row.institution_id,
        stream=row.stream,
        kind=f"signing.{what}",
        at=now,
        actor_id=actor.pk if actor else None,
        data=data,
    )
