# SPDX-License-Identifier: EUPL-1.2
"""Pages of records that are all alike: listed, added, changed; what is refused comes back as it was typed."""

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.ui.templatetags.ui import named

pytestmark = pytest.mark.django_db
PAGES = (
    ("workspace:kinds:causes", "workspace:kinds:cause", "name", {}),
    ("workspace:catalogue:topics", "workspace:catalogue:topic", "name", {}),
    (
        "workspace:servicepoints:points",
        "workspace:servicepoints:point",
        "name",
        {"code": "a", "kind": "office"},
    ),
    ("workspace:cases:templates", "workspace:cases:template", "title", {"scope": "own", "body": "Estimada:"}),
)


@pytest.mark.parametrize(("listed", "one", "name", "more"), PAGES)
def test_one_is_added_listed_and_changed(house, listed, one, name, more):
    client = house.client(Role.ADMINISTRATOR if "templates" not in listed else Role.HEAD_OF_UNIT)
    new, back = reverse(f"{one}_new", args=[house.slug]), reverse(listed, args=[house.slug])
    assert f'href="{new}"' in client.get(back).content.decode()
    wrong = client.post(new, {**more, name: ""})
    assert wrong.status_code == 422 and "govuk-error-summary" in wrong.content.decode()
    added = client.post(new, {**more, name: "Primera cosa", "is_active": "on"}, follow=True)
    assert added.redirect_chain == [(back, 302)]
    rows = [row for row in added.context["rows"] if row.cells[0] == "Primera cosa"]
    assert len(rows) == 1 and "Sí" in rows[0].cells
    page = client.get(rows[0].url)
    assert page.context["title"] == "Primera cosa" and f'href="{back}"' in page.content.decode()
    changed = client.post(rows[0].url, {**more, name: "Segunda cosa"}, follow=True)
    (row,) = [row for row in changed.context["rows"] if row.url == rows[0].url]
    assert row.cells[0] == "Segunda cosa" and "No" in row.cells


@pytest.mark.parametrize(("listed", "one", "name", "more"), PAGES)
def test_what_the_body_does_not_have_is_not_found(house, listed, one, name, more):
    client = house.client(Role.ADMINISTRATOR if "templates" not in listed else Role.HEAD_OF_UNIT)
    for unknown in (0, 99999999):
        assert client.get(reverse(one, args=[house.slug, unknown])).status_code == 404


def test_on_a_phone_each_cell_of_a_list_stands_under_its_name():
    assert named(("a", "b", "c"), ("Uno", "Dos")) == [("Uno", "a"), ("Dos", "b"), ("", "c")]
    assert named((), ("Uno",)) == []


def test_the_cells_of_a_list_say_which_column_they_are_of(house):
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/cartas/").content.decode()
    assert 'data-name="Unidad responsable"' in page and 'data-name="Carta"' not in page
