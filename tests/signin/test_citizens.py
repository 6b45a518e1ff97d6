# SPDX-License-Identifier: EUPL-1.2
"""A citizen says who they are at a national server, files with that, sees their own requests, and leaves."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role, User
from siac.cases.models import Case
from siac.cases.portal.following import cookie_name
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.people.public import reveal
from siac.signin.asking import read_server
from siac.signin.commands.identifying import forget_old_identifications, identify
from siac.signin.commands.providers import save_provider
from siac.signin.identified import COOKIE
from siac.signin.models import Audience, Identification, IdentityProvider
from siac.signin.portal import HELD
from siac.signin.watching import unnamed_servers
from siac.ui.kiosk import COOKIE as SCREEN
from tests.factories import ANONYMOUS, NOW, House, file, person
from tests.signin.turning import Turning, turning
from tests.sql_counts import at_most

TYPED = {"subject": "Agua en la calle", "body": "Se inundó la calle.", "q_donde": "Calle Larga 12"}
MARIA = {
    "RolUnico": {"numero": 12345678, "DV": "5", "tipo": "RUN"},
    "name": {"nombres": ["María", "Carmen"], "apellidos": ["Ñancupil", "Soto"]},
}


@pytest.fixture(scope="module")
def running():
    with turning() as found:
        yield found


@pytest.fixture
def server(running: Turning, monkeypatch) -> Turning:
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")
    monkeypatch.setenv("SIAC_CITIZEN_SERVERS", f"https://otro.example, {running.url}")
    running.again()
    running.claims = dict(MARIA)
    return running


def open_to_citizens(house: House, server: Turning, **changed) -> IdentityProvider:
    fields = {
        "label": "ClaveÚnica", "issuer": server.url, "client_id": "siac", "secret": "un secreto",
        "is_active": True, "preset": "claveunica", "document_claim": "RolUnico",
        "scopes": "openid run name", "assurance": "", "logout": "",
    }  # fmt: skip
    return save_provider(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW,
        audience=Audience.CITIZENS, read=read_server(server.url), **{**fields, **changed},
    )  # fmt: skip


def test_a_server_that_nobody_named_is_not_believed_of_citizens(house, server, monkeypatch):
    """Who administers a body sees no request; by a server of their own they could be anybody."""
    monkeypatch.setenv("SIAC_CITIZEN_SERVERS", "")
    with pytest.raises(Refused, match="provider_not_named"):
        open_to_citizens(house, server)
    assert not open_to_citizens(house, server, is_active=False).is_active
    for other in ("127.0.0.1,localhost", f"{server.url}/realms/otro", server.url.rpartition(":")[0]):
        monkeypatch.setenv("SIAC_CITIZEN_SERVERS", other)
        with pytest.raises(Refused, match="provider_not_named"):
            open_to_citizens(house, server)
    monkeypatch.setenv("SIAC_CITIZEN_SERVERS", f"https://otro.example, {server.url}/")
    assert open_to_citizens(house, server).is_active
    saved = history(house.institution.pk, f"institution:{house.institution.pk}")[-1]
    assert saved.data["issuer"] == server.url and saved.data["claim"] == "RolUnico"


def test_of_a_server_that_is_named_no_more_nobody_is_known_from_then_on(house, server, provider, monkeypatch):
    """An upgrade, or whoever runs the installation after a breach, took back the name of its issuer."""
    client, form = known(house, server), f"/{house.slug}/solicitud/reclamo/"
    assert "Identidad verificada por ClaveÚnica" in client.get(form).content.decode()
    assert unnamed_servers(NOW) is None
    begun = Client()
    brings = server.comes(sent_out(begun, house))
    monkeypatch.setenv("SIAC_CITIZEN_SERVERS", f"127.0.0.1,{server.url}/realms/otro")
    assert "ClaveÚnica" not in client.get(form).content.decode()  # who was known, and the door
    for path in ("", "ir/"):
        assert Client().get(f"/{house.slug}/identificacion/{path}").status_code == 404
    assert comes_back(begun, house, brings).status_code == 404
    with pytest.raises(Refused, match="entry_changed"):
        identify(provider=provider, claims=MARIA, keys=[], now=NOW)
    assert Identification.objects.count() == 1
    assert unnamed_servers(NOW) == "1 servers of identity in use are not named"
    setup = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/identificacion/")
    assert "nadie se identifica con él" in setup.content.decode()


def test_a_link_of_another_site_leads_to_the_page_that_says_what_it_means(client, house, provider):
    page = client.get("/puerto/identificacion/ir/", headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 302 and page["Location"].startswith("/puerto/identificacion/")
    assert "ir/" not in page["Location"].partition("?")[0]


@pytest.fixture
def provider(house: House, server: Turning) -> IdentityProvider:
    row = open_to_citizens(house, server)
    house.institution.refresh_from_db()
    return row


def sent_out(client: Client, house: House, go_on: str = "") -> str:
    answer = client.get(f"/{house.slug}/identificacion/ir/", {"next": go_on} if go_on else {})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def comes_back(client: Client, house: House, brings: dict[str, str]):
    return client.get(f"/{house.slug}/identificacion/vuelta/", brings)


def known(house: House, server: Turning, go_on: str = "") -> Client:
    client = Client()
    answer = comes_back(client, house, server.comes(sent_out(client, house, go_on)))
    assert answer.status_code == 302, answer.content.decode()
    return client


def own(client: Client, house: House) -> str:
    answer = client.get(f"/{house.slug}/mis-solicitudes/")
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def test_what_was_typed_waits_while_somebody_says_who_they_are_and_is_filed_with_it(house, server, provider):
    client, form = Client(), f"/{house.slug}/solicitud/reclamo/"
    page = client.get(form).content.decode()
    assert "Identificarme con ClaveÚnica" in page and "Nombres" in page  # and nobody must
    turned = client.post(form, {**TYPED, "email": "m@ejemplo.org", "identificarme": "1"})
    assert turned["Location"].startswith(f"/{house.slug}/identificacion/?next=")
    asked = client.get(turned["Location"])
    assert asked.status_code == 200 and "No nos da su clave" in asked.content.decode()
    draft = parse_qs(urlsplit(turned["Location"]).query)["next"][0]
    address = sent_out(client, house, draft)
    assert parse_qs(urlsplit(address).query)["scope"] == ["openid run name"]
    back = comes_back(client, house, server.comes(address))
    assert back["Location"] == draft
    page = client.get(draft).content.decode()
    assert "Se inundó la calle." in page and "Identidad verificada por ClaveÚnica" in page
    assert "12.345.678-5" in page and 'name="given_names"' not in page and "govuk-error-summary" not in page
    key = parse_qs(urlsplit(draft).query)["borrador"][0]
    told = {**TYPED, "email": "m@ejemplo.org", "borrador": key, "given_names": "Otra"}
    check = client.post(form, told)["Location"]
    page = client.get(check).content.decode()
    assert "María Carmen Ñancupil Soto" in page and "Identidad verificada por" in page and "Otra" not in page
    assert client.post(check).status_code == 302
    case = Case.objects.get()
    [said] = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW).values()
    today = house.institution.local_date(timezone.now()).isoformat()
    assert said.display_name == "María Carmen Ñancupil Soto"
    assert (said.document_type, said.document_number) == ("rut", "123456785")
    assert (said.verified_by, said.verified_on) == ("ClaveÚnica", today)
    staff = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert "Verificada por ClaveÚnica el" in staff.content.decode()
    assert "Agua en la calle" in own(client, house)


def test_who_does_not_want_to_use_it_types_as_ever_and_nothing_typed_is_lost(house, server, provider):
    client, form = known(house, server), f"/{house.slug}/solicitud/reclamo/"
    turned = client.post(form, {**TYPED, "email": "m@ejemplo.org", "sin_identidad": "1"})
    page = client.get(turned["Location"]).content.decode()
    assert "Se inundó la calle." in page and 'name="given_names"' in page
    assert not Identification.objects.exists()


def test_who_is_known_no_more_when_they_send_it_is_told_and_loses_nothing(house, server, provider):
    client, form = known(house, server), f"/{house.slug}/solicitud/reclamo/"
    check = client.post(form, {**TYPED, "email": "m@ejemplo.org"})["Location"]
    Identification.objects.update(used_at=timezone.now() - timedelta(minutes=31))
    turned = client.get(check)
    assert turned.status_code == 302 and not Case.objects.exists()
    page = client.get(turned["Location"]).content.decode()
    assert 'href="#identificarme">Su identificación terminó' in page and "Se inundó la calle." in page


def test_who_is_known_no_more_while_they_write_is_told_on_the_form_and_loses_nothing(house, server, provider):
    client, form = known(house, server), f"/{house.slug}/solicitud/reclamo/"
    assert 'name="conocida" value="si"' in client.get(form).content.decode()
    Identification.objects.update(used_at=timezone.now() - timedelta(minutes=31))
    told = {**TYPED, "email": "m@ejemplo.org", "given_names": "María", "family_names": "Soto"}
    answer = client.post(form, {**told, "conocida": "si"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "<title>Error: " in page
    [summary] = re.findall(r'<div class="govuk-error-summary".*?</ul>', page, re.DOTALL)
    assert '<a href="#identificarme">Su identificación terminó. Identifíquese otra vez' in summary
    assert page.count('id="identificarme"') == 1
    assert "Se inundó la calle." in page and 'name="conocida"' not in page
    assert client.post(form, told).status_code == 302  # by their own name, now that they know
    idea = {"subject": "Idea", "body": "Más bancos.", "anonima": "si", "conocida": "si"}
    unnamed = client.post(f"/{house.slug}/solicitud/sugerencia/", idea)
    assert unnamed.status_code == 302  # who gives no name does not need to be known
    unwritten = client.post(f"/{house.slug}/solicitud/sugerencia/", {**idea, "body": ""}).content.decode()
    assert "<title>Error: " in unwritten and "terminó" not in unwritten


def test_a_report_of_wrongdoing_neither_asks_nor_uses_it(house, server, provider):
    client = known(house, server)
    page = client.get(f"/{house.slug}/solicitud/denuncia/").content.decode()
    assert "ClaveÚnica" not in page and "Ñancupil" not in page
    told = {"subject": "Falta", "body": "Vi una falta.", "anonima": "si"}
    check = client.post(f"/{house.slug}/solicitud/denuncia/", told)["Location"]
    client.post(check)
    assert Case.objects.get().person_id is None


def test_ones_own_requests_are_those_of_the_document_and_no_protected_one(
    house, other_house, server, provider
):
    maria = person(document_number="12.345.678-5")
    first = file(house, subject="La primera", who=maria)
    file(house, subject="Denuncia oculta", kind="denuncia", who=maria)
    file(house, subject="Vuelta reservada", who=maria, is_restricted=True)
    opened_up = file(house, subject="Denuncia ya abierta", kind="denuncia", who=maria)
    Case.objects.filter(pk=opened_up.pk).update(is_restricted=False)
    file(house, subject="De otra persona", who=person(document_number="9.999.999-3"))
    file(house, subject="Otro documento", who=replace(maria, document_type="passport"))
    file(house, subject="Sin nombre", kind="sugerencia", who=ANONYMOUS)
    file(other_house, subject="En otro organismo", who=maria)
    last = file(house, subject="La última", kind="consulta", who=maria)
    client = known(house, server)
    page = own(client, house)
    assert page.index("La última") < page.index("La primera")
    for hidden in ("Denuncia", "Vuelta reservada", "De otra", "Otro documento", "Sin nombre", "En otro"):
        assert hidden not in page
    opened = client.get(f"/{house.slug}/mis-solicitudes/{first.pk}/")
    assert "La primera" in client.get(opened["Location"]).content.decode()
    Case.objects.filter(pk=first.pk).update(is_restricted=True)  # somebody saw meanwhile what it is about
    assert client.get(opened["Location"])["Location"] == f"/{house.slug}/seguimiento/"
    Case.objects.filter(pk=first.pk).update(is_restricted=False)
    others = Case.objects.exclude(pk__in=[first.pk, last.pk]).values_list("pk", flat=True)
    for pk in others:
        assert client.get(f"/{house.slug}/mis-solicitudes/{pk}/").status_code == 404
    assert client.get(f"/{other_house.slug}/mis-solicitudes/").status_code == 404  # knows nobody
    Identification.objects.update(used_at=timezone.now() - timedelta(minutes=31))
    assert client.get(opened["Location"])["Location"] == f"/{house.slug}/seguimiento/"


def test_the_list_costs_the_same_with_one_and_with_sixty_and_goes_on_by_key(house, server, provider):
    client = known(house, server)
    maria = person(document_number="12.345.678-5")
    file(house, subject="Una", who=maria)
    own(client, house)
    with at_most(7):
        own(client, house)
    for number in range(59):
        file(house, subject=f"Otra {number}", who=maria)
    with at_most(7):
        page = own(client, house)
    assert page.count("mis-solicitudes/") >= 20 and "Siguientes" in page and "Otra 58" in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Otra 38" in client.get(following).content.decode()


def test_leaving_ends_all_of_it_and_says_how_to_leave_the_server_too(house, server, provider):
    case = file(house, who=person(document_number="12.345.678-5"))
    client = known(house, server)
    client.get(f"/{house.slug}/mis-solicitudes/{case.pk}/")
    left = client.post(f"/{house.slug}/seguimiento/salir/")
    page = left.content.decode()
    assert "Cerrar mi sesión en ClaveÚnica" in page and f"{server.url}/salir?client_id=siac" in page
    assert left["Clear-Site-Data"] == '"cache"' and not Identification.objects.exists()
    for name in (COOKIE, cookie_name(house.institution), "siac_navegador"):
        assert left.cookies[name]["max-age"] == 0
    turned = client.get(f"/{house.slug}/mis-solicitudes/")
    assert turned["Location"].startswith(f"/{house.slug}/identificacion/")


def test_a_screen_that_many_use_does_not_offer_it(house, server, provider):
    client = known(house, server)
    client.cookies[SCREEN] = "oirs:1:0:0"
    assert client.get(f"/{house.slug}/identificacion/").status_code == 403
    assert client.get(f"/{house.slug}/identificacion/ir/").status_code == 403
    page = Client()
    page.cookies[SCREEN] = "oirs:1:0:0"
    assert "ClaveÚnica" not in page.get(f"/{house.slug}/solicitud/reclamo/").content.decode()


@pytest.mark.parametrize(
    ("claims", "told", "words"),
    [
        ({"name": "Ana"}, {}, "no dijo su documento"),
        ({**MARIA, "RolUnico": {"numero": 12345678, "DV": "4"}}, {}, "no es uno de los de este país"),
        ({**MARIA, "RolUnico": "12345678Z"}, {}, "no es uno de los de este país"),
        ({**MARIA, "RolUnico": {"numero": 12345678, "DV": "5", "tipo": "DNI"}}, {}, "no es uno de los"),
        ({"RolUnico": MARIA["RolUnico"]}, {}, "no dijo su nombre"),
        (MARIA, {"nonce": "otro"}, "no se pudo comprobar"),
        (MARIA, {"aud": "otro"}, "no se pudo comprobar"),
        (MARIA, {"aud": ["siac", "otro"]}, "no se pudo comprobar"),
        (MARIA, {"iss": "https://otro.example"}, "no se pudo comprobar"),
        (MARIA, {"exp": 1000}, "no se pudo comprobar"),
        ({**MARIA, "sub": "2"}, {}, "no se pudo comprobar"),
    ],
)
def test_what_proves_nothing_makes_nobody_known_and_leaves_the_way_on(
    house, server, provider, claims, told, words
):
    server.claims, server.told = claims, told
    client = Client()
    go_on = f"/{house.slug}/solicitud/reclamo/?borrador=abc"
    answer = comes_back(client, house, server.comes(sent_out(client, house, go_on)))
    page = answer.content.decode()
    assert answer.status_code == 403 and words in page and go_on in page
    assert COOKIE not in answer.cookies and not Identification.objects.exists()


def test_nobody_comes_back_but_to_the_browser_and_body_they_left_from_and_once(
    house, other_house, server, provider
):
    open_to_citizens(other_house, server, client_id="vecina")
    client = Client()
    brings = server.comes(sent_out(client, house))
    assert comes_back(Client(), house, brings).status_code == 400  # another browser was led here
    assert comes_back(client, other_house, brings).status_code == 400
    client.cookies[HELD] = "00" * 100
    assert comes_back(client, house, brings).status_code == 400
    client = Client()
    brings = server.comes(sent_out(client, house))
    client.cookies[COOKIE] = "A" * 43  # somebody put it there
    assert comes_back(client, house, brings).status_code == 302
    assert client.cookies[COOKIE].value != "A" * 43
    assert comes_back(client, house, brings).status_code == 400
    assert Identification.objects.count() == 1
    stolen = Client()
    stolen.cookies[COOKIE] = client.cookies[COOKIE].value
    turned = stolen.get(f"/{other_house.slug}/mis-solicitudes/")
    assert turned["Location"].startswith(f"/{other_house.slug}/identificacion/")


def test_too_late_and_another_client_meanwhile(house, server, provider, monkeypatch):
    client = Client()
    brings = server.comes(sent_out(client, house))
    monkeypatch.setattr("siac.signin.talking.SECONDS", -1)
    assert comes_back(client, house, brings).status_code == 400
    monkeypatch.undo()
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")
    monkeypatch.setenv("SIAC_CITIZEN_SERVERS", server.url)
    brings = server.comes(sent_out(client, house))
    open_to_citizens(house, server, client_id="otro")
    answer = comes_back(client, house, brings)
    assert answer.status_code == 403 and "cambió de servidor" in answer.content.decode()
    brings = server.comes(sent_out(client, house))
    answer = client.get(
        f"/{house.slug}/identificacion/vuelta/", {"state": brings["state"], "error": "access_denied"}
    )
    assert answer.status_code == 403 and "no confirmó quién es" in answer.content.decode()


@pytest.mark.parametrize(
    "go_on",
    ["https://mala.example/", "//mala.example/", "/vecina/x/", "/puerto/gestion/inicio/", "javascript:x"],
)
def test_whoever_comes_back_goes_to_a_public_page_of_the_body_only(house, server, provider, go_on):
    client = Client()
    answer = comes_back(client, house, server.comes(sent_out(client, house, go_on)))
    assert answer["Location"] == f"/{house.slug}/mis-solicitudes/"


def test_the_server_is_away_and_the_draft_is_not(house, server, provider):
    IdentityProvider.objects.update(away_until=timezone.now() + timedelta(seconds=30))
    go_on = f"/{house.slug}/solicitud/reclamo/?borrador=abc"
    answer = Client().get(f"/{house.slug}/identificacion/ir/", {"next": go_on})
    page = answer.content.decode()
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
    assert "ClaveÚnica no contesta" in page and go_on in page


def test_it_gives_no_right_in_the_house_whoever_it_is(house, server, provider):
    """A person of the staff has no document here, and an address that a server tells counts for nothing."""
    server.claims = {**MARIA, "email": house.user(Role.ADMINISTRATOR).email, "email_verified": True}
    client = known(house, server)
    assert client.get(f"/{house.slug}/gestion/inicio/").status_code == 302
    assert client.session.get("_auth_user_id") is None and User.objects.filter(last_login=None).exists()
    staff = house.client(Role.UNIT_OFFICER)
    assert comes_back(staff, house, server.comes(sent_out(staff, house))).status_code == 302
    assert staff.get(f"/{house.slug}/gestion/configuracion/identificacion/").status_code == 403
    staff.post(f"/{house.slug}/seguimiento/salir/")
    assert staff.get(f"/{house.slug}/gestion/inicio/").status_code == 200  # and the other way round


def test_what_is_kept_is_sealed_short_and_gone_with_the_server(house, server, provider):
    client = known(house, server)
    row = Identification.objects.get()
    assert client.cookies[COOKIE].value not in row.digest
    for readable in (b"12345678", "Ñancupil".encode(), b"Carmen"):
        assert readable not in bytes(row.sealed)
    assert client.cookies[COOKIE]["httponly"] and client.cookies[COOKIE]["max-age"] == ""
    assert forget_old_identifications(now=timezone.now()) == 0
    Identification.objects.update(used_at=timezone.now() - timedelta(minutes=29))
    own(client, house)  # every page begins the half hour anew
    assert Identification.objects.get().used_at > timezone.now() - timedelta(minutes=1)
    Identification.objects.update(begun_at=timezone.now() - timedelta(hours=5))
    assert client.get(f"/{house.slug}/mis-solicitudes/").status_code == 302
    assert forget_old_identifications(now=timezone.now() + timedelta(minutes=40)) == 1
    known(house, server)
    open_to_citizens(house, server, is_active=False)
    assert not Identification.objects.exists()


def test_whoever_administers_types_two_things_and_the_rest_is_there(house, server):
    admin, url = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/identificacion/"
    assert Client().get(f"/{house.slug}/identificacion/").status_code == 404
    page = admin.get(url).content.decode()
    for given in ("https://accounts.claveunica.gob.cl/openid", "RolUnico", "openid run name", "app/logout"):
        assert given in page
    typed = {
        "client_id": "siac", "secret": "un secreto", "is_active": "on", "label": "ClaveÚnica",
        "issuer": server.url, "document_claim": "RolUnico", "scopes": "openid run name", "logout": "",
    }  # fmt: skip
    wrong = admin.post(url, {**typed, "logout": "http://fuera.example/"})
    assert wrong.status_code == 422 and "https://" in wrong.content.decode()
    assert admin.post(url, {**typed, "issuer": "https://127.0.0.1:1"}).status_code == 422
    assert admin.post(url, typed).status_code == 302
    row = IdentityProvider.objects.get()
    assert (row.audience, row.preset, b"un secreto" in bytes(row.secret)) == ("citizens", "claveunica", False)
    assert Client().get(f"/{house.slug}/identificacion/").status_code == 200
    assert "cuenta/institucional" not in Client().get("/cuenta/login/").content.decode()
    assert Client().get(f"/cuenta/institucional/{house.slug}/").status_code == 404
    with pytest.raises(Refused, match="provider_document"):
        open_to_citizens(house, server, document_claim="")
