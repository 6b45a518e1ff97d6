# SPDX-License-Identifier: EUPL-1.2
"""A list with too many rows to be handed out is refused before anybody is noted as having taken it."""

import pytest

from siac.accounts.public import Role
from siac.infra.tables import download
from siac.journal.public import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["libro/exportar/", "lecturas/exportar/", "indice-de-reserva/exportar/", "partes/exportar/"]
)
def test_who_gets_no_list_did_not_take_one(house, monkeypatch, path):
    client, address = house.client(Role.AUDITOR), f"/{house.slug}/gestion/{path}"
    taken = JournalEntry.objects.filter(kind="access.read")
    monkeypatch.setattr(download, "MOST_ROWS", -1)
    refused = client.get(address)
    assert "ponga filtros y pídala otra vez" in refused.content.decode()
    assert not taken.exists()
    monkeypatch.undo()
    assert client.get(address).status_code == 200
    assert taken.count() == 1
