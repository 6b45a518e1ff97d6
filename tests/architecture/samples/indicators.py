# SPDX-License-Identifier: EUPL-1.2
"""Pages of `indicators`."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.documents.public import attachments_of, check_uploads
from siac.indicators.costs.commands import save_cost
from siac.indicators.coverage.commands import save_territory
from siac.indicators.demand.commands import ask_plan, receive_past_demand, save_staffing
from siac.indicators.demand.making import LINE, making
from siac.indicators.public import load_shapes, save_indicator
from siac.indicators.results.commands import NOTE, freeze_result, note_on_result
from siac.infra.longwork import run_long
from tests.architecture.samples.whom import INDICATORS, KEEPERS, Made, Sample, with_
from tests.factories import House


def _received(_: object) -> dict[str, str]:
    return {"key": "cases.received"}


_PLAN, _NEED = with_(plan_id="plan"), with_(plan_id="plan", need_id="need")
_INDICATOR, _RESULT = with_(indicator_id="indicator"), with_(result_id="result")
SAMPLES = {
    "workspace:indicators:figures": Sample(INDICATORS),
    "workspace:indicators:figure": Sample(INDICATORS, _received),
    "workspace:indicators:people": Sample(INDICATORS, _received),
    "workspace:indicators:things": Sample(INDICATORS, _received),
    "workspace:indicators:indicators": Sample(INDICATORS),
    "workspace:indicators:shapes": Sample(KEEPERS),
    "workspace:indicators:library": Sample(INDICATORS),
    "workspace:indicators:indicator": Sample(INDICATORS, _INDICATOR),
    "workspace:indicators:result": Sample(INDICATORS, _RESULT),
    "workspace:indicators:evidence": Sample(INDICATORS, with_(result_id="result", attachment_id="evidence")),
    "workspace:indicators:earlier": Sample(KEEPERS),
    "workspace:indicators:earlier_template": Sample(KEEPERS),
    "workspace:indicators:indicator_new": Sample(KEEPERS),
    "workspace:indicators:indicator_change": Sample(KEEPERS, _INDICATOR),
    "workspace:indicators:freeze": Sample(KEEPERS, _INDICATOR, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:write": Sample(KEEPERS, _INDICATOR, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:revise": Sample(KEEPERS, _RESULT, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:annotate": Sample(KEEPERS, _RESULT, post=True, data={"desde": "2026-02-01"}),
    "workspace:indicators:costs": Sample(KEEPERS),
    "workspace:indicators:cost_new": Sample(KEEPERS),
    "workspace:indicators:cost": Sample(KEEPERS, with_(cost_id="cost")),
    "workspace:indicators:equity": Sample(INDICATORS),
    "workspace:indicators:coverage": Sample(INDICATORS),
    "workspace:indicators:coverage_goal": Sample(KEEPERS),
    "workspace:indicators:territories": Sample(KEEPERS),
    "workspace:indicators:territories_bring": Sample(KEEPERS),
    "workspace:indicators:territories_template": Sample(KEEPERS),
    "workspace:indicators:territory_new": Sample(KEEPERS),
    "workspace:indicators:territory": Sample(KEEPERS, with_(territory_id="territory")),
    "workspace:indicators:demand": Sample(INDICATORS),
    "workspace:indicators:demand_plan": Sample(INDICATORS, _PLAN),
    "workspace:indicators:demand_template": Sample(INDICATORS),
    "workspace:indicators:demand_basis": Sample(KEEPERS),
    "workspace:indicators:demand_ask": Sample(KEEPERS, post=True, data={"year": "2026"}),
    "workspace:indicators:demand_past": Sample(KEEPERS, post=True),
    "workspace:indicators:demand_past_drop": Sample(KEEPERS, with_(sheet_id="past_sheet"), post=True),
    "workspace:indicators:demand_approve": Sample({Role.AUTHORITY}, _PLAN, post=True),
    "workspace:indicators:staffing_new": Sample(KEEPERS, _PLAN),
    "workspace:indicators:staffing_change": Sample(KEEPERS, _NEED),
    "workspace:indicators:staffing_drop": Sample(KEEPERS, _NEED, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make an indicator with a frozen result, and the plan of a year with a telephone."""
    keeper = house.user(Role.QUALITY_MANAGER)
    square = b'{"features": [{"properties": {"cut": "04102"}, "geometry": {"type": "Polygon", "coordinates":'
    square += b" [[[-71, -30], [-70, -30], [-70, -29], [-71, -29]]]}}]}"
    load_shapes(institution=house.institution, content=square, source="Inventada", actor=keeper, now=now)
    row = save_indicator(
        institution=house.institution, actor=keeper, now=now, code="recibidas", name="Recibidas",
        definition="Cuántas se recibieron.", metric_key="cases.received", statistic="count",
        target=Decimal(10), since=date(2026, 1, 1),
    )  # fmt: skip
    result = freeze_result(
        institution=house.institution, indicator_id=row.pk, first=date(2026, 1, 1), actor=keeper, now=now
    )
    files = check_uploads([SimpleUploadedFile("acta.txt", b"Acta de la medici\xc3\xb3n.")])
    note = note_on_result(
        institution=house.institution, result_id=result.pk, body="Acta.", files=files, actor=keeper, now=now
    )
    content = "Mes;Cantidad\n" + "".join(f"{month:02}-2024;60\n" for month in range(1, 13))
    sheet, _ = receive_past_demand(
        institution=house.institution, name="antes.csv", content=content.encode(), actor=keeper, now=now
    )
    year = house.today(now).year + 1
    plan = ask_plan(institution=house.institution, year=year, actor=keeper, now=now)
    run_long(LINE, plan.pk, making, clock=lambda: now)
    fields = {
        "name": "Teléfono", "arrivals": [["09:00", 12]], "minutes": Decimal(8), "patience": Decimal(3),
        "percent": 80, "within": Decimal(5), "shrinkage": 30,
    }  # fmt: skip
    need = save_staffing(institution=house.institution, plan_id=plan.pk, fields=fields)
    cost = save_cost(
        institution=house.institution, year=2025, channel="", amount=12_000_000, source="Presupuesto",
        actor=keeper, now=now,
    )  # fmt: skip
    territory = save_territory(
        institution=house.institution, code="04102", year=2017, people=227_730, source="Censo 2017",
        actor=keeper, now=now,
    )  # fmt: skip
    return {
        "cost": cost.pk, "territory": territory.pk,
        "indicator": row.pk, "result": result.pk, "plan": plan.pk, "need": need.pk,
        "past_sheet": sheet.pk if sheet else 0,
        "evidence": attachments_of(house.institution.pk, NOTE, [note.pk])[note.pk][0].pk,
    }  # fmt: skip
