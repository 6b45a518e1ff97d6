# SPDX-License-Identifier: EUPL-1.2
"""The attention that a case came from, and the one that follows a service explained."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from siac.cases.attentions.access import may_see
from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import Panel
from siac.cases.models import Case, Interaction
from siac.cases.surroundings.reading import Fragment
from siac.catalogue.public import Service, ServiceAct
from siac.organizations.public import Access

FRAGMENTS = (
    Fragment(
        "interaction",
        "(SELECT to_jsonb(i) FROM cases_interaction i WHERE i.case_id = cases_case.id)",
        related=Interaction,
    ),
)


def attention_panel(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the attention that a case came from, for staff who may open it (no SQL: `case_for` brings it
    along).
    """
    row: Interaction | None = getattr(case, "interaction", None)
    if access is None or row is None or not may_see(access, row):
        return None
    return {"row": row, "slug": access.institution.slug}


PANEL = Panel(title="Atención", template="cases/workspace/_attention.html", context=attention_panel)
SERVICE = "servicio"
"""The service that an attention is about, in the address of the form."""


def attention_url(service: Service, access: Access) -> str:
    """Return where an attention about a service is registered; empty for whoever registers none. No SQL."""
    if not access.has(CaseRight.FILE):
        return ""
    form = reverse("workspace:cases:attention_new", args=[access.institution.slug])
    return f"{form}?{SERVICE}={service.pk}"


ACT = ServiceAct("Registrar atención", "r", attention_url)
