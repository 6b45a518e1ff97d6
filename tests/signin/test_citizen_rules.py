# SPDX-License-Identifier: EUPL-1.2
"""What national servers tell of a citizen, each in its own words, and where they answer and are left."""

import pytest

from siac.countries.public import COUNTRIES
from siac.signin.domain.citizens import NAME_LIMIT, document_in, names_in
from siac.signin.domain.oidc import Server, Unproven, described, leaving_address
from siac.signin.presets import is_national, preset_coded, told_by_preset

RUN = {"numero": 12345678, "DV": "5", "tipo": "RUN"}
SERVER = Server("https://i", "https://i/a", "https://i/t", "https://i/k", "", False, False, "https://i/out")


@pytest.mark.parametrize(
    ("told", "country", "number"),
    [
        (RUN, "CL", "123456785"),
        ({"numero": "9999999", "DV": "k"}, "CL", "9999999k"),
        ({"numero": 12345678, "tipo": "RUN"}, "CL", ""),
        ({"numero": True, "DV": "5"}, "CL", ""),
        ({**RUN, "tipo": "PASAPORTE"}, "CL", ""),
        ("12.345.678-5", "CL", "12.345.678-5"),
        (12345678, "PE", "12345678"),
        ("ES/ES/12345678Z", "ES", "12345678Z"),
        ("PT/ES/12345678Z", "ES", ""),
        ("ES/12345678Z", "ES", ""),
        (["12345678Z"], "ES", ""),
        (None, "CL", ""),
        (True, "CL", ""),
        (10**60, "CL", ""),
        ("1" * 41, "CL", ""),
        ("123\n456", "CL", ""),
    ],
)
def test_the_document_is_read_in_every_form_that_servers_give_it(told, country, number):
    assert document_in({"doc": told}, "doc", country) == number


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"name": {"nombres": ["María", "Ana"], "apellidos": ["Del Río"]}}, ("María Ana", "Del Río")),
        ({"given_name": "Ana", "family_name": "Soto", "name": "otra"}, ("Ana", "Soto")),
        ({"first_name": " Ana\n María ", "sub": "1"}, ("Ana María", "")),
        ({"name": "Ana Soto", "family_name": "Soto"}, ("Ana Soto", "")),
        ({"name": ["Ana", 3]}, ("Ana", "")),
        ({"name": {"nombres": 3}}, ("", "")),
        ({"name": "\u202e\x00"}, ("", "")),
        ({"given_name": "A" * 400}, ("A" * NAME_LIMIT, "")),
        ({}, ("", "")),
    ],
)
def test_the_name_is_read_in_every_form_too(said, names):
    assert names_in(said) == names


def test_each_country_says_by_which_server_its_people_are_known():
    codes = [country.identity.code for country in COUNTRIES.values() if country.identity]
    assert len(codes) == len(set(codes)) == len(COUNTRIES)
    for country in COUNTRIES.values():
        own = {document.code for document in country.documents}
        assert set(country.identity.documents) <= own and country.identity.source
        assert preset_coded(country.identity.code) is country.identity


def test_what_is_peculiar_to_a_national_server_holds_of_it_alone():
    peru = COUNTRIES["PE"].identity
    assert told_by_preset(peru, "https://idaas2.reniec.gob.pe").token.endswith("/service/token")
    assert told_by_preset(peru, "https://idaas.reniec.gob.pe").keys == (
        "https://idaas.reniec.gob.pe/service/jwks"
    )
    for other in (
        "https://sso.muni.gob.pe",
        "https://reniec.gob.pe.mala.example",
        "https://malareniec.gob.pe",
    ):
        assert told_by_preset(peru, other) is None
    assert not is_national(COUNTRIES["ES"].identity, "https://pasarela.es")
    assert told_by_preset(COUNTRIES["CL"].identity, COUNTRIES["CL"].identity.issuer) is None
    with pytest.raises(Unproven):
        described("http://fuera.example", peru.paths)


def test_who_leaves_is_sent_to_an_address_of_the_server_and_comes_back():
    known = {"client_id": "c", "back": "https://muni.cl/puerto/"}
    assert leaving_address(SERVER, "", **known) == (
        "https://i/out?client_id=c&post_logout_redirect_uri=https%3A%2F%2Fmuni.cl%2Fpuerto%2F"
    )
    assert leaving_address(SERVER, "https://x/fin?a=", **known).startswith("https://x/fin?a=https%3A")
    assert leaving_address(SERVER, "javascript:alert(1)//", **known) == ""
