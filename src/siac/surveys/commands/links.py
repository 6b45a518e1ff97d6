# SPDX-License-Identifier: EUPL-1.2
"""Doors to a survey that anybody may go through."""

import secrets
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.organizations.public import Institution, note_configuration
from siac.surveys.models import Survey, SurveyLink


def new_token() -> str:
    """Return a secret that opens a survey: 128 random bits."""
    return secrets.token_urlsafe(16)


@transaction.atomic
def save_link(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    survey: Survey,
    name: str,
    kind: str,
    point_id: int | None = None,
    is_active: bool = True,
    link: SurveyLink | None = None,
) -> SurveyLink:
    """Open a door to a survey, or change one; its address stays (3 SQL)."""
    row = link or SurveyLink(institution=institution, survey=survey, token=new_token())
    row.name, row.kind, row.point_id, row.is_active = name, kind, point_id, is_active
    row.save()
    data = {"survey": survey.pk, "link": row.pk, "open": is_active}
    note_configuration(institution.pk, "surveys.link_saved", actor=actor, now=now, data=data)
    return row
