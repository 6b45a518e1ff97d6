# SPDX-License-Identifier: EUPL-1.2
"""Saying that a signature does not count any more. Its file stays, and so does what was told of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from siac.accounts.public import User
from siac.documents.public import annul_attachment, counting_files
from siac.journal.public import seal
from siac.kernel.errors import Refused
from siac.kernel.text import legible
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution
from siac.signing.commands.asking import tell_signature
from siac.signing.commands.going_on import LINE
from siac.signing.domain.states import SignState
from siac.signing.models import Signature


@transaction.atomic
def annul_signature(
    *, institution: Institution, signature_id: int, reason: str, actor: User, now: datetime
) -> Signature:
    """Annul a signature that was made; its document may be signed anew after that (7 SQL).

    Whoever is listed its file reads there from when on it does not count.

    The journal keeps a salted digest of the reason, not its words: those may name somebody and be erased, and
    the salt with them, so that nobody can try whether a reason was the one.

    Raises:
        Refused: no reason is said (signing_reason), it was annulled already (signing_annulled), or it is
            not made, or forgotten (signing_moment).
    """
    why = legible(reason).strip()[:300]
    if not why:
        raise Refused("signing_reason")
    row = LINE.locked(signature_id, institution=institution)
    if row is not None and row.state == SignState.ANNULLED:
        raise Refused("signing_annulled")
    if row is None or row.state != WorkState.DONE:
        raise Refused("signing_moment")
    sealed = seal(why)
    row.state, row.annulled_at, row.annulled_by = SignState.ANNULLED, now, actor
    row.annulled_why, row.annulled_salt = why, sealed.salt
    row.save(update_fields=["state", "annulled_at", "annulled_by", "annulled_why", "annulled_salt"])
    if row.signed_id is not None:
        on, files_of = institution.local_date(now), institution.pk
        annul_attachment(files_of, row.signed_id, on=on, actor_id=actor.pk, now=now)
    tell_signature(row, "annulled", actor, now, code=row.code, seal=sealed.digest)
    return row


@transaction.atomic
def mark_annulled() -> int:
    """Mark the files of signatures that were annulled while files did not say so yet, or by a machine that
    still serves that version, as of the day on which each was; return how many (1 SQL, and 3 for each).

    Part of `siac setup`. Those that are marked, or erased, are left alone.
    """
    now, done = timezone.now(), 0
    rows = Signature.objects.filter(state=SignState.ANNULLED, signed_id__in=counting_files().values("pk"))
    for row in rows.select_related("institution").order_by("pk"):
        if row.signed_id is not None and row.annulled_at is not None:
            on, files_of = row.institution.local_date(row.annulled_at), row.institution_id
            annul_attachment(files_of, row.signed_id, on=on, actor_id=row.annulled_by_id, now=now)
            done += 1
    return done


@transaction.atomic
def erase_reason(
    *, institution: Institution, signature_id: int, instead: str, actor: User, now: datetime
) -> Signature:
    """Erase why a signature was annulled, of any document, and say something else `instead` or nothing: words
    of a reason may name somebody. That it was annulled, when and by whom stays (4 SQL).

    Raises:
        Refused: it is not annulled (signing_moment).
    """
    row = LINE.locked(signature_id, institution=institution)
    if row is None or row.state != SignState.ANNULLED:
        raise Refused("signing_moment")
    row.annulled_why = legible(instead).strip()[:300]
    sealed = seal(row.annulled_why)
    row.annulled_salt = sealed.salt
    row.save(update_fields=["annulled_why", "annulled_salt"])
    tell_signature(row, "reason_erased", actor, now, seal=sealed.digest)
    return row
