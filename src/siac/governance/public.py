# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `governance`."""

from siac.governance.commands.councils import (
    save_council,
    save_seat,
)
from siac.governance.commands.minutes import (
    approve_minutes,
    end_agreement,
    minutes_digest,
    write_minutes,
)
from siac.governance.commands.sittings import (
    Point,
    agree,
    call_sitting,
    cast_vote,
    change_sitting,
    close_motion,
    close_sitting,
    open_motion,
    open_sitting,
    plan_sitting,
    points_of,
)
from siac.governance.domain.deciding import (
    Choice,
    Result,
)
from siac.governance.domain.rights import (
    CouncilRight,
)
from siac.governance.domain.states import (
    AgreementState,
)
from siac.governance.domain.subjects import (
    Decidable,
    Decided,
    Named,
    register_decidable,
)
from siac.governance.links import (
    SittingLink,
    register_sitting_link,
)
from siac.governance.models import (
    Agreement,
    Council,
    Seat,
    Sitting,
)
from siac.governance.queries import (
    Decision,
    agreed_between,
    agreement_for,
    agreements,
    agreements_of,
    council_names,
    decides_about,
    decisions_about,
    minuted_between,
    published_agreements,
    publishes,
    seats_on_day,
    sitting_for,
    sitting_to_prepare,
    visible_councils,
)
from siac.governance.texts import (
    AGREEMENT_STATES,
    RESULTS,
)

__all__ = [
    "AGREEMENT_STATES",
    "RESULTS",
    "Agreement",
    "AgreementState",
    "Choice",
    "Council",
    "CouncilRight",
    "Decidable",
    "Decided",
    "Decision",
    "Named",
    "Point",
    "Result",
    "Seat",
    "Sitting",
    "SittingLink",
    "agree",
    "agreed_between",
    "agreement_for",
    "agreements",
    "agreements_of",
    "approve_minutes",
    "call_sitting",
    "cast_vote",
    "change_sitting",
    "close_motion",
    "close_sitting",
    "council_names",
    "decides_about",
    "decisions_about",
    "end_agreement",
    "minuted_between",
    "minutes_digest",
    "open_motion",
    "open_sitting",
    "plan_sitting",
    "points_of",
    "published_agreements",
    "publishes",
    "register_decidable",
    "register_sitting_link",
    "save_council",
    "save_seat",
    "seats_on_day",
    "sitting_for",
    "sitting_to_prepare",
    "visible_councils",
    "write_minutes",
]
