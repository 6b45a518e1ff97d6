# SPDX-License-Identifier: EUPL-1.2
"""The yearly report has the columns that a country names, says what was counted, and opens it."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import openpyxl
import pytest

from siac.accounts.public import Role
from siac.cases.public import Channel, Nature, save_kind
from siac.countries.public import COUNTRIES
from siac.indicators.public import adopt_ready, count_all
from siac.infra.metrics import metric, source
from siac.procedures.public import load_records, procedure_records
from siac.reporting.yearly.forms import PARTS, yearly_form
from siac.reporting.yearly.reading import file_rows, yearly_report
from tests.factories import NOW, House, answer, file, make_house
from tests.reporting.conftest import DAY, LATER
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 15)
_YEAR = (
    "n_de_reclamos_respondidos_en_el_ano", "n_de_reclamos_recibidos_al_ano", "respondidos",
    "promedio_tiempo_de_respuesta", "mediana_tiempo_de_respuesta", "minimo_tiempo_de_respuesta",
    "maximo_tiempo_de_respuesta", "n_de_reclamos_respondidos_en_mas_de_20_dias_habiles_en_el_ano",
    "respondidos_en_mas_de_20_dias_habiles",
)  # fmt: skip
LAYOUT = [
    "codigo_reporte", "codigo_interno_SCSEU", "nombre_institucion",
    *(f"{year}_{name}" for year in (2023, 2024, 2025, 2026) for name in _YEAR),
    "plan_reclamos_resp_anual_meta", "plan_reclamos_resp_fuera_plazo_meta", "plan_reclamos_tpo_resp_meta",
]  # fmt: skip
"""The columns of the State's workbook, in their order."""


