# SPDX-License-Identifier: EUPL-1.2
"""Many cases at once: marked, previewed, changed by the ordinary commands, each
once, whatever dies in between.
"""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.contrib.messages import get_messages
from django.db import OperationalError

from siac.accounts.public import Role
from siac.cases.bulk import running as bulk_run
from siac.cases.bulk.commands import LINE, forget_old_bulk
from siac.cases.bulk.queries import what_it_does
from siac.cases.bulk.running import changing
from siac.cases.models import BulkAction, BulkRow, Case
from siac.cases.public import assign_case, refer_case
from siac.cases.tasks import change_cases
from siac.journal.public import history
from siac.kernel.work_states import WorkState
from tests.factories import NOW, answer, file
from tests.longwork import some_steps
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def select(house, role, cases, act, client=None, **more):
    client = client or house.client(role)
    sent = {"hacer": act, "caso": [case.pk for case in cases], **more}
    return client.post(f"/{house.slug}/gestion/solicitudes/en-lote/", sent)


def decide(house, role, bulk, **sent):
    return house.client(role).post(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/", sent, follow=True)


def page(house, role, bulk):
    return house.client(role).get(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/")


def previewed(house, cases, *, unit="juridico", role=R.QUALITY_MANAGER):
    select(house, role, cases, "derivar")
    bulk = BulkAction.objects.latest("pk")
    decide(house, role, bulk, unit_id=house.units[unit], reason="Es de ustedes.")
    bulk.refresh_from_db()
    return bulk


def test_marked_cases_are_previewed_then_referred_by_the_ordinary_command(house):
    own = [file(house, unit_id=house.units["obras"]) for _ in range(3)]
    there, answered = file(house, unit_id=house.units["juridico"]), file(house, unit_id=house.units["obras"])
    answer(house, answered, now=NOW)
    sent = select(house, R.QUALITY_MANAGER, [*own, there, answered], "derivar")
    bulk = BulkAction.objects.get()
    assert sent.url.endswith(f"/cambios-en-lote/{bulk.pk}/")
    assert "Derivar 5 solicitudes" in page(house, R.QUALITY_MANAGER, bulk).content.decode()
    shown = decide(
        house, R.QUALITY_MANAGER, bulk, unit_id=house.units["juridico"], reason=""
    ).content.decode()
    assert "<strong>3</strong> cambiarán y <strong>2</strong> quedarán como están" in shown
    assert "La solicitud ya está en esa unidad." in shown
    assert "No se puede derivar: la solicitud está «Respondida»." in shown
    assert Case.objects.filter(unit=house.units["juridico"]).count() == 1
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    done = page(house, R.QUALITY_MANAGER, bulk).content.decode()
    assert "3 cambiadas, 2 sin cambio" in done
    for case in own:
        case.refresh_from_db()
        assert (case.unit_id, case.state) == (house.units["juridico"], "with_unit")
        assert [e.kind for e in history(case.institution_id, case.stream)][-1] == "cases.referred"
    told = [entry.kind for entry in history(house.institution.pk, bulk.stream)]
    assert told == ["cases.bulk_begun", "cases.bulk_done"]


def test_nobody_applies_a_preview_that_is_not_the_one_they_see(house):
    """Two tabs: one still shows the other unit."""
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(2)]
    bulk = previewed(house, cases)
    seen = bulk.digest
    assert f'name="visto" value="{seen}"' in page(house, R.QUALITY_MANAGER, bulk).content.decode()
    decide(house, R.QUALITY_MANAGER, bulk, unit_id=house.units["oirs"], reason="Mejor ahí.")
    shown = decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar", visto=seen).content.decode()
    assert "Lo que iba a aprobar cambió desde que usted lo miró" in shown
    bulk.refresh_from_db()
    assert (bulk.state, bulk.begun_at) == ("preview", None) and bulk.digest != seen
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar", visto=bulk.digest)
    bulk.refresh_from_db()
    assert bulk.state == WorkState.WAITING


def test_everything_in_the_list_across_pages_with_its_filters(house):
    for _ in range(55):
        file(house, unit_id=house.units["obras"])
    other = file(house, "consulta", unit_id=house.units["obras"])
    kind = house.kinds["reclamo"].pk
    select(house, R.HEAD_OF_UNIT, [other], "asignar", todas="1", vista="abiertas", tipo=kind)
    bulk = BulkAction.objects.get()
    assert bulk.total == 55
    officer = house.user(R.UNIT_OFFICER)
    assert (
        "Asignar a Unit Officer"
        in decide(house, R.HEAD_OF_UNIT, bulk, assignee_id=officer.pk).content.decode()
    )
    decide(house, R.HEAD_OF_UNIT, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    assert Case.objects.filter(assignee=officer).count() == 55
    other.refresh_from_db()
    assert other.assignee_id is None


def test_what_a_person_may_not_touch_is_refused_and_what_she_cannot_see_never_marked(house):
    mine = file(house, unit_id=house.units["obras"])
    filed = file(house, unit_id=house.units["juridico"], actor=house.user(R.UNIT_OFFICER))
    hidden = file(house, unit_id=house.units["juridico"])
    bulk = previewed(house, [mine, filed, hidden], unit="oirs", role=R.UNIT_OFFICER)
    assert (bulk.total, bulk.refused, bulk.pending) == (2, 1, 1)
    assert bulk.rows.get(state="refused").reason == "bulk_no_right"


def test_rights_taken_away_after_the_preview_hold_for_the_job(house):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(2)]
    bulk = previewed(house, cases, role=R.UNIT_OFFICER)
    decide(house, R.UNIT_OFFICER, bulk, hacer="aplicar")
    house.user(R.UNIT_OFFICER).memberships.all().delete()
    change_cases(bulk.pk)
    assert set(BulkRow.objects.values_list("reason", flat=True)) == {"bulk_no_right"}
    assert not Case.objects.filter(unit=house.units["juridico"]).exists()


def test_a_case_changed_since_the_preview_is_left_alone_and_can_be_tried_again(house):
    first, second = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    bulk = previewed(house, [first, second])
    assign_case(
        institution=house.institution,
        case_id=second.pk,
        version=None,
        assignee_id=house.user(R.UNIT_OFFICER).pk,
        actor=house.user(R.HEAD_OF_UNIT),
        now=NOW,
    )
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    shown = page(house, R.QUALITY_MANAGER, bulk).content.decode()
    assert "Alguien la cambió después de la vista previa." in shown and second.folio in shown
    again = decide(house, R.QUALITY_MANAGER, bulk, hacer="repetir").content.decode()
    assert "<strong>1</strong> cambiará." in again


def test_a_job_that_breaks_off_goes_on_where_it_stopped_and_changes_nothing_twice(house, monkeypatch):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(7)]
    bulk = previewed(house, cases)
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    monkeypatch.setattr(bulk_run, "BATCH", 3)
    done = []

    def dies_at_the_fifth(**values):
        if len(done) == 4:
            done.append(None)
            raise OperationalError("server closed the connection")
        done.append(values["case_id"])
        return refer_case(**values)

    monkeypatch.setitem(bulk_run._COMMANDS, "derivar", dies_at_the_fifth)
    with pytest.raises(OperationalError):
        change_cases(bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.changed) == (WorkState.RUNNING, 3)  # the job comes again by itself
    with monkeypatch.context() as broken:
        broken.setattr(bulk_run, "write_rows", Mock(side_effect=ValueError("a fault of ours")))
        with pytest.raises(ValueError, match="a fault of ours"):
            change_cases(bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.changed) == (WorkState.FAILED, 3)
    assert Case.objects.filter(unit=house.units["juridico"]).count() == 3
    assert "Se interrumpió" in page(house, R.QUALITY_MANAGER, bulk).content.decode()
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    change_cases(bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.changed, bulk.refused) == (WorkState.DONE, 7, 0)
    for case in cases:
        kinds = [entry.kind for entry in history(case.institution_id, case.stream)]
        assert kinds.count("cases.referred") == 1


