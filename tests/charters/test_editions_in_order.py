# SPDX-License-Identifier: EUPL-1.2
"""One edition a day, whatever ended when; charters that do not stand in one another's way."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.charters.checking import problems_of
from siac.charters.commands import steps
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import save_commitment, save_days, start_edition
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterEdition
from siac.charters.queries import commitments_in_force
from siac.kernel.errors import Refused
from tests.factories import NOW, House, promised
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def common(house: House, role: Role = Role.QUALITY_MANAGER) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": NOW}


def in_force(house: House, edition: CharterEdition, days: int) -> CharterEdition:
    """Put a draft in force so many days from now."""
    since = house.today() + days * DAY
    save_days(**common(house), edition_id=edition.pk, valid_from=since, revised_by=None, based_on=None)
    row = CharterEdition.objects.select_related("charter", "institution").get(pk=edition.pk)
    put_in_force(row, act="Resolución 3", approved_on=None, actor=None, now=NOW)
    house.institution.refresh_from_db()
    return row


def withdrawn(house: House, edition: CharterEdition, days: int) -> None:
    steps.withdraw(
        **common(house, Role.AUTHORITY), edition_id=edition.pk, last_on=house.today() + days * DAY,
        reason="Se reordenan los servicios",
    )  # fmt: skip


def test_one_that_was_to_end_later_ends_before_the_next_begins(house):
    old = house.commitment.edition
    withdrawn(house, old, 60)
    new = in_force(house, start_edition(**common(house), charter_id=old.charter_id), 5)
    for days in (0, 4, 5, 30, 60, 61):
        editions = [c.edition_id for c in commitments_in_force(house.institution, house.today() + days * DAY)]
        assert editions == [old.pk if days < 5 else new.pk]


def test_none_begins_before_one_that_is_still_to_come_and_to_end(house):
    charter = house.commitment.edition.charter_id
    coming = in_force(house, start_edition(**common(house), charter_id=charter), 20)
    withdrawn(house, coming, 30)
    draft = start_edition(**common(house), charter_id=charter)
    since = house.today() + 10 * DAY
    save_days(**common(house), edition_id=draft.pk, valid_from=since, revised_by=None, based_on=None)
    row = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    told = [each.text for each in problems_of(row, house.today())]
    assert any(text.startswith("Empieza antes que la edición vigente") for text in told)
    with pytest.raises(Refused, match="edition_out_of_order"):
        in_force(house, draft, 10)


def test_two_charters_may_promise_in_the_same_words(house):
    codes = []
    for code in ("una", "otra"):
        charter = start_charter(**common(house), code=code, title=code, norm=Norm.UNE, responsible_id=None)
        draft = start_edition(**common(house), charter_id=charter.pk)
        save_commitment(**common(house), edition_id=draft.pk, fields=promised(house))
        codes.append(in_force(house, draft, 5).commitments.get().indicator.code)
    assert codes == ["respondemos-los-reclamos-e1", "respondemos-los-reclamos-e1-2"]


def test_the_list_tells_what_is_in_force_what_comes_and_what_ended(house, monkeypatch):
    monkeypatch.setattr("siac.charters.editor.pages.current_time", lambda: NOW)
    url, old = f"/{house.slug}/gestion/cartas/", house.commitment.edition
    auditor = house.client(Role.AUDITOR)
    withdrawn(house, old, 60)
    page = words(auditor.get(url))
    assert "Edición 1, desde el" in page and ", hasta el" in page and "terminó" not in page
    in_force(house, start_edition(**common(house), charter_id=old.charter_id), 5)
    page = words(auditor.get(url))
    assert "Edición 1, desde el" in page and "Edición 2 desde el" in page
    monkeypatch.setattr("siac.charters.editor.pages.current_time", lambda: NOW + 90 * DAY)
    CharterEdition.objects.filter(number=2).update(valid_to=house.today() + 80 * DAY)
    page = words(auditor.get(url))
    assert "Edición 2, desde el" in page and ", terminó el" in page
