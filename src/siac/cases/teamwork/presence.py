# SPDX-License-Identifier: EUPL-1.2
"""A sign that somebody is writing an answer; no part of the case's history."""

from datetime import datetime, timedelta

from django.db import connection

from siac.accounts.public import User
from siac.cases.models import Case, Presence

KEPT_FOR = timedelta(hours=1)
_SIGN = """
INSERT INTO cases_presence (case_id, user_id, seen_at) VALUES (%s, %s, %s)
ON CONFLICT (case_id, user_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
"""


def sign_presence(*, case: Case, actor: User, now: datetime) -> None:
    """Note that `actor` is answering `case` now (1 SQL); the caller has seen that they may."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN, [case.pk, actor.pk, now])


def forget_presence(*, now: datetime) -> int:
    """Delete signs an hour old; return how many."""
    deleted, _ = Presence.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
    return deleted
