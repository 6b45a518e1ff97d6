# SPDX-License-Identifier: EUPL-1.2
"""Invented sheets of the demonstration: what each body offers, where, and what is being written of it."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.catalogue.public import (
    SHEET_FIELDS,
    publish_draft,
    save_draft,
    save_everyday_word,
    save_service,
    services,
    start_draft,
    submit_draft,
    topics,
)
from siac.organizations.public import Institution
from siac.procedures.public import make_sheets
from siac.servicepoints.public import save_service_point, service_points

_REVIEWED_IN = 240
"""Days until a sheet is reviewed where the script says no other."""
_FREE = "Gratis"


@cache
def _sheets() -> Mapping[str, Any]:
    text = resources.files("siac.config.demonstration").joinpath("sheets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def load_services(
    institution: Institution,
    script: Mapping[str, Any],
    units: Mapping[str, int],
    *,
    now: datetime,
    today: date,
) -> dict[str, int]:
    """Publish the services of a body and say at which points they are given; return their keys by code. They
    are written as of `now`, and reviewed some time after the local day `today`.
    """
    by_name = {topic.name: pk for pk, topic in topics(institution).items()}
    told = _sheets()[institution.slug]
    more: Mapping[str, Any] = told["more"]
    made: dict[str, int] = {}
    for number, sheet in enumerate([*script.get("services", ()), *told["sheets"]]):
        fields = {**sheet, **more.get(sheet["code"], {})}
        days = fields.pop("review_in_days", _REVIEWED_IN + 9 * number)
        fields |= _rows(fields, units)
        if fields.get("cost") == _FREE:
            fields |= {"fee": 0, "cost": ""}
        code, unit = fields.pop("code"), fields.pop("unit_code")
        made[code] = save_service(
            institution=institution, actor=None, now=now, responsible_id=units[unit],
            topic_id=by_name.get(fields.pop("topic", "")), review_on=today + timedelta(days=days), **fields,
        ).pk  # fmt: skip
    for said, meant in told["words"]:
        save_everyday_word(institution=institution, actor=None, now=now, said=said, meant=meant)
    institution.refresh_from_db()
    for point in service_points(institution).values():
        if made and point.kind in ("information_office", "office", "registry", "mobile_office"):
            save_service_point(
                institution=institution, actor=None, now=now, point=point, service_ids=list(made.values())
            )
    return made


def _rows(fields: Mapping[str, Any], units: Mapping[str, int]) -> dict[str, Any]:
    """Return the lists of a sheet with every cell of their rows."""
    unit = fields["unit_code"]
    process = [
        {
            "unit": "bd", "document": "", "clock": "",
            **{key: each for key, each in step.items() if key != "by"},
            "code": f"p_{number}", "unit_id": units[step.get("by", unit)],
        }
        for number, step in enumerate(fields.get("process", ()), start=1)
    ]  # fmt: skip
    return {
        "process": process,
        "requirements": [{"where": "", **row} for row in fields.get("requirements", ())],
        "channels": [{"how": "", "url": "", **row} for row in fields.get("channels", ())],
        "legal": [{"article": "", "url": "", **row} for row in fields.get("legal", ())],
        "form_links": [{"file": None, **row} for row in fields.get("form_links", ())],
    }


def work_on_sheets(
    institution: Institution, script: Mapping[str, Any], given: Mapping[str, int], *, now: datetime
) -> None:
    """Let the catalogue of a body be at work: one sheet in its second edition, one in review, and drafts of
    the procedures of its record.
    """
    people = {person["role"]: account_of(person["email"]) for person in script["people"]}
    writer, authority = people[Role.QUALITY_MANAGER], people[Role.AUTHORITY]
    institution.refresh_from_db()
    codes = list(given)
    common: dict[str, Any] = {"institution": institution, "now": now}
    first = _changed(institution, given[codes[0]], "Puede seguir el avance con su código.", writer, now=now)
    submit_draft(**common, actor=writer, draft=first)
    publish_draft(**common, actor=authority, draft=first)
    second = _changed(institution, given[codes[1]], "Le avisamos por correo en cada paso.", writer, now=now)
    submit_draft(**common, actor=writer, draft=second)
    make_sheets(**common, actor=writer)


def _changed(
    institution: Institution, service_id: int, more: str, writer: User | None, *, now: datetime
) -> Any:
    """Begin to change a service and add a sentence to what it is; return the draft."""
    row = start_draft(
        institution=institution, service=services(institution)[service_id], actor=writer, now=now
    )
    fields = {name: getattr(row, name) for name in SHEET_FIELDS if name not in ("name", "sort_key")}
    fields["summary"] = f"{fields['summary']} {more}"
    return save_draft(institution=institution, actor=writer, now=now, draft=row, name=row.name, **fields)
