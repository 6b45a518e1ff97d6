# SPDX-License-Identifier: EUPL-1.2
"""Writing down the rules that a body gives itself."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.clocks.domain.amounts import Amount
from siac.clocks.domain.own import OwnTerm, check
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule
from siac.clocks.models import OwnRule
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, check_basis, lock_institution, note_configuration


def base_of(rule_id: str, institution: Institution, on: date) -> Rule | None:
    """Return the rule of the law on which an own rule would depend, as it stands on the local day `on`.

    Raises:
        Refused: OWN_BASE where it is unknown, of another country or not in force.
    """
    if not rule_id:
        return None
    try:
        rule = rule_book().in_force(rule_id, on)
    except Refused:
        raise Refused(Code.OWN_BASE) from None
    if rule.country != institution.jurisdiction or rule.id != rule_id:
        raise Refused(Code.OWN_BASE)
    return rule


@transaction.atomic
def save_own_rule(
    *,
    institution: Institution,
    code: str,
    name: str,
    document: str,
    amount: Amount,
    actor: User | None,
    now: datetime,
    extended: Amount | None = None,
    base_rule: str = "",
    url: str = "",
    waits: bool = True,
    shifts: bool = True,
    valid_from: date | None = None,
    based_on: int | None = None,
) -> OwnRule:
    """Add a rule, or a version of one, that begins on the local day `valid_from`; running clocks keep theirs.

    The first version has no lower bound. Saving what stands already changes nothing. `based_on` is the
    version that whoever edits had before them; None does not ask.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), as `own.check` and `base_of`; OWN_FROM where
        a further version would begin before
            today or not after the version before it.
    """
    today = institution.local_date(now)
    lock_institution(institution.pk)
    last = OwnRule.objects.filter(institution=institution, code=code).order_by("-version").first()
    check_basis(based_on, last.version if last else 0)
    if last is not None and last.base_rule != base_rule:
        raise Refused(Code.OWN_BASE)
    base = base_of(base_rule, institution, today)
    term = OwnTerm(
        code,
        last.version + 1 if last else 1,
        squeeze(name)[:120],
        squeeze(document)[:200],
        amount,
        extended,
        waits,
        shifts,
        valid_from if last else None,
    )
    check(term, base)
    if last is not None and _same(last, term, url):
        return last
    if last is not None:
        _check_from(term.valid_from, last, today)
    row = OwnRule.objects.create(
        institution=institution,
        code=code,
        version=term.version,
        name=term.name,
        document=term.document,
        url=url,
        base_rule=base_rule,
        base_version=base.version if base else 0,
        amount=amount.number,
        unit=amount.unit.value,
        extended=extended.number if extended else None,
        waits=waits,
        shifts=shifts,
        valid_from=term.valid_from,
        saved_by=actor,
        saved_at=now,
    )
    data: dict[str, Any] = {
        "rule": row.rule_id, "version": row.version, "amount": str(amount), "from": row.valid_from,
    }  # fmt: skip
    note_configuration(institution.pk, "clocks.own_rule_saved", actor=actor, now=now, data=data)
    return row


def _same(last: OwnRule, term: OwnTerm, url: str) -> bool:
    told = last.term
    words = (told.name, told.document, told.amount, told.extended, told.waits, told.shifts, last.url)
    return words == (term.name, term.document, term.amount, term.extended, term.waits, term.shifts, url)


def _check_from(valid_from: date | None, last: OwnRule, today: date) -> None:
    if valid_from is None or valid_from < today or (last.valid_from and valid_from <= last.valid_from):
        raise Refused(Code.OWN_FROM)
