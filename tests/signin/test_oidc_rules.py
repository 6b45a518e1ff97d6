# SPDX-License-Identifier: EUPL-1.2
"""What a provider of identity must prove, as a table: one thing wrong at a time, and nobody gets in."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from siac.signin.asking import with_details
from siac.signin.domain.oidc import (
    Demands,
    KeyUnknown,
    Server,
    Unproven,
    address_in,
    authorization_address,
    is_anew,
    is_safe_address,
    name_in,
    read_token,
    refusal_of,
    server_of,
)

ISSUER = "https://id.muni.cl"
KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
RIGHT = {"iss": ISSUER, "aud": "siac", "sub": "ana", "nonce": "n", "iat": 0, "exp": 300}


def public(key, kid: str = "uno") -> dict:
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def token(key=KEY, kid: str = "uno", algorithm: str = "RS256", without: str = "", **changed) -> str:
    now = int(time.time())
    said = {**RIGHT, "iat": now, "exp": now + 300, **changed}
    said.pop(without, None)
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": kid})


def read(text: str, keys=None) -> dict:
    keys = [public(KEY)] if keys is None else keys
    return read_token(text, keys=keys, issuer=ISSUER, client_id="siac", nonce="n")


def test_a_right_token_tells_who_somebody_is():
    assert read(token())["sub"] == "ana"
    assert read(token(aud=["siac", "otra"], azp="siac"))["sub"] == "ana"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "ajeno"},
        {"without": "nonce"},
        {"aud": "otra"},
        {"aud": ["siac", "otra"]},
        {"azp": "otra"},
        {"iss": "https://id.otra.cl"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "a\x00"},
        {"without": "sub"},
        {"without": "exp"},
        {"without": "aud"},
    ],
    ids=str,
)
def test_one_thing_wrong_proves_nothing(wrong):
    with pytest.raises(Unproven):
        read(token(**wrong))


def test_another_key_is_told_apart_so_that_a_changed_one_is_looked_for():
    with pytest.raises(KeyUnknown):
        read(token(kid="dos"))
    with pytest.raises(KeyUnknown):
        read(token(key=OTHER))
    assert read(token(key=OTHER, kid="dos"), [public(KEY), public(OTHER, "dos")])["sub"] == "ana"


def test_nothing_signed_with_a_secret_or_with_nothing_counts():
    secret = "el secreto de cliente que conoce mas de uno"
    with pytest.raises(Unproven):
        read(token(key=secret, algorithm="HS256"), [{"kty": "oct", "k": secret, "kid": "uno"}])
    with pytest.raises(Unproven):
        read(jwt.encode({**RIGHT}, None, algorithm="none"))
    for text in ("", "a.b.c", "nada", token()[:-9], "é.é.é"):
        with pytest.raises(Unproven):
            read(text)


SAID = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/a",
    "token_endpoint": f"{ISSUER}/t",
    "jwks_uri": f"{ISSUER}/k",
    "userinfo_endpoint": f"{ISSUER}/u",
}


def test_a_server_is_believed_where_it_is_only_by_its_own_name():
    assert server_of(ISSUER, SAID).token == f"{ISSUER}/t"
    for wrong in (
        {"issuer": "https://otra.cl"},
        {"token_endpoint": "http://id.muni.cl/t"},
        {"jwks_uri": ""},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": f"{ISSUER}/a\r\nSet-Cookie: x=1"},
        {"authorization_endpoint": f"{ISSUER}/a b"},
        {"authorization_endpoint": 5},
        {"token_endpoint": f"{ISSUER}/{'t' * 2000}"},
        {"token_endpoint_auth_methods_supported": 5},
        {"token_endpoint_auth_methods_supported": "client_secret_basic"},
    ):
        with pytest.raises(Unproven):
            server_of(ISSUER, {**SAID, **wrong})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://id.muni.cl", True),
        ("http://127.0.0.1:8510", True),
        ("http://localhost:8510", True),
        ("http://id.muni.cl", False),
        ("https://ana:clave@id.muni.cl", False),
        ("https://", False),
        ("ftp://id.muni.cl", False),
        ("https://id.muni.cl:puerto", False),
        ("//id.muni.cl", False),
        ("https://id.muni.cl/#x", False),
        ("https://id.muni.cl/\n", False),
        ("https://id.muni.cl/á", False),
    ],
)
def test_what_may_be_asked(address, expected):
    assert is_safe_address(address) is expected


ANA = {"sub": "1", "email": "Ana@Muni.cl", "email_verified": True, "groups": ["siac", "todas"]}


@pytest.mark.parametrize(
    ("changed", "demands", "expected"),
    [
        ({}, Demands(), ""),
        ({"email_verified": False}, Demands(), "entry_email_unverified"),
        ({"email_verified": None}, Demands(), "entry_email_unverified"),
        ({"email_verified": None}, Demands(trusts_addresses=True), ""),
        ({"email_verified": "true"}, Demands(), ""),
        ({"email": None}, Demands(), "entry_no_email"),
        ({"email": "a@b@c"}, Demands(), "entry_no_email"),
        ({"email": "a b@c.cl"}, Demands(), "entry_no_email"),
        ({}, Demands(domain="muni.cl"), ""),
        ({"email": "ana@otra-muni.cl"}, Demands(domain="muni.cl"), "entry_domain"),
        ({"email": "ana@muni.cl.otra.com"}, Demands(domain="muni.cl"), "entry_domain"),
        ({}, Demands(claim="groups", value="siac"), ""),
        ({}, Demands(claim="groups", value="sia"), "entry_claim"),
        ({"groups": "siac"}, Demands(claim="groups", value="siac"), ""),
        ({"groups": None}, Demands(claim="groups", value="None"), "entry_claim"),
    ],
)
def test_what_a_body_asks_of_whoever_comes(changed, demands, expected):
    assert refusal_of({**ANA, **changed}, demands) == expected


@pytest.mark.parametrize(
    ("changed", "demands", "expected"),
    [
        ({"email": None}, Demands(), ""),
        ({"email_verified": False}, Demands(), ""),
        ({"email": None}, Demands(domain="muni.cl"), "entry_no_email"),
        ({"email": "a@b@muni.cl"}, Demands(domain="muni.cl"), "entry_no_email"),
        ({"email_verified": False}, Demands(domain="muni.cl"), ""),
        ({"email": "ana@otra.cl"}, Demands(domain="muni.cl"), "entry_domain"),
        ({"email": "ana@otra.cl", "email_verified": False}, Demands(domain="muni.cl"), "entry_domain"),
        ({"email": None, "groups": []}, Demands(claim="groups", value="siac"), "entry_claim"),
        ({"email_verified": False, "groups": None}, Demands(claim="groups", value="siac"), "entry_claim"),
        ({"email": None}, Demands(claim="groups", value="siac"), ""),
    ],
)
def test_what_a_body_asks_of_who_is_bound_already(changed, demands, expected):
    assert refusal_of({**ANA, **changed}, demands, bound=True) == expected


@pytest.mark.parametrize(
    ("token", "more", "expected"),
    [
        ({"email": "a@x.cl"}, {"email": "b@x.cl", "email_verified": True}, ("a@x.cl", None)),
        ({"email_verified": True}, {"email": "b@x.cl"}, ("b@x.cl", None)),
        ({"email": "a@x.cl", "email_verified": True}, {"email": "b@x.cl"}, ("a@x.cl", True)),
        ({}, {"email": "b@x.cl", "email_verified": True}, ("b@x.cl", True)),
    ],
)
def test_the_mark_of_one_address_is_not_put_on_another(token, more, expected):
    both = with_details({"sub": "1", **token}, {"sub": "1", "name": "Ana", **more})
    assert (both.get("email"), both.get("email_verified"), both["name"]) == (*expected, "Ana")


def test_nothing_is_taken_of_somebody_else():
    with pytest.raises(Unproven):
        with_details({"sub": "1"}, {"sub": "2", "email": "b@x.cl"})


def test_addresses_and_names_are_read_as_they_are_kept():
    assert address_in(ANA) == "ana@muni.cl"
    assert name_in({"given_name": "Ana ", "family_name": "Rojas\n"}) == "Ana Rojas"
    assert len(name_in({"name": "x" * 900})) == 150
    assert name_in({"name": 7}) == ""


def test_whoever_is_sent_out_bears_state_nonce_and_challenge():
    server = Server(ISSUER, f"{ISSUER}/a?tenant=1", "", "", "", False, False)
    address = authorization_address(
        server,
        client_id="siac",
        redirect="https://x/v",
        scopes="openid",
        state="s",
        nonce="n",
        verifier="v",
        again=True,
    )
    assert address.startswith(f"{ISSUER}/a?tenant=1&response_type=code")
    for part in ("state=s", "nonce=n", "code_challenge_method=S256", "prompt=login", "max_age=0"):
        assert part in address


@pytest.mark.parametrize(
    ("proved_at", "expected"),
    [
        (1000, True),
        (1000.5, True),
        (940, True),
        (939, False),
        (1160, True),
        (1161, False),
        (None, False),
        ("1000", False),
        (True, False),
        ([1000], False),
        (float("inf"), False),
        (float("-inf"), False),
        (float("nan"), False),
    ],
)
def test_only_a_proof_made_since_it_was_asked_for_is_one(proved_at, expected):
    assert is_anew(proved_at, begun=1000, now=1100) is expected
