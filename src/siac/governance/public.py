# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `governance`."""

from siac.governance.commands.councils import save_council, save_seat
from siac.governance.commands.minutes import approve_minutes, end_agreement, minutes_digest, write_minutes
from siac.governance.commands.sittings import (
    Point,
    agree,
    call_sitting,
    cast_vote,
    close_motion,
    close_sitting,
    open_motion,
    open_sitting,
    plan_sitting,
)
from siac.governance.domain.deciding import Choice, Result
from siac.governance.domain.rights import CouncilRight
from siac.governance.domain.states import AgreementState
from siac.governance.domain.subjects import Decidable, Named, register_decidable
from siac.governance.models import Agreement, Council, Seat, Sitting
from siac.governance.queries import Decision, agreed_between, decisions_about, minuted_between, publishes
from siac.governance.texts import RESULTS

__all__ = [
    "RESULTS",
    "Agreement",
    "AgreementState",
    "Choice",
    "Council",
    "CouncilRight",
    "Decidable",
    "Decision",
    "Named",
    "Point",
    "Result",
    "Seat",
    "Sitting",
    "agree",
    "agreed_between",
    "approve_minutes",
    "call_sitting",
    "cast_vote",
    "close_motion",
    "close_sitting",
    "decisions_about",
    "end_agreement",
    "minuted_between",
    "minutes_digest",
    "open_motion",
    "open_sitting",
    "plan_sitting",
    "publishes",
    "register_decidable",
    "save_council",
    "save_seat",
    "write_minutes",
]
