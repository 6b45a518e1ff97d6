# SPDX-License-Identifier: EUPL-1.2
"""A process from its first phase to the last: in order, with reasons, by whoever may, by one guide."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.charters.commands.charters import start_charter
from siac.charters.domain.parts import Norm
from siac.charters.guiding import SUBJECT
from siac.clocks.public import calendar_for
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.processes.commands.guides import adopt_guide, save_guide
from siac.processes.commands.reminding import remind
from siac.processes.commands.running import (
    assign_task,
    close_phase,
    date_phase,
    finish_task,
    reopen_phase,
    skip_phase,
    start_process,
    undo_task,
)
from siac.processes.domain.line import State
from siac.processes.models import PhaseAct, ProcessRun, TaskRecord
from siac.processes.notices import render
from siac.processes.queries import line_of, waiting_tasks
from siac.processes.sealing import act_problems
from tests.factories import NOW, House, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PHASES = [
    {"code": "A", "short": "Uno", "name": "Fase uno", "days": 5,
     "tasks": [{"code": "t", "text": "Escribir"}, {"code": "o", "text": "Mirar", "is_required": False}]},
    {"code": "B", "short": "Dos", "name": "Fase dos", "days": 5, "sign_off": "role",
     "signed_by": "authority"},
    {"code": "C", "short": "Tres", "name": "Fase tres", "days": 5, "sign_off": "body", "signed_by": "Comité"},
]  # fmt: skip


def common(house: House, role: Role = Role.QUALITY_MANAGER) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": NOW}


def guided(house: House, phases=PHASES, **fields):
    return save_guide(**common(house), title="Mi guía", subject_kind=SUBJECT, phases=phases, **fields)


@pytest.fixture
def run(house) -> ProcessRun:
    return start_process(**common(house), guide=guided(house), subject_id=house.commitment.edition.charter_id)


def line(house: House, run: ProcessRun, now=NOW):
    found = ProcessRun.objects.get(pk=run.pk)
    found.institution = house.institution
    return line_of(found, today=house.today(now))


def stands(house: House, run: ProcessRun) -> str:
    return " ".join(phase.state.value for phase in line(house, run).phases)


def done(house: House, run: ProcessRun, **fields) -> TaskRecord:
    given = {"phase": "A", "task": "t", "note": "Acta 3", "files": [], **fields}
    return finish_task(**common(house), run_id=run.pk, **given)


def closed(house: House, run: ProcessRun, phase: str, role=Role.QUALITY_MANAGER, act: str = "") -> None:
    close_phase(**common(house, role), run_id=run.pk, phase=phase, act=act)


def test_it_goes_from_phase_to_phase_each_signed_by_whoever_its_guide_says(house, run):
    with pytest.raises(Refused, match="phase_tasks"):
        closed(house, run, "A")
    done(house, run)
    with pytest.raises(Refused, match="process_task_done"):
        done(house, run)
    with pytest.raises(Refused, match="phase_not_running"):
        closed(house, run, "B", Role.AUTHORITY)
    closed(house, run, "A")
    with pytest.raises(Refused, match="phase_role"):
        closed(house, run, "B")
    closed(house, run, "B", Role.AUTHORITY)
    with pytest.raises(Refused, match="phase_act"):
        closed(house, run, "C")
    closed(house, run, "C", act="Acuerdo 4 del comité")
    assert stands(house, run) == "done done done" and line(house, run).current is None
    entries = JournalEntry.objects.filter(stream=run.stream).order_by("seq")
    kinds = [entry.kind.partition(".")[2] for entry in entries]
    assert kinds == ["opened", "task_done", "phase_closed", "phase_closed", "phase_closed"]


def test_leaving_out_and_opening_again_take_a_reason_that_stays(house, run):
    for act in (skip_phase, reopen_phase):
        with pytest.raises(Refused, match="phase_reason"):
            act(**common(house), run_id=run.pk, phase="A", reason="no")
    with pytest.raises(Refused, match="phase_over"):
        reopen_phase(**common(house), run_id=run.pk, phase="A", reason="Nunca se cerró la fase")
    skip_phase(**common(house), run_id=run.pk, phase="A", reason="Ya estaba decidido antes")
    assert stands(house, run) == "skipped current pending"
    with pytest.raises(Refused, match="phase_not_running"):
        skip_phase(**common(house), run_id=run.pk, phase="C", reason="Todavía no corresponde")
    reopen_phase(**common(house), run_id=run.pk, phase="A", reason="Faltaba el acto de decisión")
    assert stands(house, run) == "current pending pending"
    assert line(house, run).phases[0].end.words == "Faltaba el acto de decisión"


def test_a_task_is_taken_back_while_its_phase_runs(house, run):
    done(house, run)
    undo_task(**common(house), run_id=run.pk, phase="A", task="t")
    assert line(house, run).phases[0].done == 0
    done(house, run)
    closed(house, run, "A")
    with pytest.raises(Refused, match="phase_not_running"):
        undo_task(**common(house), run_id=run.pk, phase="A", task="t")


def test_a_process_goes_on_by_the_guide_it_began_with(house, run):
    saved = guided(house, PHASES[:1], guide=run.guide, based_on=1)
    assert (saved.version, len(saved.plan)) == (2, 1)
    again = ProcessRun.objects.get(pk=run.pk)
    assert (again.guide_version, len(again.plan)) == (1, 3)


def test_a_thing_has_one_process(house, run):
    with pytest.raises(Refused, match="process_running"):
        start_process(**common(house), guide=run.guide, subject_id=run.subject_id)


def test_days_are_planned_by_business_days_and_can_be_said(house, run):
    """From Monday 7 September five business days are the 14th; five more cross the national days."""
    last = [f"{phase.days.last:%d-%m}" for phase in line(house, run).phases]
    assert last[:2] == ["14-09", "22-09"]
    date_phase(**common(house), run_id=run.pk, phase="A", due_on=house.today() + 30 * DAY)
    assert line(house, run).phases[0].days.last == house.today() + 30 * DAY


def test_whoever_has_a_task_does_it_without_keeping_the_process(house, run):
    officer = house.user(Role.UNIT_OFFICER)
    assign_task(
        **common(house), run_id=run.pk, phase="A", task="t", responsible_id=officer.pk,
        due_on=house.today() + DAY,
    )  # fmt: skip
    assert waiting_tasks(house.access(Role.UNIT_OFFICER)).count() == 1
    url = f"/{house.slug}/gestion/procesos/{run.pk}/fases/A/tareas/t/"
    assert house.client(Role.FRONT_DESK).get(url).status_code == 403
    client = house.client(Role.UNIT_OFFICER)
    file = SimpleUploadedFile("acta.txt", b"Se acuerda elaborar la carta", "text/plain")
    posted = client.post(url, {"note": "Acta firmada", "attachments": file})
    assert posted.status_code == 302, words(posted)
    page = client.get(f"/{house.slug}/gestion/procesos/{run.pk}/")
    assert "Acta firmada" in words(page) and "acta.txt" in words(page)
    assert client.post(f"/{house.slug}/gestion/procesos/{run.pk}/fases/A/cerrar/").status_code == 403


def test_two_tabs_do_not_write_over_one_another(house, run):
    """Who does a task and until when a phase goes are saved on what was seen."""
    officer, head = house.user(Role.UNIT_OFFICER).pk, house.user(Role.HEAD_OF_UNIT).pk
    url, manager = f"/{house.slug}/gestion/procesos/{run.pk}/fases/A/", house.client(Role.QUALITY_MANAGER)
    tabs = [manager.get(f"{url}tareas/t/encargar/").content.decode() for _ in range(2)]
    assert all('name="based_on" value="0"' in tab for tab in tabs)
    one, other = ({"responsible_id": str(pk), "based_on": "0"} for pk in (officer, head))
    assert manager.post(f"{url}tareas/t/encargar/", one).status_code == 302
    late = manager.post(f"{url}tareas/t/encargar/", other)
    assert late.status_code == 422 and "Otra persona lo guardó" in words(late)
    assert run.tasks.get(task="t").responsible_id == officer
    assert manager.post(f"{url}tareas/t/encargar/", other | {"based_on": "1"}).status_code == 302
    day = {"due_on": f"{house.today() + 30 * DAY}", "based_on": "0"}
    assert manager.post(f"{url}fecha/", day).status_code == 302
    assert manager.post(f"{url}fecha/", day | {"due_on": f"{house.today() + 9 * DAY}"}).status_code == 422
    assert line(house, run).phases[0].days.last == house.today() + 30 * DAY
    shown = manager.get(f"{url}fecha/").content.decode()
    assert f"{house.today() + 30 * DAY}" in shown and 'name="based_on" value="1"' in shown


def test_somebody_of_another_body_has_no_task_here(house, run):
    other = make_house("valle")
    with pytest.raises(Refused, match="process_task_answers"):
        assign_task(
            **common(house), run_id=run.pk, phase="A", task="t",
            responsible_id=other.user(Role.HEAD_OF_UNIT).pk, due_on=None,
        )  # fmt: skip
    with pytest.raises(Refused, match="process_unknown"):
        done(other, run)
    with pytest.raises(Refused, match="guide_unknown"):
        start_process(**common(other), guide=run.guide, subject_id=1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"phase": "Z"}, "phase_unknown"), ({"task": "z"}, "process_task_unknown")],
)
def test_what_there_is_not_cannot_be_done(house, run, fields, code):
    with pytest.raises(Refused, match=code):
        done(house, run, **fields)


@pytest.mark.parametrize(
    "phases",
    [
        [],
        [{"code": "A", "short": "x", "name": "x"}] * 41,
        [{"code": "A", "short": "x", "name": "x", "tasks": [{"code": "t", "text": "x", "check": "nada"}]}],
        [{"code": "A", "nada": 1}],
    ],
)
def test_a_guide_that_cannot_be_is_refused(house, phases):
    with pytest.raises(Refused, match="guide_phases"):
        guided(house, phases)


def test_a_guide_of_the_product_is_taken_once_and_its_checks_look_at_the_charter(house):
    guide = adopt_guide(**common(house), code="mtpe-f1-f12")
    assert adopt_guide(**common(house), code="mtpe-f1-f12") == guide
    run = start_process(**common(house), guide=guide, subject_id=house.commitment.edition.charter_id)
    told = {phase.plan.code: phase for phase in line(house, run).phases}
    assert told["F1"].state is State.BLOCKED and not told["F3"].tasks[1].is_done
    assert told["F8"].tasks[0].is_done  # its edition is approved
    with pytest.raises(Refused, match="process_task_checked"):
        done(house, run, phase="F8", task="t1")


def test_a_charter_shows_its_line_and_the_pages_lead_through_it(house, monkeypatch):
    adopt_guide(**common(house), code="carta-compromisos")
    manager, charter = house.client(Role.QUALITY_MANAGER), house.commitment.edition.charter_id
    page = manager.get(f"/{house.slug}/gestion/cartas/{charter}/")
    assert "Seguir una guía" in words(page)
    guide = page.context["guides"][0]
    done_ = manager.post(f"/{house.slug}/gestion/cartas/{charter}/proceso/", {"guia": guide.pk})
    assert done_.status_code == 302
    page = words(manager.get(f"/{house.slug}/gestion/cartas/{charter}/"))
    assert "Fase C1, decisión: 0 de 8 hechas" in page
    run = ProcessRun.objects.get()
    base = f"/{house.slug}/gestion/procesos/{run.pk}/"
    assert "Cerrar la fase" not in words(manager.get(base))  # another role signs it, and sees the button
    assert "Cerrar la fase" in words(house.client(Role.AUTHORITY).get(base))
    refused = manager.post(f"{base}fases/C1/cerrar/")
    assert refused.status_code == 422 and "Faltan tareas por hacer: 2" in words(refused)
    skipped = manager.post(f"{base}fases/C1/omitir/", {"reason": "Ya se decidió el año pasado"})
    assert skipped.status_code == 302
    assert "omitida" in words(manager.get(base))
    assert manager.get(f"{base}?fase=Z9").status_code == 404
    assert manager.get(f"{base}fases/C1/volar/").status_code == 404
    listed = words(manager.get(f"/{house.slug}/gestion/procesos/"))
    assert "C2 Conocer" in listed and "1 de 8" in listed


def test_a_guide_is_written_in_rows_and_keeps_its_codes(house):
    manager, base = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/procesos/guias/"
    fields = {
        "title": "Guía propia", "source": "Nuestra", "is_active": "on", "based_on": "",
        "phases-0-short": "Una", "phases-0-name": "Fase una", "phases-0-days": "5", "phases-0-sign": "",
        "phases-1-short": "Dos", "phases-1-name": "Fase dos", "phases-1-sign": "body",
        "phases-1-signed_by": "Comité", "tasks-0-phase": "2", "tasks-0-text": "Votar",
        "tasks-0-is_required": "on", "tasks-0-check": "",
    }  # fmt: skip
    made = manager.post(f"{base}nueva/", fields)
    assert made.status_code == 302, words(made)
    page = words(manager.get(made.url))
    assert "Fase dos" in page and "Votar" in page
    wrong = manager.post(f"{base}nueva/", fields | {"title": "Otra", "tasks-0-phase": "7"})
    assert wrong.status_code == 422 and "No hay fase «7»" in words(wrong)
    wrong = manager.post(f"{base}nueva/", fields | {"title": "Otra", "phases-1-signed_by": ""})
    assert wrong.status_code == 422 and "Escriba qué cuerpo la firma" in words(wrong)
    form = manager.get(f"{made.url}cambiar/").content.decode()
    assert 'value="f_fase_una"' in form and 'value="t_votar"' in form


def test_what_pages_cost_does_not_grow_with_the_processes(house, run, django_assert_max_num_queries):
    client = house.client(Role.AUDITOR)
    client.get(f"/{house.slug}/gestion/procesos/{run.pk}/")
    with django_assert_max_num_queries(12):
        client.get(f"/{house.slug}/gestion/procesos/{run.pk}/")


def test_people_are_reminded_before_the_day_and_once_late(house, run):
    officer = house.user(Role.UNIT_OFFICER)
    due = house.today() + 10 * DAY
    assign_task(**common(house), run_id=run.pk, phase="A", task="t", responsible_id=officer.pk, due_on=due)
    sent = [remind(house.institution, now=NOW + days * DAY) for days in (0, 6, 7, 8, 10, 11, 12, 30)]
    assert sent == [0, 0, 1, 0, 0, 1, 0, 0]
    first = Notice.objects.filter(kind="processes.task").order_by("pk").first()
    subject, text = render(first)
    assert subject == "Tarea: Escribir" and f"/procesos/{run.pk}/fases/A/tareas/t/" in text
    done(house, run)
    assign_task(**common(house), run_id=run.pk, phase="A", task="o", responsible_id=officer.pk, due_on=due)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert remind(house.institution, now=NOW + 20 * DAY) == 0


def test_the_list_costs_the_same_however_many_there_are(house):
    guide, client = guided(house), house.client(Role.QUALITY_MANAGER)

    def costs(count: int) -> int:
        for number in range(count):
            charter = start_charter(
                **common(house), code=f"c{count}-{number}", title=f"Carta {count} {number}", norm=Norm.UNE,
                responsible_id=None,
            )  # fmt: skip
            start_process(**common(house), guide=guide, subject_id=charter.pk)
        client.get(f"/{house.slug}/gestion/procesos/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/{house.slug}/gestion/procesos/").status_code == 200
        return len(captured)

    assert costs(1) == costs(8)


@pytest.mark.parametrize("before", [-40, 0, 1, 2])
def test_a_date_at_the_end_of_all_calendars_shuts_no_page(house, run, before):
    last = calendar_for(house.institution.place, house.institution.pk).last
    date_phase(**common(house), run_id=run.pk, phase="A", due_on=last - before * DAY)
    manager = house.client(Role.QUALITY_MANAGER)
    for page in ("", f"{run.pk}/"):
        assert manager.get(f"/{house.slug}/gestion/procesos/{page}").status_code == 200
    *_, end = line(house, run).phases
    assert end.days.last == max(last, last - before * DAY)


def test_nobody_waits_for_a_task_of_a_phase_that_is_over(house, run):
    head = house.user(Role.HEAD_OF_UNIT)
    assign_task(
        **common(house), run_id=run.pk, phase="A", task="o", responsible_id=head.pk, due_on=house.today()
    )
    skip_phase(**common(house), run_id=run.pk, phase="A", reason="No hace falta esta fase")
    assert waiting_tasks(house.access(Role.HEAD_OF_UNIT)).count() == 0
    assert remind(house.institution, now=NOW) == 0
    reopen_phase(**common(house), run_id=run.pk, phase="A", reason="Sí hacía falta, después de todo")
    assert waiting_tasks(house.access(Role.HEAD_OF_UNIT)).count() == 1
    assert remind(house.institution, now=NOW) == 1


def test_what_a_check_does_is_given_to_nobody(house):
    phases = [{**PHASES[0], "tasks": [{"code": "t", "text": "Textos", "check": "charters.texts"}]}]
    run = start_process(
        **common(house), guide=guided(house, phases), subject_id=house.commitment.edition.charter_id
    )
    with pytest.raises(Refused, match="process_task_checked"):
        assign_task(
            **common(house), run_id=run.pk, phase="A", task="t", due_on=None,
            responsible_id=house.user(Role.HEAD_OF_UNIT).pk,
        )  # fmt: skip


def test_whoever_has_tasks_finds_as_many_as_the_first_page_tells(house, run):
    head = house.user(Role.HEAD_OF_UNIT)
    for task, due in (("t", house.today() + 2 * DAY), ("o", None)):
        assign_task(**common(house), run_id=run.pk, phase="A", task=task, responsible_id=head.pk, due_on=due)
    url = f"/{house.slug}/gestion/procesos/tareas/"
    page = house.client(Role.HEAD_OF_UNIT).get(url)
    assert len(page.context["rows"]) == waiting_tasks(house.access(Role.HEAD_OF_UNIT)).count() == 2
    said = words(page)
    assert said.index("Escribir") < said.index("Mirar") and "Mi guía" in said
    assert "No tiene tareas por hacer" in words(house.client(Role.QUALITY_MANAGER).get(url))


def test_what_was_signed_stays_when_a_phase_is_opened_again(house, run):
    done(house, run)
    close_phase(**common(house), run_id=run.pk, phase="A", act="Acta 3 del equipo")
    reopen_phase(**common(house), run_id=run.pk, phase="A", reason="Faltaba el acto de decisión")
    close_phase(**common(house), run_id=run.pk, phase="A", act="Acta 4 del equipo")
    acts = list(PhaseAct.objects.values_list("kind", "words"))
    assert acts == [
        ("closed", "Acta 4 del equipo"), ("reopened", "Faltaba el acto de decisión"),
        ("closed", "Acta 3 del equipo"),
    ]  # fmt: skip
    page = words(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/procesos/{run.pk}/?fase=A"))
    assert "Acta 3 del equipo" in page and "Se volvió a abrir : Faltaba el acto" in page


def test_verification_finds_what_was_changed_of_an_act(house, run):
    done(house, run)
    close_phase(**common(house), run_id=run.pk, phase="A", act="Acta 3 del equipo")
    body = house.institution.pk
    assert list(act_problems(body)) == [] and verify_institution(body).problems == []
    PhaseAct.objects.update(words="Acta 5")
    assert ["no dice lo que consta" in each for each in act_problems(body)] == [True]
    PhaseAct.objects.all().delete()
    assert ["ya no está" in each for each in act_problems(body)] == [True]
