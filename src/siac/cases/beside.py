# SPDX-License-Identifier: EUPL-1.2
"""Who is answering a case at this moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from siac.cases.models import Case, Presence
from siac.cases.surroundings.teamwork import Writer
from siac.organizations.public import Access

FRESH = timedelta(seconds=50)
"""A sign of life comes every twenty seconds: two may be lost."""


def answering(access: Access, writers: Iterable[Writer], *, now: datetime) -> list[str]:
    """Return the names of those of `writers`, others than the reader, who are answering at this moment."""
    return [
        writer.name for writer in writers if writer.user_id != access.user.pk and writer.seen_at > now - FRESH
    ]


def lately_writing(case: Case) -> list[Writer]:
    """Return who has been answering a case in the last hour, by name (1 SQL)."""
    rows = Presence.objects.filter(case=case).order_by("user__name", "user_id")
    return [Writer(*row) for row in rows.values_list("user_id", "user__name", "seen_at")]
