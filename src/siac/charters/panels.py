# SPDX-License-Identifier: EUPL-1.2
"""What pages of requests, attentions and surveys show of what was promised."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from siac.cases.public import AttentionPanel, Case, Interaction, Panel
from siac.charters.domain.commitments import Form
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Commitment
from siac.charters.queries import (
    breaches_of,
    breaches_of_attention,
    commitments_in_force,
    judged_of,
    promised_to,
)
from siac.infra.metrics import metric
from siac.organizations.public import Access, Institution
from siac.surveys.public import Promised, Survey


def broken_promises(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the breaches of a case with their remedies; staff who manage remedies also get the way
    to them.
    """
    breaches = breaches_of(case)
    if not breaches:
        return None
    manages = access is not None and access.has(CharterRight.DECIDE)
    return {"breaches": breaches, "slug": case.institution.slug if manages else ""}


def promises_kept(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return what a request was promised, for its person; staff see its clocks. No SQL when warm."""
    promised = promised_to(case) if access is None else []
    return {"promised": promised, "slug": case.institution.slug} if promised else None


def attention_promises(row: Interaction, access: Access) -> Mapping[str, Any] | None:
    """Return what was promised of an attention, each with whether it was kept, its breach or None, and its
    remedy (2 SQL, none where nothing is promised of attentions); staff who manage remedies also get the way
    to them.
    """
    judged = judged_of(access.institution, row)
    if not judged:
        return None
    broken = {each.commitment_id: each for each in breaches_of_attention(row)}
    return {
        "promised": [(each, is_kept, broken.get(each.pk)) for each, is_kept in judged],
        "row": row,
        "slug": access.institution.slug if access.has(CharterRight.DECIDE) else "",
    }


_OF_SURVEYS = ("surveys", "invitations")


def promises_of_survey(institution: Institution, survey: Survey, today: date) -> list[Promised]:
    """Return the figures promised in a charter in force that rest on a survey. No SQL when warm."""
    return [
        Promised(
            each.text,
            reverse("workspace:charters:register", args=[institution.slug, each.edition.charter_id]),
            reverse("portal:charters:register", args=[institution.slug, each.edition.charter.code]),
        )
        for each in commitments_in_force(institution, today)
        if _rests_on(each, survey)
    ]


def _rests_on(commitment: Commitment, survey: Survey) -> bool:
    indicator = commitment.indicator
    if commitment.form != Form.FIGURE or indicator is None or not indicator.metric:
        return False
    asked = indicator.filters.get("survey", ())
    return metric(indicator.metric).of.source in _OF_SURVEYS and (not asked or str(survey.pk) in asked)


OF_ATTENTION = AttentionPanel(
    title="Lo que se le prometió", template="charters/_attention.html", context=attention_promises
)
PROMISES = Panel(
    title="Lo que le prometimos",
    template="charters/_promised.html",
    context=promises_kept,
    for_citizen=True,
)
PANEL = Panel(
    title="Compromisos",
    template="charters/_panel.html",
    context=broken_promises,
    for_citizen=True,
    only_missed=True,
)
