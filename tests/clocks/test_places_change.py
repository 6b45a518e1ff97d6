# SPDX-License-Identifier: EUPL-1.2
"""Another place of a body or of a unit: what it moves is computed by a job and shown first, then follows as
a job, each term once.
"""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.clocks import tasks
from siac.clocks.commands.changes import begin_adding
from siac.clocks.commands.previews import LINE
from siac.clocks.models import CalendarChange, CalendarPreview, Clock, ClockMove, MoveList
from siac.clocks.public import add_days
from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.tasks import preview_change
from siac.infra.longwork import run_long
from siac.journal.public import verify_institution
from siac.organizations.models import Institution, Membership, Unit
from siac.organizations.public import save_unit, update_institution
from tests.clocks.previews import previewed
from tests.factories import NOW, file, make_house
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
THERE = "CL-AN"


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()


@pytest.fixture
def house():
    """A body in one region; in another, 15 September is off."""
    house = make_house()
    begin_adding(
        layer_code=THERE,
        days=[date(2026, 9, 15)],
        name="Día de la región",
        kind="holiday",
        source="Ley 1",
        reason="Ley 1",
        institution_id=house.institution.pk,
        actor_id=None,
        now=NOW,
    )
    house.institution.refresh_from_db()
    return house


def body_page(house):
    return f"/{house.slug}/gestion/configuracion/organismo/"


def typed(house, **changes):
    row = Institution.objects.get(pk=house.institution.pk)
    names = (
        "name",
        "short_name",
        "official_code",
        "email",
        "phone",
        "address",
        "time_zone",
        "place",
        "brand_colour",
    )
    return {name: getattr(row, name) for name in names} | changes


def run():
    change = CalendarChange.objects.latest("pk")
    tasks.follow_calendar(change.pk)
    change.refresh_from_db()
    return change


def again(browser, shown, **changes):
    """Press «Guardar y mover los plazos» on the page of a preview: all that it holds is sent."""
    page = browser.get(shown)
    row = page.context["row"]
    sent = {**row.typed, "vista": row.pk, "visto": row.digest, "hacer": "aplicar", **changes}
    return browser.post(page.context["form_url"], sent)


def test_the_body_sees_what_moves_before_and_every_term_follows_after(house):
    cases = [file(house, now=NOW) for _ in range(3)]
    before = Case.objects.get(pk=cases[0].pk).legal_due_on
    client = house.client(Role.ADMINISTRATOR)
    sent = client.post(body_page(house), typed(house, place=THERE, phone="123"))
    row = CalendarPreview.objects.get()
    assert sent.url.endswith(f"/calendarios/vista-previa/{row.pk}/")
    assert (row.state, row.done, row.found) == ("waiting", 0, None) and row.total >= 3
    text = client.get(sent.url).content.decode()
    assert "every 3s" in text and "Actualizar" in text and "mover los plazos" not in text
    assert sent.url in client.get(f"/{house.slug}/gestion/calendarios/cambios/").content.decode()
    preview_change(row.pk)
    with at_most(14):
        text = client.get(sent.url).content.decode()
    assert "every 3s" not in text and "Guardar y mover los plazos" in text and "Todavía no se ha" in text
    assert (
        '<h2 class="govuk-heading-m" id="cambian">Cambia' in text
        and f"{before:%d-%m-%Y}" in text
        and 'name="phone" value="123"' in text
    )
    assert Institution.objects.get(pk=house.institution.pk).place != THERE
    saved = again(client, sent.url)
    assert saved.url.endswith("/calendarios/cambios/")
    body = Institution.objects.get(pk=house.institution.pk)
    assert (body.place, body.phone) == (THERE, "123")
    found = CalendarPreview.objects.get().found
    change = run()
    assert change.state == "done" and change.moved == found["moved"] > 0 and change.layer is None
    assert change.left == found["left"]
    after = Case.objects.get(pk=cases[0].pk).legal_due_on
    assert after > before
    assert set(Clock.objects.filter(state="running").values_list("place", flat=True)) == {THERE}
    assert ClockMove.objects.filter(change=change).count() == change.moved
    page = client.get(f"/{house.slug}/gestion/calendarios/cambios/{change.pk}/").content.decode()
    assert "Terminado" in page and house.institution.name in page
    assert change.name in client.get(f"/{house.slug}/gestion/calendarios/cambios/").content.decode()
    assert "Ya se aplicó" in client.get(sent.url).content.decode()
    assert not verify_institution(house.institution.pk).problems


