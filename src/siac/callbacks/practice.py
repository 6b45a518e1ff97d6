# SPDX-License-Identifier: EUPL-1.2
"""How calls to return come over into a practice body."""

from siac.callbacks.commands.promising import save_rule
from siac.callbacks.queries import rule_of
from siac.organizations.public import Copying, PracticePart


def _copy_rule(copying: Copying) -> None:
    """Copy within what the source returns calls, where it said so."""
    row = rule_of(copying.source)
    copying.each(
        [row] if row.pk else [],
        lambda each: save_rule(**copying.common, within=each.within, attempts=each.attempts),
    )


PARTS = (PracticePart("calls to return", 49, _copy_rule, ("callbacks.CallRule",)),)
_REAL = "Real people whom the source promised to call."
LEFT_BEHIND = {"callbacks.CallBack": _REAL, "callbacks.CallFact": _REAL}
