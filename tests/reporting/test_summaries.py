# SPDX-License-Identifier: EUPL-1.2
"""A summary is two pages made by a job: figures frozen, sentences found by rules, told to whoever directs."""

import io
import shutil
import subprocess
from datetime import UTC, date, datetime

import pdfua
import pypdf
import pytest
from PIL import Image

from siac.accounts.public import Role
from siac.indicators.public import Length, count_all
from siac.infra.longwork import run_long
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.notices.models import Notice
from siac.reporting.frozen import notices
from siac.reporting.frozen.kinds import Schedule, periods_due
from siac.reporting.frozen.making import LINE, making
from siac.reporting.frozen.proof import frozen_problems
from siac.reporting.models import FrozenReport, SummarySchedule
from siac.reporting.summaries.commands import ask_for_summary, save_schedule
from siac.reporting.summaries.contents import MOST
from siac.reporting.summaries.paper import summary_pdf
from siac.reporting.tasks import make_frozen, scheduled
from tests.factories import NOW, answer, file
from tests.reporting.conftest import DAY, LATER
from tests.words import words

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def made(
    house, *, now: datetime = LATER, length: Length = Length.MONTH, first: date = SEPTEMBER
) -> FrozenReport:
    row = ask_for_summary(
        institution=house.institution, length=length, first=first, actor=house.user(Role.QUALITY_MANAGER),
        now=now,
    )  # fmt: skip
    run_long(LINE, row.pk, making, clock=lambda: now)
    row.refresh_from_db()
    assert row.state == WorkState.DONE, row.fault
    return row


def text_of(row: FrozenReport) -> str:
    pages = pypdf.PdfReader(io.BytesIO(bytes(row.paper))).pages
    assert len(pages) == 2
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_on_two_pages_what_the_figures_say(told):
    text = text_of(made(told))
    assert "Resumen ejecutivo: septiembre de 2026" in text
    assert "Llegaron 4 solicitudes; antes, ninguna." in text
    assert "La mitad se respondió en 2 días hábiles o menos; nueve de cada diez, en 2 o menos." in text
    assert "El 75 % llega en lunes." in text
    assert "Página 1 de 2" in text and "Quiénes y por dónde" in text


def test_its_paper_is_accessible_and_both_pages_are_drawn(told, tmp_path):
    """It is drawn to pictures as a reader sees it: no page is empty or black; the body's colour is there."""
    row = made(told)
    path = tmp_path / "summary.pdf"
    path.write_bytes(bytes(row.paper))
    faults = [each for each in pdfua.validate(path).findings if each.severity >= pdfua.Severity.ERROR]
    assert faults == []
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm is not installed here")
    subprocess.run([program, "-png", "-r", "60", path, tmp_path / "page"], check=True)
    pictures = [Image.open(each).convert("RGB") for each in sorted(tmp_path.glob("page*.png"))]
    assert len(pictures) == 2
    for picture in pictures:
        colours = {colour: count for count, colour in picture.getcolors(1 << 20)}
        drawn = 1 - colours[255, 255, 255] / (picture.width * picture.height)
        assert 0.02 < drawn < 0.5
        assert (11, 79, 108) in colours  # #0b4f6c, of lines and bars


def test_its_figures_stay_as_they_were_when_it_was_made(told):
    row = made(told)
    before = row.content
    answer(told, file(told, unit_id=told.units["obras"], now=NOW + 5 * DAY), now=NOW + 6 * DAY)
    count_all(told.institution, now=LATER)
    again = made(told, now=LATER + DAY)
    row.refresh_from_db()
    assert row.content == before
    assert (before["cards"][0][1], again.content["cards"][0][1]) == ("4", "5")


def test_what_was_changed_behind_its_back_is_told_by_the_verification(told):
    row = made(told)
    body = told.institution.pk
    assert list(frozen_problems(body)) == []
    FrozenReport.objects.filter(pk=row.pk).update(content={**row.content, "sentences": ["Todo bien."]})
    (problem,) = frozen_problems(body)
    assert problem.endswith("las cifras no son las que se fijaron")
    assert problem in str(verify_institution(body))
    FrozenReport.objects.filter(pk=row.pk).update(content=row.content, paper=b"%PDF-otro")
    (problem,) = frozen_problems(body)
    assert problem.endswith("el papel no es el que se hizo")
    FrozenReport.objects.filter(pk=row.pk).delete()
    (problem,) = frozen_problems(body)
    assert problem.endswith("la bitácora lo conoce y ya no está")


