# SPDX-License-Identifier: EUPL-1.2
"""Lists leave as CSV and XLSX: the same rows, no formula runs, each export is told in the journal."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.listing import listed
from siac.cases.lists import exporting
from siac.cases.lists.rows import list_rows
from siac.cases.models import CaseExport
from siac.cases.public import Channel, Filing, file_case
from siac.cases.tasks import export_cases
from siac.documents.public import expire_prepared
from siac.infra.tables.workbook import write_workbook
from siac.journal.public import history
from siac.kernel.cells import safe
from siac.organizations.public import access_in
from siac.people.public import PersonData
from tests.cases_imports.conftest import NOW, make_body, make_user
from tests.sql_counts import exactly

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def body(db):
    institution = make_body()
    kind = institution.case_kinds.get(code="queja")
    for number in range(3):
        file_case(
            institution=institution, actor=None, now=NOW,
            filing=Filing(
                kind_id=kind.pk, channel=Channel.WEB, subject=f"=HYPERLINK({number})", body="@SUM(1)",
                person=PersonData(given_names="Ana", family_names="Ruiz", email="ana@ejemplo.es"),
            ),
        )  # fmt: skip
    return institution


@pytest.fixture
def manager(body, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_user(body, Role.QUALITY_MANAGER), backend=BACKEND)
    return client


@pytest.fixture
def url(body):
    return reverse("workspace:cases:export", args=[body.slug])


def test_csv_has_the_rows_of_the_list_and_no_formula(manager, body, url):
    content = b"".join(manager.get(f"{url}?vista=todas&formato=csv")).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert len(rows) == 3
    assert rows[0][header.index("Asunto")] == "'=HYPERLINK(2)"
    assert rows[0][header.index("Texto")] == "'@SUM(1)"
    assert rows[0][header.index("Persona")] == "Ana Ruiz"
    export = CaseExport.objects.get()
    (entry,) = history(body.pk, export.stream)
    assert (entry.kind, entry.data["rows"], entry.data["filters"]) == ("cases.exported", 3, ["vista:todas"])


def test_filters_and_search_narrow_the_export(manager, url):
    content = b"".join(manager.get(f"{url}?vista=todas&canal=letter&formato=csv")).decode("utf-8-sig")
    assert len(content.splitlines()) == 1


def test_a_workbook_is_made_by_the_worker_and_kept_a_day_for_its_requester(manager, body, url, client):
    page = manager.get(f"{url}?vista=todas&formato=xlsx")
    export = CaseExport.objects.get()
    assert "En cola" in manager.get(page["Location"]).content.decode()
    export_cases(export.pk)
    assert "Ya está." in manager.get(page["Location"]).content.decode()
    file = reverse("workspace:cases:export_file", args=[body.slug, export.pk])
    book = load_workbook(io.BytesIO(b"".join(manager.get(file))))
    rows = list(book.active.iter_rows(values_only=True))
    assert (len(rows), rows[1][rows[0].index("Asunto")]) == (4, "'=HYPERLINK(2)")
    client.force_login(make_user(body, Role.AUDITOR, "control@villa.test"), backend=BACKEND)
    assert client.get(file).status_code == 404
    assert expire_prepared(now=datetime.now(UTC) + timedelta(hours=25)) == 1
    client.force_login(export.requested_by, backend=BACKEND)
    assert client.get(file).status_code == 404


def test_a_long_csv_is_made_by_the_worker(manager, url, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    page = manager.get(f"{url}?vista=todas&formato=csv")
    export = CaseExport.objects.get()
    export_cases(export.pk)
    assert "Ya está." in manager.get(page["Location"]).content.decode()
    file = manager.get(reverse("workspace:cases:export_file", args=[export.institution.slug, export.pk]))
    content = b"".join(file)
    assert content.startswith(b"\xef\xbb\xbf") and len(content.splitlines()) == 4
    assert file["Content-Type"] == "text/csv; charset=utf-8" and '.csv"' in file["Content-Disposition"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_of_more_than_it_may_have_is_not_begun_and_says_of_how_many(manager, url, monkeypatch, form):
    monkeypatch.setattr(exporting, "SHEET_LIMIT", 2)
    page = manager.get(f"{url}?vista=todas&formato={form}")
    said = "Son 3 solicitudes; una lista lleva como mucho 2: ponga filtros."
    assert page.status_code == 422 and said in page.content.decode() and not CaseExport.objects.exists()


def test_who_may_not_export_is_refused(body, url, client):
    client.force_login(make_user(body, Role.FRONT_DESK, "meson@villa.test"), backend=BACKEND)
    assert client.get(f"{url}?formato=csv").status_code == 403


def test_the_page_offers_every_form_and_asking_for_one_changes_nothing_else(manager, url):
    shown = manager.get(f"{url}?vista=todas&q=hoyo").content.decode()
    assert 'name="q" value="hoyo"' in shown
    assert not CaseExport.objects.exists()
    forms = [code for code, _ in CaseExport._meta.get_field("format").choices]
    assert [form for form in forms if f'name="formato" value="{form}"' not in shown] == []
    for form in forms:
        assert manager.get(f"{url}?vista=todas&formato={form}").status_code in (200, 302)
    assert [export.format for export in CaseExport.objects.order_by("pk")] == forms


def test_a_thousand_rows_cost_two_queries(body):
    user = make_user(body, Role.QUALITY_MANAGER)
    access = access_in(user, body.slug)
    cases = listed(access, {}, today=body.local_date(NOW))
    list(list_rows(access, cases, now=NOW))  # warms the configuration
    with exactly(2):
        assert len(list(list_rows(access, cases, now=NOW))) == 3


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", " =1", "\t=1", "\uff1d1", "\uff20A1"])
def test_nothing_that_a_program_would_run_begins_a_cell(text):
    assert safe(text).startswith("'")


def test_a_dash_alone_stands_for_nothing_and_stays_as_it_is():
    assert (safe("-"), safe("- 1"), safe("--")) == ("-", "'- 1", "'--")


def test_marks_that_a_workbook_cannot_hold_spoil_no_export():
    target = io.BytesIO()
    write_workbook(target, ["Texto"], [[safe("uno\ufffe dos\uffff\x0b\x1b tres \u202e\U0001f642")]])
    target.seek(0)
    assert load_workbook(target).active["A2"].value == "uno dos tres \u202e\U0001f642"