@pytest.fixture
def counted(house) -> House:
    """Of 2025 one complaint is left; of 2026 three come in: answered in 2 and in 25 business days, or not."""
    file(house, now=NOW - 290 * DAY)
    soon, late, _ = (file(house, now=NOW) for _ in range(3))
    answer(house, soon, now=NOW + 2 * DAY)
    answer(house, late, now=NOW + 37 * DAY)
    answer(house, file(house, kind="consulta", now=NOW), now=NOW + DAY)
    adopt_ready(
        institution=house.institution, codes=["cseu-reclamos-respondidos"],
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    house.institution.refresh_from_db()
    count_all(house.institution, now=LATER)
    return house


@pytest.fixture(autouse=True)
def _january(monkeypatch):
    for page in ("reporting.yearly", "indicators.figures"):
        monkeypatch.setattr(
            f"siac.{page}.workspace.current_time", lambda: NOW.replace(year=2027, month=1, day=15)
        )


def page_of(house: House, **asked: str):
    return house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/informe-anual/", asked)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_column_names_a_figure_that_is_counted_and_can_be_told_so(country):
    form = yearly_form(country)
    for sheet in form.sheets:
        assert len({column.key for column in sheet.columns}) == len(sheet.columns), sheet.title
        for column in sheet.columns:
            of = metric(column.metric)
            assert column.statistic in of.statistics and column.part in PARTS, column
            assert bool(column.within) == (column.statistic in ("within", "beyond")), column
        if sheet.by:
            assert source("cases").dimension(sheet.by)


def test_the_file_of_chile_has_the_columns_of_the_state_in_their_order(counted):
    response = page_of(counted, formato="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Reclamos", "Solicitudes de acceso", "Trámites y servicios"]
    heads, row = book["Reclamos"].iter_rows(values_only=True)
    assert list(heads) == LAYOUT
    told = dict(zip(heads, row, strict=True))
    assert told["nombre_institucion"] == counted.institution.name
    assert [told[f"2026_{name}"] for name in _YEAR] == [2, 4, 50, 13.5, 2, 2, 25, 1, 50]
    assert [told[f"2025_{name}"] for name in _YEAR] == [0, 1, 0, 0, 0, 0, 0, 0, "-"]
    assert [told[f"2023_{name}"] for name in _YEAR] == [0, 0, "-", 0, 0, 0, 0, 0, "-"]
    assert told["plan_reclamos_resp_anual_meta"] == 90 and told["plan_reclamos_tpo_resp_meta"] is None


def test_each_count_of_the_page_opens_as_many_as_it_says(counted):
    page = page_of(counted).content.decode()
    assert "Informe anual de calidad de servicio 2026" in page
    links = re.findall(r'href="([^"]*/solicitudes/\?[^"]*)">([^<]*)<', page)
    assert len(links) >= 4
    for link, number in links:
        rows = counted.client(Role.QUALITY_MANAGER).get(unescape(link)).content.decode().count("data-row")
        assert rows == int(number), link


def test_the_page_says_the_targets_and_which_year_still_runs(counted):
    page = " ".join(page_of(counted, anio="2027").content.decode().split())
    assert "El año todavía no termina." in page and "Meta: respondidos (%): 90" in page
    assert "Meta: tiempo promedio de respuesta: sin fijar" in page
    assert page_of(counted, anio="2035").status_code == 404
    assert page_of(counted, anio="x").status_code == 404


def test_the_page_costs_no_more_than_twelve_statements(counted):
    browser = counted.client(Role.QUALITY_MANAGER)
    url = f"/{counted.slug}/gestion/informe-anual/"
    browser.get(url)
    with at_most(13 + 3):  # one for the records of procedures; session, user, roles
        browser.get(url)


def test_the_book_of_peru_is_counted_by_its_rule_and_told_by_channel():
    house = make_house("lima", "PE")
    report = yearly_report(house.institution, 2026, today=TODAY)
    assert report.sheets[0].kinds is None  # it has no kind of the book
    assert "no tiene un tipo de solicitud" in " ".join(page_of(house).content.decode().split())
    body = house.institution
    house.kinds["libro"] = save_kind(
        institution=body, actor=None, now=NOW - DAY, position=90, code="libro", name="Reclamo del Libro",
        need="Quiero reclamar", nature=Nature.COMPLAINT, rule_id="PE.LR",
    )  # fmt: skip
    body.refresh_from_db()
    case = file(house, "libro", channel=Channel.COUNTER, actor=house.user(Role.FRONT_DESK))
    answer(house, case, now=NOW + 3 * DAY)
    file(house, "reclamo", channel=Channel.COUNTER, actor=house.user(Role.FRONT_DESK))  # not of the book
    count_all(body, now=LATER)
    report = yearly_report(body, 2026, today=TODAY)
    heads, (row,) = file_rows(body, report, report.sheets[0])
    told = dict(zip(heads, row, strict=True))
    assert (told["entidad"], told["2026_reclamos_registrados"], told["2025_reclamos_registrados"]) == (
        body.name,
        1,
        0,
    )
    assert (told["2026_reclamos_aceptados"], told["2026_atendidos_en_30_dias_habiles"]) == (1, 1)
    assert [(name, cells[-1]) for _, name, cells in report.sheets[2].rows] == [
        ("Presencial", [1, 1, Decimal("3.0")])
    ]


def test_spain_tells_complaints_by_subject_and_unit():
    house = make_house("madrid", "ES")
    case = file(house, topic_id=house.topics["Inundaciones"], unit_id=house.units["obras"], now=NOW)
    file(house, now=NOW)
    answer(house, case, now=NOW + 3 * DAY)
    count_all(house.institution, now=LATER)
    report = yearly_report(house.institution, 2026, today=TODAY)
    whole, subjects, units, _ = report.sheets
    heads, (row,) = file_rows(house.institution, report, whole)
    told = dict(zip(heads, row, strict=True))
    assert (told["2026_recibidas"], told["2026_contestadas"]) == (2, 1)
    assert told["2026_porcentaje_contestadas"] == Decimal("50.0")
    assert told["2026_porcentaje_en_20_dias_habiles"] == Decimal("100.0")
    by_subject = {name: cells[-1] for _, name, cells in subjects.rows}
    assert by_subject["Inundaciones"] == [1, 1, Decimal("3.0")]
    heads, rows = file_rows(house.institution, report, units)
    assert heads == ["unit", "recibidas", "contestadas", "tiempo_medio"]
    assert ["Obras y mantención", 1, 1, Decimal("3.0")] in rows


def test_a_body_without_requests_has_a_report_of_nothing(house):
    count_all(house.institution, now=LATER + timedelta(days=40))
    page = page_of(house)
    assert page.status_code == 200
    told = yearly_report(house.institution, 2026, today=TODAY).sheets[0]
    assert [cell for _, _, years in told.rows for cell in years[-1]] == [
        0,
        0,
        None,
        None,
        None,
        None,
        None,
        0,
        None,
    ]
    assert "Sin respuestas" in page.content.decode()
    _, (row,) = file_rows(house.institution, yearly_report(house.institution, 2026, today=TODAY), told)
    assert row[-12:-3] == [0, 0, "-", 0, 0, 0, 0, 0, "-"], "the State's own file has numbers there"


@pytest.mark.parametrize("year", ["²", "2" * 4400, "20x6", "1889"])
def test_a_year_that_is_none_is_not_found(house, year):
    page = house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/informe-anual/", {"anio": year})
    assert page.status_code == 404


PROCEDURES = """\
Trámite;Razón;Inicio;Término;Tiempo comprometido;Unidad;Año;Gestionados;En más tiempo;Media;Mediana;Min;Max
Permiso de obra;Masividad;Ingreso;Permiso;20;días hábiles;2025;100;10;12,80;11;1;40
Permiso de obra;Masividad;Ingreso completo;Permiso;15;días hábiles;2026;120;6;9,5;8;1;31
Certificado;Otra;Pedido;Entrega;-;horas;2026;0;-;-;-;-;-
"""


@pytest.fixture
def with_procedures(house) -> House:
    load_records(institution=house.institution, content=PROCEDURES.encode(), name="t.csv", now=NOW)
    count_all(house.institution, now=LATER)
    return house


def sheet_of_procedures(house: House, year: str):
    book = openpyxl.load_workbook(io.BytesIO(page_of(house, formato="xlsx", anio=year).content))
    heads, *rows = book["Trámites y servicios"].iter_rows(values_only=True)
    return list(heads), [dict(zip(heads, row, strict=True)) for row in rows]


def test_procedures_stand_in_one_row_with_the_years_side_by_side(with_procedures):
    _, (certificate, permit) = sheet_of_procedures(with_procedures, "2026")
    assert permit["nombre_institucion"] == with_procedures.institution.name
    assert permit["hito_de_inicio"] == "Ingreso completo"  # what it is, its latest year says
    assert (
        permit["justificacion_de_la_seleccion_del_tramite_y_o_servicio"]
        == "Masividad (volumen de transacciones)"
    )
    assert permit["tiempo_esperado_para_la_gestion_del_servicio_relevante"] == 15
    assert (permit["2025_promedio"], permit["2026_promedio"], permit["2024_promedio"]) == (12.8, 9.5, "-")
    beyond = "n_transacciones_gestionadas_en_un_plazo_mayor_al_esperado"
    assert (permit[f"2025_{beyond}"], permit[f"2026_{beyond}"]) == (10, 6)
    assert certificate["2026_n_transacciones_gestionadas_en_el_ano"] == 0
    assert certificate["tiempo_esperado_para_la_gestion_del_servicio_relevante"] == "-"


def test_the_sheet_of_procedures_has_the_columns_of_the_states_own_file(with_procedures, sample_data):
    book = openpyxl.load_workbook(sample_data / "chile_cseu_tramites_2022_2025.xlsx", read_only=True)
    theirs = list(next(book.active.iter_rows(values_only=True)))
    ours, _ = sheet_of_procedures(with_procedures, "2025")
    assert ours == theirs


def test_the_sheet_of_procedures_comes_in_again_as_the_same_records(with_procedures, other_house):
    heads, rows = sheet_of_procedures(with_procedures, "2026")
    named = [{**row, "codigo_interno_SCSEU": "", "nombre_institucion": ""} for row in rows]
    lines = [heads, *([("" if cell is None else cell) for cell in row.values()] for row in named)]
    content = "\n".join(";".join(str(cell) for cell in line) for line in lines).encode()
    load_records(institution=other_house.institution, content=content, name="t.csv", now=NOW)
    # Of what was promised the file has the latest only.
    kept = ("key", "year", "reason", "time_unit", "handled", "beyond", "mean", "greatest")
    theirs, ours = (
        set(procedure_records(each.institution).values_list(*kept)) for each in (other_house, with_procedures)
    )
    assert theirs == ours


def test_the_page_shows_the_procedures_of_the_year_and_each_count_opens_its_record(with_procedures):
    page = page_of(with_procedures, anio="2026").content.decode()
    assert "Permiso de obra" in page and "15 días hábiles" in page
    link = re.search(r'href="([^"]*/tramites/[^"]*)">120<', page)
    assert link and with_procedures.client(Role.QUALITY_MANAGER).get(link[1]).status_code == 200
    assert "Permiso de obra" not in page_of(with_procedures, anio="2024").content.decode()


def test_countries_that_ask_for_no_procedures_have_no_such_sheet():
    assert (
        yearly_form("CL").procedures and not yearly_form("PE").procedures and not yearly_form("ES").procedures
    )
