# SPDX-License-Identifier: EUPL-1.2
"""Units and people come from a sheet: looked at first, every problem told at
once, then made and invited, and never twice.
"""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from procrastinate.jobs import JobDeferrer

from siac.accounts.models import User
from siac.accounts.public import Role
from siac.infra.longwork import run_long
from siac.kernel.errors import Refused
from siac.organizations.commands import staffing
from siac.organizations.commands.staffing import forget_old_sheets
from siac.organizations.models import Invitation, Membership, StaffSheet, Unit
from siac.organizations.public import grant_role
from siac.organizations.tasks import load_sheet as job
from tests.factories import NOW, make_house
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db

UNITS = "Código;Nombre de la unidad;Depende de;Correo de la unidad\n"
PEOPLE = "Nombre y apellidos;Correo;Rol;Unidad\n"


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def letters(monkeypatch):
    """What is put into the queue, by task; nothing runs by itself."""
    sent: list[dict] = []
    monkeypatch.setattr(JobDeferrer, "defer", lambda self, **given: sent.append(given))
    return sent


def page(house, end=""):
    return f"/{house.slug}/gestion/configuracion/planilla/{end}"


def bring(house, text, name="planilla.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    client = house.client(Role.ADMINISTRATOR)
    return client.post(page(house), {"sheet": SimpleUploadedFile(name, content)}, follow=True)


def load_sheet(sheet):
    """Do what the job of a sheet does."""
    run_long(staffing.LINE, sheet.pk, staffing.loading, clock=lambda: NOW)


def load(house, text):
    """Bring a sheet, confirm it and do what its job does; return the sheet."""
    bring(house, text)
    sheet = StaffSheet.objects.latest("pk")
    house.client(Role.ADMINISTRATOR).post(page(house, f"{sheet.pk}/cargar/"))
    load_sheet(sheet)
    sheet.refresh_from_db()
    return sheet


def test_the_template_has_heads_an_example_and_what_the_body_has_and_loading_it_changes_nothing(
    house, letters
):
    client = house.client(Role.ADMINISTRATOR)
    content = b"".join(client.get(page(house, "plantilla/libro/")))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Unidades", "Personas"]
    rows = list(book["Unidades"].iter_rows(values_only=True))
    assert rows[0] == ("Código", "Nombre de la unidad", "Depende de", "Correo de la unidad")
    assert "ejemplo" in rows[1][1] and "obras" in {row[0] for row in rows[2:]}
    shown = bring(house, content, "libro.xlsx").content.decode()
    assert "Todo está ya como dice la planilla" in shown and "Cargar</button>" not in shown
    text = b"".join(client.get(page(house, "plantilla/personas/")).streaming_content)
    assert "Todo está ya como dice la planilla" in bring(house, text).content.decode()
    assert client.get(page(house, "plantilla/otra/")).status_code == 404


def test_nothing_is_saved_until_confirmed_then_units_are_made_and_renamed(house, letters):
    text = UNITS + (
        "obras;Obras Municipales;;\nparques;Parques;Obras "
        "Municipales;parques@casa.cl\n;Aseo y Ornato;parques;\n"
    )
    before = Unit.objects.count()
    shown = bring(house, text).content.decode()
    assert "<strong>2</strong> unidades nuevas" in shown and "<strong>1</strong> unidad cambia" in shown
    assert "Cambia: se llamaba «" in shown
    assert Unit.objects.count() == before
    sheet = load(house, text)
    assert (sheet.state, sheet.done, sheet.total, sheet.tables) == ("done", 3, 3, [])
    units = {unit.code: unit for unit in Unit.objects.filter(institution=house.institution)}
    assert units["obras"].name == "Obras Municipales"
    assert units["parques"].parent == units["obras"] and units["parques"].email == "parques@casa.cl"
    assert units["aseo-y-ornato"].parent == units["parques"]
    again = bring(house, text).content.decode()
    assert "Todo está ya como dice la planilla" in again


def test_people_are_invited_once_and_who_works_here_gets_the_role(house, letters):
    officer = house.user(Role.UNIT_OFFICER)
    text = PEOPLE + f"Nora Pérez;nora@casa.cl;Jefatura;obras\n{officer.name};{officer.email};Auditoría;\n"
    shown = bring(house, text).content.decode()
    assert "<strong>1</strong> persona recibe una invitación" in shown and "recibe el rol" in shown
    sheet = load(house, text)
    assert sheet.outcome == {"invite": 1, "grant": 1}
    offered = Invitation.objects.get()
    assert (offered.email, offered.role, offered.unit.code) == ("nora@casa.cl", "head_of_unit", "obras")
    assert not User.objects.filter(email="nora@casa.cl").exists()
    assert Membership.objects.filter(institution=house.institution, user=officer, role="auditor").exists()
    sent = [job for job in letters if "letter" in job]
    assert len(sent) == 1
    load(house, text)
    assert len([job for job in letters if "letter" in job]) == 1 and Invitation.objects.count() == 1


@pytest.mark.parametrize(("mode", "told"), [("smtp", False), ("outbox", True)])
def test_a_sheet_says_before_and_after_when_letters_do_not_go_out(house, letters, monkeypatch, mode, told):
    monkeypatch.setenv("SIAC_MAIL", mode)
    text = PEOPLE + "Nora Pérez;nora@casa.cl;Jefatura;obras\n"
    assert ("no recibirá su carta" in bring(house, text).content.decode()) == told
    sheet = load(house, text)
    done = house.client(Role.ADMINISTRATOR).get(page(house, f"{sheet.pk}/")).content.decode()
    assert "Recibe una invitación: 1" in done and ("quedan sin su carta" in done) == told


def test_a_sheet_that_invites_nobody_says_nothing_of_letters(house, letters, monkeypatch):
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    shown = bring(house, UNITS + "parques;Parques;;\n").content.decode()
    assert "Se crea" in shown and "todavía no envía correo" not in shown


def test_an_account_of_another_body_is_invited_and_stays_as_it_is(house, letters):
    other = make_house("otra")
    held = grant_role(
        institution=other.institution,
        email="eva@otra.cl",
        name="Eva Soto",
        role=Role.AUDITOR,
        unit_id=None,
        actor=None,
        now=NOW,
    )
    text = PEOPLE + "Otra Eva;eva@otra.cl;Auditoría;\nX;nuevo@casa.cl;Auditoría;\n"
    shown = bring(house, text).content.decode()
    assert (
        shown.count("Recibe una invitación") == 2
    )  # nothing tells which of the two has an account elsewhere
    load(house, text)
    held.user.refresh_from_db()
    assert held.user.name == "Eva Soto"
    assert not Membership.objects.filter(institution=house.institution, user=held.user).exists()
    assert Invitation.objects.filter(institution=house.institution, email="eva@otra.cl").exists()


def test_every_problem_of_every_row_is_told_at_once_with_totals_and_the_rest_can_come_in(house, letters):
    text = (
        UNITS
        + (
            "a b;;nadie;mal correo\ndos;Dos;;\ndos;Dos otra "
            "vez;;\nx;X;y;\ny;Y;x;\nhija;Hija;a b;\nbien;Bien;;\n"
        )
        + "\n"
    )
    shown = bring(house, text).content.decode()
    first = (
        "Falta el nombre; el código «a b» solo puede llevar letras sin tilde, números y "
        "guiones, hasta 40; «mal correo» no es un correo; no hay ninguna unidad «nadie»"
    )
    assert first in shown
    assert "el código «dos» está en otra fila" in shown.replace("El código", "el código")
    assert shown.count("Depende de sí misma a través de") == 2
    assert "Depende de «a b», que tiene problemas." in shown
    assert (
        "Código repetido: 2" in shown
        and "Depende de sí misma: 2" in shown
        and "6 filas con problemas" in shown
    )
    sheet = load(house, text)
    assert sheet.outcome == {"create": 1}
    assert Unit.objects.filter(institution=house.institution, code="bien").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";ana@casa.cl;Auditoría;", "Falta el nombre."),
        ("Ana;;Auditoría;", "Falta el correo."),
        ("Ana;ana arroba casa;Auditoría;", "no es un correo."),
        ("Ana;ana@casa.cl;;", "Falta el rol."),
        ("Ana;ana@casa.cl;Sheriff;", "No hay un rol «Sheriff»."),
        ("Ana;ana@casa.cl;Auditoría;nadie", "No hay ninguna unidad «nadie»."),
        ("Ana;ana@casa.cl;Auditoría;\nAna;ANA@casa.cl;Auditoría;", "ya está con ese rol en otra fila."),
        ("Ana;ana@casa.cl;Auditoría;\nEva;ana@casa.cl;Jefatura;obras", "está en otra fila con otro nombre."),
        ("Ana;ana@casa.cl;Sheriff;nadie", "No hay un rol «Sheriff»; no hay ninguna unidad «nadie»."),
    ],
)
def test_what_is_wrong_with_a_person_is_said_in_words(house, letters, row, said):
    assert said in bring(house, PEOPLE + row + "\n").content.decode()


