# SPDX-License-Identifier: EUPL-1.2
"""Invented services of the demonstration: what each body offers, and where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.catalogue.public import save_service, topics
from siac.organizations.public import Institution
from siac.servicepoints.public import save_service_point, service_points


def load_services(
    institution: Institution, script: Mapping[str, Any], units: Mapping[str, int], *, now: datetime
) -> dict[str, int]:
    """Write the services of a body and say at which points they are given; return their keys by code."""
    by_name = {topic.name: pk for pk, topic in topics(institution).items()}
    made: dict[str, int] = {}
    for told in script.get("services", ()):
        fields = dict(told)
        code, unit = fields.pop("code"), fields.pop("unit_code")
        process = [
            {"unit": "bd", "document": "", "clock": "", **step, "code": f"p_{number}",
             "unit_id": units[step.get("by", unit)]}
            for number, step in enumerate(fields.pop("process", ()), start=1)
        ]  # fmt: skip
        for step in process:
            step.pop("by", None)
        made[code] = save_service(
            institution=institution, actor=None, now=now, responsible_id=units[unit], process=process,
            topic_id=by_name.get(fields.pop("topic", "")), **fields,
        ).pk  # fmt: skip
    institution.refresh_from_db()
    for point in service_points(institution).values():
        if made and point.kind in ("information_office", "office", "registry", "mobile_office"):
            save_service_point(
                institution=institution, actor=None, now=now, point=point, service_ids=list(made.values())
            )
    return made
