# SPDX-License-Identifier: EUPL-1.2
"""What the jobs that sign share: making the document, and noting what stands in the way."""

from datetime import datetime

from siac.infra.longwork import fail
from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from siac.signing.domain.signables import signable
from siac.signing.domain.states import MOST_TRIES, Trouble
from siac.signing.models import Signature


class Cannot(Exception):
    """It cannot be signed, and trying again by itself would not help."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def paper_of(row: Signature) -> bytes:
    """Return the document that is signed (as many SQL as making it costs).

    Raises:
        Cannot: it is gone, or could not be made.
    """
    of = signable(row.kind)
    if of is None:
        raise Cannot(Trouble.GONE)
    try:
        return of.render(row.institution, row.subject_id, row.line)
    except Refused as refused:
        moved = refused.code == "signing_moved"
        raise Cannot(Trouble.MOVED if moved else Trouble.GONE) from None
    except PdfUnavailable:
        raise Cannot(Trouble.PAPER) from None


def note_away(row: Signature, now: datetime, *, trouble: Trouble) -> None:
    """Note that whoever was asked outside did not answer; after the last try it failed (2 SQL)."""
    row.attempts, row.trouble = row.attempts + 1, trouble
    row.save(update_fields=["attempts", "trouble"])
    if row.attempts >= MOST_TRIES:
        fail(row, now, "StampAway" if trouble == Trouble.STAMP_AWAY else "ServiceAway")


def note_failed(row: Signature, now: datetime, *, trouble: str) -> None:
    """Note why it could not be signed: a `Trouble`, or the code of why a file was not taken (2 SQL)."""
    row.attempts, row.trouble = row.attempts + 1, trouble
    row.save(update_fields=["attempts", "trouble"])
    fail(row, now, trouble)
