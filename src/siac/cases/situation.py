# SPDX-License-Identifier: EUPL-1.2
"""Where a case stands today by its clocks and its law: what its pages show and which actions make sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from siac.cases.commands.terms import silence_for
from siac.cases.domain.clock_kinds import (
    ACKNOWLEDGEMENT,
    APPEAL_WINDOW,
    CORRECTION,
    LEGAL,
    PLATFORM,
    THIRD_PARTY,
)
from siac.cases.domain.silence import Silence, Stage
from siac.cases.models import Case
from siac.cases.texts import SILENCE_STAGES
from siac.clocks.public import Appeal, Clock, Rule, rule_of
from siac.organizations.public import Institution

_LIVE = (Clock.State.RUNNING, Clock.State.PAUSED)


@dataclass(frozen=True, slots=True)
class Situation:
    """A case, its clocks by due day, the rule of its legal term, and what
    silence means for it on the local day `today`.
    """

    institution: Institution
    case: Case
    clocks: Sequence[Clock]
    today: date
    now: datetime
    rule: Rule | None
    silence: Silence

    def last(self, kind: str) -> Clock | None:
        """Return the clock of `kind` that ends last, in any state."""
        return next((clock for clock in reversed(self.clocks) if clock.kind == kind), None)

    def live(self, kind: str) -> list[Clock]:
        """Return the clocks of `kind` that run or wait."""
        return [clock for clock in self.clocks if clock.kind == kind and clock.state in _LIVE]

    @property
    def third_parties(self) -> list[tuple[int, Clock]]:
        """Who is or was heard, by the primary key of the `ThirdParty`, each with its term."""
        return [
            (int(clock.source.rpartition(":")[2]), clock)
            for clock in self.clocks
            if clock.kind == THIRD_PARTY
        ]

    @property
    def correction_has_lapsed(self) -> bool:
        """Whether the person was asked to complete the request, did not, and an act of the body may
        end it.
        """
        asked = self.last(CORRECTION)
        ends = self.rule is not None and self.rule.correction is not None and self.rule.correction.declared
        return ends and asked is not None and asked.state != Clock.State.MET and asked.due_on < self.today

    @property
    def may_be_extended(self) -> bool:
        """Whether the rule allows its one extension and it was not used; it may
        be too late for it all the same.
        """
        allowed = self.rule is not None and self.rule.extension is not None
        return allowed and any(clock.extended_at is None for clock in self.live(LEGAL))

    @property
    def acknowledgement_runs(self) -> bool:
        """Whether the receipt is still owed."""
        return bool(self.live(ACKNOWLEDGEMENT))

    @property
    def owes_duty(self) -> bool:
        """Whether something is owed that no answer ends."""
        return bool(self.live(PLATFORM))

    @property
    def silence_words(self) -> str:
        """What the ended term means, in Spanish; empty while it runs."""
        return SILENCE_STAGES.get(self.silence.stage, "")

    @property
    def is_silent(self) -> bool:
        """Whether the legal term has ended without an answer."""
        return self.silence.stage is not Stage.RUNNING

    @property
    def may_report_delay(self) -> bool:
        """Whether the person may report the delay now."""
        return self.silence.stage is Stage.REPORTABLE

    @property
    def appeals(self) -> list[tuple[str, date | None]]:
        """Where to appeal now and until which local day; None where the law gives no term."""
        running = [(clock.label, clock.due_on) for clock in self.live(APPEAL_WINDOW)]
        if not running and not (self.is_silent or self.case.outcome in ("denied", "partly")):
            return []
        against = "silence" if self.is_silent else "denial"
        return [*running, *((a.body, None) for a in self._open_ended(against))]

    def _open_ended(self, against: str) -> Sequence[Appeal]:
        return [
            appeal
            for appeal in (self.rule.appeals if self.rule else ())
            if not appeal.amount and appeal.against in ("any", against)
        ]


def situation_of(
    institution: Institution, case: Case, clocks: Sequence[Clock], *, now: datetime
) -> Situation:
    """Return where `case` stands now by its `clocks`; no SQL."""
    legal = [clock for clock in clocks if clock.kind == LEGAL]
    first = next(
        (clock for clock in legal if clock.state != Clock.State.CANCELLED), legal[-1] if legal else None
    )
    return Situation(
        institution=institution,
        case=case,
        clocks=clocks,
        today=institution.local_date(now),
        now=now,
        rule=rule_of(first) if first else None,
        silence=silence_for(institution, case, now=now, clocks=clocks),
    )
