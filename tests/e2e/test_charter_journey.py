# SPDX-License-Identifier: EUPL-1.2
"""A charter from the decision to its register, in a real browser: twelve phases, a gap that blocks, an
edition in force, a promise that breaks, a claim, a letter, a closed period, and the way back to the request.
"""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.charters.models import Breach, Charter, CharterEdition, Claim, PeriodResult, Remedy
from siac.charters.public import freeze_periods, save_team
from siac.clocks.public import settle_overdue
from siac.findings.models import Finding
from siac.indicators.public import count_all
from siac.processes.models import PhaseEnd, ProcessRun
from siac.processes.public import adopt_guide
from siac.servicepoints.public import Hours, Window, save_service_point, service_points
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.servqual import pairs
from siac.surveys.models import SurveyAnswer
from siac.surveys.ready import MODELS
from tests.charters.test_team import whole as team_of
from tests.e2e.test_journeys import sign_in
from tests.factories import House, answer, file, make_house, person, set_password
from tests.surveys.conftest import make_survey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = timedelta(days=1)
MANAGER, AUTHORITY, HEAD = Role.QUALITY_MANAGER, Role.AUTHORITY, Role.HEAD_OF_UNIT
SERVQUAL = MODELS["servqual"].questionnaire
PROMISE = "Respondemos los reclamos en 10 días hábiles"
SECOND = "Le llamamos en 3 días hábiles para decirle quién lleva su reclamo"


@pytest.fixture
def house(transactional_db) -> House:
    """A body that answered three in four complaints within ten days, and knows what people expect."""
    now = timezone.now()
    house = make_house(now=now - 400 * DAY)
    for role in (MANAGER, AUTHORITY, HEAD):
        set_password(house.user(role))
    common = {"institution": house.institution, "actor": None, "now": now}
    process = [
        {
            "step": "Recibir y derivar el reclamo",
            "who": "Oficina de Informaciones",
            "time": "1 día hábil",
            "document": "",
        },
        {"step": "Responder", "who": "Unidad", "time": "9 días hábiles", "document": "Respuesta"},
    ]
    service = save_service(
        **common, name="Atención de reclamos", summary="Recibimos y respondemos reclamos.", process=process,
        unit_id=house.units["obras"],
    )  # fmt: skip
    house.institution.refresh_from_db()
    week = dict.fromkeys(range(5), (Window(time(9), time(14)),))
    save_service_point(
        **common, point=service_points(house.institution)[house.point], hours=Hours(week),
        service_ids=[service.pk],
    )  # fmt: skip
    adopt_guide(institution=house.institution, actor=None, code="mtpe-f1-f12", now=now)
    house.institution.refresh_from_db()
    for took in (2, 3, 4, 25):
        case = file(house, unit_id=house.units["obras"], now=now - 60 * DAY)
        answer(house, case, now=now - (60 - took) * DAY)
    count_all(house.institution, now=now)
    survey = make_survey(house, name="Qué esperan", questionnaire=dump(SERVQUAL))
    said: dict[str, object] = {"orden": [pair.name for pair in pairs(SERVQUAL)]}
    for pair in pairs(SERVQUAL):
        said[pair.expected.code] = dict.fromkeys(pair.expected.lines, "7")
        said[pair.perceived.code] = dict.fromkeys(pair.perceived.lines, "5")
    last_month = house.today(now).replace(day=1) - DAY
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=2**40 + number, institution=house.institution, survey=survey, version=1, way="link",
            answered_on=last_month, is_complete=True, is_settled=True, answers=said,
        )
        for number in range(12)
    )  # fmt: skip
    return house


