# SPDX-License-Identifier: EUPL-1.2
"""The rules that a body gave itself, beside those of the law."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from siac.clocks.domain.own import PREFIX, build, ends, is_own
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule, RuleBook
from siac.clocks.models import OwnRule
from siac.infra.config_cache import ConfigCache
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def _built(rows: Iterable[OwnRule]) -> list[Rule]:
    """Return the versions of one rule, oldest first."""
    versions = list(rows)
    book = rule_book()
    return [
        build(
            row.term,
            institution_id=row.institution_id,
            country=row.institution.jurisdiction,
            general=book.general[row.institution.jurisdiction],
            base=_base(book, row),
            ends_on=last,
        )
        for row, last in zip(versions, ends([row.term for row in versions]), strict=True)
    ]


def _base(book: RuleBook, row: OwnRule) -> Rule | None:
    """Return the rule that a row is within; one whose articles were only numbered anew goes on."""
    if not row.base_rule:
        return None
    base = book.exactly(row.base_rule, row.base_version)
    return replace(base, valid_to=book.lasts_to(base))


def _load(institution_id: int) -> RuleBook:
    rows = OwnRule.objects.filter(institution_id=institution_id).select_related("institution")
    own = [
        rule
        for _, versions in groupby(rows.order_by("code", "version"), key=lambda row: row.code)
        for rule in _built(versions)
    ]
    return rule_book() if not own else RuleBook([*rule_book().rules, *own], rule_book().general)


_BOOKS: ConfigCache[RuleBook] = ConfigCache(_load)


def book_for(institution: Institution) -> RuleBook:
    """Return all rules that a body may count by: those of the law and its own; no SQL when warm."""
    return _BOOKS.get(institution)


@lru_cache(maxsize=2048)
def own_rule(rule_id: str, version: int) -> Rule:
    """Return one version of a body's rule, by its id; 1 SQL once per process, since it is never rewritten.

    Raises:
        Refused: UNKNOWN_RULE.
    """
    institution_id, _, code = rule_id.removeprefix(PREFIX).partition(".")
    row = None
    if institution_id.isascii() and institution_id.isdigit() and len(institution_id) < 18:
        rows = OwnRule.objects.filter(institution_id=int(institution_id), code=code, version=version)
        row = rows.select_related("institution").first()
    if row is None:
        raise Refused(Code.UNKNOWN_RULE, rule=f"{rule_id} v{version}")
    return _built([row])[0]


def law_rule(rule_id: str) -> Rule | None:
    """Return the rule of the law that an id stands for, as it was last written:
    its own, or the one an own rule is within.

    None where no law is behind it. 1 SQL once per process and own rule, else none.
    """
    within = own_rule(rule_id, 1).within if is_own(rule_id) else rule_id
    return rule_book().latest(within) if within else None


def rules_for(institution: Institution) -> list[Rule]:
    """Return every version of every rule of a body's country that starts terms,
    and of its own, by id and version.
    """
    known = book_for(institution).rules
    return [rule for rule in known if rule.country == institution.jurisdiction and not rule.withdrawn]


def own_rules(institution: Institution) -> dict[str, list[OwnRule]]:
    """Return the versions of each rule a body gave itself, by code, the newest first (1 SQL)."""
    found: dict[str, list[OwnRule]] = {}
    rows = OwnRule.objects.filter(institution=institution).select_related("saved_by", "institution")
    for row in rows.order_by("code", "-version"):
        found.setdefault(row.code, []).append(row)
    return found
