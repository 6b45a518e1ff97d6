# SPDX-License-Identifier: EUPL-1.2
"""A morning at a counter in real browsers: 40 people, three desks, two preferences, one who is sent on, two
who do not come, three with an appointment. At the end its figures are its intervals.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from siac.accounts.public import Role, User
from siac.appointments.models import Appointment
from siac.cases.public import Interaction
from siac.counter.models import Desk, Stage, Visit
from siac.indicators.figures.measuring import measure
from siac.indicators.public import count_all
from siac.infra.metrics import Statistic, metric
from siac.organizations.public import grant_role
from tests.appointments.conftest import Clinic, make_clinic, person, window
from tests.e2e.clock import Clock
from tests.factories import BACKEND, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VISITORS, NO_SHOWS, SENT_ON = 40, {7, 22}, 11
PREFERRED = {15: ("elderly", "60 años o más"), 26: ("pregnant", "Embarazo o con una guagua")}
BOOKED = {12: "9:30", 20: "9:45", 31: "10:15"}
"""Who comes for an appointment, and at what hour it is."""
AT_SCREEN = {0, 5, 33, *PREFERRED, *BOOKED}
"""Those whose fingers are on the screen in the browser; the others send what it sends."""
DOOR = "AAB"
"""The lines that people come for, one after another; whoever has an appointment comes for the first."""


@dataclass
class Seen:
    """What somebody with a watch wrote down of a visitor."""

    visit: Visit
    calls: int = 0
    served: timedelta = timedelta()
    begun: datetime | None = None


class Morning:
    """Minutes pass by the clock of the product; people come at the screen, and desks press their buttons."""

    def __init__(self, clinic: Clinic, clock: Clock, screen: Page, desks: list[Page], codes: dict[int, str]):
        self.clinic, self.clock, self.screen, self.desks, self.codes = clinic, clock, screen, desks, codes
        self.slug = clinic.house.slug
        self.kiosk = f"/{self.slug}/puntos/oirs/turnos/"
        self.sender = clinic.house.client()
        self.seen: dict[int, Seen] = {}
        self.at_desk: dict[int, int] = {}
        self.order: list[int] = []
        self.start, self.minute = clock.ahead, 0

    def play(self) -> None:
        """Go on until all 40 came and left."""
        while len(self.seen) < VISITORS or self.at_desk or self._waiting():
            self.clock.ahead = self.start + timedelta(minutes=self.minute)
            if len(self.seen) < VISITORS and self.minute % 2 == 0:
                self._come(len(self.seen))
            for desk in range(3):
                self._attend(desk)
            self.minute += 1
            assert self.minute < 300

    @staticmethod
    def _waiting(**of: object) -> bool:
        return Stage.objects.filter(ended_at=None, state__in=("waiting", "transferred"), **of).exists()

    def _come(self, number: int) -> None:
        if number in AT_SCREEN:
            self._touch(number)
        else:
            line = self.clinic.room.lines[DOOR[number % 3]]
            assert self.sender.post(self.kiosk, {"fila": line}).status_code == 302
        self.seen[number] = Seen(Visit.objects.order_by("-pk")[0])

    def _touch(self, number: int) -> None:
        page = self.screen
        page.goto(self.kiosk)
        if number in BOOKED:
            page.get_by_role("link", name="Tengo cita").click()
            page.get_by_label("Código").fill(self.codes[number])
            page.get_by_role("button", name="Sacar mi número").click()
        else:
            if number in PREFERRED:
                page.get_by_role("button", name="Pedirla").click()
                page.get_by_role("button", name=PREFERRED[number][1]).click()
            name = "Matrícula" if DOOR[number % 3] == "B" else "Ingresar o preguntar"
            page.get_by_role("button", name=name).click()
        expect(page.locator("h1")).to_contain_text("Su número es")

    def _attend(self, desk: int) -> None:
        page = self.desks[desk]
        if desk in self.at_desk:
            self._go_on(desk, page)
            return
        served = Desk.objects.get(pk=self.clinic.room.desks[desk]).line_ids
        if not self._waiting(line__in=served):
            return
        page.get_by_role("button", name="Llamar a quien sigue").click()
        code = page.locator(".siac-desk__code")
        visit = Stage.objects.get(ended_at=None, state="called", desk=self.clinic.room.desks[desk]).visit
        expect(code).to_have_text(visit.code)
        number = next(key for key, each in self.seen.items() if each.visit == visit)
        self.seen[number].calls += 1
        self.order.append(number)
        if number in NO_SHOWS:
            page.get_by_role("button", name="No se presentó").click()
            expect(page.get_by_role("button", name="Llamar a quien sigue")).to_be_visible()
            return
        page.get_by_role("button", name="Atender").click()
        expect(page.get_by_label("De qué se trató")).to_be_visible()
        self.at_desk[desk] = number
        self.seen[number].begun = timezone.now()

    def _go_on(self, desk: int, page: Page) -> None:
        number = self.at_desk[desk]
        watch = self.seen[number]
        assert watch.begun is not None
        if timezone.now() - watch.begun < timedelta(minutes=4 + number % 5):
            return
        del self.at_desk[desk]
        sent_on = number == SENT_ON and watch.calls == 1
        page.get_by_role("button", name="Derivar a esa fila" if sent_on else "Terminar T").click()
        expect(page.get_by_role("button", name="Llamar a quien sigue")).to_be_visible()
        watch.served += timezone.now() - watch.begun


def spent(visit: Visit, *states: str) -> timedelta:
    """Return how long the intervals of a visit say it was in some states."""
    spans = Stage.objects.filter(visit=visit, state__in=states, ended_at__isnull=False)
    return sum((each.ended_at - each.begun_at for each in spans), timedelta())


def minutes(span: timedelta) -> int:
    """Return minutes of which one that began counts."""
    return -(-span // timedelta(minutes=1))


def officers(house: House) -> list[User]:
    """Return three people who attend."""
    email = "tercera@puerto.example"
    grant_role(
        institution=house.institution, email=email, name="Tercera", role=Role.FRONT_DESK,
        unit_id=house.units["oirs"], actor=None, now=timezone.now() - timedelta(days=9),
    )  # fmt: skip
    third = User.objects.get(email=email)
    return [house.user(Role.FRONT_DESK), house.user(Role.QUALITY_MANAGER), third]


@pytest.fixture
def desks(browser: Browser, live_server, house, clock) -> Iterator[list[Page]]:
    """A browser of each of three people who attend, at nine o'clock of the next day."""
    zone = house.institution.zone
    nine = datetime.combine(
        house.institution.local_date(timezone.now()) + timedelta(days=1), time(9), tzinfo=zone
    )
    people = officers(house)
    clock.ahead = nine - timezone.now()
    pages = []
    for officer in people:
        client = house.client()
        client.force_login(officer, backend=BACKEND)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        pages.append(context.new_page())
    yield pages
    for page in pages:
        page.context.close()


