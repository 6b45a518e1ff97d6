# SPDX-License-Identifier: EUPL-1.2
"""One year of an invented body in a real browser, while days go by for the whole product.

Its programme opens, something goes wrong and becomes a finding, the policy and a plan are voted, the plan is
done and its effect said, the committee reviews the year, and what shows it leaves in a pack that the auditor
checks without the house.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from siac.accounts.public import Role
from siac.cases.public import Channel, Filing, Outcome, answer_case, file_case, kinds
from siac.config.demonstration.load import load_body, settle
from siac.improvement.models import Plan
from siac.indicators.models import Indicator
from siac.indicators.public import count_all
from siac.organizations.public import unit_tree
from siac.policy.models import PolicyEdition
from siac.programme import tasks as programme_jobs
from siac.programme.models import Pack
from siac.programme.public import check_pack, recomputed
from tests.e2e.clock import Clock
from tests.e2e.walking import Walk
from tests.factories import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = timedelta(days=1)
MANAGER, AUTHORITY, MEMBER, HEAD, AUDITOR = (
    Role.QUALITY_MANAGER, Role.AUTHORITY, Role.COMMITTEE_MEMBER, Role.HEAD_OF_UNIT, Role.AUDITOR,
)  # fmt: skip
YEAR = 2027
PROGRAMME = "Sistema de Calidad de Servicio y Experiencia Usuaria"
COUNCIL = "Comité de calidad de servicio"
UNIT = "Infraestructura y mantención"
INDICATOR = "Avisos de agua respondidos en 5 días hábiles"
FINDING = "En enero nadie contesta el teléfono de guardia"
PLAN = "Que la guardia no se vaya de vacaciones"
ACTION = "Turnos de guardia también en enero y febrero"
POINTS = ("Política de calidad", "Plan de mejora del año")


@pytest.fixture
def service(transactional_db, clock: Clock, settings, live_server) -> str:
    """The education service of the demonstration, with few requests; return its name there."""
    settings.SITE_URL = live_server.url
    now = timezone.now()
    load_body("slep", now=now, password=PASSWORD, say=str, cases=12)
    settle(now=now)
    return "slep"


# What goes on around the pages


def until(walk: Walk, clock: Clock, day: date) -> None:
    """Let the days pass until a day of the calendar, and count what came in them."""
    clock.pass_days((day - walk.today).days)
    count_all(walk.body, now=timezone.now())


def water(walk: Walk, clock: Clock, *, days: int) -> None:
    """Let twelve people tell of water, and answer each so many days later."""
    body = walk.body
    of = Indicator.objects.get(name=INDICATOR)
    node = next(pk for pk, each in unit_tree(body).nodes.items() if each.name == UNIT)
    kind = next(each for each in kinds(body).values() if each.code == "consulta")
    filing = {
        "kind_id": kind.pk, "channel": Channel.COUNTER, "partial": True, "unit_id": node,
        "topic_id": int(of.filters["topic"][0]), "subject": "Entra agua", "body": "Se inunda la sala.",
    }  # fmt: skip
    filed = [
        file_case(institution=body, actor=None, now=timezone.now(), filing=Filing(
            **filing, person=person(document_number="", document_type="", email=f"a{number}@ejemplo.org")))
        for number in range(12)
    ]  # fmt: skip
    clock.pass_days(days)
    for case in filed:
        answer_case(
            institution=body, case_id=case.pk, version=None, body="Fuimos a verla.", outcome=Outcome.INFORMED,
            actor=walk.person(MANAGER), now=timezone.now(),
        )  # fmt: skip


# What people do


def into(walk: Walk, *names: str) -> None:
    """Go to a page by the menu, and on by its links."""
    first, *rest = names
    menu = walk.page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{first}"))
    menu.first.click()
    walk.page.wait_for_load_state()
    walk.follow(*rest)


def back(walk: Walk, name: str) -> None:
    """Go back to where a page belongs, by the link over its title."""
    walk.page.get_by_role("link", name=name, exact=True).first.click()
    walk.page.wait_for_load_state()


def open_the_programme(walk: Walk) -> None:
    """Open the programme of the year, and see that all of it is missing."""
    walk.sit_down(MANAGER, "inicio/")
    into(walk, "Programa anual", "Abrir un programa")
    walk.choose(guide=PROGRAMME)
    walk.fill(year=YEAR)
    walk.press("Abrir")
    walk.follow("Qué falta")


def write_the_finding(walk: Walk) -> None:
    """Write down what went wrong, and why."""
    walk.sit_down(MANAGER, "inicio/")
    into(walk, "Hallazgos", "Nuevo hallazgo")
    walk.fill(title=FINDING, due_on=walk.today + 60 * DAY)
    walk.choose(source="Auditoría interna")
    walk.tick("Grave")
    walk.find("Unidad", UNIT)
    walk.press("Abrir el hallazgo")
    walk.follow("Preguntar por qué")
    walk.fill(why_1="En enero la cuadrilla está de vacaciones y nadie lleva el teléfono.")
    walk.tick("Procedimiento")
    walk.press("Guardar")


def write_the_plan(walk: Walk) -> None:
    """Write a plan with its one action and the figure that it means to move, and propose it."""
    into(walk, "Mejora")
    walk.follow("Nuevo plan")
    walk.fill(name=PLAN, starts_on=walk.today, ends_on=date(YEAR, 11, 30),
              diagnosis="En enero se tardó tres semanas en ir a ver doce salas con agua.")  # fmt: skip
    walk.press("Guardar")
    walk.follow("Nueva acción")
    walk.fill(title=ACTION, starts_on=walk.today, due_on=walk.today + 40 * DAY)
    walk.main.get_by_label(re.compile(FINDING)).check()
    walk.find("Unidad responsable", UNIT)
    walk.find("Persona responsable", "Carmen Vega")
    walk.press("Guardar")
    walk.follow("Fijar la línea base")
    walk.find("Indicador", INDICATOR)
    walk.fill(first=date(YEAR, 1, 4), last=walk.today - DAY, goal=80)
    walk.press("Fijar la línea base")
    back(walk, PLAN)
    walk.press("Proponer el plan")
    walk.says("Espera la decisión de un órgano")


def propose_the_policy(walk: Walk) -> None:
    """Write who took part in the edition that is being written, and propose it to the councils."""
    into(walk, "Política", "Edición 2", "Cambiar ?: Cómo se elaboró")
    walk.main.get_by_role("button", name="Agregar participación").click()
    for name in ("rows-0-group", "rows-0-how"):
        walk.page.locator(f"select[name={name}]").select_option(index=1)
    walk.fill(**{
        "rows-0-on": walk.today - 20 * DAY, "rows-0-people": 31, "rows-0-said": "Que se revise cada año.",
        "rows-0-done": "Se escribió en la vigencia.",
    })  # fmt: skip
    walk.press("Guardar")
    walk.press("Proponer a los")
    walk.says("Propuesta 1")


def plan_a_session(walk: Walk, day: date, *points: tuple[str, str]) -> None:
    """Plan a session of the committee, with what it decides."""
    into(walk, "Órganos", COUNCIL, "Nueva sesión")
    walk.fill(day=day, hour="10:00", place="Sala de reuniones")
    for place, (title, about) in enumerate(points):
        if not walk.page.locator(f"[name=points-{place}-title]").count():
            walk.main.get_by_role("button", name="Agregar un punto").click()
        walk.fill(**{f"points-{place}-title": title})
        if about:
            options = walk.page.locator(f"select[name=points-{place}-about] option")
            label = next(each for each in options.all_text_contents() if about in each)
            walk.choose(**{f"points-{place}-about": label})
    walk.press("Guardar")


def open_it(walk: Walk) -> None:
    """Open the session whose page is open, with everybody there."""
    for box in walk.main.get_by_role("checkbox").all():
        box.check()
    walk.press("Abrir la sesión")


def put_to_vote(walk: Walk, point: str, words: str) -> None:
    """Put a point of the agenda to the vote."""
    section = walk.main.locator("section", has=walk.page.get_by_role("heading", name=re.compile(point)))
    section.locator("summary").click()
    section.get_by_label("Qué se vota").fill(words)
    section.get_by_role("button", name="Abrir la votación").click()
    walk.page.wait_for_load_state()


def vote(walk: Walk, role: Role) -> None:
    """Cast one's own vote: members find it where they are told of it, the others by the body."""
    walk.sit_down(role, "inicio/")
    into(walk, *(("Mis sesiones", "Aprobar") if role == MEMBER else ("Órganos", COUNCIL, "Sesión")))
    walk.press("Mi voto: a favor")


