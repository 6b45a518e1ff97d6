# SPDX-License-Identifier: EUPL-1.2
"""The form in a frame of another site: only where the body said, without cookies, and nothing is lost."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now as current_time

from siac.accounts.public import Role
from siac.cases.domain.origins import origin_of
from siac.cases.embedding.commands import MOST, add_site, remove_site
from siac.cases.models import Case, EmbeddingSite, FilingDraft
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from tests.cases.test_portal_flow import TYPED
from tests.factories import upload
from tests.sql_counts import exactly

SITE = "https://www.puerto.example"


@pytest.fixture
def now():
    return current_time()


@pytest.fixture
def framing(house, now, settings, tmp_path):
    """A body whose form a site shows."""
    settings.MEDIA_ROOT = tmp_path
    add(house, SITE, now)
    return house


def add(house, address: str, now) -> bool:
    return add_site(
        institution=house.institution, address=address, actor=house.user(Role.ADMINISTRATOR), now=now
    )


@pytest.fixture
def browser() -> Client:
    """A browser that keeps no cookie of ours in a frame, and checks tokens of forms as a real one would."""
    return Client(enforce_csrf_checks=True)


def key_in(page: str) -> str:
    found = re.search(r'name="borrador" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_choose_fill_check_send_receipt_without_a_cookie(framing, browser):
    page = browser.get("/puerto/incrustado/").content.decode()
    assert "/puerto/incrustado/reclamo/" in page and 'href="/puerto/solicitud' not in page
    form = browser.get("/puerto/incrustado/reclamo/").content.decode()
    typed = {**TYPED, "borrador": key_in(form), "attachments": [upload("foto.pdf")]}
    filled = browser.post("/puerto/incrustado/reclamo/", typed)
    assert filled.status_code == 302 and filled["Location"].startswith("/puerto/incrustado/revisar/")
    shown = browser.get(filled["Location"]).content.decode()
    assert "Se inundó la calle" in shown and "foto.pdf" in shown
    sent = browser.post(filled["Location"])
    case = Case.objects.get()
    receipt = browser.get(sent["Location"])
    assert case.code in receipt.content.decode()
    paper = re.search(r'href="(/puerto/incrustado/comprobante/[^"]+/pdf/)"', receipt.content.decode())
    assert paper is not None and browser.get(paper[1])["Content-Type"] == "application/pdf"
    assert browser.post(filled["Location"])["Location"] == sent["Location"]
    assert Case.objects.count() == 1
    assert not browser.cookies


def test_who_ends_leaves_nothing_to_go_back_to(framing, browser, now):
    form = browser.get("/puerto/incrustado/reclamo/").content.decode()
    filled = browser.post("/puerto/incrustado/reclamo/", {**TYPED, "borrador": key_in(form)})
    sent = browser.post(filled["Location"])["Location"]
    end = re.search(r'action="(/puerto/incrustado/terminar/[^"]+/)"', browser.get(sent).content.decode())
    assert end is not None
    other = Client().post(end[1].rpartition(".")[0] + "." + "x" * 43 + "/")
    assert other.status_code == 410 and browser.get(sent).status_code == 200, "not whoever sent it"
    ended = browser.post(end[1]).content.decode()
    assert "Terminó" in ended and "/puerto/incrustado/" in ended
    assert browser.get(sent).status_code == 410
    assert Case.objects.get().code not in browser.get(filled["Location"], follow=True).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(framing, browser):
    page = browser.post("/puerto/incrustado/reclamo/", {**TYPED, "email": "no-es-correo"})
    assert page.status_code == 422 and TYPED["body"] in page.content.decode()


def test_changing_something_brings_back_what_was_typed(framing, browser):
    form = browser.get("/puerto/incrustado/reclamo/").content.decode()
    filled = browser.post("/puerto/incrustado/reclamo/", {**TYPED, "borrador": key_in(form)})
    check = browser.get(filled["Location"]).content.decode()
    change = re.search(r'href="(/puerto/incrustado/reclamo/\?borrador=[^"#]+)"', check)
    assert change is not None
    assert TYPED["body"] in browser.get(change[1]).content.decode()


@pytest.mark.parametrize("path", ["/puerto/incrustado/", "/puerto/incrustado/reclamo/"])
def test_only_the_sites_of_the_body_show_it(framing, browser, path):
    page = browser.get(path)
    assert "X-Frame-Options" not in page.headers
    assert f"frame-ancestors {SITE};" in page["Content-Security-Policy"] + ";"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("path", ["/puerto/solicitud/", "/puerto/solicitud/reclamo/", "/puerto/"])
def test_no_other_page_is_shown_in_a_frame(framing, browser, path):
    page = browser.get(path)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_without_sites_there_is_no_such_page_and_no_frame(house, browser):
    page = browser.get("/puerto/incrustado/")
    assert page.status_code == 404 and page["X-Frame-Options"] == "DENY"


def test_a_draft_of_the_frame_opens_by_its_whole_address_only(framing, browser):
    form = browser.get("/puerto/incrustado/reclamo/").content.decode()
    filled = browser.post("/puerto/incrustado/reclamo/", {**TYPED, "borrador": key_in(form)})
    key, _, secret = filled["Location"].split("/")[-2].partition(".")
    for wrong in (key, f"{key}.", f"{key}.{'x' * 43}", f"{secret}.{key}", f"{key}.{secret}x"):
        assert browser.get(f"/puerto/incrustado/revisar/{wrong}/").status_code == 410
    assert browser.get(f"/puerto/solicitud/revisar/{key}/").status_code == 410


def test_a_draft_of_the_portal_does_not_open_in_a_frame_without_its_cookie(framing):
    visitor = Client()
    filled = visitor.post("/puerto/solicitud/reclamo/", TYPED)
    key = filled["Location"].split("/")[-2]
    assert visitor.get(f"/puerto/incrustado/revisar/{key}/").status_code == 410
    assert visitor.get(filled["Location"]).status_code == 200


def test_the_frame_reads_no_cookie(framing, browser):
    """A page there does not know who is signed in, so nobody can be led to press something there."""
    staff = framing.client(Role.ADMINISTRATOR)
    assert staff.get("/puerto/incrustado/").content == browser.get("/puerto/incrustado/").content


def test_while_the_database_is_away_the_page_in_the_frame_keeps_what_was_typed(framing, browser, monkeypatch):
    def away(*_, **__):
        raise OperationalError("away")

    monkeypatch.setattr("siac.cases.portal.filing.save_draft", away)
    browser.raise_request_exception = False
    page = browser.post("/puerto/incrustado/reclamo/", TYPED)
    shown = page.content.decode()
    assert page.status_code == 503 and TYPED["body"] in shown and "Enviar otra vez" in shown
    assert "X-Frame-Options" not in page.headers


def test_who_sends_too_much_is_told_in_the_frame(framing, browser, monkeypatch):
    no = SimpleNamespace(allowed=False, retry_after=9)
    monkeypatch.setattr("siac.infra.ratelimit.hit", lambda *_: no)
    page = browser.post("/puerto/incrustado/reclamo/", TYPED)
    assert page.status_code == 429 and "X-Frame-Options" not in page.headers


def test_a_site_that_was_removed_shows_nothing_more(framing, browser, now):
    site = EmbeddingSite.objects.get()
    admin = framing.user(Role.ADMINISTRATOR)
    assert remove_site(institution=framing.institution, site_id=site.pk, actor=admin, now=now)
    assert not remove_site(institution=framing.institution, site_id=site.pk, actor=admin, now=now)
    assert browser.post("/puerto/incrustado/reclamo/", TYPED).status_code == 404
    assert not FilingDraft.objects.exists()
    kinds = [entry.kind for entry in history(framing.institution.pk, f"institution:{framing.institution.pk}")]
    assert kinds[-2:] == ["cases.site_added", "cases.site_removed"]
    assert verify_institution(framing.institution.pk).problems == []


def test_who_was_about_to_send_in_a_site_that_was_removed_still_does(framing, browser, now):
    add(framing, "https://otro.example", now)
    form = browser.get("/puerto/incrustado/reclamo/").content.decode()
    filled = browser.post("/puerto/incrustado/reclamo/", {**TYPED, "borrador": key_in(form)})
    for site in EmbeddingSite.objects.all():
        admin = framing.user(Role.ADMINISTRATOR)
        remove_site(institution=framing.institution, site_id=site.pk, actor=admin, now=now)
    sent = browser.post(filled["Location"])
    receipt = browser.get(sent["Location"])
    assert Case.objects.get().code in receipt.content.decode()
    assert "X-Frame-Options" not in receipt.headers


FOREIGN = [
    {"origin": "https://malo.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_makes_a_browser_send_is_refused(framing, browser, headers):
    page = browser.post("/puerto/incrustado/reclamo/", TYPED, headers=headers)
    assert page.status_code == 403 and not FilingDraft.objects.exists()


def test_sites_are_added_once_and_not_without_end(house, now):
    assert add(house, SITE, now) and not add(house, f"{SITE}/una/pagina?x=1", now)
    for number in range(MOST - 1):
        add(house, f"https://s{number}.example", now)
    with pytest.raises(Refused, match="site_crowded"):
        add(house, "https://uno-mas.example", now)


def test_another_bodys_site_is_not_removed(framing, other_house, now):
    site = EmbeddingSite.objects.get()
    stranger = other_house.user(Role.ADMINISTRATOR)
    assert not remove_site(institution=other_house.institution, site_id=site.pk, actor=stranger, now=now)
    assert EmbeddingSite.objects.count() == 1


ORIGINS = [
    ("https://www.municipio.cl", "https://www.municipio.cl"),
    (" HTTPS://WWW.Municipio.CL./tramites?a=1#b ", "https://www.municipio.cl"),
    ("https://sede.example:8443/", "https://sede.example:8443"),
    ("https://sede.example:443/", "https://sede.example"),
    ("https://ñuñoa.cl", "https://xn--uoa-6mab.cl"),
]


@pytest.mark.parametrize(("typed", "origin"), ORIGINS)
def test_an_origin_is_read_as_browsers_compare_it(typed, origin):
    assert origin_of(typed) == origin


ODD = [
    "", "www.municipio.cl", "http://www.municipio.cl", "https://*.municipio.cl", "https://", "https://localhost",
    "https://10.0.0.1", "https://[::1]", "https://user:pw@municipio.cl", "https://municipio.cl:puerto",
    "https://municipio.cl; script-src *", "https://-a.cl", "https://a..cl", "'none'", "*",
    "https://a.cl,https://b.cl",     "javascript:alert(1)", "https://a.cl\nx", f"https://{'a' * 64}.cl", "https://a_b.cl",
    f"https://{'a.' * 130}cl",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_site_is_refused_in_words(house, now, typed):
    with pytest.raises(Refused, match="site_odd"):
        add(house, typed, now)


def test_the_page_of_sites_adds_lists_and_removes(house, now):
    admin = house.client(Role.ADMINISTRATOR)
    address = "/puerto/gestion/configuracion/otros-sitios/"
    assert "Ningún otro sitio" in admin.get(address).content.decode()
    refused = admin.post(address, {"address": "municipio.cl"})
    assert refused.status_code == 422 and "municipio.cl" in refused.content.decode()
    assert admin.post(address, {"address": SITE}).status_code == 302
    page = admin.get(address).content.decode()
    assert SITE in page
    assert f"&lt;iframe src=&quot;{settings.SITE_URL}/puerto/incrustado/" in page.replace('"', "&quot;")
    site = EmbeddingSite.objects.get()
    assert admin.post(f"{address}{site.pk}/quitar/").status_code == 302
    assert not EmbeddingSite.objects.exists()


def test_a_form_in_a_frame_asks_one_thing_more(framing, browser):
    """Who may show it: the form of the portal asks the rest too."""
    for path in ("/puerto/solicitud/reclamo/", "/puerto/incrustado/reclamo/"):  # what is kept is made
        Client().get(path)
    with CaptureQueriesContext(connection) as portal:
        Client().get("/puerto/solicitud/reclamo/")
    with exactly(len(portal) + 1):
        browser.get("/puerto/incrustado/reclamo/")
