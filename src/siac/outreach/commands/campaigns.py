# SPDX-License-Identifier: EUPL-1.2
"""Planning campaigns, and saying what came of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, Visibility, attach
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, Saved, save_version, unit_tree
from siac.outreach.models import Campaign, Medium

FILES = "outreach_campaign"
"""What evidence is of, in the store of documents."""


def _check(institution: Institution, row: Campaign) -> None:
    if row.ends_on < row.starts_on or row.starts_on.year != row.year:
        raise Refused("campaign_days")
    if not row.media or not set(row.media) <= set(Medium.values):
        raise Refused("campaign_media")
    if row.unit_id is not None and row.unit_id not in unit_tree(institution).nodes:
        raise Refused("campaign_unit")


@transaction.atomic
def save_campaign(
    *,
    institution: Institution,
    campaign: Campaign | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
    **fields: Any,
) -> Campaign:
    """Plan a campaign, or write its next version; `fields` are those of the model (4 to 6 SQL).

    Raises:
        Refused: days in the wrong order or outside the year of the plan (campaign_days), no medium or one
            that is none (campaign_media), a unit of elsewhere (campaign_unit), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    values = {name: squeeze(value) if isinstance(value, str) else value for name, value in fields.items()}
    row = campaign or Campaign(institution=institution)
    saved = save_version(
        row,
        values,
        based_on=based_on,
        actor=actor,
        now=now,
        check=lambda row, before: _check(institution, row),
    )
    _tell(saved, "campaign_saved", actor, now)
    return saved.row


def _tell(saved: Saved[Campaign], kind: str, actor: User | None, now: datetime, **more: Any) -> None:
    if not saved.is_changed and not more.get("files"):
        return
    row = saved.row
    data = {"campaign": row.pk, "version": row.version, **more}
    record(row.institution_id, row.stream, f"outreach.{kind}", now, actor.pk if actor else None, data)


@transaction.atomic
def evaluate_campaign(
    *,
    institution: Institution,
    campaign: Campaign,
    reached: int | None,
    measured_by: str,
    evaluation: str,
    files: Sequence[CheckedFile] = (),
    based_on: int | None = None,
    actor: User,
    now: datetime,
) -> Campaign:
    """Say what a campaign reached, how that was measured, and what it is worth; evidence is added to what is
    there and never replaced (6 SQL, and 2 for files).

    Raises:
        Refused: it was dropped (campaign_dropped) or has not begun (evaluation_early); nobody says what came
            of it (evaluation_words) or how the reach was measured (evaluation_measured); or somebody saved it
            meanwhile (saved_meanwhile).
    """
    today = institution.local_date(now)
    said, how = evaluation.strip()[:2000], squeeze(measured_by)[:300]

    def check(row: Campaign, before: Any) -> None:
        _check_evaluation(row, reached, how, said, today)

    values = {"reached": reached, "measured_by": how, "evaluation": said, "evaluated_on": today}
    saved = save_version(campaign, values, based_on=based_on, actor=actor, now=now, check=check)
    attach(
        institution.pk, FILES, saved.row.pk, files, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL
    )
    _tell(saved, "campaign_evaluated", actor, now, files=len(files))
    return saved.row


def _check_evaluation(row: Campaign, reached: int | None, how: str, said: str, today: date) -> None:
    if row.is_dropped:
        raise Refused("campaign_dropped")
    if row.starts_on > today:
        raise Refused("evaluation_early")
    if not said:
        raise Refused("evaluation_words")
    if reached is not None and not how:
        raise Refused("evaluation_measured")
