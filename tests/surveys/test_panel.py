# SPDX-License-Identifier: EUPL-1.2
"""The opinion panel: in by one's own mail, out by one press, apart from every answer."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.cases.public import PersonEntries
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import State
from siac.people.models import Person
from siac.people.public import PersonData, known_people, names, save_people
from siac.surveys.commands.inviting import Asked, invite
from siac.surveys.commands.links import save_link
from siac.surveys.commands.panel import (
    USUAL_WORDS,
    ask_to_join,
    bring_members,
    drop_unconfirmed,
    join,
    leave,
    listed_panel,
    save_panel,
)
from siac.surveys.commands.refusing import forget_person, has_refused, refuse_surveys, surveys_of
from siac.surveys.models import Panel, PanelMember, Wave
from siac.surveys.panel_letters import LINK, render
from tests.factories import NOW, file, person
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
ANA = "ana@ejemplo.org"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for page in ("workspace.waves", "workspace.panel", "panel_portal", "portal"):
        monkeypatch.setattr(f"siac.surveys.{page}.current_time", lambda: NOW)


@pytest.fixture
def panel(house) -> Panel:
    return save_panel(institution=house.institution, actor=None, now=NOW, words=USUAL_WORDS, is_open=True)


def member(house, email: str = ANA) -> PanelMember:
    ask_to_join(house.institution, email, now=NOW)
    row = PanelMember.objects.latest("pk")
    join(row, house.institution, now=NOW)
    row.refresh_from_db()
    return row


def brought(house, content: bytes, **fields) -> tuple[int, int]:
    given = {"words": "Sí, pregúntenme", "day": TODAY, **fields}
    return bring_members(institution=house.institution, actor=None, now=NOW, content=content, **given)


def test_somebody_joins_by_the_mail_they_get_and_leaves_by_one_press(house, panel):
    client, here = house.client(), f"/{house.slug}/panel/"
    assert USUAL_WORDS in words(client.get(here))
    assert client.post(here, {"email": "no es", "agrees": "on"}).status_code == 422
    assert client.post(here, {"email": ANA}).status_code == 422
    assert client.post(here, {"email": ANA, "agrees": "on"}).status_code == 302
    row = PanelMember.objects.get()
    assert (row.agreed_on, row.words) == (None, USUAL_WORDS)
    assert listed_panel(house.institution).people == []
    subject, text = render(Notice.objects.get(kind="surveys.panel"))
    assert "Panel de opinión" in subject
    assert USUAL_WORDS in text
    assert LINK.sub("", text) != text
    path = re.search(r"https?://[^/\s]+(/\S+)", text)[1]
    assert "¿Quiere estar" in words(client.get(path))
    row.refresh_from_db()
    assert row.agreed_on is None  # opening the page says nothing
    client.post(path)
    row.refresh_from_db()
    assert row.agreed_on == TODAY
    assert listed_panel(house.institution).people == [row.person_id]
    left = client.post(path, {"salir": "1"}, follow=True)
    assert "Ya no está en el panel" in words(left)
    assert not PanelMember.objects.exists()
    assert client.get(path).status_code == 404


def test_nobody_learns_who_is_in_and_nobody_is_written_to_twice_a_day(house, panel):
    member(house)
    client, here = house.client(), f"/{house.slug}/panel/"
    known = client.post(here, {"email": ANA, "agrees": "on"})
    new = client.post(here, {"email": "otra@ejemplo.org", "agrees": "on"})
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert Notice.objects.filter(kind="surveys.panel").count() == 2
    with at_most(8):
        ask_to_join(house.institution, ANA, now=NOW + timedelta(days=1))
    _, text = render(Notice.objects.filter(kind="surveys.panel").latest("pk"))
    assert "ya está en el panel" in text
    assert PanelMember.objects.count() == 2
    assert Person.objects.filter(pk__in=PanelMember.objects.values("person")).count() == 2


def test_a_program_that_fills_the_trap_joins_nobody(house, panel):
    answered = house.client().post(f"/{house.slug}/panel/", {"email": ANA, "agrees": "on", "sitio_web": "x"})
    assert (answered.status_code, PanelMember.objects.count()) == (302, 0)


def test_a_closed_panel_has_no_page_and_takes_nobody(house, panel):
    save_panel(institution=house.institution, actor=None, now=NOW, is_open=False)
    assert house.client().get(f"/{house.slug}/panel/").status_code == 404
    with pytest.raises(Refused, match="panel_closed"):
        ask_to_join(house.institution, ANA, now=NOW)


def test_a_link_of_another_body_opens_nothing(house, other_house, panel):
    row = member(house)
    assert house.client().get(f"/{other_house.slug}/panel/{row.token}/").status_code == 404
    assert house.client().post(f"/{other_house.slug}/panel/{row.token}/", {"salir": "1"}).status_code == 404
    assert PanelMember.objects.exists()


def test_who_confirms_nothing_is_forgotten_and_who_did_stays(house, panel):
    member(house)
    ask_to_join(house.institution, "otra@ejemplo.org", now=NOW)
    assert drop_unconfirmed(house.institution, now=NOW + timedelta(days=14)) == 0
    assert drop_unconfirmed(house.institution, now=NOW + timedelta(days=15)) == 1
    assert PanelMember.objects.get().agreed_on == TODAY


def test_changed_words_are_those_of_who_comes_later_only(house, panel):
    first = member(house)
    save_panel(institution=house.institution, actor=None, now=NOW, words="Otras.")
    first.refresh_from_db()
    assert (first.words, member(house, "otra@ejemplo.org").words) == (USUAL_WORDS, "Otras.")
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_panel(institution=house.institution, actor=None, now=NOW, based_on=1, words="Tercera")


def test_a_sheet_brings_those_who_agreed_but_not_who_is_in_or_wants_none(house, panel, survey):
    member(house)
    (gone,) = save_people(house.institution.pk, [PersonData(email="basta@ejemplo.org")], NOW)
    (row,) = invite(house.institution, survey, [Asked(gone)], now=NOW)
    refuse_surveys(house.institution, row, wanted=False, now=NOW)
    people = Person.objects.count()
    sheet = b"correo\nana@ejemplo.org\nbasta@ejemplo.org\nluz@ejemplo.org\nLUZ@ejemplo.org\n"
    assert brought(house, sheet) == (1, 2)
    luz = PanelMember.objects.get(is_brought=True)
    assert (luz.agreed_on, luz.words, Person.objects.count()) == (TODAY, "Sí, pregúntenme", people + 1)
    assert brought(house, sheet) == (0, 3)
    assert Person.objects.count() == people + 1


@pytest.mark.parametrize(
    ("content", "fields", "code"),
    [
        (b"nombre\nAna\n", {}, "wave_no_mail"),
        (b"correo\nno es\n", {}, "wave_bad_mail"),
        (b"correo\n", {}, "wave_nobody"),
        (b"correo\nana@ejemplo.org\n", {"day": date(2026, 9, 8)}, "panel_day"),
        (b"correo\n" + b"".join(b"p%d@ejemplo.org\n" % n for n in range(1001)), {}, "wave_too_many"),
    ],
)
def test_a_sheet_that_does_not_fit_brings_nobody(house, panel, content, fields, code):
    with pytest.raises(Refused, match=code):
        brought(house, content, **fields)
    assert not PanelMember.objects.exists()


def test_who_wants_no_surveys_leaves_the_panel_and_who_joins_anew_is_asked_again(house, panel, survey):
    row = member(house)
    (invitation,) = invite(house.institution, survey, [Asked(row.person_id)], now=NOW)
    refuse_surveys(house.institution, invitation, wanted=False, now=NOW)
    assert not PanelMember.objects.exists()
    again = member(house)
    assert not has_refused(house.institution, [again.person_id])


def test_who_is_erased_is_in_no_panel_and_the_copy_tells_when_and_how_they_agreed(house, panel):
    row = member(house)
    entries = PersonEntries(PersonData(email=ANA), [row.person_id], [])
    told = surveys_of(house.access(Role.QUALITY_MANAGER), entries)
    assert told == [{"en_el_panel_desde": "2026-09-07", "acepto": USUAL_WORDS}]
    forget_person(house.institution.pk, row.person_id)
    assert not PanelMember.objects.exists()


def test_a_wave_is_drawn_from_the_panel_by_its_page(house, panel, survey):
    sheet = "correo\n" + "".join(f"p{n}@ejemplo.org\n" for n in range(6))
    brought(house, sheet.encode())
    client = house.client(Role.QUALITY_MANAGER)
    here = f"/{house.slug}/gestion/encuestas/{survey.pk}/olas/nueva/"
    sent = {"name": "Panel", "source": "panel", "size": "5", "seed": "7", "closes_on": "2026-09-30"}
    quotas = client.post(here, {**sent, "quotas-0-part": "x", "quotas-0-wanted": "1"})
    assert "El panel no tiene partes" in words(quotas)
    assert client.post(here, sent).status_code == 302
    row = Wave.objects.get()
    assert (row.source, row.population, row.size) == ("Panel de opinión", 6, 5)


def test_quality_opens_the_panel_brings_a_list_and_sees_no_names(house):
    client, here = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/encuestas/panel/"
    assert "Todavía no hay panel" in words(client.get(here))
    assert client.get(f"{here}lista/").status_code == 404
    assert client.post(f"{here}cambiar/", {"words": "Acepto.", "is_open": "on"}).status_code == 302
    sheet = SimpleUploadedFile("lista.csv", b"correo\nana@ejemplo.org\n")
    sent = {"file": sheet, "words": "Sí", "day": "2026-09-01"}
    assert client.post(f"{here}lista/", sent).status_code == 302
    page = words(client.get(here))
    assert "1 persona en el panel" in page
    assert "ana@" not in page


def test_the_panel_is_offered_after_an_answer_where_it_is_open(house, survey):
    link = save_link(
        institution=house.institution, actor=None, now=NOW, survey=survey, name="Afiche", kind="link"
    )
    here = f"/{house.slug}/encuesta/{link.token}/gracias/"
    assert "Panel de opinión" not in words(house.client().get(here))
    save_panel(institution=house.institution, actor=None, now=NOW, words=USUAL_WORDS, is_open=True)
    assert "Panel de opinión" in words(house.client().get(here))


def test_who_leaves_or_never_confirmed_is_kept_nowhere_unless_something_else_is_of_them(house, panel):
    row = member(house)
    ask_to_join(house.institution, "otra@ejemplo.org", now=NOW)
    case = file(house, who=person(email="vecino@ejemplo.org"))
    known = member(house, "vecino@ejemplo.org")
    assert known.person_id == case.person_id
    leave(house.institution, [row.person_id, known.person_id], now=NOW)
    drop_unconfirmed(house.institution, now=NOW + timedelta(days=15))
    assert not PanelMember.objects.exists()
    for mail in (ANA, "otra@ejemplo.org"):
        assert known_people(house.institution.pk, PersonData(email=mail), limit=5) == []
    assert names(house.institution.pk, [case.person_id])


def test_who_left_and_wants_no_surveys_is_still_known_to_want_none(house, panel, survey):
    row = member(house)
    (invitation,) = invite(house.institution, survey, [Asked(row.person_id)], now=NOW)
    refuse_surveys(house.institution, invitation, wanted=False, now=NOW)
    assert has_refused(house.institution, [row.person_id])
    assert known_people(house.institution.pk, PersonData(email=ANA), limit=5) == [row.person_id]


def test_whom_a_list_brought_who_was_asked_to_confirm_finds_the_link_of_their_mail_alive(house, panel):
    ask_to_join(house.institution, ANA, now=NOW)
    waiting = PanelMember.objects.get()
    assert brought(house, b"correo\nana@ejemplo.org\n") == (1, 0)
    now_in = PanelMember.objects.get()
    assert (now_in.token, now_in.is_made, now_in.is_brought) == (waiting.token, True, True)
    assert (now_in.agreed_on, now_in.words) == (TODAY, "Sí, pregúntenme")
    assert "Usted ya está en el panel" in render(Notice.objects.get())[1]


def test_of_who_left_the_panel_no_letter_waits_or_keeps_its_words(house, panel):
    file(house, who=person(email=ANA))
    row = member(house)
    first = Notice.objects.get(kind="surveys.panel")
    Notice.objects.filter(pk=first.pk).update(state=State.SENT, body="En el panel", subject_line="Panel")
    ask_to_join(house.institution, ANA, now=NOW + timedelta(days=1))
    leave(house.institution, [row.person_id], now=NOW + timedelta(days=1))
    told = Notice.objects.filter(kind="surveys.panel").order_by("pk")
    assert list(told.values_list("state", "body")) == [(State.SENT, ""), (State.CANCELLED, "")]


def test_a_letter_to_who_did_not_ask_promises_only_what_happens(house, panel):
    ask_to_join(house.institution, ANA, now=NOW)
    text = render(Notice.objects.get())[1]
    assert "no le escribiremos más" not in text, "whoever types the address again has another sent"
    assert "olvidamos su correo a los 14 días" in text


def test_the_copy_of_who_did_not_confirm_does_not_say_that_they_agreed(house, panel):
    ask_to_join(house.institution, ANA, now=NOW)
    entries = PersonEntries(PersonData(email=ANA), [PanelMember.objects.get().person_id], [])
    told = surveys_of(house.access(Role.QUALITY_MANAGER), entries)
    assert told == [{"panel_por_confirmar_desde": "2026-09-07"}]


def test_of_who_wants_no_surveys_no_letter_of_the_panel_waits(house, panel, survey):
    file(house, who=person(email=ANA))
    row = member(house)
    (invitation,) = invite(house.institution, survey, [Asked(row.person_id)], now=NOW)
    refuse_surveys(house.institution, invitation, wanted=False, now=NOW)
    assert Notice.objects.get(kind="surveys.panel").state == State.CANCELLED
