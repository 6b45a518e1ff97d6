# SPDX-License-Identifier: EUPL-1.2
"""What a charter is meant to achieve, with the last frozen result of its indicators, inside and outside."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.drafting import save_commitment, start_edition
from siac.charters.commands.objectives import save_objectives
from siac.charters.editor.comparing import compared
from siac.charters.guiding import CHECKS
from siac.charters.models import CharterEdition
from siac.charters.objectives import objectives_of
from siac.charters.papers import PAPERS
from siac.charters.sealing import edition_problems, standing
from siac.indicators.public import Indicator, count_all, freeze_result, save_indicator
from siac.infra.metrics import Statistic
from siac.kernel.errors import Refused
from tests.charters.reading import text_of
from tests.factories import NOW, House, answer, file, make_house, promised
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OCTOBER = NOW + 30 * DAY


def common(house: House, now=NOW) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": now}


@pytest.fixture
def draft(house: House) -> CharterEdition:
    row = start_edition(**common(house), charter_id=house.commitment.edition.charter_id)
    row.institution = row.charter.institution = house.institution
    return row


def indicator(house: House, **changes: Any) -> Indicator:
    values = {
        "code": "oportunidad", "name": "En 5 días", "definition": "En 5 ÷ todas.",
        "metric_key": "cases.answer_days", "statistic": Statistic.WITHIN, "within": 5, "target": Decimal(50),
        "since": date(2026, 9, 1),
    }  # fmt: skip
    return save_indicator(**common(house), **{**values, **changes})


def frozen(house: House, row: Indicator, answered: int) -> None:
    """Freeze September with so many answers, all within 3 business days but one."""
    for number in range(answered):
        case = file(house, unit_id=house.units["obras"])
        answer(house, case, now=NOW + (10 if number == 0 else 3) * DAY)
    count_all(house.institution, now=OCTOBER)
    freeze_result(**common(house, OCTOBER), indicator_id=row.pk, first=date(2026, 9, 1))


def aim(text: str = "Responder a tiempo", indicator_id: int | None = None, target: Any = None) -> dict:
    return {"text": text, "indicator_id": indicator_id, "target": target}


def save(house: House, draft: CharterEdition, *rows: dict, based_on: int | None = None) -> CharterEdition:
    kept = save_objectives(**common(house), edition_id=draft.pk, rows=rows, based_on=based_on).row
    kept.institution = kept.charter.institution = house.institution
    return kept


def said(edition: CharterEdition, *, is_public: bool = False) -> list[str]:
    return [each.words for each in objectives_of(edition, is_public=is_public)]


def test_each_says_the_last_frozen_result_or_that_there_is_none(house, draft):
    row = indicator(house)
    kept = save(house, draft, aim(), aim("Llegar a más", row.pk, Decimal(80)))
    assert said(kept) == ["", "Sin dato, meta 80,0\xa0%"]
    frozen(house, row, 6)
    assert said(kept) == ["", "83,3\xa0% en septiembre de 2026, meta 80,0\xa0%: alcanzado"]
    higher = save(house, draft, aim("Llegar a más", row.pk, Decimal("83.4")))
    assert said(higher) == ["83,3\xa0% en septiembre de 2026, meta 83,4\xa0%: no alcanzado"]
    with exactly(2):
        said(higher)
    plain = save(house, draft, aim())
    with exactly(0):
        assert said(plain) == [""]


def test_of_an_indicator_that_is_better_low_less_is_reached(house, draft):
    row = indicator(house, statistic=Statistic.MEDIAN, within=None, code="dias", target=Decimal(5))
    kept = save(house, draft, aim("Tardar menos", row.pk, Decimal(2)))
    frozen(house, row, 6)
    assert said(kept)[0].endswith("no alcanzado")
    assert said(save(house, draft, aim("Tardar menos", row.pk, Decimal(3))))[0].endswith(": alcanzado")


def test_a_result_of_few_is_told_inside_only(house, draft):
    row = indicator(house)
    frozen(house, row, 3)
    kept = save(house, draft, aim("Llegar", row.pk, Decimal(80)))
    assert "66,7" in said(kept)[0]
    assert said(kept, is_public=True) == ["No se muestra en septiembre de 2026, meta 80,0\xa0%"]
    paper = text_of(PAPERS["carta"](kept, "https://siac.example/"))
    assert "Qué queremos lograr" in paper and "66,7" not in paper


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (aim(" "), "objective_text"),
        (aim("Llegar", 1, Decimal(5)), "objective_indicator"),
        (aim("Llegar", -1, None), "objective_target"),
        (aim("Llegar", -1, Decimal(101)), "objective_target"),
        (aim("Llegar", -1, Decimal(-1)), "objective_target"),
    ],
)
def test_what_cannot_be_is_refused(house, draft, row, code):
    of_body = indicator(house).pk
    row = {**row, "indicator_id": of_body if row["indicator_id"] == -1 else row["indicator_id"]}
    with pytest.raises(Refused, match=code):
        save(house, draft, row)


def test_only_a_draft_of_this_body_with_indicators_of_it(house, draft):
    other = make_house("valle")
    with pytest.raises(Refused, match="objective_indicator"):
        save(house, draft, aim("Llegar", indicator(other).pk, Decimal(5)))
    for body, edition in ((other, draft), (house, house.commitment.edition)):
        with pytest.raises(Refused, match="edition_"):
            save(body, edition, aim())
    with pytest.raises(Refused, match="objectives_full"):
        save(house, draft, *[aim()] * 21)
    save(house, draft, aim(), based_on=1)
    with pytest.raises(Refused, match="saved_meanwhile"):
        save(house, draft, based_on=1)


def test_they_are_sealed_compared_and_go_on_in_the_next_edition(house, draft):
    before = standing(draft)
    kept = save(house, draft, aim())
    assert standing(kept) != before, "whoever reviews an edition reads its objectives"
    (change,) = compared(house.commitment.edition, kept).rest
    assert (change.label, change.after) == ("objetivos", "Responder a tiempo")
    save_commitment(**common(house), edition_id=kept.pk, fields=promised(house))
    kept.valid_from = house.today(OCTOBER)
    kept.save()
    put_in_force(kept, act="Resolución 1", approved_on=None, actor=None, now=OCTOBER)
    assert list(edition_problems(house.institution.pk)) == []
    after = start_edition(**common(house), charter_id=kept.charter_id)
    assert after.objectives == kept.objectives
    CharterEdition.objects.filter(pk=kept.pk).update(objectives=[aim("Otra cosa")])
    assert len(list(edition_problems(house.institution.pk))) == 1


def test_the_process_asks_for_them(house, draft):
    def missing() -> list[str]:
        found = CHECKS["charters.objectives"][1](house.institution, draft.charter_id, house.today())
        return [each.text for each in found]

    assert missing() == ["La carta no dice qué quiere lograr"]
    save(house, draft, aim())
    assert missing() == []


def test_they_are_written_on_their_form_and_read_on_the_portal(house, draft):
    manager, row = house.client(Role.QUALITY_MANAGER), indicator(house)
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/objetivos/"
    typed = {
        "rows-0-text": "Responder <b>a tiempo</b>", "rows-0-indicator_id": str(row.pk), "rows-0-target": "",
        "rows-1-text": "Tratar bien", "based_on": "1",
    }  # fmt: skip
    wrong = manager.post(url, typed)
    assert wrong.status_code == 422 and "Escriba la meta" in words(wrong)
    assert "Tratar bien" in wrong.content.decode(), "what was typed comes back"
    assert manager.post(url, typed | {"rows-0-target": "90"}).status_code == 302
    page = house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/cartas/{draft.charter_id}/")
    assert "Sin dato, meta 90,0" in words(page) and "<b>a tiempo" not in page.content.decode()
    CharterEdition.objects.filter(pk=house.commitment.edition_id).update(objectives=[aim("Tratar bien")])
    public = words(house.client().get(f"/{house.slug}/cartas/carta/"))
    assert "Qué queremos lograr" in public and "Tratar bien" in public
    assert house.client(Role.FRONT_DESK).get(url).status_code == 403
