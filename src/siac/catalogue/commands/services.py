# SPDX-License-Identifier: EUPL-1.2
"""Changes of the catalogue of services."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.catalogue.domain.services import LONGEST, ROWS
from siac.catalogue.models import Service
from siac.catalogue.queries import topics
from siac.catalogue.texts import ClockLabel
from siac.kernel.errors import Refused
from siac.kernel.text import legible, sort_key, squeeze
from siac.organizations.public import Institution, note_configuration, save_version, unit_tree

_TEXTS = ("summary", "entitled")
_LISTS = ("requirements", "steps", "channels", "legal", "process")


@transaction.atomic
def save_service(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    name: str,
    service: Service | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Service:
    """Add a service, or change `service` as its next version (see `organizations.versioned.save_version`);
    `fields` are those of the model, lists of rows as dicts.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), another service has that name (service_taken),
            a unit or topic is not the body's (service_unit, service_topic), a list or text is too long
            (service_rows, text_too_long), a step names a clock that there is not (service_clock), or nobody
            says where the number of people comes from (service_reach).
    """
    called = squeeze(name)
    row = service or Service(institution=institution, code=slugify(called)[:60] or "servicio")
    values = {**fields, "name": called, "sort_key": sort_key(called)}
    _check(institution, values)
    try:
        saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("service_taken", name=called) from error
    if saved.is_changed:
        data = {"service": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "catalogue.service_saved", actor=actor, now=now, data=data)
    return saved.row


def _check_reach(values: dict[str, Any]) -> None:
    said = squeeze(str(values.get("reach_source") or ""))
    values["reach_source"] = said if values.get("reach") is not None else ""
    if values.get("reach") is not None and not said:
        raise Refused("service_reach")


def _check(institution: Institution, values: dict[str, Any]) -> None:
    units = unit_tree(institution).nodes
    for name in _TEXTS:
        values[name] = legible(str(values.get(name) or "")).strip()
        if len(values[name]) > LONGEST:
            raise Refused("text_too_long", length=len(values[name]), limit=LONGEST)
    for name in _LISTS:
        rows: Sequence[Mapping[str, Any]] = values.get(name) or []
        if len(rows) > ROWS:
            raise Refused("service_rows", most=ROWS)
        values[name] = [dict(row) for row in rows]
    asked = {values.get("responsible_id"), *(row.get("unit_id") for row in values["process"])}
    if not asked - {None} <= set(units):
        raise Refused("service_unit")
    if values.get("topic_id") not in {None, *topics(institution)}:
        raise Refused("service_topic")
    _check_reach(values)
    if not {row.get("clock") or "" for row in values["process"]} <= {"", *ClockLabel.values}:
        raise Refused("service_clock")
    values["process"] = _coded(values["process"])


def _coded(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps of a process, each with the code by which promises name it: its own, or a free one."""
    taken = {step["code"] for step in steps if step.get("code")}
    free = (f"p_{number}" for number in count(1) if f"p_{number}" not in taken)
    return [{**step, "code": step.get("code") or next(free)} for step in steps]
