# SPDX-License-Identifier: EUPL-1.2
"""Editions of a charter: who put each in force, what it changed, and none over one that nobody had seen."""

from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.commands.charters import NewCommitment, publish_edition
from siac.charters.queries import editions
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from tests.factories import NOW
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db


def publish(house, days: int, *, after: int = 1, **more):
    """Put a new edition in force, with one promise of so many days."""
    promise = NewCommitment(
        "reclamos-5", "Respondemos pronto", house.kinds["reclamo"].pk, days, Decimal("90.0"), "Disculpa"
    )
    made = publish_edition(
        institution=house.institution, code="carta", title="Carta de servicios", approved_by="Acta 2",
        valid_from=house.institution.local_date(NOW) + timedelta(days=after), commitments=[promise],
        actor=house.user(Role.QUALITY_MANAGER), now=NOW, **more,
    )  # fmt: skip
    house.institution.refresh_from_db()
    return made


def test_the_page_tells_the_editions_and_what_each_changed(house):
    made = publish(house, 4, based_on=1)
    assert (made.number, made.saved_by, made.saved_at) == (2, house.user(Role.QUALITY_MANAGER), NOW)
    editions(house.institution)
    with exactly(1):
        ((title, told),) = editions(house.institution)
    assert (title, [version.number for version in told]) == ("Carta de servicios", [2, 1])
    assert {change.label: change.after for change in told[0].changes}["acto que la aprueba"] == "Acta 2"
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/compromisos/"))
    assert "Ediciones de «Carta de servicios»" in page
    assert "Acto que la aprueba: Acta 1 → cambió a Acta 2" in page
    assert "Respondemos pronto (4 días hábiles). Si no se cumple: Disculpa" in page


def test_the_history_holds_the_digest_of_what_each_edition_promises(house):
    publish(house, 4)
    publish(house, 3, after=2)
    told = JournalEntry.objects.filter(kind="charters.edition_published").order_by("pk")
    digests = [entry.data["digest"] for entry in told]
    assert len(set(digests)) == len(digests) == 3 and {len(digest) for digest in digests} == {64}


def test_nobody_publishes_over_an_edition_they_have_not_seen(house):
    publish(house, 4, based_on=1)
    with pytest.raises(Refused, match="saved_meanwhile") as refused:
        publish(house, 3, based_on=1)
    assert refused.value.context == {"version": 2}


def test_two_charters_may_promise_the_same_in_the_same_words(house):
    """Each promise is followed by an indicator of its own, though their codes are made of the same words."""
    promise = NewCommitment(
        "reclamos-5", "Respondemos pronto", house.kinds["reclamo"].pk, 5, Decimal("90.0"), "Disculpa"
    )
    made = [
        publish_edition(
            institution=house.institution, code=code, title=code.title(), approved_by="Acta 2",
            valid_from=house.today(), commitments=[promise], actor=None, now=NOW,
        )
        for code in ("otra", "tercera")
    ]  # fmt: skip
    kept = [house.commitment, *(edition.commitments.get() for edition in made)]
    assert [each.indicator.code for each in kept] == [
        "reclamos-5-e1", "reclamos-5-e1-2", "reclamos-5-e1-3",
    ]  # fmt: skip
