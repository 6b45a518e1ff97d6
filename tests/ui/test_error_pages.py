# SPDX-License-Identifier: EUPL-1.2
"""Every way to fail has a page in Spanish that loses nothing; none of them needs the database."""

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from siac.kernel.errors import Refused
from siac.ui.public import register_refusals

register_refusals({"sample_closed": "La solicitud {folio} está cerrada."})


def broken(request):
    raise OperationalError("the connection is closed")


def unreached(request):
    said = "failed to resolve host 'a.example': not known"
    raise OperationalError(said) from psycopg.OperationalError(said)


def refused(request):
    raise Refused("sample_closed", folio="2025-000123")


def hidden(request):
    raise PermissionDenied("Solo jefaturas.")


def bug(request):
    raise ZeroDivisionError


def read(request):
    return HttpResponse(len(request.POST))


urlpatterns = [
    path("broken", broken),
    path("api/broken", broken),
    path("unreached", unreached),
    path("refused", refused),
    path("hidden", hidden),
    path("bug", bug),
    path("read", read),
    path("", include("siac.config.urls")),
]
handler400 = "siac.ui.views.bad_request"
handler403 = "siac.ui.views.forbidden"
handler404 = "siac.ui.views.not_found"
handler500 = "siac.ui.middleware.server_error"


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/at/all/", 404, "No encontramos esta página"),
        ("/refused", 409, "La solicitud 2025-000123 está cerrada."),
        ("/hidden", 403, "No tiene permiso para ver esto"),
        ("/bug", 500, "Algo falló de nuestro lado"),
        ("/broken", 503, "no está disponible"),
        ("/cuenta/signup/", 404, "No encontramos esta página"),
        ("/cuenta/email/", 404, "No encontramos esta página"),
    ],
)
def test_each_failure_has_its_page(visitor, address, status, words):
    answer = visitor.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert 'lang="es"' in page
    assert "Traceback" not in page


def test_a_page_sent_a_form_it_does_not_take_says_so(visitor):
    answer = visitor.post("/accesibilidad/")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert "no se abre así" in answer.content.decode()


def test_a_form_sent_while_the_database_is_away_is_kept_and_can_be_sent_again(visitor):
    text = 'Se cayó un árbol <script>alert(1)</script> "en la plaza"\n\nAyer.'
    answer = visitor.post("/broken?paso=2", {"text": text, "key": "a1", "csrfmiddlewaretoken": "t" * 32})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "<script>alert" not in page
    assert "Se cayó un árbol &lt;script&gt;" in page
    assert '<form method="post" action="/broken?paso=2">' in page
    assert f'name="csrfmiddlewaretoken" value="{"t" * 32}"' in page
    assert '<textarea name="key" hidden>\na1</textarea>' in page


def test_the_log_of_a_page_of_503_says_why_no_connection_was_made_and_nothing_else(visitor, caplog):
    for address, told in (
        (
            "/unreached",
            "the database does not answer: failed to resolve host 'a.example': not known",
        ),
        ("/broken", "the database does not answer"),
    ):
        caplog.clear()
        visitor.get(address)
        assert [line.getMessage() for line in caplog.records if line.name == "siac.ui.middleware"] == [told]


def test_a_password_is_never_shown_again(visitor):
    page = visitor.post(
        "/broken", {"login": "ana@example.cl", "password": "secreta-secreta"}
    ).content.decode()
    assert "secreta-secreta" not in page
    assert "<form" not in page


def test_programs_get_a_problem_they_can_read(visitor):
    answer = visitor.post("/api/broken", {})
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"


def test_too_many_fields_and_too_much_text_are_413(visitor):
    assert visitor.post("/read", {f"f{n}": "x" for n in range(2001)}).status_code == 413
    big = visitor.post("/read", "x=" + "y" * 17_000_000, content_type="application/x-www-form-urlencoded")
    assert big.status_code == 413
    assert "demasiado grande" in big.content.decode()


def test_a_form_without_token_says_what_to_do():
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(enforce_csrf_checks=True).post("/read", {"a": "b"})
    assert answer.status_code == 403
    assert "demasiado tiempo" in answer.content.decode()


def test_the_colour_of_a_body_is_a_stylesheet_that_cannot_be_broken_out_of(visitor):
    answer = visitor.get("/marca/ffdd00.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert visitor.get("/marca/red;}*{display:none.css").content == visitor.get("/marca/0b4f6c.css").content
