# SPDX-License-Identifier: EUPL-1.2
"""A citizen files through the pages: what goes in comes out, and what is wrong is said without losing
a word.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import Case, FilingDraft
from siac.cases.portal.following import TRIES_PER_CODE
from siac.cases.queries import messages_of
from siac.documents.models import Attachment
from siac.people.public import PersonData
from tests.factories import ANONYMOUS, PDF, answer, file, upload

TYPED = {
    "subject": "Agua en la calle",
    "body": "Se inundó la calle frente a la escuela.",
    "q_donde": "Calle Larga 12",
    "given_names": "María",
    "family_names": "Ñanco",
    "email": "maria@ejemplo.org",
    "document_type": "rut",
    "document_number": "12.345.678-5",
}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def fill(client, house, kind="reclamo", **changes):
    return client.post(f"/{house.slug}/solicitud/{kind}/", {**TYPED, **changes})


def send(client, house, **changes) -> Case:
    check = fill(client, house, **changes)["Location"]
    receipt = client.post(check)
    assert receipt.status_code == 302, receipt.content.decode()
    return Case.objects.order_by("-pk")[0]


def test_choose_fill_check_send_receipt(client, house):
    assert "Quiero reclamar" in client.get(f"/{house.slug}/solicitud/").content.decode()
    assert "¿Dónde ocurrió?" in client.get(f"/{house.slug}/solicitud/reclamo/").content.decode()
    filled = fill(client, house, attachments=[upload("foto.pdf")])
    assert filled.status_code == 302
    assert not Case.objects.exists()
    shown = client.get(filled["Location"]).content.decode()
    for text in ("Se inundó la calle", "Calle Larga 12", "María Ñanco", "foto.pdf"):
        assert text in shown
    sent = client.post(filled["Location"])
    case = Case.objects.get()
    for _ in range(2):  # the receipt survives a reload
        receipt = client.get(sent["Location"])
        assert receipt.status_code == 200
        assert case.code in receipt.content.decode()
        assert case.folio in receipt.content.decode()
    assert Attachment.objects.get(subject_type="case").subject_id == case.pk
    paper = client.get(sent["Location"] + "pdf/")
    assert paper["Content-Type"] == "application/pdf"


def test_sending_twice_files_once(client, house):
    check = fill(client, house)["Location"]
    first, second = client.post(check), client.post(check)
    assert first["Location"].split(":")[0] == second["Location"].split(":")[0]
    assert Case.objects.count() == 1


def test_a_sent_draft_is_empty_and_opens_its_receipt_only_in_the_browser_that_wrote_it(client, house):
    check = fill(client, house)["Location"]
    receipt = client.post(check)["Location"]
    case = Case.objects.get()
    assert bytes(FilingDraft.objects.get().sealed) == b""
    again = client.post(check)
    assert (again.status_code, again["Location"]) == (302, receipt)
    stranger = Client()
    for address in (check, receipt, receipt + "pdf/"):
        for method in (stranger.get, client.__class__().post):
            answered = method(address)
            assert answered.status_code in (405, 410), address
            assert case.code not in answered.content.decode()
    key = check.rstrip("/").rsplit("/", 1)[1]
    form = client.get(f"/{house.slug}/solicitud/reclamo/?borrador={key}").content.decode()
    assert TYPED["body"] not in form
    assert fill(client, house, borrador=key)["Location"] != check


def test_what_somebody_typed_opens_in_no_other_browser(client, house):
    check = fill(client, house)["Location"]
    key = check.rstrip("/").rsplit("/", 1)[1]
    stranger = Client()
    form = f"/{house.slug}/solicitud/reclamo/?borrador={key}"
    assert TYPED["body"] in client.get(form).content.decode()
    assert TYPED["body"] not in stranger.get(form).content.decode()
    assert stranger.get(check).status_code == stranger.post(check).status_code == 410
    assert fill(stranger, house, borrador=key, body="Otra persona escribe.")["Location"] != check
    assert "Se inundó la calle" in client.get(check).content.decode()


def test_leaving_closes_the_followed_case_the_receipt_and_the_drafts(client, house):
    receipt = client.post(fill(client, house)["Location"])["Location"]
    draft = fill(client, house)["Location"]
    case = Case.objects.get()
    assert track(client, house, case.code, "maria@ejemplo.org").status_code == 302
    tracking = f"/{house.slug}/seguimiento/solicitud/"
    for address in (tracking, receipt):
        page = client.get(address)
        assert page.status_code == 200 and "no-store" in page["Cache-Control"]
        assert ">Salir<" in page.content.decode()
    assert "Salió" in client.post(f"/{house.slug}/seguimiento/salir/").content.decode()
    assert client.get(tracking).status_code == 302
    assert client.get(receipt).status_code == client.get(draft).status_code == 410


def test_the_tries_of_one_code_are_counted_from_wherever_they_come(house):
    case = file(house)
    typed = [case.code, case.code.lower(), case.code.replace("-", " ")]
    for n in range(TRIES_PER_CODE):
        refused = track(Client(REMOTE_ADDR=f"203.0.113.{n}"), house, typed[n % 3], f"{n:04d}")
        assert refused.status_code == 422
    assert track(Client(REMOTE_ADDR="203.0.113.99"), house, case.code, "6785").status_code == 429
    other = file(house)
    assert track(Client(REMOTE_ADDR="203.0.113.99"), house, other.code, "6785").status_code == 302


def test_going_back_to_change_keeps_text_and_files(client, house):
    check = fill(client, house, attachments=[upload("uno.pdf")])["Location"]
    key = check.rstrip("/").rsplit("/", 1)[1]
    again = client.get(f"/{house.slug}/solicitud/reclamo/?borrador={key}").content.decode()
    assert "Se inundó la calle" in again
    assert "uno.pdf" in again
    changed = fill(
        client, house, borrador=key, body="Otro texto", attachments=[upload("dos.pdf", PDF + b"%2\n")]
    )
    assert changed["Location"] == check
    client.post(check)
    case = Case.objects.get()
    assert case.text.body == "Otro texto"
    assert {a.name for a in Attachment.objects.filter(subject_type="case", subject_id=case.pk)} == {
        "uno.pdf",
        "dos.pdf",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": ""}, "Cuéntenos qué pasó o qué pide."),
        ({"subject": ""}, "Escriba de qué se trata."),
        ({"q_donde": ""}, "¿Dónde ocurrió?"),
        ({"given_names": ""}, "Escriba su nombre o el de la organización."),
        ({"email": ""}, "Indique un correo, un teléfono o una dirección"),
        ({"email": "maria@"}, "Escriba un correo completo"),
        ({"document_number": "12.345.678-9"}, "no es correcto: revise el dígito"),
        ({"document_type": ""}, "Elija el tipo de documento."),
        ({"body": "a" * (10 * 1024 * 1024)}, "demasiado largo"),
        ({"q_cuando_day": "31", "q_cuando_month": "2", "q_cuando_year": "2026"}, "Esa fecha no existe."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_text_stays(client, house, changes, sentence):
    response = fill(client, house, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert changes.get("body", TYPED["body"]) in page
    assert not Case.objects.exists()
    assert not FilingDraft.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("informe.pdf", b"MZ\x90\x00" + b"\x00" * 200)], "informe.pdf"),
        ([(f"f{n}.pdf", PDF + bytes([n])) for n in range(200)], "20"),
        ([("vacio.pdf", b"")], "vac"),
    ],
)
def test_files_that_are_not_taken_keep_the_text(client, house, files, sentence):
    response = fill(client, house, attachments=[upload(name, content) for name, content in files])
    page = response.content.decode()
    assert response.status_code == 422, page
    assert sentence in page
    assert TYPED["body"] in page
    assert not Attachment.objects.exists()


def test_an_anonymous_request_where_the_kind_admits_it(client, house):
    nobody = {"given_names": "", "family_names": "", "email": "", "document_number": "", "document_type": ""}
    refused = fill(client, house, anonima="si", **nobody)
    assert refused.status_code == 422
    check = fill(client, house, "sugerencia", anonima="si", **nobody)["Location"]
    assert "Anónima" in client.get(check).content.decode()
    client.post(check)
    case = Case.objects.get()
    assert case.person_id is None
    page = client.post(f"/{house.slug}/seguimiento/", {"code": case.code})
    assert page.status_code == 302


def test_a_draft_of_yesterday_is_gone_and_says_so(client, house):
    check = fill(client, house)["Location"]
    FilingDraft.objects.update(created_at=timezone.now() - timedelta(hours=25))
    gone = client.post(check)
    assert gone.status_code == 410
    assert "Ya no está lo que escribió" in gone.content.decode()
    assert not Case.objects.exists()


def track(client, house, code, second=""):
    return client.post(f"/{house.slug}/seguimiento/", {"code": code, "second_factor": second})


@pytest.mark.parametrize("second", ["maria@ejemplo.org", "MARIA@ejemplo.org ", "6785", "678-5"])
def test_the_code_and_a_second_factor_open_the_case(client, house, second):
    case = file(
        house,
        who=PersonData(
            given_names="M", email="maria@ejemplo.org", document_type="rut", document_number="12345678-5"
        ),
    )
    assert track(client, house, case.code.lower().replace("-", " "), second).status_code == 302
    page = client.get(f"/{house.slug}/seguimiento/solicitud/").content.decode()
    assert case.folio in page
    assert "Por qué ese día" in page


def test_wrong_codes_and_factors_look_alike(client, house, other_house):
    case = file(house)
    tries = [
        track(client, house, case.code, "otra@ejemplo.org"), track(client, house, case.code, ""),
        track(client, house, "R3K2-WNP5-M7QX", "x"), track(client, house, "nada"),
        track(client, other_house, case.code, "6785"),
    ]  # fmt: skip
    for response in tries:
        assert response.status_code == 422
        assert "No encontramos una solicitud con esos datos" in response.content.decode()
    assert client.get(f"/{house.slug}/seguimiento/solicitud/").status_code == 302
    assert client.get(f"/{other_house.slug}/seguimiento/solicitud/").status_code == 302


def follow(client, house, case):
    assert track(client, house, case.code).status_code == 302
    return f"/{house.slug}/seguimiento/solicitud/"


def test_the_citizen_completes_contests_and_rates(client, house):
    now = timezone.now()
    case = file(
        house, who=ANONYMOUS, kind="denuncia", now=now - timedelta(days=1), unit_id=house.units["obras"]
    )
    base = follow(client, house, case)
    assert client.post(base + "antecedentes/", {"body": ""}).status_code == 422
    assert client.post(base + "antecedentes/", {"body": "Fue el lunes."}).status_code == 302
    answer(house, case, now=timezone.now())
    assert client.post(base + "calificacion/", {"rating": "9"}).status_code == 422
    assert client.post(base + "calificacion/", {"rating": "2", "comment": "Tarde"}).status_code == 302
    assert client.post(base + "calificacion/", {"rating": "5"}).status_code == 422
    assert client.post(base + "revision/", {"body": "Sigue igual."}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.rating, case.reviews) == ("with_unit", 2, 1)
    bodies = [message.body for message in messages_of(case, for_citizen=True)]
    assert bodies == ["Fue el lunes.", "Ya se limpió el desagüe.", "Tarde", "Sigue igual."]


def test_contesting_after_the_window_is_refused_with_the_day(client, house):
    case = answer(
        house,
        file(house, who=ANONYMOUS, kind="denuncia", now=timezone.now() - timedelta(days=60)),
        now=timezone.now() - timedelta(days=50),
    )
    base = follow(client, house, case)
    refused = client.post(base + "revision/", {"body": "Sigue igual."})
    assert refused.status_code == 422
    assert f"{case.contest_until:%d-%m-%Y}" in refused.content.decode()
    case.refresh_from_db()
    assert case.state == "answered"


def test_good_files_outlive_an_error_anywhere_in_the_form_and_can_be_taken_away(client, house):
    bad = SimpleUploadedFile("foto.pdf", b"MZ" + b"\x00" * 500)
    refused = fill(client, house, subject="", attachments=[upload("uno.pdf"), bad])
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "El contenido de «foto.pdf»" in page
    assert "Archivos ya guardados" in page
    key = FilingDraft.objects.get().key
    assert key in page
    uno = Attachment.objects.get()
    other = fill(
        client, house, borrador=key, email="roto", quitar=[str(uno.pk)], attachments=[upload("dos.pdf")]
    )
    assert "uno.pdf" not in other.content.decode()
    client.post(fill(client, house, borrador=key)["Location"])
    kept = Attachment.objects.filter(subject_type="case", subject_id=Case.objects.get().pk)
    assert [file.name for file in kept] == ["dos.pdf"]


def test_an_empty_file_is_named(client, house):
    page = fill(client, house, attachments=[SimpleUploadedFile("nada.pdf", b"")]).content.decode()
    assert "«nada.pdf»" in page


def test_no_browser_keeps_the_pages_that_show_a_request(client, house):
    check = fill(client, house)["Location"]
    receipt = client.post(check)["Location"]
    for address in (check, receipt):
        assert "no-store" in client.get(address)["Cache-Control"]
    staff = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/")
    assert "no-store" in staff["Cache-Control"]


def test_a_promised_day_is_explained_from_the_filing(client, house):
    receipt = client.post(fill(client, house)["Location"])["Location"]
    page = client.get(receipt).content.decode()
    assert "(la presentación)" in page
    assert "el hecho que lo inicia" not in page


def test_a_day_is_shown_as_people_write_it(client, house):
    day = {"q_cuando_day": "5", "q_cuando_month": "3", "q_cuando_year": "2026"}
    check = fill(client, house, **day)["Location"]
    assert "5 de marzo de 2026" in client.get(check).content.decode()
    client.post(check)
    address = f"/{house.slug}/gestion/solicitudes/{Case.objects.get().folio}/"
    assert "5 de marzo de 2026" in house.client(Role.QUALITY_MANAGER).get(address).content.decode()
