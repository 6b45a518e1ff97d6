# SPDX-License-Identifier: EUPL-1.2
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.journal.domain.chain import GENESIS, MerkleRoot, Sealable, canonical, clean_data, entry_hash
from siac.journal.domain.seals import check_seal, seal

ENTRY = Sealable(
    1, "case:1", 1, "cases.filed", 7, datetime(2026, 3, 2, 12, tzinfo=UTC), {"ñ": "á", "a": [1, None]}
)


def test_the_hash_is_the_documented_one_for_ever() -> None:
    text = (
        '{"actor":7,"at":"2026-03-02T12:00:00.000000Z","data":{"a":[1,null],"ñ":"á"},"institution":1,'
        f'"kind":"cases.filed","prev":"{"0" * 64}","seq":1,"stream":"case:1"}}'
    )
    assert entry_hash(ENTRY, GENESIS) == hashlib.sha256(text.encode()).digest()


def test_the_same_moment_elsewhere_gives_the_same_hash() -> None:
    local = ENTRY.at.astimezone(timezone(timedelta(hours=-4)))
    assert entry_hash(replace(ENTRY, at=local), GENESIS) == entry_hash(ENTRY, GENESIS)


@pytest.mark.parametrize(
    "change",
    [
        {"institution_id": 2},
        {"stream": "case:2"},
        {"seq": 2},
        {"kind": "x"},
        {"actor_id": None},
        {"at": ENTRY.at + timedelta(microseconds=1)},
        {"data": {}},
    ],
    ids=str,
)
def test_every_field_counts(change) -> None:
    assert entry_hash(replace(ENTRY, **change), GENESIS) != entry_hash(ENTRY, GENESIS)
    assert entry_hash(ENTRY, bytes([1] * 32)) != entry_hash(ENTRY, GENESIS)


@pytest.mark.parametrize(
    "bad",
    [1.5, "x" * 201, "a\x00", object(), {1: 2}, b"x", [0.1]],
    ids=["float", "long", "nul", "object", "int key", "bytes", "float in list"],
)
def test_what_does_not_belong_is_refused(bad) -> None:
    with pytest.raises(ValueError):
        clean_data({"k": bad})


def test_dates_become_text() -> None:
    assert clean_data({"d": date(2026, 1, 2), "t": (1, True)}) == {"d": "2026-01-02", "t": [1, True]}


def _reference(leaves: list[bytes]) -> bytes:
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + _reference(leaves[:split]) + _reference(leaves[split:])).digest()


@given(st.integers(0, 70))
def test_the_root_is_that_of_rfc_6962(count) -> None:
    tree, leaves = MerkleRoot(), []
    for number in range(count):
        digest = hashlib.sha256(bytes([number])).digest()
        tree.add(f"s{number}", number + 1, digest)
        leaf = canonical([f"s{number}", number + 1, digest.hex()])
        leaves.append(hashlib.sha256(b"\x00" + leaf).digest())
    assert tree.root() == _reference(leaves)


@given(st.text())
def test_a_seal_knows_its_text(text) -> None:
    made = seal(text)
    assert check_seal(text, made.digest, made.salt)
    assert not check_seal(text + "x", made.digest, made.salt)
    assert not check_seal(text, made.digest, "zz")
    assert seal(text).digest != made.digest
