# SPDX-License-Identifier: EUPL-1.2
"""Which addresses are of a body: whoever runs the installation says so, once for each domain."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.signin.commands.domains import add_domain
from siac.signin.domain.mail import as_domain, domain_of, refusal_of_domain
from siac.signin.queries import is_own_address
from tests.factories import NOW


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("muni.cl", ""),
        ("@Muni.CL.", ""),
        ("a-b.gob.pe", ""),
        ("xn--espaa-rta.es", ""),
        ("gmail.com", "domain_of_everybody"),
        ("Outlook.es", "domain_of_everybody"),
        ("yahoo.com.pe", "domain_of_everybody"),
        ("cl", "domain_odd"),
        ("", "domain_odd"),
        ("muni", "domain_odd"),
        ("*.muni.cl", "domain_odd"),
        ("ana@muni.cl", "domain_odd"),
        ("-a.cl", "domain_odd"),
        ("muni.cl/x", "domain_odd"),
        ("127.0.0.1", "domain_odd"),
        ("ñuñoa.cl", "domain_odd"),
        ("a." * 127 + "cl", "domain_odd"),
    ],
)
def test_what_may_be_a_domain_of_a_body(typed, refusal):
    assert refusal_of_domain(as_domain(typed)) == refusal


@pytest.mark.parametrize(
    ("address", "domain"),
    [("Ana@Muni.CL", "muni.cl"), ('"a@b"@muni.cl', "muni.cl"), ("ana", ""), ("@muni.cl", "")],
)
def test_an_address_has_the_domain_behind_its_last_sign(address, domain):
    assert domain_of(address) == domain


def told(*words: str) -> str:
    out = StringIO()
    call_command("sign_in", "domains", *words, stdout=out)
    return out.getvalue()


def test_whoever_runs_the_installation_adds_lists_and_removes_them(house, other_house):
    before = JournalEntry.objects.count()
    assert "sin dominios" in told(house.slug)
    assert "muni.cl" in told(house.slug, "add", "@Muni.cl")
    assert "ya estaba así" in told(house.slug, "add", "muni.cl")
    assert is_own_address(house.institution, "Ana@MUNI.cl")
    for foreign in ("ana@sub.muni.cl", "ana@otramuni.cl", "ana@muni.cl.otra.cl", "muni.cl", ""):
        assert not is_own_address(house.institution, foreign)
    assert not is_own_address(other_house.institution, "ana@muni.cl")
    for wrong, words in (
        ("muni.cl", "otro organismo"),
        ("gmail.com", "cualquiera"),
        ("muni", "no es un dominio"),
    ):
        with pytest.raises(CommandError, match=words):
            told(other_house.slug, "add", wrong)
    with pytest.raises(CommandError, match="Falta el dominio"):
        told(house.slug, "add")
    told(house.slug, "remove", "muni.cl")
    assert "ya estaba así" in told(house.slug, "remove", "muni.cl")
    kinds = list(JournalEntry.objects.order_by("pk").values_list("kind", flat=True))[before:]
    assert kinds == ["signin.domain_added", "signin.domain_removed"]
    assert "muni.cl" in told(other_house.slug, "add", "muni.cl")


def test_a_practice_body_has_none(house):
    house.institution.practice_of = house.institution
    with pytest.raises(Refused, match="practice_without_provider"):
        add_domain(institution=house.institution, domain="muni.cl", now=NOW)
