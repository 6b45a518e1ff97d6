# SPDX-License-Identifier: EUPL-1.2
"""An answer that is still being written, as its person would get it: by the
code that makes the real one, kept nowhere.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from siac.accounts.public import User
from siac.cases.commands.denying import denial_body
from siac.cases.commands.planning import plan_appeal_clocks
from siac.cases.commands.terms import contest_until, legal_rule
from siac.cases.domain.numbers import cover_codes
from siac.cases.domain.variables import unfilled
from siac.cases.letters.typesetting import typeset
from siac.cases.models import Case, MessageKind
from siac.cases.notices import ANSWERED, answer_lines, mail_of, with_beside
from siac.clocks.public import DENIALS
from siac.people.public import PersonData


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What stands in the form of an answer, whole or not: an outcome may still be empty."""

    body: str
    outcome: str = ""
    measures: str = ""
    ground: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Previewed:
    """The case as it would stand once answered, never saved, and the lines its person would read."""

    case: Case
    lines: list[str]
    gaps: list[str]
    """What the text still holds that somebody was to write over: it cannot be sent so."""

    @property
    def warning(self) -> str:
        """What is said on it so that nobody takes it for the answer."""
        missing = f" Falta completar: {', '.join(self.gaps)}." if self.gaps else ""
        return f"BORRADOR: no se ha enviado.{missing}"

    def mail(self) -> tuple[str, str]:
        """Return (subject, text) of the mail, with the key of its person covered."""
        subject, text = mail_of(self.case, ANSWERED, self.lines)
        return subject, cover_codes(text)

    def letter(self, person: PersonData | None, author: User, *, now: datetime) -> bytes:
        """Return the letter as PDF, marked as a draft on each page.

        Raises:
            PdfUnavailable: it could not be typeset now.
        """
        return typeset(self.case, self.lines, person, author, at=now, draft=self.warning)


def previewed(case: Case, typed: TypedAnswer, *, now: datetime) -> Previewed:
    """Return the answer to `case` as it would be if what was `typed` were sent now; at most 1 SQL."""
    institution, shown, rule = case.institution, copy(case), legal_rule(case)
    shown.outcome = typed.outcome
    shown.contest_until = contest_until(institution, case, now=now)
    denies = typed.outcome in DENIALS
    appeals = (
        plan_appeal_clocks(institution, case, rule, against="denial", now=now) if denies and rule else []
    )
    ground = next((one for one in (rule.grounds if rule else ()) if one.id == typed.ground), None)
    beside = {
        MessageKind.MEASURES: typed.measures.strip(),
        MessageKind.REASONS: denial_body(ground, typed.reasons) if denies and ground else "",
    }
    text = with_beside(typed.body.strip(), {kind: said for kind, said in beside.items() if said})
    return Previewed(shown, answer_lines(shown, text, appeals), unfilled(typed.body))
