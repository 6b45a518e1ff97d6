# SPDX-License-Identifier: EUPL-1.2
"""From one complaint to what changed because of it: cause, finding, action, indicator before and after,
notice; on the page of the request, for its person by code, once for each, whoever else tells them.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.models import Case, CaseKind
from siac.cases.public import PersonEntries
from siac.improvement.commands.following import note_progress
from siac.improvement.commands.telling import TELLING, begin_telling, link_cases, telling
from siac.improvement.models import Telling, Told
from siac.improvement.personal import told_of
from siac.improvement.public import Action, measure_action
from siac.indicators.public import count_all
from siac.infra.longwork import run_long
from siac.infra.retrying import Busy
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.notices.public import Notice, send_due
from siac.organizations.public import touch_configuration
from siac.people.public import PersonData
from tests.factories import ANONYMOUS, House, file, make_house, person
from tests.improvements import (
    AFTER,
    BEGUN,
    DAY,
    DONE,
    FOUND,
    MEASURED,
    TOLD,
    added,
    approved,
    begun,
    by,
    cause_of,
    complaints,
    day,
    found_about,
    indicator,
    with_baseline,
)
from tests.longwork import some_steps
from tests.words import words


def other(n: int) -> PersonData:
    return person(email=f"persona{n}@ejemplo.org", document_number="", document_type="")


def under_way(house: House, count: int = 2) -> tuple[list[Case], Action]:
    """Complaints of different people, and an approved plan whose action answers the finding about them."""
    cause = cause_of(house)
    cases = [
        complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=other(n))[0] for n in range(count)
    ]
    of, plan = indicator(house), begun(house)
    row = added(house, plan, [found_about(house, cause).pk])
    with_baseline(house, row, of)
    approved(house, plan)
    return cases, row


def done(house: House, row: Action) -> Telling:
    note_progress(
        action_id=row.pk, percent=100, dated_on=day(house, DONE), note="Quedó en el turno de los viernes.",
        **by(house, DONE, Role.HEAD_OF_UNIT),
    )  # fmt: skip
    return Telling.objects.get(action=row)


def tell(row: Telling) -> None:
    run_long(TELLING, row.pk, telling, clock=lambda: DONE + timedelta(hours=1))


@pytest.mark.django_db
def test_one_complaint_leads_to_a_change_that_its_person_is_told_of(house):
    cause = cause_of(house)
    [case] = complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=other(0))
    complaints(house, 11, filed=BEGUN, days=20)
    of, plan = indicator(house), begun(house)
    row = added(house, plan, [found_about(house, cause).pk])
    with_baseline(house, row, of)
    approved(house, plan)
    complaints(house, 12, filed=AFTER, days=2)
    tell(done(house, row))
    count_all(house.institution, now=MEASURED)
    effect = measure_action(
        action_id=row.pk, first=day(house, AFTER), last=day(house, MEASURED - DAY), **by(house, MEASURED)
    )
    assert (effect.effect, effect.before_total, effect.total) == ("better", 12, 12)
    assert (effect.before_value, effect.value) == (0, 100)
    send_due(lambda: MEASURED)
    told = Told.objects.get(case=case)
    assert (told.state, told.notice.state) == ("sent", "shown"), "an installation without mail shows it"
    assert TOLD in told.notice.body and case.code in told.notice.body

    page = words(
        house.client(Role.QUALITY_MANAGER).get(reverse("workspace:cases:case", args=[house.slug, case.folio]))
    )
    for said in (
        "Qué cambió con esto", "Causa: Demora en la visita", "Se tarda en ir a ver", "El aviso queda en "
        "papel",
        "Revisar los sumideros cada viernes", "Mejoró", "0,0 % antes (de 12), 100,0 % después (de 12)",
        "no dice que cambió por ella", "Aviso: se muestra aquí",
    ):  # fmt: skip
        assert said in page, said
    assert "Qué cambió con esto" not in words(
        house.client(Role.UNIT_OFFICER).get(reverse("workspace:cases:case", args=[house.slug, case.folio]))
    ), "who does not read plans"
    access, of = house.access(Role.QUALITY_MANAGER), case.person_id
    [copied] = told_of(access, PersonEntries(other(0), [of], [other(0)]))
    assert (copied["solicitud"], copied["texto"]) == (case.folio, TOLD)
    own = words(follow(house, case, "persona0@ejemplo.org"))
    assert "Qué hicimos gracias a su solicitud" in own and TOLD in own and "100,0 % después" in own
    assert verify_institution(house.institution.pk).problems == []


def follow(house: House, case: Case, factor: str = ""):
    browser = Client()
    sent = browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": factor})
    assert sent.status_code == 302
    return browser.get(sent.url)


@pytest.mark.django_db
def test_whose_request_is_not_answered_yet_reads_on_its_page_what_the_notice_says_is_there(house):
    cause = cause_of(house)
    case = file(house, now=BEGUN, who=other(0), unit_id=house.units["obras"])
    of, plan = indicator(house), begun(house)
    finding = found_about(house, cause)
    row = added(house, plan, [finding.pk])
    complaints(house, 1, filed=BEGUN, days=20)
    with_baseline(house, row, of)
    link_cases(finding_id=finding.pk, cases=[case], **by(house, FOUND))
    approved(house, plan)
    tell(done(house, row))
    assert Told.objects.get(case=case).state == "sent"
    assert TOLD in words(follow(house, case, "persona0@ejemplo.org"))


@pytest.mark.django_db
def test_who_gave_no_name_reads_it_by_code_and_whom_nobody_reaches_is_counted(house):
    cause = cause_of(house)
    CaseKind.objects.filter(code="reclamo", institution=house.institution).update(allows_anonymous=True)
    touch_configuration(house.institution.pk)
    house.institution.refresh_from_db()
    [nobody] = complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=ANONYMOUS)
    [by_phone] = complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=person(email=""))
    [erased] = complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=other(1))
    first, again = (
        complaints(house, 1, filed=BEGUN, days=20, cause_id=cause, who=other(2)) for _ in range(2)
    )
    Case.objects.filter(pk=erased.pk).update(erased_at=FOUND)
    of, plan = indicator(house), begun(house)
    row = added(house, plan, [found_about(house, cause).pk])
    with_baseline(house, row, of)
    approved(house, plan)
    tell(done(house, row))
    states = dict(Told.objects.values_list("case_id", "state"))
    assert states == {
        nobody.pk: "by_code", by_phone.pk: "by_code", erased.pk: "erased", first[0].pk: "sent",
        again[0].pk: "twice",
    }  # fmt: skip
    assert Notice.objects.filter(kind="improvement.done").count() == 1
    assert TOLD in words(follow(house, nobody))
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/mejora/acciones/{row.pk}/"))
    assert "Datos borrados: no se avisa: 1" in page and "Lo lee con su código: 2" in page


@pytest.mark.django_db
def test_a_complaint_of_another_cause_or_too_old_or_too_late_is_not_behind_it(house):
    [case], row = under_way(house, 1)
    complaints(house, 1, filed=BEGUN, days=20, who=other(7))
    complaints(house, 1, filed=FOUND - 366 * DAY, days=3, cause_id=case.cause_id, who=other(8))
    complaints(house, 1, filed=DONE + 2 * DAY, days=3, cause_id=case.cause_id, who=other(9))
    tell(done(house, row))
    assert list(Told.objects.values_list("case_id", flat=True)) == [case.pk]


@pytest.mark.django_db
def test_a_request_linked_by_hand_is_told_too(house):
    [case], row = under_way(house, 1)
    linked = file(house, "sugerencia", now=BEGUN, who=other(5))
    finding = row.answered.get().finding
    url = f"/{house.slug}/gestion/mejora/hallazgos/{finding.pk}/solicitud/"
    keeper = house.client(Role.QUALITY_MANAGER)
    assert keeper.post(url, {"folio": "2026-999999"}).status_code == 422
    assert keeper.post(url, {"folio": str(linked.folio)}).status_code == 302
    assert link_cases(finding_id=finding.pk, cases=[linked], **by(house, FOUND)) == 0
    tell(done(house, row))
    assert set(Told.objects.values_list("case_id", flat=True)) == {case.pk, linked.pk}


@pytest.mark.django_db
def test_a_worker_that_dies_is_gone_on_with_and_nobody_is_told_twice(house, monkeypatch):
    monkeypatch.setattr("siac.improvement.commands.telling.BATCH", 1)
    cases, row = under_way(house, 3)
    work = done(house, row)
    some_steps(TELLING, work.pk, telling, now=DONE, most=2)
    work.refresh_from_db()
    assert (work.done, Notice.objects.filter(kind="improvement.done").count()) == (2, 2)
    run_long(TELLING, work.pk, telling, clock=lambda: DONE + DAY)
    work.refresh_from_db()
    assert (work.state, work.done) == ("done", 3)
    assert Notice.objects.filter(kind="improvement.done").count() == len(cases)
    with pytest.raises(Refused, match="telling_begun"):
        begin_telling(action_id=row.pk, **by(house, DONE + DAY))


@pytest.mark.django_db
def test_nobody_is_told_before_it_is_done_or_without_words(house):
    _, row = under_way(house, 1)
    with pytest.raises(Refused, match="telling_open"):
        begin_telling(action_id=row.pk, **by(house, DONE))
    Action.objects.filter(pk=row.pk).update(told_text="")
    note_progress(action_id=row.pk, percent=100, dated_on=day(house, DONE), note="Hecho", **by(house, DONE))
    assert not Telling.objects.exists()
    with pytest.raises(Refused, match="telling_words"):
        begin_telling(action_id=row.pk, **by(house, DONE))


@pytest.mark.slow
def test_two_workers_at_once_tell_each_person_once(real_commits):
    house = make_house()
    _, row = under_way(house, 3)
    work, failed = done(house, row), []

    def worker() -> None:
        try:
            tell(work)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(isinstance(each, Busy) for each in failed), failed  # the other one has it
    assert Told.objects.filter(state="sent").count() == 3
    assert Notice.objects.filter(kind="improvement.done").count() == 3


@pytest.mark.django_db
def test_a_suggestion_has_the_way_to_a_finding_about_it_and_a_complaint_has_not(house):
    suggested, complained = file(house, "sugerencia", now=BEGUN), file(house, now=BEGUN)
    keeper = house.client(Role.QUALITY_MANAGER)
    page = "workspace:cases:case"
    opens = f"/{house.slug}/gestion/hallazgos/nuevo/?trata=case-{suggested.pk}"
    assert opens in keeper.get(reverse(page, args=[house.slug, suggested.folio])).content.decode()
    assert "?trata=" not in keeper.get(reverse(page, args=[house.slug, complained.folio])).content.decode()
    sent = {
        "title": "Abrir los sábados",
        "source": "suggestion",
        "severity": "3",
        "unit_id": "",
        "responsible_id": "",
    }
    assert keeper.post(opens, sent).status_code == 302
    said = words(keeper.get(reverse(page, args=[house.slug, suggested.folio])))
    assert "Abrir los sábados" in said and "Ninguna acción aprobada todavía" in said
