# SPDX-License-Identifier: EUPL-1.2
"""Where places lie: what people paste, what countries hold, how far apart. No database."""

from decimal import Decimal

import pytest

from siac.countries.public import COUNTRIES
from siac.servicepoints.domain.geography import Coordinates, centre, kilometres, read_coordinates
from siac.servicepoints.domain.types import access_features, channels, point_types


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("-29.9533, -71.3395", "-29.953300, -71.339500"),
        ("(-29,9533; -71,3395)", "-29.953300, -71.339500"),
        ("\u221229.95° \u221271.34°", "-29.950000, -71.340000"),
        ("40 -3", "40.000000, -3.000000"),
        ("91, 0", None),
        ("0, 181", None),
        ("29", None),
        ("norte, sur", None),
        ("1e3, 2", None),
    ],
)
def test_coordinates_are_read_as_people_paste_them(typed, read):
    found = read_coordinates(typed)
    assert (str(found) if found else None) == read


PLACES = {
    "CL": [
        ("-18.48", "-70.32"), ("-29.95", "-71.34"), ("-33.45", "-70.67"), ("-36.43", "-71.96"),
        ("-42.47", "-73.77"), ("-53.16", "-70.91"), ("-27.15", "-109.43"), ("-33.64", "-78.83"),
        ("-54.93", "-67.61"), ("-47.25", "-72.57"), ("-38.43", "-71.37"),
    ],
    "PE": [("-12.05", "-77.04"), ("-18.01", "-70.25"), ("-3.75", "-73.25"), ("-15.84", "-70.02")],
    "ES": [
        ("40.42", "-3.70"), ("42.88", "-8.54"), ("28.47", "-16.25"), ("35.89", "-5.32"), ("35.29", "-2.94"),
        ("39.57", "2.65"), ("38.88", "-6.97"), ("42.43", "3.17"),
    ],
}  # fmt: skip
"""Towns at the ends of each country."""


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"), [(code, *at) for code, each in PLACES.items() for at in each]
)
def test_a_country_holds_its_own_towns(country, latitude, longitude):
    assert COUNTRIES[country].places.holds(Decimal(latitude), Decimal(longitude))


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("CL", "-34.60", "-58.38"), ("CL", "-31.42", "-64.19"), ("CL", "0", "0"), ("CL", "-71.34", "-29.95"),
        ("PE", "-33.45", "-70.67"), ("PE", "-0.23", "-91.0"), ("PE", "-16.5", "-68.15"),
        ("ES", "38.72", "-9.14"), ("ES", "48.86", "2.35"), ("ES", "33.57", "-7.59"),
    ],
)  # fmt: skip
def test_a_country_does_not_hold_the_towns_of_its_neighbours(country, latitude, longitude):
    assert not COUNTRIES[country].places.holds(Decimal(latitude), Decimal(longitude))


def test_how_far_two_towns_are():
    """La Serena to Coquimbo is some eleven kilometres; a degree of latitude 111.2."""
    serena = Coordinates(Decimal("-29.9027"), Decimal("-71.2520"))
    coquimbo = Coordinates(Decimal("-29.9533"), Decimal("-71.3395"))
    assert Decimal(10) < kilometres(serena, coquimbo) < Decimal(11)
    assert kilometres(serena, serena) == 0
    one, other = Coordinates(Decimal(0), Decimal(0)), Coordinates(Decimal(1), Decimal(0))
    assert kilometres(one, other) == Decimal("111.2")
    assert centre([one, other]) == (Decimal("0.5"), Decimal(0)) and centre([]) is None


def test_every_type_says_a_channel_and_codes_fit_their_column():
    assert len(point_types()) >= 10
    assert all(each.channel in channels() for each in point_types().values())
    assert all(len(code) <= 24 for code in point_types()) and access_features()


def test_a_commune_is_found_however_it_is_typed():
    places = COUNTRIES["CL"].places
    assert places.local_named(" PAIHUANO ") == "04105" and places.local_named("vicuna") is None
    assert places.local_named("vicuña") == "04106" and COUNTRIES["PE"].places.local_named("Lima") is None