class Walk:
    """Somebody who makes the charter, page by page."""

    def __init__(self, page: Page, house: House) -> None:
        self.page, self.house, self.base = page, house, f"/{house.slug}/gestion/"

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        troubles = self.page.locator(".govuk-error-summary")
        assert troubles.count() == 0, troubles.inner_text()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=re.compile(name)).first.click()
        self.page.wait_for_load_state()

    def day(self, name: str, day) -> None:
        """Write a day in the three boxes of a field, or in its one."""
        if self.page.locator(f"[name={name}_day]").count():
            for part in ("day", "month", "year"):
                self.page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))
        else:
            self.page.locator(f"[name={name}]").fill(day.isoformat())

    def unit(self, code: str) -> None:
        """Choose the unit that answers."""
        box = self.page.locator("[name=responsible_id]")
        box.evaluate("(box, value) => { box.value = value }", str(self.house.units[code]))

    def phase(self, code: str) -> None:
        run = ProcessRun.objects.get()
        self.open(f"procesos/{run.pk}/?fase={code}")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"{code}.")

    def do_tasks(self, code: str) -> None:
        """Mark as done each task of a phase that somebody marks."""
        self.phase(code)
        while True:
            todo = self.page.locator("main").get_by_role("link", name=re.compile("^Marcar como hecha"))
            if not todo.count():
                break
            todo.first.click()
            self.page.get_by_label("Qué lo muestra").fill(f"Consta en el expediente, fase {code}")
            self.press("Marcar como hecha")
            self.phase(code)

    def close(self, code: str) -> None:
        self.do_tasks(code)
        self.follow("Cerrar la fase")
        self.press("Cerrar la fase")
        assert PhaseEnd.objects.filter(phase=code, ending="done").exists(), code