def test_new_units_without_code_get_one_of_their_own_and_no_other_unit_is_taken_for_them(house, letters):
    names = (
        "Atención al Vecino de la Delegación Municipal Norte",
        "Atención al Vecino de la Delegación Municipal Sur",
    )
    text = "Nombre de la unidad;Depende de\n🔥🔥;\n李;\nOBRAS!;\n" + "".join(f"{name};李\n" for name in names)
    load(house, text)
    made = dict(Unit.objects.filter(institution=house.institution).values_list("name", "code"))
    assert (made["🔥🔥"], made["李"], made["OBRAS!"]) == ("unidad", "unidad-2", "obras-2")
    assert made["Obras y mantención"] == "obras"
    assert len({made[name] for name in names}) == 2 and all(len(made[name]) <= 40 for name in names)
    assert "Todo está ya como dice la planilla" in bring(house, text).content.decode()
    again = "Nombre de la unidad;Depende de\nParques;\nPARQUES;\n"
    assert "Código repetido: 2" in bring(house, again).content.decode()


def test_no_name_and_no_mail_is_too_long_for_a_row_and_ends_the_others(house, letters):
    name, mail = "ñ" * 150, f"{'a' * 64}@{'b' * 181}.{'c' * 20}"
    sheet = load(house, UNITS + f"uno;{name};;\ndos;Dos;;{mail}\ntres;{'ﬃ' * 150};;\nbien;Bien;;\n")
    assert (sheet.state, sheet.outcome) == ("done", {"create": 3})
    sheet = load(house, PEOPLE + f"Ana;{mail};Auditoría;\nEva;eva@casa.cl;Auditoría;\n")
    assert (sheet.state, sheet.outcome) == ("done", {"invite": 1})