def test_whoever_directs_is_told_by_mail_with_the_first_sentences(told):
    row = made(told)
    notice = Notice.objects.get(kind="reporting.summary_ready")
    assert notice.recipient == f"user:{told.user(Role.AUTHORITY).pk}"
    subject, text = notices.render(notice)
    assert subject == "Resumen ejecutivo de septiembre de 2026"
    assert "Llegaron 4 solicitudes" in text and f"/resumenes/{row.pk}/" in text


def test_a_body_with_nothing_to_tell_gets_two_pages_too(house):
    count_all(house.institution, now=LATER)
    text = text_of(made(house))
    assert "Llegaron 0 solicitudes; antes, ninguna." in text and "No venció el plazo de ninguna" in text


def test_a_body_with_much_to_tell_has_room_on_two_pages(told):
    row = made(told)
    long = "Una unidad, un indicador o un compromiso cuyo nombre es tan largo que pide dos líneas de la tabla"
    units = [{"name": long[:80], "value": 90.0, "words": "90,0 %", "of": "9 de 10", "waiting": 3}] * MOST
    full = {
        **row.content,
        "units": {**row.content["units"], "rows": units, "more": 30},
        "indicators": [[long, "90,0 %", "95,0 %", "septiembre de 2026", "No alcanzada"]] * MOST,
        "more_indicators": 12,
        "promises": [[long, "90,0 %", "9 de 10", "95,0 %", "1", "1"]] * MOST,
        "profiles": [{"title": "Por canal", "rows": [["Correo electrónico", "12", "10 %"]] * MOST}] * 2,
        "sentences": [f"{long}. {long}."] * 9,
    }
    row.paper = summary_pdf(told.institution, full, made_at=LATER)
    assert "Y 12 más." in text_of(row)


@pytest.mark.parametrize("length", [Length.MONTH, Length.QUARTER, Length.YEAR])
def test_it_is_of_a_whole_month_quarter_or_year_that_has_begun(told, length):
    row = made(told, length=length, first=date(2026, 9, 20))
    assert row.first.day == 1 and row.first <= date(2026, 9, 20) <= row.last
    with pytest.raises(Refused) as refused:
        ask_for_summary(
            institution=told.institution, length=length, first=date(2027, 5, 1), actor=None, now=LATER
        )
    assert refused.value.code == "summary_period"


@pytest.mark.parametrize(
    ("every", "today", "first"),
    [
        ("mes", date(2026, 11, 6), date(2026, 10, 1)),
        ("mes", date(2026, 11, 5), None),  # late entries still come in
        ("trimestre", date(2026, 10, 6), date(2026, 7, 1)),
        ("anio", date(2027, 1, 6), date(2026, 1, 1)),
        ("", date(2026, 11, 6), None),
    ],
)
def test_one_is_due_by_itself_when_its_period_is_settled(every, today, first):
    schedule = Schedule(every=every, since=date(2026, 9, 7))
    due = [each.first for each in periods_due(schedule, today=today, settles=5)]
    assert due == ([first] if first else [])


def test_of_periods_that_ended_before_it_was_ordered_none_is_due():
    schedule = Schedule(every="mes", since=date(2026, 11, 2))
    assert periods_due(schedule, today=date(2026, 11, 20), settles=5) == []


def test_the_house_makes_each_of_them_once(told, monkeypatch):
    manager = told.user(Role.QUALITY_MANAGER)
    save_schedule(institution=told.institution, every="mes", actor=manager, now=NOW)
    monkeypatch.setattr("siac.reporting.tasks.timezone.now", lambda: LATER)
    scheduled()
    scheduled()
    row = FrozenReport.objects.get(institution=told.institution)
    assert (row.first, row.asked_by) == (date(2026, 10, 1), None)
    make_frozen(row.pk)
    row.refresh_from_db()
    assert row.state == WorkState.DONE and bytes(row.paper)[:5] == b"%PDF-"


def test_one_asked_for_on_the_last_evening_of_a_period_does_not_stand_for_it(told, monkeypatch):
    """At nine in the evening of Chile it is the next day of the month elsewhere."""
    manager = told.user(Role.QUALITY_MANAGER)
    save_schedule(institution=told.institution, every="mes", actor=manager, now=NOW)
    evening = datetime(2026, 11, 1, 0, 30, tzinfo=UTC)
    assert told.institution.local_date(evening) == date(2026, 10, 31)
    made(told, now=evening, first=date(2026, 10, 1))
    monkeypatch.setattr("siac.reporting.tasks.timezone.now", lambda: LATER)
    scheduled()
    assert FrozenReport.objects.filter(institution=told.institution, asked_by=None).count() == 1


