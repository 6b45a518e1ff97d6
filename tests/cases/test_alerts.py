# SPDX-License-Identifier: EUPL-1.2
"""Cases near or past their last day are put before whoever their kind says, once."""

from datetime import date, datetime

import pytest

from siac.accounts.public import Role
from siac.cases.alerts.commands import raise_alerts, see_alert
from siac.cases.alerts.queries import alerts_for
from siac.cases.appeals.commands import register_appeal, send_defence
from siac.cases.models import Appeal, CaseAlert
from siac.cases.public import Outcome, ask_for_information, assign_case, save_kind
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import NOW, House, answer, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def on(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def audiences() -> list[tuple[int, str]]:
    return sorted(CaseAlert.objects.values_list("offset", "audience"))


@pytest.fixture
def case(house: House):
    """A request of Monday 7 September, due on 6 October, in the unit of works with its officer."""
    made = file(house, "consulta", unit_id=house.units["obras"])
    return assign_case(
        institution=house.institution,
        case_id=made.pk,
        version=None,
        assignee_id=house.user(Role.UNIT_OFFICER).pk,
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )


def test_the_ladder_is_climbed_step_by_step_and_each_step_once(house, case):
    assert raise_alerts(now=on(date(2026, 9, 30))) == 0
    assert raise_alerts(now=on(date(2026, 10, 1))) == 1
    assert raise_alerts(now=on(date(2026, 10, 2))) == 0
    assert raise_alerts(now=on(date(2026, 10, 6))) == 1
    assert raise_alerts(now=on(date(2026, 10, 7))) == 1
    assert raise_alerts(now=on(date(2026, 10, 14))) == 1  # five days late, 12 October is a holiday
    assert audiences() == [(-3, "assignee"), (0, "head_of_unit"), (1, "head_of_unit"), (5, "quality_manager")]


def test_a_day_on_which_nothing_ran_is_caught_up(house, case):
    assert raise_alerts(now=on(date(2026, 10, 8))) == 2  # «three days left» is no news any more


def test_an_old_register_cries_no_wolf(house):
    file(house, "consulta", now=on(date(2026, 3, 2)), unit_id=house.units["obras"])
    assert raise_alerts(now=on(date(2026, 9, 7))) == 0


def test_what_waits_or_is_answered_raises_nothing(house, case):
    ask_for_information(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body="¿Dónde?",
        actor=house.user(Role.HEAD_OF_UNIT),
        now=on(date(2026, 9, 30)),
    )
    answered = file(house, "consulta", unit_id=house.units["obras"])
    answer(house, answered, now=on(date(2026, 9, 30)))
    assert raise_alerts(now=on(date(2026, 10, 6))) == 0


def test_nobody_assigned_nobody_told_by_name(house):
    file(house, "consulta", unit_id=house.units["obras"])
    raise_alerts(now=on(date(2026, 10, 1)))
    assert audiences() == []


def test_each_sees_only_what_speaks_to_them(house, case):
    raise_alerts(now=on(date(2026, 10, 7)))
    seen = {
        role: sorted(alerts_for(house.access(role)).values_list("offset", flat=True))
        for role in (
            Role.UNIT_OFFICER,
            Role.HEAD_OF_UNIT,
            Role.QUALITY_MANAGER,
            Role.FRONT_DESK,
            Role.AUDITOR,
        )
    }
    assert seen == {
        Role.UNIT_OFFICER: [-3], Role.HEAD_OF_UNIT: [0, 1], Role.QUALITY_MANAGER: [], Role.FRONT_DESK: [],
        Role.AUDITOR: [],
    }  # fmt: skip


def test_a_head_of_another_unit_is_not_told(house):
    file(house, "consulta", unit_id=house.units["juridico"])
    raise_alerts(now=on(date(2026, 10, 7)))
    assert audiences() == [(0, "head_of_unit"), (1, "head_of_unit")]
    assert not alerts_for(house.access(Role.HEAD_OF_UNIT)).exists()


def see(house: House, role: Role, alert: CaseAlert, *, silence: bool = False) -> CaseAlert:
    return see_alert(
        access=house.access(role), alert_id=alert.pk, silence=silence, actor=house.user(role), now=NOW
    )


def test_only_its_role_sees_and_silences_an_alert(house, case):
    raise_alerts(now=on(date(2026, 10, 6)))
    alert = CaseAlert.objects.get(audience="head_of_unit")
    for role in (Role.UNIT_OFFICER, Role.QUALITY_MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(Refused):
            see(house, role, alert)
    see(house, Role.HEAD_OF_UNIT, alert, silence=True)
    with pytest.raises(Refused):
        see(house, Role.HEAD_OF_UNIT, alert)
    raise_alerts(now=on(date(2026, 10, 7)))
    assert (1, "head_of_unit") not in audiences()
    raise_alerts(now=on(date(2026, 10, 14)))
    assert (5, "quality_manager") in audiences()  # the others are still told


def test_one_mail_a_person_however_many_alerts_and_it_names_nobody(house, case):
    other = file(house, "consulta", unit_id=house.units["obras"])
    raise_alerts(now=on(date(2026, 10, 6)))
    send_due(lambda: on(date(2026, 10, 6)))
    mails = Notice.objects.filter(kind="cases.alerts").order_by("pk")
    assert [(mail.recipient, mail.context["count"]) for mail in mails] == [
        (f"user:{house.user(Role.UNIT_OFFICER).pk}", 1), (f"user:{house.user(Role.HEAD_OF_UNIT).pk}", 2),
    ]  # fmt: skip
    assert other.folio not in mails[1].body and "2 plazos requieren su atención" in mails[1].subject_line


def test_the_page_lists_them_and_the_buttons_work(house, case):
    raise_alerts(now=on(date(2026, 10, 6)))
    browser, where = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/alertas/"
    browser.get(where)
    with at_most(6):
        page = browser.get(where).content.decode()
    assert case.folio in page
    alert = CaseAlert.objects.get(audience="head_of_unit")
    done = browser.post(f"{where}{alert.pk}/vista/", {"accion": "visto"}, follow=True)
    assert "Alerta vista." in done.content.decode() and case.folio not in done.content.decode()
    again = browser.post(f"{where}{alert.pk}/vista/", {"accion": "visto"}, follow=True)
    assert "alguien de su mismo cargo ya la vio" in again.content.decode()


def test_the_administrator_writes_the_ladder_in_rows(house):
    kind = house.kinds["consulta"]
    browser, where = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/tipos/{kind.pk}/"
    page = browser.get(where).content.decode()
    assert 'name="ladder-0-days" value="3"' in page
    data = {
        "name": kind.name,
        "code": kind.code,
        "nature": kind.nature,
        "need": kind.need,
        "rule_id": kind.rule_id,
        "contest_days": 10,
        "review_days": 10,
        "position": 1,
        "is_active": "on",
        "on_portal": "on",
        "ladder-0-days": "10",
        "ladder-0-when": "after",
        "ladder-0-to": "authority",
        "ladder-1-days": "2",
        "ladder-1-when": "before",
        "ladder-1-to": "head_of_unit",
        "appeal_ladder-0-days": "0",
        "appeal_ladder-0-when": "on",
        "appeal_ladder-0-to": "quality_manager",
    }
    wrong = browser.post(where, {**data, "ladder-1-days": "pronto"})
    assert wrong.status_code == 422 and "Aviso 2: Escriba un número de días." in wrong.content.decode()
    assert 'value="pronto"' in wrong.content.decode()
    assert browser.post(where, data).status_code == 302
    kind.refresh_from_db()
    assert kind.ladder == [{"offset": -2, "to": "head_of_unit"}, {"offset": 10, "to": "authority"}]
    assert kind.appeal_ladder == [{"offset": 0, "to": "quality_manager"}]


def test_a_bad_ladder_is_refused_by_the_command(house):
    with pytest.raises(Refused) as caught:
        save_kind(
            institution=house.institution, kind=house.kinds["consulta"], actor=None, now=NOW,
            ladder=[{"offset": 100, "to": "authority"}],
        )  # fmt: skip
    assert caught.value.code == "bad_ladder"


@pytest.fixture
def appeal(house) -> Appeal:
    """An amparo told on Monday 7 September: ten business days to defend, until
    22 September (the 18th is a holiday).
    """
    made = file(house, "acceso", unit_id=house.units["obras"])
    answer(house, made, now=NOW, outcome=Outcome.DENIED)
    register_appeal(
        institution=house.institution,
        case_id=made.pk,
        version=None,
        forum="other",
        authority="Consejo",
        reference="C1-26",
        notified_on=date(2026, 9, 7),
        body="Pide la nómina.",
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
    )
    return Appeal.objects.get()


def test_an_appeal_climbs_a_ladder_of_its_own_though_its_request_is_answered(house, appeal):
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["acceso"], ladder=[],
        appeal_ladder=[{"offset": -2, "to": "head_of_unit"}, {"offset": 1, "to": "authority"}],
    )  # fmt: skip
    house.institution.refresh_from_db()
    assert raise_alerts(now=on(date(2026, 9, 16))) == 0
    due = appeal.due_on
    for day in range(8, 31):
        raise_alerts(now=on(date(2026, 9, day)))
    rows = {alert.offset: alert for alert in CaseAlert.objects.all()}
    assert {step: (row.audience, row.appeal_id, row.due_on) for step, row in rows.items()} == {
        -2: ("head_of_unit", appeal.pk, due), 1: ("authority", appeal.pk, due),
    }  # fmt: skip
    with pytest.raises(Refused):
        see(house, Role.HEAD_OF_UNIT, rows[1])
    see(house, Role.AUTHORITY, rows[1], silence=True)
    page = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/alertas/").text
    assert "Recurso: Consejo C1-26" in page and "Cumplido" not in page


def test_what_was_defended_raises_nothing(house, appeal):
    send_defence(
        institution=house.institution, appeal_id=appeal.pk, sent_on=date(2026, 9, 7), body="Descargos",
        actor=house.user(Role.UNIT_OFFICER), now=NOW,
    )  # fmt: skip
    for day in range(8, 31):
        raise_alerts(now=on(date(2026, 9, day)))
    assert not CaseAlert.objects.exists()