def test_a_charter_from_the_decision_to_its_register_and_back(page: Page, house, axe, screenshot) -> None:
    walk = Walk(page, house)
    today = house.today(timezone.now())

    # F1: the charter is begun, the authority decides it.
    sign_in(page, house, MANAGER, "cartas/nueva/")
    page.get_by_label("Título").fill("Carta de reclamos")
    page.locator("input[name=norm][value=mtpe]").check()
    walk.unit("obras")
    walk.press("Crear la carta")
    charter = Charter.objects.get(title="Carta de reclamos")
    walk.open(f"cartas/{charter.pk}/")
    if not CharterEdition.objects.filter(charter=charter).exists():
        walk.press("Preparar otra edición")
    draft = CharterEdition.objects.get(charter=charter)
    walk.open(f"cartas/{charter.pk}/")
    walk.press("Empezar")
    # Who decides and who makes it: its form is walked in charters/test_team.
    save_team(
        institution=house.institution, charter_id=charter.pk, actor=house.user(MANAGER), now=timezone.now(),
        **team_of(house),
    )  # fmt: skip
    walk.do_tasks("F1")
    sign_in(page, house, AUTHORITY, f"cartas/{charter.pk}/")
    walk.close("F1")

    # F2 to F4: the team, what people expect by the survey, the services with their processes.
    sign_in(page, house, MANAGER, f"cartas/{charter.pk}/")
    walk.close("F2")
    walk.open(f"cartas/ediciones/{draft.pk}/brecha/")
    page.get_by_label(re.compile("Traer pesos")).select_option(label="Qué esperan")
    walk.press("Traer")
    expect(page.locator("main")).to_contain_text("atributos traídos de «Qué esperan»")
    walk.close("F3")
    walk.open(f"cartas/ediciones/{draft.pk}/servicios/")
    page.get_by_label("Atención de reclamos").check()
    walk.press("Guardar")
    walk.close("F4")

    # F5 and F6: two promises; the first is below its target, and nothing goes on until it says why.
    for text, amount in ((PROMISE, 10), (SECOND, 3)):
        walk.open(f"cartas/ediciones/{draft.pk}/compromisos/nuevo/")
        page.locator("[name=text]").fill(text)
        page.locator("[name=kind_id]").select_option(str(house.kinds["reclamo"].pk))
        page.locator("[name=amount]").fill(str(amount))
        page.locator("[name=target]").fill("90")
        page.locator("[name=record]").fill("Registro de solicitudes")
        page.locator("[name=moment]").select_option("month")
        page.locator("[name=responsible_id]").evaluate(
            "(box, value) => { box.value = value }", str(house.units["obras"])
        )
        page.locator("[name=remedy]").fill("La jefatura le escribe una disculpa y le explica")
        walk.press("Guardar")
    walk.phase("F5")
    screenshot(page, "carta-brecha-que-bloquea")
    walk.do_tasks("F5")
    walk.follow("Cerrar la fase")
    page.locator("main").get_by_role("button", name="Cerrar la fase").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert not PhaseEnd.objects.filter(phase="F5", ending="done").exists()
    for promise in draft.commitments.all():
        walk.open(f"cartas/ediciones/{draft.pk}/brecha/{promise.pk}/")
        page.locator("[name=cause_kind]").select_option("staff")
        page.locator("[name=cause]").fill("Faltan dos personas en la unidad que responde")
        page.locator("[name=plan]").fill("Se contratan dos personas en marzo")
        walk.day("plan_until", today + 120 * DAY)
        walk.press("Guardar")
    walk.close("F5")
    walk.close("F6")

    # F7: its parts, who took part, its day; shown to everybody, commented, answered.
    for code in (
        "who_we_are", "mission", "vision", "values", "users", "legal", "rights", "duties", "access",
        "participation", "complaints", "redress", "studies", "improvement",
    ):  # fmt: skip
        walk.open(f"cartas/ediciones/{draft.pk}/partes/{code}/")
        page.locator("textarea[name=text]").fill("Lo decimos con palabras sencillas.\n\n- Una cosa\n- Otra")
        walk.press("Guardar")
    walk.open(f"cartas/ediciones/{draft.pk}/vigencia/")
    walk.day("valid_from", today)
    walk.press("Guardar")
    walk.open(f"cartas/ediciones/{draft.pk}/pasos/prepublicar/")
    walk.day("until", today + DAY)
    walk.press("Prepublicar")
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/{house.slug}/cartas/{charter.code}/borrador/")
    axe(page)
    page.get_by_label("Su comentario").fill("Digan también a qué teléfono llamar, por favor")
    walk.press("Enviar el comentario")
    CharterEdition.objects.filter(pk=draft.pk).update(comments_until=today - DAY)  # the day goes by
    sign_in(page, house, MANAGER, f"cartas/{charter.pk}/")
    walk.follow("Responder")
    page.locator("input[name=verdict][value=accepted]").check()
    page.locator("[name=answer]").fill("Se agrega el teléfono de la oficina")
    walk.press("Guardar")
    walk.open(f"cartas/ediciones/{draft.pk}/pasos/cerrar-comentarios/")
    walk.press("Cerrar y seguir escribiendo")
    walk.close("F7")

    # F8: reviewed twice, approved by an act.
    walk.open(f"cartas/ediciones/{draft.pk}/pasos/pedir-revision/")
    walk.press("Pedir la revisión")
    for role, step in ((MANAGER, "revision-tecnica"), (AUTHORITY, "revision-politica")):
        sign_in(page, house, role, f"cartas/{charter.pk}/")
        walk.open(f"cartas/ediciones/{draft.pk}/pasos/{step}/")
        page.locator("input[name=is_favourable][value=si]").check()
        walk.press("Guardar la revisión")
    walk.open(f"cartas/ediciones/{draft.pk}/pasos/aprobar/")
    page.locator("[name=act]").fill("Resolución exenta N.º 12")
    walk.press("Aprobar")
    draft.refresh_from_db()
    assert draft.state == "approved"
    house.institution.refresh_from_db()
    sign_in(page, house, MANAGER, f"cartas/{charter.pk}/")
    for code in ("F8", "F9", "F10", "F11", "F12"):
        walk.close(code)
    assert PhaseEnd.objects.filter(ending="done").count() == 12
    walk.open(f"cartas/{charter.pk}/")
    axe(page)
    screenshot(page, "carta-en-vigor")

    # Six requests are answered late for the second promise: each opens its breach and owes its remedy.
    now = timezone.now()
    cases = [
        file(house, unit_id=house.units["obras"], now=now, who=person(email=f"persona{number}@ejemplo.org"))
        for number in range(6)
    ]
    late = cases[0]
    settle_overdue(now + 9 * DAY)
    broken = Breach.objects.filter(case=late, commitment__text=SECOND).get()
    assert Remedy.objects.get(breach=broken).state == "owed"

    # The person sees what is owed, and claims what nobody found.
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/{house.slug}/seguimiento/")
    page.get_by_label("Código de seguimiento").fill(late.code)
    page.get_by_label(re.compile("Su correo")).fill("persona0@ejemplo.org")
    page.get_by_role("button", name="Ver mi solicitud").click()
    page.get_by_role("link", name=re.compile("Pida su medida")).click()
    expect(page.locator("main")).to_contain_text("Pendiente")
    axe(page)
    screenshot(page, "lo-que-le-prometimos")
    page.get_by_role("radio", name=PROMISE).check()
    page.get_by_label("Qué pasó").fill("La respuesta no dice nada de lo que pedí")
    page.get_by_role("button", name="Pedir mi medida").click()
    expect(page.locator("main")).to_contain_text("Usted pidió su medida")

    # The head of the unit says they are right, and writes to them.
    sign_in(page, house, HEAD, "medidas/pedidas/")
    walk.follow(PROMISE)
    page.locator("input[name=is_upheld][value=si]").check()
    page.locator("[name=answer]").fill("Es cierto: la respuesta no trata lo que pidió")
    walk.press("Decidir")
    assert Claim.objects.get().state == "upheld"
    claimed = Remedy.objects.get(breach__case=late, breach__commitment__text=PROMISE)
    walk.open(f"medidas/{claimed.pk}/")
    axe(page)
    screenshot(page, "medida")
    page.locator("input[name=act][value=letter]").check()
    page.locator("[name=letter]").fill("Le pedimos disculpas: su respuesta no trataba lo que usted pidió.")
    walk.press("Guardar")
    claimed.refresh_from_db()
    assert (claimed.state, claimed.notice_id is None) == ("decided", False)
    walk.open(f"medidas/{claimed.pk}/")
    page.locator("input[name=act][value=delivered]").check()
    page.locator("[name=words]").fill("Se la entregamos en la oficina, firmó el recibo 12")
    walk.press("Guardar")
    page.goto(f"/{house.slug}/seguimiento/medida/")
    expect(page.locator("main")).to_contain_text("Le pedimos disculpas")
    expect(page.locator("main")).to_contain_text("firmó el recibo 12")

    # The period is closed: under its target, with a finding, in public.
    for case in cases:
        answer(house, case, now=now + 9 * DAY)
    next_month = (house.today(now + 9 * DAY).replace(day=1) + 32 * DAY).replace(day=1)
    later = now + (next_month - today) + 10 * DAY
    count_all(house.institution, now=later)
    freeze_periods(house.institution, now=later)
    missed = PeriodResult.objects.filter(commitment__text=SECOND, is_reached=False).get()
    assert (missed.met, missed.total) == (0, 6)
    finding = Finding.objects.get(pk=missed.finding_id)
    page.goto(f"/{house.slug}/cartas/{charter.code}/cumplimiento/")
    expect(page.locator("main")).to_contain_text(SECOND)
    axe(page)
    screenshot(page, "registro-publico")
    page.locator(f"main a[href$='/cumplimiento/{missed.pk}/']").first.click()
    expect(page.locator("main")).to_contain_text("0 de 6")

    # And the way back, by clicks: register, finding; list, request, remedy, charter.
    sign_in(page, house, MANAGER, f"cartas/{charter.pk}/registro/")
    walk.follow("hallazgo|Hallazgo")
    expect(page.locator("main")).to_contain_text(str(finding.pk))
    sign_in(page, house, HEAD, "medidas/?estado=delivered")
    walk.follow("La jefatura le escribe")
    walk.follow(late.folio)
    page.locator("main").get_by_role("link", name="Ver la medida").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("La jefatura le escribe")
    walk.follow("Carta de reclamos|Carta de servicios")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Carta de")
