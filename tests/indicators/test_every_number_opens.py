# SPDX-License-Identifier: EUPL-1.2
"""Whatever the metric, whoever looks and however it is cut: a number opens as many rows as it says."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from siac.accounts.public import Role, rights_of
from siac.cases.models import Case
from siac.indicators.figures.cube import recount
from siac.indicators.figures.forms import NO_MEMBER
from siac.indicators.figures.measuring import measure
from siac.infra.metrics import metric, metrics, source
from siac.organizations.public import StaffRight
from siac.surveys.models import SurveyAnswer
from tests.indicators.test_pages import FIRST, LAST, OCTOBER, SEPTEMBER, ask, now, rows_of
from tests.surveys.conftest import make_survey
from tests.words import words

__all__ = ["now"]
pytestmark = pytest.mark.django_db
READERS = sorted(role for role in Role if StaffRight.FIGURES in rights_of(role))
KEYS = [each.key for each in metrics()]


@pytest.fixture
def half_hidden(counted, now):
    """A body of whose requests every other is restricted."""
    ids = Case.objects.filter(institution=counted.institution).order_by("pk").values_list("pk", flat=True)
    Case.objects.filter(pk__in=list(ids)[::2]).update(is_restricted=True)
    return counted


def asked_of(role: Role) -> list[str]:
    """All, for whoever keeps them; of the other roles a third by turns: each metric is opened by several."""
    return KEYS if role is Role.QUALITY_MANAGER else KEYS[READERS.index(role) % 3 :: 3]


@pytest.mark.parametrize("role", READERS)
def test_every_metric_opens_as_many_rows_as_it_says_to_every_role(half_hidden, role):
    reader, seen = half_hidden.client(role), 0
    for key in asked_of(role):
        page = ask(reader, half_hidden, f"{key}/", **SEPTEMBER)
        said = page.context["line"].now.total
        for part in page.context["parts"]:
            opened = reader.get(part.url)
            assert rows_of(opened) == part.count == opened.context["chosen"].count, (key, part.name)
            seen += part.count
        assert page.context["parts"][0].count == said, key
    assert seen


def _is_cut(key: str) -> bool:
    """Whether a metric is told apart by more than facts about persons."""
    return any(not each.is_trait for each in source(metric(key).of.source).dimensions)


@pytest.mark.parametrize("key", [key for key in KEYS if not metric(key).is_yearly and _is_cut(key)])
def test_each_group_of_each_cut_opens_as_many_rows_as_it_says(half_hidden, key):
    reader, of, seen = half_hidden.client(Role.QUALITY_MANAGER), metric(key), 0
    for by in (each for each in source(of.of.source).dimensions if not each.is_trait):
        page = ask(reader, half_hidden, f"{key}/", **SEPTEMBER, por=by.address)
        said = measure(half_hidden.institution, of, [(FIRST, LAST)], today=LAST, by=by.key)
        for row in (each for each in page.context["charts"][1].rows if each.url):
            (member,) = parse_qs(urlsplit(row.url).query)[by.address]
            opened = reader.get(row.url)
            assert rows_of(opened) == said.told(0, member.removeprefix(NO_MEMBER)).total, (by.key, row.label)
            seen += 1
    assert seen


# Of answers of few


@pytest.fixture
def answered_by_few(house, now):
    """Three surveys of 2026: A with 24 answers in September and 2 in August, B with 2 and C with 9 then."""
    surveys = {name: make_survey(house, name=name) for name in "ABC"}
    sizes = {("A", 9): 24, ("A", 8): 2, ("B", 9): 2, ("C", 9): 9}
    number = 2**40
    for (name, month), n in sizes.items():
        for place in range(n):
            SurveyAnswer.objects.create(
                institution=house.institution, survey=surveys[name], id=number, version=1, way="link",
                answered_on=date(2026, month, 3 + place % 20), counted_on=date(2026, month, 3 + place % 20),
                is_complete=True, answers={}, mark=7, top=7, net=100,
            )  # fmt: skip
            number += 1
    for _ in recount(house.institution, source("surveys"), now=OCTOBER):
        continue
    return house, surveys


def shown(house, path: str, **asked) -> str:
    """Return the figure that a page tells first."""
    page = ask(house.client(Role.QUALITY_MANAGER), house, path, **asked)
    assert page.status_code == 200
    return page.context["line"].value


@pytest.mark.parametrize("key", ["surveys.net", "surveys.mean", "surveys.top_two"])
def test_no_window_cut_or_filter_tells_what_few_said(answered_by_few, key):
    house, surveys = answered_by_few
    one_day = {"periodo": "dias", "desde": "2026-09-03", "hasta": "2026-09-03"}
    assert shown(house, f"{key}/", **one_day) == "—"
    assert shown(house, f"{key}/", en="2026-09-01", **{"por-donde-se-respondio": "link"}) == "—"
    reader = house.client(Role.QUALITY_MANAGER)
    page = ask(reader, house, f"{key}/", en="2026-09-01", por="por-donde-se-respondio")
    assert [row.words for row in page.context["charts"][1].rows] == ["No se dice por partes"]
    page = ask(reader, house, f"{key}/", en="2026-09-01", por="encuesta")
    rows = {row.label: row for row in page.context["charts"][1].rows}
    assert {name: row.value is not None for name, row in rows.items()} == {"A": False, "B": False, "C": True}
    assert rows["A"].words == "Muy pocas para decirlo"
    for name, told in (("A", False), ("B", False), ("C", True)):
        value = shown(house, f"{key}/", en="2026-09-01", encuesta=str(surveys[name].pk))
        assert (value != "—") == told, name  # two of A answered in August: the quarter would tell them


def test_neither_table_nor_steps_tell_the_marks_of_one_day(answered_by_few):
    house, _ = answered_by_few
    reader = house.client(Role.QUALITY_MANAGER)
    one_day = {"periodo": "dias", "desde": "2026-08-03", "hasta": "2026-08-03"}
    sheet = b"".join(ask(reader, house, "surveys.mean/", **one_day, formato="csv")).decode("utf-8-sig")
    assert "Valor" not in sheet and ";7;" not in sheet
    opened = ask(reader, house, "surveys.mean/solicitudes/", **one_day, valor="7-7")
    assert opened.context["step"] is None and rows_of(opened) == 1
    shares = ask(reader, house, "surveys.top_two/solicitudes/", **one_day)
    assert [part.name for part in shares.context["parts"]] == ["Todas"]


def test_all_surveys_together_tell_nothing_where_those_that_are_not_told_are_few(answered_by_few):
    house, surveys = answered_by_few
    SurveyAnswer.objects.filter(survey=surveys["A"]).delete()
    for _ in recount(house.institution, source("surveys"), now=OCTOBER):
        continue
    assert shown(house, "surveys.net/", en="2026-09-01") == "—"  # all less C is what the two of B said
    assert shown(house, "surveys.net/", en="2026-09-01", encuesta=str(surveys["C"].pk)) != "—"


@pytest.mark.parametrize(
    ("asked", "said", "why"),
    [
        ({"en": "2026-10-01"}, "Todavía no se dice", "cuando el mes, el trimestre o el año terminó"),
        ({"en": "2026-08-01"}, "Muy pocas para decirlo", "se sabría qué dijo cada persona"),
        ({"en": "2026-09-01", "por-donde-se-respondio": "link"}, "No se dice por partes", "tan pocas"),
    ],
)
def test_why_nothing_is_told_stands_where_the_figure_would(answered_by_few, asked, said, why):
    """Forty-seven answers and a page that says «sin casos» beside them: nobody believes such a page again."""
    house, surveys = answered_by_few
    SurveyAnswer.objects.filter(counted_on__month=9, survey=surveys["C"]).update(
        counted_on=date(2026, 10, 1), answered_on=date(2026, 10, 1)
    )
    for _ in recount(house.institution, source("surveys"), now=OCTOBER):
        continue
    page = ask(house.client(Role.QUALITY_MANAGER), house, "surveys.net/", **asked)
    text = words(page)
    assert said in text and why in text
    assert "Sin cifra de antes" not in text
    trend = page.context["charts"][0]
    assert not trend.title.startswith("Octubre de 2026: sin casos")
