# SPDX-License-Identifier: EUPL-1.2
"""Who took part in writing a charter, what they proposed and what became of it: kept, checked, published."""

from datetime import date
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.charters.commands.drafting import save_participation, start_edition
from siac.charters.composing import TookPart, composed
from siac.charters.guiding import CHECKS
from siac.charters.models import CharterEdition
from siac.charters.papers import PAPERS
from siac.kernel.errors import Refused
from tests.charters.reading import text_of
from tests.factories import NOW, House, make_house
from tests.words import words

pytestmark = pytest.mark.django_db


def common(house: House) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}


@pytest.fixture
def draft(house: House) -> CharterEdition:
    return start_edition(**common(house), charter_id=house.commitment.edition.charter_id)


def row(**fields: Any) -> dict[str, Any]:
    return {
        "group": "staff", "who": "ventanilla", "how": "Taller", "on": date(2026, 8, 3), "people": 1,
        "proposed": "Avisar por correo.", "verdict": "declined", "why": "No hay quien lo mande.", **fields,
    }  # fmt: skip


def save(
    house: House, draft: CharterEdition, *rows: dict[str, Any], based_on: int | None = None
) -> CharterEdition:
    return save_participation(**common(house), edition_id=draft.pk, rows=rows, based_on=based_on).row


@pytest.mark.parametrize(
    "fields", [{"verdict": ""}, {"proposed": " "}, {"why": " "}, {"verdict": "partly", "why": ""}]
)
def test_what_was_proposed_has_an_end_and_what_was_declined_a_reason(house, draft, fields):
    with pytest.raises(Refused, match="participation_verdict"):
        save(house, draft, row(**fields))
    draft.refresh_from_db()
    assert draft.participation == [] and draft.version == 1


def test_it_is_kept_in_versions_and_the_last_basis_wins(house, draft):
    kept = save(house, draft, row(who="  La   ventanilla "), based_on=1)
    assert kept.participation[0]["who"] == "La ventanilla" and kept.participation[0]["on"] == "2026-08-03"
    assert kept.version == 2
    with pytest.raises(Refused, match="saved_meanwhile"):
        save(house, draft, based_on=1)


def test_only_a_draft_of_this_body_takes_it(house, draft):
    other = make_house(slug="otro")
    for body, edition in ((other, draft), (house, house.commitment.edition)):
        with pytest.raises(Refused):
            save(body, edition, row())


def test_it_is_told_in_words_wherever_the_charter_is_read(house, draft):
    kept = save(
        house, draft, row(), row(group="users", who="", on=None, people=20, proposed="", verdict="", why="")
    )
    kept.institution = kept.charter.institution = house.institution
    assert composed(kept).participants == (
        TookPart(
            "Personal que atiende (ventanilla)", "Taller, 1 persona, 3 de agosto de 2026",
            "Avisar por correo.", "No acogido", "No hay quien lo mande.",
        ),
        TookPart("Personas usuarias organizadas", "Taller, 20 personas", "", "", ""),
    )  # fmt: skip
    said = text_of(PAPERS["carta"](kept, "https://siac.example/"))
    assert "Quiénes participaron" in said and "No hay quien lo mande" in said
    page = house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/vista/")
    assert "Personas usuarias organizadas" in words(page)


def test_the_phase_asks_for_each_group_and_cannot_do_without_those_who_attend(house, draft):
    def missing() -> list[tuple[bool, str]]:
        found = CHECKS["charters.participation"][1](house.institution, draft.charter_id, house.today())
        return [(each.is_error, each.text) for each in found]

    assert len(missing()) == 4 and sum(blocks for blocks, _ in missing()) == 1
    save(house, draft, row())
    assert len(missing()) == 3 and not any(blocks for blocks, _ in missing())


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(house, draft):
    client = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/participacion/"
    fields = {
        "rows-0-group": "staff", "rows-0-how": "Taller de mayo",
        "rows-0-proposed": "Más cajas", "rows-0-verdict": "declined", "rows-0-why": "",
        "based_on": str(draft.version),
    }  # fmt: skip
    wrong = client.post(url, fields)
    assert wrong.status_code == 422
    assert "Diga por qué no se acogió del todo" in words(wrong) and "Más cajas" in wrong.content.decode()
    saved = client.post(url, fields | {"rows-0-why": "No hay sitio"})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert [(each["how"], each["why"]) for each in draft.participation] == [
        ("Taller de mayo", "No hay sitio")
    ]
    assert "Taller de mayo" in client.get(url).content.decode()
