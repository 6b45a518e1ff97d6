# SPDX-License-Identifier: EUPL-1.2
"""Pictures and PDFs are looked at in the browser's own viewer, with the rights and the trace of a
download.
"""

import io

import pytest
from PIL import Image

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.cases.public import add_note
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.journal.public import readings
from tests.factories import NOW, PDF, House, file, upload

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, "PNG")
    return out.getvalue()


def with_files(house: House, **more) -> tuple[Case, dict[str, Attachment]]:
    sent = [
        upload("gotera.png", picture(), "image/png"),
        upload("informe.pdf", PDF),
        upload("lista.txt", b"uno, dos", "text/plain"),
    ]
    case = file(house, unit_id=house.units["obras"], files=check_uploads(sent), **more)
    return case, {row.name: row for row in Attachment.objects.all()}


def staff_address(house: House, case: Case, row: Attachment) -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/archivo/{row.pk}/ver/"


def test_pictures_and_pdfs_open_inline_and_nothing_in_them_runs(house):
    case, files = with_files(house)
    client = house.client(Role.UNIT_OFFICER)
    for name, media_type in (("gotera.png", "image/png"), ("informe.pdf", "application/pdf")):
        shown = client.get(staff_address(house, case, files[name]))
        assert shown.status_code == 200 and shown["Content-Type"] == media_type
        assert shown["Content-Disposition"].startswith("inline")
        assert shown["X-Content-Type-Options"] == "nosniff" and "no-store" in shown["Cache-Control"]
        assert (
            "default-src 'none'" in shown["Content-Security-Policy"]
            and "script-src" not in shown["Content-Security-Policy"]
        )
        assert b"".join(shown)
    assert "sandbox" in client.get(staff_address(house, case, files["gotera.png"]))["Content-Security-Policy"]


def test_other_files_are_only_downloaded_and_offer_no_view(house):
    case, files = with_files(house)
    client = house.client(Role.UNIT_OFFICER)
    assert client.get(staff_address(house, case, files["lista.txt"])).status_code >= 400
    page = client.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    assert f"archivo/{files['gotera.png'].pk}/ver/" in page
    assert f"archivo/{files['lista.txt'].pk}/ver/" not in page


def test_a_file_with_a_virus_or_erased_is_not_shown(house):
    case, files = with_files(house)
    client = house.client(Role.UNIT_OFFICER)
    Attachment.objects.update(scan_state="infected")
    assert client.get(staff_address(house, case, files["gotera.png"])).status_code >= 400


def test_the_citizen_sees_own_files_and_never_those_of_a_note(house):
    case, files = with_files(house)
    note = check_uploads([upload("interna.png", picture(), "image/png")])
    add_note(
        institution=house.institution,
        case_id=case.pk,
        body="Ver.",
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
        files=note,
    )
    client = house.client()
    client.cookies[cookie_name(house.institution)] = FOLLOWING.sign(str(case.pk))
    own = f"/{house.slug}/seguimiento/solicitud/archivo/"
    shown = client.get(f"{own}{files['gotera.png'].pk}/ver/")
    assert shown.status_code == 200 and shown["Content-Disposition"].startswith("inline")
    assert client.get(f"{own}{Attachment.objects.get(name='interna.png').pk}/ver/").status_code == 404
    assert house.client().get(f"{own}{files['gotera.png'].pk}/ver/").status_code == 302


def test_looking_leaves_the_trace_of_a_download_and_asks_for_the_same_right(house):
    case, files = with_files(house, is_restricted=True)
    head = house.client(Role.HEAD_OF_UNIT)
    before = readings(house.institution.pk, case.stream).count()
    assert head.get(staff_address(house, case, files["gotera.png"])).status_code == 200
    assert readings(house.institution.pk, case.stream).count() == before + 1
    assert (
        house.client(Role.UNIT_OFFICER).get(staff_address(house, case, files["gotera.png"])).status_code
        == 404
    )
