# SPDX-License-Identifier: EUPL-1.2
"""A body can be opened: on the terminal, asking for what is missing, or once in
the browser with the code of the server.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from siac.accounts.models import User
from siac.organizations import terminal
from siac.organizations.domain.zones import zone_of
from siac.organizations.first_run_code import first_run_code, first_run_notice
from siac.organizations.models import Institution, Membership
from siac.organizations.terminal import Keyboard

pytestmark = pytest.mark.django_db
PASSWORD = "una clave bien larga"
BODY = {"name": "Municipalidad de Ovalle", "short_name": "Ovalle", "slug": "ovalle", "place": "CL-CO"}
PERSON = {"persona-name": "Ana Rojas", "persona-email": "ana@ovalle.example", "persona-password": PASSWORD}


def run(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def at_the_keyboard(monkeypatch):
    """Let a person answer what is asked, in order; return what they were told."""

    def answer(*lines):
        waiting, told = list(lines), []

        def read(prompt):
            told.append(prompt)
            return waiting.pop(0)

        made = Keyboard(read, read, told.append)
        for module in (
            "siac.organizations.management.commands.admin",
            "siac.config.management.commands.institution",
        ):
            monkeypatch.setattr(f"{module}.keyboard", lambda: made)
        return told

    return answer


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("CL-CO", "America/Santiago"),
        ("CL", "America/Santiago"),
        ("CL-MA", "America/Punta_Arenas"),
        ("CL-12101", "America/Punta_Arenas"),
        ("CL-11201", "America/Coyhaique"),
        ("CL-05201", "Pacific/Easter"),
        ("PE-LIM", "America/Lima"),
        ("ES-MD+28079", "Europe/Madrid"),
        ("ES-CN", "Atlantic/Canary"),
        ("ES-38038", "Atlantic/Canary"),
        ("ES-MD,ES-CN", "Europe/Madrid"),
    ],
)
def test_the_hour_follows_from_the_place(place, zone):
    assert zone_of(place) == zone


def test_a_body_is_opened_by_options_alone():
    said = run("institution", "create", **BODY, phone="+56 53 200 0000", office_closes_at="17:30")
    body = Institution.objects.get()
    assert (body.jurisdiction, body.time_zone, body.place) == ("CL", "America/Santiago", "CL-CO")
    assert f"{body.office_closes_at:%H:%M}" == "17:30" and body.brand_colour == "#0b4f6c"
    assert "/ovalle/" in said and "siac admin create" in said


def test_what_is_missing_is_asked_until_it_is_right(at_the_keyboard):
    told = at_the_keyboard("Ovalle", "Con Espacios", "gestion", "ovalle", "Narnia", "coquimbo")
    run("institution", "create", name="Municipalidad de Ovalle")
    assert Institution.objects.get().place == "CL-CO"
    assert any("minúsculas" in line for line in told)
    assert any("reservada" in line for line in told)
    assert any("No se reconoce el lugar" in line for line in told)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "api"}, "reservada"),
        ({"slug": "Ovalle!"}, "--slug"),
        ({"place": "CL-XX"}, "No se reconoce"),
        ({"place": "ES-MD+28999"}, "No hay calendario"),
        ({"time_zone": "Luna/Mar"}, "zona horaria"),
        ({"brand_colour": "azul"}, "color"),
        ({"email": "no"}, "--email"),
        ({"office_closes_at": "tarde"}, "--office-closes-at"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(wrong, said):
    with pytest.raises(CommandError, match=said):
        run("institution", "create", **{**BODY, **wrong})
    assert not Institution.objects.exists()


def test_an_address_left_out_is_made_of_the_short_name_and_a_place_is_found_without_its_accents(
    at_the_keyboard,
):
    told = at_the_keyboard("Ñuñoa Sur", "", "Quilpué", "VALPARAISO")
    run("institution", "create", name="Municipalidad de Ñuñoa Sur")
    body = Institution.objects.get()
    assert (body.slug, body.place) == ("nunoa-sur", "CL-VS")
    assert any("«Quilpué»" in line and "escriba su región" in line for line in told)


def test_whoever_leaves_at_a_question_is_told_that_nothing_was_kept(monkeypatch):
    def leave(prompt):
        raise EOFError

    made = Keyboard(leave, leave, lambda line: None)
    monkeypatch.setattr("siac.config.management.commands.institution.keyboard", lambda: made)
    with pytest.raises(CommandError, match="no se guardó nada"):
        run("institution", "create", name="Municipalidad de Ovalle")
    assert not Institution.objects.exists()


def test_a_script_without_a_password_is_told_how_to_give_one(monkeypatch):
    run("institution", "create", **BODY)
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match="--password-stdin, SIAC_ADMIN_PASSWORD"):
        run("admin", "create", email="ana@ovalle.example", name="Ana Rojas")


def test_a_wrong_address_of_mail_is_told_once(at_the_keyboard):
    run("institution", "create", **BODY)
    told = at_the_keyboard("ana", "ana@ovalle.example", "Ana Rojas", PASSWORD, PASSWORD)
    said = run("admin", "create")
    (wrong,) = [line for line in told if line.startswith("  ")]
    assert wrong.count("correo") == 1
    assert "/ovalle/gestion/" in said


def test_a_script_is_told_all_that_is_missing(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    assert terminal.keyboard() is None
    with pytest.raises(CommandError, match=r"--short-name, --slug, --place"):
        run("institution", "create", name="Municipalidad de Ovalle")


def test_an_address_is_of_one_body():
    run("institution", "create", **BODY)
    with pytest.raises(CommandError, match="Ya hay un organismo"):
        run("institution", "create", **BODY)


def test_an_administrator_types_the_password_twice_and_signs_in(at_the_keyboard):
    run("institution", "create", **BODY)
    told = at_the_keyboard("ana@ovalle.example", "Ana Rojas", "corta", PASSWORD, "otra", PASSWORD, PASSWORD)
    run("admin", "create")
    assert any("doce" in line for line in told) and any("No son iguales" in line for line in told)
    browser = Client()
    browser.post("/cuenta/login/", {"login": "ana@ovalle.example", "password": PASSWORD})
    assert browser.get("/ovalle/gestion/configuracion/unidades/").status_code == 200


@pytest.mark.parametrize("way", ["stdin", "environment", "file"])
def test_a_password_is_never_an_option(monkeypatch, tmp_path, way):
    run("institution", "create", **BODY)
    kept = tmp_path / "clave"
    kept.write_text(PASSWORD + "\n")
    monkeypatch.setattr("sys.stdin", StringIO(PASSWORD + "\n"))
    if way == "environment":
        monkeypatch.setenv("SIAC_ADMIN_PASSWORD", PASSWORD)
    if way == "file":
        monkeypatch.setenv("SIAC_ADMIN_PASSWORD_FILE", str(kept))
    run("admin", "create", email="Ana@Ovalle.example", name="Ana Rojas", password_stdin=way == "stdin")
    assert User.objects.get(email="ana@ovalle.example").check_password(PASSWORD)


def test_an_account_that_stands_keeps_name_and_password():
    run("institution", "create", **BODY)
    User.objects.create_user("ana@ovalle.example", name="Ana Rojas", password=PASSWORD)
    run("admin", "create", email="ana@ovalle.example", name="Otra")
    user = User.objects.get()
    assert user.name == "Ana Rojas" and user.check_password(PASSWORD)
    with pytest.raises(CommandError, match="ya tiene ese rol"):
        run("admin", "create", email="ana@ovalle.example")


def test_of_several_bodies_one_must_be_named():
    with pytest.raises(CommandError, match="institution create"):
        run("admin", "create", email="a@b.example")
    run("institution", "create", **BODY)
    run("institution", "create", **{**BODY, "slug": "otra"})
    with pytest.raises(CommandError, match="--institution"):
        run("admin", "create", email="a@b.example")


def claim(browser, **changes):
    typed = {**BODY, **PERSON, "code": first_run_code(), **changes}
    return browser.post("/empezar/", typed)


def test_the_first_page_opens_body_and_account_once_and_signs_in():
    browser = Client()
    assert browser.get("/")["Location"] == "/empezar/"
    assert "no-store" in browser.get("/empezar/")["Cache-Control"]
    done = claim(browser, code=first_run_code().lower().replace("-", " "))
    assert done["Location"] == "/ovalle/gestion/"
    assert browser.get("/ovalle/gestion/configuracion/unidades/").status_code == 200
    held = Membership.objects.get()
    assert held.role == "administrator" and held.institution.slug == "ovalle"
    stranger = Client()
    assert stranger.get("/empezar/").status_code == 302
    claim(stranger, slug="robada")
    assert Institution.objects.count() == User.objects.count() == 1


def test_a_passer_by_without_the_code_opens_nothing_and_keeps_what_was_typed():
    page = claim(Client(), code="AAAA-BBBB-CCCC")
    assert page.status_code == 422 and "Municipalidad de Ovalle" in page.content.decode()
    assert not Institution.objects.exists() and not User.objects.exists()


def test_the_code_cannot_be_guessed_by_trying(settings):
    statuses = {claim(Client(), code=f"AAAA-BBBB-{number:04}").status_code for number in range(25)}
    assert 429 in statuses


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "api"}, "reservada"),
        ({"place": "CL-XX"}, "Escoja"),
        ({"persona-password": "corta"}, "doce"),
        ({"persona-email": "no"}, "correo"),
    ],
)
def test_the_first_page_says_what_is_wrong(wrong, said):
    page = claim(Client(), **wrong)
    assert page.status_code == 422 and said in page.content.decode()
    assert not Institution.objects.exists()


def test_the_server_tells_the_code_only_while_nobody_is_there():
    assert first_run_code() in first_run_notice()
    User.objects.create_user("ana@ovalle.example", name="Ana Rojas")
    assert first_run_notice() == ""