def test_it_can_be_stopped_and_taken_up_again(house, monkeypatch):
    monkeypatch.setattr(bulk_run, "BATCH", 2)
    bulk = previewed(house, [file(house, unit_id=house.units["obras"]) for _ in range(5)])
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    some_steps(LINE, bulk.pk, changing, now=NOW)
    assert "Detener" in page(house, R.QUALITY_MANAGER, bulk).content.decode()
    shown = decide(house, R.QUALITY_MANAGER, bulk, hacer="detener").content.decode()
    assert "2 cambiadas, 3 por cambiar" in shown
    change_cases(bulk.pk)
    assert Case.objects.filter(unit=house.units["juridico"]).count() == 2
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    assert Case.objects.filter(unit=house.units["juridico"]).count() == 5


def test_a_fault_of_one_case_leaves_the_others_changed(house, monkeypatch):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(3)]
    bulk = previewed(house, cases)
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")

    def stumbles(**values):
        if values["case_id"] == cases[1].pk:
            raise ZeroDivisionError
        return refer_case(**values)

    monkeypatch.setitem(bulk_run._COMMANDS, "derivar", stumbles)
    change_cases(bulk.pk)
    assert BulkRow.objects.get(state="refused").reason == "bulk_fault"
    assert Case.objects.filter(unit=house.units["juridico"]).count() == 2


