# SPDX-License-Identifier: EUPL-1.2
"""The day that somebody is promised is one, wherever they read it: receipt, paper, mail, text message."""

from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.answer_day import promised_day
from siac.cases.models import Case
from siac.cases.notices import KINDS, CaseNotice
from siac.cases.papers import receipt_pdf
from siac.cases.short_notices import SHORT
from siac.notices.models import Notice
from siac.ui.public import day_with_weekday, long_date
from tests.factories import NOW, House, file

pytestmark = pytest.mark.django_db
RECEIPT = next(kind for kind in KINDS if isinstance(kind, CaseNotice) and kind.code == "cases.receipt")


@pytest.fixture
def case(house: House) -> Case:
    return file(house, unit_id=house.units["obras"], now=timezone.now())


def notice_of(case: Case, at) -> Notice:
    return Notice(
        institution_id=case.institution_id,
        kind="cases.receipt",
        subject_id=case.pk,
        context={},
        created_at=at,
    )


def rows_of_paper(house: House, case: Case, today) -> dict[str, str]:
    with mock.patch("siac.cases.papers.render", lambda template, paper: paper):
        paper = receipt_pdf(house.institution, case, with_code=False, today=today)
    return dict(paper.content["rows"])


def test_mail_paper_and_text_message_promise_the_day_of_the_tracking_page(house, case):
    today = house.today(timezone.now())
    promise = promised_day(case, today=today)
    assert promise.by < promise.outer == case.legal_due_on
    _, mail = RECEIPT.render(notice_of(case, timezone.now()))
    told = (
        f"Le responderemos a más tardar el {long_date(promise.by)}. "
        f"Nuestro plazo máximo es el {long_date(promise.outer)}."
    )
    assert told in mail
    _, text = SHORT["cases.receipt"](notice_of(case, timezone.now()))
    assert f"Responderemos a más tardar el {long_date(promise.by)}." in text
    assert long_date(promise.outer) not in text
    rows = rows_of_paper(house, case, today)
    assert rows["Respuesta a más tardar"] == day_with_weekday(promise.by)
    assert rows["Nuestro plazo máximo es"] == day_with_weekday(promise.outer)


def test_the_law_is_named_on_the_receipt_only_where_an_article_gives_the_days(house):
    access = file(house, "acceso", unit_id=house.units["obras"], now=timezone.now())
    promise = promised_day(access, today=house.today(timezone.now()))
    assert promise.limit == "La ley nos da hasta"
    _, mail = RECEIPT.render(notice_of(access, timezone.now()))
    assert "Nuestro plazo máximo" not in mail and long_date(promise.by) in mail


def test_whoever_files_for_somebody_reads_out_the_same_day(house):
    officer = house.user(Role.FRONT_DESK)
    case = file(house, unit_id=house.units["obras"], now=timezone.now(), actor=officer)
    promise = promised_day(case, today=house.today(timezone.now()))
    browser = Client()
    browser.force_login(officer)
    page = browser.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/ingresada/").content.decode()
    assert f"<strong>{day_with_weekday(promise.by)}</strong>" in " ".join(page.split())


def test_what_is_late_already_is_owned_up_to_and_not_promised(house):
    case = file(house, unit_id=house.units["obras"], now=NOW)
    after = NOW + timedelta(days=200)
    _, mail = RECEIPT.render(notice_of(case, after))
    assert "Debimos responderle el" in mail and "Le responderemos" not in mail
    _, text = SHORT["cases.receipt"](notice_of(case, after))
    assert "Responderemos" not in text
    assert "Debimos responder" in rows_of_paper(house, case, house.today(after))
