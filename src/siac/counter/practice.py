# SPDX-License-Identifier: EUPL-1.2
"""How counters come over into a practice body."""

from siac.catalogue.public import Service, Topic
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.models import Desk, QueueLine
from siac.counter.queries import desks, lines
from siac.organizations.public import Copying, PracticePart, Unit
from siac.servicepoints.public import ServicePoint


def _copy_lines(copying: Copying) -> None:
    """Copy the lines in use of points that came over."""

    def copy(row: QueueLine) -> QueueLine:
        return save_line(
            **copying.common, prefix=row.prefix, name=row.name, hint=row.hint,
            point_id=copying.new_id(ServicePoint, row.point_id), unit_id=copying.new_id(Unit, row.unit_id),
            topic_id=copying.new_id(Topic, row.topic_id), service_id=copying.new_id(Service, row.service_id),
        )  # fmt: skip

    copying.each(
        (
            row
            for row in lines(copying.source).values()
            if row.is_active
            and copying.new_id(ServicePoint, row.point_id) is not None
            and copying.new_id(Unit, row.unit_id) is not None
        ),
        copy,
    )


def _copy_desks(copying: Copying) -> None:
    """Copy the desks in use that serve a line that came over."""

    def copy(row: Desk) -> Desk:
        return save_desk(
            **copying.common, name=row.name, point_id=copying.new_id(ServicePoint, row.point_id),
            line_ids=_lines(copying, row),
        )  # fmt: skip

    copying.each(
        (row for row in desks(copying.source).values() if row.is_active and _lines(copying, row)), copy
    )


def _lines(copying: Copying, row: Desk) -> list[int]:
    found = [copying.new_id(QueueLine, pk) for pk in row.line_ids]
    return [pk for pk in found if pk is not None]


PARTS = (
    PracticePart("queue lines", 47, _copy_lines, ("counter.QueueLine",)),
    PracticePart("desks", 48, _copy_desks, ("counter.Desk",)),
)
_REAL = "Real people who came to the source."
LEFT_BEHIND = {
    "counter.Visit": _REAL,
    "counter.Stage": _REAL,
    "counter.TurnFact": _REAL,
    "counter.Halt": "What happened on one day at the source.",
    "counter.DeskShift": "When somebody sat at a desk of the source.",
}
