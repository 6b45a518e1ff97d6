# SPDX-License-Identifier: EUPL-1.2
"""What papers tell of people: it ends with the case a paper became, and belongs in the copy of their data."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import Case, close_lapsed_cases
from siac.journal.public import verify_institution
from siac.mailroom.public import IncomingPaper, NewPaper, PaperFiling, PaperType, file_paper, register_paper
from siac.people.models import Identity
from tests.cases.test_retention import EVERYTHING, approved, keep
from tests.cases_dossiers.test_person_copy import copy_of
from tests.factories import NOW, answer, person

pytestmark = [pytest.mark.django_db]
ABOUT = "Pide podar; su vecino es juan@otro.cl"


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))


def paper(house) -> IncomingPaper:
    """Stamp a paper of Rosa."""
    return register_paper(
        institution=house.institution,
        paper=NewPaper(
            PaperType.LETTER,
            ABOUT,
            sender=person(),
            unit_id=house.units["obras"],
            reference="12",
            annexes="1 CD",
        ),
        actor=house.user(Role.FRONT_DESK),
        now=NOW,
    )


def closed(house, row: IncomingPaper) -> Case:
    """Make a request of a paper, answer it, let the time to contest pass."""
    case = file_paper(
        institution=house.institution,
        paper_id=row.pk,
        filing=PaperFiling(house.kinds["consulta"].pk, "Pide podar", unit_id=house.units["obras"]),
        actor=house.user(Role.FRONT_DESK),
        now=NOW,
    )
    answer(house, case, now=NOW + timedelta(days=1))
    close_lapsed_cases(now=NOW + timedelta(days=60))
    return case


def is_known(row: IncomingPaper) -> bool:
    return Identity.objects.filter(person=row.sender_id).exists()


@pytest.mark.parametrize(
    ("erases", "written", "known"),
    [(EVERYTHING, ("", "", ""), False), (["files", "notices"], (ABOUT, "12", "1 CD"), True)],
)
def test_what_was_written_of_a_paper_ends_with_the_texts_of_its_case(house, erases, written, known):
    keep(house, erases=erases)
    row = paper(house)
    closed(house, row)
    approved(house)
    row.refresh_from_db()
    assert (row.summary, row.reference, row.annexes) == written
    assert (row.search is None, is_known(row)) == (not known, known)
    assert row.code == "OP-2026-000001"
    assert verify_institution(house.institution.pk).problems == []


def test_a_sender_whose_other_paper_waits_stays_known(house):
    keep(house)
    row = paper(house)
    closed(house, row)
    waiting = paper(house)
    IncomingPaper.objects.filter(pk=waiting.pk).update(sender=row.sender_id)
    approved(house)
    assert is_known(row)


def test_papers_are_in_the_copy_of_their_senders_data_without_what_they_tell_of_others(house):
    row = paper(house)
    other = register_paper(
        institution=house.institution,
        paper=NewPaper(PaperType.LETTER, "De otra", sender=person(document_number="7654321-6")),
        actor=None,
        now=NOW,
    )
    _, _, data = copy_of(house, row.sender_id)
    (told,) = data["documentos_en_papel"]
    assert (told["numero"], told["tipo"]) == (row.code, "Carta")
    assert told["materia"].startswith("Pide podar; su vecino es ") and "juan@otro.cl" not in told["materia"]
    assert [line["numero"] for line in copy_of(house, other.sender_id)[2]["documentos_en_papel"]] == [
        other.code
    ]
