# SPDX-License-Identifier: EUPL-1.2
"""The database that leads is cut off while a folio is taken: whoever sends the same again has one request.

Two things can have come of it, and nobody outside can tell which: the cut came before the commit arrived, and
the folio goes to whoever is next; or behind it, and the request is there though nobody was told.
"""

import pytest
from django.db import connection

from siac.accounts.public import Role, Scope, User, create_token
from siac.cases.models import Case
from siac.organizations.public import Institution
from tests.factories import NOW
from tests.faults.proxy import Proxy
from tests.faults.test_broken_network import between
from tests.rest.houses import Program

__all__ = ["between"]
ANA = {"given_names": "Ana", "family_names": "Soto"}
WORDS = {"kind": "sugerencia", "body": "Falta un banco.", "person": ANA}


def program(between: Proxy) -> Program:
    """Return a program that may file in the body of `between`."""
    institution = Institution.objects.get()
    user = User.objects.get(email=f"{Role.QUALITY_MANAGER.value}@{institution.slug}.example")
    _, token = create_token(
        institution_id=institution.pk, user=user, scopes=tuple(Scope), name="prueba", now=NOW
    )
    asks = Program(token)
    asks.client.raise_request_exception = False
    return asks


@pytest.mark.parametrize("arrived", [False, True])
def test_the_same_key_has_the_same_folio_whether_the_commit_arrived_or_not(between, arrived):
    asks = program(between)

    def cut_off(execute, sql, params, many, context):
        if "cases_casetext" in sql:  # the statement that takes the folio
            between.become("cut", after=b"COMMIT" if arrived else b"cases_casetext")
        return execute(sql, params, many, context)

    connection.close()  # a new connection says every statement whole
    with connection.execute_wrapper(cut_off):
        lost = asks.post("/cases", WORDS, **{"Idempotency-Key": "clave-0001"})
    assert lost.status_code == 503, lost.content
    between.become("pass")
    kept = [case.folio for case in Case.objects.select_related("institution")]
    assert len(kept) == arrived
    again = [asks.post("/cases", WORDS, **{"Idempotency-Key": "clave-0001"}) for _ in range(2)]
    assert [each.status_code for each in again] == [200 if arrived else 201, 200]
    (folio,) = {each.json()["folio"] for each in again}
    assert not kept or kept == [folio]
    assert asks.post("/cases", WORDS, **{"Idempotency-Key": "clave-0002"}).status_code == 201
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
