# SPDX-License-Identifier: EUPL-1.2
"""DS 007-2020-PCM, Peru: the sheet of the book, its move to the platform, what
repeats, and Aceptado or Denegado.
"""

import io
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.alerts.commands import raise_alerts
from siac.cases.commands.approving import approve_answer, submit_answer
from siac.cases.commands.endings import withdraw_case
from siac.cases.commands.undoing import undo
from siac.cases.duplicates.commands import archive_duplicate
from siac.cases.lists.rows import headers, list_rows
from siac.cases.models import AnswerDraft, CaseAlert, CaseMessage
from siac.cases.notices import CaseNotice, answer_lines
from siac.cases.public import Case, Outcome, kinds, save_kind
from siac.clocks.public import Clock
from siac.infra.tables.rows import titles
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.people.public import reveal
from siac.statutory.public import BookSheet, ReplyWay, note_on_platform, register_sheet, void_sheet
from siac.statutory.verification import book_problems
from tests.factories import NOW, answer, file, make_house, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role
WRITTEN = NOW - timedelta(days=3)  # Friday 4 September 2026


@pytest.fixture
def peru(db):
    house = make_house("lima", "PE")
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW - timedelta(days=9),
        code="libro",
        nature="complaint",
        name="Reclamo",
        need="Reclamar",
        rule_id="PE.LR",
    )
    house.institution.refresh_from_db()
    house.kinds = {kind.code: kind for kind in kinds(house.institution).values()}
    return house


def sheet(house, number=12, *, now=NOW, **changes) -> BookSheet:
    values = {
        "service_point_id": house.point,
        "number": number,
        "written_at": WRITTEN,
        "event_on": date(2026, 9, 3),
        "event_time": time(9, 30),
        "body": "No me atendieron",
        "person": person("PE"),
        "reply": ReplyWay.PICKUP,
        "copy_given": True,
        **changes,
    }
    return register_sheet(institution=house.institution, actor=house.user(R.FRONT_DESK), now=now, **values)


def void(house, number, reason="Manchada"):
    return void_sheet(
        institution=house.institution, service_point_id=house.point, number=number, reason=reason,
        actor=house.user(R.FRONT_DESK), now=NOW,
    )  # fmt: skip


def url(house, rest="") -> str:
    return f"/{house.slug}/gestion/libro/{rest}"


def test_a_sheet_becomes_a_case_of_the_day_it_was_written_that_owes_its_move_to_the_platform(peru):
    case = sheet(peru).case
    assert (case.filed_at, case.kind.code, case.channel) == (WRITTEN, "libro", "counter")
    who = reveal(peru.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]
    assert who.preferred_channel == "in_person"
    clocks = {clock.kind: clock for clock in Clock.objects.filter(subject_id=case.pk)}
    assert clocks["platform"].due_on == date(2026, 9, 8)  # two business days after Friday 4
    assert clocks["legal"].due_on == date(2026, 10, 19)  # thirty, 8 October is a holiday
    assert case.due_on == date(2026, 9, 8)
    answer(peru, case, now=NOW)  # an answer does not move it
    assert Clock.objects.get(pk=clocks["platform"].pk).state == Clock.State.RUNNING
    page = f"/{peru.slug}/gestion/solicitudes/{case.folio}/"
    client = peru.client(R.HEAD_OF_UNIT)
    Case.objects.filter(pk=case.pk).update(unit=peru.units["obras"])
    shown = client.get(page).text
    assert "Ingreso a la plataforma nacional" in shown
    assert "Ya está en la plataforma" in shown
    assert client.post(f"{page}en-la-plataforma/", {"code": "LR-2026-9"}).status_code == 302
    case.refresh_from_db()
    assert case.original_number == "LR-2026-9"
    assert Clock.objects.get(pk=clocks["platform"].pk).ended_at is not None
    assert "Ya está en la plataforma" not in client.get(page).text


def test_the_move_to_the_platform_raises_alerts_and_then_the_next_term_is_due(peru):
    case = sheet(peru, unit_id=peru.units["obras"]).case
    told = CaseAlert.objects.filter(clock_kind="platform").values_list("offset", "audience")
    raise_alerts(now=NOW)
    assert list(told) == []  # three days before: the whole term has two
    answer(peru, case, now=NOW)
    raise_alerts(now=NOW + timedelta(days=1))
    assert list(told.all()) == [(0, "head_of_unit")]
    page = peru.client(R.HEAD_OF_UNIT).get(f"/{peru.slug}/gestion/alertas/").text
    assert "Ingreso a la plataforma nacional" in page
    other = sheet(peru, 13).case
    note_on_platform(
        institution=peru.institution,
        case_id=other.pk,
        version=None,
        code="LR-7",
        actor=peru.user(R.FRONT_DESK),
        now=NOW,
    )
    other.refresh_from_db()
    assert other.due_on == date(2026, 9, 9)  # the first evaluation, three business days


