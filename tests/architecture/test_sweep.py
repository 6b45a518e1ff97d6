# SPDX-License-Identifier: EUPL-1.2
"""Every address as everybody: each page opens for exactly those it is meant for, and never fails.

The addresses come from the resolver: a new one without a sample fails the first test.
"""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from siac.accounts.public import Role, rights_of
from tests.architecture.samples import (
    EVERYONE,
    FILES,
    FOREIGN,
    SAMPLES,
    Sample,
    address_of,
    addresses,
    build_objects,
    citizen_cookies,
    views,
)
from tests.caches import forget
from tests.factories import House

CLOSED = {403, 404}
DONE = {200, 204, 302, 422, 409}
IGNORED = {"/cuenta/signup/", "/cuenta/email/"}
"""Addresses of the sign-in library that are shut on purpose."""


def test_every_address_has_a_sample():
    known = set(SAMPLES) | IGNORED
    new = [name for name in addresses() if name not in known and not name.startswith(FOREIGN)]
    assert new == []
    assert set(SAMPLES) <= set(addresses())


def test_every_page_is_meant_for_somebody():
    assert [name for name, sample in SAMPLES.items() if not sample.who] == []


def test_an_address_has_its_sample_in_the_file_of_its_view():
    """A deed is opened by a view of the core; its sample lies with the feature that declares it."""
    files = {each.__name__.removeprefix("tests.architecture.samples."): each.SAMPLES for each in FILES}
    assert sum(map(len, files.values())) == len(SAMPLES)
    assert [
        (name, file)
        for file, samples in files.items()
        for name in samples
        if views()[name] != "siac.cases.workspace.case" and file != _file_of(views()[name], set(files))
    ] == []


def _file_of(view: str, files: set[str]) -> str:
    context, part, *_ = view.removeprefix("siac.").removeprefix("integrations.").split(".")
    if context != "cases":
        return context
    return f"cases.{part}" if f"cases.{part}" in files else "cases.core"


@pytest.fixture
def objects(house) -> dict[str, Any]:
    return build_objects(house)


def visit(client: Client, sample: Sample, address: str) -> HttpResponse:
    """Ask for a page and take back whatever it did; a fault is told as 500."""
    client.raise_request_exception = False
    cookies = client.cookies.output()
    with transaction.atomic():
        response = client.post(address, dict(sample.data)) if sample.post else client.get(address)
        if getattr(response, "streaming", False):
            b"".join(response)  # read to its end, the file closes itself
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:  # a page may sign out, or close what the browser had open
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    if sample.post:
        forget()
    return response


@pytest.fixture
def plain_refusals() -> Iterator[None]:
    """Refuse with an empty page: thousands are refused here, and how the page looks others ask."""
    with mock.patch("siac.ui.views._refused", lambda request, status: HttpResponse(status=status)):
        yield


def problems(
    visitor: str,
    client: Client,
    objects: dict[str, Any],
    expected: Callable[[Sample], set[int]],
    samples: dict[str, Sample] = SAMPLES,
) -> Iterator[str]:
    for name, sample in samples.items():
        address = address_of(name, sample, objects)
        status = visit(client, sample, address).status_code
        if status not in expected(sample):
            yield f"{visitor}: {name} ({address}) answered {status}, expected {sorted(expected(sample))}"


def opened(sample: Sample) -> set[int]:
    if sample.by_token:
        return {403}
    if sample.moved:
        return {302}
    return DONE if sample.post else {200}


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("part", range(3))
def test_each_role_opens_its_pages_and_no_others(house: House, objects, part):
    """In three parts, so that several processes share the work and objects are not made for each role."""
    found: list[str] = []
    for role in list(Role)[part::3]:

        def expected(sample: Sample, role: Role = role) -> set[int]:
            return opened(sample) if sample.who == EVERYONE or role in sample.who else CLOSED

        client = house.client(role)
        client.cookies.load(citizen_cookies(house, objects))
        found += problems(role.value, client, objects, expected, asked_of(role))
    assert "\n".join(found) == ""


def asked_of(role: Role) -> dict[str, Sample]:
    """What a role is tried on: all that is somebody's, and of what is everybody's a fourth, so that three
    roles or more open each page of it; whoever did not sign in opens them all.
    """
    turn = list(Role).index(role) % 4
    everybody = [name for name, sample in SAMPLES.items() if sample.who == EVERYONE]
    left = set(everybody) - set(everybody[turn::4])
    return {name: sample for name, sample in SAMPLES.items() if name not in left}


