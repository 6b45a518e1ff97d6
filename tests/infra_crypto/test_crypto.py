# SPDX-License-Identifier: EUPL-1.2
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.infra import crypto
from siac.infra.environment import Misconfigured

A, B = os.urandom(32), os.urandom(32)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_again(plain: bytes, place: str) -> None:
    keys = crypto.Keyring(A)
    assert crypto.unseal(keys, "p", crypto.seal(keys, "p", plain, place), place) == plain


def test_a_former_key_still_opens_and_the_new_one_seals() -> None:
    old = crypto.seal(crypto.Keyring(A), "p", b"hola", "row:1")
    ring = crypto.Keyring(B, (A,))
    assert crypto.unseal(ring, "p", old, "row:1") == b"hola"
    assert not old.startswith(crypto.current_prefix(ring))
    assert crypto.seal(ring, "p", b"hola", "row:1").startswith(crypto.current_prefix(ring))


@pytest.mark.parametrize(
    ("ring", "purpose", "place", "change"),
    [
        (crypto.Keyring(B), "p", "row:1", lambda b: b),
        (crypto.Keyring(A), "q", "row:1", lambda b: b),
        (crypto.Keyring(A), "p", "row:2", lambda b: b),
        (crypto.Keyring(A), "p", "row:1", lambda b: b[:-1] + bytes([b[-1] ^ 1])),
        (crypto.Keyring(A), "p", "row:1", lambda b: b"\x02" + b[1:]),
        (crypto.Keyring(A), "p", "row:1", lambda b: b[:10]),
    ],
    ids=["other key", "other purpose", "moved", "altered", "version", "short"],
)
def test_anything_else_does_not_open(ring, purpose, place, change) -> None:
    blob = crypto.seal(crypto.Keyring(A), "p", b"hola", "row:1")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(ring, purpose, change(blob), place)


def test_the_same_text_never_seals_the_same() -> None:
    keys = crypto.Keyring(A)
    assert crypto.seal(keys, "p", b"x", "r") != crypto.seal(keys, "p", b"x", "r")


@pytest.fixture
def fresh_keys():
    crypto._keyring.cache_clear()
    yield
    crypto._keyring.cache_clear()


@pytest.mark.usefixtures("fresh_keys")
def test_keys_come_from_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("SIAC_VAULT_KEY", A.hex())
    monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", f"{B.hex()}, ")
    assert crypto.vault_keys() == crypto.Keyring(A, (B,))
    assert crypto.journal_keys().current not in (A, B)


@pytest.mark.usefixtures("fresh_keys")
@pytest.mark.parametrize("value", [None, "", "abc", "zz" * 32, "ab" * 31])
def test_a_missing_or_wrong_key_is_one_clear_line(monkeypatch, value) -> None:
    monkeypatch.setenv("SIAC_TEST", "0")
    if value is None:
        monkeypatch.delenv("SIAC_VAULT_KEY", raising=False)
    else:
        monkeypatch.setenv("SIAC_VAULT_KEY", value)
    with pytest.raises(Misconfigured, match="SIAC_VAULT_KEY"):
        crypto.vault_keys()
