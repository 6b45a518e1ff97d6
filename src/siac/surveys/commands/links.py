# SPDX-License-Identifier: EUPL-1.2
"""Doors to a survey that anybody may go through."""

import secrets
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.organizations.public import Institution, check_basis, note_configuration
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
    based_on: int | None = None,
) -> SurveyLink:
    """Open a door to a survey, or change one; its address stays (3 SQL, 4 of one that is there).

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile).
    """
    row = SurveyLink(institution=institution, survey=survey, token=new_token())
    if link is not None:
        row = SurveyLink.objects.select_for_update().get(institution=institution, pk=link.pk)
        check_basis(based_on, row.version)
        row.version += 1
    row.name, row.kind, row.point_id, row.is_active = name, kind, point_id, is_active
    row.save()
    data = {"survey": survey.pk, "link": row.pk, "open": is_active}
    note_configuration(institution.pk, "surveys.link_saved", actor=actor, now=now, data=data)
    return row
