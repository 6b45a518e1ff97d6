# SPDX-License-Identifier: EUPL-1.2
from dataclasses import dataclass
from datetime import date, datetime, time

from siac.clocks.domain.amounts import Amount


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """What a clock must measure: either `rule_id` or a bare `amount`, from `event_at` (aware), at `place`.

    `channel` is web, desk, libro or mesa; a bare amount with `channel` None starts on the real date.
    `closes_at` is the local closing time of the office; `time_zone` the seat's. `decreed` False counts
    decreed days off as business days. `begun_on` is when the procedure began (local date), which chooses some
    rules. `office_id` names the unit whose own closures stop the clock too.
    """

    institution_id: int
    subject_type: str
    subject_id: int
    kind: str
    label: str
    place: str
    time_zone: str
    event_at: datetime
    rule_id: str = ""
    amount: Amount | None = None
    source: str = ""
    channel: str | None = "web"
    closes_at: time | None = None
    decreed: bool = True
    office_id: int | None = None
    begun_on: date | None = None
