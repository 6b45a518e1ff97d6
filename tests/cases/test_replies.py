# SPDX-License-Identifier: EUPL-1.2
"""The person writes about an answer without contesting it; those joined to a
case answered by letter get a letter each.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.domain.delivery import Delivery
from siac.cases.models import CaseMessage
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.cases.public import Case, merge_case
from siac.clocks.public import Clock
from siac.journal.public import JournalEntry
from siac.notices.models import Notice
from tests.factories import answer, file, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role
CITIZEN = "/seguimiento/solicitud/"


@pytest.fixture
def case(house) -> Case:
    now = timezone.now() - timedelta(minutes=1)  # the person sees it once it can no longer be taken back
    return answer(house, file(house, now=now, unit_id=house.units["obras"]), now=now)


def citizen(house, case):
    client = house.client()
    client.cookies[cookie_name(house.institution)] = FOLLOWING.sign(str(case.pk))
    return client


def clocks(case):
    return list(
        Clock.objects.filter(subject_id=case.pk)
        .order_by("pk")
        .values_list("kind", "state", "due_on", "ended_at")
    )


def test_a_comment_reaches_the_officer_and_moves_no_clock(house, case):
    before, client, officer = clocks(case), citizen(house, case), house.client(R.UNIT_OFFICER)
    assert "Comentar la respuesta" in client.get(f"/{house.slug}{CITIZEN}").text
    for _ in range(2):  # pressed twice it is one comment
        sent = client.post(f"/{house.slug}{CITIZEN}comentario/", {"body": "Gracias, quedó bien"})
        assert sent.status_code == 302
    case.refresh_from_db()
    assert (case.state, clocks(case), case.reviews) == ("answered", before, 0)
    assert CaseMessage.objects.get(case=case, kind="reply").body == "Gracias, quedó bien"
    unread = f"/{house.slug}/gestion/solicitudes/?vista=comentarios"
    officer.get(unread)
    with at_most(6):
        listed = officer.get(unread).text
    assert case.folio in listed
    own = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert "Gracias, quedó bien" in officer.get(own).text
    assert officer.post(f"{own}comentario-leido/", {"version": case.version}).status_code == 302
    assert case.folio not in officer.get(unread).text
    assert officer.post(f"{own}comentario-leido/", {}).status_code == 422
    kinds = JournalEntry.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["cases.replied", "cases.reply_read"]
    history = client.get(f"/{house.slug}{CITIZEN}").text
    assert "Usted comentó la respuesta" in history
    assert "Comentario de la persona leído" not in history


def test_an_empty_comment_is_refused_and_one_on_an_open_case_is_not_offered(house, case):
    empty = citizen(house, case).post(f"/{house.slug}{CITIZEN}comentario/", {"body": " "})
    assert empty.status_code == 422
    assert "Escriba su comentario" in empty.text
    running = file(house, now=timezone.now())
    client = citizen(house, running)
    assert "Comentar la respuesta" not in client.get(f"/{house.slug}{CITIZEN}").text
    assert client.post(f"/{house.slug}{CITIZEN}comentario/", {"body": "Hola"}).status_code == 422
    assert not CaseMessage.objects.filter(case=running).exists()


def test_a_comment_that_came_while_the_officer_read_another_stays_unread(house, case):
    client, officer = citizen(house, case), house.client(R.UNIT_OFFICER)
    client.post(f"/{house.slug}{CITIZEN}comentario/", {"body": "Uno"})
    case.refresh_from_db()
    client.post(f"/{house.slug}{CITIZEN}comentario/", {"body": "Dos"})
    own = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert officer.post(f"{own}comentario-leido/", {"version": case.version}).status_code == 422
    assert Case.objects.get(pk=case.pk).replied_at is not None


@pytest.mark.parametrize(("way", "theirs"), [(Delivery.LETTER, "letter"), (Delivery.PHONE, "email")])
def test_whose_case_was_joined_gets_a_letter_of_their_own(house, way, theirs):
    now = timezone.now()
    main = file(house, now=now, unit_id=house.units["obras"])
    joined = file(
        house,
        now=now,
        unit_id=house.units["obras"],
        who=person(email="", address="Calle Corta 3", document_number=""),
    )
    merge_case(
        institution=house.institution,
        case_id=joined.pk,
        version=None,
        into=main.folio,
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )
    answer(house, main, now=now, channel=way)
    notice = Notice.objects.get(subject_id=joined.pk, kind="cases.answered")
    assert notice.channel == theirs
    if way is Delivery.LETTER:
        letter = house.client(R.UNIT_OFFICER).get(
            f"/{house.slug}/gestion/solicitudes/{joined.folio}/envios/{notice.pk}/carta/"
        )
        assert (letter.status_code, letter["Content-Type"]) == (200, "application/pdf")
        assert joined.folio in letter["Content-Disposition"]
