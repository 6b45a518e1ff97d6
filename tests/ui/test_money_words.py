# SPDX-License-Identifier: EUPL-1.2
"""Whole units of money as pages say them."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("country", "words"), [("CL", "900 000 pesos"), ("PE", "900 000 soles"), ("ES", "900 000 euros")]
)
def test_an_amount_says_its_money(country, words):
    page = Template("{% load ui %}{{ cost|dinero:country }}")
    told = page.render(Context({"cost": 900000, "country": country}))
    assert "".join(" " if each.isspace() or each in ".," else each for each in told) == words
