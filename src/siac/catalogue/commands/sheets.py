# SPDX-License-Identifier: EUPL-1.2
"""What a sheet may say, whether it is published or still being written."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from siac.catalogue.domain.services import LONGEST, LONGEST_CELL, ROWS
from siac.catalogue.models import SHEET_FIELDS
from siac.catalogue.queries import topics
from siac.catalogue.texts import ClockLabel
from siac.documents.public import living_files
from siac.kernel.errors import Refused
from siac.kernel.text import legible, sort_key, squeeze
from siac.organizations.public import Institution, unit_tree

FORM_FILES = "catalogue.form"
"""Subject of the files of forms, as `documents` keeps them; its id is the draft they came with."""
MOST_FEE = 10**12
_TEXTS = ("summary", "entitled")
_LISTS = ("requirements", "steps", "channels", "legal", "form_links", "questions", "process")


def cleaned(institution: Institution, name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a sheet as they are written, rows with their codes; lists that are not given are
    empty. At most 1 SQL: where forms are files.

    Raises:
        Refused: a unit or topic is not the body's (service_unit, service_topic), a list, row or text is too
            long (service_rows, service_row, text_too_long), a step names a clock that there is not
            (service_clock), nobody says where the number of people comes from (service_reach), the cost is
            none of the country (service_fee), or a file is none of a form of the body (service_form_file).
    """
    called = squeeze(name)
    values = {**fields, "name": called, "sort_key": sort_key(called)}
    _check_texts(values)
    _check_places(institution, values)
    _check_reach(values)
    _check_fee(institution, values)
    _check_files(institution, values)
    if not {row.get("clock") or "" for row in values["process"]} <= {"", *ClockLabel.values}:
        raise Refused("service_clock")
    values["process"] = _coded(values["process"])
    return values


def sheet_of(row: Any) -> dict[str, Any]:
    """Return the columns of a sheet as they stand in a row, published or not."""
    return {name: getattr(row, name) for name in SHEET_FIELDS}


def _check_texts(values: dict[str, Any]) -> None:
    for name in _TEXTS:
        values[name] = legible(str(values.get(name) or "")).strip()
        if len(values[name]) > LONGEST:
            raise Refused("text_too_long", length=len(values[name]), limit=LONGEST)
    for name in _LISTS:
        rows: Sequence[Mapping[str, Any]] = values.get(name) or []
        if len(rows) > ROWS:
            raise Refused("service_rows", most=ROWS)
        values[name] = [dict(row) for row in rows]
        cells = (cell for row in values[name] for cell in row.values())
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            raise Refused("service_row", most=LONGEST_CELL)


def _check_places(institution: Institution, values: dict[str, Any]) -> None:
    units = unit_tree(institution).nodes
    asked = {values.get("responsible_id"), *(row.get("unit_id") for row in values["process"])}
    if not asked - {None} <= set(units):
        raise Refused("service_unit")
    if values.get("topic_id") not in {None, *topics(institution)}:
        raise Refused("service_topic")


def _check_reach(values: dict[str, Any]) -> None:
    said = squeeze(str(values.get("reach_source") or ""))
    values["reach_source"] = said if values.get("reach") is not None else ""
    if values.get("reach") is not None and not said:
        raise Refused("service_reach")


def _check_fee(institution: Institution, values: dict[str, Any]) -> None:
    fee, unit = values.get("fee"), values.get("fee_unit") or ""
    known = {each.code for each in institution.country.money}
    if (
        (fee is not None and not 0 <= fee <= MOST_FEE)
        or bool(fee) != bool(unit)
        or (unit and unit not in known)
    ):
        raise Refused("service_fee")
    values["fee_unit"] = unit


def _check_files(institution: Institution, values: dict[str, Any]) -> None:
    asked = {row["file"] for row in values["form_links"] if row.get("file")}
    if asked and living_files(FORM_FILES).filter(institution_id=institution.pk, pk__in=asked).count() != len(
        asked
    ):
        raise Refused("service_form_file")


def _coded(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps of a process, each with the code by which promises name it: its own, or a free one."""
    taken = {step["code"] for step in steps if step.get("code")}
    free = (f"p_{number}" for number in count(1) if f"p_{number}" not in taken)
    return [{**step, "code": step.get("code") or next(free)} for step in steps]
