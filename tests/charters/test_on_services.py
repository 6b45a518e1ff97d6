# SPDX-License-Identifier: EUPL-1.2
"""A service tells what is promised of it, how that was kept, and how the steps behind keep their clocks."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.catalogue.public import Service, save_service
from siac.charters.commands.freezing import freeze_periods
from siac.charters.models import Commitment
from siac.charters.on_services.reading import kept_on, steps_kept
from siac.charters.standings import period
from siac.clocks.public import Clock, settle_overdue
from siac.indicators.public import Share, count_all
from tests.factories import NOW, House, answer, file
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY


def _step(code: str, **more) -> dict:
    return {"code": code, "step": code.title(), "unit_id": None, "amount": 1, "unit": "bd", "document": "",
            "clock": "", **more}  # fmt: skip


def _given(house: House) -> Service:
    row = save_service(
        institution=house.institution, actor=None, now=NOW, name="Veredas",
        topic_id=house.topics["Inundaciones"],
        process=[
            _step("recibir", clock="legal"), _step("archivar"), _step("avisar", clock="acknowledgement"),
        ],
    )  # fmt: skip
    house.institution.refresh_from_db()
    return row


@pytest.fixture
def service(house: House, monkeypatch) -> Service:
    """With a promise that its first step sustains; of five on its topic, three were answered in time, one
    late, and one waits too long; one on another topic is none of its.
    """
    row = _given(house)
    Commitment.objects.filter(pk=house.commitment.pk).update(service=row, sustained_by=["recibir"])
    house.institution.refresh_from_db()
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(6)]
    Case.objects.filter(pk__in=[case.pk for case in cases[:5]]).update(topic=house.topics["Inundaciones"])
    Case.objects.filter(pk=cases[5].pk).update(topic=house.topics["Transparencia"])
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    late = Clock.objects.filter(subject_id__in=[case.pk for case in cases[3:]], kind="legal")
    late.update(due_at=NOW + 5 * DAY, due_on=house.today(NOW + 5 * DAY))
    settle_overdue(NOW + 12 * DAY)
    answer(house, cases[3], now=NOW + 15 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    monkeypatch.setattr("siac.charters.on_services.workspace.current_time", lambda: LATER)
    return row


def test_a_promise_is_told_with_its_newest_closed_period(house, service):
    service.institution = house.institution
    (told,) = kept_on(service, today=house.today(LATER))
    assert told.commitment.pk == house.commitment.pk
    assert (told.last.result.met, told.last.result.total) == (3, 6)
    assert kept_on(_other(house), today=house.today(LATER)) == []


def _other(house: House) -> Service:
    row = save_service(institution=house.institution, actor=None, now=NOW, name="Otro")
    row.institution = house.institution
    return row


def test_a_step_counts_the_clocks_of_its_topic_that_ended_or_are_over(house, service):
    first, last = period(house.institution, LATER)
    service.institution = house.institution
    promised = kept_on(service, today=house.today(LATER))
    with at_most(1):
        steps = steps_kept(service, promised, first=first, last=last)
    told = {step.code: (step.share, list(step.sustains), step.words) for step in steps}
    assert told["recibir"] == (Share(3, 5), [1], "60,0\N{NO-BREAK SPACE}%")
    assert told["archivar"] == (Share(0, 0), [], "Sin dato")
    before = steps_kept(service, promised, first=first, last=house.today(NOW) + 2 * DAY)
    assert before[0].share == Share(3, 3)  # two days after, nothing was late


def test_a_step_of_a_unit_counts_only_the_terms_of_its_unit(house, service):
    first, last = period(house.institution, LATER)
    one, two = Clock.objects.filter(kind="legal", state="met").order_by("pk")[:2]
    Clock.objects.filter(pk=one.pk).update(kind="unit", office=house.units["obras"])
    Clock.objects.filter(pk=two.pk).update(kind="unit", office=house.units["oirs"])
    service.institution = house.institution
    service.process = [
        _step("obra", clock="unit", unit_id=house.units["obras"]), _step("todas", clock="unit"),
    ]  # fmt: skip
    told = steps_kept(service, [], first=first, last=last)
    assert [each.share for each in told] == [Share(1, 1), Share(2, 2)]


def test_without_a_topic_there_is_no_figure(house, service):
    first, last = period(house.institution, LATER)
    service.institution, service.topic, service.topic_id = house.institution, None, None
    with at_most(0):
        assert {each.words for each in steps_kept(service, [], first=first, last=last)} == {"Sin dato"}


def test_the_house_sees_steps_and_cases_and_everybody_only_the_promise(house, service):
    manager = house.client(Role.QUALITY_MANAGER)
    page = words(manager.get(f"/{house.slug}/gestion/servicios/{service.pk}/"))
    assert "Compromisos y cómo se cumplen" in page and "3 de 5" in page and "Compromiso 1" in page
    url = f"/{house.slug}/gestion/servicios/{service.pk}/pasos/recibir/"
    listed = words(manager.get(url))
    assert listed.count("No cumplido") == 2 and listed.replace("No cumplido", "").count("Cumplido") == 3
    first = Clock.objects.filter(subject_id__in=Case.objects.values("pk"), kind="legal", state="met").first()
    first.pk = None
    first.save(
        force_insert=True
    )  # a request may have two terms: the figure counts both, and so does its list
    page = words(manager.get(f"/{house.slug}/gestion/servicios/{service.pk}/"))
    again = manager.get(url)
    assert "4 de 6" in page and len(again.context["told"]) == 6
    assert words(again).replace("No cumplido", "").count("Cumplido") == 4
    first.delete()
    assert manager.get(url.replace("recibir", "archivar")).status_code == 404
    assert house.client(Role.FRONT_DESK).get(url).status_code == 403
    page = words(house.client(Role.FRONT_DESK).get(f"/{house.slug}/gestion/servicios/{service.pk}/"))
    assert "3 de 5" in page and "Ver solicitudes" not in page
    public = words(house.client().get(f"/{house.slug}/servicios/veredas/"))
    assert "A qué nos comprometemos" in public and "septiembre de 2026: 50,0" in public
    assert "Recibir" not in public and "3 de 5" not in public
    assert "Veredas" in words(house.client().get(f"/{house.slug}/servicios/"))


def test_what_counts_to_few_is_not_told_outside(house, service):
    type(house.institution).objects.update(smallest_group=10)
    house.institution.refresh_from_db()
    public = words(house.client().get(f"/{house.slug}/servicios/veredas/"))
    assert "no se muestra" in public and "3 de 6" not in public
    inside = words(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/servicios/{service.pk}/"))
    assert "3 de 6" in inside and "no se publica" in inside


def test_a_service_that_is_not_given_any_more_says_so_and_nothing_of_its_promises(house, service):
    save_service(
        institution=house.institution, actor=None, now=NOW, service=service, name="Veredas", is_active=False
    )
    page = words(house.client().get(f"/{house.slug}/servicios/veredas/"))
    assert "Ya no se presta" in page and "3 de 6" not in page
