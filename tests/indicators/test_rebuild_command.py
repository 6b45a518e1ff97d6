# SPDX-License-Identifier: EUPL-1.2
"""All figures can be counted anew by one command, which tells how far it is."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.indicators.figures.state import unbuilt
from siac.indicators.models import Cell
from tests.factories import file
from tests.indicators.recount import differences

pytestmark = pytest.mark.django_db


def rebuilt(*arguments: str) -> str:
    said = StringIO()
    call_command("figures", "rebuild", *arguments, stdout=said)
    return said.getvalue()


def test_it_counts_all_bodies_and_tells_what_it_does(house, other_house):
    for body in (house, other_house):
        file(body)
    said = rebuilt()
    for body in (house, other_house):
        assert f"{body.slug} · cases · 1 hechos" in said
        assert f"{body.slug}: cifras contadas de nuevo." in said
        assert (unbuilt(body.institution), differences(body.institution)) == ([], [])


def test_it_mends_what_was_damaged_and_counts_one_body_only(house, other_house):
    for body in (house, other_house):
        file(body)
    rebuilt()
    Cell.objects.filter(grain="d").update(n=99)
    Cell.objects.filter(institution=house.institution, family="unit").delete()
    first = Cell.objects.filter(institution=house.institution, grain="m").first()
    Cell.objects.filter(pk=first.pk).update(period=date(2019, 1, 1))  # a month of which nothing is left
    assert differences(house.institution) != []
    rebuilt("--institution", house.slug)
    assert differences(house.institution) == []
    assert differences(other_house.institution) != []


def test_an_unknown_body_is_said(house):
    with pytest.raises(CommandError, match="No hay un organismo «nadie»"):
        rebuilt("--institution", "nadie")
