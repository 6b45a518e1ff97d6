# SPDX-License-Identifier: EUPL-1.2
"""An attention that is no request: two keys, corrected, withdrawn, taken back, turned into a request."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.attentions.commands import (
    Attention,
    correct_attention,
    file_attention,
    register_attention,
    undo_attention,
    withdraw_attention,
)
from siac.cases.attentions.facts import refresh_facts
from siac.cases.attentions.personal import KEPT_FOR, attentions_of, forget_attentions
from siac.cases.attentions.queries import usual
from siac.cases.extensions import PersonEntries
from siac.cases.models import Case, Channel, Interaction, InteractionFact
from siac.catalogue.models import Topic
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.public import save_unit
from siac.people.models import Person
from siac.people.public import PersonData
from tests.factories import NOW, file, make_house
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
ANA = PersonData(given_names="Ana", family_names="Rojas", phone="+56 9 1234 5678")
DAY = timedelta(days=1)


def attention(house, **changes) -> Attention:
    values = {"channel": Channel.COUNTER, "unit_id": house.units["oirs"], "begun_at": NOW, **changes}
    return Attention(**values)


def register(house, *, now=NOW, person=None, actor=None, **changes) -> Interaction:
    return register_attention(
        institution=house.institution,
        attention=attention(house, **{"begun_at": now, **changes}),
        person=person,
        actor=actor or house.user(Role.FRONT_DESK),
        now=now,
    )


def kinds_of(row) -> list[str]:
    return [entry.kind.removeprefix("cases.attention_") for entry in history(row.institution_id, row.stream)]


def url(house, tail: str = "") -> str:
    return f"/{house.slug}/gestion/atenciones/{tail}"


def test_one_key_opens_the_form_and_one_sends_it_as_the_last_one_was(house):
    browser = house.client(Role.FRONT_DESK)
    first = {
        "channel": "phone",
        "unit": house.units["oirs"],
        "service_point": house.point,
        "is_resolved": "on",
    }
    assert browser.post(url(house, "nueva/"), {**first, "subject": "Horario"}).status_code == 302
    page = browser.get(url(house)).content.decode()
    assert f'href="{url(house, "nueva/")}" data-key="c"' in page
    opened = browser.get(url(house, "nueva/"))
    form = opened.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    assert (sent["channel"], sent["unit"], sent["service_point"]) == (
        "phone",
        house.units["oirs"],
        house.point,
    )
    assert b"data-focus-first" in opened.content
    assert browser.post(url(house, "nueva/"), sent).status_code == 302
    last = Interaction.objects.order_by("-pk").first()
    assert (last.channel, last.unit_id, last.service_point_id) == (
        "phone",
        house.units["oirs"],
        house.point,
    )
    assert (last.subject, last.person_id, last.is_resolved) == ("", None, True)
    assert abs(last.begun_at - timezone.now()) < timedelta(minutes=1)


def test_registering_costs_four_statements_and_six_with_a_person(house):
    register(house)
    with at_most(4):
        register(house)
    with at_most(6):
        register(house, person=ANA)


def test_what_is_later_than_now_or_of_another_body_is_refused(house):
    other = make_house("otra")
    for changes, code in (
        ({"begun_at": NOW + DAY}, "attention_future"),
        ({"unit_id": other.units["oirs"]}, "attention_unit"),
        ({"topic_id": next(iter(other.topics.values()))}, "topic_unknown"),
        ({"service_point_id": other.point}, "attention_point"),
    ):
        with pytest.raises(Refused) as refused:
            register_attention(
                institution=house.institution, attention=replace(attention(house), **changes), person=None,
                actor=house.user(Role.FRONT_DESK), now=NOW,
            )  # fmt: skip
        assert refused.value.code == code
    assert not Interaction.objects.exists()


def test_a_correction_keeps_what_it_changed_and_is_taken_back_for_some_seconds(house):
    row = register(house, subject="Horario de la oficina")
    common = {"institution": house.institution, "attention_id": row.pk, "actor": house.user(Role.FRONT_DESK)}
    better = attention(house, subject="Horario de la oficina móvil", channel=Channel.PHONE)
    changed = correct_attention(**common, attention=better, based_on=1, now=NOW + DAY)
    assert (changed.subject, changed.channel, changed.version) == ("Horario de la oficina móvil", "phone", 2)
    same = correct_attention(**common, attention=better, based_on=2, now=NOW + DAY)
    assert same.version == 2
    with pytest.raises(Refused, match="saved_meanwhile"):
        correct_attention(**common, attention=better, based_on=1, now=NOW + DAY)
    with pytest.raises(Refused, match="attention_undo_late"):
        undo_attention(**common, now=NOW + DAY + timedelta(seconds=15))
    undone = undo_attention(**common, now=NOW + DAY + timedelta(seconds=14))
    assert (undone.subject, undone.channel, undone.begun_at) == ("Horario de la oficina", "counter", NOW)
    with pytest.raises(Refused, match="attention_undo_nothing"):
        undo_attention(**common, now=NOW + DAY + timedelta(seconds=14))
    assert kinds_of(row) == ["registered", "corrected", "undone"]


def test_taking_back_a_registration_withdraws_it_and_nobody_else_may(house):
    row = register(house)
    common = {"institution": house.institution, "attention_id": row.pk, "now": NOW}
    with pytest.raises(Refused, match="attention_undo_nothing"):
        undo_attention(**common, actor=house.user(Role.QUALITY_MANAGER))
    undo_attention(**common, actor=house.user(Role.FRONT_DESK))
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_why) == (NOW, "Deshecha al registrarla.")


def test_a_withdrawn_one_says_why_counts_nowhere_and_comes_back(house):
    row = register(house)
    refresh_facts(house.institution.pk, [row.pk])
    common = {"institution": house.institution, "attention_id": row.pk, "actor": house.user(Role.FRONT_DESK)}
    with pytest.raises(Refused, match="attention_why"):
        withdraw_attention(**common, reason="  ", based_on=1, now=NOW)
    withdraw_attention(**common, reason="Está dos veces.", based_on=1, now=NOW)
    refresh_facts(house.institution.pk, [row.pk])
    assert not InteractionFact.objects.exists()
    browser = house.client(Role.FRONT_DESK)
    assert f">{row.pk}</a>" not in browser.get(url(house)).content.decode()
    assert f">{row.pk}</a>" in browser.get(url(house, "?estado=retiradas")).content.decode()
    with pytest.raises(Refused, match="attention_withdrawn"):
        correct_attention(**common, attention=attention(house), based_on=None, now=NOW)
    undo_attention(**common, now=NOW)
    refresh_facts(house.institution.pk, [row.pk])
    assert InteractionFact.objects.count() == 1


def test_it_becomes_a_request_received_when_it_began_and_both_know_of_each_other(house):
    began = NOW - 3 * DAY
    row = register(
        house,
        begun_at=began,
        person=ANA,
        service_point_id=house.point,
        topic_id=house.topics["Transparencia"],
    )
    actor = house.user(Role.FRONT_DESK)
    case = file_attention(
        institution=house.institution, attention_id=row.pk, kind_id=house.kinds["consulta"].pk,
        body="Pregunta por el horario.", based_on=1, actor=actor, now=NOW,
    )  # fmt: skip
    assert (case.filed_at, case.person_id, case.unit_id) == (began, row.person_id, house.units["oirs"])
    assert (case.service_point_id, case.topic_id) == (house.point, house.topics["Transparencia"])
    assert "cases.from_attention" in [entry.kind for entry in history(house.institution.pk, case.stream)]
    browser = house.client(Role.QUALITY_MANAGER)
    assert case.folio in browser.get(url(house, f"{row.pk}/")).content.decode()
    told = browser.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    assert "Nació de una atención registrada" in told
    assert url(house, f"{row.pk}/") in told and f"atención {row.pk}</a>" in told
    officer = house.client(Role.UNIT_OFFICER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert url(house, f"{row.pk}/") not in officer.content.decode()
    Case.objects.filter(pk=case.pk).update(is_restricted=True, unit=house.units["juridico"])
    hidden = browser.get(url(house, f"{row.pk}/"))
    assert hidden.status_code == 404 and case.folio not in hidden.content.decode()
    with pytest.raises(Refused, match="attention_filed"):
        withdraw_attention(
            institution=house.institution,
            attention_id=row.pk,
            reason="x",
            based_on=None,
            actor=actor,
            now=NOW,
        )
    with pytest.raises(Refused, match="attention_undo_nothing"):
        undo_attention(institution=house.institution, attention_id=row.pk, actor=actor, now=NOW)


def test_the_delay_is_counted_in_business_days_of_the_unit_against_the_own_term_of_the_body(house):
    """Friday 4 September: registered on Monday 7 it took one business day; on Thursday 10, four."""
    house.institution.reporting_days = 3
    friday = datetime(2026, 9, 4, 15, tzinfo=UTC)
    rows = [register(house, begun_at=friday, now=NOW + days * DAY) for days in (0, 2, 3)]
    refresh_facts(house.institution.pk, [row.pk for row in rows])
    found = [InteractionFact.objects.get(pk=row.pk) for row in rows]
    assert [row.due_on for row in rows] == [date(2026, 9, 9)] * 3
    assert [(each.reporting_days, each.is_in_term) for each in found] == [(1, True), (3, True), (4, False)]
    house.institution.reporting_days = None
    free = register(house, begun_at=friday)
    refresh_facts(house.institution.pk, [free.pk])
    assert InteractionFact.objects.get(pk=free.pk).is_in_term is None


def test_a_unit_elsewhere_reports_by_the_days_of_its_own_place(house):
    """7 June is a day off in Arica only (Ley 20.663)."""
    unit = save_unit(
        institution=house.institution, code="arica", name="Arica", parent_id=house.units["direccion"],
        place="CL-AP", actor=None, now=NOW,
    )  # fmt: skip
    begun, now = datetime(2027, 6, 4, 15, tzinfo=UTC), datetime(2027, 6, 8, 15, tzinfo=UTC)
    here = register(house, begun_at=begun, now=now)
    there = register(house, begun_at=begun, now=now, unit_id=unit.pk)
    refresh_facts(house.institution.pk, [here.pk, there.pk])
    days = {fact.pk: fact.reporting_days for fact in InteractionFact.objects.all()}
    assert days[here.pk] - days[there.pk] == 1


def test_whoever_reads_a_unit_sees_its_attentions_and_their_own(house):
    desk, obras = register(house), register(house, unit_id=house.units["obras"])
    own = register(house, actor=house.user(Role.UNIT_OFFICER))
    officer, head = house.client(Role.UNIT_OFFICER), house.client(Role.FRONT_DESK)
    listed = {row.pk for row in officer.get(url(house)).context["listing"].rows}
    assert listed == {obras.pk, own.pk}
    assert officer.get(url(house, f"{desk.pk}/")).status_code == 404
    assert officer.get(url(house, f"{own.pk}/corregir/")).status_code == 200
    assert {row.pk for row in head.get(url(house)).context["listing"].rows} == {desk.pk, obras.pk, own.pk}
    assert house.client(Role.AUDITOR).get(url(house, f"{desk.pk}/corregir/")).status_code == 403
    assert house.client(Role.ADMINISTRATOR).get(url(house)).status_code == 403


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_whatever_it_holds(house, rows):
    for _ in range(rows):
        register(house, person=ANA)
    browser = house.client(Role.QUALITY_MANAGER)
    browser.get(url(house))
    with at_most(6):
        assert browser.get(url(house)).status_code == 200


def test_the_list_is_narrowed_by_what_its_address_says(house):
    early = register(house, begun_at=NOW - 40 * DAY)
    phone = register(house, channel=Channel.PHONE)
    below = register(house, unit_id=house.units["obras-calle"], topic_id=house.topics["Transparencia"])
    browser = house.client(Role.QUALITY_MANAGER)

    def listed(query: str) -> set[int]:
        return {row.pk for row in browser.get(url(house, query)).context["listing"].rows}

    assert listed("?canal=phone") == {phone.pk}
    assert listed(f"?unidad={house.units['obras']}") == {below.pk}
    assert listed(f"?tema={house.topics['Transparencia']}") == {below.pk}
    assert listed("?hasta=2026-08-31") == {early.pk}
    assert listed("?desde=2026-09-07&hasta=2026-09-07") == {phone.pk, below.pk}
    assert listed("?de=mias") == set()
    assert listed("?desde=nada") == {early.pk, phone.pk, below.pk}


def test_all_of_a_list_is_handed_out_as_a_table(house):
    row = register(house, subject="=HYPERLINK(1)", minutes=7, waited=12)
    withdrawn = register(house)
    withdraw_attention(
        institution=house.institution, attention_id=withdrawn.pk, reason="Dos veces.", based_on=None,
        actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    browser = house.client(Role.QUALITY_MANAGER)
    lines = (
        b"".join(browser.get(url(house, "?formato=csv")).streaming_content).decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2 and lines[1].startswith(f"{row.pk};2026-09-07 ")
    assert "'=HYPERLINK(1);12;7;Sí" in lines[1]
    assert browser.get(url(house, "?formato=xlsx")).content[:2] == b"PK"
    assert "formato=csv" not in house.client(Role.FRONT_DESK).get(url(house)).content.decode()


def test_after_its_term_text_and_person_go_and_a_person_with_a_request_stays(house):
    case = file(house)
    row = register(house, subject="Algo", person=ANA)
    kept = register(house, subject="Reciente", now=NOW + 2 * DAY)
    Interaction.objects.filter(pk=row.pk).update(before={"subject": "Antes"})
    other = register(house, subject="Otra")
    Interaction.objects.filter(pk=other.pk).update(person=case.person_id)
    assert forget_attentions(now=NOW + KEPT_FOR + DAY) == 2
    row.refresh_from_db()
    assert (row.subject, row.salt, row.person_id, row.before) == ("", "", None, None)
    erased = Person.objects.exclude(pk=case.person_id)
    assert [person.erased_at is not None for person in erased] == [True]
    assert Person.objects.get(pk=case.person_id).erased_at is None
    kept.refresh_from_db()
    assert kept.subject == "Reciente" and kinds_of(row)[-1] == "forgotten"
    assert forget_attentions(now=NOW + KEPT_FOR + DAY) == 0
    assert verify_institution(house.institution.pk).problems == []


def test_the_copy_of_a_persons_data_tells_their_attentions(house):
    row = register(house, subject="Preguntó por un subsidio", person=ANA)
    entries = PersonEntries(ANA, [row.person_id], [ANA])
    assert [each["texto"] for each in attentions_of(house.access(Role.QUALITY_MANAGER), entries)] == [
        "Preguntó por un subsidio"
    ]


def test_what_is_no_longer_in_use_is_not_offered_again(house):
    topic = house.topics["Transparencia"]
    register(house, topic_id=topic)
    Topic.objects.filter(pk=topic).update(is_active=False)
    house.institution.config_version += 1
    assert usual(house.institution, house.user(Role.FRONT_DESK))["topic"] is None
    assert usual(house.institution, house.user(Role.AUDITOR)) == {}
