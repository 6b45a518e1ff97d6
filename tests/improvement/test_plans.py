# SPDX-License-Identifier: EUPL-1.2
"""A plan from its draft to its end: what cannot be proposed, what a body's vote does, what stays readable,
and what is refused on the way.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.governance.public import (
    Point,
    agree,
    call_sitting,
    cast_vote,
    close_motion,
    close_sitting,
    open_motion,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
)
from siac.improvement.commands.actions import add_action, change_action, drop_action, set_baseline
from siac.improvement.commands.effects import measure_action
from siac.improvement.commands.following import note_progress, reopen_action
from siac.improvement.commands.plans import (
    begin_plan,
    change_plan,
    close_plan,
    evaluate_plan,
    propose_plan,
    withdraw_plan,
)
from siac.improvement.commands.reviews import POINTS, prepare_review
from siac.improvement.models import Action, ActionBaseline, ActionEffect, Plan, Progress, Proposal, Review
from siac.improvement.proof import plan_problems
from siac.improvement.public import PLAN
from siac.indicators.public import count_all, save_indicator
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.organizations.models import Membership
from tests.factories import House, upload
from tests.improvements import (
    AFTER,
    BEGUN,
    DAY,
    DONE,
    FOUND,
    MEASURED,
    added,
    approved,
    begun,
    by,
    complaints,
    data,
    day,
    decided,
    found_about,
    indicator,
    with_baseline,
)
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(house) -> Action:
    """An action with its baseline in a plan that can be proposed."""
    complaints(house, 1, filed=BEGUN, days=20)
    of, plan = indicator(house), begun(house)
    row = added(house, plan, [found_about(house, None).pk])
    with_baseline(house, row, of)
    return row


def noted(house: House, row: Action, percent: int = 40, *, at=DONE, **changes) -> Progress:
    values = {"percent": percent, "dated_on": day(house, at), "note": "Se avanzó."}
    return note_progress(action_id=row.pk, **by(house, at), **{**values, **changes})


def state(row) -> str:
    row.refresh_from_db()
    return row.state


# Proposing and deciding


def test_a_plan_without_baseline_is_not_proposed_and_says_which(house):
    plan = begun(house)
    with pytest.raises(Refused, match="plan_without_actions"):
        propose_plan(plan_id=plan.pk, **by(house, FOUND))
    added(house, plan, [found_about(house, None).pk], title="Pintar la reja")
    with pytest.raises(Refused, match="plan_without_baseline") as refused:
        propose_plan(plan_id=plan.pk, **by(house, FOUND))
    assert refused.value.context["actions"] == "«Pintar la reja»"
    client = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/mejora/planes/{plan.pk}/hacer/proponer/"
    assert "Falta la línea base de: «Pintar la reja»" in words(client.post(url, follow=True))
    assert state(plan) == "draft"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda house, row: Plan.objects.update(diagnosis=""), "plan_diagnosis"),
        (lambda house, row: Action.objects.update(responsible=None), "plan_without_responsible"),
        (
            lambda house, row: Membership.objects.filter(user=row.responsible_id).delete(),
            "plan_without_responsible",
        ),
        (lambda house, row: row.answered.all().delete(), "plan_without_finding"),
        (lambda house, row: ActionBaseline.objects.all().delete(), "plan_without_baseline"),
    ],
)
def test_what_is_not_whole_is_not_proposed(house, ready, spoil, code):
    spoil(house, ready)
    with pytest.raises(Refused, match=code):
        propose_plan(plan_id=ready.plan_id, **by(house, FOUND))


def test_a_vote_approves_the_plan_as_it_was_proposed_and_that_stays_readable(house, ready):
    approved(house, ready.plan)
    assert state(ready.plan) == "approved"
    proposal = Proposal.objects.get()
    assert proposal.is_approved and "sesión 1: Aprobar el plan" in proposal.decided_by
    change_action(
        action_id=ready.pk, data=data(house, title="Otra cosa"), findings=[], **by(house, FOUND + DAY)
    )
    url = f"/{house.slug}/gestion/mejora/planes/{ready.plan_id}/"
    reader = house.client(Role.AUDITOR)
    assert "Revisar los sumideros cada viernes" in words(reader.get(f"{url}propuestas/1/"))
    assert "Otra cosa" in words(reader.get(url)) and "Otra cosa" not in words(
        reader.get(f"{url}propuestas/1/")
    )
    changed = [each for each in history(house.institution.pk, ready.plan.stream) if "changed" in each.kind]
    assert changed[0].data["fields"] == ["title"] and changed[0].data["state"] == "approved"
    assert list(plan_problems(house.institution.pk)) == []
    Proposal.objects.update(content={"name": "Otro plan"})
    assert len(list(plan_problems(house.institution.pk))) == 1


@pytest.mark.parametrize(
    ("choices", "stands", "is_approved"),
    [
        (("for", "for", "against"), "approved", True),
        (("against", "against", "for"), "draft", False),
        (("for", "against"), "proposed", None),
    ],
)
def test_what_a_vote_does(house, ready, choices, stands, is_approved):
    propose_plan(plan_id=ready.plan_id, **by(house, FOUND))
    decided(house, ready.plan, *choices)
    assert (ready.plan.state, Proposal.objects.get().is_approved) == (stands, is_approved)


def test_a_rejected_plan_goes_back_with_the_reason_and_can_be_proposed_again(house, ready):
    propose_plan(plan_id=ready.plan_id, **by(house, FOUND))
    decided(house, ready.plan, "against")
    url = f"/{house.slug}/gestion/mejora/planes/{ready.plan_id}/"
    page = words(house.client(Role.QUALITY_MANAGER).get(url))
    assert "Rechazada" in page and "sesión 1: Aprobar el plan" in page
    approved(house, ready.plan, now=FOUND + DAY)
    assert state(ready.plan) == "approved"
    assert list(Proposal.objects.order_by("number").values_list("is_approved", flat=True)) == [False, True]


def test_a_vote_opened_on_one_proposal_does_not_approve_the_next(house, ready):
    plan, at = ready.plan, by(house, FOUND)
    propose_plan(plan_id=plan.pk, **at)
    council = save_council(name="Comité", kind="quality", quorum="majority", majority="simple", **at)
    seat = save_seat(council=council, name="Una", role="chair", since=day(house, BEGUN), **at)
    row = plan_sitting(
        council=council, starts_at=FOUND, place="Sala", points=[Point(plan.name, PLAN, plan.pk)], **at
    )
    call_sitting(sitting_id=row.pk, **at)
    open_sitting(sitting_id=row.pk, present=[seat.pk], **at)
    motion = open_motion(sitting_id=row.pk, item_id=row.items.get().pk, text="Aprobar el plan", **at)
    cast_vote(sitting_id=row.pk, motion_id=motion.pk, seat_id=seat.pk, choice="for", **at)
    later = by(house, FOUND + timedelta(minutes=1))
    withdraw_plan(plan_id=plan.pk, **later)
    change_action(
        action_id=ready.pk, data=data(house, title="Pintar la reja"), findings=[
            ready.answered.get().finding_id
        ], **later,
    )  # fmt: skip
    propose_plan(plan_id=plan.pk, **later)
    close_motion(sitting_id=row.pk, motion_id=motion.pk, **by(house, FOUND + timedelta(minutes=2)))
    assert state(plan) == "proposed", "nobody voted about what it says now"
    decided(house, plan, "for", now=FOUND + DAY)
    assert state(plan) == "approved"


def test_a_plan_before_a_body_does_not_change_and_one_withdrawn_is_not_approved(house, ready):
    plan, then = ready.plan, by(house, FOUND)
    propose_plan(plan_id=plan.pk, **then)
    fields = {"name": "Otro", "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    for act in (
        lambda: change_plan(plan_id=plan.pk, **fields, **then),
        lambda: change_action(action_id=ready.pk, data=data(house), findings=[], **then),
        lambda: drop_action(action_id=ready.pk, reason="No", **then),
        lambda: added(house, plan),
        lambda: noted(house, ready),
        lambda: propose_plan(plan_id=plan.pk, **then),
    ):
        with pytest.raises(Refused, match="plan_moment"):
            act()
    withdraw_plan(plan_id=plan.pk, **then)
    decided(house, plan, "for")
    assert state(plan) == "draft"


def test_who_votes_about_a_plan_without_reading_plans_reads_the_proposal_while_it_is_decided(house, ready):
    plan, at, role = ready.plan, by(house, FOUND), Role.COUNCIL_MEMBER
    propose_plan(plan_id=plan.pk, **at)
    council = save_council(name="Consejo", kind="civil_society", quorum="majority", majority="simple", **at)
    seat = save_seat(
        council=council, name="Luz", role="chair", since=day(house, BEGUN), user_id=house.user(role).pk, **at
    )
    client, url = house.client(role), f"/{house.slug}/gestion/mejora/planes/{plan.pk}/propuestas/1/"
    row = plan_sitting(
        council=council, starts_at=FOUND, place="Sala", points=[Point(plan.name, PLAN, plan.pk)], **at
    )
    assert client.get(url).status_code == 404, "nobody called them yet"
    call_sitting(sitting_id=row.pk, **at)
    assert url in client.get(f"/{house.slug}/gestion/sesiones/{row.pk}/").content.decode()
    page = words(client.get(url))
    assert "Doce reclamos en un mes" in page and "línea base 0,0 (10 de mayo de 2026" in page
    assert client.get(f"/{house.slug}/gestion/mejora/planes/{plan.pk}/").status_code == 403
    open_sitting(sitting_id=row.pk, present=[seat.pk], **at)
    motion = open_motion(sitting_id=row.pk, item_id=row.items.get().pk, text="Aprobar", **at)
    cast_vote(sitting_id=row.pk, motion_id=motion.pk, seat_id=seat.pk, choice="for", **at)
    close_motion(sitting_id=row.pk, motion_id=motion.pk, **at)
    assert state(plan) == "approved" and client.get(url).status_code == 404


# Bad input


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " \u200b"}, "action_title"),
        ({"unit_id": None}, "action_unit"),
        ({"unit_id": 10**9}, "action_unit"),
        ({"responsible_id": 10**9}, "action_responsible"),
        ({"due_on": BEGUN.date()}, "action_days"),
        ({"weight": 0}, "action_weight"),
        ({"weight": 101}, "action_weight"),
        ({"cost": -1, "currency": "CLP"}, "action_cost"),
        ({"cost": 10, "currency": "XXX"}, "action_cost"),
        ({"cost": 10**15 + 1, "currency": "CLP"}, "action_cost"),
        ({"budget": "perhaps"}, "action_grant"),
        ({"detail": "x" * 10_001}, "text_too_long"),
        ({"told_text": "x" * 2_001}, "text_too_long"),
    ],
)
def test_what_an_action_cannot_be_is_refused(house, changes, code):
    plan = begun(house)
    with pytest.raises(Refused, match=code):
        add_action(plan_id=plan.pk, data=replace(data(house), **changes), **by(house, FOUND))
    assert not Action.objects.exists()


def test_a_finding_of_another_body_or_dismissed_is_not_answered(house, other_house):
    theirs = found_about(other_house, None)
    with pytest.raises(Refused, match="action_finding"):
        added(house, begun(house), [theirs.pk])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "plan_name"),
        ({"ends_on": BEGUN.date()}, "plan_days"),
        ({"diagnosis": "x" * 10_001}, "text_too_long"),
    ],
)
def test_what_a_plan_cannot_be_is_refused(house, changes, code):
    values = {"name": "P", "starts_on": day(house, FOUND), "ends_on": day(house, FOUND), "diagnosis": ""}
    with pytest.raises(Refused, match=code):
        begin_plan(**by(house, FOUND), **{**values, **changes})


def test_two_people_who_change_a_plan_or_an_action_see_each_other(house, ready):
    plan = ready.plan
    fields = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "diagnosis": plan.diagnosis}
    change_plan(plan_id=plan.pk, name="Uno", based_on=0, **fields, **by(house, FOUND))
    with pytest.raises(Refused, match="saved_meanwhile"):
        change_plan(plan_id=plan.pk, name="Dos", based_on=0, **fields, **by(house, FOUND))
    change_action(action_id=ready.pk, data=data(house, weight=3), findings=[], based_on=0, **by(house, FOUND))
    with pytest.raises(Refused, match="saved_meanwhile"):
        change_action(
            action_id=ready.pk, data=data(house, weight=4), findings=[], based_on=0, **by(house, FOUND)
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": MEASURED.date()}, "baseline_days"),
        ({"first": FOUND.date()}, "baseline_days"),
        ({"first": BEGUN.date() - 90 * DAY, "last": BEGUN.date() - 60 * DAY}, "baseline_empty"),
        ({"indicator_id": 10**9}, "indicator_unknown"),
    ],
)
def test_what_a_baseline_cannot_be_is_refused(house, ready, changes, code):
    values = {
        "indicator_id": ready.baseline.indicator_id, "first": day(house, BEGUN),
        "last": day(house, FOUND - DAY), "goal": Decimal(90),
    }  # fmt: skip
    with pytest.raises(Refused, match=code):
        set_baseline(action_id=ready.pk, **by(house, FOUND), **{**values, **changes})


def test_a_baseline_that_was_approved_is_not_taken_anew(house, ready):
    approved(house, ready.plan)
    with pytest.raises(Refused, match="baseline_fixed"):
        with_baseline(house, ready, ready.baseline.indicator, now=FOUND + DAY)


def test_what_progress_cannot_be_is_refused(house, ready):
    approved(house, ready.plan)
    noted(house, ready)
    for changes, code in (
        ({"percent": 101}, "progress_percent"),
        ({"note": " "}, "progress_note"),
        ({"note": "x" * 10_001}, "text_too_long"),
        ({"dated_on": day(house, DONE + DAY)}, "progress_ahead"),
        ({"dated_on": day(house, DONE - DAY)}, "progress_before"),
    ):
        with pytest.raises(Refused, match=code):
            noted(house, ready, **changes)
    noted(house, ready, 100)
    with pytest.raises(Refused, match="action_over"):
        noted(house, ready, 50)
    ready.refresh_from_db()
    assert (ready.state, ready.done_on, state(ready.plan)) == ("done", day(house, DONE), "running")


def test_an_action_that_is_not_done_after_all_goes_on_until_people_were_told(house, ready):
    approved(house, ready.plan)
    Action.objects.filter(pk=ready.pk).update(told_text="")
    noted(house, ready, 100)
    reopen_action(action_id=ready.pk, reason="Faltaba una calle", **by(house, DONE))
    ready.refresh_from_db()
    assert (ready.state, ready.progress, ready.done_on) == ("running", 99, None)
    Action.objects.filter(pk=ready.pk).update(told_text="Ahora sí.")
    noted(house, ready, 100)
    with pytest.raises(Refused, match="action_told"):
        reopen_action(action_id=ready.pk, reason="Faltaba otra", **by(house, DONE))


def test_evidence_that_was_replaced_or_taken_away_is_seen(house, ready):
    approved(house, ready.plan)
    noted(house, ready, files=check_uploads([upload("acta.pdf"), upload("foto.pdf")]))
    assert list(plan_problems(house.institution.pk)) == []
    first, second = Attachment.objects.filter(subject_type="plan_progress").order_by("pk")
    Attachment.objects.filter(pk=first.pk).update(sha256="0" * 64)
    Attachment.objects.filter(pk=second.pk).update(subject_id=None)
    assert [each.partition(": ")[2] for each in plan_problems(house.institution.pk)] == [
        f"su evidencia {first.pk} no es la que se entregó", f"falta su evidencia {second.pk}"
    ]  # fmt: skip


# What moved


def measured(house: House, row: Action, **changes) -> ActionEffect:
    count_all(house.institution, now=MEASURED)
    days = {"first": day(house, AFTER), "last": day(house, MEASURED - DAY)}
    return measure_action(action_id=row.pk, **by(house, MEASURED), **{**days, **changes})


def test_what_effect_cannot_be_measured_is_refused(house, ready):
    approved(house, ready.plan)
    with pytest.raises(Refused, match="effect_open"):
        measured(house, ready)
    noted(house, ready, 100)
    with pytest.raises(Refused, match="effect_early"):
        measured(house, ready, first=day(house, DONE - DAY))
    with pytest.raises(Refused, match="effect_days"):
        measured(house, ready, last=day(house, MEASURED))
    ActionBaseline.objects.all().delete()
    with pytest.raises(Refused, match="effect_baseline"):
        measured(house, ready)


def test_few_cases_say_nothing_and_a_definition_that_changed_is_said(house, ready):
    approved(house, ready.plan)
    noted(house, ready, 100)
    of = ready.baseline.indicator
    save_indicator(
        indicator=of, code=of.code, name=of.name, definition=of.definition, metric_key=of.metric,
        statistic=of.statistic, within=3, target=of.target, since=None, **by(house, DONE),
    )  # fmt: skip
    complaints(house, 2, filed=AFTER, days=2)
    found = measured(house, ready)
    assert (found.effect, found.before_total, found.total) == ("too_few", 1, 2)
    assert found.doubts == ["definition"] and (found.by, found.low) == (None, None)
    assert measured(house, ready).number == 2, "what was said before stays"
    page = words(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/mejora/acciones/{ready.pk}/"))
    assert "No hay datos suficientes" in page and "se define hoy de otra manera" in page
    assert "Se midió 2 veces; esta es la última." in page
    ActionEffect.objects.filter(number=2).update(effect="better")
    assert [each for each in plan_problems(house.institution.pk) if "efecto 2" in each]


def test_a_plan_is_evaluated_once_all_is_done_and_measured_and_then_closed(house, ready):
    approved(house, ready.plan)
    noted(house, ready, 50)
    common = {"plan_id": ready.plan_id, "conclusion": "Se llegó antes."}
    with pytest.raises(Refused, match="plan_open_actions"):
        evaluate_plan(**common, **by(house, MEASURED))
    noted(house, ready, 100)
    with pytest.raises(Refused, match="plan_unmeasured"):
        evaluate_plan(**common, **by(house, MEASURED))
    measured(house, ready)
    with pytest.raises(Refused, match="plan_conclusion"):
        evaluate_plan(**{**common, "conclusion": " "}, **by(house, MEASURED))
    evaluate_plan(**common, **by(house, MEASURED))
    close_plan(plan_id=ready.plan_id, **by(house, MEASURED))
    assert state(ready.plan) == "closed"
    with pytest.raises(Refused, match="plan_moment"):
        close_plan(plan_id=ready.plan_id, **by(house, MEASURED))


def test_an_action_without_baseline_is_not_done_for_its_plan_would_never_end(house, ready):
    approved(house, ready.plan)
    late = added(house, ready.plan, [ready.answered.get().finding_id], now=FOUND + DAY, title="Otra")
    with pytest.raises(Refused, match="progress_without_baseline"):
        noted(house, late, 100)
    noted(house, late, 99)
    with_baseline(house, late, ready.baseline.indicator, now=FOUND + DAY)
    noted(house, late, 100)
    assert state(late) == "done"


def test_what_was_measured_before_an_action_was_reopened_does_not_end_its_plan(house, ready):
    approved(house, ready.plan)
    Action.objects.filter(pk=ready.pk).update(told_text="")
    noted(house, ready, 100)
    measured(house, ready)
    reopen_action(action_id=ready.pk, reason="Faltaba una calle", **by(house, MEASURED))
    noted(house, ready, 100, at=MEASURED)
    with pytest.raises(Refused, match="plan_unmeasured"):
        evaluate_plan(plan_id=ready.plan_id, conclusion="Se llegó antes.", **by(house, MEASURED))


# Reviewing


def test_a_session_is_prepared_once_with_its_points_and_frozen_figures(house, ready):
    council = save_council(
        name="Comité", kind="quality", quorum="majority", majority="simple", **by(house, FOUND)
    )
    sitting = plan_sitting(
        council=council,
        starts_at=FOUND + 90 * DAY,
        place="Sala",
        points=[Point("Horario")],
        **by(house, FOUND),
    )
    approved(house, ready.plan)
    then = by(house, FOUND + 60 * DAY)
    days = {"first": day(house, FOUND), "last": day(house, FOUND + 60 * DAY)}
    first = prepare_review(sitting_id=sitting.pk, **days, **then)
    again = prepare_review(sitting_id=sitting.pk, **days, **then)
    assert [item.title for item in sitting.items.order_by("place")] == ["Horario", *POINTS]
    assert (first.number, again.number, Review.objects.count()) == (1, 2, 2)
    [late] = first.content["actions"]["rows"]
    assert (late["id"], late["late"]) == (ready.pk, 30)
    assert first.content["volumes"][0]["name"] == "Solicitudes recibidas"
    page = words(
        house.client(Role.QUALITY_MANAGER).get(
            f"/{house.slug}/gestion/mejora/sesiones/{sitting.pk}/revision/"
        )
    )
    assert "Acciones de mejora atrasadas" in page and "30 días tarde" in page
    Review.objects.filter(number=2).update(content={})
    assert len(list(plan_problems(house.institution.pk))) == 1
    with pytest.raises(Refused, match="review_days"):
        prepare_review(sitting_id=sitting.pk, first=days["last"], last=days["first"], **then)


def test_an_agreement_becomes_an_action_once(house, ready):
    propose_plan(plan_id=ready.plan_id, **by(house, FOUND))
    sitting = decided(house, ready.plan, "for", now=FOUND)
    at = FOUND + timedelta(minutes=9)
    made = agree(
        sitting_id=sitting.pk, item_id=sitting.items.get().pk, text="Comprar dos bombas",
        unit_id=house.units["obras"], due_on=day(house, FOUND + 400 * DAY), **by(house, at),
    )  # fmt: skip
    close_sitting(sitting_id=sitting.pk, **by(house, at))
    with pytest.raises(Refused, match="review_moment"):
        prepare_review(
            sitting_id=sitting.pk, first=day(house, FOUND), last=day(house, FOUND), **by(house, at)
        )
    client = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/mejora/acuerdos/{made.pk}/accion/"
    assert "Elija el plan al que pertenece" in words(client.post(url, {"plan": "x"}, follow=True))
    assert client.post(url, {"plan": ready.plan_id}).status_code == 302
    row = Action.objects.get(agreement=made)
    assert (row.title, row.unit_id, row.due_on) == ("Comprar dos bombas", made.unit_id, made.due_on)
    assert "Ese acuerdo ya tiene su acción" in words(client.post(url, {"plan": ready.plan_id}, follow=True))
    assert Action.objects.filter(agreement=made).count() == 1
