# SPDX-License-Identifier: EUPL-1.2
"""Lists: what an address asks for is kept, what it cannot mean is left out, and pages follow one another."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from siac.accounts.public import User
from siac.ui.lists import LONGEST, Asked, Filter
from tests.sql_counts import exactly

FILTERS = (
    Filter("vista", options=[("todos", "Todos")]),
    Filter("estado", "Estado", [("open", "Abierto"), (7, "\u2014 Cerrado")]),
    Filter("q", "Buscar"),
)


def asked(query="", **options):
    return Asked.of(RequestFactory().get(f"/lista/?{query}"), *FILTERS, **options)


def drawn(listing, label="Personas"):
    text = "{% load ui %}{% listing listing label %}<table>{% for row in listing.rows %}{{ row.name }},"
    text += "{% endfor %}</table>{% empty %}Nadie <todavía>.{% endlisting %}"
    return Template(text).render(Context({"listing": listing, "label": label}))


def test_only_what_the_list_knows_is_kept():
    assert asked("estado=open&q=+agua+&otro=1").kept == {"estado": "open", "q": "agua"}
    assert asked("estado=ninguno&vista=otra&q=%00").kept == {}
    assert len(asked(f"q={'a' * 900}").kept["q"]) == LONGEST


def test_each_filter_in_force_is_a_chip_that_leads_to_the_list_without_it():
    found = asked("vista=todos&estado=7&q=a%26b&desde_fila=abc")
    assert [chip.label for chip in found.chips] == ["Estado: Cerrado", "Buscar: a&b"]
    without = parse_qs(urlsplit(found.chips[0].remove_url).query)
    assert without == {"vista": ["todos"], "q": ["a&b"]}
    assert found.hidden == {"vista": "todos"}
    assert [(field.filter.name, field.value) for field in found.fields] == [("estado", "7"), ("q", "a&b")]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def people(self):
        for number in range(5):
            User.objects.create_user(email=f"p{number}@ejemplo.org", name=f"Persona {number}")

    def rows(self):
        return User.objects.filter(email__startswith="p")

    def page(self, query=""):
        with exactly(1):
            return asked(query).listing(self.rows(), ("name", "pk"), size=2)

    def test_they_lead_to_one_another_with_the_filters(self):
        first = self.page("q=persona")
        second = self.page(urlsplit(first.next_url).query)
        third = self.page(urlsplit(second.next_url).query)
        seen = [row.name[-1] for found in (first, second, third) for row in found.rows]
        assert (seen, first.previous_url, third.next_url) == (list("01234"), "", "")
        assert self.page(urlsplit(third.previous_url).query).rows == second.rows
        assert parse_qs(urlsplit(second.next_url).query)["q"] == ["persona"]

    @pytest.mark.parametrize("cursor", ["roto", "W10", "a" * 900])
    def test_the_cursor_of_another_list_is_left_out(self, cursor):
        assert self.page(f"desde_fila={cursor}").rows == self.page().rows

    def test_the_parameter_of_the_cursor_has_the_name_that_the_list_gives_it(self):
        found = asked("desde=roto", cursor="desde").listing(self.rows(), ("pk",), size=2)
        assert found.next_url.startswith("/lista/?desde=")

    def test_a_template_draws_the_rows_with_what_stands_around_them(self):
        found = asked("q=a").listing(
            self.rows(), ("name", "pk"), size=2, export_url="/sacar/", exports=("csv",)
        )
        page = drawn(found, "<Personas>")
        assert "<table>Persona 0,Persona 1,</table>" in page
        assert 'href="/sacar/?q=a&amp;formato=csv">CSV</a>' in page
        assert 'aria-label="&lt;Personas&gt;"' in page
        assert "Siguientes" in page and "Anteriores" not in page and "Buscar: a" in page

    def test_an_empty_list_says_why(self):
        nobody = User.objects.none()
        assert "Nadie <todavía>." in drawn(asked().listing(nobody, ("pk",)))
        narrowed = drawn(asked("q=agua").listing(nobody, ("pk",)))
        assert "Nada coincide." in narrowed and "Buscar: agua" in narrowed and "Nadie" not in narrowed