def test_answered_cases_are_closed_without_asking_anything(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW)
    sent = select(house, R.UNIT_OFFICER, [case], "cerrar")
    shown = house.client(R.UNIT_OFFICER).get(sent.url).content.decode()
    assert "Cerrar 1 solicitud" in shown
    bulk = BulkAction.objects.get()
    decide(house, R.UNIT_OFFICER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    case.refresh_from_db()
    assert case.state == "closed"


def test_topics_of_many(house):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(2)]
    topic = house.topics["Inundaciones"]
    select(house, R.UNIT_OFFICER, cases, "clasificar")
    bulk = BulkAction.objects.get()
    assert (
        "Clasificar con el tema Inundaciones"
        in decide(house, R.UNIT_OFFICER, bulk, topic_id=topic).content.decode()
    )
    decide(house, R.UNIT_OFFICER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    assert set(Case.objects.values_list("topic", flat=True)) == {topic}


def test_marked_cases_are_exported(house):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(3)]
    sent = select(house, R.HEAD_OF_UNIT, cases[:2], "exportar")
    content = b"".join(house.client(R.HEAD_OF_UNIT).get(f"{sent.url}&formato=csv")).decode()
    assert cases[0].folio in content and cases[2].folio not in content


def test_nothing_marked_leads_back_to_the_same_list(house):
    sent = select(house, R.QUALITY_MANAGER, [], "derivar", vista="atrasadas")
    assert "vista=atrasadas" in sent.url
    assert [str(m) for m in get_messages(sent.wsgi_request)] == ["Marque al menos una solicitud."]


