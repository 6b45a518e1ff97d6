# SPDX-License-Identifier: EUPL-1.2
"""Only what meets what people expect is promised; else a cause and a plan, or the authority in writing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.checking import levels, problems_of
from siac.charters.commands.drafting import save_commitment, start_edition
from siac.charters.commands.gaps import explain_gap, override_gap, save_expectations
from siac.charters.domain.checks import Level
from siac.charters.domain.gaps import Gap, Verdict
from siac.charters.models import GapOverride
from siac.charters.weighing import valued, weighed
from siac.indicators.public import count_all
from siac.kernel.errors import Refused
from tests.factories import NOW, House, answer, file, promised
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY
ROWS = [
    {"dimension": "speed", "name": "Rapidez", "weight": 60, "expected": Decimal(95), "n": 118,
     "basis": "survey"},
    {"dimension": "treatment", "name": "Trato", "weight": 40, "expected": None, "n": None, "basis": "staff"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "target", "expected", "more", "short", "verdict"),
    [
        ("96", "90", "95", {}, (), Verdict.READY),
        ("82.4", "80", "95", {}, ("expected",), Verdict.BLOCKED),
        ("82.4", "90", "80", {}, ("target",), Verdict.BLOCKED),
        ("82.4", "90", "95", {}, ("expected", "target"), Verdict.BLOCKED),
        ("82.4", "90", None, {}, ("target",), Verdict.BLOCKED),
        ("90", "90", "90", {}, (), Verdict.READY),
        (None, "90", "95", {}, (), Verdict.UNKNOWN),
        ("82.4", "90", "95", {"is_excused": True}, ("expected", "target"), Verdict.EXCUSED),
        ("82.4", "90", "95", {"is_overridden": True}, ("expected", "target"), Verdict.OVERRIDDEN),
        ("12", "20", None, {"is_better_high": False}, (), Verdict.READY),
        ("25", "20", None, {"is_better_high": False}, ("target",), Verdict.BLOCKED),
    ],
)
def test_what_may_be_promised_by_what_is_done(level, target, expected, more, short, verdict):
    gap = Gap(
        Decimal(level) if level else None, Decimal(target), Decimal(expected) if expected else None, **more
    )
    assert (gap.falls_short, gap.verdict) == (short, verdict)


def common(house: House, role: Role = Role.QUALITY_MANAGER) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": LATER}


@pytest.fixture
def draft(house):
    """A draft that promises the answer within ten days: three of four answered in time."""
    for days in (1, 2, 3, 25):
        answer(house, file(house, unit_id=house.units["obras"]), now=NOW + days * DAY)
    count_all(house.institution, now=LATER)
    row = start_edition(**common(house), charter_id=house.commitment.edition.charter_id)
    save_expectations(**common(house), edition_id=row.pk, rows=ROWS, based_on=1)
    row.refresh_from_db()
    row.institution = row.charter.institution = house.institution
    (old,) = row.commitments.all()
    save_commitment(
        **common(house), edition_id=row.pk, commitment_id=old.pk,
        fields=promised(house, attribute="a_rapidez", target=Decimal(80)),
    )  # fmt: skip
    return row


def gap_errors(house, draft):
    found = problems_of(draft, house.today(LATER))
    return [(each.level, each.at) for each in found if each.at.startswith("gap:")]


def test_what_falls_short_blocks_until_it_says_why_and_how_it_is_mended(house, draft):
    (row,) = draft.commitments.all()
    (line,) = levels(draft, today=house.today(LATER))
    assert (line.share.met, line.share.total, line.value) == (3, 4, Decimal("75.0"))
    assert gap_errors(house, draft) == [(Level.ERROR, f"gap:{row.pk}")]
    given = {"cause_kind": "staff", "plan_until": house.today(LATER) + 90 * DAY, "based_on": row.version}
    explained = {"cause": "Faltan dos personas en la unidad", "plan": "Se contratan dos personas en marzo"}
    of = {**common(house), "edition_id": draft.pk, "commitment_id": row.pk}
    with pytest.raises(Refused, match="gap_cause"):
        explain_gap(**of, cause="no", plan="sí", **given)
    explain_gap(**of, **explained, **given)
    assert gap_errors(house, draft) == [(Level.WARNING, f"gap:{row.pk}")]


def test_what_people_value_stands_beside_what_is_done(house, draft):
    first, second = valued(draft, weighed(draft, levels(draft, today=house.today(LATER))))
    assert (first.name, first.level, first.gap, first.of_words) == ("Rapidez", 75, -20, "3 de 4")
    assert (second.name, second.level, second.gap) == ("Trato", None, None)
    page = house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/brecha/")
    assert "Nivel y brecha" in words(page) and "Rapidez" in words(page)


def test_the_authority_may_promise_it_all_the_same_for_good_in_the_record(house, draft):
    (each,) = weighed(draft, levels(draft, today=house.today(LATER)))
    row = each.line.commitment
    given = {"edition_id": draft.pk, "commitment_id": row.pk, "gap": each.gap, "level": "75 % (3 de 4)"}
    with pytest.raises(Refused, match="reason_missing"):
        override_gap(**common(house, Role.AUTHORITY), **given, reason="sí")
    override_gap(**common(house, Role.AUTHORITY), **given, reason="La ley nos obliga a prometerlo")
    assert gap_errors(house, draft) == [(Level.WARNING, f"gap:{row.pk}")]
    assert GapOverride.objects.get().level == "75 % (3 de 4)"
    ready = Gap(Decimal(90), Decimal(80), None)
    given |= {"gap": ready, "reason": "Otra razón cualquiera"}
    with pytest.raises(Refused, match="gap_none"):
        override_gap(**common(house, Role.AUTHORITY), **given)


def test_only_the_authority_overrides_and_only_what_is_blocked(house, draft, monkeypatch):
    monkeypatch.setattr("siac.charters.editor.gaps.current_time", lambda: LATER)
    (row,) = draft.commitments.all()
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/brecha/{row.pk}/autoridad/"
    assert house.client(Role.QUALITY_MANAGER).get(url).status_code == 403
    authority = house.client(Role.AUTHORITY)
    assert authority.post(url, {"reason": "La ley nos obliga a prometerlo"}).status_code == 302
    again = authority.post(url, {"reason": "La ley nos obliga a prometerlo"}, follow=True)
    assert "no está bajo lo esperado" in words(again) and GapOverride.objects.count() == 1
    page = words(authority.get(f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/brecha/"))
    assert "La autoridad lo promete igual" in page and "La ley nos obliga a prometerlo" in page


@pytest.mark.parametrize(("weights", "total"), [((60, 30), "90"), ((60, 40.5), "100,5")])
def test_weights_sum_to_a_hundred(house, draft, weights, total):
    rows = [{**row, "weight": weight} for row, weight in zip(ROWS, weights, strict=True)]
    with pytest.raises(Refused, match="expectations_weight") as refused:
        save_expectations(**common(house), edition_id=draft.pk, rows=rows, based_on=None)
    assert refused.value.context == {"total": total}


def test_an_attribute_that_goes_leaves_the_promises_that_answered_to_it(house, draft):
    rows = [{**ROWS[1], "weight": 100}]
    save_expectations(**common(house), edition_id=draft.pk, rows=rows, based_on=None)
    assert draft.commitments.get().attribute == ""


def test_expectations_are_written_in_rows(house, draft):
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/expectativas/"
    fields = {
        "rows-0-code": "a_rapidez", "rows-0-name": "Rapidez", "rows-0-dimension": "speed",
        "rows-0-weight": "100", "rows-0-expected": "97", "rows-0-n": "20", "rows-0-basis": "survey",
        "rows-0-words": "Encuesta de agosto", "based_on": str(draft.version),
    }  # fmt: skip
    client = house.client(Role.QUALITY_MANAGER)
    wrong = client.post(url, fields | {"rows-0-weight": "90"})
    assert wrong.status_code == 422 and "Los pesos suman 90: deben sumar 100." in words(wrong)
    done = client.post(url, fields)
    assert done.status_code == 302, words(done)
    draft.refresh_from_db()
    assert [(row["code"], row["expected"]) for row in draft.expectations] == [("a_rapidez", "97.0")]
    assert draft.commitments.get().attribute == "a_rapidez"
