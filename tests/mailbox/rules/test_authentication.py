# SPDX-License-Identifier: EUPL-1.2
"""Which mail is proven to come from its sender: only by the topmost word of the body's own server."""

import time

import pytest

from siac.integrations.mailbox.domain.authentication import LIMIT, is_proven_sender
from siac.integrations.mailbox.domain.reading import read_mail
from tests.mailbox.mails import mail

SERVER = "mx.puerto.example"


@pytest.mark.parametrize(
    ("results", "proven"),
    [
        ("mx.puerto.example; dmarc=pass header.from=ejemplo.org", True),
        ("mx.puerto.example 1; dmarc=pass (p=NONE sp=NONE) header.from=ejemplo.org", True),
        ("MX.Puerto.Example; spf=fail smtp.mailfrom=ana@malo.example; dkim=pass header.d=ejemplo.org", True),
        ("mx.puerto.example; dkim=pass header.i=@ejemplo.org header.s=s1", True),
        ("mx.puerto.example; spf=pass smtp.mailfrom=ana@ejemplo.org", True),
        ("mx.puerto.example; dmarc=pass", True),
        ("mx.puerto.example; dmarc=fail header.from=ejemplo.org", False),
        ("mx.puerto.example; dmarc=pass header.from=otro.example", False),
        ("mx.puerto.example; dkim=pass header.d=malo.example", False),
        ("mx.puerto.example; dkim=pass header.d=org", False),
        ("mx.puerto.example; spf=pass smtp.mailfrom=ana@malo-ejemplo.org", False),
        ("mx.puerto.example; spf=softfail smtp.mailfrom=ana@ejemplo.org", False),
        ("mx.puerto.example; none", False),
        ("mx.puerto.example; (dmarc=pass header.from=ejemplo.org) dmarc=none", False),
        ("mx.malo.example; dmarc=pass header.from=ejemplo.org", False),
        ("mx.puerto.example.malo.example; dmarc=pass header.from=ejemplo.org", False),
        ("", False),
        (";;;==;", False),
    ],
)
def test_only_what_the_bodys_server_found_counts(results, proven):
    assert is_proven_sender(results, server=SERVER, sender="ana@ejemplo.org") is proven


def test_a_signature_of_the_domain_above_counts_and_of_one_beside_does_not():
    said = "mx.puerto.example; dkim=pass header.d=ejemplo.org"
    assert is_proven_sender(said, server=SERVER, sender="ana@correo.ejemplo.org")
    assert not is_proven_sender(said, server=SERVER, sender="ana@miejemplo.org")


def test_without_a_server_named_or_a_sender_nothing_is_proven():
    said = "mx.puerto.example; dmarc=pass header.from=ejemplo.org"
    assert not is_proven_sender(said, server="", sender="ana@ejemplo.org")
    assert not is_proven_sender(said, server=SERVER, sender="")


def test_only_the_topmost_word_is_read_and_what_the_sender_wrote_below_is_not():
    forged = mail(checked="mx.malo.example; dmarc=none").replace(
        b"From:", b"Authentication-Results: mx.puerto.example; dmarc=pass header.from=ejemplo.org\r\nFrom:", 1
    )
    assert read_mail(forged).authentication.startswith("mx.malo.example")


@pytest.mark.parametrize(
    "results",
    [
        'spf=pass smtp.mailfrom="a; dmarc=pass header.from=ejemplo.org; "@malo.example',
        'spf=pass smtp.mailfrom="a;dmarc=pass"@malo.example',
        'spf=pass smtp.mailfrom="ejemplo.org x"@malo.example',
        'spf=pass smtp.mailfrom="a smtp.mailfrom=ejemplo.org "@malo.example',
        r'spf=pass smtp.mailfrom="\"a;dmarc=pass;\"@malo.example"',
        r'dkim=pass header.i="x\";dkim=pass header.d=ejemplo.org "@malo.example',
        "dkim=pass header.d=malo.example header.s=header.d=ejemplo.org",
        r"spf=none (\); dmarc=pass header.from=ejemplo.org; \)",
        'spf=pass smtp.mailfrom="(" ; dmarc=fail (" header.from=ejemplo.org; dmarc=pass)',
        'spf=pass smtp.mailfrom="a; dmarc=pass header.from=ejemplo.org',
    ],
)
def test_words_of_the_sender_that_the_server_repeats_prove_nothing(results):
    assert not is_proven_sender(f"{SERVER}; {results}", server=SERVER, sender="ana@ejemplo.org")


def test_a_quoted_name_before_the_sign_is_the_senders_all_the_same():
    said = f'{SERVER}; spf=pass smtp.mailfrom="ana (casa); x"@ejemplo.org'
    assert is_proven_sender(said, server=SERVER, sender="ana@ejemplo.org")


def test_a_domain_that_the_limit_cuts_in_two_proves_nothing():
    end = "; dkim=pass header.d=ejemplo.org"
    padding = f"{SERVER}; dkim=fail header.s={'s' * 4000}"[: LIMIT - len(end)]
    sent = mail(checked=f"{padding}{end}.malo.example")
    told = read_mail(sent.replace(b"\r\n ", b" ")).authentication
    assert not is_proven_sender(told, server=SERVER, sender="ana@ejemplo.org")
    assert not is_proven_sender(f"{padding}{end}.malo.example", server=SERVER, sender="ana@ejemplo.org")


def test_a_hostile_header_takes_no_time():
    start = time.process_time()
    for results in ("(" * 100_000, "mx.puerto.example;" + "dmarc=pass;" * 20_000, "a=" * 50_000):
        is_proven_sender(results, server=SERVER, sender="ana@ejemplo.org")
    assert time.process_time() - start < 2
