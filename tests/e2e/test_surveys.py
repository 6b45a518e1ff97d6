# SPDX-License-Identifier: EUPL-1.2
"""A survey is answered in a real browser: what it sends with a form is not what a test client sends."""

import pytest
from playwright.sync_api import Page

from siac.surveys.models import SurveyAnswer
from tests.surveys.conftest import make_survey
from tests.surveys.test_answering import open_door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_answers_through_an_open_door(page: Page, live_server, house) -> None:
    survey = make_survey(house)
    link = open_door(house, survey)
    page.goto(f"{live_server.url}/{house.slug}/encuesta/{link.token}/")
    for _ in range(10):
        if "/gracias/" in page.url:
            break
        for name in {each.get_attribute("name") for each in page.query_selector_all("input[type=radio]")}:
            page.check(f"input[name={name}] >> nth=-1", force=True)
        page.click("main button.govuk-button >> nth=0")
        page.wait_for_load_state()
    assert "/gracias/" in page.url
    assert SurveyAnswer.objects.filter(survey=survey).count() == 1
