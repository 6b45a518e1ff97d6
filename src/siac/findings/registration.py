# SPDX-License-Identifier: EUPL-1.2
"""What findings add to lower contexts, said once when the application starts."""

from collections.abc import Iterator

from siac.accounts.public import register_rights
from siac.findings.domain.rights import FindingRight
from siac.findings.series import NUMBERS
from siac.findings.texts import RECORDED, REFUSALS
from siac.findings.travelling import name_rows
from siac.infra.metrics import FACTS
from siac.journal.public import declare_events, register_verification
from siac.organizations.public import register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register rights, words, the menu entry and the check of the numbers."""
    name_rows()
    register_rights(FindingRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED, untrue=(FACTS,))
    register_nav(
        NavItem("Hallazgos", "workspace:findings:findings", FindingRight.READ, 10, group=NavGroup.IMPROVEMENT)
    )
    register_verification("findings", number_problems)
    register_left_behind(
        dict.fromkeys(
            ("findings.Finding", "findings.FindingNote", "findings.FindingNumber", "findings.RootCause"),
            "What was found in the real body; practice finds its own.",
        )
    )


def number_problems(institution_id: int) -> Iterator[str]:
    """Yield each year whose findings are not numbered without gaps, as Spanish sentences (1 SQL)."""
    for gap in NUMBERS.gaps(institution_id):
        numbers = f"{gap.rows} con números {gap.low} a {gap.high}"
        yield f"hallazgos de {gap.key}: {numbers}; el contador dice {gap.counted}"
