# SPDX-License-Identifier: EUPL-1.2
"""Whatever the metric, whoever looks and however it is cut: a number opens as many rows as it says."""

from urllib.parse import parse_qs, urlsplit

import pytest

from siac.accounts.public import Role, rights_of
from siac.cases.models import Case
from siac.indicators.figures.forms import NO_MEMBER
from siac.indicators.figures.measuring import measure
from siac.infra.metrics import metric, metrics, source
from siac.organizations.public import StaffRight
from tests.indicators.test_pages import FIRST, LAST, SEPTEMBER, ask, now, rows_of

__all__ = ["now"]
pytestmark = pytest.mark.django_db
READERS = sorted(role for role in Role if StaffRight.FIGURES in rights_of(role))
KEYS = [each.key for each in metrics()]


@pytest.fixture
def half_hidden(counted, now):
    """A body of whose requests every other is restricted."""
    ids = Case.objects.filter(institution=counted.institution).order_by("pk").values_list("pk", flat=True)
    Case.objects.filter(pk__in=list(ids)[::2]).update(is_restricted=True)
    return counted


@pytest.mark.parametrize("role", READERS)
def test_every_metric_opens_as_many_rows_as_it_says_to_every_role(half_hidden, role):
    reader, seen = half_hidden.client(role), 0
    for key in KEYS:
        page = ask(reader, half_hidden, f"{key}/", **SEPTEMBER)
        said = page.context["line"].now.total
        for part in page.context["parts"]:
            opened = reader.get(part.url)
            assert rows_of(opened) == part.count == opened.context["chosen"].count, (key, part.name)
            seen += part.count
        assert page.context["parts"][0].count == said, key
    assert seen


@pytest.mark.parametrize("key", KEYS)
def test_each_group_of_each_cut_opens_as_many_rows_as_it_says(half_hidden, key):
    reader, of, seen = half_hidden.client(Role.QUALITY_MANAGER), metric(key), 0
    for by in (each for each in source(of.of.source).dimensions if not each.is_trait):
        page = ask(reader, half_hidden, f"{key}/", **SEPTEMBER, por=by.address)
        said = measure(half_hidden.institution, of, [(FIRST, LAST)], today=LAST, by=by.key)
        for row in (each for each in page.context["charts"][1].rows if each.url):
            (member,) = parse_qs(urlsplit(row.url).query)[by.address]
            opened = reader.get(row.url)
            assert rows_of(opened) == said.told(0, member.removeprefix(NO_MEMBER)).total, (by.key, row.label)
            seen += 1
    assert seen
