# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `findings`."""

from siac.findings.commands.findings import change_finding, follow_finding, open_finding
from siac.findings.domain.rights import FindingRight
from siac.findings.domain.states import Step
from siac.findings.domain.subjects import Named, Subject, register_finding_subject
from siac.findings.models import Finding, Severity, Source, StateLabel
from siac.findings.queries import (
    answerers,
    findings_about,
    findings_between,
    findings_by_subject,
    may_follow,
    open_on,
    overdue_findings,
    visible_findings,
)

__all__ = [
    "Finding",
    "FindingRight",
    "Named",
    "Severity",
    "Source",
    "StateLabel",
    "Step",
    "Subject",
    "answerers",
    "change_finding",
    "findings_about",
    "findings_between",
    "findings_by_subject",
    "follow_finding",
    "may_follow",
    "open_finding",
    "open_on",
    "overdue_findings",
    "register_finding_subject",
    "visible_findings",
]