def count(walk: Walk) -> None:
    """End a vote, and see that it was approved."""
    walk.press("Cerrar la")
    walk.says("Aprobada")


def write_their_votes(walk: Walk) -> None:
    """Write down, as the secretary, the vote of each who said it aloud."""
    left = walk.main.get_by_role("button", name=re.compile("^A favor"))
    for _ in range(left.count()):
        left.first.click()
        walk.page.wait_for_load_state()


def finish_it(walk: Walk) -> None:
    """End the session, and approve its minutes."""
    for box in walk.main.locator("textarea[name^=dicho_]").all():
        box.fill("Se leyó y se conversó.")
    walk.press("Guardar el acta")
    walk.press("Terminar la")
    walk.press("Aprobar el")
    walk.says("Acta aprobada")


def approve_the_policy(walk: Walk) -> None:
    """Approve, as whoever directs, what the committee voted."""
    walk.sit_down(AUTHORITY, "politica/")
    walk.follow("Edición 2", "Aprobar")
    walk.fill(valid_from=walk.today + DAY, review_by=date(YEAR, 12, 30), act="Resolución 12")
    walk.press("Aprobar")


def do_the_action(walk: Walk, evidence: Path) -> None:
    """Note, as the head who answers for it, that it is done, with what shows it."""
    walk.sit_down(HEAD, "mejora/")
    walk.follow("Acciones", ACTION)
    walk.fill(percent=100, dated_on=walk.today, note="Los turnos de enero y febrero tienen nombre.")
    walk.page.locator("input[type=file]").set_input_files(evidence)
    walk.press("Anotar")
    walk.says("Hecha", evidence.name)


