# SPDX-License-Identifier: EUPL-1.2
"""«Quién leyó»: control narrows it, goes to what it may open, and takes it along."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.journal.public import JournalEntry, read_by, record, record_access
from tests.factories import NOW, file, make_house
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def read(house):
    """Two cases, read by two persons on two days; one person of the vault."""
    cases = [file(house), file(house, "consulta")]
    officer, head = house.user(Role.UNIT_OFFICER), house.user(Role.HEAD_OF_UNIT)
    with transaction.atomic():
        record_access(house.institution.pk, officer.pk, cases[0].stream, NOW)
        record_access(house.institution.pk, head.pk, cases[0].stream, NOW + DAY)
        record_access(house.institution.pk, head.pk, cases[1].stream, NOW + DAY)
        record_access(house.institution.pk, head.pk, "person:1", NOW + 2 * DAY)
    return cases


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("folio={0}", 2),
        ("persona=head", 3),
        ("persona=unit_officer@puerto.example", 1),
        ("persona=nadie", 0),
        ("desde=2026-09-08", 3),
        ("hasta=2026-09-07", 1),
        ("desde=2026-09-08&hasta=2026-09-08&persona=Head&folio={1}", 1),
        ("folio=2026-999999", 0),
    ],
)
def test_it_is_narrowed_by_person_day_and_case_on_the_page_and_in_the_file(house, read, query, count):
    asked = query.format(*(case.folio for case in read))
    auditor, base = house.client(Role.AUDITOR), f"/{house.slug}/gestion/lecturas/"
    with at_most(12):
        page = auditor.get(f"{base}?{asked}").content.decode()
    assert page.count("<tr data-row>") == count
    told = b"".join(auditor.get(f"{base}exportar/?{asked}&formato=csv")).decode("utf-8-sig")
    # Taking the whole list along is a reading itself, told before a row leaves.
    own = 1 if asked in {"", "desde=2026-09-08"} else 0
    assert len(told.splitlines()) == 1 + count + own


def test_a_day_that_is_none_is_said_and_kept(house, read):
    page = (
        house.client(Role.AUDITOR)
        .get(f"/{house.slug}/gestion/lecturas/?desde=ayer&persona=Head")
        .content.decode()
    )
    assert "«ayer» no es una fecha" in page
    assert 'value="ayer"' in page and 'value="Head"' in page
    assert "<tr data-row>" not in page


def test_a_case_that_may_be_opened_is_a_link_and_the_workbook_has_the_hour(house, read):
    auditor = house.client(Role.AUDITOR)
    page = auditor.get(f"/{house.slug}/gestion/lecturas/").content.decode()
    assert f'href="/{house.slug}/gestion/solicitudes/{read[0].folio}/">{read[0].folio}</a>' in page
    answer = auditor.get(
        f"/{house.slug}/gestion/lecturas/exportar/?formato=xlsx&persona=unit_officer@puerto.example"
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [sheet["A2"].value.hour, sheet["B2"].value, sheet["C2"].value] == [
        12,
        "Unit Officer",
        read[0].folio,
    ]
    assert JournalEntry.objects.filter(kind="access.read", data__subject="readings").count() == 1


def test_how_it_was_read_is_told_as_far_as_the_entry_says_it(house, read):
    head = house.user(Role.HEAD_OF_UNIT)
    with transaction.atomic():
        for data in ({}, {"reason": "export"}):  # as they were before programs were told apart
            told = {"subject": read[0].stream, **data}
            record(house.institution.pk, f"access:{head.pk}", "access.read", NOW + 3 * DAY, head.pk, told)
    told = b"".join(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/lecturas/exportar/?persona=head"))
    ways = [line.split(";")[-1] for line in told.decode("utf-8-sig").splitlines()[1:]]
    assert ways == ["Exportación de una lista", "En pantalla o por la API", *["En pantalla"] * 3]
    assert read_by(house.institution.pk, head.pk, {read[0].stream}) == {read[0].stream: NOW + 3 * DAY}


def test_another_body_sees_nothing_of_it(house, read):
    other = make_house("vecina")
    page = other.client(Role.AUDITOR).get("/vecina/gestion/lecturas/?persona=Head").content.decode()
    assert "<tr data-row>" not in page
