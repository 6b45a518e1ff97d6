# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone; and that a scanner of another house answers for nothing
here. Who handed a file in keeps the number of there, for the seal of the file covers it.
"""

from siac.documents.domain.files import ScanState
from siac.documents.models import Attachment
from siac.infra.environment import text
from siac.infra.travelling import register_changed, register_named, register_named_by


def name_rows() -> None:
    """Say it of each column of ours."""
    register_named(Attachment, keeps=True, uploaded_by_id="accounts_user")
    register_named_by(Attachment, "subject_id", by="subject_type")
    register_changed(Attachment, "scan_state", scanned_there)


def scanned_there(state: str | None) -> str:
    """Return how a file of another house stands here: where there is a scanner it waits for that, unless a
    virus was found in it; where there is none, nothing waits. No SQL.
    """
    if state == ScanState.INFECTED:
        return ScanState.INFECTED
    if text("SIAC_CLAMD", ""):
        return ScanState.PENDING
    return ScanState.OFF if state == ScanState.PENDING else ScanState(state or "")
