# SPDX-License-Identifier: EUPL-1.2
"""The way from the page of a finding back to the chain of the promise that it is about."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now as current_time

from siac.charters.public import ABOUT_PROMISES, commitments_in_force, lineage, promises_found
from siac.findings.public import Finding, FindingPanel
from siac.organizations.public import Access, StaffRight


def of_promise(finding: Finding, access: Access) -> Mapping[str, Any] | None:
    """Return the promise that a finding is about, as it is in force, for whoever sees figures (1 SQL when
    warm, none of findings about something else).
    """
    if finding.subject_kind not in ABOUT_PROMISES or not access.has(StaffRight.FIGURES):
        return None
    about = promises_found(access.institution, [(finding.subject_kind, finding.subject_id or 0)])
    today = access.institution.local_date(current_time())
    current = commitments_in_force(access.institution, today)
    found = [each for each in current if lineage(each) in about.values()]
    return {"promise": found[0], "slug": access.institution.slug} if found else None


IN_CIRCLE = FindingPanel("El compromiso, de punta a punta", "reporting/workspace/_in_circle.html", of_promise)
