# SPDX-License-Identifier: EUPL-1.2
"""A client that ignores paging: it asks for all at once, or makes up where to go on."""

import base64
import json

import pytest

from tests.rest.houses import Program
from tests.rest.test_cases import told

pytestmark = [pytest.mark.django_db]
UNPAGED = {"/kinds", "/cases/{folio}/files"}
"""Lists that are short by what they are: the kinds of a body, the files of one case."""


def lists(program: Program) -> dict[str, bool]:
    """Return the addresses of the interface that give lists, and whether each goes by pages."""
    found = {}
    for path, said in told(program.get("/openapi.json"), 200)["paths"].items():
        if reading := said.get("get"):
            names = {each["name"] for each in reading.get("parameters", [])}
            path = path.removeprefix("/api/v1")
            schema = reading["responses"]["200" if "200" in reading["responses"] else 200]
            shape = schema.get("content", {}).get("application/json", {})
            if "limit" in names or '"array"' in json.dumps(shape):
                found[path] = {"limit", "cursor"} <= names
    return found


def test_every_list_goes_by_pages(body):
    known = lists(body.program())
    assert {path for path, paged in known.items() if not paged} <= UNPAGED
    assert sum(known.values()) >= 6


def made_up(*values: object) -> str:
    """Return a cursor that looks like one."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": 10**9}, {"limit": 201}, {"limit": 0}, {"limit": -1}, {"limit": "todo"},
        {"cursor": "x" * 601}, {"cursor": "%00"}, {"cursor": "[]"},
    ],
)  # fmt: skip
def test_whoever_asks_for_more_than_a_page_or_makes_a_place_up_is_told_so(body, asked):
    program = body.program()
    for path, paged in lists(program).items():
        if paged and "{" not in path:
            answer = program.get(path, **asked)
            assert answer.status_code in {422, 200}, (path, answer.content)
            if answer.status_code == 200:  # a place that no row has is an empty page
                assert "cursor" in asked and len(answer.json()["items"]) <= 50, path
            else:
                assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("place", [
    made_up(0, "2999-01-01T00:00:00+00:00", 1), made_up(1, "1900-01-01T00:00:00+00:00", 2**62),
    made_up(0, "x", 1), made_up(0, None, None), made_up(2, "2026-01-01T00:00:00+00:00", 1), made_up(0, 1),
    made_up(0, "2026-01-01T00:00:00+00:00", 2**70), made_up(0, {"a": 1}, 1),
])  # fmt: skip
def test_a_made_up_place_shows_at_most_a_page_of_what_one_may_read_anyway(body, place):
    body.file(), body.file(2)
    answer = body.program().get("/cases", cursor=place)
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert len(answer.json()["items"]) <= 2