def test_what_ends_without_an_answer_is_owed_to_the_platform_all_the_same(peru):
    case = sheet(peru).case
    withdraw_case(
        institution=peru.institution,
        case_id=case.pk,
        version=None,
        body="Ya no.",
        actor=peru.user(R.FRONT_DESK),
        now=NOW,
    )
    live = Clock.objects.filter(subject_id=case.pk, ended_at=None).values_list("kind", flat=True)
    assert list(live) == ["platform"]


MEASURES = "Se agregó personal a la ventanilla."


@pytest.fixture
def accepted(peru):
    """A complaint of the book accepted through the form of the page, with its measures."""
    case = file(
        peru,
        "libro",
        unit_id=peru.units["obras"],
        topic_id=peru.topics["Atención al público"],
        now=timezone.now(),
    )
    browser, page = peru.client(R.UNIT_OFFICER), f"/{peru.slug}/gestion/solicitudes/{case.folio}/"
    assert "Medidas correctivas" in browser.get(page).text
    typed = {
        "outcome": "upheld",
        "body": "Tiene razón.",
        "channel": "email",
        "version": case.version,
        "draft_version": "",
    }
    missing = browser.post(f"{page}responder/", typed)
    assert missing.status_code == 422 and "Escriba qué medidas correctivas se toman" in missing.text
    denied = browser.post(f"{page}responder/", {**typed, "outcome": "denied", "measures": MEASURES})
    assert denied.status_code == 422 and MEASURES in denied.text
    assert browser.post(f"{page}responder/", {**typed, "measures": MEASURES}).status_code == 302
    case.refresh_from_db()
    return case


def test_the_measures_of_an_accepted_complaint_are_told_and_counted(peru, accepted):
    page = f"/{peru.slug}/gestion/solicitudes/{accepted.folio}/"
    assert MEASURES in peru.client(R.HEAD_OF_UNIT).get(page).text
    notice = Notice.objects.get(kind="cases.answered", subject_id=accepted.pk)
    text = CaseNotice("cases.answered", "", lambda case, body, _: ("", answer_lines(case, body))).render(
        notice
    )[1]
    assert "Resultado: Aceptado." in text and f"Medidas correctivas: {MEASURES}" in text
    access = peru.access(R.HEAD_OF_UNIT)
    row = next(list_rows(access, Case.objects.filter(pk=accepted.pk), now=NOW))
    told = dict(zip(titles(headers(access)), row, strict=True))
    assert (told["Resultado"], told["Medidas correctivas"]) == ("Aceptado", MEASURES)
    causes = peru.client(R.QUALITY_MANAGER).get(f"/{peru.slug}/gestion/causas/").text
    assert "Atención al público (1)" in causes and MEASURES in causes


def test_an_answer_taken_back_takes_its_measures_along(peru, accepted):
    undo(
        institution=peru.institution,
        case_id=accepted.pk,
        version=None,
        actor=peru.user(R.UNIT_OFFICER),
        now=timezone.now(),
    )
    draft = AnswerDraft.objects.get(case=accepted)
    assert (draft.body, draft.measures, draft.outcome_words) == ("Tiene razón.", MEASURES, "Aceptado")
    assert not CaseMessage.objects.filter(case=accepted).exists()


