# SPDX-License-Identifier: EUPL-1.2
"""Verification finds what whoever owns the tables changed of charters, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters import sealing
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.drafting import start_edition
from siac.charters.commands.freezing import explain_result, freeze_periods
from siac.charters.commands.gaps import override_gap
from siac.charters.commands.remedies import deliver_remedy
from siac.charters.domain.gaps import Gap
from siac.charters.models import CharterEdition, Claim, GapOverride, PeriodResult, Remedy
from siac.charters.sealing import problems
from siac.clocks.public import settle_overdue
from siac.indicators.public import count_all
from siac.journal.public import recorded, verify_institution
from tests.factories import NOW, House, answer, file

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY


@pytest.fixture
def kept(house: House) -> House:
    """A promise overridden, a period missed and explained, a claim waiting and one decided."""
    manager = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": LATER}
    authority = manager | {"actor": house.user(Role.AUTHORITY)}
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(2)]
    for case in cases:
        file_claim(
            institution=house.institution, case=case, commitment_id=house.commitment.pk, words="No llamaron",
            now=NOW + DAY,
        )  # fmt: skip
    first = Claim.objects.order_by("pk").first()
    decide_claim(**manager, claim_id=first.pk, is_upheld=False, answer="Sí se le llamó ese día")
    answer(house, cases[0], now=NOW + 15 * DAY)
    settle_overdue(NOW + 16 * DAY)
    remedy = Remedy.objects.order_by("pk").first()
    deliver_remedy(**manager, remedy_id=remedy.pk, proof="Carta 12, en mano")
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    missed = PeriodResult.objects.get(is_reached=False)
    explain_result(**manager, result_id=missed.pk, words="Faltó una persona en la unidad")
    explain_result(**manager, result_id=missed.pk, words="Faltaron dos personas en la unidad")
    draft = start_edition(**manager, charter_id=house.commitment.edition.charter_id)
    override_gap(
        **authority, edition_id=draft.pk, commitment_id=draft.commitments.get().pk, level="50 %",
        gap=Gap(Decimal(50), Decimal(90), None), reason="La ley nos obliga a prometerlo",
    )  # fmt: skip
    return house


def test_nothing_is_found_where_nothing_was_changed(kept):
    assert list(problems(kept.institution.pk)) == []
    assert verify_institution(kept.institution.pk).problems == []


@pytest.mark.parametrize(
    ("model", "which", "change", "said"),
    [
        (GapOverride, {}, {"reason": "Otra razón muy distinta"}, "no dice lo que consta"),
        (PeriodResult, {"is_reached": False}, {"is_reached": True}, "no dice lo que consta"),
        (PeriodResult, {"is_reached": False}, {"met": 7}, "no dice lo que consta"),
        (PeriodResult, {"is_reached": False}, {"explanation": "Nadie falló"}, "no dice lo que consta"),
        (Claim, {"state": "rejected"}, {"due_on": NOW.date()}, "no dice lo que consta"),
        (Claim, {"state": "rejected"}, {"state": "upheld"}, "no dice lo que consta"),
        (Claim, {"state": "rejected"}, {"answer": "Otra respuesta"}, "lo que se dijo de la medida pedida"),
        (Claim, {"state": "filed"}, {"words": "Nadie vino nunca"}, "lo que se dijo de la medida pedida"),
        (Remedy, {"state": "owed"}, {"due_on": NOW.date()}, "no dice lo que consta"),
        (Remedy, {"state": "delivered"}, {"settled_by": None}, "no dice lo que consta"),
        (CharterEdition, {"number": 1}, {"valid_to": NOW.date()}, "no termina el día que consta"),
    ],
)
def test_what_was_changed_is_found(kept, model, which, change, said):
    assert model.objects.filter(**which).update(**change) == 1
    (found,) = problems(kept.institution.pk)
    assert said in found


def test_what_was_owed_before_entries_named_it_is_no_false_alarm(house, monkeypatch):
    """Entries of before say neither which remedy a breach owed nor a digest; those of what comes after do."""
    for _ in range(3):
        file(house, unit_id=house.units["obras"])
    settle_overdue(LATER)
    before, since, _ = Remedy.objects.order_by("pk")

    def recorded_before(institution_id, kinds):
        for entry in recorded(institution_id, kinds):
            if entry.kind == sealing.OPENED:
                del entry.data["remedy"], entry.data["digest"]
            elif entry.kind == sealing.REMEDY_SETTLED and entry.data["remedy"] == before.pk:
                del entry.data["digest"]
            yield entry

    monkeypatch.setattr(sealing, "recorded", recorded_before)
    manager = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": LATER}
    for row in (before, since):
        deliver_remedy(**manager, remedy_id=row.pk, proof="Carta 12, en mano")
    assert list(problems(house.institution.pk)) == []
    Remedy.objects.filter(pk=since.pk).update(settled_by=None)
    (found,) = problems(house.institution.pk)
    assert "no dice lo que consta" in found


def test_what_is_gone_or_was_put_there_is_found(kept):
    waiting = Claim.objects.get(state="filed")
    Claim.objects.filter(pk=waiting.pk).delete()
    (found,) = problems(kept.institution.pk)
    assert "ya no está" in found
    waiting.pk += 1000
    waiting.save(force_insert=True)
    assert sum("no lo conoce" in each for each in problems(kept.institution.pk)) == 1
