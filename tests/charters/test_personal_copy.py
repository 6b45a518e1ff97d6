# SPDX-License-Identifier: EUPL-1.2
"""What a person claimed of a charter, and was owed and written for it, is in the copy of their data."""

import pytest

from siac.accounts.public import Role
from siac.cases.extensions import PersonEntries, personal_parts
from siac.cases.models import Case
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.remedies import deliver_remedy
from siac.charters.models import Remedy
from tests.charters.test_guarantees import ANA, attended, common, corrected, promise
from tests.factories import NOW, House, file, person

pytestmark = pytest.mark.django_db


def held(house: House, *ids: int, role: Role = Role.QUALITY_MANAGER) -> list[dict]:
    entries = PersonEntries(ANA, list(ids), [ANA])
    return [dict(row) for row in personal_parts()["compromisos"].build(house.access(role), entries)]


def test_what_was_claimed_and_owed_is_told_to_its_person_and_to_nobody_else(house):
    promise(house)
    case, row = file(house, unit_id=house.units["obras"]), attended(house)
    other = attended(house, person=person(given_names="Rosa", document_number="7654321-6"))
    undone = attended(house)
    corrected(house, undone, waited=2)
    said = {"commitment_id": house.commitment.pk, "words": "Nadie me llamó"}
    claim = file_claim(institution=house.institution, case=case, now=NOW, **said)
    decide_claim(**common(house), claim_id=claim.pk, is_upheld=True, answer="Consta que no se llamó")
    remedy = Remedy.objects.get(breach__interaction=row)
    deliver_remedy(**common(house), remedy_id=remedy.pk, proof="Carta 12 a Ana Rojas")
    asked, *owed = held(house, case.person_id, row.person_id, undone.person_id)
    assert (asked["solicitud"], asked["texto"], asked["respuesta"]) == (
        case.folio, "Nadie me llamó", "Consta que no se llamó",
    )  # fmt: skip
    by_what = {each.get("atencion") or each["solicitud"]: each for each in owed}
    assert set(by_what) == {row.pk, case.folio} and other.pk not in by_what
    assert by_what[row.pk]["constancia"] == "Carta 12 a Ana Rojas"
    assert set(personal_parts()["compromisos"].texts) <= {*asked, *by_what[row.pk]}


def test_what_whoever_prepares_it_may_not_open_is_left_out(house):
    promise(house)
    case, row = file(house, unit_id=house.units["juridico"]), attended(house)
    file_claim(institution=house.institution, case=case, commitment_id=house.commitment.pk, words="", now=NOW)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    assert [each["que"] for each in held(house, case.person_id, row.person_id)] == ["Medida debida"]
    assert held(house, case.person_id, row.person_id, role=Role.UNIT_OFFICER) == []
