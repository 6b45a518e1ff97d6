# SPDX-License-Identifier: EUPL-1.2
"""Records, who reads them, diagnoses and gaps, the sheet, training, and what is shown of few."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.indicators.figures.cube import recount
from siac.indicators.results.before_after import effects_on_place, place_metrics
from siac.infra.metrics import metric, source
from siac.journal.public import JournalEntry, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.public import version_guard
from siac.staff.commands.assessing import assess
from siac.staff.commands.competences import save_competence, save_profile
from siac.staff.commands.employees import save_employee
from siac.staff.commands.gaps import end_gaps
from siac.staff.commands.sheets import LINE, begin_load, forget_old_sheets, loading, receive_sheet
from siac.staff.commands.training import (
    Meeting,
    approve_plan,
    create_plan,
    enrol,
    evaluate,
    note_attendance,
    plan_digest,
    reopen_plan,
    save_course,
    say_satisfaction,
    withdraw,
)
from siac.staff.domain.levels import Teller
from siac.staff.domain.training import Effect
from siac.staff.figures import characterise, gap_tables
from siac.staff.metrics import refresh_employees, refresh_enrolments, refresh_gaps
from siac.staff.models import (
    Assessment,
    CompetenceVersion,
    Course,
    Employee,
    EmployeeFact,
    Enrolment,
    EnrolmentFact,
    Gap,
    GapFact,
    PersonnelSheet,
    TrainingPlan,
)
from siac.staff.outcomes import outcome_of
from siac.staff.queries import enrolments_of
from siac.staff.sealing import training_problems
from siac.surveys.models import Protocol, Visit, VisitFact
from tests.factories import NOW
from tests.longwork import run_long
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
DAY = timedelta(days=1)
PM, HEAD, AUTHORITY = Role.PEOPLE_MANAGER, Role.HEAD_OF_UNIT, Role.AUTHORITY


def common(house, role=PM, now=NOW) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def hire(house, name="Luz Vera", **fields) -> Employee:
    return save_employee(**common(house), **{"name": name, "hired_on": date(2020, 1, 1), **fields})


@pytest.fixture
def asked(house):
    """A profile that asks two competences."""
    listen = save_competence(**common(house), name="Escucha activa", kind="skill")
    tools = save_competence(**common(house), name="Sistema de turnos", kind="tools")
    profile = save_profile(**common(house), name="Ventanilla", required=[(listen.pk, 3), (tools.pk, 2)])
    return listen, tools, profile


def say(house, row, teller, levels, *, role=HEAD, on=TODAY, now=NOW, **more) -> Assessment:
    return assess(**common(house, role, now), employee_id=row.pk, teller=teller, on=on, levels=levels, **more)


def test_a_record_is_refused_what_cannot_be_and_nobody_saves_over_another(house, other_house):
    row = hire(house, code="F-1", user_id=house.user(Role.UNIT_OFFICER).pk)
    for fields, code in (
        ({"left_on": date(2019, 1, 1)}, "employee_days"),
        ({"in_point_since": date(2019, 1, 1)}, "employee_days"),
        ({"unit_id": other_house.units["obras"]}, "employee_elsewhere"),
        ({"point_id": other_house.point}, "employee_elsewhere"),
        ({"user_id": other_house.user(Role.UNIT_OFFICER).pk}, "employee_account"),
        ({"user_id": house.user(Role.UNIT_OFFICER).pk}, "employee_account"),
        ({"code": "F-1"}, "employee_code"),
    ):
        with pytest.raises(Refused, match=code):
            hire(house, "Otra", **fields)
    save_employee(**common(house), employee_id=row.pk, based_on=1, post="Encargada")
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_employee(**common(house), employee_id=row.pk, based_on=1, post="Jefa")
    with pytest.raises(Refused, match="employee_unknown"):
        save_employee(**common(other_house), employee_id=row.pk, post="Jefa")
    told = JournalEntry.objects.filter(stream=f"employee:{row.pk}").values_list("data", flat=True)
    assert "Luz" not in json.dumps(list(told)) and "Encargada" not in json.dumps(list(told))


def test_a_head_reads_their_unit_others_read_figures_and_everybody_themselves(house, asked):
    own = hire(house, unit_id=house.units["obras"], user_id=house.user(Role.UNIT_OFFICER).pk)
    other = hire(house, "Eva Paz", unit_id=house.units["juridico"])

    def status(role, row) -> int:
        address = reverse("workspace:staff:employee", args=[house.slug, row.pk])
        return house.client(role).get(address).status_code

    assert [status(HEAD, row) for row in (own, other)] == [200, 404]
    assert [status(PM, row) for row in (own, other)] == [200, 200]
    assert status(Role.QUALITY_MANAGER, own) == 403
    mine = reverse("workspace:staff:own", args=[house.slug])
    assert "2020" in words(house.client(Role.UNIT_OFFICER).get(mine))
    assert "no tiene una ficha" in words(house.client(Role.AUDITOR).get(mine))
    copy = house.client(Role.UNIT_OFFICER).get(reverse("workspace:staff:own_copy", args=[house.slug]))
    told = json.loads(copy.content)
    assert told["ficha"]["nombre"] == "Luz Vera" and set(told) == {
        "ficha",
        "diagnosticos",
        "brechas",
        "cursos",
    }
    listed = reverse("workspace:staff:employees", args=[house.slug])
    assert "Eva Paz" not in words(house.client(HEAD).get(listed))
    exported = b"".join(house.client(HEAD).get(f"{listed}?formato=csv").streaming_content).decode()
    assert "Luz Vera" in exported and "Eva Paz" not in exported


def test_the_list_costs_the_same_whatever_its_length(house, asked):
    client, address = house.client(PM), reverse("workspace:staff:employees", args=[house.slug])
    hire(house)
    client.get(address)
    for number in range(12):
        hire(house, f"Persona {number}", unit_id=house.units["obras"], profile_id=asked[2].pk)
    with at_most(12):
        assert "Persona 11" in words(client.get(address))


def test_gaps_open_and_close_with_diagnoses_profiles_and_leaving(house, asked):
    listen, tools, profile = asked
    row = hire(house, profile_id=profile.pk, unit_id=house.units["obras"])
    assert not Gap.objects.exists(), "what nobody has diagnosed is no gap"
    say(house, row, Teller.SELF, {listen.pk: 4, tools.pk: 1}, role=Role.UNIT_OFFICER)
    assert list(Gap.objects.values_list("competence", "missing")) == [(tools.pk, 1)]
    say(house, row, Teller.HEAD, {listen.pk: 1})
    assert set(Gap.objects.values_list("competence", "missing")) == {(tools.pk, 1), (listen.pk, 2)}
    say(house, row, Teller.EVIDENCE, {listen.pk: 3}, evidence="Examen del 7 de septiembre")
    assert Gap.objects.get(competence=listen).closed_on == TODAY
    save_profile(**common(house), name="Ventanilla", required=[(tools.pk, 4)], profile=profile)
    assert Gap.objects.get(closed_on=None).missing == 3
    save_employee(**common(house), employee_id=row.pk, left_on=TODAY)
    assert not Gap.objects.filter(closed_on=None).exists()
    with pytest.raises(Refused, match="employee_left"):
        say(house, row, Teller.HEAD, {tools.pk: 4})


def test_who_says_before_that_they_leave_has_gaps_until_that_day(house, asked):
    listen, _, profile = asked
    row = hire(house, profile_id=profile.pk)
    say(house, row, Teller.HEAD, {listen.pk: 1})
    save_employee(**common(house), employee_id=row.pk, left_on=TODAY + 2 * DAY)
    assert end_gaps(house.institution, now=NOW) == 0 and Gap.objects.get().closed_on is None
    assert end_gaps(house.institution, now=NOW + 2 * DAY) == 1
    assert Gap.objects.get().closed_on == TODAY + 2 * DAY


def test_a_diagnosis_is_refused_what_it_cannot_say(house, asked):
    listen, _, profile = asked
    row, bare = hire(house, profile_id=profile.pk), hire(house, "Eva Paz")
    alien = save_competence(**common(house), name="Otra", kind="aptitude")
    for person, levels, more, code in (
        (bare, {listen.pk: 1}, {}, "assessment_profile"),
        (row, {}, {}, "assessment_empty"),
        (row, {listen.pk: 5}, {}, "assessment_level"),
        (row, {alien.pk: 1}, {}, "assessment_level"),
        (row, {listen.pk: 1}, {"on": TODAY + DAY}, "assessment_future"),
        (row, {listen.pk: 1}, {"on": date(2019, 1, 1)}, "assessment_future"),
        (row, {listen.pk: 1}, {"teller": Teller.EVIDENCE}, "assessment_evidence"),
    ):
        with pytest.raises(Refused, match=code):
            say(house, person, more.pop("teller", Teller.HEAD), levels, **more)


def test_two_who_diagnose_at_once_see_each_other_and_what_was_typed_stays(house, asked):
    listen, _, profile = asked
    row = hire(house, profile_id=profile.pk, unit_id=house.units["obras"])
    address = reverse("workspace:staff:assessment", args=[house.slug, row.pk, "jefatura"])
    client, today = house.client(HEAD), house.institution.local_date(timezone.now()).isoformat()
    typed = {"on": today, f"level_{listen.pk}": "2", "seen": "0"}
    other = say(house, row, Teller.EVIDENCE, {listen.pk: 3}, evidence="Examen", role=PM)
    refused = client.post(address, typed)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "otra persona guardó un diagnóstico" in page and f'name="seen" value="{other.pk}"' in page
    assert '<option value="2" selected' in page
    again = client.post(address, typed | {"seen": str(other.pk)})
    assert again.status_code == 302 and Assessment.objects.filter(employee=row).count() == 2


def test_competences_and_profiles_keep_their_versions_and_what_is_asked_stays_in_use(house, asked):
    listen, _, profile = asked
    with pytest.raises(Refused, match="competence_used"):
        save_competence(
            **common(house), name="Escucha activa", kind="skill", is_active=False, competence=listen
        )
    with pytest.raises(Refused, match="competence_name"):
        save_competence(**common(house), name="Sistema de  turnos", kind="tools")
    with pytest.raises(Refused, match="profile_name"):
        save_profile(**common(house), name="Ventanilla")
    for required in ([(listen.pk, 5)], [(listen.pk, 1), (listen.pk, 2)], [(10**9, 1)]):
        with pytest.raises(Refused, match="profile_levels"):
            save_profile(**common(house), name="Otro", required=required)
    client = house.client(PM)
    address = reverse("workspace:staff:profile", args=[house.slug, profile.pk])
    typed = {
        "name": "Ventanilla", "functions": "", "is_active": "on", "based_on": "1",
        "required-0-row": "1", "required-0-competence": str(listen.pk), "required-0-level": "4",
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302
    assert "Escucha activa (4, experto)" in words(client.get(address))
    assert version_guard(CompetenceVersion)[0] == "staff_competenceversion"


SHEET = """Código,Nombre,Unidad,Ingreso,Perfil
F-1,Ana Rojas,oirs,01-03-2019,Ventanilla
F-2,Eva Paz,obras,2020-01-15,
F-3,=HYPERLINK("http://x"),nada,31-02-2020,
,,,,
F-2,Otra,obras,01-01-2021,
"""


def test_a_sheet_is_looked_at_first_its_bad_rows_are_told_and_twice_makes_nobody_twice(house, asked):
    client, upload = house.client(PM), reverse("workspace:staff:sheets", args=[house.slug])

    def brought() -> PersonnelSheet:
        file = SimpleUploadedFile("personal.csv", SHEET.encode(), content_type="text/csv")
        assert client.post(upload, {"sheet": file}).status_code == 302
        return PersonnelSheet.objects.latest("pk")

    sheet = brought()
    page = client.get(reverse("workspace:staff:sheet", args=[house.slug, sheet.pk]))
    told = words(page)
    assert "2 fichas nuevas" in told and "2 filas con problemas" in told
    assert "No hay una unidad «nada»." in told and "No es una fecha: «31-02-2020»" in told
    assert "Está dos veces en la planilla" in told and not Employee.objects.exists()
    begin_load(sheet_id=sheet.pk, **common(house))
    run_long(LINE, sheet.pk, loading, clock=lambda: NOW)
    assert list(Employee.objects.order_by("code").values_list("code", "name")) == [
        ("F-1", "Ana Rojas"), ("F-2", "Eva Paz"),
    ]  # fmt: skip
    sheet.refresh_from_db()
    assert (sheet.outcome, sheet.tables) == ({"create": 2}, [])
    with pytest.raises(Refused, match="personnel_sheet_moving"):
        begin_load(sheet_id=sheet.pk, **common(house))
    again = brought()
    page = client.get(reverse("workspace:staff:sheet", args=[house.slug, again.pk]))
    assert "no hay nada que cargar" in words(page) or "Ninguna fila sin problemas" in words(page)
    assert forget_old_sheets(now=NOW + timedelta(days=400)) == 1


@pytest.mark.parametrize("content", [b"\x00\x01\x02PK", b"Folio,Asunto\n1,x\n", b""])
def test_what_is_no_personnel_sheet_is_refused_in_words(house, content):
    client = house.client(PM)
    file = SimpleUploadedFile("personal.xlsx", content)
    page = client.post(reverse("workspace:staff:sheets", args=[house.slug]), {"sheet": file})
    assert page.status_code == 422 and not PersonnelSheet.objects.exists()


def test_a_long_sheet_is_refused_and_rows_wait_for_nobody_who_lost_the_right(house):
    long = "Nombre,Ingreso\n" + "".join(f"P{n},01-01-2020\n" for n in range(2001))
    with pytest.raises(Refused, match="personnel_sheet_long"):
        receive_sheet(**common(house), name="x.csv", content=long.encode())
    sheet = receive_sheet(**common(house), name="x.csv", content=b"Nombre,Ingreso\nLuz,01-01-2020\n")
    begin_load(sheet_id=sheet.pk, **common(house, Role.AUDITOR))
    with pytest.raises(PermissionDenied):
        run_long(LINE, sheet.pk, loading, clock=lambda: NOW)
    assert not Employee.objects.exists()


@pytest.fixture
def course(house, asked):
    """A course of an approved plan, held in two sessions last week."""
    plan = create_plan(**common(house), year=2026)
    made = save_course(
        **common(house), plan_id=plan.pk, name="Atender bien", places=6, cost=500_000,
        starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 4), competences=[asked[0].pk],
        sessions=[Meeting(date(2026, 9, 1), 90), Meeting(date(2026, 9, 4), 120)],
    )  # fmt: skip
    approve_plan(**common(house, AUTHORITY), plan_id=plan.pk, seen=plan_digest(plan))
    return made


def test_a_plan_is_approved_as_it_was_looked_at_and_then_stands(house, asked):
    plan = create_plan(**common(house), year=2026)
    with pytest.raises(Refused, match="training_year"):
        create_plan(**common(house), year=2026)
    with pytest.raises(Refused, match="training_empty"):
        approve_plan(**common(house, AUTHORITY), plan_id=plan.pk)
    fields: dict[str, Any] = {
        "name": "Curso", "places": 2, "cost": 0, "starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 2),
        "competences": [asked[0].pk], "sessions": [Meeting(date(2026, 3, 1), 60)],
    }  # fmt: skip
    for wrong, code in (
        ({"ends_on": date(2027, 1, 1)}, "course_days"),
        ({"ends_on": date(2026, 2, 1)}, "course_days"),
        ({"competences": []}, "course_competences"),
        ({"sessions": []}, "course_sessions"),
        ({"sessions": [Meeting(date(2026, 4, 1), 60)]}, "course_sessions"),
        ({"sessions": [Meeting(date(2026, 3, 1), 5)]}, "course_sessions"),
    ):
        with pytest.raises(Refused, match=code):
            save_course(**common(house), plan_id=plan.pk, **fields | wrong)
    row = save_course(**common(house), plan_id=plan.pk, **fields)
    seen = plan_digest(plan)
    person = hire(house)
    with pytest.raises(Refused, match="training_draft"):
        enrol(**common(house), course_id=row.pk, employee_id=person.pk)
    save_course(**common(house), plan_id=plan.pk, course_id=row.pk, based_on=1, **fields | {"cost": 9})
    with pytest.raises(Refused, match="approval_overtaken"):
        approve_plan(**common(house, AUTHORITY), plan_id=plan.pk, seen=seen)
    approve_plan(**common(house, AUTHORITY), plan_id=plan.pk, seen=plan_digest(plan))
    with pytest.raises(Refused, match="training_moment"):
        save_course(**common(house), plan_id=plan.pk, course_id=row.pk, **fields)
    reopen_plan(**common(house), plan_id=plan.pk)
    save_course(**common(house), plan_id=plan.pk, course_id=row.pk, **fields)


def test_an_approved_plan_that_is_another_now_is_seen(house, course):
    plan, seen = course.plan, verify_institution(house.institution.pk)
    assert seen.problems == []
    for spoil in (
        lambda: Course.objects.filter(pk=course.pk).update(cost=9),
        lambda: course.sessions.all()[:1].get().delete(),
        lambda: TrainingPlan.objects.filter(pk=plan.pk).update(state="draft", approved_at=None),
    ):
        with transaction.atomic():
            spoil()
            assert list(training_problems(house.institution.pk)) == [
                "plan de capacitación 2026: no es el que se aprobó"
            ]
            transaction.set_rollback(True)
    reopen_plan(**common(house), plan_id=plan.pk)
    assert list(training_problems(house.institution.pk)) == []
    TrainingPlan.objects.filter(pk=plan.pk).update(
        state="approved", approved_at=NOW, approved_by=house.user(PM)
    )
    assert len(list(training_problems(house.institution.pk))) == 1, "nobody approved it"


def test_training_of_somebody_who_left_is_kept_and_counted_apart(house, asked, course):
    listen, _, profile = asked
    people = [hire(house, f"Persona {n}", profile_id=profile.pk) for n in range(3)]
    for row in people:
        say(house, row, Teller.HEAD, {listen.pk: 1}, on=date(2026, 8, 1))
    inside = [enrol(**common(house), course_id=course.pk, employee_id=row.pk) for row in people]
    with pytest.raises(Refused, match="enrolled_already"):
        enrol(**common(house), course_id=course.pk, employee_id=people[0].pk)
    first, second = course.sessions.all()
    here = {inside[0].pk, inside[1].pk, inside[2].pk}
    note_attendance(**common(house), course_id=course.pk, session_id=first.pk, present=here)
    note_attendance(**common(house), course_id=course.pk, session_id=second.pk, present={inside[0].pk})
    evaluate(**common(house), course_id=course.pk, marks={inside[0].pk: (40, 80), inside[1].pk: (50, None)})
    say_satisfaction(
        **common(house, Role.UNIT_OFFICER), person=people[0], enrolment_id=inside[0].pk, satisfaction=5
    )
    say(house, people[0], Teller.HEAD, {listen.pk: 3})
    save_employee(**common(house), employee_id=people[2].pk, left_on=date(2026, 9, 5))
    found = outcome_of(course, enrolments_of(course), today=TODAY)
    assert (found.enrolled, found.left, found.noted, found.attended) == (3, 1, 3, 1)
    assert (found.marks.n, found.satisfied, found.minutes) == (1, 1, 90 * 3 + 120)
    # One closed after, one not diagnosed again; who left is in neither.
    assert found.effect == Effect(2, 1, 0, 1)
    with pytest.raises(Refused, match="employee_left"):
        enrol(**common(house), course_id=course.pk, employee_id=hire(house, "Ido", left_on=TODAY).pk)
    with pytest.raises(Refused, match="enrolment_noted"):
        withdraw(**common(house), course_id=course.pk, enrolment_id=inside[2].pk)
    for refresh, of, model in (
        (refresh_employees, Employee, EmployeeFact), (refresh_gaps, Gap, GapFact),
        (refresh_enrolments, Enrolment, EnrolmentFact),
    ):  # fmt: skip
        refresh(house.institution.pk, list(of.objects.values_list("pk", flat=True)))
        assert model.objects.count() == of.objects.count()
    facts = EnrolmentFact.objects.order_by("pk").values_list("hours", "is_attended")
    assert list(facts) == [(4, True), (2, False), (2, False)]
    assert EmployeeFact.objects.get(pk=people[0].pk).trained_on == date(2026, 9, 1)


def test_a_course_is_full_marks_are_bounded_and_a_session_to_come_has_nobody(house, course):
    inside = [
        enrol(**common(house), course_id=course.pk, employee_id=hire(house, f"P{n}").pk) for n in range(6)
    ]
    with pytest.raises(Refused, match="course_full"):
        enrol(**common(house), course_id=course.pk, employee_id=hire(house, "Más").pk)
    with pytest.raises(Refused, match="marks_bounds"):
        evaluate(**common(house), course_id=course.pk, marks={inside[0].pk: (101, None)})
    session = course.sessions.last()
    with pytest.raises(Refused, match="session_future"):
        note_attendance(
            **common(house, now=NOW - 10 * DAY), course_id=course.pk, session_id=session.pk, present=set()
        )
    with pytest.raises(Refused, match="satisfaction_bounds"):
        say_satisfaction(
            **common(house), person=inside[0].employee, enrolment_id=inside[0].pk, satisfaction=9
        )
    withdraw(**common(house), course_id=course.pk, enrolment_id=inside[0].pk)
    assert Enrolment.objects.count() == 5


def test_small_groups_are_left_out_for_those_who_read_no_records(house, asked):
    listen, _, profile = asked
    least = house.institution.smallest_group
    for number in range(least + 3):
        unit = house.units["obras" if number < least else "juridico" if number < least + 2 else "oirs"]
        row = hire(house, f"P{number}", unit_id=unit, sex="woman" if number else "man", profile_id=profile.pk)
        say(house, row, Teller.HEAD, {listen.pk: 1}, role=PM)
    by = {table.title: table for table in characterise(house.institution, today=TODAY, least=least)}
    assert by["Unidad"].hides and by["Sexo"].hides
    assert all(line.n is None for line in by["Sexo"].lines), "the other group would give the small one away"
    whole = {table.title: table for table in characterise(house.institution, today=TODAY, least=0)}
    assert not any(table.hides for table in whole.values())
    assert sum(line.n or 0 for line in whole["Unidad"].lines) == least + 3
    found = gap_tables(house.institution, today=TODAY, least=least)
    told = {line.name: line.asked for line in found.by_unit}
    assert all((line.asked is None) == (line.diagnosed is None) for line in found.by_unit)
    assert told["Departamento Jurídico"] is None and told["Oficina de Informaciones"] is None
    everybody = found.by_competence[0]
    assert everybody.diagnosed == least + 3 and everybody.lacking is None, "all of them: each would be known"
    with_right = gap_tables(house.institution, today=TODAY, least=0)
    assert with_right.by_competence[0].lacking == least + 3
    page = words(house.client(Role.AUDITOR).get(reverse("workspace:staff:overview", args=[house.slug])))
    assert "No se muestra" in page and "P1" not in page


@pytest.mark.parametrize(("lacks", "told"), [(0, None), (4, None), (5, 5), (6, 6), (7, None), (11, None)])
def test_how_many_lack_something_is_told_where_neither_side_is_of_few(house, asked, lacks, told):
    listen, _, profile = asked
    for number in range(11):
        row = hire(house, f"P{number}", unit_id=house.units["obras"], profile_id=profile.pk)
        say(house, row, Teller.HEAD, {listen.pk: 1 if number < lacks else 4}, role=PM)
    found = gap_tables(house.institution, today=TODAY, least=5)
    (line,) = (each for each in found.by_competence if each.name == listen.name)
    assert (line.diagnosed, line.lacking) == (11, told)


def test_places_are_told_before_and_after_only_once_a_course_is_over(house):
    assert {"counter.waiting", "cases.answer_days"} & {each.key for each in place_metrics()}
    args = (house.institution, house.point, date(2026, 6, 1), date(2026, 6, 2))
    assert effects_on_place(*args, date(2026, 6, 2)) == []
    assert effects_on_place(*args, TODAY) == [], "nothing on either side is nothing to tell"


def test_a_figure_that_changed_more_than_chance_is_told_so_and_one_that_did_not_too(house):
    protocol = Protocol.objects.create(
        institution=house.institution, name="Mesón", kind="shopper", items=[{"title": "", "items": []}]
    )
    starts_on, ends_on = date(2026, 6, 1), date(2026, 6, 5)
    for day, score in [(date(2026, 5, 10), 50)] * 9 + [(date(2026, 7, 10), 90)] * 9:
        visit = Visit.objects.create(
            institution=house.institution, protocol=protocol, kind="shopper", unit_id=house.units["obras"],
            channel="counter", assignee=house.user(PM), due_on=day, assigned_at=NOW, state="done",
            sent_at=NOW, visited_on=day, revision=1, point_id=house.point,
        )  # fmt: skip
        VisitFact.objects.create(
            visit=visit, institution=house.institution, unit_id=visit.unit_id, protocol_id=protocol.pk,
            kind="shopper", is_critical=False, score=score, visited_on=day, point_id=house.point,
        )  # fmt: skip
    for _ in recount(house.institution, source("visits"), now=NOW):
        continue
    told = {
        each.metric: each
        for each in effects_on_place(house.institution, house.point, starts_on, ends_on, TODAY)
    }
    moved = told[metric("checklists.score").title]
    assert ("50" in moved.before, "90" in moved.after) == (True, True)
    assert "más de lo que explica el azar" in moved.verdict and "No prueba" in moved.verdict
    same = [each.verdict for each in told.values() if each is not moved]
    assert all("más de lo que explica" not in each for each in same)
    elsewhere = effects_on_place(house.institution, house.point + 999, starts_on, ends_on, TODAY)
    assert elsewhere == []


def test_an_exported_workbook_says_the_same(house):
    hire(house, "Ana Rojas", code="=F1")
    address = reverse("workspace:staff:employees", args=[house.slug])
    page = house.client(PM).get(f"{address}?formato=xlsx")
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(page.content)).active
    assert [cell.value for cell in list(sheet)[-1]][:2] == ["'=F1", "Ana Rojas"]
    assert list(sheet)[-1][0].data_type == "s", "what somebody typed is never a formula"


@pytest.mark.parametrize(("level", "said"), [(1, "Brechas: de 5"), (3, "ninguna estaba abierta")])
def test_what_became_of_the_gaps_of_one_person_is_told_to_who_reads_records_only(house, level, said):
    kinds = [save_competence(**common(house), name=f"C{n}", kind="skill").pk for n in range(5)]
    profile = save_profile(**common(house), name="Ventanilla", required=[(pk, 3) for pk in kinds])
    person = hire(house, profile_id=profile.pk)
    say(house, person, Teller.HEAD, dict.fromkeys(kinds, level), on=date(2026, 8, 1))
    plan = create_plan(**common(house), year=2026)
    row = save_course(
        **common(house), plan_id=plan.pk, name="Atender bien", places=6, cost=0, starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 1), competences=kinds, sessions=[Meeting(date(2026, 9, 1), 90)],
    )  # fmt: skip
    approve_plan(**common(house, AUTHORITY), plan_id=plan.pk)
    inside = enrol(**common(house), course_id=row.pk, employee_id=person.pk)
    session = row.sessions.get()
    note_attendance(**common(house), course_id=row.pk, session_id=session.pk, present={inside.pk})
    url = reverse("workspace:staff:course", args=[house.slug, row.pk])
    assert said in words(house.client(PM).get(url))
    assert said not in words(house.client(Role.AUDITOR).get(url))