def test_what_waits_to_be_approved_speaks_the_words_of_the_book(peru):
    save_kind(
        institution=peru.institution, actor=None, now=NOW, kind=peru.kinds["libro"], approver="head_of_unit"
    )
    peru.institution.refresh_from_db()
    case = file(peru, "libro", unit_id=peru.units["obras"])
    common = {
        "institution": peru.institution,
        "case_id": case.pk,
        "version": None,
        "actor": peru.user(R.UNIT_OFFICER),
    }
    sent = {**common, "draft_version": 0, "body": "Tiene razón.", "outcome": Outcome.UPHELD, "now": NOW}
    with pytest.raises(Refused, match="measures_missing"):
        submit_answer(**sent)
    submit_answer(**sent, measures=MEASURES)
    browser = peru.client(R.HEAD_OF_UNIT)
    pages = [
        browser.get(f"/{peru.slug}/gestion/{path}").text
        for path in ("por-aprobar/", f"solicitudes/{case.folio}/")
    ]
    assert all("Aceptado" in text and "Acogida" not in text for text in pages)
    assert MEASURES in pages[1]
    approve_answer(
        institution=peru.institution, case_id=case.pk, version=None, actor=peru.user(R.HEAD_OF_UNIT), now=NOW
    )  # fmt: skip
    assert CaseMessage.objects.get(case=case, kind="measures").body == MEASURES


def test_measures_belong_to_the_book_alone(house):
    with pytest.raises(Refused, match="measures_not_here"):
        answer(house, file(house), now=NOW, measures=MEASURES)
    page = house.client(R.UNIT_OFFICER).get(
        f"/{house.slug}/gestion/solicitudes/{file(house, unit_id=house.units['obras']).folio}/"
    )
    assert "Medidas correctivas" not in page.text


def test_a_code_is_one_case_and_is_noted_once(peru):
    first, second = sheet(peru).case, sheet(peru, 13).case

    def note(case, code):
        return note_on_platform(
            institution=peru.institution,
            case_id=case.pk,
            version=None,
            code=code,
            actor=peru.user(R.FRONT_DESK),
            now=NOW,
        )

    note(first, "LR-1")
    for case, code, why in (
        (second, "LR-1", "platform_code_taken"),
        (first, "LR-2", "platform_noted"),
        (second, " ", "text_missing"),
    ):
        with pytest.raises(Refused, match=why):
            note(case, code)


def test_the_book_of_a_site_has_no_gaps_voided_sheets_included(peru):
    sheet(peru, 12)
    for number in (12, 14):
        with pytest.raises(Refused, match="sheet_number"):
            sheet(peru, number)
    with pytest.raises(Refused, match="text_missing"):
        void(peru, 13, " ")
    void(peru, 13)
    sheet(peru, 14)
    assert list(BookSheet.objects.order_by("number").values_list("number", flat=True)) == [12, 13, 14]
    assert list(book_problems(peru.institution.pk)) == []
    BookSheet.objects.filter(number=13).update(number=99)
    assert len(list(book_problems(peru.institution.pk))) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        BookSheet.objects.filter(number=14).update(void_reason="Otra")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"written_at": NOW + timedelta(minutes=1)}, "received_in_future"),
        ({"event_on": date(2026, 9, 5)}, "sheet_event_after"),
        ({"service_point_id": 0}, "book_site_unknown"),
        ({"body": " "}, "text_missing"),
    ],
)
def test_what_is_refused_takes_no_number(peru, changes, code):
    with pytest.raises(Refused, match=code):
        sheet(peru, 12, **changes)
    assert sheet(peru, 1).number == 1


def test_only_in_peru_and_with_a_kind_of_the_book(house, peru):
    with pytest.raises(Refused, match="book_not_here"):
        sheet(house)
    save_kind(institution=peru.institution, actor=None, now=NOW, kind=peru.kinds["libro"], is_active=False)
    peru.institution.refresh_from_db()
    with pytest.raises(Refused, match="book_no_kind"):
        sheet(peru)
    assert (
        "Libro de reclamaciones"
        not in house.client(R.FRONT_DESK).get(f"/{house.slug}/gestion/solicitudes/").text
    )


