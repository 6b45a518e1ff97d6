# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows; features
say it of theirs.
"""

from siac.cases.models import (
    AnswerDraft,
    Case,
    CaseKind,
    CaseMessage,
    Cause,
    FilingDraft,
    FormFact,
    Undoable,
)
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(Undoable, message_id="cases_casemessage")
    register_named(FormFact, kind_id="cases_casekind")
    register_sorts({"case": Case, "case-kind": CaseKind, "kind": CaseKind, "cause": Cause})
    register_sorts({"draft": FilingDraft, "message": CaseMessage, "respuesta": CaseMessage})
    register_sorts({"answer_draft": AnswerDraft})
