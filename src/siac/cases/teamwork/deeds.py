# SPDX-License-Identifier: EUPL-1.2
"""What colleagues leave for each other on a case."""

from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.teamwork import commands as teamwork
from siac.cases.teamwork.forms import NoteForm, TaskForm

DEEDS = (
    Deed(
        "nota",
        "Nota interna",
        "n",
        Move.NOTE,
        CaseRight.FILE,
        NoteForm,
        teamwork.note_with_mentions,
        "Nota guardada.",
        place=170,
    ),
    Deed(
        "tarea",
        "Agregar una tarea",
        "",
        Move.NOTE,
        CaseRight.WORK,
        TaskForm,
        teamwork.add_task,
        "Tarea agregada.",
        asks_body=True,
        place=190,
    ),
)
