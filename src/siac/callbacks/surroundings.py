# SPDX-License-Identifier: EUPL-1.2
"""What calls to return add to pages of lower contexts: the page of an attention, and a service explained."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from siac.callbacks.domain.rights import CallRight
from siac.callbacks.domain.states import State
from siac.callbacks.forms import PromiseForm
from siac.callbacks.models import CallBack
from siac.callbacks.queries import rule_of
from siac.callbacks.telling import due_words
from siac.callbacks.texts import STATES
from siac.cases.public import SERVICE, AttentionPanel, Interaction
from siac.catalogue.public import Service, ServiceAct
from siac.organizations.public import Access


def of_attention(row: Interaction, access: Access) -> Mapping[str, Any] | None:
    """Return the calls promised in an attention, and the form that promises one (2 SQL); None for whoever
    promises none, and where there is nobody to call.
    """
    if not access.has(CallRight.CALL) or row.person_id is None:
        return None
    found = CallBack.objects.filter(institution=access.institution, interaction=row)
    rows = list(found.select_related("institution").order_by("-promised_at", "-pk"))
    may = row.withdrawn_at is None and not any(each.is_open for each in rows)
    return {
        "rows": [(each, STATES[State(each.state)], due_words(each)) for each in rows],
        "form": PromiseForm(initial={"within": rule_of(access.institution).within}) if may else None,
        "slug": access.institution.slug,
        "attention": row,
    }


PANEL = AttentionPanel(
    title="Devolver la llamada", template="callbacks/workspace/_attention.html", context=of_attention
)


def _url(service: Service, access: Access) -> str:
    if not access.has(CallRight.CALL):
        return ""
    form = reverse("workspace:callbacks:promise", args=[access.institution.slug])
    return f"{form}?{SERVICE}={service.pk}"


ACT = ServiceAct("Prometer una llamada", "l", _url)


def attentions_awaited() -> QuerySet[Any, int]:
    """Return the keys of the attentions whose person is still to be called: they are not forgotten yet."""
    rows = CallBack.objects.filter(state=State.OPEN).order_by()
    return rows.values_list("interaction", flat=True)
