# SPDX-License-Identifier: EUPL-1.2
"""A request that is answered while its person is on the phone, or at the desk:
filed, answered and closed together.
"""

from datetime import datetime

from django.db import transaction

from siac.cases.access import may
from siac.cases.commands.answering import answer_case
from siac.cases.commands.delivering import record_delivery
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.handling import close_case
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN
from siac.cases.models import Case, CaseKind, Channel, Nature, Outcome
from siac.kernel.errors import Refused
from siac.notices.public import State, notices_of
from siac.organizations.public import Access

_GIVEN = {
    Delivery.PHONE: "Se le respondió por teléfono al ingresarla.",
    Delivery.PICKUP: "Se le respondió en persona al ingresarla.",
}
"""What proves that the answer reached its person, by how it did."""


def may_answer_at_once(access: Access, kind: CaseKind) -> bool:
    """Return whether the holder of `access` may answer a request of `kind`
    while filing it, as far as known beforehand.

    Whoever works on cases may; at the desk, which does not, enquiries only. Never what
    somebody else must approve or few may read.
    """
    works = access.has(CaseRight.WORK) or kind.nature == Nature.ENQUIRY
    return access.has(CaseRight.FILE) and works and not (kind.approver or kind.is_restricted)


@transaction.atomic
def answer_at_once(*, access: Access, filing: Filing, body: str, now: datetime) -> Case:
    """Register a request with the answer that was given aloud, and close it: all of it, or nothing.

    The same sent again (by its key) changes nothing.

    Raises:
        Refused: the user may not answer it (answer_now_no_right), or as `file_case` and `answer_case`.
    """
    institution, actor = access.institution, access.user
    case = file_case(institution=institution, filing=filing, actor=actor, now=now)
    if case.state not in OPEN:
        return case
    if not (may_answer_at_once(access, case.kind) and _is_theirs(access, case)):
        raise Refused("answer_now_no_right")
    way = Delivery.PICKUP if filing.channel == Channel.COUNTER else Delivery.PHONE
    common = {"institution": institution, "case_id": case.pk, "actor": actor, "now": now}
    answer_case(**common, version=None, body=body, outcome=Outcome.INFORMED, channel=way)  # type: ignore[arg-type]
    told = notices_of(institution.pk, "case", case.pk).filter(kind="cases.answered", state=State.PENDING)
    for notice_id in told.order_by("pk").values_list("pk", flat=True):
        record_delivery(**common, notice_id=notice_id, proof=_GIVEN[way])  # type: ignore[arg-type]
    return close_case(**common, version=None)  # type: ignore[arg-type]


def _is_theirs(access: Access, case: Case) -> bool:
    return case.kind.nature == Nature.ENQUIRY or may(access, case, CaseRight.WORK)
