# SPDX-License-Identifier: EUPL-1.2
"""How promises were kept, period by period: frozen once, explained in public, corrected by a finding."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import save_days, start_edition
from siac.charters.commands.freezing import explain_result, freeze_periods
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterEdition, Commitment, PeriodResult
from siac.charters.register.reading import register_of
from siac.clocks.public import settle_overdue
from siac.findings.models import Finding
from siac.indicators.public import Indicator, count_all, freeze_result
from siac.kernel.errors import Refused
from tests.factories import NOW, House, answer, file
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY
"""Mid October 2026: September is over and settled."""
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def september(house: House) -> PeriodResult:
    """Of September: one kept, one late with its answer."""
    kept, late = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    answer(house, kept, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    answer(house, late, now=NOW + 15 * DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    return PeriodResult.objects.get(first=SEPTEMBER)


def test_a_period_is_frozen_once_with_all_that_was_counted(house, september):
    assert (september.met, september.total, september.words) == (1, 2, "50,0\N{NO-BREAK SPACE}%")
    assert (september.is_reached, september.last, september.target) == (False, date(2026, 9, 30), 90)
    assert freeze_periods(house.institution, now=LATER) == 0
    Case.objects.update(answer_days=1)
    count_all(house.institution, now=LATER)
    assert freeze_periods(house.institution, now=LATER) == 0
    september.refresh_from_db()
    assert september.met == 1  # what is closed does not change


def test_periods_of_before_the_edition_and_not_settled_are_none(house, september):
    firsts = set(PeriodResult.objects.values_list("first", flat=True))
    since = house.commitment.edition.since
    assert all(first >= since for first in firsts) and date(2026, 10, 1) not in firsts
    assert freeze_periods(house.institution, now=NOW + 29 * DAY) == 0


def test_a_miss_asks_for_a_correction_and_an_old_one_does_not(house, september):
    finding = Finding.objects.get()
    assert finding.pk == september.finding_id and "Compromiso bajo su meta" in finding.title
    assert finding.unit_id == house.commitment.responsible_id
    assert PeriodResult.objects.filter(is_reached=None).exists()  # earlier months: nothing to tell
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/hallazgos/{finding.pk}/"))
    assert house.commitment.text in page


def test_what_is_said_of_a_miss_stands_in_public(house, september, monkeypatch):
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: LATER)
    monkeypatch.setattr("siac.charters.register.workspace.current_time", lambda: LATER)
    manager = house.client(Role.QUALITY_MANAGER)
    charter = house.commitment.edition.charter_id
    page = words(manager.get(f"/{house.slug}/gestion/cartas/{charter}/registro/"))
    assert "Explicar en público" in page and "Cumplimos 0 de 1 compromisos" in page
    url = f"/{house.slug}/gestion/cartas/registro/{september.pk}/"
    assert "Diga por qué" in words(manager.post(url, {"words": ""}))
    assert manager.post(url, {"words": "Faltó una persona; desde octubre hay dos."}).status_code == 302
    public = words(house.client().get(f"/{house.slug}/cartas/carta/cumplimiento/"))
    assert "Cumplimos 0 de 1 compromisos" in public and "Faltó una persona" in public
    assert "1 de 2, septiembre de 2026" in public and "Pocos casos: lea con cuidado" in public
    assert "incumplimiento en 12 meses" in public and "1 en curso" in public
    taken = house.client().get(f"/{house.slug}/cartas/carta/cumplimiento/?formato=csv")
    table = b"".join(taken.streaming_content).decode()
    assert "reclamos-5" in table and "2026-09-01" in table


def test_what_cannot_be_explained_is_refused(house, september):
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": LATER}
    with pytest.raises(Refused, match="reason_missing"):
        explain_result(**common, result_id=september.pk, words="no")
    with pytest.raises(Refused, match="result_unknown"):
        explain_result(**common, result_id=0, words="Una explicación cualquiera")
    other = PeriodResult.objects.filter(is_reached=None).first()
    with pytest.raises(Refused, match="result_reached"):
        explain_result(**common, result_id=other.pk, words="Una explicación cualquiera")


def test_a_guarantee_in_hours_is_counted_by_its_clocks(house):
    Commitment.objects.filter(pk=house.commitment.pk).update(unit="cd", indicator=None)
    house.institution.refresh_from_db()
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    assert (row.met, row.total, row.is_reached) == (1, 1, True)


def test_the_register_costs_as_much_with_many_periods(house, september, django_assert_max_num_queries):
    today = house.today(LATER)
    charter = house.commitment.edition.charter
    register_of(house.institution, charter, today=today)
    with django_assert_max_num_queries(2):
        told = register_of(house.institution, charter, today=today)
    assert len(told.lines[0].results) == 8 and told.lines[0].last.pk == september.pk


def test_a_figure_waits_for_the_result_of_its_indicator(house):
    """It would stand as «sin dato» for good, the night before its indicator is frozen."""
    indicator = house.commitment.indicator
    Indicator.objects.filter(pk=indicator.pk).update(since=house.commitment.edition.since)
    Commitment.objects.filter(pk=house.commitment.pk).update(
        form="figure",
        kind=None,
        amount=None,
        unit="",
        remedy_kind="none",
        remedy="",
        no_remedy_reason="Conjunto",
    )
    answer(house, file(house), now=NOW + DAY)
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    assert not PeriodResult.objects.filter(first=SEPTEMBER).exists()
    indicator.refresh_from_db()
    freeze_result(
        institution=house.institution, indicator_id=indicator.pk, first=SEPTEMBER, actor=None, now=LATER
    )
    freeze_periods(house.institution, now=LATER)
    row = PeriodResult.objects.get(first=SEPTEMBER)
    assert row.value == 100 and row.is_reached
    freeze_periods(house.institution, now=LATER + 60 * DAY)  # nobody gave October its result in all that time
    assert PeriodResult.objects.get(first=date(2026, 10, 1)).is_reached is None


def test_a_period_in_whose_middle_an_edition_began_is_told_by_the_new_one(house):
    """Neither edition was in force from its first day to its last; the promise was."""
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW + DAY)
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    draft = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    save_days(**common, edition_id=draft.pk, valid_from=date(2026, 9, 15), revised_by=None, based_on=None)
    row = CharterEdition.objects.select_related("charter", "institution").get(pk=draft.pk)
    put_in_force(row, act="Resolución 3", approved_on=None, actor=None, now=NOW)
    house.institution.refresh_from_db()
    later = NOW + 75 * DAY
    count_all(house.institution, now=later)
    freeze_periods(house.institution, now=later)
    months = dict(PeriodResult.objects.values_list("first", "commitment__edition__number"))
    assert (months[date(2026, 8, 1)], months[SEPTEMBER], months[date(2026, 10, 1)]) == (1, 2, 2)
    assert freeze_periods(house.institution, now=later) == 0


def test_a_charter_that_nobody_approved_has_no_register(house):
    start_charter(
        institution=house.institution, code="secreta", title="Secreta", norm=Norm.UNE, responsible_id=None,
        actor=None, now=NOW,
    )  # fmt: skip
    for asked in ("", "?formato=csv"):
        response = house.client().get(f"/{house.slug}/cartas/secreta/cumplimiento/{asked}")
        assert response.status_code == 404
