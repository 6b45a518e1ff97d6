# SPDX-License-Identifier: EUPL-1.2
"""A denial says why: a ground of its law, reasons of its own and, where a
document is reserved, the act that reserves it.
"""

from dataclasses import dataclass
from datetime import date

from siac.cases.decisions import ground_text
from siac.cases.features import check_reserved
from siac.clocks.public import Ground, Rule
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Denial:
    """Why something is denied: the id of a ground, reasons, and the entry of
    the index of reserved acts, if any.
    """

    ground: str = ""
    reasons: str = ""
    reserve_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.ground or self.reasons.strip() or self.reserve_id)


NO_DENIAL = Denial()


def check_denial(
    institution: Institution, rule: Rule | None, denial: Denial, *, denies: bool, today: date
) -> Ground | None:
    """Return the ground on which something is denied; None where the law of the
    case names none, or nothing is denied.

    `denies` tells whether the decision denies, wholly or in part; `today` is the local day of the decision.

    Raises:
        Refused: grounds for what is not denied (denial_not_here), no ground or one of another law
            (ground_missing), no reasons of its own (reasons_missing), no entry in the index of reserved acts
            where the ground reserves (reserve_missing), one where it does not (reserve_not_asked), or one
            that is over, of another body or of another cause (reserve_other).
    """
    grounds = rule.grounds if rule else ()
    if not (denies and grounds):
        if not denial.is_empty:
            raise Refused("denial_not_here")
        return None
    ground = next((one for one in grounds if one.id == denial.ground), None)
    if ground is None:
        raise Refused("ground_missing")
    said = fold(squeeze(denial.reasons))
    if not said or said in fold(ground_text(ground)):
        raise Refused("reasons_missing")
    _check_reserve(institution, ground, denial.reserve_id, today)
    return ground


def _check_reserve(institution: Institution, ground: Ground, reserve_id: int | None, today: date) -> None:
    if not ground.reserve:
        if reserve_id:
            raise Refused("reserve_not_asked")
        return
    if reserve_id is None:
        raise Refused("reserve_missing")
    check_reserved(institution, reserve_id, ground.reserve, today)


def denial_body(ground: Ground, reasons: str) -> str:
    """Return what a person reads of a denial: the ground with its article, then the reasons."""
    return f"{ground_text(ground)}.\n\n{reasons.strip()}"


def reasons_in(body: str) -> str:
    """Return the reasons in what `denial_body` made."""
    return body.partition("\n\n")[2]
