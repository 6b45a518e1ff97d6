# SPDX-License-Identifier: EUPL-1.2
"""A country is a folder: one that is begun is told what it lacks, one that is whole can be worked in.

The country and its law are invented here; it has the code of a real one, whose telephones a library knows.
"""

import ast
import itertools
from datetime import UTC, date, datetime

import pytest

from siac.cases.protection.detecting import detected
from siac.cases.public import BodyType, Channel, Filing, adopt, file_case, kinds, kit_for
from siac.clocks.domain.packs import BadPack, rule_book
from siac.clocks.domain.places import parse_place
from siac.clocks.domain.terms import add_months
from siac.clocks.factory import shipped_calendar, shipped_layers
from siac.clocks.public import Amount, Unit, amount_text, open_unit_layer, seed_calendars
from siac.countries.finding import PIECES, NotWhole, countries_in
from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused
from siac.notices.domain.phones import mobile_number
from siac.organizations.domain.public_texts import SECTIONS, starter
from siac.organizations.public import create_institution, zone_of
from siac.people.public import PersonData, clean_document, format_document
from tests.drawn.source import modules, taken

NOW = datetime(2026, 9, 7, 15, 0, tzinfo=UTC)
FACTS = """
from datetime import date
from siac.countries.counting import Counting, HoursRun, MonthEnd
from siac.countries.country import Country, Duty
from siac.countries.documents import PASSPORT, Document
from siac.countries.phones import Phones
import re

COUNTRY = Country(
    folder=__name__,
    code="UY",
    name="Tierra Nueva",
    zone="America/Montevideo",
    local_zones={"ISL": "Atlantic/Canary"},
    counting=Counting(month_end=MonthEnd.NEXT_FIRST, hours=HoursRun.ALL,
                      calendar_day=("día seguido", "días seguidos"), no_own_closures="Nadie cierra."),
    documents=(Document(code="cedula", name="Cédula", show=lambda number: f"C-{number}",
                        in_text=re.compile(r"C-\\d{3}")), PASSPORT),
    phones=Phones(prefix=598, example="094 231 234", invented="+598 9400 {:04d}"),
    duties=frozenset({Duty.RESERVE_INDEX}),
)
"""
WHOLE = {
    "__init__.py": FACTS,
    "places.toml": """
digits = 3
local = "municipality"
local_is_required = false
[regions.N]
name = "Norte"
numbers = ["1"]
[regions.ISL]
name = "Isla"
numbers = ["12"]
""",
    "rules.toml": """
country = "UY"
general_start = "real"
[[start]]
id = "real"
[[start.steps]]
channels = ["web", "desk", "libro", "mesa"]
shift = "real_date"
[[rule]]
id = "UY.PET"
name = "Petición"
source = "Ley 1"
amount = "2bd"
event = "filing"
start = "real"
basis = "verified"
""",
    "starter.toml": """
version = 1
country = "UY"
[[unit]]
code = "mesa"
name = "Mesa de Entrada"
[[kind]]
code = "peticion"
name = "Petición"
nature = "petition"
need = "Quiero pedir algo"
rule_id = "UY.PET"
allows_anonymous = true
""",
    "indicators.toml": """
[[group]]
name = "Peticiones"
source = "Ley 1"
kind = "UY.PET"
[[group.indicator]]
code = "peticiones"
name = "Peticiones recibidas"
definition = "Las recibidas."
metric = "cases.received"
statistic = "count"
target = "10"
""",
    "yearly.toml": """
name = "Informe"
source = "Ley 1"
years = 1
first_columns = ["organismo"]
[[sheet]]
title = "Peticiones"
columns = [{ key = "recibidas", title = "Recibidas", metric = "cases.received", part = "met" }]
""",
    "public_texts.toml": """
basis = "La Ley 1."
rights = "Todos."
authority = "El tribunal."
complaint = "Reclame."
""",
    "days_off.py": """
from datetime import date
from siac.countries.days_off import SeedDay, SeedLayer

def layers():
    day = SeedDay(date(2026, 9, 8), "Día de la Tierra", "holiday", "Ley 2", "verified")
    yield SeedLayer("UY", "Tierra Nueva", "UY", "country", (day,))
    yield SeedLayer("UY-N", "Norte", "UY", "region", ())
    yield SeedLayer("UY-ISL", "Isla", "UY", "region", ())
""",
}
_SERIAL = itertools.count(1)


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Write a package of one folder with these files, and return the countries found in it."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(files, folder="tierra_nueva", **others):
        package = tmp_path / f"abroad{next(_SERIAL)}"
        for name, texts in {folder: files, **others}.items():
            (package / name).mkdir(parents=True)
            for file, text in texts.items():
                path = package / name / file
                path.mkdir() if text is None else path.write_text(text, encoding="utf-8")
        (package / "__init__.py").touch()
        return countries_in(package.name)

    return make