def test_the_screen_keeps_what_was_typed_lists_and_exports(peru):
    client, today = peru.client(R.FRONT_DESK), timezone.now()
    day = peru.today(today - timedelta(days=1)).isoformat()
    typed = {
        "service_point": peru.point,
        "number": 5,
        "written_on": day,
        "written_time": "09:00",
        "event_on": day,
        "body": "Mal trato",
        "given_names": "Ana",
        "family_names": "Quispe",
        "reply": "email",
        "document_type": "",
        "copy_given": "on",
    }
    response = client.post(url(peru, "nueva/"), typed)
    assert response.status_code == 422
    assert "Hace falta para responder como la persona lo pidió" in response.text
    assert "Mal trato" in response.text
    response = client.post(url(peru, "nueva/"), {**typed, "email": "ana@ejemplo.org"})
    assert response.status_code == 302, response.text
    response = client.post(url(peru, "anular/"), {"service_point": peru.point, "number": 7, "reason": "Rota"})
    assert "La hoja que sigue en esta sede es la 6" in response.text
    assert (
        client.post(
            url(peru, "anular/"), {"service_point": peru.point, "number": 6, "reason": "Rota"}
        ).status_code
        == 302
    )
    with at_most(6):
        shown = client.get(url(peru)).text
    assert "hoja 7" in shown
    assert "Rota" in shown
    book = load_workbook(
        io.BytesIO(peru.client(R.AUDITOR).get(url(peru, "exportar/?formato=xlsx")).content)
    ).active
    assert [row[1].value for row in book.iter_rows(min_row=2)] == [6, 5]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", [14, 13, 12]),
        ("escrita_desde=2026-09-04", [14, 13]),
        ("escrita_hasta=2026-09-03", [12]),
        ("escrita_desde=2026-09-04&escrita_hasta=2026-09-04", [13]),
        ("escrita_desde=ayer", []),
    ],
)
def test_the_book_is_narrowed_by_the_days_when_its_sheets_were_written(peru, asked, numbers):
    late = WRITTEN.replace(hour=4, minute=59)  # in Lima still the day before
    for number, at in ((12, late), (13, WRITTEN), (14, WRITTEN + timedelta(days=1))):
        sheet(peru, number, written_at=at, event_on=date(2026, 9, 1))
    page = peru.client(R.FRONT_DESK).get(f"{url(peru)}?{asked}").text
    assert [number for number in (14, 13, 12) if f", hoja {number}</td>" in page] == numbers
    assert ("«ayer» no es una fecha" in page) is ("ayer" in asked)
    told = b"".join(peru.client(R.AUDITOR).get(url(peru, f"exportar/?{asked}"))).decode("utf-8-sig")
    assert [int(line.split(";")[1]) for line in told.splitlines()[1:]] == numbers


def test_what_repeats_a_resolved_complaint_is_archived_and_told(peru):
    who = person("PE")
    first, again = file(peru, "libro", who=who), file(peru, "libro", who=who)
    other = file(peru, "libro", who=person("PE", document_number="87654321"))
    simple = file(peru, "reclamo", who=who)

    def archive(case, of):
        return archive_duplicate(
            institution=peru.institution, case_id=case.pk, version=None, of=of, reason="Es lo mismo.",
            actor=peru.user(R.QUALITY_MANAGER), now=NOW,
        )  # fmt: skip

    with pytest.raises(Refused, match="duplicate_unresolved"):
        archive(again, first.folio)
    answer(peru, first, now=NOW)
    for case, of, why in (
        (again, "2026-999999", "merge_target_unknown"), (again, again.folio, "merge_itself"),
        (other, first.folio, "duplicate_other_person"), (simple, first.folio, "duplicate_not_here"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            archive(case, of)
    Case.objects.filter(pk=first.pk).update(is_restricted=True, assignee=peru.user(R.QUALITY_MANAGER))
    with pytest.raises(Refused, match="merge_restricted"):  # whoever reads the one would know of the other
        archive(again, first.folio)
    Case.objects.filter(pk=first.pk).update(is_restricted=False)
    case = archive(again, first.folio)
    assert (case.state, case.ending, case.due_on) == ("closed", "duplicate", None)
    assert first.folio in CaseMessage.objects.get(case=case).body
    assert Notice.objects.filter(subject_id=case.pk, kind="cases.duplicate").exists()


def test_the_book_is_answered_aceptado_or_denegado(peru):
    case = file(peru, "libro", now=timezone.now(), unit_id=peru.units["obras"])
    client = peru.client(R.UNIT_OFFICER)
    page = f"/{peru.slug}/gestion/solicitudes/{case.folio}/"
    shown = client.get(page).text
    assert "Aceptado</option>" in shown
    assert "Acogida" not in shown
    assert "medidas correctivas" in shown
    with pytest.raises(Refused, match="outcome_not_here"):
        answer(peru, case, now=timezone.now(), outcome=Outcome.INFORMED)
    answered = answer(peru, case, now=timezone.now(), outcome=Outcome.DENIED)
    assert "Denegado" in client.get(page).text
    assert answer_lines(answered, "Porque no.")[0] == "Resultado: Denegado."
    usual = answer(peru, file(peru, now=timezone.now()), now=timezone.now(), outcome=Outcome.DENIED)
    assert answer_lines(usual, "Porque no.")[0] == "Porque no."
