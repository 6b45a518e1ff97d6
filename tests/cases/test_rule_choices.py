# SPDX-License-Identifier: EUPL-1.2
"""Whoever sets up a kind chooses its rule among those that fit, in words and by article."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.clocks.public import answer_rules
from tests.factories import make_house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "offered", "not_offered"),
    [
        (
            "CL",
            {"CL.SAIP", "CL.MUNI", "CL.OIRS"},
            {"CL.SAIP.3P", "CL.SAIP.DERIV", "CL.NOTIF", "CL.SAIP.AMPARO", "PE.SAIP"},
        ),
        ("PE", {"PE.SAIP", "PE.LR", "PE.PROC"}, {"PE.SAIP.DERIV", "PE.LR.EVAL", "PE.REC", "CL.SAIP"}),
        ("ES", {"ES.QYS", "ES.SAIP", "ES.INFORM"}, {"ES.SAIP.3P", "ES.INFORM.ACK", "ES.ALZADA", "CL.SAIP"}),
    ],
)
def test_only_rules_that_can_answer_a_request_of_the_country_are_offered(country, offered, not_offered):

    found = {rule.id for rule in answer_rules(make_house("casa", country).institution, date(2026, 11, 27))}
    assert offered <= found
    assert not found & not_offered


def test_what_is_not_in_force_is_offered_only_where_it_is_in_use(house):
    on = date(2026, 11, 27)
    assert "CL.ARCO" not in {rule.id for rule in answer_rules(house.institution, on)}
    assert "CL.ARCO" in {rule.id for rule in answer_rules(house.institution, on, "CL.ARCO")}


def test_a_rule_is_named_with_its_term_and_its_article_under_its_law(house):
    setup = f"/{house.slug}/gestion/configuracion/tipos/"
    client = house.client(Role.ADMINISTRATOR)
    page = client.get(f"{setup}nuevo/").content.decode()
    assert '<optgroup label="Ley 20.285 sobre acceso a la información pública">' in page
    assert "20 días hábiles · art. 14, Ley 20.285" in page
    assert "20 días hábiles · art. 14, Ley 20.285" in client.get(setup).content.decode()
