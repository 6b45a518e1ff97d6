# SPDX-License-Identifier: EUPL-1.2
"""The report of a charter: from frozen periods only, kept as it was made, each number with its list."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.freezing import explain_result, freeze_periods
from siac.charters.commands.remedies import deliver_remedy
from siac.charters.domain.parts import Norm
from siac.charters.domain.reports import year_of
from siac.charters.models import Charter, CharterEdition, CharterReport, Claim, PeriodResult, Remedy
from siac.charters.public import make_report, show_report
from siac.charters.reports.contents import content_of
from siac.charters.reports.masking import masked
from siac.charters.reports.paper import report_pdf
from siac.charters.sealing import REPORT_SENT, problems
from siac.clocks.public import settle_overdue
from siac.indicators.public import count_all
from siac.journal.public import recorded
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from tests.caches import forget
from tests.charters.reading import text_of
from tests.factories import NOW, House, answer, file
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 170 * DAY
"""February 2027: 2026 is over and settled."""


def of_norm(house: House, norm: Norm) -> Charter:
    Charter.objects.update(norm=norm)
    house.institution.refresh_from_db()
    return Charter.objects.get()


@pytest.fixture
def year(house: House) -> House:
    """A year: a promise kept and broken twice, a claim upheld and one rejected, a remedy given."""
    manager = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER)}
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(4)]
    for case in cases[:2]:
        file_claim(
            institution=house.institution, case=case, commitment_id=house.commitment.pk, words="No llamaron",
            now=NOW + DAY,
        )  # fmt: skip
    for case, is_upheld in zip(cases[:2], (True, False), strict=True):
        decide_claim(
            **manager, claim_id=Claim.objects.get(case=case).pk,
            is_upheld=is_upheld, answer="Así consta en el expediente", now=NOW + 3 * DAY,
        )  # fmt: skip
    for case in cases[1:3]:
        answer(house, case, now=NOW + 3 * DAY)
    settle_overdue(NOW + 16 * DAY)
    answer(house, cases[0], now=NOW + 17 * DAY)
    answer(house, cases[3], now=NOW + 17 * DAY)
    remedy = Remedy.objects.order_by("pk").first()
    deliver_remedy(**manager, remedy_id=remedy.pk, proof="Carta 12, en mano", now=NOW + 5 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=NOW + 40 * DAY)
    freeze_periods(house.institution, now=LATER)
    missed = PeriodResult.objects.get(is_reached=False)
    explain_result(**manager, result_id=missed.pk, words="Faltó una persona; ya son dos.", now=LATER)
    return house


def made(house: House, period: str = "2026", now=LATER) -> CharterReport:
    return make_report(
        institution=house.institution, charter_id=Charter.objects.get().pk, period=period,
        actor=house.user(Role.QUALITY_MANAGER), now=now,
    )  # fmt: skip


def section(row: CharterReport, code: str) -> dict:
    return next(each for each in row.content["sections"] if each["code"] == code)


def test_the_report_tells_the_year_by_its_frozen_periods(year):
    of_norm(year, Norm.RD951)
    row = made(year)
    assert row.title == "Informe del año anterior: 2026"
    assert row.content["verdict"].startswith("0 de 1 compromiso medido llegó")
    summed = section(row, "kept")["tables"][0]["rows"][0]
    assert [cell[0] for cell in summed[3:]] == ["12", "0", "1", "11"]
    by_month = section(row, "kept")["tables"][1]["rows"]
    september = PeriodResult.objects.get(is_reached=False)
    assert by_month[8][1] == ["50,0\N{NO-BREAK SPACE}%", f"period:{september.pk}"]
    assert by_month[8][4][0] == "No. Pocos casos: lea con cuidado" and by_month[0][1][0] == "Sin dato"
    (miss,) = section(row, "deviations")["tables"][0]["rows"]
    assert miss[4][0] == "Faltó una persona; ya son dos."
    (found,) = section(row, "corrections")["tables"][0]["rows"]
    assert found[0][0].startswith("H-2026-") and found[4][0] == "Abierto"
    (given,) = section(row, "remedies")["tables"][0]["rows"]
    assert [cell[0] for cell in given[1:]] == ["2", "0", "1", "1", "1", "0", "0"]
    (asked,) = section(row, "claims")["tables"][0]["rows"]
    assert [cell[0] for cell in asked[1:6]] == ["2", "1", "1", "0", "2 de 2"]
    assert asked[6][0] == "Mediana de 2 días, a lo más 2 días"


def test_figures_that_change_afterwards_do_not_change_what_was_reported(year):
    of_norm(year, Norm.RD951)
    row = made(year)
    assert made(year).pk == row.pk  # nothing changed: the same one
    waiting = Remedy.objects.get(state="owed")
    deliver_remedy(
        institution=year.institution, remedy_id=waiting.pk, proof="En mano", now=LATER,
        actor=year.user(Role.QUALITY_MANAGER),
    )  # fmt: skip
    again = made(year)
    assert (again.number, again.title) == (2, "Informe del año anterior: 2026, versión 2")
    row.refresh_from_db()
    assert section(row, "remedies")["tables"][0]["rows"][0][4][0] == "1"
    assert section(again, "remedies")["tables"][0]["rows"][0][4][0] == "2"


def test_the_paper_is_accessible_and_says_all_of_it(year):
    of_norm(year, Norm.RD951)
    row = made(year)
    text, reader = text_of(bytes(row.paper)), PdfReader(io.BytesIO(bytes(row.paper)))
    for said in (
        "RD 951/2005, art. 12.2", "primer trimestre", "Grado de cumplimiento", "septiembre de 2026",
        "Faltó una persona", "Medidas de subsanación", "arts. 9.c y 10.3", "La carta no cambió",
        "Debía revisarse antes del 3 de agosto de 2026",
        "Pocos casos", "No nombra a personas", "Sin dato",
    ):  # fmt: skip
        assert said in text, (said, text)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "es"
    assert reader.metadata.title.startswith("Informe del año anterior de «Carta de servicios»")
    assert not [user.name for user in year.users.values() if user.name in text]


def test_a_short_table_of_the_paper_stands_whole_with_what_it_is_called(year):
    row = made(year)
    heads = [["Compromiso", False], ["Cuántos", True]]
    rows = [[[[f"Fila {n}-{m}.", ""], ["1", ""]] for m in range(5)] for n in range(20)]
    tables = [{"caption": f"Tabla {n}.", "heads": heads, "rows": rows[n]} for n in range(20)]
    content = {**row.content, "sections": [{**row.content["sections"][0], "tables": tables}]}
    paper = report_pdf(Charter.objects.get(), content, number=1, made_at=LATER)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages]
    for n in range(20):
        (page,) = [page for page in pages if f"Tabla {n}." in page]
        assert all(f"Fila {n}-{m}." in page for m in range(5)), n


@pytest.mark.parametrize(
    ("norm", "period", "title", "heads"),
    [
        (Norm.MTPE, "2026-2", "Informe de seguimiento: 2.º semestre de 2026", "Compensaciones"),
        (Norm.PLEDGE, "2026", "Informe de seguimiento: 2026", "Dónde no llegamos"),
        (Norm.UNE, "2026", "Informe de seguimiento: 2026", "Acciones correctivas"),
    ],
)
def test_each_norm_has_its_own_report(year, norm, period, title, heads):
    of_norm(year, norm)
    row = made(year, period)
    assert row.title == title and heads in [each["title"] for each in row.content["sections"]]


@pytest.mark.parametrize(
    ("period", "now", "code"),
    [
        ("2026", NOW, "report_running"),
        ("2026-1", LATER, "report_period"),
        ("nada", LATER, "report_period"),
        ("2024", LATER, "report_nothing"),
        ("2026", LATER + 10 * DAY, "report_unsettled"),
    ],
)
def test_what_cannot_be_reported_is_refused(house, period, now, code):
    of_norm(house, Norm.RD951)
    with pytest.raises(Refused, match=code):
        made(house, period, now)
    assert not CharterReport.objects.exists()


def test_a_charter_of_another_body_is_refused(year, other_house):
    with pytest.raises(Refused, match="charter_unknown"):
        make_report(
            institution=other_house.institution, charter_id=year.commitment.edition.charter_id,
            period="2026", actor=other_house.user(Role.QUALITY_MANAGER), now=LATER,
        )  # fmt: skip
    with pytest.raises(Refused, match="report_unknown"):
        show_report(
            institution=year.institution, report_id=0, is_shown=True, now=LATER,
            actor=year.user(Role.AUTHORITY),
        )  # fmt: skip


def test_it_is_made_on_its_page_and_every_number_leads_to_its_list(year, monkeypatch):
    of_norm(year, Norm.RD951)
    monkeypatch.setattr("siac.charters.reports.workspace.current_time", lambda: LATER)
    manager, gestion = year.client(Role.QUALITY_MANAGER), f"/{year.slug}/gestion"
    url = f"{gestion}/cartas/{Charter.objects.get().pk}/informes/"
    assert "Todavía no se ha hecho ninguno" in words(manager.get(url))
    assert manager.post(url, {"period": "2027"}).status_code == 422
    assert year.client(Role.AUDITOR).post(url, {"period": "2026"}).status_code == 403
    there = manager.post(url, {"period": "2026"}).headers["Location"]
    page = words(manager.get(there))
    assert "Grado de cumplimiento" in page and "no está en el portal" in page
    html = manager.get(there).content.decode()
    row, missed = CharterReport.objects.get(), PeriodResult.objects.get(is_reached=False)
    of = f"{gestion}/cartas/informes/{row.pk}"
    for link, said in (
        (f"{gestion}/compromisos/periodos/{missed.pk}/solicitudes/", "la cifra cerrada es 50,0"),
        (f"{of}/incumplimientos/?compromiso=reclamos-5", "Disculpa escrita"),
        (f"{of}/incumplimientos/?compromiso=reclamos-5&amp;cuales=in_time", "Entregada"),
        (f"{of}/pedidas/?compromiso=reclamos-5&amp;cuales=rejected", "No acogida"),
    ):
        assert f'href="{link}"' in html, link
        assert said in words(manager.get(link.replace("&amp;", "&")))
    late = manager.get(f"{of}/incumplimientos/?compromiso=reclamos-5&cuales=refused")
    assert "Nada coincide" in words(late)
    auditor = year.client(Role.AUDITOR).get(there).content.decode()
    assert "incumplimientos/?" not in auditor and "las ve quien" in auditor
    assert manager.get(f"{of}/pdf/")["Content-Type"] == "application/pdf"


def test_what_counts_very_few_people_is_published_without_it(year):
    """The register hides a period of four where five are the fewest that are shown: so does its report, and
    what would give it away.
    """
    row, manager = made(year), year.client(Role.AUTHORITY)
    url = f"/{year.slug}/gestion/cartas/informes/{row.pk}/"
    page = manager.post(f"{url}publicar/", {"publicar": "si"}, follow=True)
    assert "Verlo como en el portal" in words(page) and "50,0" in words(page)  # the house reads all of it
    outside = f"/{year.slug}/cartas/carta/informes/{row.pk}/"
    shown = words(year.client().get(outside))
    paper = text_of(year.client().get(f"{outside}pdf/").content)
    for said in (shown, paper):
        assert "No se muestra" in said and "cuenta un período de menos de 5 personas" in said
        assert "Sin dato que mostrar. De 1 no se muestra." in said
        for told in ("50,0", "2 de 4", "Faltó una persona", "H-2026-", "Mediana de 2 días", "0 de 1"):
            assert told not in said, told
        assert "La carta no cambió" in said  # what tells of no promise stays
    assert "50,0" in text_of(manager.get(f"{url}pdf/").content)
    assert list(problems(year.institution.pk)) == []
    CharterReport.objects.update(shown_content={"title": "Otro"})
    assert "informe de una carta" in "".join(problems(year.institution.pk))


def test_a_promise_of_few_takes_nothing_from_the_others():
    def line(name: str, *cells: str, at: str = "") -> list[list[str]]:
        return [[name, ""], ["Obras", ""], ["90,0", ""], *([cell, at] for cell in cells)]

    def period(when: str, result: str, at: str) -> list[list[str]]:
        return [[when, ""], [result, at], ["1 de 2", ""], ["90,0", ""], ["No", ""]]

    kept = [
        {"caption": "Compromisos", "rows": [
            line("1. Uno", "12", "11", "1", "0"), line("2. Dos", "12", "12", "0", "0"),
            line("3. Tres", "12", "0", "1", "11"), line("4. Cuatro", "Sin dato", "—", "—", "—"),
        ]},
        {"caption": "1. Uno", "rows": [
            period("enero", "50,0", "period:7"), period("mayo", "99", "period:8"),
        ]},
        {"caption": "2. Dos", "rows": [period("enero", "95,0", "period:9")]},
    ]  # fmt: skip
    missed = {"caption": "Bajo su meta", "rows": [[["1. Uno", ""]], [["3. Tres", ""]]]}
    content = {
        "verdict": "1 de 3", "title": "Informe", "sections": [
            {"code": "kept", "words": ["4. Cuatro: sin dato."], "tables": kept},
            {"code": "deviations", "words": ["Sobre su meta: «2. Dos»."], "tables": [missed]},
            {"code": "editions", "words": ["No cambió."], "tables": []},
        ],
    }  # fmt: skip
    told = masked(content, [PeriodResult(pk=7)], least=5)
    assert told["verdict"] == (
        "1 de 2 compromisos medidos llegaron a su meta en todos sus períodos cerrados. De 1 no hay dato. "
        "De 1 no se muestra."
    )
    figures, deviations, editions = told["sections"]
    assert [cell[0] for cell in figures["tables"][0]["rows"][0][3:]] == ["No se muestra"] * 4
    assert figures["tables"][0]["rows"][1] == kept[0]["rows"][1]
    assert [row[1] for row in figures["tables"][1]["rows"]] == [["No se muestra", ""], ["99", "period:8"]]
    assert deviations["tables"][0]["rows"] == [[["3. Tres", ""]]]
    assert deviations["words"] == [
        "1. Uno: no se muestra, porque cuenta un período de menos de 5 personas."
    ] and editions == content["sections"][2]  # fmt: skip


def test_it_is_written_down_that_it_was_sent_when_how_and_what_shows_it(year, monkeypatch):
    monkeypatch.setattr("siac.charters.reports.workspace.current_time", lambda: LATER + 3 * DAY)
    row, manager = made(year), year.client(Role.QUALITY_MANAGER)
    url = f"/{year.slug}/gestion/cartas/informes/{row.pk}/"
    assert "Anotar que se envió" in words(manager.get(url))
    assert "No consta que se haya enviado" in words(year.client(Role.AUDITOR).get(url))
    assert year.client(Role.AUDITOR).post(f"{url}enviado/", {}).status_code == 403
    made_on = year.today(LATER)
    sent = {"sent_on": f"{made_on + DAY}", "sent_how": "Registro electrónico", "sent_proof": "Entrada 123",
            "based_on": "0"}  # fmt: skip
    for wrong in ({"sent_proof": ""}, {"sent_on": f"{made_on - DAY}"}, {"sent_on": f"{made_on + 9 * DAY}"}):
        assert manager.post(f"{url}enviado/", sent | wrong).status_code == 422
    assert manager.post(f"{url}enviado/", sent).status_code == 302
    said = words(year.client(Role.AUDITOR).get(url))
    assert "Registro electrónico. Constancia: Entrada 123." in said
    late = manager.post(f"{url}enviado/", sent | {"sent_proof": "Entrada 9"})
    assert late.status_code == 422 and "Otra persona lo guardó" in words(late)
    assert [entry.data["on"] for entry in recorded(year.institution.pk, [REPORT_SENT])] == [
        f"{made_on + DAY}"
    ]  # fmt: skip
    assert list(problems(year.institution.pk)) == []
    CharterReport.objects.update(sent_proof="Entrada 321")
    assert "informe de una carta" in "".join(problems(year.institution.pk))


def test_everybody_reads_what_the_body_decides_to_publish(year):
    Institution.objects.filter(pk=year.institution.pk).update(smallest_group=4)
    row, visitor = made(year), year.client()
    url = f"/{year.slug}/cartas/carta/informes/{row.pk}/"
    assert visitor.get(url).status_code == visitor.get(f"{url}pdf/").status_code == 404
    manager, show = year.client(Role.AUTHORITY), f"/{year.slug}/gestion/cartas/informes/{row.pk}/publicar/"
    assert manager.post(show, {"publicar": "si"}).status_code == 302
    page = visitor.get(url)
    assert "Faltó una persona" in words(page) and "gestion" not in page.content.decode().split("<main")[1]
    assert visitor.get(f"{url}pdf/")["Content-Type"] == "application/pdf"
    assert "Informe de seguimiento: 2026" in words(visitor.get(f"/{year.slug}/cartas/carta/cumplimiento/"))
    assert list(problems(year.institution.pk)) == []
    assert manager.post(show, {"publicar": "no"}).status_code == 302
    assert visitor.get(url).status_code == 404 and list(problems(year.institution.pk)) == []


@pytest.mark.parametrize(
    "change",
    [{"paper": b"%PDF-otro"}, {"content": {"title": "Otro"}}, {"shown_at": NOW}, {"number": 7}],
)
def test_verification_finds_a_report_that_was_changed(year, change):
    made(year)
    assert list(problems(year.institution.pk)) == []
    CharterReport.objects.update(**change)
    (found,) = problems(year.institution.pk)
    assert "informe de una carta" in found and "no dice lo que consta" in found


def test_what_came_due_after_its_edition_ended_is_told_all_the_same(house):
    charter = of_norm(house, Norm.RD951)
    file(house, unit_id=house.units["obras"])
    settle_overdue(NOW + 16 * DAY)
    CharterEdition.objects.update(valid_to=date(2025, 12, 31))
    CharterEdition.objects.create(
        institution=house.institution, charter=charter, number=2, valid_from=date(2026, 1, 1)
    )
    forget()
    row = made(house)
    (given,) = section(row, "remedies")["tables"][0]["rows"]
    assert given[1][0] == "1" and "1. Respondemos los reclamos" in given[0][0]
    assert row.content["verdict"].startswith("Sin dato")
    assert "ningún período suyo entero" in section(row, "kept")["words"][0]


def test_what_a_report_says_costs_as_much_however_long_the_year(year, django_assert_max_num_queries):
    charter = of_norm(year, Norm.RD951)
    charter.institution = year.institution
    charter.responsible = None
    with django_assert_max_num_queries(6):
        content_of(charter, year_of(2026))