def test_no_unit_chosen_is_said_in_the_form(house):
    select(house, R.QUALITY_MANAGER, [file(house)], "derivar")
    bulk = BulkAction.objects.get()
    answered = house.client(R.QUALITY_MANAGER).post(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/", {})
    assert answered.status_code == 422
    assert "Elija la unidad." in answered.content.decode()


def test_nobody_sees_or_begins_what_another_prepared(house):
    bulk = previewed(house, [file(house)])
    assert page(house, R.HEAD_OF_UNIT, bulk).status_code == 404
    client = house.client(R.HEAD_OF_UNIT)
    assert (
        client.post(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/", {"hacer": "aplicar"}).status_code
        == 404
    )


def test_those_without_the_right_are_not_offered_it(house):
    file(house)
    shown = house.client(R.AUDITOR).get(f"/{house.slug}/gestion/solicitudes/?vista=todas").content.decode()
    assert 'value="exportar"' in shown and 'value="derivar"' not in shown
    assert select(house, R.AUDITOR, [], "derivar").status_code == 404


def test_the_page_costs_the_same_for_few_and_many(house):
    bulk = previewed(house, [file(house, unit_id=house.units["juridico"]) for _ in range(60)])
    client = house.client(R.QUALITY_MANAGER)
    client.get(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/")
    with at_most(8):
        client.get(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/")


def test_the_reasons_leave_as_a_file(house):
    case = file(house, unit_id=house.units["juridico"])
    bulk = previewed(house, [case])
    got = house.client(R.QUALITY_MANAGER).get(f"/{house.slug}/gestion/cambios-en-lote/{bulk.pk}/sin-cambio/")
    content = b"".join(got).decode("utf-8-sig")
    assert f"{case.folio};Agua en la calle;La solicitud ya está en esa unidad." in content


def test_old_ones_are_forgotten(house):
    previewed(house, [file(house)])
    bulk = previewed(house, [file(house, unit_id=house.units["obras"])])
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    change_cases(bulk.pk)
    BulkAction.objects.update(created_at=NOW)
    forget_old_bulk(now=NOW + timedelta(days=2))
    assert BulkAction.objects.get() == bulk and bulk.rows.count() == 1
    forget_old_bulk(now=NOW + timedelta(days=40))
    bulk.refresh_from_db()
    assert (bulk.rows.count(), bulk.values, bulk.changed) == (0, {}, 1)


@pytest.mark.parametrize("state", [WorkState.STOPPED, WorkState.FAILED, WorkState.DONE])
def test_one_whose_cases_are_forgotten_offers_nothing_that_needs_them_and_refuses_it(
    house, state, monkeypatch
):
    monkeypatch.setattr(bulk_run, "BATCH", 1)
    there = file(house, unit_id=house.units["juridico"])
    bulk = previewed(house, [*(file(house, unit_id=house.units["obras"]) for _ in range(3)), there])
    decide(house, R.QUALITY_MANAGER, bulk, hacer="aplicar")
    some_steps(LINE, bulk.pk, changing, now=NOW)
    BulkAction.objects.update(created_at=NOW, state=state)
    bulk.refresh_from_db()
    before = bulk.done
    offered = {WorkState.DONE: ('value="repetir"', "seleccion=")}.get(state, ('value="seguir"',))
    shown = page(house, R.QUALITY_MANAGER, bulk).content.decode()
    assert all(each in shown for each in offered) and "borra a los 30" not in shown
    forget_old_bulk(now=NOW + timedelta(days=40))
    shown = page(house, R.QUALITY_MANAGER, bulk).content.decode()
    assert not any(each in shown for each in offered) and "Ya no se guarda cuáles eran" in shown
    for asked in ("seguir", "aplicar", "repetir"):
        said = decide(house, R.QUALITY_MANAGER, bulk, hacer=asked).content.decode()
        assert "Ya no se guarda qué solicitudes eran" in said or "ya comenzó" in said
    change_cases(bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.done, BulkAction.objects.count()) == (state, before, 1)


@pytest.mark.parametrize(
    ("act", "values", "before", "after"),
    [
        ("asignar", {"assignee_id": "unit_officer"}, "Asignar a Unit Officer", "Asignar"),
        ("asignar", {"assignee_id": None}, "Dejar sin responsable", "Asignar"),
        ("clasificar", {"topic_id": None}, "Dejar sin tema", "Clasificar"),
    ],
)
def test_whom_a_forgotten_one_gave_cases_to_is_not_told_as_nobody(house, act, values, before, after):
    values = {
        name: house.user(R.UNIT_OFFICER).pk if value == "unit_officer" else value
        for name, value in values.items()
    }
    bulk = BulkAction(institution=house.institution, code=act, values=values)
    assert what_it_does(house.institution, bulk) == before
    bulk.values = {}
    assert what_it_does(house.institution, bulk) == after
