# SPDX-License-Identifier: EUPL-1.2
"""A charter of the demonstration from the decision to its register, in a real browser: twelve phases, people
asked what they expect, a gap that blocks, an edition in force, a promise that breaks, a claim, a letter, a
closed period, and the way back to the request. Days go by for the whole product, and its jobs do their work.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Undoable
from siac.cases.public import Case, Channel, Filing, Outcome, answer_case, file_case, kinds
from siac.charters import tasks as charter_jobs
from siac.charters.models import Breach, Claim, PeriodResult, Remedy
from siac.clocks import tasks as clock_jobs
from siac.config.demonstration.load import load_body, settle
from siac.findings.models import Finding
from siac.journal.public import run_consumers
from siac.notices import tasks as notice_jobs
from siac.notices.models import Notice
from siac.processes.models import PhaseEnd
from siac.surveys import tasks as survey_jobs
from siac.surveys.models import SurveyAnswer
from tests.e2e.clock import Clock
from tests.e2e.walking import Walk
from tests.factories import PASSWORD, person
from tests.notices.conftest import Mailbox, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = timedelta(days=1)
MANAGER, AUTHORITY, HEAD, OFFICER = (
    Role.QUALITY_MANAGER, Role.AUTHORITY, Role.HEAD_OF_UNIT, Role.UNIT_OFFICER,
)  # fmt: skip
CHARTER = "Carta de servicios de orientación laboral y empleo"
SURVEY = "Qué se espera de la orientación laboral"
DIMENSIONS = ("tangibles", "fiabilidad", "respuesta", "seguridad", "empatia")
KEPT = "Respondemos las consultas laborales en 10 días hábiles o menos"
BOLD = "Respondemos las consultas laborales en 3 días hábiles"
CERTIFICATE = "Entregamos el certificado laboral en 20 días hábiles"
LETTER = "Le pedimos disculpas: su respuesta no trataba lo que usted pidió."


@pytest.fixture
def ministry(transactional_db, clock, settings, live_server) -> str:
    """The ministry of the demonstration, with few requests; return its name there."""
    settings.SITE_URL = live_server.url  # the links of letters lead here
    now = timezone.now()
    load_body("ministry", now=now, password=PASSWORD, say=str, cases=24)
    settle(now=now)
    return "ministry"


@pytest.fixture
def post(monkeypatch) -> Iterator[Mailbox]:
    """A mail server that takes every letter."""
    box = Mailbox()
    with running(box) as port:
        monkeypatch.setenv("SIAC_MAIL", "smtp")
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield box


def work_through(*jobs) -> None:
    """Let the jobs of the worker run, then read the journal and send what is due, until nothing is left."""
    for job in (*jobs, notice_jobs.sweep):
        job()
    while run_consumers():
        pass


def letters(box: Mailbox) -> list[str]:
    """Let the worker send what is due; return what the mail server took, as people read it."""
    while Notice.objects.filter(state="pending", channel="email", due_at__lte=timezone.now()).exists():
        notice_jobs.sweep()
    return [plain(each) for each in box.taken]


def plain(content: bytes) -> str:
    """Return a letter as somebody reads it."""
    part = message_from_bytes(content, policy=default).get_body(("plain",))
    return str(part.get_content()) if part else ""


def links_in(told: list[str]) -> list[str]:
    """Return where each invitation says that it is answered."""
    asked = [each for each in told if "quiere conocer su opinión" in each]
    return [re.search(r"Responda aquí: (\S+)", each).group(1) for each in asked]  # type: ignore[union-attr]


# What people do


def begin(walk: Walk) -> str:
    """Take the guide, begin the next edition of the charter and its process; return the page of it."""
    walk.sit_down(MANAGER, "procesos/guias/")
    walk.press("Usar esta guía.*F1–F12")
    walk.open("cartas/")
    walk.follow(CHARTER)
    charter = walk.page.url.split("/gestion/")[1]
    walk.press("Preparar otra edición")
    walk.says("Edición 2")
    walk.press("Empezar")
    walk.says("Fase F1, decidir: 0 de 12 hechas")
    return charter


def name_the_team(walk: Walk) -> None:
    """Write who decided the charter and who makes it."""
    walk.follow("Escribir la decisión")
    walk.fill(
        act="Resolución Ministerial 214", decided_on=walk.today, decision="Hacer la segunda edición",
        lead_office="Despacho Ministerial", mandate="Prepararla en seis meses, con media jornada semanal.",
    )  # fmt: skip
    walk.find("Responsable político", "Gustavo Rivas")
    for row, (who, part, office) in enumerate(
        [("Lourdes Salazar", "Coordinación", "Calidad"), ("Rosario Quispe", "Atiende público", "Ventanilla")]
    ):
        walk.main.get_by_role("button", name="Agregar una persona").click()
        box = walk.page.locator(f"select[name=members-{row}-user_id]")
        box.select_option(label=who)
        walk.choose(**{f"members-{row}-role": part})
        walk.fill(**{f"members-{row}-office": office})
    walk.main.get_by_role("button", name="Agregar una capacitación").click()
    walk.fill(**{
        "training-0-who": "Todo el equipo", "training-0-what": "Cartas de servicios",
        "training-0-on": walk.today, "training-0-hours": 8,
    })  # fmt: skip
    walk.press("Guardar")
    walk.says("Lourdes Salazar", "Cartas de servicios")


def ask_what_is_expected(walk: Walk) -> None:
    """Make the survey, open it, draw a wave of those who were answered, and send it."""
    walk.open("encuestas/")
    walk.follow("Nueva encuesta")
    walk.fill(name=SURVEY)
    walk.tick("Expectativas y percepción")
    walk.press("Crear")
    walk.fill(is_active=True)
    walk.press("Guardar")
    walk.follow("Sortear una ola")
    walk.fill(
        name="Quienes recibieron respuesta", first=walk.today - 720 * DAY, last=walk.today - 100 * DAY,
        size=14, closes_on=walk.today + 7 * DAY,
    )  # fmt: skip
    walk.press("Sortear")
    walk.press("Enviar 14 invitaciones")
    survey_jobs.waves()
    walk.page.reload()
    walk.says("invitadas, 0 sin entregar")  # by lot some are out: without mail, or they want no surveys


def answer_on_a_phone(phone: Page, link: str, axe) -> None:
    """Answer the survey in a browser: they expect the best, and receive a little less."""
    phone.goto(link)
    axe(phone)
    for half, place in (("e", 6), ("p", 4)):
        for dimension in DIMENSIONS:
            for line in (0, 1):
                phone.locator(f"input[name=q_{half}_{dimension}_{line}]").nth(place).check()
        phone.get_by_role("button", name="Siguiente").click()
        phone.wait_for_load_state()
    for place in range(len(DIMENSIONS)):
        phone.locator(f"select[name=q_orden_{place}]").select_option(index=place + 1)
    phone.locator("input[name=q_general]").nth(5).check()
    phone.get_by_role("button", name="Enviar").click()
    expect(phone).to_have_url(re.compile("/gracias/"))


def answer_elsewhere(link: str) -> None:
    """Answer the survey through the same page without a browser."""
    client, link = Client(), urlsplit(link).path
    for half, page, mark in (("e", "espera", "7"), ("p", "recibe", "5")):
        told = {f"q_{half}_{dimension}_{line}": mark for dimension in DIMENSIONS for line in (0, 1)}
        sent = client.post(link, {"pagina": page, **told})
        assert sent.status_code == 302, sent.content.decode()
    asked = client.get(sent["Location"])
    names = re.findall(r'<option value="([^"]+)"', asked.content.decode())[: len(DIMENSIONS)]
    order = {f"q_orden_{place}": name for place, name in enumerate(names)}
    assert client.post(link, {"pagina": "pesos", "q_general": "6", **order})["Location"].endswith("/gracias/")


def write_the_process(walk: Walk) -> None:
    """Write how a service is given, from where the guide says that nobody did."""
    walk.follow("Falta el proceso de «Bolsa de trabajo»")
    walk.press("Cambiar en un borrador")
    walk.page.locator("summary", has_text="Proceso interno").click()
    walk.main.get_by_role("button", name="Agregar un paso del proceso").click()
    walk.fill(**{"process-0-step": "Publicar la oferta", "process-0-amount": 2})
    walk.press("Guardar el borrador")
    walk.press("Enviar a revisión")
    draft = urlsplit(walk.page.url).path.partition("/gestion/")[2]
    walk.sit_down(Role.AUTHORITY, draft)  # nobody approves what they wrote
    walk.press("Aprobar y publicar")
    walk.sit_down(Role.QUALITY_MANAGER)


def promise(walk: Walk, text: str, kind: str, service: str, amount: int) -> None:
    """Add a promise for what people expect of a service, in so many working days."""
    walk.follow("Agregar un compromiso")
    walk.fill(text=text, amount=amount, target=90, record="Registro de solicitudes",
              remedy="La jefatura le escribe y le explica")  # fmt: skip
    walk.choose(kind_id=kind, service_id=service, attribute="Disposición a ayudar")
    walk.find("Unidad que responde", "Conciliación y Consultas Laborales")
    walk.press("Guardar")
    walk.says(text)


def meet_the_gap(walk: Walk, charter: str, screenshot) -> None:
    """Try to close the phase with a promise that is not kept yet; write why, and what is done about it."""
    walk.open(charter)
    walk.phase("F5")
    walk.do_tasks("F5")
    screenshot(walk.page, "carta-brecha-que-bloquea")
    walk.follow("Cerrar la fase")
    walk.main.get_by_role("button", name="Cerrar la fase").click()
    expect(walk.page.locator(".govuk-error-summary")).to_be_visible()
    assert not PhaseEnd.objects.filter(phase="F5", ending="done").exists()
    walk.open(charter)
    walk.follow("Nivel y brecha")
    walk.says("Bloquea")
    for _ in range(walk.main.get_by_role("link", name=re.compile("^Escribir causa y plan")).count()):
        walk.follow("Escribir causa y plan")
        walk.choose(cause_kind="Personas: número o formación")
        walk.fill(cause="Faltan dos personas en la unidad que responde", plan="Se contratan dos personas",
                  plan_until=walk.today + 120 * DAY)  # fmt: skip
        walk.press("Guardar")


def comment(phone: Page, axe, charters: str) -> None:
    """Read the draft on the portal, and say what is missing."""
    phone.goto(charters)
    phone.get_by_role("link", name=re.compile("borrador")).first.click()
    axe(phone)
    phone.get_by_label("Su comentario").fill("Digan también a qué teléfono llamar, por favor")
    phone.get_by_role("button", name="Enviar el comentario").click()
    expect(phone.locator("main")).to_contain_text("Su comentario se publica cuando tenga respuesta")


def answer_the_comment(walk: Walk, charter: str) -> None:
    """Accept what somebody said of the draft, end the comments and write it into the charter."""
    walk.sit_down(MANAGER, charter)
    walk.follow("Responder")
    walk.page.locator("input[name=verdict][value=accepted]").check()
    walk.fill(answer="Se agrega el teléfono de la línea gratuita")
    walk.press("Guardar")
    walk.follow("Cerrar los comentarios")
    walk.press("Cerrar y seguir escribiendo")
    walk.main.get_by_role("link", name=re.compile("Cambiar.*«Cómo acceder»")).click()
    walk.fill(text="En el portal, en ventanilla y en la línea gratuita 0800 16 872.")
    walk.press("Guardar")
    walk.follow("Cambiar la vigencia")
    walk.fill(valid_from=first_of_next_month(walk))
    walk.press("Guardar")


def approve(walk: Walk, charter: str) -> None:
    """Have it reviewed twice, and approved by an act."""
    walk.open(charter)
    walk.follow("Pedir la revisión")
    walk.press("Pedir la revisión")
    for role, step in ((MANAGER, "Revisión técnica"), (AUTHORITY, "Revisión política")):
        walk.sit_down(role, charter)
        walk.follow(step)
        walk.page.locator("input[name=is_favourable][value=si]").check()
        walk.press("Guardar la revisión")
    walk.follow("Aprobar la edición")
    walk.fill(act="Resolución Ministerial 301")
    walk.press("Aprobar")
    walk.says("Aprobada")


def ask(phone: Page, walk: Walk) -> Case:
    """Ask something through the portal; return the request."""
    phone.goto(f"/{walk.slug}/solicitud/")
    phone.get_by_role("link", name="Quiero hacer una consulta").click()
    phone.get_by_label("En una línea, ¿de qué se trata?").fill("Mi liquidación")
    phone.get_by_label("Cuéntenos").fill("Me despidieron y no sé cómo se calcula mi liquidación.")
    phone.get_by_label("Nombres").fill("Luz")
    phone.get_by_label("Apellidos").fill("Quispe Rojas")
    phone.get_by_label("Correo electrónico").fill("luz@ejemplo.org")
    phone.get_by_role("button", name="Continuar").click()
    phone.get_by_role("button", name="Enviar").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Solicitud recibida")
    return Case.objects.filter(institution=walk.body).order_by("-pk")[0]


def others_ask(walk: Walk) -> list[Case]:
    """Let five more people ask, each for themselves."""
    kind = next(each for each in kinds(walk.body).values() if each.code == "consulta")
    return [
        file_case(
            institution=walk.body, actor=None, now=timezone.now(),
            filing=Filing(
                kind_id=kind.pk, channel=Channel.WEB, subject="Vacaciones", body="¿Cuántos días me tocan?",
                person=person("PE", document_number=f"1234567{number}"),
            ),
        )
        for number in range(5)
    ]  # fmt: skip


def follow_up(phone: Page, walk: Walk, case: Case) -> None:
    """Open the request from where its person follows it."""
    phone.goto(f"/{walk.slug}/seguimiento/")
    phone.get_by_label("Código de seguimiento").fill(case.code)
    phone.get_by_label(re.compile("Su correo")).fill("luz@ejemplo.org")
    phone.get_by_role("button", name="Ver mi solicitud").click()


def claim(phone: Page, axe, screenshot) -> None:
    """See what is owed, and claim what nobody found."""
    phone.get_by_role("link", name=re.compile("Pida su medida|Vea su medida")).click()
    expect(phone.locator("main")).to_contain_text("Pendiente")
    axe(phone)
    screenshot(phone, "lo-que-le-prometimos")
    phone.get_by_role("radio", name=KEPT).check()
    phone.get_by_label("Qué pasó").fill("La respuesta no dice nada de lo que pedí")
    phone.get_by_role("button", name="Pedir mi medida").click()
    expect(phone.locator("main")).to_contain_text("Usted pidió su medida")


def refer(walk: Walk, case: Case) -> None:
    """Send the request to the unit that answers."""
    walk.sit_down(Role.FRONT_DESK, f"solicitudes/{case.folio}/")
    walk.unfold("derivar")
    walk.find("Unidad", "Conciliación y Consultas Laborales")
    walk.send("derivar")
    expect(walk.page.locator(".siac-strip")).to_contain_text("Conciliación y Consultas Laborales")


def answer_late(walk: Walk, case: Case) -> None:
    """Answer the request, days after what was promised."""
    walk.sit_down(OFFICER, f"solicitudes/{case.folio}/")
    form = walk.unfold("responder")
    form.get_by_label("Resultado").select_option("informed")
    form.get_by_label("Respuesta", exact=True).fill("Se calcula por los meses que trabajó.")
    walk.send("responder")
    walk.says("Se calcula por los meses que trabajó.")
    Undoable.objects.filter(case=case).update(until=timezone.now())


def write_the_apology(walk: Walk, case: Case, box: Mailbox, axe, screenshot) -> Remedy:
    """Say that the person is right, write to them, and note how the rest was delivered."""
    walk.sit_down(HEAD, "medidas/pedidas/")
    walk.main.locator("tr", has_text=case.folio).get_by_role("link", name=KEPT).click()
    walk.page.locator("input[name=is_upheld][value=si]").check()
    walk.fill(answer="Es cierto: la respuesta no trata lo que pidió")
    walk.press("Decidir")
    assert Claim.objects.get(case=case).state == "upheld"
    walk.says("Comunicación de la jefatura")
    axe(walk.page)
    screenshot(walk.page, "medida")
    walk.page.locator("input[name=act][value=letter]").check()
    walk.fill(letter=LETTER)
    walk.press("Guardar")
    assert any(LETTER in each for each in letters(box)), "the letter is sent"
    work_through()


def open_remedy(walk: Walk, case: Case, words: str) -> None:
    """Open what is owed to the person of a request, from the list of what is owed."""
    row = walk.main.locator("tr", has_text=case.folio)
    row.get_by_role("link", name=re.compile(f"^{words}")).first.click()
    walk.page.wait_for_load_state()


def deliver_the_other(walk: Walk, case: Case) -> None:
    """Note how what was found broken was made good."""
    walk.open("medidas/")
    open_remedy(walk, case, "La jefatura le escribe")
    walk.page.locator("input[name=act][value=delivered]").check()
    walk.fill(words="Se la entregamos en la oficina, firmó el recibo 12")
    walk.press("Guardar")


def read_what_came(phone: Page, walk: Walk) -> None:
    """Read the letter and the proof where the person follows the request."""
    phone.goto(f"/{walk.slug}/seguimiento/medida/")
    for words in (LETTER, "firmó el recibo 12"):
        expect(phone.locator("main")).to_contain_text(words)


def answer_the_others(walk: Walk, cases: list[Case]) -> None:
    """Answer the rest late as well."""
    for case in cases:
        answer_case(
            institution=walk.body, case_id=case.pk, version=None, body="Treinta días al año.",
            outcome=Outcome.INFORMED, actor=walk.person(OFFICER), now=timezone.now(),
        )  # fmt: skip
    work_through()


def close_the_period(walk: Walk, clock: Clock) -> PeriodResult:
    """Let the month end and its days of grace pass; return how the bold promise was kept in it."""
    run_into_next_month(walk, clock, days=1)
    clock.pass_days(7)
    work_through(clock_jobs.announce_misses, charter_jobs.freeze)
    return PeriodResult.objects.filter(commitment__text=BOLD, is_reached=False).get()


def first_of_next_month(walk: Walk) -> date:
    """Return the local day on which the next month begins."""
    return (walk.today.replace(day=1) + 32 * DAY).replace(day=1)


def run_into_next_month(walk: Walk, clock: Clock, days: int) -> None:
    """Let so many days pass, and as many more as it takes to be in another month."""
    following = first_of_next_month(walk)
    clock.pass_days(max(days, (following - walk.today).days + 1))


# The journey


def test_a_charter_of_the_demonstration_from_the_decision_to_its_register_and_back(
    page: Page, phone: Page, ministry: str, clock: Clock, post: Mailbox, axe, screenshot,
) -> None:  # fmt: skip
    walk = Walk(page, ministry)

    # F1 and F2: the authority decides that the charter gets another edition, and who makes it.
    charter = begin(walk)
    name_the_team(walk)
    walk.phase("F1")
    walk.do_tasks("F1")
    walk.sit_down(AUTHORITY, charter)
    walk.close(charter, "F1")
    walk.sit_down(MANAGER, charter)
    walk.close(charter, "F2")

    # F3: a wave of a survey goes out, is answered through the links of its letters, and tells what is
    # expected.
    ask_what_is_expected(walk)
    links = links_in(letters(post))
    assert 10 <= len(links) <= 14
    for link in links[:2]:
        answer_on_a_phone(phone, link, axe)
    for link in links[2:]:
        answer_elsewhere(link)
    run_into_next_month(walk, clock, days=9)
    work_through(survey_jobs.settle)
    assert SurveyAnswer.objects.filter(survey__name=SURVEY, is_settled=True).count() == len(links)
    walk.sit_down(MANAGER, charter)
    walk.phase("F3")
    walk.follow("No dice qué valoran las personas")
    walk.choose(encuesta=SURVEY)
    walk.press("Traer")
    walk.says(f"5 atributos traídos de «{SURVEY}»", f"Encuesta, n = {len(links)}")
    walk.close(charter, "F3")

    # F4 to F6: how each service is given; promises, of which one is below what is expected, and blocks.
    walk.open(charter)
    walk.phase("F4")
    write_the_process(walk)
    walk.close(charter, "F4")
    walk.open(charter)
    promise(walk, BOLD, "Consulta laboral", "Orientación laboral", 3)
    promise(walk, CERTIFICATE, "Solicitud", "Certificado único laboral para jóvenes", 20)
    meet_the_gap(walk, charter, screenshot)
    walk.close(charter, "F5", "F6")

    # F7: shown to everybody, commented, answered, with its day.
    walk.open(charter)
    walk.follow("Prepublicar")
    walk.fill(until=walk.today + 5 * DAY)
    walk.press("Prepublicar")
    comment(phone, axe, f"/{walk.slug}/cartas/")
    clock.pass_days(6)
    answer_the_comment(walk, charter)
    walk.close(charter, "F7")

    # F8: reviewed twice, approved by an act; F9 to F12: followed, revised, made known, kept.
    approve(walk, charter)
    walk.sit_down(MANAGER, charter)
    walk.close(charter, "F8", "F9", "F10", "F11", "F12")
    assert PhaseEnd.objects.filter(ending="done").count() == 12
    walk.open(charter)
    axe(page)
    screenshot(page, "carta-en-vigor")

    # In force. Six people ask; after some days the bold promise is broken, and a remedy owed to each.
    run_into_next_month(walk, clock, days=1)
    late = ask(phone, walk)
    others = others_ask(walk)
    clock.pass_days(9)
    work_through(clock_jobs.announce_misses)
    assert Remedy.objects.get(breach__case=late, breach__commitment__text=BOLD).state == "owed"
    assert Breach.objects.filter(case__in=others, commitment__text=BOLD).count() == 5
    refer(walk, late)
    answer_late(walk, late)

    # The person sees what is owed and claims what nobody found; the head writes to them.
    follow_up(phone, walk, late)
    claim(phone, axe, screenshot)
    write_the_apology(walk, late, post, axe, screenshot)
    deliver_the_other(walk, late)
    read_what_came(phone, walk)

    # The period is closed: under its target, with a finding, in public.
    answer_the_others(walk, others)
    missed = close_the_period(walk, clock)
    assert (missed.met, missed.total) == (0, 6)
    assert Finding.objects.get(pk=missed.finding_id).state == "open"
    read_the_register(phone, walk, missed, axe, screenshot)

    # And both ways by clicks: from the figure to its finding and its requests, and from the late one back to
    # the charter.
    walk.sit_down(MANAGER, charter)
    walk.follow("Cumplimiento")
    walk.follow("Hallazgo")
    walk.says(f"Compromiso bajo su meta: {BOLD}")
    from_the_figure_to_its_request(walk, charter, late)
    from_the_request_to_its_promise(walk)


def read_the_register(phone: Page, walk: Walk, missed: PeriodResult, axe, screenshot) -> None:
    """Find on the portal how the promise was kept."""
    phone.goto(f"/{walk.slug}/cartas/")
    phone.locator("main").get_by_role("link", name=re.compile("^Cómo cumplimos")).first.click()
    expect(phone.locator("main")).to_contain_text(BOLD)
    axe(phone)
    screenshot(phone, "registro-publico")
    phone.locator(f"main a[href$='/cumplimiento/{missed.pk}/']").first.click()
    expect(phone.locator("main")).to_contain_text("0 de 6")


def from_the_figure_to_its_request(walk: Walk, charter: str, late: Case) -> None:
    """Go, as the head of the unit, from the closed figure of the register to the late request behind it."""
    walk.sit_down(HEAD, charter)
    walk.follow("Cumplimiento", f"0 de 6.*{BOLD}", late.folio)
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Mi liquidación")


def from_the_request_to_its_promise(walk: Walk) -> None:
    """Go from the page of the late request to its remedy, and from there to the charter that promised it."""
    broken = walk.main.locator("li", has_text=BOLD)
    broken.get_by_role("link", name=re.compile("^Ver la medida")).first.click()
    walk.says(BOLD)
    walk.follow(CHARTER)
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text(CHARTER)