def lacks(made, files, **others):
    """Return what a country is told that it lacks, without its folder."""
    with pytest.raises(NotWhole) as told:
        made(files, **others)
    return [line.split(" · ", 1)[1] for line in str(told.value).splitlines()]


def test_an_empty_folder_is_told_every_piece(made):
    assert lacks(made, {}) == [f"{name}: {says}" for name, says in PIECES.items()]


def test_what_python_leaves_of_a_country_that_was_taken_away_is_none(made):
    assert list(made(WHOLE, gone={"__pycache__": None})) == ["UY"]


def test_each_piece_that_is_added_makes_the_list_shorter_until_it_is_whole(made):
    assert set(WHOLE) == set(PIECES)
    for count in range(1, len(WHOLE)):
        files = dict(list(WHOLE.items())[:count])
        told = lacks(made, files)
        for name in PIECES:
            assert any(line.startswith(f"{name}:") for line in told) == (name not in files), (name, told)
    assert list(made(WHOLE)) == ["UY"]


@pytest.mark.parametrize("fact", ["code", "name", "zone", "counting", "documents", "phones"])
def test_a_fact_that_is_left_out_is_named(made, fact):
    tree = ast.parse(FACTS)
    call = tree.body[-1].value
    call.keywords = [word for word in call.keywords if word.arg != fact]
    (told,) = lacks(made, {**WHOLE, "__init__.py": ast.unparse(tree)})
    assert told.startswith("__init__.py:") and f"'{fact}'" in told


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        ("__init__.py", "COUNTRY =", "country =", "__init__.py: COUNTRY, what is true"),
        ("__init__.py", '"UY"', '"uy"', "code: two capital letters"),
        ("__init__.py", '"Tierra Nueva"', '" "', "name: is empty"),
        ("__init__.py", "America/Montevideo", "America/Nowhere", "zone: no such time zone"),
        ("__init__.py", "Atlantic/Canary", "Nowhere", "zone: no such time zone"),
        ("__init__.py", '"día seguido", ', '"", ', "counting: calendar_day"),
        ("__init__.py", "+598 9400", "9400", "phones: "),
        ("__init__.py", "folder=__name__", 'folder="siac.clocks.nowhere"', "folder: is to be `__name__`"),
        ("places.toml", "digits", "figures", "places.toml: "),
        ("places.toml", 'name = "Norte"', "", "places.toml: "),
        ("public_texts.toml", 'rights = "Todos."', "", "public_texts.toml: "),
        ("public_texts.toml", '"Todos."', '""', "public_texts.toml: "),
    ],
)
def test_what_cannot_be_is_named(made, file, was, becomes, told):
    assert was in WHOLE[file]
    assert any(
        line.startswith(told) for line in lacks(made, {**WHOLE, file: WHOLE[file].replace(was, becomes)})
    )


def test_two_countries_share_neither_their_code_nor_that_of_a_document(made):
    told = lacks(made, WHOLE, zona={**WHOLE, "__init__.py": FACTS.replace("Cédula", "Cédula vieja")})
    assert [line.split(":")[0] for line in told] == ["code", "documents"]


