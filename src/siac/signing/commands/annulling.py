# SPDX-License-Identifier: EUPL-1.2
"""Saying that a signature does not count any more. Its file stays, and so does what was told of it."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.documents.public import annul_attachment
from siac.kernel.errors import Refused
from siac.kernel.text import legible
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution
from siac.signing.commands.asking import tell_signature
from siac.signing.commands.going_on import LINE
from siac.signing.domain.codes import reason_digest
from siac.signing.domain.states import SignState
from siac.signing.models import Signature


@transaction.atomic
def annul_signature(
    *, institution: Institution, signature_id: int, reason: str, actor: User, now: datetime
) -> Signature:
    """Annul a signature that was made; its document may be signed anew after that (7 SQL).

    Whoever is listed its file reads there from when on it does not count.

    The journal keeps the digest of the reason, not its words: those may name somebody and be erased.

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
    row.state, row.annulled_at, row.annulled_by, row.annulled_why = SignState.ANNULLED, now, actor, why
    row.save(update_fields=["state", "annulled_at", "annulled_by", "annulled_why"])
    if row.signed_id is not None:
        on, files_of = institution.local_date(now), institution.pk
        annul_attachment(files_of, row.signed_id, on=on, actor_id=actor.pk, now=now)
    tell_signature(row, "annulled", actor, now, code=row.code, why=reason_digest(why))
    return row


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
    row.save(update_fields=["annulled_why"])
    tell_signature(row, "reason_erased", actor, now, why=reason_digest(row.annulled_why))
    return row
