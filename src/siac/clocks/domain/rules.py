# SPDX-License-Identifier: EUPL-1.2
"""What a rule of a jurisdiction says, version by version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from siac.clocks.domain.amounts import Amount
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.starts import StartPolicy
from siac.kernel.errors import Refused

BASES = ("verified", "interpretation", "unverified")
"""How well a rule of a pack is founded in its text."""
OWN = "own"
"""The basis of a rule that a body gave itself."""
CORRECTION_EFFECTS = ("none", "suspend", "restart")
LAPSES = ("withdrawn", "archived", "not_filed", "proceeds")
"""What an incomplete request becomes when nobody completes it: given up, filed away, never filed, or it goes on as it is."""
SILENCE_EFFECTS = ("none", "positive", "negative", "opens_appeal")
"""What the law makes of a term that ends without an answer: nothing, granted, refused, or only a way to complain."""
THIRD_PARTY_EFFECTS = ("blocks", "suspends")
"""What hearing a third party does: its objection blocks the delivery, or the hearing suspends the term."""
ROLES = (
    "correction",
    "acknowledgement",
    "transfer",
    "third_party",
    "objection",
    "evaluation",
    "delay_report",
    "defence",
    "appeal_decision",
    "duplicate",
)
"""What a rule can be for another rule: the terms that run beside a term."""
EVENTS = (
    "filing", "registration", "receipt", "notification", "initiation", "expiry", "act", "dispatch",
    "certificate", "warning", "denunciation", "correction", "answer", "term_end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """The one extension a rule allows: the whole term afterwards, when, and up to which moment."""

    total: Amount | None
    """None: the body fixes the day itself (art. 11.g TUO Ley 27806)."""
    condition: str
    last_moment: str
    notice: Amount | None = None
    """Term, from day 0, within which the extension must be told, where it is not simply the term itself."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What happens when a request is incomplete: time to fix it, effect on the clock, and if nobody fixes it."""

    amount: Amount
    effect: str
    lapse: str
    outcome: str
    """One of `LAPSES`."""
    declared: bool = False
    """True: the end needs an act of the body (art. 68 Ley 39/2015); False: the law itself ends it."""
    asked_within: Amount | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """Where to go next, and until when."""

    body: str
    amount: Amount | None = None
    counted_from: str = ""
    against: str = "any"
    """What it can be lodged against: any, denial (an express one), silence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule: a case keeps the version in force on the day it was filed."""

    id: str
    version: int
    country: str
    name: str
    article: str
    source: str
    amount: Amount | None
    """None where the law sets a duty without a number."""
    event: str
    start: StartPolicy
    basis: str
    note: str = ""
    roll: bool | None = None
    """True: a last day that is not a business day moves to the next one; None: only months do."""
    valid_from: date | None = None
    valid_to: date | None = None
    extension: Extension | None = None
    correction: Correction | None = None
    silence: str = ""
    silence_effect: str = "none"
    """One of `SILENCE_EFFECTS`; the words are in `silence`."""
    related: Mapping[str, str] = field(default_factory=dict)
    """Rules that run beside this one: role (see `ROLES`) -> rule id."""
    succeeded_by: str = ""
    """Rule that takes over when the last version has ended: a kind that names this one goes on with that (new statute)."""
    third_party_effect: str = ""
    """One of `THIRD_PARTY_EFFECTS`, or empty where the rule hears nobody else."""
    appeals: tuple[Appeal, ...] = field(default=())
    ceiling: Amount | None = None
    """Up to where a body's own rule may set the term, where the law says so; None: not above the term itself."""
    within: str = ""
    """Of a body's own rule: the rule of the law within which it sets the term, if any."""
    waits: bool = False
    """Of a rule without `correction`: whether it stops while the person is asked for something."""

    @property
    def law_behind(self) -> bool:
        """Whether the law itself gives this term, or leaves it to the body within one: not so of a promise of the body."""
        return self.basis != OWN or bool(self.within)

    def in_force(self, on: date) -> bool:
        """Return whether this version applied on `on`."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    @property
    def pause_effect(self) -> str:
        """What asking the person for something does to the clock: none, suspend or restart."""
        return self.correction.effect if self.correction else "suspend" if self.waits else "none"

    @property
    def law(self) -> str:
        """Article and law, as shown to people."""
        return f"{self.article}, {self.source}" if self.article else self.source


class RuleBook:
    """Every version of every rule that the installation knows, and the general start policy per country."""

    def __init__(self, rules: Sequence[Rule], general: dict[str, StartPolicy]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: (rule.id, rule.version)))
        self.general = general
        self._versions: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self._versions.setdefault(rule.id, []).append(rule)

    def versions(self, rule_id: str) -> list[Rule]:
        """Return all versions of a rule, oldest first.

        Raises:
            Refused: UNKNOWN_RULE.
        """
        if rule_id not in self._versions:
            raise Refused(Code.UNKNOWN_RULE, rule=rule_id)
        return self._versions[rule_id]

    def in_force(self, rule_id: str, on: date) -> Rule:
        """Return the version of `rule_id` in force on `on`; of the rule that succeeded it, once it has ended.

        Raises:
            Refused: UNKNOWN_RULE, RULE_NOT_IN_FORCE.
        """
        versions = self.versions(rule_id)
        for rule in versions:
            if rule.in_force(on):
                return rule
        last = versions[-1]
        if last.succeeded_by and last.valid_to is not None and on > last.valid_to:
            return self.in_force(last.succeeded_by, on)
        spans = "; ".join(_span(rule) for rule in versions)
        raise Refused(Code.RULE_NOT_IN_FORCE, rule=rule_id, day=on.isoformat(), span=spans)

    def exactly(self, rule_id: str, version: int) -> Rule:
        """Return one version of a rule, in force or not.

        Raises:
            Refused: UNKNOWN_RULE.
        """
        for rule in self.versions(rule_id):
            if rule.version == version:
                return rule
        raise Refused(Code.UNKNOWN_RULE, rule=f"{rule_id} v{version}")

    def gaps(self) -> list[str]:
        """Return one line per hole or overlap in the validity of a rule's versions."""
        found = []
        for rule_id, versions in self._versions.items():
            for before, after in pairwise(versions):
                if before.valid_to is None or after.valid_from is None or before.valid_to >= after.valid_from:
                    found.append(f"{rule_id}: las versiones {before.version} y {after.version} se superponen")
                elif (after.valid_from - before.valid_to).days != 1:
                    found.append(f"{rule_id}: sin regla entre {before.valid_to} y {after.valid_from}")
        return found


def _span(rule: Rule) -> str:
    since = f"desde el {rule.valid_from:%d-%m-%Y}" if rule.valid_from else "desde siempre"
    return since + (f" hasta el {rule.valid_to:%d-%m-%Y}" if rule.valid_to else "")
