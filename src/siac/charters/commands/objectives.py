# SPDX-License-Identifier: EUPL-1.2
"""Writing what a charter is meant to achieve."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.drafting import held_draft
from siac.charters.models import CharterEdition
from siac.indicators.public import Indicator, followed
from siac.infra.metrics import SHARES
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import says_something, squeeze
from siac.organizations.public import Institution, Saved, save_version

MOST_OBJECTIVES = 20
_TENTH = Decimal("0.1")


@transaction.atomic
def save_objectives(
    *,
    institution: Institution,
    edition_id: int,
    rows: Sequence[Mapping[str, Any]],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Write the objectives of a draft: {text, indicator_id, target}, each with an indicator and its target in
    the unit of it, or with neither (9 SQL).

    Raises:
        Refused: as `held_draft`; there are too many (objectives_full), one says nothing (objective_text), has
            an indicator that the body does not follow (objective_indicator), or an indicator without a target
            that it can have (objective_target); or somebody saved it meanwhile (saved_meanwhile).
    """
    edition = held_draft(institution, edition_id)
    if len(rows) > MOST_OBJECTIVES:
        raise Refused("objectives_full", most=MOST_OBJECTIVES)
    asked = {row["indicator_id"] for row in rows if row.get("indicator_id")}
    known = {each.pk: each for each in followed(institution).filter(pk__in=asked)} if asked else {}
    if asked != set(known):
        raise Refused("objective_indicator")
    kept = [_row(row, known.get(row.get("indicator_id") or 0)) for row in rows]
    saved = save_version(edition, {"objectives": kept}, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": edition.pk, "version": saved.row.version, "objectives": len(kept)}
        by = actor.pk if actor else None
        record(institution.pk, edition.charter.stream, "charters.edition_saved", now, by, data)
    return saved


def _row(row: Mapping[str, Any], indicator: Indicator | None) -> dict[str, Any]:
    text, target = squeeze(row["text"]), row.get("target")
    if not says_something(text, 3):
        raise Refused("objective_text")
    if indicator is None:
        return {"text": text, "indicator_id": None, "target": None}
    is_share = indicator.statistic in SHARES if indicator.metric else indicator.unit == "%"
    if target is None or target < 0 or (is_share and target > 100):
        raise Refused("objective_target")
    return {"text": text, "indicator_id": indicator.pk, "target": str(Decimal(target).quantize(_TENTH))}
