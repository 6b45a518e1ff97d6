# SPDX-License-Identifier: EUPL-1.2
"""The roots written outside the database: each once, whoever wrote before, and none missed."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from siac.infra.roots_file import roots_path
from siac.journal import roots
from siac.journal.models import Checkpoint
from siac.journal.public import make_checkpoints, record
from siac.journal.roots import lost_roots, note_roots
from siac.organizations.models import Institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    monkeypatch.setattr(roots, "_READ", {})


@pytest.fixture
def bodies():
    return [
        Institution.objects.create(
            slug=slug, name=slug, short_name=slug, jurisdiction="CL", time_zone="UTC", place="CL"
        )
        for slug in ("a", "b", "c")
    ]


def sealed(body, now, number):
    """Write a checkpoint as the job does; return it."""
    return Checkpoint.objects.create(
        institution=body, number=number, at=now, upto_xid=number, root=bytes([number]) * 32,
        previous_root=bytes(32), head_count=1, key_id="00", signature=b"",
    )  # fmt: skip


def noted():
    lines = roots_path().read_text().splitlines()
    return [(each["slug"], each["number"]) for each in map(json.loads, lines)]


def test_each_is_written_once_and_others_who_write_are_seen(bodies, now):
    one, two, _ = bodies
    sealed(one, now, 1)
    sealed(one, now, 2)
    assert (note_roots(one.pk), note_roots(one.pk)) == (2, 0)
    sealed(two, now, 1)
    line = {"institution": two.pk, "slug": "b", "number": 1, "at": "", "root": ""}
    with roots_path().open("a") as by_another:  # a worker beside this one
        by_another.write(json.dumps(line) + "\n")
    assert note_roots(two.pk) == 0
    sealed(two, now, 2)
    assert note_roots(two.pk) == 1
    assert noted() == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


def test_in_a_file_begun_anew_all_are_written_again(bodies, now):
    sealed(bodies[0], now, 1)
    sealed(bodies[1], now, 1)
    assert (note_roots(bodies[0].pk), note_roots(bodies[1].pk)) == (1, 1)
    roots_path().unlink()
    assert (note_roots(bodies[1].pk), note_roots(bodies[0].pk)) == (1, 1)
    assert noted() == [("b", 1), ("a", 1)]


def test_what_the_file_has_already_is_not_read_again_for_each_body(bodies, now, monkeypatch):
    for number in range(1, 30):
        sealed(bodies[0], now, number)
    note_roots(bodies[0].pk)
    read: list[bytes] = []
    parsed = roots._parsed
    monkeypatch.setattr(roots, "_parsed", lambda line: read.append(line) or parsed(line))
    note_roots(bodies[0].pk)  # what it wrote itself
    assert len(read) == 29
    sealed(bodies[1], now, 1)
    for body in bodies * 2:
        note_roots(body.pk)
    assert len(read) == 30


def test_roots_that_the_database_lost_or_has_otherwise_are_found_among_many(bodies, now, monkeypatch):
    monkeypatch.setattr(roots, "_CHUNK", 4)
    for body in bodies[:2]:
        for number in range(1, 8):
            sealed(body, now, number)
        note_roots(body.pk)
    assert list(lost_roots(roots_path())) == []
    kept = roots_path().read_text()
    roots_path().write_text(kept.replace("02" * 32, "ff" * 32, 1))
    assert [(each.slug, each.number) for each in lost_roots(roots_path())] == [("a", 2)]
    roots_path().write_text(kept + kept.splitlines()[-1].replace('"number": 7', '"number": 8') + "\n")
    assert [(each.slug, each.number) for each in lost_roots(roots_path())] == [("b", 8)]


def test_only_bodies_with_entries_are_sealed(real_commits, bodies, now):
    with transaction.atomic():
        record(bodies[1].pk, "s", "k", now)
    assert make_checkpoints(now + timedelta(minutes=1)) == 1
    assert noted() == [("b", 1)]
    assert make_checkpoints(now + timedelta(minutes=2), "a") == 0
