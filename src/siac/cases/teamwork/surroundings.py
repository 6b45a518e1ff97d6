# SPDX-License-Identifier: EUPL-1.2
"""What colleagues leave for each other on a case, and who answers it now."""

from dataclasses import dataclass
from datetime import date, datetime

from siac.cases.domain.checklist import Item
from siac.cases.models import Case
from siac.cases.surroundings.reading import Fragment, around

FRAGMENTS = (
    Fragment(
        "tasks",
        """ARRAY(SELECT jsonb_build_object('pk', t.id, 'text', t.text, 'due_on', t.due_on,
          'who', COALESCE(u.name, n.name), 'done_at', t.done_at, 'done_by', d.name)
        FROM cases_casetask t LEFT JOIN accounts_user u ON u.id = t.user_id
          LEFT JOIN organizations_unit n ON n.id = t.unit_id LEFT JOIN accounts_user d ON d.id = t.done_by_id
        WHERE t.case_id = cases_case.id ORDER BY t.done_at NULLS FIRST, t.due_on, t.id)""",
    ),
    Fragment(
        "ticks",
        """ARRAY(SELECT jsonb_build_array(k.code, u.name, k.at) FROM cases_checklisttick k
        JOIN accounts_user u ON u.id = k.user_id WHERE k.case_id = cases_case.id)""",
    ),
    Fragment(
        "writers",
        """ARRAY(SELECT jsonb_build_array(w.user_id, u.name, w.seen_at) FROM cases_presence w
        JOIN accounts_user u ON u.id = w.user_id WHERE w.case_id = cases_case.id ORDER BY u.name, u.id)""",
    ),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who answers a case: when the last sign of it came."""

    user_id: int
    name: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task as the page of its case names it: who does it by when, and who did it."""

    pk: int
    text: str
    due_on: date
    who: str
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """An item of the checklist with who ticked it and when; None: nobody yet."""

    item: Item
    by: str | None
    at: datetime | None


def writers_of(case: Case) -> list[Writer]:
    """Return who has been answering `case` in the last hour, by name; no SQL after `read_whole`."""
    return [
        Writer(pk, name, datetime.fromisoformat(seen_at)) for pk, name, seen_at in around(case)["writers"]
    ]


def tasks_of(case: Case) -> list[ShownTask]:
    """Return the tasks on `case`, the open ones first by their day; no SQL after `read_whole`."""
    return [
        ShownTask(
            row["pk"], row["text"], date.fromisoformat(row["due_on"]), row["who"],
            datetime.fromisoformat(row["done_at"]) if row["done_at"] else None, row["done_by"],
        )
        for row in around(case)["tasks"]
    ]  # fmt: skip


def checklist_of(case: Case) -> list[Checked]:
    """Return the checklist of the kind of `case` with its ticks; no SQL after `read_whole`."""
    ticks = {code: (by, datetime.fromisoformat(at)) for code, by, at in around(case)["ticks"]}
    return [Checked(item, *ticks.get(item.code, (None, None))) for item in case.kind.checklist_items()]
