# SPDX-License-Identifier: EUPL-1.2
"""Minutes, editions of charters and of the policy, letters of account: each signed from its own page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.charters.models import CharterEdition
from siac.governance.commands.minutes import approve_minutes, minutes_digest
from siac.infra.longwork import run_long
from siac.signing.commands.going_on import LINE
from siac.signing.commands.making import sign
from siac.signing.domain.signables import signable
from siac.signing.models import Signature
from tests.factories import NOW
from tests.governance import test_sittings as sittings
from tests.policy.writing_it import approved as policy_approved
from tests.reporting import test_accountability as accounts
from tests.signing.conftest import certify
from tests.words import words

pytestmark = pytest.mark.django_db
counted = accounts.counted


def minutes(house):
    """Approved minutes of a session, and their page."""
    council, seats = sittings.body(house, "Ana")
    row = sittings.opened(house, council, seats, "Ana")
    sittings.close_sitting(sitting_id=row.pk, **sittings.common(house, NOW + timedelta(days=1)))
    row.refresh_from_db()
    approve_minutes(
        sitting_id=row.pk, seen=minutes_digest(row), **sittings.common(house, NOW + timedelta(days=2))
    )
    return row.pk, reverse("workspace:governance:sitting", args=[house.slug, row.pk])


def charter(house):
    """The approved edition of the charter of the house."""
    row = CharterEdition.objects.filter(institution=house.institution, state="approved").order_by("pk")[0]
    return row.pk, reverse("workspace:charters:preview", args=[house.slug, row.pk])


def policy(house):
    """The approved edition of the policy."""
    row = policy_approved(house)
    return row.pk, reverse("workspace:policy:edition", args=[house.slug, row.number])


def signed_on(house, judged, kind, subject, page, *, says=True):
    """Sign a document from its page, and see what pdfsig says of it."""
    certify(house, now=NOW)
    url = f"/{house.slug}/gestion/firmas/{kind}/{subject}/"
    client = house.client(Role.AUTHORITY)
    assert url in client.get(page).content.decode()
    assert "Nadie ha pedido" in words(house.client(Role.AUDITOR).get(url))
    assert client.post(f"{url}firmar/").status_code == 302
    row = Signature.objects.get()
    run_long(LINE, row.pk, sign, clock=lambda: NOW + timedelta(days=3))
    assert "Descargar el documento firmado" in words(client.get(url))
    content = client.get(f"{url}firmado/").getvalue()
    assert "Signature is Valid." in judged(content)
    return content


@pytest.mark.parametrize(("kind", "make"), [("acta", minutes), ("carta", charter), ("politica", policy)])
def test_it_is_signed_from_its_page_and_pdfsig_takes_it(house, judged, kind, make):
    subject, page = make(house)
    signed_on(house, judged, kind, subject, page)
    assert signable(kind).find(house.access(Role.AUTHORITY), subject, NOW).url == page


def test_a_letter_of_account_is_signed_as_it_was_approved_byte_for_byte(counted, judged):
    letter = accounts.opened(counted)
    revision = accounts.approved(counted, letter)
    page = reverse("workspace:reporting:letter", args=[counted.slug, letter.pk])
    content = signed_on(counted, judged, "rendicion", revision.pk, page)
    assert content.startswith(bytes(revision.report.paper))


@pytest.mark.parametrize("kind", ["respuesta", "acta", "carta", "politica", "rendicion", "nada"])
def test_what_is_not_there_is_not_found(house, kind):
    client = house.client(Role.AUTHORITY)
    assert client.get(f"/{house.slug}/gestion/firmas/{kind}/999999/").status_code == 404
    assert client.post(f"/{house.slug}/gestion/firmas/{kind}/999999/firmar/").status_code == 404
