# SPDX-License-Identifier: EUPL-1.2
"""Nothing typed is lost: a session that ended, a sign-in in another tab, a
limit; and no foreign site's form is offered.
"""

import re

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.cases.models import CaseMessage
from tests.factories import BACKEND, file

pytestmark = pytest.mark.django_db
NOTE = "Una nota larga que costó\nescribir."


def note_url(house, case) -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/nota/"


def sent_again(page: str) -> dict[str, str]:
    """Return the fields of the form in which a page kept what was typed."""
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    return {**dict(fields), "csrfmiddlewaretoken": token[1]}


def test_what_was_sent_after_the_session_ended_is_kept_and_sent_again_after_signing_in(house):
    case = file(house, unit_id=house.units["obras"])
    browser = Client(enforce_csrf_checks=True)
    first = browser.post(
        note_url(house, case),
        {"body": NOTE, "version": case.version},
        headers={"origin": "http://testserver"},
    )
    assert first.status_code == 403  # the token first, then the session: each keeps the text
    again = browser.post(
        note_url(house, case), sent_again(first.content.decode()), headers={"origin": "http://testserver"}
    )
    page = again.content.decode()
    assert again.status_code == 403 and "Su sesión terminó" in page
    assert "no-store" in again["Cache-Control"]
    assert not CaseMessage.objects.exists()
    browser.force_login(house.user(Role.UNIT_OFFICER), backend=BACKEND)
    done = browser.post(note_url(house, case), sent_again(page), headers={"origin": "http://testserver"})
    assert done.status_code == 302
    assert (
        CaseMessage.objects.get().body == NOTE.replace("\n", "\r\n") or CaseMessage.objects.get().body == NOTE
    )


def test_a_form_of_another_site_is_never_offered_to_be_sent(house):
    case = file(house, unit_id=house.units["obras"])
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(house.user(Role.UNIT_OFFICER), backend=BACKEND)
    for headers in ({"origin": "https://malo.example"}, {"sec-fetch-site": "cross-site"}):
        page = browser.post(note_url(house, case), {"body": NOTE}, headers=headers)
        assert page.status_code == 403
        assert "costó" not in page.content.decode()


def test_whoever_only_reads_a_page_without_a_session_signs_in_first(house):
    case = file(house)
    page = Client().get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert page.status_code == 302 and page["Location"].startswith("/cuenta/login/")


def test_a_citizen_who_met_a_limit_keeps_the_text(house):
    typed = {"subject": "Agua", "body": "Se inundó la calle otra vez."}
    for _ in range(61):
        page = Client().post(f"/{house.slug}/solicitud/reclamo/", typed)
    assert page.status_code == 429
    assert "Se inundó la calle otra vez." in page.content.decode()
    assert "Enviar otra vez" in page.content.decode()


def test_no_secret_is_kept(house):
    page = Client(enforce_csrf_checks=True).post(
        "/cuenta/login/", {"login": "ana@example.cl", "password": "muy secreta"}
    )
    assert page.status_code == 403
    assert "muy secreta" not in page.content.decode()
    assert "<form" not in page.content.decode()
