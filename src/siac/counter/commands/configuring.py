# SPDX-License-Identifier: EUPL-1.2
"""Changes of lines and desks."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.catalogue.public import services, topics
from siac.counter.domain.states import LIVE
from siac.counter.models import Desk, QueueLine, Stage
from siac.counter.queries import lines
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration, save_version, unit_tree
from siac.servicepoints.public import service_points


@transaction.atomic
def save_line(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    line: QueueLine | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> QueueLine:
    """Add a line to a point, or change `line` as its next version (7 SQL); `fields` are those of the model.

    Raises:
        Refused: its letter is none (line_letter) or that of another line of the point (line_letter_taken), it
            names what is not the body's (line_place), people wait in a line that is to be put out of use or
            go to another point (line_waited_for), or somebody saved it meanwhile (saved_meanwhile).
    """
    row = line or QueueLine(institution=institution)
    if "prefix" in fields:
        fields["prefix"] = str(fields["prefix"]).strip().upper()
        if not (len(fields["prefix"]) == 1 and "A" <= fields["prefix"] <= "Z"):
            raise Refused("line_letter")
    _check_place(institution, fields)
    moves = fields.get("point_id", row.point_id) != row.point_id or not fields.get("is_active", True)
    if line is not None and moves and Stage.objects.filter(line=line, ended_at=None, state__in=LIVE).exists():
        raise Refused("line_waited_for")
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("line_letter_taken", letter=fields.get("prefix", row.prefix)) from error
    if saved.is_changed:
        data = {"line": saved.row.pk, "prefix": saved.row.prefix, "version": saved.row.version}
        note_configuration(institution.pk, "counter.line_saved", actor=actor, now=now, data=data)
    return saved.row


def _check_place(institution: Institution, fields: dict[str, Any]) -> None:
    known = {
        "point_id": service_points(institution), "unit_id": unit_tree(institution).nodes,
        "topic_id": topics(institution), "service_id": services(institution),
    }  # fmt: skip
    for name, those in known.items():
        if fields.get(name) is not None and fields[name] not in those:
            raise Refused("line_place")


@transaction.atomic
def save_desk(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    desk: Desk | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Desk:
    """Add a desk to a point, or change `desk` as its next version (6 SQL); `fields` are those of the model.

    Raises:
        Refused: its point is not the body's (line_place), its lines are not of its point (desk_lines), its
            name is that of another desk of the point (desk_name_taken), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    row = desk or Desk(institution=institution)
    _check_place(institution, {"point_id": fields.get("point_id")})
    point_id = fields.get("point_id", row.point_id)
    fields["line_ids"] = sorted(set(fields.get("line_ids", row.line_ids)))
    known = lines(institution)
    wrong = any(pk not in known or known[pk].point_id != point_id for pk in fields["line_ids"])
    if wrong or not fields["line_ids"]:
        raise Refused("desk_lines")
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("desk_name_taken", name=fields.get("name", row.name)) from error
    if saved.is_changed:
        data = {"desk": saved.row.pk, "point": saved.row.point_id, "version": saved.row.version}
        note_configuration(institution.pk, "counter.desk_saved", actor=actor, now=now, data=data)
    return saved.row
