# SPDX-License-Identifier: EUPL-1.2
"""The pages of campaigns, what came of them, and their evidence by unit."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.documents.public import attachments_of, staff_download
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Access, Words, history, overtaken, staff_page, unit_tree
from siac.outreach.commands.campaigns import FILES, evaluate_campaign, save_campaign
from siac.outreach.domain.reach import reached_share, standing
from siac.outreach.domain.rights import OutreachRight
from siac.outreach.forms import CampaignForm, EvaluationForm, campaign_filled
from siac.outreach.models import AudienceSide, Campaign, Medium
from siac.outreach.queries import campaign_for, campaigns
from siac.outreach.texts import STANDINGS
from siac.outreach.workspace.tabs import tabs
from siac.ui.lists import Asked, Filter
from siac.ui.records import record_form

_LIST, _ONE = "workspace:outreach:campaigns", "workspace:outreach:campaign"
_COLUMNS = (
    Column("Año", 8), Column("Campaña", 36), Column("Es", 12), Column("A quiénes", 36), Column("Mensaje", 50),
    Column("Medios", 36), Column("Unidad", 30), Column("Primer día", 12), Column("Último día", 12),
    Column("Costo", 12), Column("Alcance esperado", 14), Column("Alcance medido", 14),
    Column("Cómo se midió", 36), Column("Estado", 14), Column("Evaluación", 60),
)  # fmt: skip


def _stands(row: Campaign, today: date) -> tuple[str, str]:
    found = standing(
        row.starts_on, row.ends_on, is_evaluated=row.evaluated_on is not None, is_dropped=row.is_dropped,
        today=today,
    )  # fmt: skip
    return STANDINGS[found]


@require_safe
@staff_page(OutreachRight.READ)
def campaign_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the campaigns, by their first day (2 SQL)."""
    today = access.institution.local_date(current_time())
    years = [(str(year), str(year)) for year in range(today.year + 1, today.year - 5, -1)]
    asked = Asked.of(
        request,
        Filter("plan", "Año del plan", years),
        Filter("es", "Es", AudienceSide.choices, every="Todas"),
    )
    rows = campaigns(access.institution)
    for name, column in (("plan", "year"), ("es", "side")):
        if value := asked.kept.get(name):
            rows = rows.filter(**{column: value})
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        return table_response(
            _COLUMNS, (_cells(row, today) for row in rows), form=wanted, name="difusion", title="Difusión"
        )
    listing = asked.listing(rows, ("starts_on", "pk"), export_url=request.path)
    context = {
        "tabs": tabs(access), "asked": asked, "listing": listing, "may_keep": access.has(OutreachRight.KEEP),
        "rows": [
            (row, _stands(row, today), reached_share(row.reached, row.expected)) for row in listing.rows
        ],
    }  # fmt: skip
    return render(request, "outreach/workspace/campaigns.html", context)


def _cells(row: Campaign, today: date) -> list[Any]:
    return [
        row.year, row.title, row.get_side_display(), row.audience, row.message, "; ".join(row.media_names),
        row.unit.name if row.unit else "", row.starts_on, row.ends_on, row.cost, row.expected, row.reached,
        row.measured_by, _stands(row, today)[0], row.evaluation,
    ]  # fmt: skip


def _words(access: Access) -> Words:
    nodes, media = unit_tree(access.institution).nodes, dict(Medium.choices)
    return {
        "unit_id": lambda pk: nodes[pk].name if pk in nodes else str(pk),
        "media": lambda codes: ", ".join(str(media[code]) for code in codes if code in media),
        "side": lambda code: str(AudienceSide(code).label),
    }


@require_safe
@staff_page(OutreachRight.READ)
def campaign(request: HttpRequest, access: Access, campaign_id: int) -> HttpResponse:
    """Show a campaign: what it says, what came of it, its materials, evidence and history (4 SQL)."""
    row, today = campaign_for(access, campaign_id), access.institution.local_date(current_time())
    made = row.materials.filter(retired_at=None).select_related("edition__charter", "point")
    context = {
        "tabs": tabs(access), "campaign": row, "stands": _stands(row, today),
        "share": reached_share(row.reached, row.expected), "may_keep": access.has(OutreachRight.KEEP),
        "may_evaluate": row.starts_on <= today and not row.is_dropped,
        "materials": [(each, each.is_outdated(today)) for each in made],
        "files": attachments_of(access.institution.pk, FILES, [row.pk])[row.pk],
        "versions": history(row, _words(access)),
    }  # fmt: skip
    return render(request, "outreach/workspace/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(OutreachRight.KEEP)
def campaign_form(request: HttpRequest, access: Access, campaign_id: int | None = None) -> HttpResponse:
    """Plan a campaign, or change it."""
    institution = access.institution
    row = campaign_for(access, campaign_id) if campaign_id is not None else None
    filled = campaign_filled(row) if row else {"year": institution.local_date(current_time()).year}
    form = CampaignForm(institution, row, request.POST or None, initial=filled)

    def save(fields: dict[str, Any]) -> HttpResponse:
        fields["media"] = fields.pop("carried_by")  # the form has a `media` of its own
        saved = save_campaign(
            institution=institution, campaign=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Campaña guardada.")
        return redirect(_ONE, institution.slug, saved.pk)

    back = reverse(_ONE, args=[institution.slug, row.pk]) if row else reverse(_LIST, args=[institution.slug])
    return record_form(
        request, form, save, title=row.title if row else "Nueva campaña", back_url=back,
        overtaken=lambda refused: overtaken(form, refused, row, _words(access)) if row else (),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(OutreachRight.KEEP)
def evaluation(request: HttpRequest, access: Access, campaign_id: int) -> HttpResponse:
    """Say what came of a campaign, with its evidence."""
    row, institution = campaign_for(access, campaign_id), access.institution
    form = EvaluationForm(row, request.POST or None, request.FILES or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        files = fields.pop("attachments")
        evaluate_campaign(
            institution=institution,
            campaign=row,
            files=files,
            actor=access.user,
            now=current_time(),
            **fields,
        )
        messages.success(request, "Evaluación guardada.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title=f"Evaluar: {row.title}",
        back_url=reverse(_ONE, args=[institution.slug, row.pk]),
        overtaken=lambda refused: overtaken(form, refused, row, _words(access)),
    )  # fmt: skip


@require_safe
@staff_page(OutreachRight.READ)
def file(request: HttpRequest, access: Access, campaign_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file of evidence."""
    row = campaign_for(access, campaign_id)
    return staff_download(access.institution.pk, attachment_id, FILES, {row.pk})


@require_safe
@staff_page(OutreachRight.READ)
def archive(request: HttpRequest, access: Access) -> HttpResponse:
    """List the evidence by the unit that keeps it, the latest campaigns first (2 SQL)."""
    rows = list(campaigns(access.institution).order_by("-starts_on", "-pk")[:500])
    files = attachments_of(access.institution.pk, FILES, [row.pk for row in rows])
    by_unit: dict[str, list[Any]] = {}
    for row in rows:
        if files[row.pk]:
            by_unit.setdefault(row.unit.name if row.unit else "", []).append((row, files[row.pk]))
    context = {"tabs": tabs(access), "units": sorted(by_unit.items())}
    return render(request, "outreach/workspace/archive.html", context)
