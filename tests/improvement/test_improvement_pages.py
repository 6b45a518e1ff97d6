# SPDX-License-Identifier: EUPL-1.2
"""The pages of plans: who sees and keeps what, lists and what is handed out, the paper, the portal, and what
they cost.
"""

from io import BytesIO

import pytest
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.improvement.commands.following import note_progress
from siac.improvement.measuring import ACTIONS, FINDINGS, METRICS
from siac.improvement.models import Action, ActionFact, FindingFact, Plan
from siac.improvement.queries import late_actions, silent_plans
from siac.indicators.public import count_all
from tests.factories import upload
from tests.improvements import (
    BEGUN,
    DAY,
    DONE,
    FOUND,
    added,
    approved,
    begun,
    by,
    complaints,
    day,
    found_about,
    indicator,
    with_baseline,
)
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(house) -> Action:
    """An action of a plan that a committee approved."""
    complaints(house, 1, filed=BEGUN, days=20)
    of, plan = indicator(house), begun(house, is_public=True)
    made = added(house, plan, [found_about(house, None).pk], cost=3_500_000, currency="CLP")
    with_baseline(house, made, of)
    approved(house, plan)
    made.refresh_from_db()
    return made


def base(house) -> str:
    return f"/{house.slug}/gestion/mejora/"


def test_who_keeps_writes_a_plan_and_an_action_through_the_pages(house):
    keeper, finding = house.client(Role.PLANNING), found_about(house, None)
    sent = {
        "name": "Llegar antes",
        "starts_on": "2026-06-01",
        "ends_on": "2026-12-31",
        "diagnosis": "Se tarda.",
    }
    wrong = keeper.post(f"{base(house)}planes/nuevo/", {**sent, "ends_on": "2026-01-01"})
    assert wrong.status_code == 422 and "El plan termina antes de empezar" in words(wrong)
    assert 'value="Llegar antes"' in wrong.content.decode(), "what was typed stays"
    assert keeper.post(f"{base(house)}planes/nuevo/", sent).status_code == 302
    plan = Plan.objects.get()
    url = f"{base(house)}planes/{plan.pk}/accion-nueva/"
    action = {
        "title": "Revisar", "unit_id": house.units["obras"],
        "responsible_id": house.user(Role.HEAD_OF_UNIT).pk,
        "starts_on": "2026-06-01", "due_on": "2026-07-01", "weight": "2", "cost": "3.500,5",
        "currency": "CLP",
        "budget": "asked", "people": "none", "means": "none", "findings": [finding.pk],
    }  # fmt: skip
    assert "como un monto de la moneda elegida" in words(keeper.post(url, action))
    assert keeper.post(url, {**action, "cost": "3.500"}).status_code == 302
    row = Action.objects.get()
    assert (row.cost, row.currency, row.weight, row.budget) == (3500, "CLP", 2, "asked")
    page = words(keeper.get(f"{base(house)}acciones/{row.pk}/"))
    assert "3.500 pesos" in page and finding.title in page and "El aviso queda en papel" in page
    assert "Sin línea base: el plan no se puede proponer" in page


def test_a_head_notes_progress_with_evidence_for_their_unit_and_nobody_else_does(house, row):
    url = f"{base(house)}acciones/{row.pk}/"
    sent = {"percent": "60", "dated_on": str(day(house, FOUND)), "note": "Se revisaron tres calles."}
    assert house.client(Role.AUDITOR).post(url, sent).status_code == 403
    head = house.client(Role.HEAD_OF_UNIT)
    refused = head.post(url, {**sent, "percent": "140"})
    assert refused.status_code == 422 and "Se revisaron tres calles." in refused.content.decode()
    assert head.post(url, {**sent, "attachments": upload("acta.pdf")}).status_code == 302
    page = words(head.get(url))
    assert "60 %" in page and "acta.pdf" in page
    elsewhere = added(house, row.plan, unit_id=house.units["juridico"], responsible_id=None)
    own = f"{base(house)}acciones/{elsewhere.pk}/"
    assert house.client(Role.HEAD_OF_UNIT).post(own, sent).status_code == (
        302 if house.access(Role.HEAD_OF_UNIT).units_with is None else 403
    )


def test_the_lists_show_late_ones_hand_out_what_they_show_and_cost_the_same_for_many(house, row):
    client = house.client(Role.QUALITY_MANAGER)
    url = f"{base(house)}acciones/?estado=atrasadas"
    client.get(url)
    with at_most(9):
        assert "Revisar los sumideros cada viernes" in words(client.get(url))
    for place in range(30):
        added(house, row.plan, title=f"Acción {place}")
    with at_most(9):
        client.get(url)
    table = b"".join(client.get(f"{url}&formato=csv").streaming_content).decode()
    assert table.count("\n") == 32 and "3.500.000 pesos" in table
    with at_most(11):
        assert "Llegar antes" in words(client.get(base(house)))
    with at_most(16):
        client.get(f"{base(house)}planes/{row.plan_id}/")
    access = house.access(Role.QUALITY_MANAGER)
    assert late_actions(access, today=day(house, FOUND)).count() == 0


def test_a_plan_of_which_nobody_wrote_waits_to_be_asked(house, row):
    access, since = house.access(Role.PLANNING), day(house, FOUND + 31 * DAY)
    assert list(silent_plans(access, since=since)) == [row.plan]
    note_progress(action_id=row.pk, percent=10, dated_on=since, note="Algo", **by(house, FOUND + 32 * DAY))
    assert not silent_plans(access, since=since).exists()


def test_the_paper_says_who_approved_it_and_what_is_done(house, row):
    response = house.client(Role.AUDITOR).get(f"{base(house)}planes/{row.plan_id}/pdf/")
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    for said in (
        "Llegar antes",
        "Revisar los sumideros cada viernes",
        "Línea base",
        "sesión 1: Aprobar el plan",
    ):
        assert said in text


def test_the_portal_tells_of_published_plans_and_names_nobody(house, row):
    page = house.client().get(f"/{house.slug}/mejoras/")
    said = words(page)
    assert "Llegar antes" in said and "Revisar los sumideros cada viernes" in said
    assert house.user(Role.HEAD_OF_UNIT).name not in said
    Plan.objects.update(is_public=False)
    assert house.client().get(f"/{house.slug}/mejoras/").status_code == 404


def test_a_plan_of_another_body_does_not_exist(house, other_house, row):
    client = other_house.client(Role.QUALITY_MANAGER)
    for path in (f"planes/{row.plan_id}/", f"acciones/{row.pk}/", f"planes/{row.plan_id}/propuestas/1/"):
        assert client.get(f"/{other_house.slug}/gestion/mejora/{path}").status_code == 404


def test_facts_say_what_was_done_by_its_day_and_the_list_behind_is_the_number(house, row):
    late = added(house, row.plan, [found_about(house, None).pk], title="Tarde")
    note_progress(action_id=row.pk, percent=100, dated_on=day(house, DONE), note="Hecho", **by(house, DONE))
    count_all(house.institution, now=DONE)
    assert dict(ActionFact.objects.values_list("action_id", "is_in_time")) == {row.pk: True, late.pk: False}
    assert not FindingFact.objects.exists(), "none of the findings has a term"
    assert {each.of.source for each in METRICS} == {ACTIONS.key, FINDINGS.key}
    Action.objects.filter(pk=late.pk).update(state="dropped", drop_reason="No")
    ACTIONS.refresh(house.institution.pk, [row.pk, late.pk])
    assert list(ActionFact.objects.values_list("action_id", flat=True)) == [row.pk]
