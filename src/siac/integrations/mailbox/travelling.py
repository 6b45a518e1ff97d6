# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_sorts
from siac.integrations.mailbox.models import IncomingMail


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(IncomingMail, notice_id="notices_notice")
    register_sorts({"mail": IncomingMail})
