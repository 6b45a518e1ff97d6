# SPDX-License-Identifier: EUPL-1.2
"""The screens of a counter, through the pages: take a number, be called, be attended, follow it by phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.public import Interaction
from siac.counter.commands import tickets
from siac.counter.commands.shifts import open_desk
from siac.counter.commands.tickets import take_ticket
from siac.counter.models import DeskShift, QueueLine, Stage, Visit
from siac.counter.portal import taking
from siac.counter.queries import lines
from tests.counter.conftest import Room, make_room, now_in
from tests.factories import make_house
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(house) -> Room:
    return make_room(house, is_open=False)


def kiosk(room: Room) -> str:
    return f"/{room.house.slug}/puntos/oirs/turnos/"


def desk_url(room: Room, desk: int = 0) -> str:
    return f"/{room.house.slug}/gestion/turnos/modulos/{room.desks[desk]}/"


def press(room: Room, client, code: str, **data):
    visit = Visit.objects.order_by("-pk").first()
    sent = {"visita": visit.pk if visit else "", **data}
    return client.post(f"{desk_url(room)}{code}/", sent, follow=True)


def test_a_number_is_taken_without_javascript_and_nothing_of_it_stays(room):
    client = room.house.client()
    page = words(client.get(kiosk(room)))
    assert "Ingresar o preguntar" in page and "todavía no se sabe" in page and "nadie espera" in page
    done = client.post(kiosk(room), {"fila": room.lines["B"], "preferente": "elderly", "impresora": "1"})
    visit = Visit.objects.get()
    assert done.url == f"{kiosk(room)}{visit.token}/?impresora=1" and visit.priority == "elderly"
    shown = client.get(done.url)
    page = shown.content.decode()
    assert "B 001" in page and "<svg" in page and "data-print-now" in page
    assert f'data-idle="40" data-idle-to="{kiosk(room)}salir/?impresora=1"' in page
    assert shown["Cache-Control"] == "private, no-store" and not client.cookies.get("sessionid")
    Visit.objects.update(taken_at=timezone.now() - taking.SHOWN_FOR - timedelta(seconds=1))
    assert client.get(done.url).url == f"{kiosk(room)}salir/?impresora=1"
    assert client.get(f"{kiosk(room)}salir/?impresora=1").url == f"{kiosk(room)}?impresora=1"


def test_a_preference_is_asked_for_never_guessed(room):
    client = room.house.client()
    page = client.get(kiosk(room), {"pedir": "1"}).content.decode()
    assert "¿Qué preferencia pide?" in page and 'value="disability"' in page
    page = client.get(kiosk(room), {"preferente": "disability"}).content.decode()
    assert "Atención preferente: Discapacidad." in page
    assert "Atención preferente:" not in words(client.get(kiosk(room), {"preferente": "reyes"}))


@pytest.mark.parametrize("sent", [{}, {"fila": "0"}, {"fila": "x" * 500}, {"preferente": "reyes"}])
def test_what_the_screen_does_not_offer_is_no_number(room, sent):
    sent = {"fila": str(room.lines["A"]), **sent} if "preferente" in sent else sent
    page = room.house.client().post(kiosk(room), sent)
    assert page.status_code == 422 and "No hay número" in words(page) and not Visit.objects.exists()


def test_whoever_plays_with_the_screen_is_told_to_ask_for_help(room, monkeypatch):
    monkeypatch.setattr(taking, "MOST_TICKETS", 2)
    client = room.house.client()
    answers = [client.post(kiosk(room), {"fila": room.lines["A"]}).status_code for _ in range(4)]
    assert answers == [302, 302, 429, 429] and Visit.objects.count() == 2


def test_a_visit_goes_through_a_desk_by_its_buttons(room):
    client = room.house.client(Role.FRONT_DESK)
    room.house.client().post(kiosk(room), {"fila": room.lines["A"]})
    visit = Visit.objects.get()
    assert "Módulo 1" in words(client.get(f"/{room.house.slug}/gestion/turnos/"))
    assert "Módulo abierto." in words(press(room, client, "abrir"))
    assert client.get(f"/{room.house.slug}/gestion/turnos/").url == desk_url(room)
    page = words(press(room, client, "llamar"))
    assert "Llamado: A 001." in page and "Deshacer" in page
    phone = f"/{room.house.slug}/turno/{visit.token}/"
    assert "Pase a Módulo 1" in words(client.get(phone))
    screen = client.get(f"/{room.house.slug}/puntos/oirs/llamados/").content.decode()
    assert 'data-say="Turno A 001, Módulo 1"' in screen and "primer llamado" in screen
    assert "Llamado otra vez." in words(press(room, client, "rellamar"))
    assert "Atención iniciada." in words(press(room, client, "atender"))
    assert "Le atienden en Módulo 1" in words(client.get(phone))
    assert "En pausa" in words(press(room, client, "pausar"))
    assert "Llamado otra vez." in words(press(room, client, "retomar"))
    press(room, client, "atender")
    assert "Sigue con la misma persona" in words(press(room, client, "otro", fila=room.lines["B"]))
    assert "terminada y registrada" in words(press(room, client, "terminar", asunto="Cupo", pendiente="1"))
    rows = Interaction.objects.order_by("pk")
    assert [(row.subject, row.is_resolved) for row in rows] == [("", True), ("Cupo", False)]
    assert "Su atención terminó" in words(client.get(phone))
    assert "No espera nadie" in words(press(room, client, "llamar"))
    assert "Módulo cerrado." in words(press(room, client, "cerrar"))


def test_other_ways_from_a_desk(room):
    client = room.house.client(Role.FRONT_DESK)
    for _ in range(3):
        room.house.client().post(kiosk(room), {"fila": room.lines["A"]})
    first, second, third = Visit.objects.order_by("pk")
    press(room, client, "abrir")
    press(room, client, "llamar")
    assert "sigue esperando" in words(press(room, client, "deshacer", visita=first.pk))
    press(room, client, "llamar")
    assert "no se presentó" in words(press(room, client, "ausente", visita=first.pk))
    press(room, client, "llamar")
    assert "Derivada" in words(press(room, client, "derivar", visita=second.pk, fila=room.lines["B"]))
    assert [now_in(first), now_in(second), now_in(third)] == ["no_show", "transferred", "waiting"]
    press(room, client, "retomar", visita=first.pk)
    press(room, client, "atender", visita=first.pk)
    page = press(room, client, "solicitud", visita=first.pk)
    assert page.redirect_chain[0][0].endswith(f"/atenciones/{Interaction.objects.get().pk}/solicitud/")
    assert not Interaction.objects.get().is_resolved
    assert "Alguien ya hizo algo" in words(press(room, client, "atender", visita=third.pk))
    assert "Alguien ya hizo algo" in words(press(room, client, "atender", visita="x"))
    assert client.post(f"{desk_url(room)}volar/").status_code == 404


def test_a_desk_of_a_unit_that_is_not_theirs_does_not_open(room):
    lines_now = QueueLine.objects.filter(point=room.house.point)
    lines_now.update(unit=room.house.units["juridico"])
    room.institution.config_version += 1
    room.institution.save(update_fields=["config_version"])
    assert room.house.client(Role.FRONT_DESK).get(desk_url(room)).status_code == 404
    assert room.house.client(Role.QUALITY_MANAGER).get(desk_url(room)).status_code == 200
    assert {line.unit_id for line in lines(room.institution).values()} == {room.house.units["juridico"]}


def test_a_room_is_seen_and_closed_by_whoever_supervises(room):
    client, url = room.house.client(Role.QUALITY_MANAGER), f"/{room.house.slug}/gestion/turnos/sala/"
    url = f"{url}{room.house.point}/"
    now = timezone.now()
    open_desk(
        institution=room.institution, desk_id=room.desks[0], actor=room.house.user(Role.FRONT_DESK), now=now
    )
    waits = now - timedelta(minutes=12, seconds=5)
    visit = take_ticket(institution=room.institution, line_id=room.lines["A"], now=waits)
    page = words(client.get(url))
    assert "12 min" in page and room.house.user(Role.FRONT_DESK).name in page
    assert "Módulo cerrado." in words(client.post(f"{url}hacer/", {"modulo": room.desks[0]}, follow=True))
    assert not DeskShift.objects.filter(closed_at=None).exists()
    assert "Quedaron sin atender: 1." in words(client.post(f"{url}hacer/", {"dia": "cerrar"}, follow=True))
    assert now_in(visit) == "closed"
    assert "El punto cerró" in words(client.get(f"/{room.house.slug}/turno/{visit.token}/"))
    assert client.post(f"{url}hacer/", {"modulo": "999"}).status_code == 403


def test_whoever_supervises_opens_a_desk_for_somebody_who_attends(room):
    client, url = room.house.client(Role.QUALITY_MANAGER), f"/{room.house.slug}/gestion/turnos/sala/"
    url, officer = f"{url}{room.house.point}/", room.house.user(Role.FRONT_DESK)
    sent = {"abrir": room.desks[0], "quien": officer.pk}
    done = words(client.post(f"{url}hacer/", sent, follow=True))
    assert f"Módulo abierto para {officer.name}." in done
    assert DeskShift.objects.get(closed_at=None).officer_id == officer.pk
    again = words(client.post(f"{url}hacer/", {**sent, "abrir": room.desks[1]}, follow=True))
    assert "ya está abierto, o esa persona atiende en otro" in again
    for nobody in (room.house.user(Role.HEAD_OF_UNIT).pk, "0", "x"):
        page = words(client.post(f"{url}hacer/", {"abrir": room.desks[1], "quien": nobody}, follow=True))
        assert "Esa persona no atiende en este punto." in page
    assert DeskShift.objects.count() == 1


def test_a_point_that_closes_says_what_becomes_of_those_who_wait(room):
    client, url = room.house.client(Role.QUALITY_MANAGER), f"/{room.house.slug}/gestion/turnos/sala/"
    url, visitor = f"{url}{room.house.point}/", room.house.client()
    visitor.post(kiosk(room), {"fila": room.lines["A"]})
    visit = Visit.objects.get()
    assert "Esperan 1 persona." in words(client.get(url))
    undecided = words(client.post(f"{url}hacer/", {"terminar": "1"}, follow=True))
    assert "Elija qué pasa con quienes esperan." in undecided and now_in(visit) == "waiting"
    page = words(client.post(f"{url}hacer/", {"terminar": "1", "dia": "atender"}, follow=True))
    assert "Ya no se dan más números hoy." in page and now_in(visit) == "waiting"
    refused = visitor.post(kiosk(room), {"fila": room.lines["A"]})
    assert refused.status_code == 422 and "ya no da más números" in words(refused)
    assert "vuelve a dar números" in words(client.post(f"{url}hacer/", {"seguir": "1"}, follow=True))
    assert visitor.post(kiosk(room), {"fila": room.lines["A"]}).status_code == 302
    closed = words(client.post(f"{url}hacer/", {"terminar": "1", "dia": "cerrar"}, follow=True))
    assert "Quedaron sin atender: 2." in closed and now_in(visit) == "closed"
    assert visitor.post(kiosk(room), {"fila": room.lines["A"]}).status_code == 422


def test_a_line_that_is_full_leaves_the_others_theirs(room, monkeypatch):
    monkeypatch.setattr(tickets, "MOST_OF_LINE", 2)
    client = room.house.client()
    answers = [client.post(kiosk(room), {"fila": room.lines["A"]}) for _ in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 422]
    assert "En esta fila ya esperan 2 personas" in words(answers[-1])
    assert client.post(kiosk(room), {"fila": room.lines["B"]}).status_code == 302


def test_screens_and_phones_ask_little_and_share_what_was_read(room):
    client, officer = room.house.client(), room.house.client(Role.FRONT_DESK)
    now = timezone.now()
    for _ in range(30):
        visit = take_ticket(institution=room.institution, line_id=room.lines["A"], now=now)
    shared = [f"/{room.house.slug}/puntos/oirs/llamados/", kiosk(room)]
    phone = f"/{room.house.slug}/turno/{visit.token}/"
    for url in (*shared, phone, desk_url(room)):
        officer.get(url)
    with at_most(12):
        officer.get(desk_url(room))
    with at_most(len(shared)):  # the body of each; the room was just read for the desk
        for url in shared:
            client.get(url)
    with at_most(3):
        client.get(phone)


def test_lines_and_desks_are_set_up_by_whoever_keeps_points(house):
    client, base = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion"
    typed = {"point_id": house.point, "letter": "c", "name": "Certificados", "unit_id": house.units["oirs"]}
    assert client.post(f"{base}/filas/nueva/", {**typed, "is_active": "on"}).status_code == 302
    line = QueueLine.objects.get()
    assert (line.prefix, line.version) == ("C", 1)
    page = client.post(f"{base}/filas/nueva/", {**typed, "is_active": "on"})
    assert page.status_code == 422 and "ya tiene la letra C" in words(page)
    page = client.post(f"{base}/modulos/nuevo/", {"point_id": house.point, "name": "Módulo 1"})
    assert page.status_code == 422 and "Elija al menos una fila." in words(page)
    sent = {"point_id": house.point, "name": "Módulo 1", "line_ids": [line.pk], "is_active": "on"}
    assert client.post(f"{base}/modulos/nuevo/", sent).status_code == 302
    assert "OIRS" in words(client.get(f"{base}/modulos/"))
    assert "Certificados" in words(client.get(f"{base}/filas/"))
    changed = {**typed, "name": "Papeles", "is_active": "on", "based_on": "1"}
    assert client.post(f"{base}/filas/{line.pk}/", changed).status_code == 302
    assert "Certificados" in words(client.get(f"{base}/filas/{line.pk}/"))  # in its history
    other = make_house("valle")
    assert (
        other.client(Role.ADMINISTRATOR)
        .get(f"/{other.slug}/gestion/configuracion/filas/{line.pk}/")
        .status_code
        == 404
    )
    assert Stage.objects.count() == 0
