# SPDX-License-Identifier: EUPL-1.2
"""People of a body come in with its own account, at a real server of OpenID Connect; others do not."""

import hashlib
import os
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from siac.accounts.models import Session, SignIn
from siac.accounts.public import Role, User, Way
from siac.infra import outside_http
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.commands.inviting import _digest
from siac.organizations.models import Invitation, Membership
from siac.organizations.public import grant_role, invite
from siac.signin import asking
from siac.signin.commands.domains import add_domain
from siac.signin.commands.providers import save_provider, unlink_identity
from siac.signin.models import IdentityProvider, LinkedIdentity
from siac.signin.notices import render_another, render_bound
from siac.signin.secrets import secret_of
from siac.signin.watching import unnamed_servers
from tests.factories import NOW, PASSWORD, House
from tests.signin.provider import OWN, Running, come_back, connect, running, sent_out

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # those of the server, in its threads


@pytest.fixture(scope="module")
def server():
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def _reachable(monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")


@pytest.fixture
def provider(house: House, server: Running) -> IdentityProvider:
    return connect(house, server)


def known(server: Running, house: House, role: Role = Role.UNIT_OFFICER, sub: str = "ana") -> User:
    user = house.user(role)
    server.tell(sub, email=user.email, email_verified=True, name="Otro Nombre")
    return user


def enter(house: House, sub: str = "ana", client: Client | None = None, go_on: str = ""):
    client = client or Client()
    return client, come_back(client, sent_out(client, house, go_on), sub)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_somebody_who_works_here_comes_in_where_they_wanted_to_go(house, server, provider):
    user, go_on = known(server, house), f"/{house.slug}/gestion/inicio/"
    offered = Client().get("/cuenta/login/", {"next": go_on}).content.decode()
    assert "Entrar con la cuenta municipal" in offered
    client, answer = enter(house, go_on=go_on)
    assert (answer.status_code, answer["Location"]) == (302, go_on)
    assert who(client) == str(user.pk)
    user.refresh_from_db()
    assert user.name != "Otro Nombre"
    [row] = SignIn.objects.filter(user=user)
    assert (row.way, row.succeeded) == (Way.PROVIDER, True)
    assert LinkedIdentity.objects.get(user=user).subject == "ana"


def letters(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_of_another_server_all_who_administer_are_told_and_who_is_bound_to_it(house, server, provider):
    """By a server of their own one who administers could come in as any colleague."""
    user, admin = known(server, house), house.user(Role.ADMINISTRATOR)
    assert letters("signin.another_server") == {f"user:{admin.pk}"} and not letters("signin.identity_bound")
    subject, text = render_another(Notice.objects.get())
    assert server.url in text and "Antes no había ninguno" in text and "Cambió el servidor" in subject
    enter(house)
    assert letters("signin.identity_bound") == {f"user:{user.pk}"}
    assert server.url in render_bound(Notice.objects.get(kind="signin.identity_bound"))[1]
    enter(house)
    connect(house, server)
    assert Notice.objects.count() == 2
    connect(house, server, is_active=False)
    connect(house, server)
    assert Notice.objects.filter(kind="signin.another_server").count() == 2
    entry = history(house.institution.pk, f"institution:{house.institution.pk}")
    assert [each.data["issuer"] for each in entry if each.kind == "signin.identity_linked"] == [server.url]


def test_where_servers_of_staff_are_named_no_other_is_taken(house, server, monkeypatch):
    monkeypatch.setenv("SIAC_STAFF_SERVERS", f"https://otro.example,{server.url}/realms/otro")
    with pytest.raises(Refused, match="provider_not_of_staff"):
        connect(house, server)
    assert not connect(house, server, is_active=False).is_active
    monkeypatch.setenv("SIAC_STAFF_SERVERS", server.url)
    connect(house, server)
    known(server, house)
    enter(house)
    assert LinkedIdentity.objects.count() == 1 and not letters("signin.identity_bound")
    client = Client()
    begun = sent_out(client, house)
    monkeypatch.setenv("SIAC_STAFF_SERVERS", "https://otro.example")
    for answer in (come_back(client, begun, "ana"), Client().get(f"/cuenta/institucional/{house.slug}/")):
        assert answer.status_code == 403 and "no admite" in answer.content.decode()
    assert who(client) is None


def test_from_then_on_the_servers_own_name_counts_and_never_moves(house, server, provider):
    user = known(server, house)
    enter(house)
    boss = known(server, house, Role.HEAD_OF_UNIT, sub="ana")  # the address at the server is now another's
    client, answer = enter(house)
    assert answer.status_code == 302 and who(client) == str(user.pk) != str(boss.pk)
    server.tell("otra", email=user.email, email_verified=True)
    client, answer = enter(house, "otra")
    assert answer.status_code == 403 and who(client) is None
    assert "ya está unido a otra cuenta" in answer.content.decode()
    [bound] = LinkedIdentity.objects.all()
    admin = house.user(Role.ADMINISTRATOR)
    assert unlink_identity(institution=house.institution, identity_id=bound.pk, actor=admin, now=NOW)
    client, _ = enter(house, "otra")
    assert who(client) == str(user.pk)


def test_who_was_invited_comes_in_without_a_password(house, server, provider):
    invite(
        institution=house.institution, email="nora@muni.cl", name="Nora", role=Role.AUDITOR,
        unit_id=None, actor=None, now=timezone.now(),
    )  # fmt: skip
    server.tell("nora", email="Nora@Muni.cl", email_verified=True)
    client, answer = enter(house, "nora")
    nora = User.objects.get(email="nora@muni.cl")
    assert who(client) == str(nora.pk) and not nora.has_usable_password()
    assert client.get(answer["Location"], follow=True).status_code == 200


@pytest.mark.parametrize(
    ("claims", "changed", "words"),
    [
        ({"email": "nadie@muni.cl", "email_verified": True}, {}, "Nadie le ha invitado"),
        ({"email": "ANA", "email_verified": False}, {}, "no ha comprobado su correo"),
        ({"email": "ANA"}, {}, "no ha comprobado su correo"),
        ({"email_verified": True}, {}, "no dice su correo"),
        ({"email": "ANA", "email_verified": True}, {"domain": "muni.cl"}, "termina en @muni.cl"),
        (
            {"email": "ANA", "email_verified": True, "grupos": ["x"]},
            {"claim": "grupos", "claim_value": "siac"},
            "no tiene el permiso",
        ),
    ],
)
def test_who_may_not_come_in_is_told_why_and_keeps_where_they_were_going(
    house, server, claims, changed, words
):
    connect(house, server, **changed)
    if claims.get("email") == "ANA":
        claims = {**claims, "email": house.user(Role.UNIT_OFFICER).email}
    server.tell("alguien", **claims)
    client, answer = enter(house, "alguien", go_on=f"/{house.slug}/gestion/buscar/?q=agua")
    assert answer.status_code == 403 and who(client) is None
    page = answer.content.decode()
    assert words in page
    assert "next=%2Fpuerto%2Fgestion%2Fbuscar%2F%3Fq%3Dagua" in page
    assert not LinkedIdentity.objects.exists()


def test_a_body_vouches_for_nobody_of_another(house, other_house, server, provider):
    """Else whoever runs the server of one body would come in as anybody of the others."""
    add_domain(institution=house.institution, domain="vecina.example", now=NOW)  # even of its own addresses
    for user in (other_house.user(Role.ADMINISTRATOR), house.user(Role.AUDITOR)):
        if user == house.user(Role.AUDITOR):
            grant_role(
                institution=other_house.institution, email=user.email, name="", role=Role.AUDITOR,
                unit_id=None, actor=None, now=NOW,
            )  # fmt: skip
        server.tell("intruso", email=user.email, email_verified=True)
        client, answer = enter(house, "intruso")
        assert answer.status_code == 403 and who(client) is None
        assert "entre con su contraseña" in answer.content.decode()
    installer = User.objects.create_user("ops@muni.cl", PASSWORD, name="Ops", is_installer=True)
    server.tell("intruso", email=installer.email, email_verified=True)
    assert enter(house, "intruso")[1].status_code == 403
    assert not LinkedIdentity.objects.exists()


@pytest.mark.parametrize("called", ["director@vecina.cl", "ADMINISTRATOR", "director@sub.muni.cl"])
def test_of_addresses_that_are_not_the_bodys_its_server_proves_nothing(house, other_house, server, called):
    """Else a body opens accounts on addresses of others, and waits inside until they are invited."""
    connect(house, server, provisions=True, default_role="front_desk")
    email = other_house.user(Role.ADMINISTRATOR).email if called == "ADMINISTRATOR" else called
    invite(
        institution=house.institution, email=email, name="D", role=Role.AUDITOR, unit_id=None, actor=None,
        now=timezone.now(),
    )  # fmt: skip
    before = set(User.objects.values_list("email", flat=True))
    server.tell("intruso", email=email, email_verified=True)
    client, answer = enter(house, "intruso")
    assert answer.status_code == 403 and who(client) is None
    assert "no está anotado como propio" in answer.content.decode()
    assert set(User.objects.values_list("email", flat=True)) == before
    assert not LinkedIdentity.objects.exists() and not SignIn.objects.exists()


def test_without_a_domain_only_who_is_bound_comes_in(house, server, provider):
    user = known(server, house)
    enter(house)
    for domain in OWN:
        call_command("sign_in", "domains", house.slug, "remove", domain, stdout=StringIO())
    client, _ = enter(house)
    assert who(client) == str(user.pk)
    known(server, house, Role.AUDITOR, sub="otra")
    assert enter(house, "otra")[1].status_code == 403
    page = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/entrada/")
    assert "no tiene dominios de correo" in page.content.decode()
    call_command("sign_in", "domains", house.slug, "add", "puerto.example", stdout=StringIO())
    page = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/entrada/")
    assert "puerto.example" in page.content.decode()
    assert enter(house, "otra")[1].status_code == 302


def test_failures_are_written_down_only_of_who_works_in_that_body(house, other_house, server):
    connect(house, server, claim="grupos", claim_value="siac")
    add_domain(institution=house.institution, domain="vecina.example", now=NOW)
    server.tell("ajena", email=other_house.user(Role.AUDITOR).email, email_verified=True)
    enter(house, "ajena")
    assert not SignIn.objects.exists()
    user = known(server, house)
    enter(house)
    [row] = SignIn.objects.all()
    assert (row.user, row.succeeded, row.provider_id) == (user, False, IdentityProvider.objects.get().pk)


def test_the_first_role_in_another_body_ends_what_a_server_opened(house, other_house, server, provider):
    user = known(server, house)
    client, _ = enter(house)
    other = Client()
    other.force_login(user)
    given = {
        "email": user.email, "name": "", "role": Role.AUDITOR, "unit_id": None, "actor": None, "now": NOW,
    }  # fmt: skip
    grant_role(institution=house.institution, **given)
    assert client.get(f"/{house.slug}/gestion/inicio/").status_code == 200
    grant_role(institution=other_house.institution, **given)
    assert client.get(f"/{house.slug}/gestion/inicio/").status_code == 302
    assert other.get(f"/{house.slug}/gestion/inicio/").status_code == 200


def test_a_body_sees_no_sign_in_from_before_somebody_came_nor_from_where_another_body_let_them_in(
    house, other_house, server, provider
):
    user = known(server, house)
    address = f"/{other_house.slug}/gestion/accesos/"
    enter(house)
    grant_role(
        institution=other_house.institution, email=user.email, name="", role=Role.AUDITOR, unit_id=None,
        actor=None, now=timezone.now(),
    )  # fmt: skip
    seen = other_house.client(Role.ADMINISTRATOR)
    assert user.email not in seen.get(address).content.decode()
    SignIn.objects.filter(user=user).update(
        at=timezone.now(), address="203.0.113.5", browser="Firefox en Linux"
    )
    page = seen.get(address).content.decode()
    assert user.email in page and "203.0.113.5" not in page and "Firefox" not in page
    own = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/accesos/").content.decode()
    assert "203.0.113.5" in own and "Firefox en Linux" in own


def test_accounts_are_opened_by_it_only_where_the_body_wants_that(house, server):
    connect(house, server, provisions=True, default_role="unit_officer", default_unit_id=house.units["obras"])
    server.tell("nueva", email="nueva@muni.cl", email_verified=True, name="Nueva Persona")
    client, _ = enter(house, "nueva")
    held = Membership.objects.get(user__email="nueva@muni.cl")
    assert (held.role, held.unit_id, held.user.name) == (
        "unit_officer",
        house.units["obras"],
        "Nueva Persona",
    )
    assert who(client) == str(held.user_id)
    for role in ("administrator", "council_member", ""):
        with pytest.raises(Refused, match="provider_role"):
            connect(house, server, provisions=True, default_role=role)


def test_a_state_that_is_not_ours_or_was_used_opens_nothing(house, other_house, server, provider):
    known(server, house)
    client = Client()
    address = sent_out(client, house)
    stranger = Client()
    answer = come_back(stranger, address, "ana")
    assert answer.status_code == 400 and who(stranger) is None
    assert come_back(client, address, "ana").status_code == 302
    client.post("/cuenta/logout/")
    assert come_back(client, address, "ana").status_code == 400
    connect(other_house, server)
    begun = sent_out(client, house)
    state = parse_qs(urlsplit(begun).query)["state"][0]
    crossed = client.get(f"/cuenta/institucional/{other_house.slug}/vuelta/", {"state": state, "code": "x"})
    assert crossed.status_code == 400 and who(client) is None


def test_what_was_begun_long_ago_or_cancelled_or_comes_with_another_nonce_opens_nothing(
    house, server, provider
):
    known(server, house)
    client = Client()

    def changed(**new):
        address = sent_out(client, house)
        state, session = parse_qs(urlsplit(address).query)["state"][0], client.session
        session["entry"] = {**session["entry"], state: {**session["entry"][state], **new}}
        session.save()
        return address, state

    address, _ = changed(at=int((timezone.now() - timedelta(minutes=11)).timestamp()))
    late = come_back(client, address, "ana")
    assert late.status_code == 400 and "diez minutos" in late.content.decode()
    address, _ = changed(nonce="otro")
    assert come_back(client, address, "ana").status_code == 403
    _, state = changed()
    back = f"/cuenta/institucional/{house.slug}/vuelta/"
    assert client.get(back, {"state": state, "error": "access_denied"}).status_code == 403
    _, state = changed()
    assert client.get(back, {"state": state, "error": "server_error"}).status_code == 503
    _, state = changed()
    assert client.get(back, {"state": state, "code": "inventado"}).status_code == 403
    _, state = changed()
    other = client.get(back, {"state": state, "code": "x", "iss": "https://otra.cl"})
    assert other.status_code == 403
    assert who(client) is None


def test_a_server_that_changed_its_key_is_believed_by_the_new_one(house, server, provider):
    known(server, house)
    IdentityProvider.objects.update(keys=[])
    client, answer = enter(house)
    assert answer.status_code == 302 and who(client)
    assert IdentityProvider.objects.get().keys


def test_a_server_that_is_away_is_told_and_nothing_is_lost(house):
    with running() as gone:
        connect(house, gone)
        known(gone, house)
        client, go_on = Client(), f"/{house.slug}/gestion/inicio/"
        begun = sent_out(client, house, go_on)
        state = parse_qs(urlsplit(begun).query)["state"][0]
    answer = client.get(f"/cuenta/institucional/{house.slug}/vuelta/", {"state": state, "code": "x"})
    assert answer.status_code == 503 and answer["Retry-After"]
    page = answer.content.decode()
    assert "no contesta" in page and "next=%2Fpuerto%2Fgestion%2Finicio%2F" in page
    IdentityProvider.objects.update(server={}, read_at=None)
    assert client.get(f"/cuenta/institucional/{house.slug}/").status_code == 503


def test_a_server_that_drips_holds_a_page_for_seconds_only(house, server, provider, monkeypatch):
    import threading

    ended = threading.Event()
    monkeypatch.setattr(asking, "WAIT", 0.2)
    monkeypatch.setattr(asking, "post", lambda *_, **__: ended.wait(5))
    known(server, house)
    try:
        assert enter(house)[1].status_code == 503
    finally:
        ended.set()


def test_only_what_may_be_reached_is_asked(house, server, monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "")
    with pytest.raises(asking.Away):
        asking.read_server(server.url)
    assert outside_http.LARGEST < asking.LARGEST


def test_the_secret_lies_sealed_and_stays_where_none_is_typed(house, server, provider):
    assert b"un secreto" not in bytes(provider.secret)
    again = connect(house, server, secret="")
    assert secret_of(again) == "un secreto"
    with pytest.raises(Refused, match="provider_address"):
        connect(house, server, issuer="http://id.muni.cl")


def test_where_it_is_the_only_way_a_password_lets_in_nobody_who_works_here_alone(house, server):
    admin = house.user(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="provider_untried"):
        connect(house, server, is_only_way=True)
    connect(house, server)
    known(server, house, Role.ADMINISTRATOR)
    enter(house)
    connect(house, server, is_only_way=True, secret="")
    admin.set_password(PASSWORD)
    admin.save()
    client = Client()
    typed = {"login": admin.email, "password": PASSWORD}
    refused = client.post("/cuenta/login/?next=/puerto/gestion/inicio/", typed)
    assert refused.status_code == 403 and who(client) is None
    assert "next=%2Fpuerto%2Fgestion%2Finicio%2F" in refused.content.decode()
    [row] = SignIn.objects.filter(user=admin, way=Way.PASSWORD)
    assert not row.succeeded
    assert enter(house)[1].status_code == 302
    call_command("sign_in", "passwords", house.slug)
    assert client.post("/cuenta/login/", typed).status_code == 302
    assert who(client) == str(admin.pk)


def only_way(house: House, server: Running) -> User:
    """Have people come in by the server only, and return who works here with a password all the same."""
    connect(house, server)
    admin = known(server, house, Role.ADMINISTRATOR)
    enter(house)
    connect(house, server, is_only_way=True, secret="")
    admin.set_password(PASSWORD)
    admin.save()
    return admin


def test_where_it_is_the_only_way_a_password_proves_nothing_either(house, server):
    only_way(house, server)
    client, _ = enter(house)
    asked = client.get("/cuenta/reauthenticate/", {"next": f"/{house.slug}/gestion/"})
    assert asked.status_code == 302 and "/otra-vez/" in asked["Location"]
    client.post("/cuenta/reauthenticate/", {"password": PASSWORD})
    records = client.session["account_authentication_methods"]
    assert {each["method"] for each in records} == {"openid_connect"}


@pytest.mark.parametrize("named", ["{}/", "https://otro.example,{}", "https://otro.example"])
def test_the_only_way_is_none_where_servers_of_staff_are_named_and_not_this_one(
    house, server, monkeypatch, named
):
    """Else a restart with the first named server would shut a whole body out."""
    admin = only_way(house, server)
    inside, _ = enter(house)
    monkeypatch.setenv("SIAC_STAFF_SERVERS", named.format(server.url))
    is_named = server.url in os.environ["SIAC_STAFF_SERVERS"]
    page = f"/cuenta/login/?next=/{house.slug}/gestion/inicio/"
    typed = {"login": admin.email, "password": PASSWORD}
    assert ("Entrar con la cuenta municipal" in Client().get(page).content.decode()) is is_named
    client = Client()
    assert client.post(page, typed).status_code == (403 if is_named else 302)
    assert who(client) == (None if is_named else str(admin.pk))
    asked = inside.get("/cuenta/reauthenticate/", {"next": f"/{house.slug}/gestion/"})
    assert ("/otra-vez/" in asked.headers.get("Location", "")) is is_named
    if not is_named:  # they confirm with their password
        assert inside.post("/cuenta/reauthenticate/", {"password": PASSWORD}).status_code == 302
    setup = client if not is_named else inside
    page = setup.get(f"/{house.slug}/gestion/configuracion/entrada/").content.decode()
    assert ("vale otra vez la contraseña" in page) is not is_named
    assert (unnamed_servers(NOW) is None) is is_named


def test_where_it_is_the_only_way_a_letter_opens_an_account_and_lets_nobody_in(house, server):
    only_way(house, server)
    invite(
        institution=house.institution, email="nora@muni.cl", name="Nora", role=Role.AUDITOR,
        unit_id=None, actor=None, now=timezone.now(),
    )  # fmt: skip
    secret = "carta"
    Invitation.objects.update(digest=hashlib.sha256(secret.encode()).hexdigest())
    client = Client()
    answer = client.post(f"/cuenta/invitacion/{secret}/", {"name": "Nora", "password": PASSWORD})
    assert answer.status_code == 403 and who(client) is None
    assert "Entre con su cuenta institucional" in answer.content.decode()
    assert Membership.objects.filter(user__email="nora@muni.cl").exists()


def test_an_offer_whose_last_day_passed_keeps_nobody_from_the_others(house, server, provider):
    now = timezone.now()
    for role, until in ((Role.AUDITOR, now.date() + timedelta(days=1)), (Role.FRONT_DESK, None)):
        invite(
            institution=house.institution, email="nora@muni.cl", name="Nora", role=role, unit_id=None,
            actor=None, now=now, until=until,
        )  # fmt: skip
    Invitation.objects.filter(role=Role.AUDITOR).update(until=now.date() - timedelta(days=3))
    server.tell("nora", email="nora@muni.cl", email_verified=True)
    client, _ = enter(house, "nora")
    assert who(client)
    assert list(Membership.objects.filter(user__email="nora@muni.cl").values_list("role", flat=True)) == [
        Role.FRONT_DESK
    ]
    Invitation.objects.filter(role=Role.AUDITOR).update(email="sola@muni.cl")
    server.tell("sola", email="sola@muni.cl", email_verified=True)
    _, answer = enter(house, "sola")
    assert answer.status_code == 403 and "último día del rol" in answer.content.decode()
    assert not User.objects.filter(email="sola@muni.cl").exists()


def test_the_pages_of_a_practice_body_offer_the_button_of_the_real_one(house, other_house, provider):
    type(house.institution).objects.filter(pk=other_house.institution.pk).update(
        practice_of=house.institution
    )
    page = Client().get("/cuenta/login/", {"next": f"/{other_house.slug}/gestion/inicio/"}).content.decode()
    assert page.count("Entrar con la cuenta municipal") == 1
    assert f"/cuenta/institucional/{house.slug}/?next=%2F{other_house.slug}%2Fgestion" in page


def test_whoever_has_a_second_step_here_is_asked_for_it_too(house, server, provider):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(known(server, house), generate_totp_secret())
    client, answer = enter(house)
    assert answer["Location"].startswith("/cuenta/verificacion/authenticate/")
    assert who(client) is None


def test_a_practice_body_has_none(house, server):
    house.institution.practice_of = house.institution
    with pytest.raises(Refused, match="practice_without_provider"):
        save_provider(institution=house.institution, actor=None, now=NOW, secret="x", read=None)


def test_the_page_that_sets_it_up_asks_the_server_and_keeps_what_was_typed(house, server):
    client, address = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/entrada/"
    page = client.get(address).content.decode()
    assert f"/cuenta/institucional/{house.slug}/vuelta/" in page
    typed = {"label": "Entrar", "issuer": f"{server.url}/otra", "client_id": "siac", "secret": "s"}
    wrong = client.post(address, {**typed, "is_active": "on"})
    assert wrong.status_code == 422
    assert "no contestó lo que debe" in wrong.content.decode() and "/otra" in wrong.content.decode()
    assert client.post(address, typed).status_code == 302
    right = client.post(address, {**typed, "issuer": server.url, "is_active": "on"})
    assert right.status_code == 302
    row = IdentityProvider.objects.get()
    assert row.is_active and row.keys and secret_of(row) == "s"
    half = client.post(address, {**typed, "issuer": server.url, "claim": "groups"})
    assert half.status_code == 422


def test_whoever_accepts_a_role_elsewhere_in_such_a_session_gets_a_page_and_signs_in_again(
    house, other_house, server, provider, settings
):
    user = known(server, house)
    client, _ = enter(house)
    invite(
        institution=other_house.institution, email=user.email, name="A", role=Role.AUDITOR, unit_id=None,
        actor=None, now=timezone.now(),
    )  # fmt: skip
    Invitation.objects.update(digest=_digest("secreto"))
    address = reverse("invitations:accept", args=["secreto"])
    assert client.get(address).status_code == 200
    used_before = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE) - timedelta(hours=1)
    Session.objects.update(expire_date=used_before)  # so that this request would renew it
    answer = client.post(address)
    assert answer.status_code == 302
    assert Membership.objects.filter(institution=other_house.institution, user=user).exists()
    assert client.get(f"/{other_house.slug}/gestion/inicio/").status_code == 302
