# SPDX-License-Identifier: EUPL-1.2
"""Declaring what units are recognised for, and ending it."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.charters.domain.recognition import FEWEST, MOST
from siac.charters.models import RecognitionRule
from siac.charters.sealing import RECOGNITION_DECLARED, RECOGNITION_ENDED, recognition_digest
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution

MOST_RULES = 20
"""Criteria that a body may have in use."""


@transaction.atomic
def declare_recognition(
    *, institution: Institution, title: str, periods: int, least: int, actor: User, now: datetime
) -> RecognitionRule:
    """Declare what units are recognised for, by periods that begin from today on (4 SQL).

    Raises:
        Refused: it has no name (recognition_name), asks for too few or too many periods in a row
            (recognition_periods), or the body has many in use (recognition_many).
    """
    named = squeeze(title)[:100]
    if not named:
        raise Refused("recognition_name")
    if not FEWEST <= periods <= MOST or least < 0:
        raise Refused("recognition_periods", fewest=FEWEST, most=MOST)
    if RecognitionRule.objects.filter(institution=institution, ended_on=None).count() >= MOST_RULES:
        raise Refused("recognition_many", most=MOST_RULES)
    row = RecognitionRule.objects.create(
        institution=institution, title=named, periods=periods, least=least,
        declared_on=institution.local_date(now), declared_by=actor,
    )  # fmt: skip
    _write(row, RECOGNITION_DECLARED, actor, now)
    return row


@transaction.atomic
def end_recognition(*, institution: Institution, rule_id: int, actor: User, now: datetime) -> RecognitionRule:
    """End a criterion: periods that end after today do not count (4 SQL). What was earned stays.

    Raises:
        Refused: there is none in use with that number (recognition_unknown).
    """
    rows = RecognitionRule.objects.select_for_update().filter(institution=institution, ended_on=None)
    row = rows.filter(pk=rule_id).first()
    if row is None:
        raise Refused("recognition_unknown")
    row.ended_on = institution.local_date(now)
    row.save(update_fields=["ended_on"])
    _write(row, RECOGNITION_ENDED, actor, now)
    return row


def _write(row: RecognitionRule, kind: str, actor: User, now: datetime) -> None:
    data = {"recognition": row.pk, "digest": recognition_digest(row)}
    record(row.institution_id, f"recognition:{row.pk}", kind, now, actor.pk, data)
