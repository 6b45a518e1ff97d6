# SPDX-License-Identifier: EUPL-1.2
"""What a citizen reads on the tracking page: one promise with its limit, what
happened in words for them, their codes again.
"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.answer_day import answer_day
from siac.cases.commands.answering import answer_case
from siac.cases.commands.undoing import undo
from siac.cases.models import Case
from siac.cases.pages import clock_lines, history
from siac.cases.public import Outcome
from siac.notices.models import Notice
from siac.people.public import PersonData
from siac.ui.domain.due import day_with_weekday, short_date
from tests.factories import NOW, answer, file

pytestmark = pytest.mark.django_db
MARIA = PersonData(
    given_names="María", email="maria@ejemplo.org", document_type="rut", document_number="12345678-5"
)


def page_of(house, case) -> str:
    browser = Client()
    opened = browser.post(
        f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": "maria@ejemplo.org"}
    )
    assert opened.status_code == 302
    return " ".join(browser.get(opened.url).content.decode().split())


def test_the_earliest_day_is_promised_and_the_outer_limit_told_beside_it(house):
    case = file(house, "reclamo", who=MARIA, now=timezone.now(), unit_id=house.units["obras"])
    promise = answer_day(case, clock_lines(case), today=house.today(timezone.now()))
    assert promise.line.clock.kind == "commitment" and promise.outer == case.legal_due_on
    page = page_of(house, case)
    assert "Le responderemos a más tardar el" in page
    assert page.count('class="siac-promised__day"') == 1


@pytest.mark.parametrize(
    ("kind", "said", "never"),
    [
        ("reclamo", "Nuestro plazo máximo es el", "La ley nos da"),  # an OIRS complaint has no number in law
        ("acceso", "", "Nuestro plazo máximo"),
    ],
)
def test_the_law_is_named_only_where_an_article_gives_the_days(house, kind, said, never):
    case = file(house, kind, who=MARIA, now=timezone.now(), unit_id=house.units["obras"])
    page = page_of(house, case)
    assert said in page and never not in page
    promise = answer_day(case, clock_lines(case), today=house.today(timezone.now()))
    assert promise.outer_is_law is (kind == "acceso")


def test_a_missed_promise_is_owned_up_to_while_the_law_still_runs(house):
    case = file(house, "reclamo", who=MARIA, now=NOW, unit_id=house.units["obras"])
    lines = clock_lines(case)
    promised = next(line.clock.due_on for line in lines if line.clock.kind == "commitment")
    told = answer_day(case, lines, today=promised + timedelta(days=1))
    assert (told.by, told.broken, told.is_late) == (case.legal_due_on, promised, False)
    late = answer_day(case, lines, today=case.legal_due_on + timedelta(days=1))
    assert (late.by, late.is_late, late.outer) == (case.legal_due_on, True, None)


def test_after_contesting_the_running_term_is_promised(house):
    now = timezone.now()
    case = answer(
        house, file(house, who=MARIA, now=now - timedelta(days=2), unit_id=house.units["obras"]), now=now
    )
    browser = Client()
    browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": "maria@ejemplo.org"})
    base = f"/{house.slug}/seguimiento/solicitud/"
    Case.objects.filter(pk=case.pk).update(answered_at=now - timedelta(minutes=5))
    done = browser.post(base + "revision/", {"body": "Sigue igual."}, follow=True)
    page = " ".join(done.content.decode().split())
    assert "revisaremos la respuesta" in page  # success is told
    assert "En revisión" in page and "Le responderemos a más tardar el" in page


def test_what_was_taken_back_never_happened_for_its_person(house):
    case = file(house, who=MARIA, now=NOW, unit_id=house.units["obras"])
    officer = house.user(Role.UNIT_OFFICER)
    values = {"institution": house.institution, "case_id": case.pk, "version": None, "actor": officer}
    answer_case(**values, body="Ya está.", outcome=Outcome.UPHELD, now=NOW)
    undo(**values, now=NOW + timedelta(seconds=5))
    case.refresh_from_db()
    told = [line.title for line in history(case, for_citizen=True)]
    assert told == ["Recibimos su solicitud"]
    answer_case(**values, body="Ahora sí.", outcome=Outcome.UPHELD, now=NOW + timedelta(hours=1))
    case.refresh_from_db()
    assert [line.title for line in history(case, for_citizen=True)] == [
        "Le respondimos",
        "Recibimos su solicitud",
    ]
    assert "Respuesta deshecha antes de enviarse" in [line.title for line in history(case, for_citizen=False)]


def test_a_lost_code_goes_to_the_address_that_was_given_and_nowhere_else(house, other_house):
    case, other = (
        file(house, who=MARIA),
        file(house, who=PersonData(given_names="Eva", email="eva@ejemplo.org")),
    )
    file(other_house, who=MARIA)
    address = f"/{house.slug}/seguimiento/codigo/"
    assert "Perdí mi código" in Client().get(f"/{house.slug}/seguimiento/").content.decode()
    known = Client().post(address, {"email": " MARIA@ejemplo.org"})
    unknown = Client(REMOTE_ADDR="203.0.113.4").post(address, {"email": "nadie@ejemplo.org"})
    assert known.status_code == unknown.status_code == 200
    strip = lambda page: page.content.decode().split("<main")[1]  # noqa: E731
    assert strip(known) == strip(unknown)
    [notice] = Notice.objects.filter(kind="cases.code_again")
    assert (notice.subject_id, notice.recipient) == (case.pk, f"person:{case.person_id}")
    assert other.pk != notice.subject_id
    for n in range(4):
        Client(REMOTE_ADDR=f"203.0.113.{n + 9}").post(address, {"email": "maria@ejemplo.org"})
    assert Notice.objects.filter(kind="cases.code_again").count() == 3
    assert Client(REMOTE_ADDR="198.51.100.2").post(address, {"email": "maria@"}).status_code == 422


def test_the_fields_about_oneself_say_what_they_are_for(house):
    page = Client().get(f"/{house.slug}/solicitud/reclamo/").content.decode()
    for purpose in ("given-name", "family-name", "email", "tel", "street-address", "organization"):
        assert f'autocomplete="{purpose}"' in page, purpose


def test_a_day_is_promised_with_its_weekday():

    assert day_with_weekday(date(2026, 12, 21)) == "lunes 21 de diciembre de 2026"
    assert short_date(date(2026, 9, 5)) == "5 sep"