@pytest.fixture
def clinic(house) -> Clinic:
    """A counter with an agenda of a quarter of an hour each."""
    return make_clinic(
        house, windows=[window("08:00", "20:00", list(range(7)))], minutes=15, notice_hours=0, days_ahead=9
    )


def test_the_figures_of_a_morning_are_its_intervals(clinic, page, desks, clock, live_server, axe, screenshot):
    house, today = clinic.house, clinic.institution.local_date(timezone.now())
    codes = {
        number: clinic.book(hour, person(number), day=today, now=timezone.now()).appointment.code
        for number, hour in BOOKED.items()
    }
    for place, desk in enumerate(desks, start=1):
        desk.goto(f"/{house.slug}/gestion/turnos/")
        desk.get_by_role("link", name=f"Módulo {place}").click()
        desk.get_by_role("button", name="Abrir el módulo").click()
    morning = Morning(clinic, clock, page, desks, codes)
    morning.play()

    came = {number: each for number, each in morning.seen.items() if number not in NO_SHOWS}
    over = Stage.objects.filter(ended_at=None).values_list("state", flat=True)
    assert Counter(over) == {"ended": VISITORS - len(NO_SHOWS), "no_show": len(NO_SHOWS)}
    for number, watch in came.items():  # what was seen is what was written down, but for the time of a click
        assert abs(spent(watch.visit, "serving") - watch.served) < timedelta(seconds=20), number
    assert max(spent(each.visit, "waiting") for each in came.values()) > timedelta(minutes=4)
    told = {
        Stage.objects.filter(interaction=row).values_list("visit", flat=True)[0]: (row.waited, row.minutes)
        for row in Interaction.objects.filter(institution=house.institution)
    }
    assert told == {
        each.visit.pk: (
            minutes(spent(each.visit, "waiting", "transferred")), minutes(spent(each.visit, "serving"))
        )
        for each in came.values()
    }  # fmt: skip
    _goes_first(morning)
    states = dict(Appointment.objects.values_list("code", "state"))
    assert states == dict.fromkeys(codes.values(), "present")

    now = timezone.now()
    count_all(house.institution, now=now)

    def said(key: str, statistic: Statistic, **how: object) -> object:
        return measure(
            house.institution, metric(key), [(today, today)], today=today, **how
        ).told().value(statistic)  # fmt: skip

    waits = [minutes(spent(each.visit, "waiting", "transferred")) for each in morning.seen.values()]
    served = [minutes(spent(each.visit, "serving")) for each in came.values()]
    assert said("counter.tickets", Statistic.COUNT) == VISITORS
    assert said("counter.no_shows", Statistic.RATE) == Decimal("5.0")
    assert said("counter.transferred", Statistic.RATE) == Decimal("2.5")
    assert said("counter.abandoned", Statistic.RATE) == Decimal("0.0")
    for key, values in (("counter.waiting", waits), ("counter.serving", served)):
        assert said(key, Statistic.MAXIMUM) == max(values)
        mean = (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"))
        assert said(key, Statistic.MEAN) == mean
    assert said("counter.tickets", Statistic.COUNT, where={"turn": ["appointment"]}) == len(BOOKED)
    assert said("counter.tickets", Statistic.COUNT, where={"turn": ["elderly", "pregnant"]}) == 2

    manager = desks[1]
    manager.goto(f"/{house.slug}/gestion/turnos/sala/{house.point}/")
    expect(manager.locator("#sala")).to_contain_text("Hoy no se presentaron: 2")
    axe(manager)
    screenshot(manager, "sala-1280")
    manager.goto(f"/{house.slug}/gestion/cifras/counter.waiting/?periodo=dias")
    expect(manager.locator("h1")).to_contain_text("Minutos de espera en el mesón")
    axe(manager)


def _goes_first(morning: Morning) -> None:
    """From when somebody with a preference came, or their hour did, nobody of their line who has none was
    called before them.
    """
    first = {
        number: Stage.objects.filter(visit=each.visit, calls__gt=0).order_by("begun_at")[0].begun_at
        for number, each in morning.seen.items()
    }
    for number in (*PREFERRED, *BOOKED):
        visit = morning.seen[number].visit
        since = max(visit.taken_at, visit.hour) if visit.hour else visit.taken_at
        ordinary = [
            other for other, each in morning.seen.items()
            if each.visit.line_id == visit.line_id and not each.visit.priority and not each.visit.hour
        ]  # fmt: skip
        assert [other for other in ordinary if since < first[other] < first[number]] == [], number
