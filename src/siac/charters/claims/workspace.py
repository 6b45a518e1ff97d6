# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of what people claim: the list, and one claim with its decision."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.public import openable
from siac.charters.commands.claims import decide_claim
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Claim, ClaimState, Remedy
from siac.charters.queries import claims
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import long_date
from siac.ui.records import Row, record_form, record_list


class DecisionForm(Form):
    """What is decided on a claim."""

    is_upheld = forms.TypedChoiceField(
        label="Qué se decide", choices=[("si", "Tiene razón: se le debe la medida"), ("no", "No se acoge")],
        widget=forms.RadioSelect, coerce=lambda value: value == "si",
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip
    answer = forms.CharField(
        label="Por qué", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Diga por qué."}, help_text="La persona lo lee en su seguimiento.",
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.REMEDIES)
def claim_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what people claim, those to decide first due first."""
    asked = Asked.of(request, Filter("estado", "Estado", ClaimState.choices))
    state, slug = asked.kept.get("estado", ClaimState.FILED), access.institution.slug
    listing = asked.listing(claims(access.institution, state), ("due_on", "pk"))
    open_to = openable(access, [row.case_id for row in listing.rows])
    rows = [
        Row(
            [
                row.commitment.text,
                row.case.folio if row.case_id in open_to else "Reservada o de otra unidad",
                long_date(access.institution.local_date(row.filed_at)), long_date(row.due_on),
            ],
            reverse("workspace:charters:claim", args=[slug, row.pk]),
        )
        for row in listing.rows
    ]  # fmt: skip
    return record_list(
        request,
        title="Medidas pedidas",
        columns=("Qué no se habría cumplido", "Solicitud", "Pedida el", "Se decide antes del"),
        rows=rows,
        listing=listing,
        other=("Medidas que se deben", reverse("workspace:charters:remedies", args=[slug])),
        empty="Nadie espera una decisión.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.REMEDIES)
def claim(request: HttpRequest, access: Access, claim_id: int) -> HttpResponse:
    """Show a claim; whoever may open its request decides it, for they alone read what the person says.

    Raises:
        PermissionDenied: somebody else decides it.
    """
    rows = Claim.objects.filter(institution=access.institution, pk=claim_id)
    row = rows.select_related("commitment__edition__charter", "case", "decided_by").first()
    if row is None:
        raise Http404(str(claim_id))
    may_open = row.case_id in openable(access, [row.case_id])
    if not may_open and request.method == "POST":
        raise PermissionDenied("claim")
    if not may_open or row.state != ClaimState.FILED:
        return render(request, "charters/workspace/claim.html", {"row": row, "may_open": may_open})
    form = DecisionForm(request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        decide_claim(
            institution=access.institution, claim_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Decidido. La persona lo ve en su seguimiento.")
        owed = Remedy.objects.filter(breach__case=row.case_id, breach__commitment=row.commitment_id).first()
        if owed is not None and fields["is_upheld"]:  # what follows: how it is made good
            return redirect("workspace:charters:remedy", access.institution.slug, owed.pk)
        return redirect("workspace:charters:claims", access.institution.slug)

    said = f" Dice: «{row.words}»" if row.words else ""
    return record_form(
        request, form, save, title="Decidir una medida pedida", submit="Decidir",
        intro=f"«{row.commitment.text}», solicitud {row.case.folio}.{said}",
        back_url=reverse("workspace:charters:claims", args=[access.institution.slug]),
    )  # fmt: skip