@pytest.fixture
def new_country(made, monkeypatch):
    """The fourth country, as if its folder stood beside the others."""
    caches = (rule_book, kit_for, shipped_layers)
    for cache in caches:
        cache.cache_clear()
    monkeypatch.setitem(COUNTRIES, "UY", made(WHOLE)["UY"])
    yield COUNTRIES["UY"]
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("new_country")
def test_all_that_asks_for_a_country_finds_the_new_one():
    assert parse_place("UY-112").required == ("UY", "UY-N") and parse_place("UY-121").required[1] == "UY-ISL"
    assert (zone_of("UY-N"), zone_of("UY-ISL")) == ("America/Montevideo", "Atlantic/Canary")
    assert not shipped_calendar("UY-N").is_business(date(2026, 9, 8))
    assert rule_book().latest("UY.PET").country == "UY"
    assert add_months(date(2026, 1, 31), 1, country="UY") == date(2026, 3, 1)
    assert amount_text(Amount(3, Unit.CALENDAR_DAYS), "UY") == "3 días seguidos"
    assert clean_document("cedula", "12-3") == "123" and format_document("cedula", "123") == "C-123"
    assert [item.what for item in detected("Soy C-123.")] == ["Cédula"]
    assert mobile_number("094 231 234", "UY") == "+59894231234"
    for subject, sections in SECTIONS.items():
        assert set(starter(subject, "UY", name="Mesa", address="", contact="")) == set(sections)
    assert starter("privacy", "UY", name="Mesa", address="", contact="")["basis"] == "La Ley 1."


@pytest.mark.django_db
@pytest.mark.usefixtures("new_country")
def test_a_body_of_it_is_opened_takes_its_kit_and_has_its_terms():
    assert seed_calendars(NOW) == {**dict.fromkeys(shipped_layers(), 0), "UY": 1}
    body = create_institution(
        actor=None, now=NOW, slug="mesa", name="Mesa de Tierra Nueva", short_name="Mesa",
        jurisdiction="UY", place="UY-N", time_zone=zone_of("UY-N"),
    )  # fmt: skip
    kit = kit_for("UY", BodyType.SERVICE)
    adopt(institution=body, kit=kit, keys=[part.key for part in kit.parts], actor=None, now=NOW)
    body.refresh_from_db()
    (kind,) = kinds(body).values()
    who = PersonData(given_names="Ana", document_type="cedula", document_number="123")
    filing = Filing(kind_id=kind.pk, channel=Channel.COUNTER, body="Pido una copia.", person=who)
    case = file_case(institution=body, filing=filing, actor=None, now=NOW)
    assert case.due_on == date(2026, 9, 10)  # two business days after the 7th; the 8th is off
    with pytest.raises(Refused) as refused:
        open_unit_layer(institution_id=body.pk, unit_id=1, name="Mesa", country="UY", now=NOW)
    assert refused.value.context == {"why": "Nadie cierra."}


def test_a_pack_of_another_country_is_refused(made, monkeypatch):
    country = made({**WHOLE, "rules.toml": WHOLE["rules.toml"].replace("UY", "CL")})["UY"]
    monkeypatch.setitem(COUNTRIES, "UY", country)
    with pytest.raises(BadPack, match="debe ser UY"):
        rule_book.__wrapped__()


def test_a_country_knows_nothing_of_another_nor_of_the_house():
    made_of = ("siac.countries.", "siac.kernel.")
    for country in COUNTRIES.values():
        others = tuple(f"{each.folder}." for each in COUNTRIES.values() if each != country)
        own = [module for module in modules() if f"{module}.".startswith(f"{country.folder}.")]
        known = {where for module in own for where, _ in taken(module).values()}
        assert [name for name in known if not f"{name}.".startswith(made_of)] == []
        assert [name for name in known if f"{name}.".startswith((*others, "siac.countries.public."))] == []
        assert own