def test_one_of_the_same_period_that_is_on_its_way_is_not_begun_twice(told):
    asked = {
        "institution": told.institution,
        "first": SEPTEMBER,
        "actor": told.user(Role.AUTHORITY),
        "now": LATER,
    }
    first = ask_for_summary(length=Length.MONTH, **asked)
    assert ask_for_summary(length=Length.MONTH, **asked).pk == first.pk
    assert ask_for_summary(length=Length.QUARTER, **asked).pk != first.pk
    run_long(LINE, first.pk, making, clock=lambda: LATER)
    assert ask_for_summary(length=Length.MONTH, **asked).pk == first.pk  # a second press, the job was quick
    later = {**asked, "now": LATER + DAY}
    assert ask_for_summary(length=Length.MONTH, **later).pk != first.pk


def test_people_ask_for_so_many_a_day_and_the_house_for_its_own_beside_them(told, monkeypatch):
    monkeypatch.setattr("siac.reporting.frozen.commands.MOST_A_DAY", 1)
    monkeypatch.setattr("siac.reporting.summaries.workspace.current_time", lambda: LATER)
    asked = {"institution": told.institution, "first": SEPTEMBER, "now": LATER}
    ask_for_summary(length=Length.MONTH, actor=told.user(Role.AUTHORITY), **asked)
    page = told.client(Role.AUTHORITY).post(
        f"/{told.slug}/gestion/resumenes/", {"period": "trimestre:2026-10-01"}
    )
    assert page.status_code == 422 and "Hoy ya se pidieron 1 resúmenes e informes" in page.content.decode()
    assert ask_for_summary(length=Length.YEAR, actor=None, **asked).asked_by is None
    later = {**asked, "now": LATER + DAY, "actor": told.user(Role.AUTHORITY)}
    assert ask_for_summary(length=Length.QUARTER, **later).pk


def test_who_may_has_one_made_and_everybody_who_reads_figures_opens_it(told, monkeypatch):
    monkeypatch.setattr("siac.reporting.summaries.workspace.current_time", lambda: LATER)
    url = f"/{told.slug}/gestion/resumenes/"
    browser = told.client(Role.QUALITY_MANAGER)
    sent = browser.post(url, {"period": "mes:2026-09-01"})
    row = FrozenReport.objects.get(institution=told.institution)
    assert sent.headers["Location"] == f"{url}{row.pk}/"
    assert "En cola" in words(browser.get(f"{url}{row.pk}/"))
    assert browser.get(f"{url}{row.pk}/pdf/").status_code == 404
    run_long(LINE, row.pk, making, clock=lambda: LATER)
    reader = told.client(Role.COMMITTEE_MEMBER)
    assert "Llegaron 4 solicitudes; antes, ninguna." in words(reader.get(f"{url}{row.pk}/"))
    assert reader.get(f"{url}{row.pk}/pdf/").content[:5] == b"%PDF-"
    assert reader.post(url, {"period": "mes:2026-09-01"}).status_code == 403
    wrong = browser.post(url, {"period": "mes:1999-09-01"})
    assert wrong.status_code == 422 and "Elija un período de la lista." in words(wrong)
    assert browser.post(url, {"every": "trimestre"}).status_code == 302
    assert SummarySchedule.objects.get(institution=told.institution).every == "trimestre"


def test_one_that_broke_off_goes_on_by_a_button(told):
    row = ask_for_summary(
        institution=told.institution, length=Length.MONTH, first=SEPTEMBER, actor=None, now=LATER
    )
    FrozenReport.objects.filter(pk=row.pk).update(state=WorkState.FAILED, fault="PdfUnavailable")
    browser, url = told.client(Role.QUALITY_MANAGER), f"/{told.slug}/gestion/resumenes/{row.pk}/"
    assert "Se interrumpió" in words(browser.get(url))
    browser.post(f"{url}seguir/")
    row.refresh_from_db()
    assert row.state == WorkState.WAITING
    browser.post(f"{url}seguir/")
    assert "Ya está en preparación o terminado." in words(browser.get(url))