def test_what_moved_is_a_file_that_a_job_prepares(house):
    case = file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    again(client, previewed(client, body_page(house), typed(house, place=THERE)))
    change = run()
    asked = client.post(f"/{house.slug}/gestion/calendarios/cambios/{change.pk}/plazos/")
    made = MoveList.objects.get()
    tasks.list_moves(made.pk)
    lines = b"".join(client.get(f"{asked.url}archivo/").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + change.moved and any(case.folio in line for line in lines)


@pytest.mark.parametrize("what", ["filed", "calendar", "place"])
def test_what_changed_since_is_refused_and_computed_anew(house, what):
    file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    shown = previewed(client, body_page(house), typed(house, place=THERE))
    old = CalendarPreview.objects.get()
    sent = {**old.typed, "vista": old.pk, "visto": old.digest}
    if what == "filed":
        file(house, now=NOW)
    elif what == "calendar":
        add_days(
            layer_code=THERE, days=[date(2026, 9, 16)], name="Otro", kind="holiday", source="Ley 2",
            reason="Ley 2", institution_id=house.institution.pk, actor_id=None, now=NOW,
        )  # fmt: skip
    else:
        sent["place"] = "CL-AP"  # another place than the one shown
    answer = client.post(body_page(house), sent, follow=True)
    assert "cambió desde que usted lo miró" in answer.content.decode()
    assert not CalendarChange.objects.filter(action="place").exists()
    assert Institution.objects.get(pk=house.institution.pk).place == old.place_from
    new = CalendarPreview.objects.latest("pk")
    assert new.pk != old.pk and answer.request["PATH_INFO"].endswith(f"/vista-previa/{new.pk}/")
    assert (new.place_to, new.state) == (sent["place"], "waiting") and shown != answer.request["PATH_INFO"]
    preview_change(new.pk)
    assert again(client, answer.request["PATH_INFO"]).status_code == 302
    assert Institution.objects.get(pk=house.institution.pk).place == sent["place"]


def test_it_is_applied_once_by_who_asked_and_only_when_it_is_there(house):
    file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    sent = client.post(body_page(house), typed(house, place=THERE))
    row = CalendarPreview.objects.get()
    early = client.post(body_page(house), {**row.typed, "vista": row.pk, "visto": row.digest})
    assert early.status_code == 422 and "todavía no está lista" in early.content.decode()
    other = house.client(Role.QUALITY_MANAGER)
    assert other.get(sent.url).status_code in (403, 404)
    preview_change(row.pk)
    # Not by the door of changes of calendar: the place would not be saved with it.
    client.post(sent.url, {"hacer": "aplicar", "visto": CalendarPreview.objects.get().digest})
    assert not CalendarChange.objects.filter(action="place").exists()
    for _ in range(2):
        assert again(client, sent.url).status_code == 302
    assert CalendarChange.objects.filter(action="place").count() == 1
    row.refresh_from_db()
    assert row.state == "applied" and row.change_id == CalendarChange.objects.latest("pk").pk


def test_who_no_longer_sets_the_body_up_neither_sees_nor_applies_it(house):
    file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    shown = previewed(client, body_page(house), typed(house, place=THERE))
    Membership.objects.filter(user=house.user(Role.ADMINISTRATOR)).update(role=Role.QUALITY_MANAGER)
    assert client.get(shown).status_code == 403
    row = CalendarPreview.objects.get()
    sent = {**row.typed, "vista": row.pk, "visto": row.digest}
    assert client.post(body_page(house), sent).status_code == 403
    assert client.post(shown, {"hacer": "calcular"}).status_code == 403
    assert CalendarPreview.objects.count() == 1 and not CalendarChange.objects.filter(action="place").exists()


def test_what_was_typed_can_be_changed_and_a_broken_job_asked_for_again(house):
    file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    sent = client.post(body_page(house), typed(house, place=THERE, phone="123"))
    row = CalendarPreview.objects.get()
    form = client.get(f"{body_page(house)}?de={row.pk}")
    assert form.status_code == 200 and 'value="123"' in form.content.decode()
    assert Institution.objects.get(pk=house.institution.pk).phone != "123"  # only shown again
    for odd in ("x", "999999999999999999999", str(row.pk + 1)):
        assert client.get(f"{body_page(house)}?de={odd}").status_code in (200, 404)

    def broken(row, clock):
        raise RuntimeError("el proceso murió")
        yield

    with pytest.raises(RuntimeError):
        run_long(LINE, row.pk, broken, clock=lambda: NOW)
    assert "Calcular otra vez" in client.get(sent.url).content.decode()
    new = client.post(sent.url, {"hacer": "calcular"})
    preview_change(CalendarPreview.objects.latest("pk").pk)
    assert new.url != sent.url and again(client, new.url).status_code == 302
    assert Institution.objects.get(pk=house.institution.pk).place == THERE


def test_a_place_that_moves_nothing_is_saved_at_once(house):
    client = house.client(Role.ADMINISTRATOR)
    assert client.post(body_page(house), typed(house, place=THERE)).status_code == 302
    assert not CalendarChange.objects.filter(action="place").exists()


def test_a_unit_moves_only_its_own_requests_and_the_body_not_those_of_a_unit_elsewhere(house):
    works, desk = house.units["obras"], house.units["oirs"]
    of_works, of_desk = file(house, now=NOW, unit_id=works), file(house, now=NOW, unit_id=desk)
    unit = Unit.objects.get(pk=works)
    client = house.client(Role.ADMINISTRATOR)
    page = f"/{house.slug}/gestion/configuracion/unidades/{works}/"
    sent = {
        "name": unit.name,
        "code": unit.code,
        "parent_id": unit.parent_id or "",
        "email": "",
        "place": THERE,
        "is_active": "on",
    }
    address = previewed(client, page, sent)
    shown = client.get(address).content.decode()
    assert "Guardar y mover los plazos" in shown and of_works.folio in shown and of_desk.folio not in shown
    assert unit.name in shown and again(client, address).status_code == 302
    change = run()
    assert change.unit_id == works
    places = dict(Clock.objects.filter(kind="legal").values_list("subject_id", "place"))
    assert places == {of_works.pk: THERE, of_desk.pk: house.institution.place}
    update_institution(institution=house.institution, actor=None, now=NOW, place="CL-AP")
    run()
    places = dict(Clock.objects.filter(kind="legal").values_list("subject_id", "place"))
    assert places == {of_works.pk: THERE, of_desk.pk: "CL-AP"}


def test_a_unit_back_at_the_place_of_its_body_follows_too(house):
    works = Unit.objects.get(pk=house.units["obras"])
    case = file(house, now=NOW, unit_id=works.pk)
    first = Case.objects.get(pk=case.pk).legal_due_on
    kept = {"code": works.code, "name": works.name, "parent_id": works.parent_id}
    for place in (THERE, ""):
        save_unit(institution=house.institution, actor=None, now=NOW, unit=works, place=place, **kept)
        run()
    assert Case.objects.get(pk=case.pk).legal_due_on == first
    assert set(Clock.objects.filter(state="running").values_list("place", flat=True)) == {
        house.institution.place
    }


def test_a_restricted_request_moves_and_is_not_named(house):
    case = file(house, now=NOW)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    client = house.client(Role.ADMINISTRATOR)
    shown = client.get(previewed(client, body_page(house), typed(house, place=THERE))).content.decode()
    assert "Solicitud reservada" in shown and case.folio not in shown
