# SPDX-License-Identifier: EUPL-1.2
"""The import wizard, page by page; jobs are run by hand."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from siac.accounts.public import Role
from siac.cases.imports import batches, checking
from siac.cases.models import ImportBatch
from siac.cases.public import Case
from siac.cases.tasks import check_register, load_register, read_register_head
from siac.organizations.models import Membership
from tests.cases_imports.conftest import HEADER, loaded, make_body, make_user

ROWS = "1;02/10/2023;Aceras;Hay un hoyo;cerrada\n2;03/10/2023;Aceras;Otro hoyo;abierta\n"


@pytest.fixture
def manager(body, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(
        make_user(body, Role.QUALITY_MANAGER), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def base(body) -> str:
    return reverse("workspace:cases:imports", args=[body.slug])


def send(client, base, content: bytes, name: str = "registro.csv"):
    return client.post(f"{base}nueva/", {"register": SimpleUploadedFile(name, content), "sort": "cases"})


def choose(client, batch, base, **changes):
    form = client.get(f"{base}{batch.pk}/columnas/").context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()}
    told = {"kind_fixed": "queja", "filed_at_format": "dmy", **changes}
    return client.post(f"{base}{batch.pk}/columnas/", {**data, **told})


def test_from_the_file_to_the_list(manager, base, body):
    assert send(manager, base, (HEADER + ROWS).encode()).status_code == 302
    batch = ImportBatch.objects.get()
    assert choose(manager, batch, base).status_code == 302
    assert "En cola" in manager.get(f"{base}{batch.pk}/").content.decode()
    check_register(batch.pk)
    shown = manager.get(f"{base}{batch.pk}/").content.decode()
    assert "Cargar 2 solicitudes" in shown
    assert "Hay un hoyo" in shown
    assert manager.post(f"{base}{batch.pk}/cargar/").status_code == 302
    load_register(batch.pk)
    load_register(batch.pk)  # a job that is run again does nothing
    assert Case.objects.filter(batch=batch).count() == 2
    page = manager.get(f"{base}{batch.pk}/")
    listed = manager.get(page.context["list_url"]).content.decode()
    assert "Importación: registro.csv" in listed
    assert "Otro hoyo" in listed
    assert "registro.csv" in manager.get(base).content.decode()


def test_whoever_only_administers_is_led_to_no_list_they_may_not_open(body, base, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(
        make_user(body, Role.ADMINISTRATOR), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    batch = loaded(body, (HEADER + ROWS).encode())
    page = client.get(f"{base}{batch.pk}/")
    assert page.context["list_url"] == ""
    assert "2 solicitudes" in page.content.decode() and "Con su rol no se leen" in page.content.decode()


def test_the_columns_are_remembered_for_the_next_file(manager, base):
    send(manager, base, (HEADER + ROWS).encode())
    choose(manager, ImportBatch.objects.get(), base, filed_at_format="mdy")
    send(manager, base, (HEADER + ROWS).encode())
    form = manager.get(f"{base}{ImportBatch.objects.latest('pk').pk}/columnas/").context["form"]
    assert form.fields["filed_at_format"].initial == "mdy"


def test_dates_that_can_be_read_in_two_ways_are_asked(manager, base):
    send(manager, base, (HEADER + ROWS).encode())
    page = choose(manager, ImportBatch.objects.get(), base, filed_at_format="")
    assert page.status_code == 422
    assert "diga cuál es el orden" in page.content.decode()


def test_the_first_rows_are_shown_and_read_from_another_row(manager, base):
    send(manager, base, ("Título;del;registro;a;b\n" + HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    assert batch.headers[0] == "Título"
    page = manager.get(f"{base}{batch.pk}/archivo/").content.decode()
    assert "Hay un hoyo" in page
    assert manager.post(f"{base}{batch.pk}/archivo/", {"header": "2", "encoding": ""}).status_code == 302
    batch.refresh_from_db()
    assert batch.headers == ["Número", "Fecha", "Tema", "Texto", "Estado"]
    assert choose(manager, batch, base).status_code == 302


def test_a_sheet_of_a_workbook_is_chosen_and_read_by_the_worker(manager, base):
    book = Workbook()
    book.active.title = "2025"
    for sheet in (book.active, book.create_sheet("2026")):
        sheet.append(["Número", "Fecha", f"Texto {sheet.title}"])
        sheet.append([1, "02/10/2023", "Hola"])
    target = io.BytesIO()
    book.save(target)
    send(manager, base, target.getvalue(), "registro.xlsx")
    batch = ImportBatch.objects.get()
    read_register_head(batch.pk)
    assert manager.post(f"{base}{batch.pk}/archivo/", {"header": "0", "sheet": "2026"}).status_code == 302
    read_register_head(batch.pk)
    batch.refresh_from_db()
    assert batch.headers == ["Número", "Fecha", "Texto 2026"]


def test_words_that_the_body_does_not_know_are_listed_and_given_a_meaning(manager, base):
    content = HEADER + "1;02/10/2023;Aceras;Hay un hoyo;a medias\n2;13/10/2023;Aceras;Otro;a medias\n"
    send(manager, base, content.encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    page = manager.get(f"{base}{batch.pk}/").content.decode()
    assert "No se conoce su estado" in page
    assert (
        f'<a class="govuk-button" href="{base}{batch.pk}/valores/"' in page
    )  # the way on, before leaving them out
    assert "«a medias» (2)" in manager.get(f"{base}{batch.pk}/valores/").content.decode()
    answer = manager.post(f"{base}{batch.pk}/valores/", {"state_0": "closed", "topic_0": ""})
    assert answer.status_code == 302
    check_register(batch.pk)
    batch.refresh_from_db()
    assert (batch.total, batch.rows_rejected) == (2, 0)


def test_columns_that_are_not_used_are_shown(manager, base):
    send(manager, base, b"numero;fecha;texto;aux 7\n1;13/10/2023;Hoyo;zzz\n")
    batch = ImportBatch.objects.get()
    assert "no se usan por ahora: aux 7" in manager.get(f"{base}{batch.pk}/columnas/").content.decode()


def test_bad_rows_must_be_left_out_knowingly_and_can_be_downloaded(manager, base):
    send(manager, base, (HEADER + ROWS + "3;nunca;A;=1+1;cerrada\n").encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    assert "Cargar solo las correctas (2)" in manager.get(f"{base}{batch.pk}/").content.decode()
    manager.post(f"{base}{batch.pk}/cargar/")
    batch.refresh_from_db()
    assert batch.state == "checked"
    content = b"".join(manager.get(f"{base}{batch.pk}/rechazadas/")).decode("utf-8-sig")
    assert "4;«nunca» no es una fecha" in content
    assert "'=1+1" in content
    manager.post(f"{base}{batch.pk}/cargar/", {"solo_correctas": "si"})
    load_register(batch.pk)
    batch.refresh_from_db()
    assert (batch.rows_loaded, batch.rows_rejected) == (2, 1)


def test_nobody_loads_a_register_that_somebody_checked_anew_with_other_columns(manager, base):
    send(manager, base, (HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    visto = re.compile(r'name="visto" value="(\w{64})"')
    seen = visto.search(manager.get(f"{base}{batch.pk}/").content.decode())[1]
    choose(manager, batch, base, topic_0="")
    check_register(batch.pk)
    late = manager.post(f"{base}{batch.pk}/cargar/", {"visto": seen}, follow=True).content.decode()
    assert "Lo que iba a aprobar cambió desde que usted lo miró" in late
    batch.refresh_from_db()
    assert batch.state == "checked"
    manager.post(f"{base}{batch.pk}/cargar/", {"visto": visto.search(late)[1]})
    load_register(batch.pk)
    batch.refresh_from_db()
    assert batch.rows_loaded == 2


def test_a_register_that_waits_for_its_job_is_not_loaded_for_who_may_import_no_more(manager, base, body):
    """Until another takes it up: then it is loaded in their name."""
    send(manager, base, (HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    manager.post(f"{base}{batch.pk}/cargar/")
    Membership.objects.all().delete()
    with pytest.raises(PermissionDenied):
        load_register(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "failed" and not Case.objects.exists()
    other = make_user(body, Role.QUALITY_MANAGER, "otra@villa.test")
    manager.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    manager.post(f"{base}{batch.pk}/cargar/")
    load_register(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_loaded, batch.created_by_id) == ("done", 2, other.pk)


def test_nobody_loads_a_register_whose_check_with_other_columns_broke_off(manager, base, monkeypatch):
    send(manager, base, (HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    seen = manager.get(f"{base}{batch.pk}/").context["seen"]
    choose(manager, batch, base, topic_0="")
    with monkeypatch.context() as patch:
        patch.setattr(checking, "Report", broken)
        with pytest.raises(ZeroDivisionError):
            check_register(batch.pk)
    page = manager.get(f"{base}{batch.pk}/")
    assert "Cargar" not in page.content.decode() and "Cambiar las" in page.content.decode()
    for sent in ({"visto": seen}, {"visto": page.context["seen"]}, {}):
        late = manager.post(f"{base}{batch.pk}/cargar/", sent, follow=True).content.decode()
        assert "no está lista para eso" in late
    load_register(batch.pk)
    assert not Case.objects.exists()


@pytest.mark.parametrize("broken_in", ["head", "check"])
def test_a_reading_or_a_check_that_broke_off_is_taken_up_by_a_button(manager, base, monkeypatch, broken_in):
    book = Workbook()
    book.active.append(["Número", "Fecha", "Tema", "Texto", "Estado"])
    book.active.append([1, "02/10/2023", "Aceras", "Hay un hoyo", "cerrada"])
    target = io.BytesIO()
    book.save(target)
    send(manager, base, target.getvalue(), "registro.xlsx")
    batch = ImportBatch.objects.get()
    works = {
        "head": (batches, "read_beginning", read_register_head),
        "check": (checking, "Report", check_register),
    }
    if broken_in == "check":
        read_register_head(batch.pk)
        batch.refresh_from_db()
        choose(manager, batch, base)
    place, name, work = works[broken_in]
    with monkeypatch.context() as patch:
        patch.setattr(place, name, broken)
        with pytest.raises(ZeroDivisionError):
            work(batch.pk)
    page = manager.get(f"{base}{batch.pk}/").content.decode()
    assert (
        "Puede intentarlo de nuevo" in page
        and "una falla del sistema" in page
        and f'action="{base}{batch.pk}/seguir/"' in page
    )
    assert manager.post(f"{base}{batch.pk}/seguir/").status_code == 302
    late = manager.post(f"{base}{batch.pk}/seguir/", follow=True).content.decode()  # in another tab
    assert "no está lista para eso" in late
    work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == {"head": "uploaded", "check": "checked"}[broken_in]


def test_what_broke_off_before_its_columns_were_read_is_erased_after_a_month_and_offered_no_more(
    manager, base, monkeypatch
):
    book = Workbook()
    book.active.append(["Número", "Fecha", "Texto"])
    target = io.BytesIO()
    book.save(target)
    send(manager, base, target.getvalue(), "registro.xlsx")
    batch = ImportBatch.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(batches, "read_beginning", broken)
        with pytest.raises(ZeroDivisionError):
            read_register_head(batch.pk)
    batches.forget_old_batches(now=batch.created_at + timedelta(days=29))
    assert batches.kept_file(batch) is not None
    assert batches.forget_old_batches(now=batch.created_at + timedelta(days=31)) == 1
    assert batches.kept_file(batch) is None
    assert batches.forget_old_batches(now=batch.created_at + timedelta(days=32)) == 0
    page = manager.get(f"{base}{batch.pk}/").content.decode()
    assert "Súbalo otra vez" in page and "/seguir/" not in page and "Puede intentarlo" not in page


def test_a_checked_register_whose_file_is_gone_offers_no_load(manager, base):
    send(manager, base, (HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    choose(manager, batch, base)
    check_register(batch.pk)
    assert "Cargar 2 solicitudes" in manager.get(f"{base}{batch.pk}/").content.decode()
    batches.forget_old_batches(now=batch.created_at + timedelta(days=31))
    page = manager.get(f"{base}{batch.pk}/").content.decode()
    assert "Cargar 2" not in page and "Súbalo otra vez" in page


def broken(*args: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("foto.png", b"\x89PNG\x00\x00", "Suba un archivo CSV o XLSX"),
        ("vacio.csv", b"Numero;Fecha\n", "ninguna fila"),
        ("sin.csv", b"1;2\n3;4\n", "no es un encabezado"),
        ("falso.xlsx", b"PK\x03\x04falso", "no es un libro de Excel"),
    ],
)
def test_what_is_no_register_is_told_at_once(manager, base, name, content, why):
    answer = send(manager, base, content, name)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_workbook_is_read_by_the_worker(manager, base):
    book = Workbook()
    book.active.append(["Número", "Fecha", "Texto"])
    book.active.append([1, "02/10/2023", "Hola"])
    target = io.BytesIO()
    book.save(target)
    send(manager, base, target.getvalue(), "registro.xlsx")
    batch = ImportBatch.objects.get()
    assert "En cola" in manager.get(f"{base}{batch.pk}/").content.decode()
    read_register_head(batch.pk)
    batch.refresh_from_db()
    assert batch.headers == ["Número", "Fecha", "Texto"]


def test_thirty_megabytes_are_taken(manager, base):
    row = "{};02/10/2023;Aceras;" + "hoyo " * 1200 + ";cerrada\n"
    content = HEADER + "".join(row.format(number) for number in range(5200))
    assert len(content) > 30_000_000
    assert send(manager, base, content.encode()).status_code == 302


def test_others_stay_out(manager, base, body, client):
    send(manager, base, (HEADER + ROWS).encode())
    batch = ImportBatch.objects.get()
    other = make_body("otra")
    client.force_login(
        make_user(other, Role.QUALITY_MANAGER, "otra@otra.test"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(base.replace("villa", "otra") + f"{batch.pk}/").status_code == 404
    assert client.get(f"{base}{batch.pk}/").status_code == 403
    client.force_login(
        make_user(body, Role.FRONT_DESK, "meson@villa.test"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(f"{base}{batch.pk}/").status_code == 403
    assert client.post(f"{base}nueva/").status_code == 403


def test_a_file_with_thousands_of_columns_is_refused_before_any_page_lists_them(manager, base):
    wide = ";".join(f"c{n}" for n in range(3000))
    page = send(manager, base, f"{wide}\n{wide}\n".encode())
    assert page.status_code == 422
    assert "3000 columnas; el máximo es 200" in page.content.decode()
