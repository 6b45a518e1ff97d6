# SPDX-License-Identifier: EUPL-1.2
"""Pages of `processes`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.documents.public import Attachment, check_uploads
from siac.processes.commands.running import finish_task
from siac.processes.public import adopt_guide, start_process
from siac.processes.queries import FILES
from tests.architecture.samples.whom import HOUSE, Made, Sample, with_
from tests.factories import House

_KEEPING = frozenset({Role.QUALITY_MANAGER, Role.PLANNING})
_WRITERS = frozenset({Role.QUALITY_MANAGER, Role.ADMINISTRATOR})


def _at(**more: str) -> Callable[[Made], dict[str, Any]]:
    return lambda made: {"run_id": made["process"], **more}


SAMPLES = {
    "workspace:processes:processes": Sample(HOUSE),
    "workspace:processes:tasks": Sample(HOUSE),
    "workspace:processes:process": Sample(HOUSE, _at()),
    "workspace:processes:task": Sample(_KEEPING, _at(phase="F3", code="t1")),
    "workspace:processes:task_undo": Sample(_KEEPING, _at(phase="F1", code="t1"), post=True, moved=True),
    "workspace:processes:task_assign": Sample(_KEEPING, _at(phase="F3", code="t1")),
    "workspace:processes:phase_act": Sample(_KEEPING, _at(phase="F1", act="omitir")),
    "workspace:processes:file": Sample(
        HOUSE, lambda made: {"run_id": made["process"], "attachment_id": made["process_file"]}
    ),
    "workspace:processes:guides": Sample(HOUSE),
    "workspace:processes:guide": Sample(HOUSE, with_(guide_id="guide")),
    "workspace:processes:guide_new": Sample(_WRITERS),
    "workspace:processes:guide_change": Sample(_WRITERS, with_(guide_id="guide")),
    "workspace:processes:guide_adopt": Sample(
        _WRITERS, lambda made: {"code": "rd-951-2005"}, post=True, moved=True
    ),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Begin a process about the charter of the body, with a task done and a file that shows it."""
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": now}
    guide = adopt_guide(**common, code="mtpe-f1-f12")
    run = start_process(**common, guide=guide, subject_id=made["charter"])
    shown = SimpleUploadedFile("acta.txt", b"Se acuerda elaborar la carta", "text/plain")
    record = finish_task(
        **common, run_id=run.pk, phase="F1", task="t1", note="Acta", files=check_uploads([shown])
    )
    file = Attachment.objects.get(subject_type=FILES, subject_id=record.pk)
    return {"process": run.pk, "guide": guide.pk, "process_file": file.pk}
