# SPDX-License-Identifier: EUPL-1.2
"""A figure tells the truth: what is late and unanswered breaks the promise, what may
still be answered in time does not count.
"""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.drafting import save_commitment, start_edition
from siac.charters.commands.freezing import freeze_periods
from siac.charters.models import CharterEdition, PeriodResult
from siac.charters.public import behind
from siac.charters.standings import compliance
from siac.clocks.public import settle_overdue
from siac.indicators.public import count_all
from siac.organizations.public import Institution
from tests.factories import NOW, answer, file, promised
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def looked_at(house, on):
    """Return the commitment as it stands at the end of the local day `on` days after NOW."""
    settle_overdue(NOW + (on + 1) * DAY)
    last = house.today(NOW + on * DAY)
    first = last - 60 * DAY
    count_all(house.institution, now=NOW + (on + 1) * DAY)
    (line,) = compliance(house.institution, first=first, last=last)
    counted = behind(house.commitment, first=first, last=last)
    assert counted.count() == line.share.total  # the list behind a number has as many rows as the number says
    return line


@pytest.mark.parametrize(
    ("answered", "looked", "met", "total", "late_open"),
    [
        (1, 30, 1, 1, 0),  # in time
        (20, 30, 0, 1, 0),  # late
        (None, 30, 0, 1, 1),  # late, and still without an answer
        (None, 3, 0, 0, 0),  # its day has not come: it counts nowhere
        (20, 15, 0, 1, 1),  # on day 15 it had no answer
        (None, 200, 0, 1, 1),  # for as long as nobody answers
    ],
)
def test_each_case_counts_as_what_it_is(house, answered, looked, met, total, late_open):
    case = file(house, unit_id=house.units["obras"])
    if answered is not None:
        settle_overdue(NOW + answered * DAY)
        answer(house, case, now=NOW + answered * DAY)
    line = looked_at(house, looked)
    assert (line.share.met, line.share.total, line.late_open) == (met, total, late_open)
    assert line.reached is (None if total == 0 else met == total)


def test_who_withdrew_owes_no_answer_and_other_kinds_count_elsewhere(house):
    gone = file(house, unit_id=house.units["obras"])
    file(house, "consulta", unit_id=house.units["obras"])
    settle_overdue(NOW + 20 * DAY)
    Case.objects.filter(pk=gone.pk).update(state="closed", closed_at=NOW + 20 * DAY)
    assert looked_at(house, 30).share.total == 0
    assert looked_at(house, 15).share.total == 1  # it was late then


def test_both_pages_say_so_and_list_the_late_ones(house, monkeypatch):
    kept, late = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    answer(house, kept, now=NOW + DAY)
    line = looked_at(house, 30)
    assert str(line.share.percent) == "50.0"
    monkeypatch.setattr("siac.charters.workspace.period", lambda *_: (line.figure.first, line.figure.last))
    manager = house.client(Role.QUALITY_MANAGER)
    page = manager.get(f"/{house.slug}/gestion/compromisos/").content.decode()
    assert "1 de 2, 1 sin respuesta" in page
    listed = manager.get(
        f"/{house.slug}/gestion/compromisos/{house.commitment.pk}/solicitudes/"
    ).content.decode()
    assert listed.count("<tr data-row>") == 2
    Institution.objects.filter(pk=house.institution.pk).update(smallest_group=1)  # everybody reads it as well
    freeze_periods(house.institution, now=NOW + 40 * DAY)
    row = PeriodResult.objects.get(first=date(2026, 9, 1))
    behind = house.client().get(f"/{house.slug}/cartas/carta/cumplimiento/{row.pk}/")
    shown = words(behind)
    assert "1 de 2 a tiempo; 1 seguía sin respuesta al terminar, con el plazo vencido" in shown
    assert {row.pk for row in behind.context["listing"].rows} == {kept.pk, late.pk}
    assert behind.content.decode().count("Sin respuesta</td>") == 1


def test_what_it_costs_does_not_grow_with_the_cases(house):
    for _ in range(3):
        file(house)
    looked_at(house, 30)
    last = house.today(NOW + 30 * DAY)
    with exactly(6):
        compliance(house.institution, first=last - 60 * DAY, last=last)


@pytest.mark.parametrize(
    ("unit", "amount", "late"),
    [("bd", 5, timedelta(days=20)), ("cd", 10, timedelta(days=20)), ("h", 30, timedelta(days=20))],
)
def test_behind_a_figure_each_case_says_whether_it_kept_the_promise(house, unit, amount, late, monkeypatch):
    """In whatever unit: the rows that say so are as many as the share tells."""
    common = {"institution": house.institution, "actor": None, "now": NOW}
    draft = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    fields = promised(house, unit=unit, amount=amount)
    row = draft.commitments.get()
    save_commitment(**common, edition_id=draft.pk, commitment_id=row.pk, fields=fields)
    edition = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    edition.valid_from = house.today()
    put_in_force(edition, act="Resolución 3", approved_on=None, actor=None, now=NOW)
    house.institution.refresh_from_db()
    kept, missed = (file(house, unit_id=house.units["obras"], now=NOW) for _ in range(2))
    answer(house, kept, now=NOW + timedelta(days=1))
    settle_overdue(NOW + late)
    answer(house, missed, now=NOW + late)
    days = (date(2026, 1, 1), date(2026, 12, 31))
    monkeypatch.setattr("siac.charters.workspace.period", lambda institution, now: days)
    told = words(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/compromisos/{row.pk}/solicitudes/"))
    assert (told.count(" Cumplido"), told.count("No cumplido")) == (1, 1)


def test_what_was_broken_and_is_owed_stays_with_the_promise_in_the_next_edition(house):
    file(house, unit_id=house.units["obras"])
    before = looked_at(house, 20)
    assert (before.breaches, before.remedies_owed, before.late_open) == (1, 1, 1)
    common = {"institution": house.institution, "actor": None, "now": NOW}
    draft = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    edition = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    edition.valid_from = house.today() + 10 * DAY
    put_in_force(edition, act="Resolución 3", approved_on=None, actor=None, now=NOW)
    house.institution.refresh_from_db()
    after = looked_at(house, 21)
    assert after.commitment.edition_id == edition.pk
    assert (after.breaches, after.remedies_owed, after.late_open) == (1, 1, 1)