def say_what_it_did(walk: Walk, first: date, last: date) -> None:
    """Measure the same figure again, and conclude."""
    walk.sit_down(MANAGER, "mejora/")
    walk.follow(PLAN, ACTION, "Medir el efecto")
    walk.fill(first=first, last=last)
    walk.press("Medir")
    walk.says("Mejoró", "no dice que cambió por ella")
    back(walk, PLAN)
    walk.follow("Evaluar el plan")
    walk.fill(conclusion="Se llega antes, también en verano.")
    walk.press("Evaluar")
    walk.says("Evaluado")


def review_the_year(walk: Walk) -> None:
    """Prepare the session with the figures of the year, and agree on what is next."""
    walk.follow("Revisión")
    walk.fill(first=date(YEAR, 1, 1), last=walk.today - DAY)
    walk.press("Preparar revisión")
    walk.says("Indicadores bajo su meta")
    back(walk, "La sesión")
    walk.press("Citar a la sesión")  # with the points of the review on its agenda


def agree(walk: Walk, words: str) -> None:
    """Write down what was agreed, and who answers for it."""
    walk.fill(text=words)
    names = walk.page.locator("select[name=unit] option").all_text_contents()
    walk.choose(unit=next(each for each in names if UNIT in each))
    walk.press("Anotar")
    walk.says(words)


def make_a_pack(walk: Walk, requirement: str) -> Pack:
    """Ask for the pack of a requirement, let the worker make it, and find it ready."""
    into(walk, "Programa anual")
    walk.main.locator("tr", has_text=str(YEAR)).get_by_role("link").first.click()
    walk.follow(requirement)
    walk.press("Hacer el")
    made = Pack.objects.order_by("-pk")[0]
    programme_jobs.make_pack(made.pk)
    walk.page.reload()
    walk.says("Descargar (ZIP)", "Espera la revisión")
    return made


