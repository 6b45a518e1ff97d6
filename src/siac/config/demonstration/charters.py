# SPDX-License-Identifier: EUPL-1.2
"""The charters of the demonstration: one in force in each body, and one that is being written. Invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from siac.accounts.public import account_of
from siac.cases.public import kinds
from siac.charters.public import (
    NewCommitment,
    Norm,
    publish_edition,
    save_commitment,
    save_expectations,
    save_participation,
    save_services,
    save_team,
    save_texts,
    start_charter,
    start_edition,
)
from siac.organizations.public import Institution
from siac.processes.public import adopt_guide, close_phase, finish_task, shipped, start_process


def publish_charter(
    institution: Institution,
    script: Mapping[str, Any],
    units: Mapping[str, int],
    given: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Put the charter of a body in force; `given` are its services by code."""
    charter = script["charter"]
    by_code = {kind.code: kind.pk for kind in kinds(institution).values()}
    start_charter(
        institution=institution, actor=None, now=now, code=charter["code"], title=charter["title"],
        norm=Norm(institution.country.charter_norm), responsible_id=units[charter["unit"]],
    )  # fmt: skip
    publish_edition(
        institution=institution,
        code=charter["code"],
        title=charter["title"],
        valid_from=institution.local_date(now),
        approved_by=charter["approved_by"],
        texts=charter.get("says", {}),
        service_ids=[given[code] for code in charter.get("services", ())],
        commitments=[
            NewCommitment(
                code=told["code"],
                text=told["text"],
                kind_id=by_code[told["kind"]] if "kind" in told else None,
                days=told["days"],
                target=Decimal(told["target"]),
                remedy=told["remedy"],
                more={
                    "service_id": given.get(told.get("service", "")),
                    "responsible_id": units.get(told.get("unit", "")),
                    "record": told.get("record", "Registro de solicitudes del SIAC"),
                    "remedy_kind": told.get("remedy_kind", "other"),
                    **told.get("of", {}),
                },
            )
            for told in charter["commitments"]
        ],
        actor=None,
        now=now,
    )


def write_charter(
    institution: Institution,
    script: Mapping[str, Any],
    units: Mapping[str, int],
    given: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Begin the charter that is being written, where the body has one."""
    told = script.get("draft_charter")
    if told is None:
        return
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": now}
    charter = start_charter(
        **common, code=told["code"], title=told["title"], norm=Norm(told["norm"]),
        responsible_id=units[told["unit"]],
    )  # fmt: skip
    edition = start_edition(**common, charter_id=charter.pk)
    save_texts(**common, edition_id=edition.pk, texts=told["says"], based_on=None)
    ids = [given[code] for code in told["services"]]
    save_services(**common, edition_id=edition.pk, service_ids=ids, based_on=None)
    save_expectations(**common, edition_id=edition.pk, rows=told["expectations"], based_on=None)
    took_part = [{"on": None, **row} for row in told["participation"]]
    save_participation(**common, edition_id=edition.pk, rows=took_part, based_on=None)
    by_code = {kind.code: kind.pk for kind in kinds(institution).values()}
    for promise in told["commitments"]:
        fields = {
            "form": "guarantee", "unit": "bd", "indicator_id": None, "moment": "month",
            "is_controllable": True, "dependence": "", "remedy_days": 10, "no_remedy_reason": "",
            "sustained_by": [], "record": "Registro de solicitudes del SIAC", **promise,
        }  # fmt: skip
        fields["kind_id"] = by_code[fields.pop("kind")]
        fields["service_id"] = given[fields.pop("service")]
        fields["responsible_id"] = units[fields.pop("by")]
        fields["target"] = Decimal(fields["target"])
        save_commitment(**common, edition_id=edition.pk, fields=fields)
    people = {person["role"]: account_of(person["email"]) for person in script["people"]}
    _team(institution, charter.pk, told["team"], people, now=now)
    _guide(institution, charter.pk, told, people, now=now)


def _team(
    institution: Institution,
    charter_id: int,
    told: Mapping[str, Any],
    people: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Say who makes a charter and by which decision; `people` by their role."""
    today = institution.local_date(now)
    save_team(
        institution=institution, charter_id=charter_id, actor=None, now=now, act=told["act"],
        decided_on=today - timedelta(days=told["days_ago"]), decision=told["decision"],
        lead_id=people[told["lead"]].pk, lead_office=told["lead_office"], mandate=told["mandate"],
        members=[
            {"user_id": people[who].pk, "role": role, "office": office}
            for who, role, office in told["members"]
        ],
        training=[
            {"who": who, "what": what, "on": today - timedelta(days=days), "hours": hours}
            for who, what, days, hours in told["training"]
        ],
    )  # fmt: skip


def _guide(
    institution: Institution,
    charter_id: int,
    told: Mapping[str, Any],
    people: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Begin the process of the charter and go through its first phases; `people` by their role."""
    keeper, authority = people["quality_manager"], people["authority"]
    common: dict[str, Any] = {"institution": institution, "now": now}
    guide = adopt_guide(**common, actor=None, code=told["guide"])
    for code in shipped():
        adopt_guide(**common, actor=None, code=code)
    run = start_process(**common, guide=guide, subject_id=charter_id, actor=keeper)
    for phase, task, note in told["done"]:
        finish_task(**common, run_id=run.pk, phase=phase, task=task, note=note, files=[], actor=keeper)
    for phase in told["closed"]:
        signer = authority if phase == "F1" else keeper
        close_phase(**common, run_id=run.pk, phase=phase, act="", actor=signer)
