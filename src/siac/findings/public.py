# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `findings`."""

from siac.findings.commands.findings import change_finding, follow_finding, open_finding
from siac.findings.commands.root_causes import write_root_cause
from siac.findings.domain.rights import FindingRight
from siac.findings.domain.root_causes import Category
from siac.findings.domain.states import Step
from siac.findings.domain.subjects import Named, Subject, as_address, named, register_finding_subject
from siac.findings.models import CategoryLabel, Finding, RootCause, Severity, Source, StateLabel
from siac.findings.panels import FindingPanel, register_finding_panel
from siac.findings.queries import (
    all_findings,
    answerers,
    findings_about,
    findings_between,
    findings_by_subject,
    findings_in,
    may_follow,
    open_on,
    opening_address,
    overdue_findings,
    root_causes_of,
    visible_findings,
)

__all__ = [
    "Category",
    "CategoryLabel",
    "Finding",
    "FindingPanel",
    "FindingRight",
    "Named",
    "RootCause",
    "Severity",
    "Source",
    "StateLabel",
    "Step",
    "Subject",
    "all_findings",
    "answerers",
    "as_address",
    "change_finding",
    "findings_about",
    "findings_between",
    "findings_by_subject",
    "findings_in",
    "follow_finding",
    "may_follow",
    "named",
    "open_finding",
    "open_on",
    "opening_address",
    "overdue_findings",
    "register_finding_panel",
    "register_finding_subject",
    "root_causes_of",
    "visible_findings",
    "write_root_cause",
]
