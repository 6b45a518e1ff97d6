# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of surveys."""

from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution
from siac.surveys.models import Survey


def _load_surveys(institution_id: int) -> dict[int, Survey]:
    rows = Survey.objects.filter(institution_id=institution_id).order_by("-is_active", "name", "pk")
    return {row.pk: row for row in rows}


_SURVEYS: ConfigCache[dict[int, Survey]] = ConfigCache(_load_surveys)


def surveys(institution: Institution) -> dict[int, Survey]:
    """Return the surveys of a body by primary key, those that take answers first; no SQL when warm."""
    return _SURVEYS.get(institution)


def survey_of(institution: Institution, survey_id: int) -> Survey | None:
    """Return a survey of a body as it stands (1 SQL), to be changed; None where it has none with that key."""
    return Survey.objects.filter(institution=institution, pk=survey_id).first()
