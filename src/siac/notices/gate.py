# SPDX-License-Identifier: EUPL-1.2
"""The one gate through which every notice leaves, by mail or by the hand of staff."""

from siac.notices.domain.outbox import State
from siac.notices.models import Notice


def is_withheld(notice: Notice) -> bool:
    """Return whether a notice stays in the house because its body is one to
    practise on (1 SQL once per notice).
    """
    return notice.institution.practice_of_id is not None


def gone_out(notice: Notice) -> State:
    """Return what a notice is once staff says that it went out; of a practice body none does."""
    return State.WITHHELD if is_withheld(notice) else State.SENT
