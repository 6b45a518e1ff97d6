# SPDX-License-Identifier: EUPL-1.2
"""What somebody is told of a task that they have."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.processes.models import TaskRecord
from siac.processes.queries import task_text
from siac.ui.public import long_date

TITLE = "Tarea de un proceso"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (2 SQL)."""
    own = TaskRecord.objects.filter(institution=notice.institution_id).select_related("run__guide")
    row = own.get(pk=notice.subject_id)
    body = institution_of(notice.institution_id)
    said = task_text(row)
    path = reverse("workspace:processes:task", args=[body.slug, row.run_id, row.phase, row.task])
    due = f"Para el {long_date(row.due_on)}." if row.due_on else ""
    lines = [f"Usted tiene esta tarea: {said}.", due, f"{settings.SITE_URL}{path}", body.name]
    return f"Tarea: {said}"[:150], "\n\n".join(filter(None, lines))
