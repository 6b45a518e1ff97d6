# SPDX-License-Identifier: EUPL-1.2
"""What tells of a restricted case to somebody who does not see it: nothing,
also through what stands beside it.
"""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.access import hidden_from, sees_restricted, visible_to
from siac.cases.bulk.commands import begin_bulk, choose_cases, preview_bulk
from siac.cases.commands.endings import merge_case
from siac.cases.commands.handling import refer_case
from siac.cases.linking.commands import link_cases
from siac.cases.models import Case, CaseLink, CaseMessage, RoutingRun
from siac.cases.protection.runs import propose_erasure
from siac.cases.public import save_kind
from siac.cases.restricting.commands import restrict_case
from siac.cases.surroundings.reading import Beside
from siac.cases.tasks import change_cases
from siac.notices.models import Notice
from siac.organizations.public import grant_role
from tests.cases.test_routing import rule
from tests.factories import NOW, House, answer, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def common(house: House, role: Role = R.HEAD_OF_UNIT) -> dict:
    return {"institution": house.institution, "version": None, "actor": house.user(role), "now": NOW}


def address(house: House, case: Case, code: str = "") -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/{code}"


def test_a_restricted_case_of_another_unit_is_not_named_by_one_of_the_same_kind(house):
    """Both are restricted and of one kind: whoever reads the one need not read the other."""
    one, two, three = (file(house, "denuncia", unit_id=house.units["obras"]) for _ in range(3))
    link_cases(case_id=one.pk, other=two.folio, **common(house))
    merge_case(case_id=three.pk, into=two.folio, **common(house))
    head, auditor = house.client(R.HEAD_OF_UNIT), house.client(R.AUDITOR)
    for case in (one, three):
        assert two.folio in head.get(address(house, case)).text
    refer_case(case_id=two.pk, unit_id=house.units["juridico"], **common(house))
    for case in (one, three):
        assert two.folio not in head.get(address(house, case)).text
        assert two.folio in auditor.get(address(house, case)).text
    with at_most(12):
        assert two.folio not in head.get(address(house, one)).text


@pytest.mark.parametrize("readers", [[], ["quality_manager", "head_of_unit", "front_desk"]])
def test_who_sees_a_restricted_case_is_the_same_with_and_without_sql(house, readers):
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["denuncia"], readers=readers
    )
    house.institution.refresh_from_db()
    officers = [None, house.user(R.UNIT_OFFICER), house.user(R.FRONT_DESK)]
    for unit in (None, "obras", "obras-calle", "juridico"):
        for code in ("denuncia", "consulta"):
            for assignee in officers:
                case = file(house, code, unit_id=house.units[unit] if unit else None, actor=officers[1])
                Case.objects.filter(pk=case.pk).update(is_restricted=True, assignee=assignee)
    for role in Role:
        access = house.access(role)
        seen = set(visible_to(access).values_list("pk", flat=True))
        for case in Case.objects.all():
            beside = Beside(case.pk, case.kind_id, case.unit_id, case.assignee_id, case.filed_by_id)
            assert sees_restricted(access, beside) == (case.pk in seen), (role, case.pk)
            assert (case.pk in hidden_from(access, [case.pk])) == (case.pk not in seen)


def test_the_texts_of_a_joining_name_neither_case(house):
    """What is written stays, and either may be restricted later."""
    one, two = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    merge_case(case_id=two.pk, into=one.folio, reason="Es el mismo socavón.", **common(house))
    texts = " ".join(CaseMessage.objects.values_list("body", flat=True))
    assert "junto con otra" in texts and "socavón" in texts
    restrict_case(case_id=one.pk, ground="minors", **common(house))
    assert one.folio not in texts
    shown = house.client(R.UNIT_OFFICER).get(address(house, two))
    assert (shown.status_code, one.folio in shown.text) == (200, False)


