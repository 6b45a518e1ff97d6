# SPDX-License-Identifier: EUPL-1.2
"""A report of the body's own is frozen: its copy and its paper are made by a job and stay as they were."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pdfua
import pypdf
import pytest
from django.urls import reverse
from PIL import Image

from siac.accounts.public import Role
from siac.indicators.domain.figures import Silence
from siac.indicators.models import Indicator
from siac.indicators.public import Length, containing, count_all, freeze_result
from siac.infra.longwork import run_long
from siac.infra.pdf import render
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.notices.models import Notice
from siac.organizations.versioned import differences
from siac.reporting.domain.own import MOST_SECTIONS, TEXT_LIMIT
from siac.reporting.frozen import commands, notices
from siac.reporting.frozen.making import LINE, making
from siac.reporting.frozen.proof import frozen_problems
from siac.reporting.models import FrozenReport, OwnReport
from siac.reporting.own.commands import freeze_own_report, save_own_report
from siac.reporting.own.contents import frozen_chart
from siac.reporting.own.paper import SECONDS, TEMPLATE, report_paper
from siac.reporting.own.reading import told_sections
from siac.reporting.tasks import make_frozen, scheduled
from tests.factories import NOW, House, answer, file, make_house
from tests.reporting.conftest import DAY, LATER
from tests.words import words

pytestmark = pytest.mark.django_db
OCTOBER = NOW.replace(month=10, day=15)
SEPTEMBER = containing(Length.MONTH, date(2026, 9, 1), today=date(2026, 10, 15))
WORDS = {"kind": "words", "title": "Qué es esto", "text": "Lo que llegó.\n\nY lo que se respondió."}
RECEIVED = {"kind": "figure", "title": "", "metric": "cases.received", "asked": {}, "shown": "months"}
BY_UNIT = {**RECEIVED, "title": "Por unidad", "asked": {"por": "unidad"}, "shown": "groups"}
TOLD = partial(Notice.objects.filter, kind="reporting.summary_ready")
ON_TIME = {**RECEIVED, "metric": "cases.answered_in_term"}


@pytest.fixture(autouse=True)
def _october(monkeypatch):
    for page in ("own", "frozen"):
        monkeypatch.setattr(f"siac.reporting.{page}.workspace.current_time", lambda: OCTOBER)


def put(house: House, *sections: dict[str, Any], title: str = "Al comité", **changes: Any) -> OwnReport:
    said = {"title": title, "sections": sections or (WORDS, RECEIVED, BY_UNIT), **changes}
    return save_own_report(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER, **said
    )


def asked(house: House, report: OwnReport, *, now: datetime = OCTOBER, **changes: Any) -> FrozenReport:
    said = {"window": SEPTEMBER, "actor": house.user(Role.QUALITY_MANAGER), **changes}
    return freeze_own_report(report=report, now=now, **said)


def frozen(house: House, report: OwnReport, *, now: datetime = OCTOBER, **changes: Any) -> FrozenReport:
    row = asked(house, report, now=now, **changes)
    run_long(LINE, row.pk, making, clock=lambda: now)
    row.refresh_from_db()
    assert row.state == WorkState.DONE, row.fault
    return row


def pages_of(row: FrozenReport) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(bytes(row.paper))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def url(name: str, house: House, pk: int) -> str:
    return reverse(f"workspace:reporting:{name}", args=[house.slug, pk])


def test_a_press_freezes_the_period_that_was_looked_at_and_the_paper_says_what_the_page_says(told):
    report = put(told, {**WORDS, "title": ""}, RECEIVED, BY_UNIT, intro="Para la reunión.")
    client = told.client(Role.QUALITY_MANAGER)
    sent = client.post(url("own_report_freeze", told, report.pk), {"en": "2026-09-01"})
    row = FrozenReport.objects.get(report=report)
    assert sent.headers["Location"] == url("own_copy", told, row.pk)
    assert "En cola" in words(client.get(sent.headers["Location"]))
    make_frozen(row.pk)
    row.refresh_from_db()
    (text,) = pages_of(row)
    assert "—" not in text.partition("Solicitudes recibidas")[0]
    for said in ("Al comité", "Septiembre de 2026", "Para la reunión.", "Lo que llegó.", "Por unidad"):
        assert said in text
    shown = words(client.get(url("own_copy", told, row.pk)))
    assert "Al comité, septiembre de 2026" in shown and "Lo más alto" in shown and "Lo más alto" in text
    listed = client.get(url("own_report", told, report.pk)).content.decode()
    assert url("own_copy", told, row.pk) in listed and "Todas las copias" in listed
    assert (
        url("own_copy", told, row.pk)
        in client.get(url("own_report_copies", told, report.pk)).content.decode()
    )


def test_its_paper_is_accessible_and_its_drawings_are_drawn(told, tmp_path):
    of = Indicator.objects.get(institution=told.institution, code="siac-dentro-del-plazo")
    Indicator.objects.filter(pk=of.pk).update(since=date(2026, 1, 1))
    freeze_result(
        institution=told.institution, indicator_id=of.pk, first=date(2026, 9, 1), actor=None, now=LATER
    )
    indicator = {"kind": "indicator", "title": "", "indicator": of.pk}
    row = frozen(told, put(told, WORDS, RECEIVED, BY_UNIT, ON_TIME, indicator))
    path = tmp_path / "report.pdf"
    path.write_bytes(bytes(row.paper))
    faults = [each for each in pdfua.validate(path).findings if each.severity >= pdfua.Severity.ERROR]
    assert faults == []
    assert of.name in " ".join(pages_of(row))
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm is not installed here")
    subprocess.run([program, "-png", "-r", "60", path, tmp_path / "page"], check=True)
    first = Image.open(min(tmp_path.glob("page*.png"))).convert("RGB")
    colours = {colour: count for count, colour in first.getcolors(1 << 20)}
    assert colours[11, 79, 108] > 100  # #0b4f6c, of columns and bars


def test_a_copy_stays_as_it_was_whatever_becomes_of_the_report_and_of_its_figures(told):
    report = put(told)
    row = frozen(told, report)
    before = row.content
    answer(told, file(told, unit_id=told.units["obras"], now=NOW + 5 * DAY), now=NOW + 6 * DAY)
    count_all(told.institution, now=LATER)
    put(told, WORDS, report=report, title="Otro nombre", based_on=1)
    row.refresh_from_db()
    assert row.content == before and before["sections"][1]["value"] == "4"
    shown = words(told.client(Role.AUDITOR).get(url("own_copy", told, row.pk)))
    assert "Al comité, septiembre de 2026" in shown
    again = frozen(told, OwnReport.objects.get(), now=OCTOBER + DAY)
    assert again.pk != row.pk and again.content["version"] == 2


def test_what_was_changed_behind_its_back_is_told_by_the_verification(told):
    one, other = put(told), put(told, title="Otro")
    row = frozen(told, one)
    body = told.institution.pk
    assert list(frozen_problems(body)) == []
    FrozenReport.objects.filter(pk=row.pk).update(content={**row.content, "intro": "Todo bien."})
    (problem,) = frozen_problems(body)
    assert problem.startswith("informe fijo") and problem.endswith("las cifras no son las que se fijaron")
    assert problem in str(verify_institution(body))
    FrozenReport.objects.filter(pk=row.pk).update(content=row.content, report=other)
    (problem,) = frozen_problems(body)
    assert problem.endswith("no es del informe que dice la bitácora")
    FrozenReport.objects.filter(pk=row.pk).delete()
    (problem,) = frozen_problems(body)
    assert problem.startswith("informe fijo") and problem.endswith("la bitácora lo conoce y ya no está")


def test_a_second_press_makes_no_second_copy_whether_the_first_waits_or_is_done(told):
    report = put(told)
    row = asked(told, report)
    assert asked(told, report).pk == row.pk
    run_long(LINE, row.pk, making, clock=lambda: OCTOBER)
    assert asked(told, report, now=OCTOBER + timedelta(seconds=30)).pk == row.pk
    assert asked(told, report, now=OCTOBER + timedelta(minutes=2)).pk != row.pk
    assert asked(told, put(told, title="Otro")).pk != row.pk  # another report of the same period


def test_a_copy_is_of_a_whole_period_that_is_over_of_a_report_in_use(told):
    report = put(told)
    client = told.client(Role.QUALITY_MANAGER)
    for day in ("2026-10-01", "²", "0001-01-01", "9999-12-31", "x" * 5000):
        assert client.post(url("own_report_freeze", told, report.pk), {"en": day}).status_code == 404
    with pytest.raises(Refused, match="own_running"):
        asked(told, report, window=SEPTEMBER.moved(1, today=date(2026, 10, 15)))
    retired = put(told, report=report, is_active=False)
    with pytest.raises(Refused, match="own_retired"):
        asked(told, retired)
    assert "Dejar fijo" not in client.get(url("own_report", told, report.pk)).content.decode()
    client.post(url("own_report_freeze", told, report.pk), {"en": "2026-09-01"})
    assert "está fuera de uso" in words(client.get(url("own_report", told, report.pk)))
    assert not FrozenReport.objects.exists()


def test_only_who_makes_reports_freezes_one_and_another_body_neither_sees_nor_freezes_it(told):
    report = put(told)
    row = frozen(told, report)
    freeze = url("own_report_freeze", told, report.pk)
    assert told.client(Role.COMMITTEE_MEMBER).post(freeze, {"en": "2026-09-01"}).status_code == 403
    assert told.client(Role.COMMITTEE_MEMBER).get(url("own_copy", told, row.pk)).status_code == 200
    assert told.client(Role.FRONT_DESK).get(url("own_copy_paper", told, row.pk)).status_code == 403
    other = make_house("otra")
    stranger = other.client(Role.QUALITY_MANAGER)
    for name in ("own_copy", "own_copy_paper", "own_report_copies"):
        pk = report.pk if name == "own_report_copies" else row.pk
        assert stranger.get(url(name, other, pk)).status_code == 404
        assert stranger.get(url(name, told, pk)).status_code in (403, 404)
    assert stranger.post(url("own_report_freeze", other, report.pk), {"en": "2026-09-01"}).status_code == 404
    assert stranger.post(url("own_copy_go_on", other, row.pk)).status_code == 404
    assert told.client(Role.AUDITOR).get(url("summary", told, row.pk)).status_code == 404  # it is no summary
    assert FrozenReport.objects.count() == 1


def test_each_period_is_frozen_by_itself_once_it_is_settled_and_its_readers_are_told(told, monkeypatch):
    report = put(told, is_frozen=True, told=[Role.COMMITTEE_MEMBER, Role.AUTHORITY])
    off = put(told, title="Sin fijar", told=[Role.AUDITOR])
    retired = put(told, title="Fuera de uso", is_frozen=True, is_active=False)
    monkeypatch.setattr("siac.reporting.tasks.timezone.now", lambda: LATER)
    scheduled()
    scheduled()
    row = FrozenReport.objects.get()
    assert (row.report_id, row.first, row.asked_by) == (report.pk, date(2026, 10, 1), None)
    assert {off.pk, retired.pk}.isdisjoint(FrozenReport.objects.values_list("report", flat=True))
    run_long(LINE, row.pk, making, clock=lambda: LATER)
    recipients = set(TOLD().values_list("recipient", flat=True))
    assert recipients == {f"user:{told.user(role).pk}" for role in (Role.COMMITTEE_MEMBER, Role.AUTHORITY)}
    notice = TOLD().first()
    subject, text = notices.render(notice)
    assert subject == "Al comité, octubre de 2026"
    assert "Solicitudes recibidas: 0" in text and url("own_copy", told, row.pk) in text


def test_a_schedule_begins_the_day_it_is_ordered_and_its_history_tells_it(told):
    report = put(told, is_frozen=True)
    assert report.frozen_since == told.institution.local_date(OCTOBER)
    kept = put(told, report=report, is_frozen=True, told=[Role.AUDITOR])
    assert kept.frozen_since == report.frozen_since
    page = words(told.client(Role.QUALITY_MANAGER).get(url("own_report_change", told, report.pk)))
    assert "Se avisa a" in page and "Auditoría" in page
    off = put(told, report=kept)
    page = words(told.client(Role.QUALITY_MANAGER).get(url("own_report_change", told, report.pk)))
    assert "15 de octubre de 2026" in page
    assert off.frozen_since is None
    with pytest.raises(Refused, match="own_told"):
        put(told, title="B", told=[Role.FRONT_DESK])


def test_a_version_of_before_copies_tells_no_change_of_what_it_did_not_have():
    labels = {"title": "título", "told": "se avisa a"}
    (change,) = differences(labels, {"title": "A"}, {"title": "B", "told": []}, {})
    assert change.label == "título"


def test_the_form_says_whether_it_is_frozen_by_itself_and_who_is_told(told):
    sent = {"title": "Al comité", "intro": "", "every": "mes", "is_active": "on", "is_frozen": "on"}
    sent |= {"contents-0-row": "1", "contents-0-kind": "words", "contents-0-text": "Hola."}
    client = told.client(Role.QUALITY_MANAGER)
    new = reverse("workspace:reporting:own_report_new", args=[told.slug])
    assert client.post(new, {**sent, "told": ["front_desk"]}).status_code == 422
    assert client.post(new, {**sent, "told": ["auditor", "authority"]}).status_code == 302
    report = OwnReport.objects.get()
    assert report.told == ["auditor", "authority"] and report.frozen_since is not None
    form = client.get(url("own_report_change", told, report.pk)).context["form"]
    assert form.initial["is_frozen"] and form.initial["told"] == ["auditor", "authority"]


def test_a_worker_killed_half_way_leaves_one_copy_one_entry_and_one_notice(told):
    report = put(told, told=[Role.AUDITOR])
    row = asked(told, report)
    steps = making(LINE.locked(row.pk), lambda: OCTOBER)
    next(steps)  # all is counted and drawn, nothing kept
    lease = OCTOBER - timedelta(minutes=1)
    FrozenReport.objects.filter(pk=row.pk).update(state=WorkState.RUNNING, leased_until=lease)
    for _ in range(2):
        run_long(LINE, row.pk, making, clock=lambda: OCTOBER)
    row.refresh_from_db()
    assert row.state == WorkState.DONE and list(frozen_problems(told.institution.pk)) == []
    assert TOLD().count() == 1


def test_one_that_broke_off_goes_on_by_a_button(told):
    row = asked(told, put(told))
    FrozenReport.objects.filter(pk=row.pk).update(state=WorkState.FAILED, fault="PdfUnavailable")
    client = told.client(Role.QUALITY_MANAGER)
    shown = words(client.get(url("own_copy", told, row.pk)))
    assert "Se interrumpió" in shown and "Al comité" in shown and "Seguir" in shown
    assert "Seguir" not in words(told.client(Role.AUDITOR).get(url("own_copy", told, row.pk)))
    assert client.get(url("own_copy_paper", told, row.pk)).status_code == 404
    client.post(url("own_copy_go_on", told, row.pk))
    row.refresh_from_db()
    assert row.state == WorkState.WAITING


def test_what_cannot_be_told_any_more_says_so_and_the_rest_is_told(told):
    report = put(told)
    of = Indicator.objects.get(institution=told.institution, code="siac-dentro-del-plazo")
    Indicator.objects.filter(pk=of.pk).update(since=date(2026, 1, 1), is_active=False)
    gone = [
        {**RECEIVED, "metric": "cases.gone"},
        {**RECEIVED, "asked": {"canal": "nada"}},
        {"kind": "indicator", "title": "", "indicator": of.pk},
        {"kind": "indicator", "title": "Otro", "indicator": 10**9},
    ]
    OwnReport.objects.filter(pk=report.pk).update(sections=[*gone, RECEIVED])
    row = frozen(told, OwnReport.objects.get())
    text = " ".join(pages_of(row))
    assert text.count("Esta cifra ya no existe") == 2
    assert of.name in text and text.count("Todavía no tiene resultados de este período") == 2
    assert row.content["sections"][-1]["value"] == "4"


def test_a_body_without_requests_and_one_never_counted_get_their_paper(house):
    report = put(house, RECEIVED, BY_UNIT, ON_TIME)
    text = " ".join(pages_of(frozen(house, report)))
    assert "Sin datos contados." in text
    count_all(house.institution, now=OCTOBER)
    text = " ".join(pages_of(frozen(house, report, now=OCTOBER + DAY)))
    assert "Solicitudes recibidas 0" in text and "dentro del plazo legal Sin casos" in text


def test_a_figure_of_few_answers_says_why_it_is_not_told(told, monkeypatch):
    """Few are neither a dash nor «Sin casos», in the copy and in the paper."""
    report = put(told, {**RECEIVED, "metric": "cases.rated_well"})
    today = told.institution.local_date(OCTOBER)
    (section,) = told_sections(told.institution, report, SEPTEMBER, today=today)
    few = replace(section.page.line.now, untold=Silence.FEW)
    months = [(month, replace(each, untold=Silence.FEW)) for month, each in section.page.months]
    page = replace(section.page, line=replace(section.page.line, now=few), months=months)
    monkeypatch.setattr(
        "siac.reporting.own.contents.told_sections", lambda *args, **kwargs: [replace(section, page=page)]
    )
    row = frozen(told, report)
    (kept,) = row.content["sections"]
    assert (kept["value"], kept["of"]) == ("Muy pocas para decirlo", "")
    text = " ".join(pages_of(row))
    assert "Muy pocas para decirlo" in text and "se sabría qué dijo cada persona" in text
    assert "Muy pocas para decirlo: septiembre de 2026." in text


@pytest.mark.parametrize("title", ["\u200b\u3164", "📊📊", "مرحبا", "#let x = 1; = *_$ @ <a>", "=1+1", "\\"])
def test_what_people_type_as_a_title_or_a_text_is_printed_and_never_read(house, title):
    report = put(house, {**WORDS, "title": title, "text": title if title.strip("\u200b\u3164") else "Hola."})
    (text,) = pages_of(frozen(house, report))
    assert "Al comité" in text
    if title.isascii():
        assert text.count(title) == 2


def test_two_who_press_at_once_get_one_copy(told, monkeypatch):
    """Whoever comes second waits for the first, and looks again."""
    report, order = put(told), []
    real = commands._one_at_a_time

    def first_comes_another(institution):
        if not order:
            order.append("second")
            order.append(asked(told, report, actor=told.user(Role.AUTHORITY)).pk)
        real(institution)

    monkeypatch.setattr(commands, "_one_at_a_time", first_comes_another)
    assert asked(told, report).pk == order[1]
    assert FrozenReport.objects.count() == 1


def test_twenty_sections_with_long_tables_and_words_without_end_have_their_paper(told, tmp_path):
    row = frozen(told, put(told, *[BY_UNIT] * (MOST_SECTIONS - 1), {**WORDS, "text": "a" * TEXT_LIMIT}))
    endless = "Departamentodeatencióndepersonas" * 8
    sections = []
    for each in row.content["sections"][:-1]:
        one = {**each["chart"]["rows"][0], "label": endless, "words": "1.234.567", "detail": endless}
        sections.append({**each, "chart": {**each["chart"], "rows": [one] * 300}})
    content = {**row.content, "sections": [*sections, row.content["sections"][-1]]}
    row.paper = render(TEMPLATE, report_paper(row, content, made_at=OCTOBER), seconds=SECONDS)
    pages = pages_of(row)
    assert len(pages) > MOST_SECTIONS and sum("Y 240 más" in page for page in pages) == MOST_SECTIONS - 1
    assert [word for page in pages for word in page.split() if len(word) > 130] == []


def test_a_frozen_drawing_is_the_one_that_was_drawn(told):
    row = frozen(told, put(told, RECEIVED, BY_UNIT))
    months, units = (frozen_chart(each["chart"]) for each in row.content["sections"])
    assert [each.value for each in months.rows][-1] == 4 and len(months.rows) == 13
    assert units.spoken.startswith("Lo más alto")


def test_a_copy_that_somebody_asked_for_before_late_entries_came_in_stops_no_scheduled_one(told, monkeypatch):
    """It is promised six days after the period ends, and to whom it may concern."""
    report = put(told, is_frozen=True, told=[Role.COMMITTEE_MEMBER])
    october = containing(Length.MONTH, date(2026, 10, 1), today=date(2026, 11, 2))
    early = asked(told, report, now=OCTOBER.replace(month=11, day=2), window=october)
    run_long(LINE, early.pk, making, clock=lambda: OCTOBER.replace(month=11, day=2))
    monkeypatch.setattr("siac.reporting.tasks.timezone.now", lambda: LATER)
    scheduled()
    scheduled()
    late = FrozenReport.objects.exclude(pk=early.pk).get()
    assert (late.report_id, late.first, late.asked_by) == (report.pk, early.first, None)


def test_a_figure_that_is_known_of_whole_years_is_not_called_month_by_month(told):
    year = {**RECEIVED, "metric": "costs.per_attention"}
    report = put(told, year, every="anio")
    window = containing(Length.YEAR, date(2025, 1, 1), today=date(2026, 10, 15))
    (section,) = told_sections(told.institution, report, window, today=date(2026, 10, 15))
    assert "mes a mes" not in section.words.lower()