def audit(walk: Walk, requirement: str, folder: Path) -> Path:
    """Take the pack home as the auditor, and say that it shows what is asked."""
    walk.sit_down(AUDITOR, "inicio/")
    walk.follow("Expedientes por revisar", requirement)
    with walk.page.expect_download() as coming:
        walk.main.get_by_role("link", name="Descargar (ZIP)").click()
    path = folder / "expediente.zip"
    coming.value.save_as(path)
    walk.follow("Revisar")
    walk.tick("Conforme")
    walk.press("Anotar la revisión")
    walk.says("Conforme")
    return path


# The year


def test_one_year_from_the_diagnosis_to_the_pack_that_an_auditor_checks(
    page: Page, service: str, clock: Clock, axe, screenshot, tmp_path: Path
) -> None:
    walk = Walk(page, service)
    evidence = tmp_path / "turnos.txt"
    evidence.write_text("Turnos de enero y febrero")

    # January: the programme of the year opens; people complain, and are answered three weeks later.
    until(walk, clock, date(YEAR, 1, 4))
    open_the_programme(walk)
    axe(page)
    water(walk, clock, days=22)
    until(walk, clock, date(YEAR, 1, 28))
    write_the_finding(walk)
    write_the_plan(walk)
    propose_the_policy(walk)

    # February: the committee votes the policy and the plan, one by one; whoever directs approves the policy.
    plan_a_session(walk, date(YEAR, 2, 3), (POINTS[0], "edición 2"), (POINTS[1], PLAN))
    walk.press("Citar a la sesión")
    until(walk, clock, date(YEAR, 2, 3))
    walk.sit_down(MANAGER, "organos/")
    walk.follow(COUNCIL)
    walk.main.get_by_role("link", name=re.compile("^Sesión")).first.click()
    open_it(walk)
    where = page.url.split("/gestion/")[1]
    put_to_vote(walk, POINTS[0], f"Aprobar: {POINTS[0]}")
    for role in (AUTHORITY, MEMBER, MANAGER):
        vote(walk, role)
    walk.open(where)
    count(walk)
    put_to_vote(walk, POINTS[1], f"Aprobar: {POINTS[1]}")
    write_their_votes(walk)
    count(walk)
    finish_it(walk)
    axe(page)
    approve_the_policy(walk)
    assert PolicyEdition.objects.get(number=2).state == "approved"
    assert Plan.objects.get(name=PLAN).state == "approved"

    # March to June: the action is done, people complain again and are answered in two days.
    until(walk, clock, date(YEAR, 3, 1))
    do_the_action(walk, evidence)
    until(walk, clock, date(YEAR, 5, 3))
    water(walk, clock, days=2)
    until(walk, clock, date(YEAR, 6, 1))
    say_what_it_did(walk, date(YEAR, 3, 2), date(YEAR, 5, 31))
    screenshot(page, "plan-evaluado")

    # November: the committee has the year before it, and agrees on what is next.
    until(walk, clock, date(YEAR, 11, 3))
    walk.sit_down(MANAGER, "organos/")
    plan_a_session(walk, date(YEAR, 11, 4), ("Revisión del año", ""))
    review_the_year(walk)
    where = page.url.split("/gestion/")[1]
    until(walk, clock, date(YEAR, 11, 4))
    walk.sit_down(MANAGER, where)  # who was away for a day signs in again
    open_it(walk)
    agree(walk, "Mantener los turnos el verano que viene.")
    finish_it(walk)

    # What shows it leaves the house whole, and says the same without it.
    requirement = "Evaluar el efecto de las acciones"
    make_a_pack(walk, requirement)
    path = audit(walk, requirement, tmp_path)
    told = check_pack(path)
    assert told.problems == [] and requirement in told.name
    assert [wrong for _, wrong in recomputed(path) if wrong] == []
    assert Pack.objects.order_by("-pk")[0].verdict
