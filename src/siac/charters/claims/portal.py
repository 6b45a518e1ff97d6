# SPDX-License-Identifier: EUPL-1.2
"""What was promised to a person, what is owed to them, and how they claim it: from where they follow."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.public import Case, followed
from siac.charters.commands.claims import file_claim
from siac.charters.models import Breach, Claim, Commitment
from siac.charters.queries import breaches_of, claims_of, promised_to
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.ui.forms import Form
from siac.ui.public import refusal_text


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise with what became of it on one request."""

    commitment: Commitment
    breach: Breach | None
    claim: Claim | None

    @property
    def is_broken(self) -> bool:
        """Whether it is known as broken; one that a corrected calendar took back is not."""
        return self.breach is not None and self.breach.taken_back_at is None


def promised(case: Case) -> list[Promised]:
    """Return what a request was promised, and what became of it (2 SQL)."""
    breaches = {breach.commitment_id: breach for breach in breaches_of(case)}
    claimed = {claim.commitment_id: claim for claim in claims_of(case)}
    known = {each.pk: each for each in promised_to(case)}
    known |= {pk: breach.commitment for pk, breach in breaches.items()}
    return [Promised(each, breaches.get(pk), claimed.get(pk)) for pk, each in known.items()]


class ClaimForm(Form):
    """Which promise was not kept, and what happened."""

    commitment_id = forms.TypedChoiceField(
        label="Qué no cumplimos", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Elija qué no cumplimos."},
    )  # fmt: skip
    words = forms.CharField(
        label="Qué pasó", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si quiere, cuéntelo con sus palabras.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@limited("charters.claim", limit=20, window_seconds=3600)
@portal_page
@followed
def claim(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Show what was promised on a request and what is owed; take a claim for what nobody found yet."""
    lines = promised(case)
    left = [each for each in lines if not each.is_broken and each.claim is None]
    form = ClaimForm(request.POST or None)
    form.fields["commitment_id"].choices = [(each.commitment.pk, each.commitment.text) for each in left]  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            file_claim(institution=institution, case=case, now=current_time(), **form.cleaned_data)
            messages.success(request, "Recibimos su pedido. Aquí verá qué se decide.")
            return redirect("portal:charters:claim", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"case": case, "lines": lines, "form": form if left else None}
    status = 422 if form.is_bound else 200
    return render(request, "charters/portal/claim.html", context, status=status)