def test_a_link_that_is_not_shown_is_not_taken_back_by_its_number(house):
    one, two = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    link_cases(case_id=one.pk, other=two.folio, **common(house))
    restrict_case(case_id=two.pk, ground="minors", **common(house))
    link = CaseLink.objects.get()
    officer = house.client(R.UNIT_OFFICER)

    def said(pk: int) -> str:
        return officer.post(address(house, one, f"vinculos/{pk}/quitar/"), follow=True).text.split("<main")[0]

    assert said(link.pk) == said(link.pk + 1)  # as if there were none
    assert CaseLink.objects.exists()
    house.client(R.HEAD_OF_UNIT).post(address(house, one, f"vinculos/{link.pk}/quitar/"))
    assert not CaseLink.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees"), [(R.QUALITY_MANAGER, False), (R.ADMINISTRATOR, False), (R.AUDITOR, True)]
)
def test_the_outbox_does_not_name_it_nor_show_what_other_servers_said(house, role, sees):
    secret, plain = file(house, "denuncia", unit_id=house.units["obras"]), file(house)
    for case in (secret, plain):
        Notice.objects.filter(subject_type="case", subject_id=case.pk).update(
            subject_line=f"Recibimos su solicitud [{case.folio}]",
            state="failed",
            bounced_at=NOW,
            bounce="550 rosa@otro.cl",
        )
    client, base = house.client(role), f"/{house.slug}/gestion/avisos/"
    listed = client.get(base).text
    assert (secret.folio in listed, plain.folio in listed) == (sees, True)
    for case, shown in ((secret, sees), (plain, True)):
        page = client.get(f"{base}{Notice.objects.get(subject_type='case', subject_id=case.pk).pk}/").text
        assert ("rosa@otro.cl" in page) == shown


def test_what_a_rule_did_with_it_is_listed_only_for_who_sees_it(house):
    """An administrator who heads a unit reads the restricted cases of that unit, not those of others."""
    grant_role(
        institution=house.institution,
        actor=None,
        now=NOW,
        email=house.user(R.ADMINISTRATOR).email,
        name="Administrator",
        role=R.HEAD_OF_UNIT,
        unit_id=house.units["obras"],
    )
    saved = rule(house, kinds=[house.kinds["denuncia"].pk], set_topic_id=house.topics["Inundaciones"])
    own = file(house, "denuncia", unit_id=house.units["obras"])
    other = file(house, "denuncia", unit_id=house.units["juridico"])
    assert RoutingRun.objects.filter(rule=saved).count() == 2
    shown = house.client(R.ADMINISTRATOR).get(
        f"/{house.slug}/gestion/configuracion/derivacion/{saved.pk}/casos/"
    )
    assert (own.folio in shown.text, other.folio in shown.text) == (True, False)


def test_the_list_of_what_would_be_erased_does_not_name_it(house):
    later = NOW + timedelta(days=800)
    for code in ("consulta", "denuncia"):
        save_kind(
            institution=house.institution, actor=None, now=NOW, kind=house.kinds[code], retention_months=12,
            retention_erases=["texts"],
        )  # fmt: skip
    house.institution.refresh_from_db()
    plain = file(house, "consulta", unit_id=house.units["obras"])
    secret = file(house, "denuncia", unit_id=house.units["obras"])
    for case in (plain, secret):
        answer(house, case, now=NOW, actor=house.user(R.HEAD_OF_UNIT))
    Case.objects.update(state="closed", closed_at=NOW)
    run = propose_erasure(institution=house.institution, actor=None, now=later)
    client, base = (
        house.client(R.ADMINISTRATOR),
        f"/{house.slug}/gestion/configuracion/conservacion/{run.pk}/",
    )
    page, listed = client.get(base).text, b"".join(client.get(f"{base}lista/").streaming_content).decode()
    for told in (page, listed):
        assert (plain.folio in told, secret.folio in told, "Reservada" in told) == (True, False, True)


def test_a_bulk_action_names_no_case_that_was_restricted_after_its_preview(house):
    access = house.access(R.QUALITY_MANAGER)
    case = file(house, unit_id=house.units["obras"])
    bulk = choose_cases(access=access, code="clasificar", cases=Case.objects.all(), now=NOW)
    values = {"topic_id": house.topics["Inundaciones"]}
    preview_bulk(access=access, bulk_id=bulk.pk, values=values, now=NOW)
    restrict_case(case_id=case.pk, ground="minors", **common(house))
    begin_bulk(access=access, bulk_id=bulk.pk, now=NOW)
    change_cases(bulk.pk)
    case.refresh_from_db()
    assert case.topic_id is None
    client, base = house.client(R.QUALITY_MANAGER), f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/"
    shown = client.get(base)
    assert (shown.status_code, case.folio in shown.text) == (200, False)


def test_how_an_answer_reached_a_joined_case_is_not_shown_to_who_does_not_see_that_case(house):
    main, joined = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    merge_case(case_id=joined.pk, into=main.folio, **common(house))
    answer(house, main, now=NOW)
    officer, head = house.client(R.UNIT_OFFICER), house.client(R.HEAD_OF_UNIT)
    assert joined.folio in officer.get(address(house, main)).text
    Case.objects.filter(pk=joined.pk).update(is_restricted=True)
    assert joined.folio not in officer.get(address(house, main)).text
    assert joined.folio in head.get(address(house, main)).text
