# SPDX-License-Identifier: EUPL-1.2
"""The authority renders account: words and figures are approved as they were seen, published, sent."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.freezing import explain_result, freeze_periods
from siac.charters.models import PeriodResult
from siac.clocks.public import settle_overdue
from siac.indicators.public import count_all
from siac.infra.longwork import run_long
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.organizations.models import Institution
from siac.reporting.accountability.commands import (
    approve_letter,
    note_sending,
    open_letter,
    prepare_letter,
    save_words,
    standing,
)
from siac.reporting.accountability.proof import letter_problems
from siac.reporting.domain.letters import Stage, halves_of, period_coded, periods_over, stage, year_of
from siac.reporting.frozen.making import LINE, making
from siac.reporting.models import FrozenReport, Letter, LetterRevision
from tests.caches import forget
from tests.charters.reading import text_of
from tests.factories import NOW, House, answer, file, make_house
from tests.improvements import DAY, by
from tests.words import words

LATER = NOW + 130 * DAY
"""January of the next year: the year of the cases is over."""
YEAR = year_of(2026)
GREETING = "Este fue un año de puertas abiertas."


def test_a_year_and_its_halves_can_be_told_once_they_are_over():
    today = date(2026, 7, 1)
    assert [each.words for each in periods_over(today)][:3] == [
        "primer semestre de 2026", "segundo semestre de 2025", "año 2025",
    ]  # fmt: skip
    assert period_coded("anio:2026-01-01", today=today) is None
    assert period_coded("anio:2025-01-01", today=today) == year_of(2025)
    assert halves_of(2025)[0].last + timedelta(days=1) == halves_of(2025)[1].first
    assert all(each.last < today for each in periods_over(today))


@pytest.mark.parametrize(
    ("is_prepared", "is_same_words", "is_approved", "at"),
    [
        (False, False, False, Stage.DRAFT),
        (True, False, False, Stage.DRAFT),
        (True, False, True, Stage.DRAFT),
        (True, True, False, Stage.PREPARED),
        (True, True, True, Stage.APPROVED),
    ],
)
def test_where_a_letter_stands(is_prepared, is_same_words, is_approved, at):
    assert stage(is_prepared=is_prepared, is_same_words=is_same_words, is_approved=is_approved) is at


@pytest.fixture
def counted(house: House, monkeypatch) -> House:
    """Of September: three kept, three late; the miss is explained in public."""
    for page in ("workspace", "portal"):
        monkeypatch.setattr(
            f"siac.reporting.accountability.{page}.current_time", lambda: LATER, raising=False
        )
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(6)]
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    for case in cases[3:]:
        answer(house, case, now=NOW + 15 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    explain_result(
        result_id=PeriodResult.objects.get(first=date(2026, 9, 1)).pk, words="Faltó gente en el turno.",
        **by(house, LATER),
    )  # fmt: skip
    return house


def opened(house: House) -> Letter:
    return open_letter(period=YEAR, **by(house, LATER))


def prepared(house: House, row: Letter) -> FrozenReport:
    report = prepare_letter(letter=row, **by(house, LATER))
    run_long(LINE, report.pk, making, clock=lambda: LATER)
    report.refresh_from_db()
    assert report.state == "done", report.fault
    return report


def approved(house: House, row: Letter) -> LetterRevision:
    prepared(house, row)
    return approve_letter(letter=row, seen=standing(row).digest, **by(house, LATER, Role.AUTHORITY))


def public(house: House, rest: str = "") -> str:
    return f"/{house.slug}/rendicion-de-cuentas/{rest}"


def staff(house: House, rest: str = "") -> str:
    return f"/{house.slug}/gestion/rendicion/{rest}"


@pytest.mark.django_db
def test_it_says_what_the_public_register_says_on_the_page_and_on_paper(counted):
    row = opened(counted)
    save_words(
        letter=row, greeting=GREETING, closing="Gracias por exigirnos.", based_on=1, **by(counted, LATER)
    )
    report = prepared(counted, Letter.objects.get())
    [line] = report.content["promised"]
    assert (line["verdict"], line["periods"], line["cases"]) == ("broken", "0 de 1", "3 de 6")
    assert report.content["repaired"] == {"breaches": 3, "delivered": 0, "owed": 3, "refused": 0}
    text = text_of(bytes(report.paper))
    for said in (GREETING, "Gracias por exigirnos.", "No cumplido", "Faltó gente en el turno.", "3 de 6"):
        assert said in text, said
    names = {user.name for user in counted.users.values()} | {each.folio for each in Case.objects.all()}
    assert not [name for name in names if name in text], "nobody is named"


@pytest.mark.django_db
def test_what_rests_on_few_is_not_told_and_what_was_never_measured_is_said(counted):
    Institution.objects.filter(pk=counted.institution.pk).update(smallest_group=10)
    forget()
    counted.institution.refresh_from_db()
    report = prepared(counted, opened(counted))
    [line] = report.content["promised"]
    assert (line["verdict"], line["periods"], line["cases"]) == ("hidden", "—", "—")
    assert report.content["repaired"]["breaches"] == 0
    text = text_of(bytes(report.paper))
    assert "No hay incumplimientos que se puedan mostrar" in text and "Faltó gente" not in text
    PeriodResult.objects.all().delete()
    [line] = prepared(counted, Letter.objects.get()).content["promised"]
    assert line["verdict"] == "none", "promised all the same"


@pytest.mark.django_db
def test_nobody_outside_reads_it_before_the_authority_approved_just_that(counted):
    row, manager = opened(counted), counted.client(Role.QUALITY_MANAGER)
    prepared(counted, row)
    for url in (public(counted, f"{row.pk}/"), public(counted, f"{row.pk}/pdf/")):
        assert counted.client().get(url).status_code == 404
    assert "todavía no ha publicado ninguna" in words(counted.client().get(public(counted)))
    assert manager.post(staff(counted, f"{row.pk}/aprobar/")).status_code == 403
    authority = counted.client(Role.AUTHORITY)
    page = authority.get(staff(counted, f"{row.pk}/"))
    assert "Por aprobar" in words(page)
    assert (
        authority.post(staff(counted, f"{row.pk}/aprobar/"), {"visto": page.context["seen"]}).status_code
        == 302
    )
    told = words(counted.client().get(public(counted, f"{row.pk}/")))
    assert "3 de 6" in told and "Faltó gente en el turno." in told
    paper = counted.client().get(public(counted, f"{row.pk}/pdf/"))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert "año 2026" in words(counted.client().get(public(counted))).lower()
    verify_institution(counted.institution.pk)
    assert list(letter_problems(counted.institution.pk)) == []


@pytest.mark.django_db
def test_what_changed_behind_an_open_page_is_not_approved_and_is_shown(counted):
    row = opened(counted)
    seen = prepared(counted, row).digest.hex()
    save_words(letter=row, greeting=GREETING, closing="Hasta pronto.", based_on=1, **by(counted, LATER))
    authority, url = counted.client(Role.AUTHORITY), staff(counted, f"{row.pk}/aprobar/")
    early = authority.post(url, {"visto": seen})
    assert early.status_code == 422 and "No hay nada por aprobar" in words(early), "its words changed"
    prepared(counted, Letter.objects.get())
    late = authority.post(url, {"visto": seen})
    assert late.status_code == 422 and GREETING in words(late), "what stands now is shown"
    assert not LetterRevision.objects.exists()
    assert authority.post(url, {"visto": late.context["seen"]}).status_code == 302
    again = authority.post(url, {"visto": late.context["seen"]})
    assert again.status_code == 422 and LetterRevision.objects.count() == 1, "the second of two at once"


@pytest.mark.django_db
def test_a_change_after_approval_is_a_revision_of_its_own(counted):
    row = opened(counted)
    first = approved(counted, row)
    save_words(letter=row, greeting=GREETING, closing="Hasta pronto.", based_on=1, **by(counted, LATER))
    assert standing(Letter.objects.get()).stage is Stage.DRAFT
    assert GREETING not in words(counted.client().get(public(counted, f"{row.pk}/"))), "as it was approved"
    second = approved(counted, Letter.objects.get())
    assert (first.number, second.number) == (1, 2)
    told = words(counted.client().get(public(counted, f"{row.pk}/")))
    assert GREETING in told and "revisión 2" in told
    first.report.refresh_from_db()
    assert GREETING not in first.report.content["greeting"], "the one before stays"


@pytest.mark.django_db
def test_two_who_write_at_once_do_not_write_over_each_other(counted):
    row = opened(counted)
    save_words(letter=row, greeting=GREETING, closing="Uno.", based_on=1, **by(counted, LATER))
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_words(letter=row, greeting="Otra cosa.", closing="Dos.", based_on=1, **by(counted, LATER))
    page = counted.client(Role.QUALITY_MANAGER).post(
        staff(counted, f"{row.pk}/palabras/"), {"greeting": "Mía", "closing": "Dos", "based_on": 1}
    )
    assert page.status_code == 422 and "Mía" in page.content.decode(), "what was typed is kept"
    with (
        pytest.raises(DatabaseError, match="never rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE reporting_letterversion SET number = 9")


@pytest.mark.django_db
def test_it_is_noted_to_whom_it_was_sent_once_it_is_approved(counted):
    row, common = opened(counted), by(counted, LATER)
    today = counted.institution.local_date(LATER)
    with pytest.raises(Refused, match="letter_unapproved"):
        note_sending(letter=row, recipient="Ministerio", sent_on=today, **common)
    approved(counted, row)
    for wrong in (today + DAY, today - DAY):
        with pytest.raises(Refused, match="letter_sent_on"):
            note_sending(letter=row, recipient="Ministerio", sent_on=wrong, **common)
    manager = counted.client(Role.QUALITY_MANAGER)
    sent = {"recipient": "Gabinete del Ministerio", "sent_on": today.isoformat(), "how": "Oficio 12"}
    assert manager.post(staff(counted, f"{row.pk}/enviada/"), sent).status_code == 302
    told = words(manager.get(staff(counted, f"{row.pk}/")))
    assert "Enviada a Gabinete del Ministerio" in told and "Oficio 12" in told
    assert "Gabinete" not in words(counted.client().get(public(counted, f"{row.pk}/")))


@pytest.mark.django_db
def test_what_cannot_be_is_refused_and_another_body_finds_nothing(counted):
    row = opened(counted)
    with pytest.raises(Refused, match="letter_taken"):
        opened(counted)
    with pytest.raises(Refused, match="letter_running"):
        open_letter(period=year_of(2027), **by(counted, LATER))
    for greeting in ("", " ", "x" * 4001):
        with pytest.raises(Refused, match="letter_words"):
            save_words(letter=row, greeting=greeting, closing="Fin.", based_on=1, **by(counted, LATER))
    with pytest.raises(Refused, match="letter_moment"):
        approve_letter(letter=row, **by(counted, LATER, Role.AUTHORITY))
    other = make_house("otra")
    assert other.client(Role.AUTHORITY).get(staff(other, f"{row.pk}/")).status_code == 404
    with pytest.raises(Refused, match="letter_unknown"):
        prepare_letter(letter=row, **by(other, LATER))
    report = prepared(counted, row)
    assert prepare_letter(letter=row, **by(counted, LATER)).pk != report.pk
    assert prepare_letter(letter=row, **by(counted, LATER)).pk == FrozenReport.objects.latest("pk").pk


@pytest.mark.django_db
def test_an_approved_letter_that_was_altered_is_found(counted):
    revision = approved(counted, opened(counted))
    LetterRevision.objects.update(digest=b"0" * 32)
    [said] = letter_problems(counted.institution.pk)
    assert "no es lo que se aprobó" in said
    LetterRevision.objects.update(digest=revision.digest)
    FrozenReport.objects.update(digest=b"1" * 32)
    [said] = letter_problems(counted.institution.pk)
    assert "sus cifras no son" in said
    LetterRevision.objects.all().delete()
    [said] = letter_problems(counted.institution.pk)
    assert "ya no está" in said


@pytest.mark.django_db
def test_summaries_do_not_list_letters(counted):
    row = opened(counted)
    report = prepared(counted, row)
    manager = counted.client(Role.QUALITY_MANAGER)
    listed = manager.get(f"/{counted.slug}/gestion/resumenes/")
    assert report.pk not in [each.pk for each in listed.context["listing"].rows]
    assert manager.get(f"/{counted.slug}/gestion/resumenes/{report.pk}/").status_code == 404
    assert manager.get(staff(counted, f"preparadas/{report.pk}/")).status_code == 200
