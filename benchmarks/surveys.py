# SPDX-License-Identifier: EUPL-1.2
"""Surveys: how many answers a second come in at an open door, and what their results cost."""

import json
import statistics
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils.timezone import now

from benchmarks.clients import CLIENTS, Ask, load
from benchmarks.fill import SLUG
from benchmarks.measuring import database_time
from benchmarks.requests import OFFICER
from benchmarks.serving import serving
from siac.accounts.public import User
from siac.organizations.public import Institution
from siac.surveys.models import Survey, SurveyAnswer, SurveyLink
from siac.surveys.public import save_link, save_survey, settle_answers

ANSWERS = 100_000
ROUNDS = 15
_ONE_PAGE = {
    "format": "siac-questionnaire",
    "version": 1,
    "main": "nota",
    "sections": [
        {"code": "unica", "title": "", "questions": [
            {"code": "nota", "kind": "scale7", "label": "¿Qué nota le pone?", "required": True},
            {"code": "volveria", "kind": "yes_no", "label": "¿Volvería?"},
        ]}
    ],
}  # fmt: skip
_FILL = """
INSERT INTO surveys_surveyanswer
  (id, institution_id, survey_id, version, answered_on, way, is_complete, answers, is_settled, place_id)
SELECT (random() * 9e15)::bigint, %(institution)s, %(survey)s, 1, %(today)s::date - (n %% 400), 'link', true,
  jsonb_build_object('nota', 1 + n %% 7, 'volveria', CASE WHEN n %% 3 = 0 THEN 'no' ELSE 'yes' END), false, 0
FROM generate_series(1, %(count)s) n
"""


def survey_speed(institution: Institution) -> Iterable[str]:
    """Yield what answering and reading surveys costs."""
    keeper = User.objects.get(email=OFFICER)
    survey = Survey.objects.filter(institution=institution, name="Banco de pruebas").first() or save_survey(
        institution=institution, actor=keeper, now=now(), name="Banco de pruebas", title="Banco",
        questionnaire=json.loads(json.dumps(_ONE_PAGE)), is_active=True,
    )  # fmt: skip
    link = SurveyLink.objects.filter(survey=survey).first() or save_link(
        institution=institution, survey=survey, actor=keeper, now=now(), name="Banco", kind="link"
    )
    yield from _at_the_door(link.token)
    _fill(institution, survey)
    before, begun = database_time(), time.perf_counter()
    settled = settle_answers(institution, now=now())
    yield (
        f"- {settled:,} answers written anew at night in {time.perf_counter() - begun:.0f} s"
        f" ({database_time() - before:.0f} s of the database)"
    )
    yield _results(survey)


def _at_the_door(token: str) -> Iterable[str]:
    address = f"/{SLUG}/encuesta/{token}/"

    def answer(ask: Ask) -> None:
        ask(address, {"q_nota": "6", "q_volveria": "yes"})

    with serving(SIAC_PROXIES="1") as (process, port):
        found = load(port, answer, process)
    yield f"- {CLIENTS} visitors answering a survey of one page, `siac serve`: {found.told()}"


def _fill(institution: Institution, survey: Survey) -> None:
    today = institution.local_date(now()) - timedelta(days=1)
    values: dict[str, Any] = {
        "institution": institution.pk,
        "survey": survey.pk,
        "today": today,
        "count": ANSWERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FILL, values)
        cursor.execute("VACUUM ANALYZE surveys_surveyanswer")


def _results(survey: Survey) -> str:
    browser = Client()
    browser.force_login(User.objects.get(email=OFFICER))
    address = f"/{SLUG}/gestion/encuestas/{survey.pk}/resultados/"
    web, db = [], []
    for _ in range(ROUNDS):
        before, begun = database_time(), time.process_time()
        page = browser.get(address)
        web.append((time.process_time() - begun) * 1000)
        db.append((database_time() - before) * 1000)
    if page.status_code != 200:
        raise SystemExit(f"surveys: {address} answered {page.status_code}")
    count = SurveyAnswer.objects.filter(survey=survey).count()
    return (
        f"- results of {count:,} answers: {statistics.median(web):.1f} ms of Python,"
        f" {statistics.median(db):.1f} ms of the database"
    )
