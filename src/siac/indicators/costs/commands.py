# SPDX-License-Identifier: EUPL-1.2
"""Saying what attending people cost in a year."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.indicators.costs.reading import channels
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.models import MOST_COST, AttentionCost
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, lock_institution, save_version


@transaction.atomic
def save_cost(
    *,
    institution: Institution,
    year: int,
    channel: str,
    amount: int,
    source: str,
    is_active: bool = True,
    cost: AttentionCost | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> AttentionCost:
    """Say what attending cost in a year that is over, in whole units of currency, by one channel (or "" for
    all together), and where that is from; or change `cost` as its next version.

    Raises:
        Refused: the year is not over, or before 1990 (cost_year); no amount, or one beyond two thousand
            million (cost_amount); no such channel (cost_channel); that year is told for all together and by
            channel (cost_mixed), or told already (cost_taken); somebody saved it meanwhile (saved_meanwhile).
    """
    if not EARLIEST.year <= year < institution.local_date(now).year:
        raise Refused("cost_year", first=EARLIEST.year)
    if not 0 < amount <= MOST_COST:
        raise Refused("cost_amount")
    if channel and channel not in channels(institution):
        raise Refused("cost_channel")
    # Two who say a year at once, one by channel and one for all: the second sees the first.
    lock_institution(institution.pk)
    fields = {
        "year": year, "channel": channel, "amount": amount, "source": squeeze(source), "is_active": is_active,
    }  # fmt: skip
    row = cost or AttentionCost(institution=institution)
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now, check=_not_mixed)
    except IntegrityError as error:
        raise Refused("cost_taken", year=year) from error
    if saved.is_changed:
        data = {"version": saved.row.version, "year": year, "channel": channel}
        actor_id = actor.pk if actor else None
        record(institution.pk, f"cost:{saved.row.pk}", "indicators.cost_saved", now, actor_id, data)
    return saved.row


def _not_mixed(row: AttentionCost, before: Mapping[str, Any] | None) -> None:
    """Refuse a year told both ways: what is said of all would hold what is said of each once more."""
    others = AttentionCost.objects.filter(
        institution_id=row.institution_id, year=row.year, is_active=True
    ).exclude(pk=row.pk)
    others = others.exclude(channel="") if row.channel == "" else others.filter(channel="")
    if row.is_active and others.exists():
        raise Refused("cost_mixed", year=row.year)
