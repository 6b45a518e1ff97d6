# SPDX-License-Identifier: EUPL-1.2
"""Waves: a sample is drawn from a list, sent a slice at a time, reminded once."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from siac.accounts.public import Role
from siac.infra.models import JobFault
from siac.infra.turns import each_in_turn
from siac.kernel.errors import Refused
from siac.notices.models import Attempt, Notice
from siac.notices.public import State, queue
from siac.people.models import Person
from siac.surveys.commands import lists, waves
from siac.surveys.commands.answering import take_answer
from siac.surveys.commands.lists import Listed, answered_between, listed_in
from siac.surveys.commands.surveys import save_survey
from siac.surveys.commands.waves import (
    REMINDER,
    draw_wave,
    go_on_sending,
    reminders,
    send_wave,
    sendings,
)
from siac.surveys.doors import door_for
from siac.surveys.letters import render_reminder
from siac.surveys.models import Invitation, Wave, WaveState
from siac.surveys.queries import quota_lines
from tests.factories import NOW, answer, file, person
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.surveys.test_inviting import NOBODY_ELSE
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
MORNING = NOW.replace(hour=13)


@pytest.fixture
def survey(house):
    """A survey that a wave of one may be drawn for: most of these tests count few people."""
    return make_survey(house, least=1)


def remind(institution, *, now) -> int:
    """Do all that is due of reminding."""
    return each_in_turn("surveys.remind", institution.pk, reminders(institution, now=now), now=now)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.workspace.waves.current_time", lambda: NOW)


def people(house, count: int) -> list[int]:
    """Return people whose complaint was answered today."""
    return [answer(house, file(house, who=person(**NOBODY_ELSE)), now=NOW).person_id for _ in range(count)]


def drawn(house, survey, who, size: int = 100, **fields) -> Wave:
    given = {"name": "Ola", "seed": 7, "closes_on": TODAY + timedelta(days=20), **fields}
    return draw_wave(
        institution=house.institution, survey=survey, actor=house.user(Role.QUALITY_MANAGER), now=NOW,
        listed=Listed(who, "Lista"), size=size, **given,
    )  # fmt: skip


def sent(house, row: Wave) -> int:
    send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    count = go_on_sending(house.institution, now=NOW)
    row.refresh_from_db()
    return count


# Lists


def test_who_filed_several_requests_is_one_person_of_the_list(house):
    for _ in range(2):
        answer(house, file(house, who=person(email="una@ejemplo.org")), now=NOW)
    answer(house, file(house, "denuncia", who=person(**NOBODY_ELSE)), now=NOW)
    file(house, who=person(**NOBODY_ELSE))
    with at_most(2):
        listed = answered_between(house.institution, TODAY, TODAY)
    assert len(listed.people) == 1
    assert answered_between(house.institution, TODAY, TODAY, [house.kinds["consulta"].pk]).people == []
    assert answered_between(house.institution, date(2026, 9, 8), date(2026, 9, 9)).people == []


def test_a_sheet_of_mail_addresses_becomes_people(house):
    content = b"Nombre;Correo\nAna;ana@ejemplo.org\nOtra vez;ANA@ejemplo.org\n;\nLuis;luis@ejemplo.org\n"
    listed = listed_in(house.institution, content, "lista.csv", now=NOW)
    assert (len(listed.people), listed.source) == (2, "Archivo «lista.csv»")
    assert Person.objects.filter(pk__in=listed.people).count() == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "wave_no_mail"),
        (b"nombre\nAna\n", "wave_no_mail"),
        (b"correo\n", "wave_nobody"),
        (b"correo\nana@ejemplo.org\nno es un correo\n", "wave_bad_mail"),
        (b"PK\x03\x04rota", "table_unreadable"),
    ],
)
def test_a_sheet_that_is_no_list_is_refused(house, content, code):
    with pytest.raises(Refused, match=code):
        listed_in(house.institution, content, "x.csv", now=NOW)
    assert not Person.objects.exists()


def test_a_list_that_is_too_long_is_refused(house, monkeypatch):
    monkeypatch.setattr(lists, "MOST_PEOPLE", 2)
    with pytest.raises(Refused, match="wave_too_many"):
        listed_in(house.institution, b"correo\na@x.cl\nb@x.cl\nc@x.cl\n", "x.csv", now=NOW)


# Drawing and sending


def test_a_wave_draws_the_same_again_and_asks_nobody_yet(house, survey):
    first, again = drawn(house, survey, range(1, 500), 20), drawn(house, survey, range(499, 0, -1), 20)
    assert first.drawn == again.drawn and first.size == 20 and first.population == 499
    assert drawn(house, survey, range(1, 500), 20, seed=8).drawn != first.drawn
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"closes_on": TODAY}, "wave_days"),
        ({"reminds_on": TODAY}, "wave_days"),
        ({"reminds_on": TODAY + timedelta(days=21)}, "wave_days"),
        ({"who": []}, "wave_nobody"),
    ],
)
def test_a_wave_that_cannot_be_is_refused(house, survey, fields, code):
    with pytest.raises(Refused, match=code):
        drawn(house, survey, **{"who": [1], **fields})


def test_a_wave_is_sent_to_those_drawn_until_its_own_last_day(house, survey):
    who = people(house, 4)
    row = drawn(house, survey, who, 3)
    assert sent(house, row) == 3
    assert (row.state, row.done, row.left_out) == (WaveState.SENT, 3, 0)
    asked = Invitation.objects.filter(wave=row)
    assert {each.recipient for each in asked} == {f"person:{pk}" for pk in row.drawn}
    assert {each.closes_on for each in asked} == {row.closes_on}
    assert go_on_sending(house.institution, now=NOW) == 0
    with pytest.raises(Refused, match="wave_sent"):
        send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)


def test_those_asked_lately_are_left_out_and_counted(house, survey):
    who = people(house, 3)
    assert sent(house, drawn(house, survey, who[:1])) == 1
    row = drawn(house, survey, who)
    assert (sent(house, row), row.left_out) == (2, 1)


def test_what_broke_off_goes_on_where_it_was(house, survey, monkeypatch):
    monkeypatch.setattr(waves, "_SLICE", 2)
    row = drawn(house, survey, people(house, 5))
    send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    assert waves._send_slice(house.institution, row.pk, now=NOW) == 2
    row.refresh_from_db()
    assert (row.state, row.done) == (WaveState.SENDING, 2)
    assert go_on_sending(house.institution, now=NOW) == 3
    assert Invitation.objects.filter(wave=row).count() == 5


@pytest.mark.parametrize("over", ["closed", "late"])
def test_whom_nobody_can_answer_any_more_is_not_asked(house, survey, monkeypatch, over):
    """A worker that stood still sent the rest of the wave links that opened nothing."""
    monkeypatch.setattr(waves, "_SLICE", 2)
    row = drawn(house, survey, people(house, 5))
    send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    waves._send_slice(house.institution, row.pk, now=NOW)
    later = NOW
    if over == "closed":
        save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, is_active=False)
    else:
        later = NOW + timedelta(days=400)
    assert go_on_sending(house.institution, now=later) == 0
    row.refresh_from_db()
    assert (row.state, row.done, row.left_out) == (WaveState.SENT, 2, 3)


def test_a_survey_that_takes_no_answers_has_no_wave_sent(house, survey):
    row = drawn(house, survey, people(house, 1))
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, is_active=False)
    with pytest.raises(Refused, match="survey_unopened"):
        send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)


# Reminding


def test_who_did_not_answer_is_reminded_once_on_the_day_for_it(house, survey):
    row = drawn(house, survey, people(house, 3), reminds_on=TODAY + timedelta(days=7))
    sent(house, row)
    first, second, third = Invitation.objects.filter(wave=row).order_by("pk")
    take_answer(door_for(house.institution, first.token, today=TODAY), 1, {"general": 7}, today=TODAY)
    Notice.objects.filter(subject_id=second.pk, kind="surveys.invitation").update(state=State.FAILED)
    assert remind(house.institution, now=MORNING + timedelta(days=6)) == 0
    assert remind(house.institution, now=MORNING + timedelta(days=7, hours=-1)) == 0
    assert remind(house.institution, now=MORNING + timedelta(days=7, hours=10)) == 0, "not at night"
    assert remind(house.institution, now=MORNING + timedelta(days=7)) == 1
    assert remind(house.institution, now=MORNING + timedelta(days=7)) == 0
    notice = Notice.objects.get(kind="surveys.reminder")
    assert notice.subject_id == third.pk
    subject, text = render_reminder(notice)
    assert subject.startswith("Recordatorio: ") and third.token in text


def test_a_reminder_whose_hour_was_missed_is_made_up_until_the_wave_is_over(house, survey):
    sent(house, drawn(house, survey, people(house, 2), reminds_on=TODAY + timedelta(days=7)))
    assert remind(house.institution, now=MORNING + timedelta(days=21)) == 0, "it is over"
    assert remind(house.institution, now=MORNING + timedelta(days=9, hours=6)) == 2
    assert set(Invitation.objects.values_list("reminded_on", flat=True)) == {TODAY + timedelta(days=9)}


def test_a_hundred_that_cannot_be_reminded_ends_no_other(house, survey, monkeypatch):
    monkeypatch.setattr(waves, "_SLICE", 2)
    sent(house, drawn(house, survey, people(house, 4), reminds_on=TODAY + timedelta(days=7)))
    turns, queue = [], waves.queue_many

    def fails_once(*args):
        turns.append(args)
        if len(turns) == 1:
            raise ValueError
        return queue(*args)

    monkeypatch.setattr(waves, "queue_many", fails_once)
    assert remind(house.institution, now=MORNING + timedelta(days=7)) == 2
    assert JobFault.objects.get().job == "surveys.remind"
    assert remind(house.institution, now=MORNING + timedelta(days=7, hours=1)) == 2
    assert not JobFault.objects.exists()


def test_a_wave_that_fails_ends_no_other(house, survey, monkeypatch):
    rows = [drawn(house, survey, people(house, 1)) for _ in range(2)]
    for row in rows:
        send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    slice_ = waves._send_slice

    def fails(institution, pk, *, now):
        if pk == rows[0].pk:
            raise ValueError
        return slice_(institution, pk, now=now)

    monkeypatch.setattr(waves, "_send_slice", fails)
    steps = sendings(house.institution, now=NOW)
    assert each_in_turn("surveys.waves", house.institution.pk, steps, now=NOW) == 1
    assert JobFault.objects.get().subject == f"wave:{rows[0].pk}"


def test_fewer_than_the_smallest_group_are_not_asked_by_a_wave(house):
    """Of one asked and one answer everybody knows who said what."""
    survey = make_survey(house, least=5)
    with pytest.raises(Refused, match="wave_few"):
        drawn(house, survey, range(1, 5))
    with pytest.raises(Refused, match="wave_few"):
        drawn(house, survey, range(1, 100), 4)
    assert drawn(house, survey, range(1, 6)).size == 5


def test_the_people_of_a_list_are_not_kept_where_its_wave_is_refused(house, survey):
    sheet = SimpleUploadedFile("lista.csv", b"correo\nana@ejemplo.org\n")
    typed = {"name": "S", "source": "file", "file": sheet, "size": "9", "seed": "1",
             "closes_on": "2026-09-01"}  # fmt: skip
    manager = house.client(Role.QUALITY_MANAGER)
    page = manager.post(f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/nueva/", typed)
    assert page.status_code == 422 and not Person.objects.exists()


def test_a_list_of_days_has_no_more_people_than_one_of_a_file(house, monkeypatch):
    people(house, 3)
    monkeypatch.setattr(lists, "MOST_PEOPLE", 2)
    with pytest.raises(Refused, match="wave_too_many"):
        answered_between(house.institution, TODAY, TODAY)


# Pages


def test_quality_draws_looks_and_sends(house, survey):
    people(house, 4)
    manager = house.client(Role.QUALITY_MANAGER)
    base = f"/{house.slug}/gestion/encuestas/{survey.pk}/"
    typed = {"name": "Septiembre", "source": "cases", "first": "2026-09-01", "last": "2026-09-30",
             "size": "3", "seed": "11", "closes_on": "2026-09-30"}  # fmt: skip
    page = manager.post(f"{base}olas/nueva/", typed, follow=True)
    assert "4 personas, 3 sorteadas con el número 11" in words(page)
    row = Wave.objects.get()
    assert "deben responder al menos 4" in words(page), "of four everybody"
    assert "Septiembre" in words(manager.get(base))
    going = words(manager.post(f"{base}olas/{row.pk}/enviar/", follow=True))
    assert "Van 0 de 3. Las primeras salen antes de dos minutos. Actualizar" in going
    go_on_sending(house.institution, now=NOW)
    assert "3 invitadas, 0 sin entregar" in words(manager.get(f"{base}olas/{row.pk}/"))
    again = manager.post(f"{base}olas/{row.pk}/enviar/", follow=True)
    assert "Esta ola ya se envió." in words(again)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first": ""}, "Escriba el día."),
        ({"last": "2026-08-01"}, "no puede ser anterior"),
        ({"source": "file"}, "Elija el archivo."),
        ({"size": "0"}, "Escriba un número desde 1."),
        ({"closes_on": "2026-09-07"}, "El último día debe estar por venir"),
        ({"first": "2026-01-01", "last": "2026-01-02"}, "La lista no tiene a nadie."),
    ],
)
def test_a_wave_that_is_typed_wrong_is_told(house, survey, changes, said):
    people(house, 1)
    typed = {"name": "S", "source": "cases", "first": "2026-09-01", "last": "2026-09-30", "size": "3",
             "seed": "11", "closes_on": "2026-09-30", **changes}  # fmt: skip
    manager = house.client(Role.QUALITY_MANAGER)
    page = manager.post(f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/nueva/", typed)
    assert (page.status_code, said in words(page)) == (422, True)


def test_a_wave_is_drawn_from_a_file(house, survey):
    sheet = SimpleUploadedFile("lista.csv", b"correo\nana@ejemplo.org\nluis@ejemplo.org\n")
    typed = {
        "name": "S",
        "source": "file",
        "file": sheet,
        "size": "9",
        "seed": "1",
        "closes_on": "2026-09-30",
    }
    manager = house.client(Role.QUALITY_MANAGER)
    manager.post(f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/nueva/", typed)
    assert Wave.objects.get().size == 2


# Quotas

COMUNAS = ["Coquimbo"] * 8 + ["Andacollo"] * 3 + [""]
SHEET = "Correo;Comuna\n" + "".join(f"p{n}@ejemplo.org;{name}\n" for n, name in enumerate(COMUNAS))


def by_commune(house, survey, quotas, **fields) -> Wave:
    survey.least = 5
    survey.save()
    listed = listed_in(house.institution, SHEET.encode(), "a.csv", now=NOW, column="COMUNA")
    given = {"name": "Ola", "seed": 7, "closes_on": TODAY + timedelta(days=20), "size": 0, **fields}
    return draw_wave(
        institution=house.institution, survey=survey, actor=house.user(Role.QUALITY_MANAGER), now=NOW,
        listed=listed, quotas=quotas, **given,
    )  # fmt: skip


def test_each_part_is_drawn_by_its_quota_and_a_short_one_says_so(house, survey):
    row = by_commune(house, survey, {"coquimbo": 4, "Andacollo": 5, "sin dato": 1})
    told = [(each.name, each.listed, each.wanted, each.drawn, each.is_short) for each in quota_lines(row)]
    assert told == [("Andacollo", 3, 5, 3, True), ("Coquimbo", 8, 4, 4, False), ("Sin dato", 1, 1, 1, False)]
    assert sorted(row.drawn) == sorted(person for part in row.quotas for person in part["drawn"])
    again = by_commune(house, survey, {"Coquimbo": 4, "Andacollo": 5, "Sin dato": 1}, name="Otra vez")
    places = [[person - min(each.drawn) for person in each.drawn] for each in (row, again)]
    assert places[0] == places[1]  # the sheet is read anew, and its people are other entries


def test_how_a_part_responded_is_told_of_no_few(house, survey):
    row = by_commune(house, survey, {"Coquimbo": 6, "Andacollo": 3, "Sin dato": 1})
    sent(house, row)
    for invitation in Invitation.objects.filter(wave=row):
        take_answer(
            door_for(house.institution, invitation.token, today=TODAY), 1, {"general": 7}, today=TODAY
        )
    assert {each.name: each.answered for each in quota_lines(row)} == {
        "Andacollo": None, "Coquimbo": None, "Sin dato": None
    }  # fmt: skip
    page = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/{row.pk}/"
    )
    assert "pocas" in words(page)


def test_a_part_of_which_few_were_asked_is_not_told_however_many_were_drawn(house, survey):
    """Six were drawn; four were asked lately by another survey, and two are few."""
    row = by_commune(house, survey, {"Coquimbo": 6, "Andacollo": 3})
    asked = next(part["drawn"] for part in row.quotas if part["name"] == "Coquimbo")
    Wave.objects.filter(pk=row.pk).update(drawn=[pk for pk in row.drawn if pk not in asked[:4]])
    sent(house, row)
    told = {each.name: each.answered for each in quota_lines(row)}
    assert told == {"Andacollo": None, "Coquimbo": None}


@pytest.mark.parametrize(
    ("quotas", "code"), [({"La Serena": 5}, "wave_no_part"), ({"Andacollo": 3}, "wave_few")]
)
def test_quotas_that_the_list_cannot_give_are_refused(house, survey, quotas, code):
    with pytest.raises(Refused, match=code):
        by_commune(house, survey, quotas)
    with pytest.raises(Refused, match="wave_no_column"):
        listed_in(house.institution, SHEET.encode(), "a.csv", now=NOW, column="Región")


def test_of_requests_the_parts_are_their_kinds(house, survey):
    people(house, 6)
    listed = answered_between(house.institution, TODAY, TODAY)
    assert set(listed.part_of.values()) == {"Reclamo"}


def test_the_form_takes_quotas_instead_of_one_number(house, survey):
    people(house, 6)
    browser = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/nueva/"
    typed = {
        "name": "Ola", "source": "cases", "first": TODAY, "last": TODAY, "seed": 7,
        "closes_on": TODAY + timedelta(days=9),
    }  # fmt: skip
    told = browser.post(url, typed)
    assert told.status_code == 422 and "Escriba a cuántas, o agregue cuotas." in words(told)
    rows = {"quotas-0-row": 1, "quotas-0-part": "Reclamo", "quotas-0-wanted": 5}
    taken = browser.post(url, typed | rows)
    assert taken.status_code == 302, words(taken)
    assert Wave.objects.get().size == 5


def test_quotas_hide_enough_that_none_follows_and_outlive_an_erasure(house, survey):
    row = by_commune(house, survey, {"Coquimbo": 8, "Andacollo": 3})
    sent(house, row)
    one = Invitation.objects.filter(wave=row).first()
    Invitation.objects.filter(pk=one.pk).update(recipient="", is_spent=True)
    row = Wave.objects.select_related("survey").get(pk=row.pk)
    assert [each.answered for each in quota_lines(row)] == [None, None]


def test_a_part_that_is_written_in_two_ways_is_one(house):
    sheet = "correo;comuna\na@ejemplo.org;Coquimbo\nb@ejemplo.org;COQUIMBO\n"
    listed = listed_in(house.institution, sheet.encode(), "a.csv", now=NOW, column="comuna")
    assert set(listed.part_of.values()) == {"Coquimbo"}


def test_a_reminder_tells_nobody_of_the_house_whom_it_went_to(house, survey):
    notice = queue(house.institution.pk, REMINDER, "person:7", "email", "invitation", 1, {}, NOW)
    Notice.objects.filter(pk=notice.pk).update(
        state="failed", subject_line="Recordatorio: Encuesta", body="Hola, Rosa", bounced_at=NOW,
        bounce="rosa no existe", proof="rosa",
    )  # fmt: skip
    Attempt.objects.create(
        notice=notice, institution=house.institution, started_at=NOW, server_answer="550 rosa"
    )
    url = reverse("workspace:outbox:notice", args=[house.slug, notice.pk])
    page = house.client(Role.ADMINISTRATOR).get(url).content.decode()
    assert "un recordatorio dice quién todavía no ha respondido" in page
    assert "rosa" not in page.lower()
