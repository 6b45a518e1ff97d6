# SPDX-License-Identifier: EUPL-1.2
"""A survey of the body, and what its quality manager fills in to change it."""

from datetime import timedelta
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.surveys.commands.surveys import save_survey
from siac.surveys.domain.interchange import dump
from siac.surveys.models import Survey
from siac.surveys.ready import MODELS
from tests.factories import NOW, House


def make_survey(house: House, **fields: Any) -> Survey:
    """Make a survey with the short questionnaire, a day before now."""
    model = MODELS["short"]
    given = {
        "name": "Tras la atención", "title": model.title, "intro": model.intro, "thanks": model.thanks,
        "questionnaire": dump(model.questionnaire), **fields,
    }  # fmt: skip
    row = save_survey(
        institution=house.institution,
        actor=house.user(Role.QUALITY_MANAGER),
        now=NOW - timedelta(days=1),
        **given,
    )
    house.institution.refresh_from_db()
    return row


@pytest.fixture
def survey(house) -> Survey:
    return make_survey(house)
