# SPDX-License-Identifier: EUPL-1.2
"""The circle: every number opens exactly the rows it counts, of all promises and of one."""

import re
from html import unescape

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.freezing import freeze_periods
from siac.charters.models import Breach, Commitment
from siac.charters.public import deliver_remedy, remedies
from siac.clocks.public import settle_overdue
from siac.findings.models import Finding
from siac.indicators.public import count_all
from siac.organizations.models import Institution
from siac.reporting.circle.cards import Rows, counted
from siac.reporting.circle.drawing import ring
from siac.reporting.circle.reading import circle
from tests.caches import forget
from tests.factories import NOW, House, answer, file, make_house
from tests.improvements import added, approved, begun, by, day, with_baseline
from tests.reporting.conftest import DAY
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
LATER = NOW + 40 * DAY


@pytest.fixture(autouse=True)
def _october(monkeypatch):
    for page in ("reporting.circle.workspace", "reporting.circle.portal", "charters.workspace"):
        monkeypatch.setattr(f"siac.{page}.current_time", lambda: LATER)


@pytest.fixture
def chained(house: House) -> House:
    """Six complaints of September: three kept, three late with their answer, one remedy delivered; the
    miss of the month is a finding that an action of an approved plan answers.
    """
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(6)]
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    for case in cases[3:]:
        answer(house, case, now=NOW + 15 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    [first, *_] = remedies(house.institution, "owed").order_by("pk")
    deliver_remedy(remedy_id=first.pk, proof="Carta entregada en mano.", **by(house, NOW + 16 * DAY))
    improve(house)
    return house


def improve(house: House) -> None:
    """Let an approved plan answer the finding of September."""
    at = LATER
    plan = begun(house, now=at)
    row = added(
        house, plan, [Finding.objects.get(subject_kind="charter_result").pk], now=at,
        starts_on=day(house, at), due_on=day(house, at + 30 * DAY),
    )  # fmt: skip
    indicator = Commitment.objects.get(pk=house.commitment.pk).indicator
    with_baseline(house, row, indicator, now=at)
    approved(house, plan, now=at)


def address(house: House, rest: str = "") -> str:
    return f"/{house.slug}/gestion/circulo/{rest}"


def rows_of(html: str) -> int:
    return html.count("data-row")


def test_every_number_is_that_of_its_list(chained):
    manager = chained.client(Role.QUALITY_MANAGER)
    for chosen in ("", f"?compromiso={chained.commitment.pk}"):
        page = manager.get(address(chained) + chosen)
        html = unescape(page.content.decode())
        found = dict(re.findall(rf'href="({address(chained)}[a-z-]+/[^"]*)"><strong>(\d+)</strong>', html))
        assert len(found) >= 9, sorted(found)
        for url, number in found.items():
            listed = manager.get(url)
            assert listed.status_code == 200
            assert rows_of(listed.content.decode()) == int(number), url
    of = circle(chained.access(Role.QUALITY_MANAGER), now=LATER)
    numbers = {each.value: counted(of, each) for each in Rows}
    assert numbers == {
        "servicios": 0, "compromisos": 1, "indicadores": 1, "medidos": 1, "cumplen": 0, "no-cumplen": 1,
        "incumplimientos": 3, "medidas-por-entregar": 2, "medidas-entregadas": 1, "medidas-sin-efecto": 0,
        "registro": 1, "hallazgos": 1, "acciones": 1, "efectos": 0,
    }  # fmt: skip


def test_one_promise_shows_its_whole_chain_and_opens_its_cases(chained):
    manager = chained.client(Role.QUALITY_MANAGER)
    page = manager.get(f"{address(chained)}?compromiso={chained.commitment.pk}")
    told = words(page)
    finding = Finding.objects.get(subject_kind="charter_result")
    for said in (
        chained.commitment.text, "3 de 6 solicitudes o atenciones cumplieron", finding.code,
        "Revisar los sumideros cada viernes", "Último período cerrado", "No llega a su meta",
    ):  # fmt: skip
        assert said in told, said
    html = page.content.decode()
    cases = f"/{chained.slug}/gestion/compromisos/{chained.commitment.pk}/solicitudes/"
    assert cases in html
    assert rows_of(manager.get(cases).content.decode()) == 6
    for link in (f"/hallazgos/{finding.pk}/", "/mejora/acciones/", "/indicadores/", "/cumplimiento/"):
        assert link in html, link
    broken = manager.get(f"{address(chained, 'incumplimientos/')}?compromiso={chained.commitment.pk}")
    case = Breach.objects.order_by("pk").first().case
    assert f"/casos/{case.folio}" in broken.content.decode() or case.folio in broken.content.decode()
    assert f"?compromiso={chained.commitment.pk}" in broken.content.decode(), "the way back up"
    back = manager.get(f"/{chained.slug}/gestion/hallazgos/{finding.pk}/")
    assert f"/circulo/?compromiso={chained.commitment.pk}" in back.content.decode(), "and from the finding"


def test_the_page_costs_as_much_with_sixty_promises(chained):
    first = chained.commitment
    Commitment.objects.bulk_create(
        Commitment(
            institution=first.institution, edition=first.edition, code=f"p-{n:02}", text=f"Promesa {n:02}",
            kind=first.kind, amount=5, unit="bd" if n % 2 else "cd", target=90, remedy="Disculpa",
            position=1 + n, indicator=first.indicator if n % 2 else None,
        )
        for n in range(1, 60)
    )  # fmt: skip
    Commitment.objects.create(
        institution=first.institution, edition=first.edition, code="cifra", text="Una cifra", target=90,
        form="figure", indicator=first.indicator, position=99,
    )  # fmt: skip
    forget()
    manager = chained.client(Role.QUALITY_MANAGER)
    manager.get(address(chained))
    for rest in ("", f"?compromiso={first.pk}"):
        with at_most(12):
            page = manager.get(address(chained) + rest)
        assert page.status_code == 200
    html = page.content.decode()
    assert html.count("<option") == 62
    whole = manager.get(address(chained)).content.decode()
    assert rows_of(whole) == 50 and "Ver los 61" in words(manager.get(address(chained)))
    assert whole.index(first.text + "</a>") < whole.index("Promesa 01</a>"), "what is missed comes first"
    assert rows_of(manager.get(address(chained, "compromisos/")).content.decode()) == 61
    with at_most(10):
        manager.get(address(chained, "incumplimientos/"))


def test_who_reads_no_findings_sees_none_and_nothing_of_another_body(chained):
    told = words(chained.client(Role.COMMUNICATIONS).get(address(chained)))
    assert "0 hallazgos" in told and "0 acciones de mejora" in told and "3 incumplimientos" in told
    listed = chained.client(Role.COMMUNICATIONS).get(address(chained, "incumplimientos/")).content.decode()
    assert not any(folio in listed for folio in (row.folio for row in Case.objects.all()))
    other = make_house("otra")
    assert other.client(Role.QUALITY_MANAGER).get(address(chained)).status_code == 403
    mine = other.client(Role.QUALITY_MANAGER).get(f"{address(other)}?compromiso={chained.commitment.pk}")
    assert mine.context["chain"] is None
    assert chained.client(Role.FRONT_DESK).get(address(chained)).status_code == 403


@pytest.mark.parametrize("asked", ["?compromiso=x", "?compromiso=99999999999999999999", "?compromiso=0"])
def test_an_address_that_means_nothing_shows_all(house, asked):
    page = house.client(Role.AUTHORITY).get(address(house) + asked)
    assert page.status_code == 200 and page.context["circle"].chosen is None
    assert house.client(Role.AUTHORITY).get(address(house, "nada/")).status_code == 404


def test_a_body_without_charters_is_told_where_it_begins(house):
    Commitment.objects.update(is_dropped=True)
    forget()
    told = words(house.client(Role.AUTHORITY).get(address(house)))
    assert "ahí empieza el círculo" in told and "sin datos" in told


def smallest(house: House, size: int) -> None:
    """Say under how many nothing is told of a group."""
    Institution.objects.filter(pk=house.institution.pk).update(smallest_group=size)
    forget()


def public(house: House) -> str:
    return f"/{house.slug}/como-mejoramos/"


def test_everybody_reads_what_is_published_and_nothing_of_few_or_of_anybody(chained):
    smallest(chained, 10)
    told = words(chained.client().get(public(chained)))
    assert "1 compromiso" in told and "Todavía no hay mejoras terminadas" in told
    assert "50,0" not in told and "3 de 6" not in told, "six are too few to be told"
    assert "no se muestra la cifra" in told and "no cumplimos" not in told
    smallest(chained, 5)
    told = words(chained.client().get(public(chained)))
    assert "3 de 6 veces cumplimos con la persona" in told and "0 de 1 compromisos llegan a su meta" in told
    assert "no cumplimos 3 veces" in told and "Medidas entregadas: 1. Por entregar: 2." in told
    names = {user.name for user in chained.users.values()} | {row.folio for row in Case.objects.all()}
    assert len(names) > 10 and not [name for name in names if name in told]
    assert Finding.objects.get(subject_kind="charter_result").code not in told
    assert "Revisar los sumideros" not in told, "its plan is not published"


def test_the_public_page_is_bounded_and_leads_to_where_each_is_published(chained):
    chained.client().get(public(chained))
    with at_most(12):
        page = chained.client().get(public(chained))
    html = page.content.decode()
    for link in ("/cartas/", "/cumplimiento/"):
        assert f"/{chained.slug}{link}" in html or link in html, link
    assert "<script" not in html.split("<main")[1], "it needs none"
    assert "Cómo mejoramos" in words(chained.client().get(f"/{chained.slug}/cartas/")), "the way to it"


def test_the_ring_has_an_arc_for_each_step_and_tells_empty_ones():
    arcs = ring([True, False, True, True, True])
    assert [arc.number for arc in arcs] == [1, 2, 3, 4, 5]
    assert [arc.is_empty for arc in arcs] == [False, True, False, False, False]
    assert len({arc.path for arc in arcs}) == 5
    assert all(0 <= float(arc.x) <= 200 and 0 <= float(arc.y) <= 200 for arc in arcs)
