# SPDX-License-Identifier: EUPL-1.2
"""A letter that the post brought back: who sees it notes it, and its person waits to be told again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.delivering import record_delivery, record_return, undo_return
from siac.cases.pages import history
from siac.indicators.figures.cube import recount
from siac.indicators.figures.facts import facts_behind
from siac.indicators.figures.measuring import measure
from siac.infra.metrics import Statistic, metric, source
from siac.kernel.errors import Refused
from siac.notices.measuring import refresh_facts
from siac.notices.models import Notice, NoticeFact, ReturnedLetter
from siac.notices.public import ReturnReason
from tests.cases.test_answer_drafts import events, page, url
from tests.cases.test_deliveries import by_letter
from tests.factories import file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]


def posted(house):
    case, notice = by_letter(house)
    now = timezone.now()
    record_delivery(
        institution=house.institution,
        case_id=case.pk,
        notice_id=notice.pk,
        proof="RR123456785CL",
        actor=house.user(Role.FRONT_DESK),
        now=now,
    )
    return case, notice, now


def came_back(house, case, notice, now, **changes):
    said = {"returned_on": house.today(now), "reason": ReturnReason.UNCLAIMED, **changes}
    return record_return(
        institution=house.institution,
        case_id=case.pk,
        notice_id=notice.pk,
        **{"actor": house.user(Role.FRONT_DESK), "now": now, **said},
    )


def told(on: date, reason: str) -> dict[str, str]:
    return {"returned_on": on.isoformat(), "reason": reason}


def test_a_letter_that_came_back_waits_to_be_delivered_again(house):
    case, notice, now = posted(house)
    shown = page(house, case)
    assert "Cartas enviadas" in shown and "Por entregar" not in shown
    desk, address = house.client(Role.FRONT_DESK), url(house, case, f"envios/{notice.pk}/volvio")
    assert "Por qué volvió" in desk.get(address).content.decode()
    sent = desk.post(address, told(house.today(now), "no_address"))
    assert sent.status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.bounce) == ("failed", "La dirección no existe o está incompleta")
    shown = page(house, case)
    assert "Por entregar" in shown and "Cartas enviadas" not in shown
    assert "la dirección no existe o está incompleta" in shown
    assert "La carta volvió sin entregarse" in shown
    assert events(case)[-1] == "cases.letter_returned"
    assert house.client(Role.FRONT_DESK).get(url(house, case, f"envios/{notice.pk}/carta")).status_code == 200
    again = url(house, case, f"envios/{notice.pk}")
    assert "Cómo se entregó esta vez" in desk.get(again).content.decode()
    assert desk.post(again, {"proof": "RR9CL, a la dirección nueva"}).status_code == 302
    shown = page(house, case)
    assert "Por entregar" not in shown and "Antes volvió" in shown
    outbox = reverse("workspace:outbox:notice", args=[house.institution.slug, notice.pk])
    assert "Devuelto" in house.client(Role.ADMINISTRATOR).get(outbox).content.decode()


def test_it_is_taken_back_for_a_moment_by_whoever_noted_it(house):
    case, notice, now = posted(house)
    came_back(house, case, notice, now)
    common = {"institution": house.institution, "case_id": case.pk, "notice_id": notice.pk}
    with pytest.raises(Refused, match="return_undo"):
        undo_return(**common, actor=house.user(Role.UNIT_OFFICER), now=now)
    with pytest.raises(Refused, match="return_undo"):
        undo_return(**common, actor=house.user(Role.FRONT_DESK), now=now + timedelta(minutes=5))
    desk = house.client(Role.FRONT_DESK)
    assert "que la carta volvió" in desk.get(url(house, case)).content.decode()
    assert desk.post(url(house, case, f"envios/{notice.pk}/volvio/deshacer")).status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.bounced_at, notice.bounce) == ("sent", None, "")
    assert not ReturnedLetter.objects.exists()
    assert events(case)[-2:] == ["cases.letter_returned", "cases.letter_return_undone"]
    with pytest.raises(Refused, match="return_no_letter"):
        undo_return(**common, actor=house.user(Role.FRONT_DESK), now=now)


def test_taking_back_the_second_return_leaves_the_first(house):
    case, notice, now = posted(house)
    came_back(house, case, notice, now, reason=ReturnReason.REFUSED)
    common = {"institution": house.institution, "case_id": case.pk, "notice_id": notice.pk}
    desk = house.user(Role.FRONT_DESK)
    record_delivery(**common, proof="otra", actor=desk, now=now)
    came_back(house, case, notice, now + timedelta(seconds=1))
    undo_return(**common, actor=desk, now=now + timedelta(seconds=2))
    notice.refresh_from_db()
    assert (notice.state, notice.bounce) == ("sent", "La rechazaron")
    refresh_facts(house.institution.pk, [notice.pk])
    assert NoticeFact.objects.get().is_returned


@pytest.mark.parametrize("days", [-1, 1])
def test_a_letter_came_back_between_its_posting_and_today(house, days):
    case, notice, now = posted(house)
    with pytest.raises(Refused, match="return_day"):
        came_back(house, case, notice, now, returned_on=house.today(now) + timedelta(days=days))
    address = url(house, case, f"envios/{notice.pk}/volvio")
    answered = house.client(Role.FRONT_DESK).post(
        address, told(house.today(now) + timedelta(days=days), "other")
    )
    assert answered.status_code == 422
    assert "va del día en que se anotó su envío a hoy" in answered.content.decode()


def test_only_a_letter_of_that_case_that_went_out_comes_back(house):
    waiting, not_posted = by_letter(house)
    case, notice, now = posted_beside(house)
    desk = house.client(Role.FRONT_DESK)
    assert desk.get(url(house, waiting, f"envios/{not_posted.pk}/volvio")).status_code == 404
    assert desk.get(url(house, waiting, f"envios/{notice.pk}/volvio")).status_code == 404
    with pytest.raises(Refused, match="return_no_letter"):
        came_back(house, waiting, not_posted, now)
    with pytest.raises(Refused, match="return_no_letter"):
        came_back(house, waiting, notice, now)
    mail = Notice.objects.filter(channel="email").first()
    assert mail is not None
    Notice.objects.filter(pk=mail.pk).update(state="sent", sent_at=now, subject_id=case.pk)
    with pytest.raises(Refused, match="return_no_letter"):
        came_back(house, case, mail, now)
    came_back(house, case, notice, now)
    with pytest.raises(Refused, match="return_no_letter"):
        came_back(house, case, notice, now)


def posted_beside(house):
    """Return another posted letter: of a case filed after the first."""
    file(house, now=timezone.now(), unit_id=house.units["obras"])
    Notice.objects.filter(kind="cases.answered").update(kind="cases.answered.kept")
    case, notice, now = posted(house)
    Notice.objects.filter(kind="cases.answered.kept").update(kind="cases.answered")
    return case, notice, now


def test_the_person_reads_that_the_letter_came_back(house):
    case, notice, now = posted(house)
    came_back(house, case, notice, now)
    read = [each.title for each in history(case, for_citizen=True)]
    assert read[0] == "La carta que le enviamos volvió sin entregarse"
    undo_return(
        institution=house.institution,
        case_id=case.pk,
        notice_id=notice.pk,
        actor=house.user(Role.FRONT_DESK),
        now=now,
    )
    assert not any("volvió" in each.title for each in history(case, for_citizen=True))


def test_letters_that_came_back_are_a_share_of_those_sent(house):
    case, notice, now = posted(house)
    came_back(house, case, notice, now)
    refresh_facts(house.institution.pk, [notice.pk])
    for _ in recount(house.institution, source("notices"), now=now):
        continue
    what, today = metric("notices.letters_returned"), house.today(now)
    found = measure(house.institution, what, [(today, today)], today=today).told()
    assert (found.value(Statistic.RATE), found.total) == (100, 1)
    (thing,) = source("notices").things.tell(house.access(Role.QUALITY_MANAGER), [notice])
    assert facts_behind(house.institution, what, today, today) == [notice.pk]
    assert thing.cells[1:] == ("Carta", "Volvió")


def test_the_page_of_a_case_with_letters_costs_no_more(house):
    case, notice, now = posted(house)
    came_back(house, case, notice, now)
    browser = house.client(Role.HEAD_OF_UNIT)
    browser.get(url(house, case))
    with at_most(12):
        assert "Por entregar" in browser.get(url(house, case)).content.decode()
