# SPDX-License-Identifier: EUPL-1.2
"""What was sent a moment ago and may still be taken back: until then its
citizen sees the case as it was before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.models import Case
from siac.cases.pages import (
    ClockLine,
    Happened,
    MessageShown,
    clock_lines,
    clocks_of_case,
    history,
    messages_with_files,
)
from siac.clocks.public import as_remembered
from siac.infra.rows import give_back


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as its citizen may see it now.

    With a `since` it is the case before the act of that moment, without what the act wrote.
    """

    case: Case
    since: datetime | None = None
    first_hidden: int = 0
    """Primary key of the message that the act wrote; it and any later one are not shown yet.

    0: it wrote none.
    """
    clocks_before: Sequence[dict[str, Any]] = ()

    def lines(self) -> list[ClockLine]:
        """Return the clocks with their reasons (1 SQL when warm)."""
        clocks = clocks_of_case(self.case)
        return clock_lines(
            self.case, clocks if self.since is None else as_remembered(clocks, self.clocks_before)
        )

    def messages(self) -> list[MessageShown]:
        """Return what was written between citizen and body, with its files (2 SQL)."""
        shown = messages_with_files(self.case, for_citizen=True)
        return [one for one in shown if not self.first_hidden or one.message.pk < self.first_hidden]

    def history(self) -> list[Happened]:
        """Return what happened, the newest first (1 SQL)."""
        told = history(self.case, for_citizen=True)
        return [one for one in told if self.since is None or one.at < self.since]


def seen_by_citizen(case: Case, *, now: datetime) -> Seen:
    """Return `case` as its citizen may see it at `now`; its columns, unsaved, are those
    of before where an act may be taken back.

    No SQL where `undoable` was read along. What changed the case again ended the
    offer, and then everything is shown at once.
    """
    offer = case.undo_offer
    if offer is None or now >= offer.until or offer.version != case.version:
        return Seen(case)
    give_back(case, offer.before)
    return Seen(case, offer.until - UNDO_FOR, offer.message_id, offer.clocks)
