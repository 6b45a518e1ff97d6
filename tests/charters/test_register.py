# SPDX-License-Identifier: EUPL-1.2
"""How promises were kept, period by period: frozen once, explained in public, corrected by a finding."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import save_days, start_edition
from siac.charters.commands.freezing import explain_result, freeze_periods
from siac.charters.commands.steps import withdraw
from siac.charters.domain.parts import Norm
from siac.charters.models import Charter, CharterEdition, Commitment, PeriodResult, Remedy
from siac.charters.register.closed import closed_periods
from siac.charters.register.reading import register_of
from siac.clocks.public import settle_overdue
from siac.findings.models import Finding
from siac.indicators.public import Indicator, count_all, freeze_result
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from tests.caches import forget
from tests.factories import NOW, House, answer, file
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY
"""Mid October 2026: September is over and settled."""
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def september(house: House) -> PeriodResult:
    """Of September: three kept, three late with their answer."""
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(6)]
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    for case in cases[3:]:
        answer(house, case, now=NOW + 15 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    return PeriodResult.objects.get(first=SEPTEMBER)


def test_a_period_is_frozen_once_with_all_that_was_counted(house, september):
    assert (september.met, september.total, september.words) == (3, 6, "50,0\N{NO-BREAK SPACE}%")
    assert (september.is_reached, september.last, september.target) == (False, date(2026, 9, 30), 90)
    assert freeze_periods(house.institution, now=LATER) == 0
    Case.objects.update(answer_days=1)
    count_all(house.institution, now=LATER)
    assert freeze_periods(house.institution, now=LATER) == 0
    september.refresh_from_db()
    assert september.met == 3  # what is closed does not change


def test_periods_of_before_the_edition_and_not_settled_are_none(house, september):
    firsts = set(PeriodResult.objects.values_list("first", flat=True))
    since = house.commitment.edition.since
    assert all(first >= since for first in firsts) and date(2026, 10, 1) not in firsts
    assert freeze_periods(house.institution, now=NOW + 29 * DAY) == 0


def test_a_miss_asks_for_a_correction_and_an_old_one_does_not(house, september):
    finding = Finding.objects.get()
    assert finding.pk == september.finding_id and "Compromiso bajo su meta" in finding.title
    assert finding.unit_id == house.commitment.responsible_id
    assert PeriodResult.objects.filter(is_reached=None).exists()  # earlier months: nothing to tell
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/hallazgos/{finding.pk}/"))
    assert house.commitment.text in page


def test_what_is_said_of_a_miss_stands_in_public(house, september, monkeypatch):
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: LATER)
    monkeypatch.setattr("siac.charters.register.workspace.current_time", lambda: LATER)
    manager = house.client(Role.QUALITY_MANAGER)
    charter = house.commitment.edition.charter_id
    page = words(manager.get(f"/{house.slug}/gestion/cartas/{charter}/registro/"))
    assert "Explicar en público" in page and "Cumplimos 0 de 1 compromiso en septiembre de 2026." in page
    behind = manager.get(f"/{house.slug}/gestion/compromisos/periodos/{september.pk}/solicitudes/")
    assert (
        f'href="{behind.wsgi_request.path}"'
        in manager.get(f"/{house.slug}/gestion/cartas/{charter}/registro/").content.decode()
    ), "its figure leads to its requests"
    assert len(behind.context["listing"].rows) == september.total
    url = f"/{house.slug}/gestion/cartas/registro/{september.pk}/"
    assert "Diga por qué" in words(manager.post(url, {"words": ""}))
    assert manager.post(url, {"words": "Faltó una persona; desde octubre hay dos."}).status_code == 302
    public = words(house.client().get(f"/{house.slug}/cartas/carta/cumplimiento/"))
    assert "Cumplimos 0 de 1 compromiso" in public and "Faltó una persona" in public
    assert "3 de 6, septiembre de 2026" in public and "Pocos casos: lea con cuidado" in public
    assert "3 incumplimientos en 12 meses" in public and "3 en curso" in public
    taken = house.client().get(f"/{house.slug}/cartas/carta/cumplimiento/?formato=csv")
    table = b"".join(taken.streaming_content).decode()
    assert "reclamos-5" in table and "2026-09-01" in table


def test_what_cannot_be_explained_is_refused(house, september):
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": LATER}
    with pytest.raises(Refused, match="reason_missing"):
        explain_result(**common, result_id=september.pk, words="no")
    with pytest.raises(Refused, match="result_unknown"):
        explain_result(**common, result_id=0, words="Una explicación cualquiera")
    other = PeriodResult.objects.filter(is_reached=None).first()
    with pytest.raises(Refused, match="result_reached"):
        explain_result(**common, result_id=other.pk, words="Una explicación cualquiera")


def test_a_guarantee_in_hours_is_counted_by_its_clocks(house):
    Commitment.objects.filter(pk=house.commitment.pk).update(unit="cd", indicator=None)
    house.institution.refresh_from_db()
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    assert (row.met, row.total, row.is_reached) == (1, 1, True)


def test_the_register_costs_as_much_with_many_periods(house, september, django_assert_max_num_queries):
    today = house.today(LATER)
    charter = house.commitment.edition.charter
    register_of(house.institution, charter, today=today)
    with django_assert_max_num_queries(2):
        told = register_of(house.institution, charter, today=today)
    assert len(told.lines[0].results) == 8 and told.lines[0].last.result.pk == september.pk


def test_a_figure_waits_for_the_result_of_its_indicator(house):
    """It would stand as «sin dato» for good, the night before its indicator is frozen."""
    indicator = house.commitment.indicator
    Indicator.objects.filter(pk=indicator.pk).update(since=house.commitment.edition.since)
    Commitment.objects.filter(pk=house.commitment.pk).update(
        form="figure",
        kind=None,
        amount=None,
        unit="",
        remedy_kind="none",
        remedy="",
        no_remedy_reason="Conjunto",
    )
    answer(house, file(house), now=NOW + DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    assert not PeriodResult.objects.filter(first=SEPTEMBER).exists()
    indicator.refresh_from_db()
    freeze_result(
        institution=house.institution, indicator_id=indicator.pk, first=SEPTEMBER, actor=None, now=LATER
    )
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    assert row.value == 100 and row.is_reached
    freeze_periods(house.institution, now=LATER + 60 * DAY)  # nobody gave October its result in all that time
    assert PeriodResult.objects.get(first=date(2026, 10, 1)).is_reached is None


def test_a_period_in_whose_middle_an_edition_began_is_told_by_the_new_one(house):
    """Neither edition was in force from its first day to its last; the promise was."""
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW + DAY)
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    draft = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    save_days(**common, edition_id=draft.pk, valid_from=date(2026, 9, 15), revised_by=None, based_on=None)
    row = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    put_in_force(row, act="Resolución 3", approved_on=None, actor=None, now=NOW)
    house.institution.refresh_from_db()
    later = NOW + 75 * DAY
    count_all(house.institution, now=later)
    freeze_periods(house.institution, now=later)
    months = dict(PeriodResult.objects.values_list("first", "commitment__edition__number"))
    assert (months[date(2026, 8, 1)], months[SEPTEMBER], months[date(2026, 10, 1)]) == (1, 2, 2)
    assert freeze_periods(house.institution, now=later) == 0


def test_a_charter_that_nobody_approved_has_no_register(house):
    start_charter(
        institution=house.institution, code="secreta", title="Secreta", norm=Norm.UNE, responsible_id=None,
        actor=None, now=NOW,
    )  # fmt: skip
    for asked in ("", "?formato=csv"):
        response = house.client().get(f"/{house.slug}/cartas/secreta/cumplimiento/{asked}")
        assert response.status_code == 404


URL = "/puerto/cartas/carta/cumplimiento/"


@pytest.fixture
def in_november(monkeypatch):
    for page in ("portal", "register.portal", "register.workspace"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: LATER)


def shown(house: House, rest: str = "") -> str:
    return words(house.client().get(f"{URL}{rest}"))


def test_what_rests_on_few_is_told_nowhere_outside(house, september, in_november):
    """Two of three said: that is somebody. Whoever works there reads it, and that it is not told."""
    PeriodResult.objects.filter(pk=september.pk).update(
        met=2, total=3, of_words="2 de 3", words="66,7 %", explanation="Una persona faltó"
    )
    page = shown(house)
    assert "El último período no tiene cifras que mostrar" in page and "no se muestra" in page
    taken = b"".join(house.client().get(f"{URL}?formato=csv").streaming_content).decode()
    for said in ("66,7", "2 de 3", "Una persona faltó", "en curso"):
        assert said not in page and said not in taken
    assert house.client().get(f"{URL}{september.pk}/").status_code == 404
    charter = september.charter_id
    staff = words(house.client(Role.QUALITY_MANAGER).get(f"/puerto/gestion/cartas/{charter}/registro/"))
    assert "66,7" in staff and "no se publica" in staff and "Explicar en público" not in staff


def test_a_quarter_does_not_give_away_one_of_its_months(house, september):
    """The promise was measured by months and is by quarters since: two months told and one not."""
    quarter = PeriodResult.objects.get(pk=september.pk)
    quarter.pk, quarter.first, quarter.met, quarter.total = None, date(2026, 7, 1), 30, 40
    quarter.save()
    PeriodResult.objects.filter(pk=september.pk).update(met=1, total=2)
    charter = house.commitment.edition.charter
    [line] = register_of(house.institution, charter, today=house.today(LATER)).lines
    assert {each.result.total for each in line.results if each.is_hidden} == {2, 40}


def test_the_requests_behind_a_period_are_as_many_as_it_says(house, september, in_november):
    page = house.client().get(f"{URL}{september.pk}/")
    assert len(page.context["listing"].rows) == september.total
    assert page.content.decode().count(">Cumplido<") == 3 and "3 de 6 a tiempo" in words(page)
    assert "si se contara hoy" not in words(page)
    Case.objects.filter(answer_days=1).update(answer_days=30)
    count_all(house.institution, now=LATER)
    assert "Así se cerró; si se contara hoy serían 0 de 6" in shown(house, f"{september.pk}/")


def test_units_compare_and_the_small_ones_are_not_told(house, in_november):
    cases = [file(house, unit_id=house.units[unit]) for unit, n in UNITS for _ in range(n)]
    for case in cases[1:]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    answer(house, cases[0], now=NOW + 12 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    page = house.client().get(f"{URL}{row.pk}/")
    units = {each.name: each for each in page.context["units"]}
    told = {name for name, each in units.items() if each.share}
    assert told == {"Obras y mantención", "Oficina de Informaciones"}
    assert {each.words for name, each in units.items() if not each.share} == {"No se muestra"}
    for each in units.values():
        listed = house.client().get(f"{URL}{row.pk}/?unidad={each.unit_id}").context["listing"].rows
        assert len(listed) == (each.share.total if each.share else row.total), "of others, all of them"
    assert units["Obras y mantención"].share.met == 7 and "7 de 8" in words(page)


UNITS = (("obras", 8), ("oirs", 6), ("direccion", 5), ("juridico", 2))


def test_one_unit_or_only_small_ones_are_no_comparison(house, september, in_november):
    assert not house.client().get(f"{URL}{september.pk}/").context["units"]
    for place, unit in enumerate(("oirs", "oirs", "juridico", "juridico")):
        Case.objects.filter(pk=Case.objects.order_by("pk")[place].pk).update(unit_id=house.units[unit])
    assert not house.client().get(f"{URL}{september.pk}/").context["units"]
    assert "Entre unidades" not in shown(house, f"{september.pk}/")


def test_the_old_addresses_lead_to_the_register(house, september, in_november):
    client = house.client()
    assert client.get("/puerto/compromisos/")["Location"] == URL
    behind = f"/puerto/compromisos/{house.commitment.pk}/solicitudes/"
    assert client.get(behind)["Location"] == f"{URL}{september.pk}/"
    PeriodResult.objects.filter(pk=september.pk).update(total=2)
    assert client.get(behind)["Location"] == URL
    assert client.get("/puerto/compromisos/0/solicitudes/").status_code == 404
    listed = words(client.get("/puerto/cartas/"))
    assert "El último período no tiene cifras que mostrar" in listed and "Cómo cumplimos" in listed
    CharterEdition.objects.update(valid_to=date(2026, 10, 1))
    house.institution.config_version += 1
    house.institution.save()
    assert client.get("/puerto/compromisos/")["Location"] == "/puerto/cartas/"


def test_a_charter_that_ended_keeps_its_register(house, september, in_november):
    edition = house.commitment.edition
    withdraw(
        institution=house.institution, edition_id=edition.pk, actor=house.user(Role.AUTHORITY),
        now=NOW + 30 * DAY, last_on=date(2026, 10, 8), reason="El servicio pasó a otro organismo",
    )  # fmt: skip
    page = shown(house)
    assert "Esta carta terminó el" in page and "pasó a otro organismo" in page and "3 de 6" in page
    assert house.client().get("/puerto/cartas/otra/cumplimiento/").status_code == 404
    Charter.objects.create(institution=house.institution, code="vacia", title="Sin edición")
    assert house.client().get("/puerto/cartas/vacia/cumplimiento/").status_code == 404


def test_the_page_of_a_charter_leads_to_its_papers_and_its_register(house):
    page = house.client().get("/puerto/cartas/carta/").content.decode()
    for each in ("carta", "folleto", "afiche"):
        assert f"/puerto/cartas/carta/ediciones/1/{each}.pdf" in page
    assert URL in page


def test_a_period_of_calendar_days_lists_and_compares_what_its_clocks_say(house, in_november):
    """No indicator counts it: the clocks of the promise do, and the page says of each case what they say."""
    Commitment.objects.filter(pk=house.commitment.pk).update(unit="cd", indicator=None)
    house.institution.config_version += 1
    house.institution.save()
    cases = [file(house, unit_id=house.units[unit]) for unit in ("obras", "oirs") for _ in range(5)]
    for case in cases[2:]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    for case in cases[:2]:
        answer(house, case, now=NOW + 15 * DAY)
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    assert (row.met, row.total) == (8, 10)
    page = house.client().get(f"{URL}{row.pk}/")
    assert len(page.context["kept"]) == 8 and len(page.context["listing"].rows) == 10
    shares = {each.name: (each.share.met, each.share.total) for each in page.context["units"]}
    assert shares == {"Obras y mantención": (3, 5), "Oficina de Informaciones": (5, 5)}


def test_what_somebody_else_said_of_a_miss_is_not_written_over_unseen(house, september):
    url = f"/{house.slug}/gestion/cartas/registro/{september.pk}/"
    manager = house.client(Role.QUALITY_MANAGER)
    first = {"words": "Faltó una persona en la unidad", "based_on": "0"}
    assert manager.post(url, first).status_code == 302
    second = {"words": "Hubo un corte de luz ese mes", "based_on": "0"}
    told = manager.post(url, second)
    assert told.status_code == 422
    assert "Faltó una persona" in words(told) and "Hubo un corte" in words(told)
    september.refresh_from_db()
    assert september.explanation == first["words"]
    assert manager.post(url, second | {"based_on": "1"}).status_code == 302


def test_a_promise_told_yearly_does_not_go_under_among_monthly_ones(house, september):
    """Of each promise the newest periods are read, not the newest of all."""
    yearly = PeriodResult.objects.get(pk=september.pk)
    for number in range(20):
        yearly.pk, yearly.code = None, f"otro-{number}"
        yearly.first, yearly.last = date(2026, 10, 1), date(2026, 10, 31)
        yearly.save()
    told = closed_periods(house.institution, charters=[september.charter_id], newest=1)
    codes = [each.result.code for each in told]
    assert codes.count(september.code) == 1 and len(set(codes)) == len(codes) == 21


def test_what_was_drawn_is_drawn_again_for_what_changed(house, september, monkeypatch):
    """A promise is drawn once for what it tells: whatever changes of it is read at once."""
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: LATER)
    url = f"/{house.slug}/cartas/carta/cumplimiento/"
    first = house.client().get(url).content
    drawn: list[str] = []
    monkeypatch.setattr(
        "siac.charters.register.drawn.render_to_string", lambda name, context: drawn.append(name) or ""
    )
    assert house.client().get(url).content == first and drawn == []
    monkeypatch.undo()
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: LATER)
    explain_result(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=LATER,
        result_id=september.pk, words="Faltó una persona; desde octubre hay dos.",
    )  # fmt: skip
    assert "Faltó una persona" in words(house.client().get(url))
    Remedy.objects.update(state="delivered", settled_at=LATER, proof="Carta 12")
    assert "3 entregadas, 0 en curso" in words(house.client().get(url))
    Institution.objects.filter(pk=house.institution.pk).update(smallest_group=50)
    told = words(house.client().get(url))
    assert "son tan pocas que no se muestra" in told and "50,0" not in told


def test_promises_are_listed_page_by_page(house, monkeypatch, django_assert_max_num_queries):
    first = house.commitment
    more = [
        Commitment(
            institution=first.institution, edition=first.edition, code=f"p-{n:02}", text=f"Promesa {n:02}",
            kind=first.kind, amount=5, target=90, remedy="Disculpa", position=1 + n,
            indicator=first.indicator,
        )
        for n in range(1, 60)
    ]  # fmt: skip
    Commitment.objects.bulk_create(more)
    forget()
    manager, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/compromisos/"
    manager.get(url)
    with django_assert_max_num_queries(12):
        page = manager.get(url)
    assert page.content.decode().count("<tr data-row>") == 50 and "Promesa 49" in words(page)
    assert "Promesa 50" not in words(page).split("Ediciones de")[0]
    rest = manager.get(page.context["listing"].next_url)
    assert rest.content.decode().count("<tr data-row>") == 10
    back = manager.get(rest.context["listing"].previous_url)
    assert [line.commitment.pk for line in back.context["lines"]] == [
        line.commitment.pk for line in page.context["lines"]
    ]
    made_up = manager.get(f"{url}?desde_fila=0")
    assert made_up.content.decode().count("<tr data-row>") == 50
    assert [line.commitment.text for line in rest.context["lines"]] == [
        f"Promesa {n}" for n in range(50, 60)
    ]  # fmt: skip
