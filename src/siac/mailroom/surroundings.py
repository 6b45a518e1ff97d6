# SPDX-License-Identifier: EUPL-1.2
"""The paper that a case came from."""

from siac.cases.public import Fragment
from siac.mailroom.models import IncomingPaper

FRAGMENTS = (
    Fragment(
        "paper",
        "(SELECT to_jsonb(p) FROM cases_incomingpaper p WHERE p.case_id = cases_case.id)",
        related=IncomingPaper,
    ),
)
