# SPDX-License-Identifier: EUPL-1.2
"""Where signatures wait for the job that makes them, and how those that were held go on."""

from datetime import datetime

from siac.infra.jobs import SIGNING
from siac.infra.longwork import Line, begin
from siac.organizations.public import Institution
from siac.signing.domain.states import SignState
from siac.signing.models import Signature

LINE: Line[Signature] = Line(Signature, "signing.sign", "signature_id", SIGNING, ("institution",))
_MOST = 500


def go_on_held(institution: Institution, *, now: datetime) -> int:
    """Put what waited for a certificate in line, at most five hundred; return how many (1 SQL and 2 for
    each).
    """
    rows = Signature.objects.select_for_update().filter(institution=institution, state=SignState.HELD)
    held = list(rows.order_by("pk")[:_MOST])
    for row in held:
        row.trouble, row.attempts = "", 0
        begin(LINE, row, now=now, refusal="signing_moment", also=("trouble", "attempts"))
    return len(held)
