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
"""What an incomplete request becomes when nobody completes it: given up, filed
away, never filed, or it goes on as it is.
"""
SILENCE_EFFECTS = ("none", "positive", "negative", "opens_appeal")
"""What the law makes of a term that ends without an answer: nothing, granted,
refused, or only a way to complain.
"""
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
    "information",
    "silence",
)
"""What a rule can be for another rule: the terms that run beside a term."""
EVENTS = (
    "filing", "registration", "receipt", "notification", "initiation", "expiry", "act", "dispatch",
    "certificate", "warning", "denunciation", "correction", "answer", "term_end", "admission",
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
    """What happens when a request is incomplete: time to fix it, effect on the clock, and if nobody
    fixes it.
    """

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


OUTCOMES = ("upheld", "partly", "denied", "informed")
"""How a body can decide; a rule that lists its outcomes admits only those, in the words of its law."""
DENIALS = ("denied", "partly")
"""Decisions that deny, wholly or in part."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that the law of a rule knows: its code (see `OUTCOMES`), its
    words, whether it says corrective measures.
    """

    code: str
    words: str
    measures: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the law lets a body deny: the article, its words, how sure the reading is.

    `reserve`: what is denied is a document declared reserved, which the index of reserved acts
    must list; its cause there is that code.
    """

    id: str
    article: str
    words: str
    basis: str
    note: str = ""
    reserve: str = ""


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
    """True: a last day that is not a business day moves to the next one, as in every rule of a law; None, for
    what a body gives itself: only months do.
    """
    valid_from: date | None = None
    valid_to: date | None = None
    extension: Extension | None = None
    correction: Correction | None = None
    information: Correction | None = None
    """What happens when a request is complete but the body needs to know more,
    where the law tells the two apart.
    """
    silence: str = ""
    silence_effect: str = "none"
    """One of `SILENCE_EFFECTS`; the words are in `silence`."""
    related: Mapping[str, str] = field(default_factory=dict)
    """Rules that run beside this one: role (see `ROLES`) -> rule id."""
    succeeded_by: str = ""
    """Rule that takes over when the last version has ended: a kind that names
    this one goes on with that (new statute).
    """
    third_party_effect: str = ""
    """One of `THIRD_PARTY_EFFECTS`, or empty where the rule hears nobody else."""
    appeals: tuple[Appeal, ...] = field(default=())
    ceiling: Amount | None = None
    """Up to where a body's own rule may set the term, where the law says so; None: not above the term
    itself.
    """
    within: str = ""
    """Of a body's own rule: the rule of the law within which it sets the term, if any."""
    outcomes: tuple[Decision, ...] = ()
    """The only decisions that an answer may give, where the law names them."""
    grounds: tuple[Ground, ...] = ()
    """Where there are any, a denial names one of them and gives reasons of its own."""
    by_procedure: bool = False
    """True: the version is the one in force when the procedure began, not on the day of the event."""
    safe_nominal: bool = False
    """True: whoever decides may not accept that the last day rolls, so the day
    before the roll is told as the safe one.
    """
    withdrawn: str = ""
    """Why a version no longer starts any term: it was wrong. Terms that pinned it keep it."""
    waits: bool = False
    """Of a rule without `correction`: whether it stops while the person is asked for something."""

    @property
    def law_behind(self) -> bool:
        """Whether the law itself gives this term, or leaves it to the body
        within one: not so of a promise of the body.
        """
        return self.basis != OWN or bool(self.within)

    @property
    def has_article(self) -> bool:
        """Whether an article of law gives the number of days: not so of a body's
        own rule, nor of a standard without one.
        """
        return self.basis != OWN and bool(self.article)

    def in_force(self, on: date) -> bool:
        """Return whether this version applied on `on`; one that was withdrawn never does."""
        return not self.withdrawn and (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

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
        self._grounds = {ground.id: ground for rule in self.rules for ground in rule.grounds}
        self._latest: dict[str, Rule] = {}
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
        standing = _in_time(versions)
        last = (standing or versions)[-1]
        if last.succeeded_by and last.valid_to is not None and on > last.valid_to:
            return self.in_force(last.succeeded_by, on)
        spans = "; ".join(_span(rule) for rule in standing)
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

    def latest(self, rule_id: str) -> Rule:
        """Return the version of a rule that came into force last.

        Raises:
            Refused: UNKNOWN_RULE.
        """
        versions = self.versions(rule_id)
        if rule_id not in self._latest:
            self._latest[rule_id] = (_in_time(versions) or versions)[-1]
        return self._latest[rule_id]

    def lasts_to(self, rule: Rule) -> date | None:
        """Return the last day on which the law says what this version says,
        whatever its articles are numbered by then.
        """
        last = rule.valid_to
        for later in _in_time(self.versions(rule.id)):
            follows = (
                last is not None and later.valid_from is not None and (later.valid_from - last).days == 1
            )
            if follows and (later.amount, later.extension, later.ceiling) == (
                rule.amount,
                rule.extension,
                rule.ceiling,
            ):
                last = later.valid_to
        return last

    def ground(self, ground_id: str) -> Ground | None:
        """Return a ground by its id, or None where no rule knows it."""
        return self._grounds.get(ground_id)

    def gaps(self) -> list[str]:
        """Return one line per hole or overlap in the validity of a rule's versions."""
        found = []
        for rule_id, versions in self._versions.items():
            for before, after in pairwise(_in_time(versions)):
                if before.valid_to is None or after.valid_from is None or before.valid_to >= after.valid_from:
                    found.append(f"{rule_id}: las versiones {before.version} y {after.version} se superponen")
                elif (after.valid_from - before.valid_to).days != 1:
                    found.append(f"{rule_id}: sin regla entre {before.valid_to} y {after.valid_from}")
        return found


def _in_time(versions: Sequence[Rule]) -> list[Rule]:
    """Return the versions that start terms, in the order in which they came into force."""
    standing = [rule for rule in versions if not rule.withdrawn]
    return sorted(standing, key=lambda rule: rule.valid_from or date.min)


def _span(rule: Rule) -> str:
    since = f"desde el {rule.valid_from:%d-%m-%Y}" if rule.valid_from else "desde siempre"
    return since + (f" hasta el {rule.valid_to:%d-%m-%Y}" if rule.valid_to else "")