def test_a_visitor_opens_the_portal_and_signs_in_for_the_rest(house: House, objects):
    client = house.client()
    client.cookies.load(citizen_cookies(house, objects))

    everybody = {name: sample for name, sample in SAMPLES.items() if sample.who == EVERYONE}
    assert "\n".join(problems("visitor", client, objects, opened, everybody)) == ""
    for name, sample in SAMPLES.items():
        if sample.who != EVERYONE:
            response = visit(client, sample, address_of(name, sample, objects))
            if sample.post and sample.data:  # what was typed is kept, not lost in a redirect
                assert response.status_code == 403, name
                assert "Su sesión terminó" in response.content.decode(), name
            else:
                assert response.status_code == 302, name
                assert response["Location"].startswith("/cuenta/login/"), name


def holding_all_rights() -> list[Role]:
    """A few roles that hold every right among them: elsewhere, what these do not open no role opens."""
    left, found = set[str]().union(*map(rights_of, Role)), list[Role]()
    while left:
        most = max(Role, key=lambda role: len(rights_of(role) & left))
        found.append(most)
        left -= rights_of(most)
    return found


@pytest.mark.usefixtures("plain_refusals")
def test_the_people_of_another_body_open_nothing(house: House, other_house: House, objects):
    inside = {name: sample for name, sample in SAMPLES.items() if name.startswith("workspace:")}
    assert len(inside) > 40
    for role in holding_all_rights():
        client = other_house.client(role)
        for name, sample in inside.items():
            address = address_of(name, sample, objects)
            assert visit(client, sample, address).status_code in CLOSED, f"{role}: {name}"


@pytest.mark.usefixtures("plain_refusals")
def test_the_objects_of_one_body_do_not_open_under_the_address_of_another(
    house: House, other_house: House, objects
):
    """Ids are guessed easily: people of one body, who hold all rights between them, try those of another
    under their own address; what is everybody's is tried by one of them.
    """
    foreign = {**objects, "slug": other_house.slug}
    named = {
        name: sample for name, sample in SAMPLES.items()
        if sample.arguments(objects) and name.startswith(("workspace:", "portal:")) and name not in SHARED
    }  # fmt: skip
    assert len(named) > 25
    triers = holding_all_rights()
    for turn, role in enumerate(triers):
        client = other_house.client(role)
        client.cookies.load(citizen_cookies(house, objects))
        for place, (name, sample) in enumerate(named.items()):
            if sample.who == EVERYONE and place % len(triers) != turn:
                continue
            status = visit(client, sample, address_of(name, sample, foreign)).status_code
            assert status in CLOSED | {302, 410}, f"{role}: {name} answered {status}"
            if status == 302:
                assert name.startswith("portal:cases:"), name


SHARED = {
    "workspace:processes:guide_adopt",
    "portal:cases:fill",
    "portal:charters:badge",
    "portal:charters:charter",
    "portal:charters:comparison",
    "portal:charters:draft",
    "portal:charters:edition",
    "portal:charters:paper",
    "portal:charters:register",
    "portal:texts:language",
    "workspace:clocks:year",
    "workspace:signing:port",
    "workspace:indicators:figure",
    "workspace:indicators:people",
    "workspace:indicators:things",
    "workspace:reporting:circle_rows",
    "workspace:reporting:own_report_add",
    "workspace:setup:sheet_template",
    "workspace:staff:sheet_template",
    "workspace:setup:text",
    "workspace:setup:text_publish",
}
"""Their argument is no object of a body: a code that every body may use, a
year, the name of a text or of a template, a metric of the product.
"""


def test_pages_of_the_sign_in_library_do_not_fail(house: House):
    names = [name for name in addresses() if name.startswith(FOREIGN)]
    assert names
    anonymous, known = Client(raise_request_exception=False), house.client(Role.AUDITOR)
    known.raise_request_exception = False
    for path in (
        "login/",
        "logout/",
        "password/change/",
        "password/reset/",
        "verificacion/",
        "reauthenticate/",
    ):
        for client in (anonymous, known):
            assert client.get(f"/cuenta/{path}").status_code < 500, path


def test_an_unknown_body_is_a_page_that_does_not_exist(house: House, objects):
    make_nothing = {**objects, "slug": "no-existe"}
    client = house.client(Role.ADMINISTRATOR)
    for name, sample in SAMPLES.items():
        if name.startswith(("workspace:", "portal:")):
            status = visit(client, sample, address_of(name, sample, make_nothing)).status_code
            assert status == 404, f"{name} answered {status}"


def test_the_start_page_lists_the_bodies_when_there_are_several(client, house: House, other_house: House):
    page = client.get("/")
    assert page.status_code == 200
    assert house.institution.name in page.content.decode()
    assert other_house.institution.name in page.content.decode()
