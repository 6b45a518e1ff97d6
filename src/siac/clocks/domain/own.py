# SPDX-License-Identifier: EUPL-1.2
"""Rules a body gives itself: for terms the law leaves to it, or within a rule of the law, never beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import OWN, Extension, Rule
from siac.clocks.domain.starts import StartPolicy
from siac.kernel.errors import Refused

PREFIX = "PROPIA."
"""How the id of an own rule begins; no pack may use it (its rules begin with a country)."""
UNITS = (Unit.BUSINESS_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS)
SHORTEST_MONTH = 28
"""Calendar days: what surely fits into a month."""


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """One version of an own rule as it was written: `valid_from` None is the
    first version, which has no lower bound.
    """

    code: str
    version: int
    name: str
    document: str
    amount: Amount
    extended: Amount | None = None
    waits: bool = True
    """Without a base: whether it stops while the person is asked for something. With one, the base says."""
    shifts: bool = True
    """Without a base: whether what arrives out of hours counts from the next
    business day, as the country's filings do.
    """
    valid_from: date | None = None


def own_id(institution_id: int, code: str) -> str:
    """Return the id of a body's rule, by which clocks and kinds name it."""
    return f"{PREFIX}{institution_id}.{code}"


def is_own(rule_id: str) -> bool:
    """Return whether an id names a rule that a body gave itself."""
    return rule_id.startswith(PREFIX)


def fits(amount: Amount, limit: Amount) -> bool:
    """Return whether `amount` surely ends no later than `limit` from the same
    day; units that cannot be compared do not.
    """
    if amount.unit is limit.unit:
        return amount.number <= limit.number
    return (
        limit.unit is Unit.MONTHS
        and amount.unit is Unit.CALENDAR_DAYS
        and amount.number <= SHORTEST_MONTH * limit.number
    )


def check(term: OwnTerm, base: Rule | None) -> None:
    """Refuse a term that says nothing of itself, or goes beyond the rule it depends on.

    Raises:
        Refused: OWN_NAMELESS, BAD_AMOUNT, OWN_BASE (a rule without a term, or that starts with something else
            than the filing), OWN_TOO_LONG, OWN_EXTENSION, OWN_EXTENSION_TOO_LONG, OWN_EXTENSION_FORBIDDEN.
    """
    if not term.name or not term.document:
        raise Refused(Code.OWN_NAMELESS)
    if term.amount.unit not in UNITS:
        raise Refused(Code.BAD_AMOUNT, value=str(term.amount))
    longer = term.extended
    if longer and (longer.unit is not term.amount.unit or longer.number <= term.amount.number):
        raise Refused(Code.OWN_EXTENSION)
    if base is not None:
        _check_within(term.amount, base)
    if longer:
        _check_extension(longer, base.extension if base else None)


def _check_within(amount: Amount, base: Rule) -> None:
    limit = base.ceiling or base.amount
    if limit is None or not opens(base):
        raise Refused(Code.OWN_BASE)
    if not fits(amount, limit):
        raise Refused(Code.OWN_TOO_LONG, limit=limit)


def _check_extension(longer: Amount, allowed: Extension | None) -> None:
    if allowed is None:
        raise Refused(Code.OWN_EXTENSION_FORBIDDEN)
    if allowed.total is not None and not fits(longer, allowed.total):
        raise Refused(Code.OWN_EXTENSION_TOO_LONG, limit=allowed.total)


def opens(base: Rule) -> bool:
    """Return whether a rule counts from what a person files, as the term of an answer does."""
    return base.amount is not None and base.event in ("filing", "registration", "receipt", "initiation")


def build(
    term: OwnTerm,
    *,
    institution_id: int,
    country: str,
    general: StartPolicy,
    base: Rule | None = None,
    ends_on: date | None = None,
) -> Rule:
    """Return a version as a rule of the book.

    With a `base` everything but the length is the base's: how it starts, what stops it, its
    appeals, its silence. It ends with the base, and what succeeds the base takes over: a new law is
    not held up by an older rule of the body.
    """
    last = min(filter(None, (ends_on, base.valid_to if base else None)), default=None)
    longer = base.extension if base else None
    return replace(
        base or _bare(term, country, general),
        id=own_id(institution_id, term.code),
        version=term.version,
        name=term.name,
        article="",
        source=term.document,
        amount=term.amount,
        basis=OWN,
        roll=None,
        ceiling=None,
        withdrawn="",
        within=base.id if base else "",
        note=f"Dentro de {base.law}." if base else "",
        extension=replace(longer, total=term.extended) if longer and term.extended else None,
        valid_from=term.valid_from or (base.valid_from if base else None),
        valid_to=last,
        succeeded_by=base.id if base and last == base.valid_to else "",
    )


def _bare(term: OwnTerm, country: str, general: StartPolicy) -> Rule:
    """Return what a rule without a law behind it starts from: it counts from the filing."""
    return Rule(
        id="",
        version=0,
        country=country,
        name="",
        article="",
        source="",
        amount=None,
        event="filing",
        basis=OWN,
        start=general if term.shifts else {},
        waits=term.waits,
    )


def ends(versions: Sequence[OwnTerm]) -> list[date | None]:
    """Return the last day of each version, oldest first: the day before the next begins."""
    following = [term.valid_from for term in versions[1:]]
    return [*(day - timedelta(days=1) if day else None for day in following), None]
