# SPDX-License-Identifier: EUPL-1.2
"""Coverage: territories beside points and people served, a sheet of them, and what is wanted."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from siac.accounts.public import Role
from siac.cases.models import CaseFact, InteractionFact
from siac.indicators.coverage.commands import receive_territories, save_goal, save_territory
from siac.indicators.coverage.reading import coverage
from siac.indicators.domain.coverage import AgeBand, Gap
from siac.indicators.figures.cube import recount
from siac.indicators.models import CoverageGoal, Territory
from siac.infra.metrics import source
from siac.kernel.errors import Refused
from siac.servicepoints.public import Hours, Visit, Window, save_service_point
from tests.factories import NOW, attend, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 15)
SOURCE = "Censo 2017"


def told(house, code="04102", people=227_730, **changes):
    kept = {"year": 2017, "source": SOURCE, "actor": None, "now": NOW, **changes}
    return save_territory(institution=house.institution, code=code, people=people, **kept)


def point(house, commune, *, kind="office", name="Oficina", access=(), hours=None):
    return save_service_point(
        institution=house.institution, unit=None, code=name.lower().replace(" ", "-"), name=name, kind=kind,
        address="Calle 1", commune=commune, access=list(access), hours=hours, actor=None, now=NOW,
    )  # fmt: skip


def read(house):
    house.institution.refresh_from_db()
    return {line.name: line for line in coverage(house.institution, today=TODAY).lines}


def test_a_territory_without_points_or_visits_comes_first(house):
    told(house)
    told(house, "04103", 11_044)
    point(house, "Coquimbo", name="Sede")
    found = coverage(house.institution, today=TODAY)
    assert [(line.name, line.gaps, line.reach.points) for line in found.lines] == [
        ("Andacollo", [Gap.NO_PLACE], 0), ("Coquimbo", [], 1),
    ]  # fmt: skip
    assert found.lacking == 1
    assert {name: str(share.near) for name, share in found.reached} == {"Todas las personas": "95.4"}


def test_a_mobile_office_visits_and_is_no_point(house):
    told(house, "04103", 11_044)
    morning = (Window(time(9), time(13)),)
    visit = Visit(TODAY - timedelta(days=40), "Plaza de Andacollo", morning)
    old = Visit(TODAY - timedelta(days=400), "Plaza de Andacollo", morning)
    there = read(house)["Andacollo"]
    assert there.gaps == [Gap.NO_PLACE]
    hours = Hours(visits=(old, visit))
    point(house, "Coquimbo", kind="mobile_office", name="Movil", hours=hours)
    there = read(house)["Andacollo"]
    assert (there.reach.points, there.reach.visits, there.gaps) == (0, 1, [])


def test_nobody_is_counted_twice_where_a_region_is_told_beside_its_communes(house):
    given = {"women": 50, "men": 50}
    told(house, "04102", 100, **given)
    told(house, "04103", 100, **given)
    point(house, "Coquimbo", name="Sede")
    by_commune = dict(coverage(house.institution, today=TODAY).reached)["Todas las personas"]
    assert (by_commune.people, str(by_commune.near)) == (200, "50.0")
    told(house, "CO", 1000, women=900, men=100)
    found = coverage(house.institution, today=TODAY)
    assert len(found.lines) == 3
    together = dict(found.reached)["Todas las personas"]
    assert (together.people, str(together.near)) == (1000, "100.0")
    assert [str(group.population) for group in found.served[0][1]] == ["90.0", "10.0"]


@pytest.mark.parametrize(
    ("place", "visits"), [("Sede vecinal, La Higuera", 1), ("Villa Higueras 12", 0), ("la  HIGUERA", 1)]
)
def test_a_visit_is_of_a_territory_whose_name_it_says_and_of_no_other_word(house, place, visits):
    told(house, "04104", 4_000)
    when = Visit(TODAY - timedelta(days=40), place, (Window(time(9), time(13)),))
    point(house, "Coquimbo", kind="mobile_office", name="Movil", hours=Hours(visits=(when,)))
    [line] = read(house).values()
    assert (line.name, line.reach.visits) == ("La Higuera", visits)


def test_what_points_did_in_twelve_whole_months_counts_for_each_thousand(house):
    told(house, people=1000)
    sede = point(house, "Coquimbo", name="Sede")
    days = [TODAY.replace(day=1) - timedelta(days=1), date(2025, 3, 1), date(2025, 2, 28), TODAY]
    for day in days:
        case = file(house)
        CaseFact.objects.create(
            case=case, institution=house.institution, filed_on=day, kind_id=case.kind_id, channel="counter",
            person="natural", audience="citizen", point_id=sede.pk,
        )  # fmt: skip
    given = attend(house)
    InteractionFact.objects.create(
        interaction=given, institution=house.institution, registered_on=date(2025, 9, 1),
        begun_on=date(2025, 9, 1), point_id=sede.pk, unit_id=house.units["oirs"],
        is_resolved=True, is_filed=False,
    )  # fmt: skip
    for key in ("cases", "attentions"):
        for _ in recount(house.institution, source(key), now=NOW):
            continue
    assert read(house)["Coquimbo"].reach.served == 3
    assert read(house)["Coquimbo"].reach.served_per_thousand == Decimal("3.0")


def test_who_is_served_stands_beside_who_lives_there_and_few_are_hidden(house):
    told(house, women=117_858, men=109_872)
    for sex, count in (("female", 30), ("male", 10), ("", 5)):
        for _ in range(count):
            case = file(house)
            CaseFact.objects.create(
                case=case, institution=house.institution, filed_on=date(2025, 6, 2), kind_id=case.kind_id,
                channel="web", person="natural", audience="citizen", sex=sex, commune="04103" if sex else "",
            )  # fmt: skip
    found = coverage(house.institution, today=TODAY)
    [(title, groups, answered, total)] = found.served
    assert (title, answered, total) == ("Sexo", 40, 45)
    assert [(g.name, str(g.share), str(g.population), g.is_beyond) for g in groups] == [
        ("Mujer", "75.0", "51.8", True), ("Hombre", "25.0", "48.2", True)
    ]  # fmt: skip
    assert found.lines[0].residents == 0
    CaseFact.objects.filter(commune="04103").update(commune="04101")
    CaseFact.objects.filter(pk__in=CaseFact.objects.values("pk")[:2]).update(commune="04102")
    assert coverage(house.institution, today=TODAY).lines[0].residents is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "99999"}, "territory_unknown"),
        ({"code": ""}, "territory_unknown"),
        ({"year": 1950}, "territory_year"),
        ({"year": 2999}, "territory_year"),
        ({"women": 227_731}, "territory_sexes"),
        ({"ages": [AgeBand(0, 14, Decimal(60)), AgeBand(15, None, Decimal(60))]}, "ages_many"),
    ],
)
def test_what_cannot_be_is_refused(house, changes, code):
    with pytest.raises(Refused, match=code):
        told(house, **changes)


def test_a_territory_is_told_once_and_its_versions_stand(house):
    row = told(house)
    with pytest.raises(Refused, match="territory_taken"):
        told(house, people=5)
    told(house, people=230_000, territory=row, based_on=1)
    with pytest.raises(Refused, match="saved_meanwhile"):
        told(house, people=1, territory=row, based_on=1)
    assert [version.fields["people"] for version in row.versions.all()] == [230_000, 227_730]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_territoryversion SET number = 9")


SHEET = "Comuna;Año;Habitantes;0 a 14 años %;65 años o más %;Fuente\n"


def test_a_sheet_tells_all_or_nothing_and_again_changes_what_it_names(house):
    actor = house.users[Role.QUALITY_MANAGER]
    bring = lambda text: receive_territories(  # noqa: E731
        institution=house.institution, content=text.encode(), actor=actor, now=NOW
    )
    count, problems = bring(f"{SHEET}Coquimbo;2017;227.730;22,4;10,6;Censo\nAtlántida;2017;5;;;Censo\n")
    assert (count, [(each.line, each.code) for each in problems]) == (0, [(3, "territory_unknown")])
    assert not Territory.objects.exists()
    assert bring(f"{SHEET}Coquimbo;2017;227.730;22,4;10,6;Censo\nAndacollo;2017;11044;;;Censo\n") == (2, [])
    assert bring(f"{SHEET}Andacollo;2024;10.000;20;;Censo 2024\n") == (1, [])
    assert dict(Territory.objects.values_list("code", "people")) == {"04102": 227_730, "04103": 10_000}
    with pytest.raises(Refused, match="territories_columns"):
        bring("Comuna;Habitantes\nCoquimbo;5\n")
    with pytest.raises(Refused, match="territories_empty"):
        bring(SHEET)
    with pytest.raises(Refused, match="table_unreadable"):
        receive_territories(institution=house.institution, content=b"PK\x03\x04broken", actor=actor, now=NOW)


def test_the_page_reads_little_says_what_is_wanted_and_is_handed_out(house):
    browser = house.client(Role.QUALITY_MANAGER)
    address = f"/{house.slug}/gestion/cobertura/"
    assert "Todavía no se ha dicho quiénes viven" in browser.get(address).content.decode()
    told(house, women=117_858, men=109_872, ages=[AgeBand(0, 14, Decimal("22.4"))])
    save_goal(
        institution=house.institution, most_km=30, most_people=20_000, least_served=1, actor=None, now=NOW
    )
    point(house, "Coquimbo", name="Sede", access=["ramp"])
    browser.get(address)
    with at_most(12):
        page = browser.get(address)
    text = " ".join(page.content.decode().split())
    assert "Muchos habitantes por punto" in text and "Pocas atenciones" in text and "0 a 14 años" in text
    table = b"".join(browser.get(f"{address}?formato=csv")).decode("utf-8-sig")
    assert "Muchos habitantes por punto; Pocas atenciones" in table and SOURCE in table


def test_who_may_only_look_cannot_change_and_another_body_has_nothing(house, other_house):
    row = told(house)
    reader = house.client(Role.AUTHORITY)
    assert reader.get(f"/{house.slug}/gestion/cobertura/").status_code == 200
    for path in ("territorios/", f"territorios/{row.pk}/", "metas/", "planilla/", "territorios/nuevo/"):
        assert reader.get(f"/{house.slug}/gestion/cobertura/{path}").status_code in (403, 404)
    other = other_house.client(Role.QUALITY_MANAGER)
    assert other.get(f"/{other_house.slug}/gestion/cobertura/territorios/{row.pk}/").status_code == 404


def test_the_forms_keep_what_was_typed_and_say_what_is_wrong(house):
    browser = house.client(Role.QUALITY_MANAGER)
    base = f"/{house.slug}/gestion/cobertura/"
    rows = {"ages-TOTAL_FORMS": "0", "ages-rows": ""}
    page = browser.post(
        f"{base}territorios/nuevo/", {"code": "04102", "year": "1800", "people": "muchas", **rows}
    )
    assert page.status_code == 422 and "muchas" in page.content.decode()
    page = browser.post(
        f"{base}planilla/", {"sheet": SimpleUploadedFile("t.csv", f"{SHEET}Nada;2017;1;;;X\n".encode())}
    )
    assert page.status_code == 422 and "Fila 2: el país no tiene un territorio" in page.content.decode()
    page = browser.post(f"{base}metas/", {"most_km": "30", "most_people": "", "least_served": ""})
    assert page.status_code == 302 and CoverageGoal.objects.get().most_km == 30
