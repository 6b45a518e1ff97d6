# SPDX-License-Identifier: EUPL-1.2
"""The side navigation shows what one may open, and where one is."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from siac.ui import navigation
from siac.ui.public import NavGroup, NavItem, register_nav

urlpatterns = [
    path("<slug:slug>/trabajo/", lambda request, slug: HttpResponse(), name="sample_work"),
    path("<slug:slug>/trabajo/cartas/", lambda request, slug: HttpResponse(), name="sample_charters"),
]
BODY = SimpleNamespace(slug="muni", jurisdiction="CL")


@pytest.fixture(autouse=True)
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_ITEMS", {})
    register_nav(NavItem("Cartas", "sample_charters", right="charter.read", order=20))
    register_nav(NavItem("Trabajo", "sample_work", order=10))
    register_nav(NavItem("Otra", "not_installed"))
    with override_settings(ROOT_URLCONF=__name__):
        yield


def links(path: str, *rights: str, counts=None):
    found = navigation.nav_links(institution=BODY, rights=rights, path=path, counts=counts)
    return [(link.label, link.is_current, link.count) for link in found]


def test_an_entry_without_the_right_is_not_shown():
    assert links("/muni/trabajo/") == [("Trabajo", True, "")]


def test_one_right_of_several_is_enough():
    register_nav(NavItem("Cartas", "sample_charters", right=frozenset({"a", "b"}), order=20))
    assert [label for label, _, _ in links("/muni/", "b")] == ["Trabajo", "Cartas"]
    assert [label for label, _, _ in links("/muni/", "c")] == ["Trabajo"]


def test_entries_stand_under_headings_in_one_order():
    register_nav(NavItem("Cartas", "sample_charters", order=1, group=NavGroup.CHARTERS))
    found = navigation.nav_links(institution=BODY, rights=(), path="/")
    assert [(link.group, link.label) for link in found] == [
        ("Trabajo", "Trabajo"),
        ("Cartas y servicios", "Cartas"),
    ]


def test_the_deepest_match_is_current():
    both = links("/muni/trabajo/cartas/12/", "charter.read")
    assert both == [("Trabajo", False, ""), ("Cartas", True, "")]


def test_what_waits_stands_beside_its_entry_and_nothing_where_nothing_waits():
    shown = {
        count: links("/muni/", counts={"sample_work": count, "sample_charters": 3})[0][2]
        for count in (0, 7, 99, 100)
    }
    assert shown == {0: "", 7: "7", 99: "99", 100: "99+"}


def test_an_entry_that_concerns_only_some_is_seen_where_it_is_named():
    register_nav(NavItem("Mías", "sample_charters", concerns=lambda access, today: True))
    assert [label for label, _, _ in links("/")] == ["Trabajo"]
    found = navigation.nav_links(institution=BODY, rights=(), path="/", besides={"sample_charters"})
    assert [link.label for link in found] == ["Trabajo", "Mías"]