def test_people_may_have_units_of_the_same_file_and_two_roles(house, letters):
    both = "Nombre;Correo;Rol;Unidad\nAna;ana@casa.cl;Jefatura;Parques\nAna;ana@casa.cl;Profesional;obras\n"
    load(house, UNITS + "parques;Parques;;\n")
    sheet = load(house, both)
    assert sheet.outcome == {"invite": 2}
    assert set(Invitation.objects.values_list("unit__code", "role")) == {
        ("parques", "head_of_unit"),
        ("obras", "unit_officer"),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nada", "No se pudo leer el archivo."),
        (b"uno;dos\n1;2\n", "no tiene una tabla de unidades ni de personas"),
        ((UNITS + "a;A;;\n" * 2001).encode(), "más de 2.000 filas"),
        (b"x" * (5 * 1024 * 1024 + 1), "pasa de 5 MB"),
        (b"", "El archivo está vacío."),
    ],
)
def test_a_file_that_is_no_sheet_says_why_and_leaves_nothing(house, content, said):
    answer = bring(house, content)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not StaffSheet.objects.exists()


def test_a_sheet_is_loaded_once_and_another_bodys_is_not_there(house, letters):
    sheet = load(house, UNITS + "parques;Parques;;\n")
    client = house.client(Role.ADMINISTRATOR)
    again = client.post(page(house, f"{sheet.pk}/cargar/"), follow=True).content.decode()
    assert "ya se cargó" in again and "Se crea: 1" in again
    other = make_house("otra")
    assert other.client(Role.ADMINISTRATOR).get(page(other, f"{sheet.pk}/")).status_code == 404
    assert other.client(Role.ADMINISTRATOR).post(page(other, f"{sheet.pk}/cargar/")).status_code == 404


def test_a_job_that_broke_off_shows_it_and_goes_on_without_doing_anything_twice(house, letters, monkeypatch):
    bring(house, UNITS + "uno;Uno;;\ndos;Dos;;\ntres;Tres;;\n")
    sheet = StaffSheet.objects.get()
    client = house.client(Role.ADMINISTRATOR)
    client.post(page(house, f"{sheet.pk}/cargar/"))
    real = staffing.save_unit

    def stumble(**given):
        if given["code"] == "dos":
            raise RuntimeError
        return real(**given)

    monkeypatch.setattr(staffing, "save_unit", stumble)
    with pytest.raises(RuntimeError):
        job.func(sheet.pk)
    shown = client.get(page(house, f"{sheet.pk}/")).content.decode()
    assert "Se interrumpió</strong> en 1 de 3 filas" in shown and "RuntimeError" in shown
    assert "<strong>2</strong> unidades nuevas" in shown
    monkeypatch.setattr(staffing, "save_unit", real)
    client.post(page(house, f"{sheet.pk}/cargar/"))
    load_sheet(sheet)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, sheet.total, sheet.outcome) == ("done", 3, 3, {"create": 3})


def test_a_row_refused_meanwhile_is_told_and_ends_no_other(house, letters, monkeypatch):
    bring(house, UNITS + "uno;Uno;;\ndos;Dos;;\n")
    sheet = StaffSheet.objects.get()
    house.client(Role.ADMINISTRATOR).post(page(house, f"{sheet.pk}/cargar/"))
    real = staffing.save_unit

    def refuse(**given):
        if given["code"] == "uno":
            raise Refused("code_taken", code="uno")
        return real(**given)

    monkeypatch.setattr(staffing, "save_unit", refuse)
    load_sheet(sheet)
    shown = house.client(Role.ADMINISTRATOR).get(page(house, f"{sheet.pk}/")).content.decode()
    assert "Fila 2: Ya hay una unidad con el código uno." in shown and "Se crea: 1" in shown


def test_a_sheet_that_nobody_confirms_goes_after_a_day(house, letters):
    bring(house, UNITS + "uno;Uno;;\n")
    StaffSheet.objects.update(created_at=NOW)
    assert forget_old_sheets(now=NOW + timedelta(hours=23)) == 0
    assert forget_old_sheets(now=NOW + timedelta(hours=25)) == 1


def test_the_preview_of_many_rows_costs_no_more_than_of_one(house, letters):
    rows = "".join(f"u{n};Unidad {n};;\n" for n in range(300))
    bring(house, UNITS + rows)
    client = house.client(Role.ADMINISTRATOR)
    client.get(page(house))
    with at_most(8):
        client.get(page(house, f"{StaffSheet.objects.get().pk}/"))
