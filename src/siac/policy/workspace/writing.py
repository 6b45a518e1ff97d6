# SPDX-License-Identifier: EUPL-1.2
"""The pages on which the policy is written, proposed and approved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Change, history, overtaken, staff_page
from siac.policy.commands.approving import approve_edition, call_back, propose
from siac.policy.commands.policies import add_documents, save_facts, save_links, save_policy, start_edition
from siac.policy.commands.sections import save_cells, save_section
from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.sections import BY_CODE, LINES, Section, names
from siac.policy.domain.states import EditionState
from siac.policy.forms import (
    ApproveForm,
    CellsForm,
    DocumentsForm,
    FactsForm,
    LinksForm,
    PolicyForm,
    SectionForm,
)
from siac.policy.models import PolicyEdition, PolicySection
from siac.policy.options import options_of
from siac.policy.queries import edition_for, links_of, policy_of, sections_of
from siac.policy.reading import matrix_of
from siac.policy.sealing import content_digest
from siac.policy.workspace.pages import asking_of
from siac.ui.forms import Form, renew_basis
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_SEALED = "Queda sellada como está. La edición anterior termina el día antes de que esta rija."
_NOT_YET = "Todavía está en redacción: se aprueba después de que la aprueben sus órganos."
_HOME, _ONE = "workspace:policy:policy", "workspace:policy:edition"


def place(access: Access, edition: PolicyEdition, at: str = "") -> str:
    """Return the address of an edition, or of a place on its page. No SQL."""
    url = reverse(_ONE, args=[access.institution.slug, edition.number])
    return f"{url}#{at}" if at else url


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def policy_form(request: HttpRequest, access: Access) -> HttpResponse:
    """Set up the policy, or say which councils must approve it."""
    row = policy_of(access.institution)
    form = PolicyForm(access, row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_policy(
            institution=access.institution, policy=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Política guardada.")
        return redirect(_HOME, access.institution.slug)

    known = dict(form.fields["council_ids"].choices)  # type: ignore[attr-defined]
    words = {"council_ids": lambda ids: ", ".join(known.get(pk, str(pk)) for pk in ids)}
    return record_form(
        request, form, save, title="Política de calidad",
        back_url=reverse(_HOME, args=[access.institution.slug]),
        versions=history(row, words) if row else (),
        overtaken=lambda refused: overtaken(form, refused, row, words) if row else (),
    )  # fmt: skip


@require_POST
@staff_page(PolicyRight.KEEP)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin an edition: the first empty, the others with what the one before says."""
    try:
        row = start_edition(institution=access.institution, actor=access.user, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_HOME, access.institution.slug)
    messages.success(request, f"Edición {row.number} en redacción.")
    return redirect(place(access, row))


def draft_of(request: HttpRequest, access: Access, number: int) -> PolicyEdition:
    """Return an edition whose form is shown: a draft; or whatever it became while somebody typed, whose form
    then keeps what was typed and says that it is closed (1 SQL).

    Raises:
        Http404: there is none, or it is none that can be written.
    """
    row = edition_for(access, number)
    if not row.is_draft and request.method != "POST":
        raise Http404(str(number))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def facts(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Say what a draft is called, and which offices write and validate it."""
    row = draft_of(request, access, number)
    form = FactsForm(row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_facts(
            institution=access.institution, number=number, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Datos de la edición guardados.")
        return redirect(place(access, row))

    return record_form(
        request, form, save, title=f"Datos de la edición {number}", back_url=place(access, row),
        versions=history(row, {}), overtaken=lambda refused: overtaken(form, refused, row, {}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def documents(request: HttpRequest, access: Access) -> HttpResponse:
    """Add documents that instruments of principles can name.

    Raises:
        Http404: the body has no policy.
    """
    if policy_of(access.institution) is None:
        raise Http404("documents")
    form, back = DocumentsForm(request.POST or None, request.FILES or None), access.institution.slug

    def save(fields: dict[str, Any]) -> HttpResponse:
        add_documents(
            institution=access.institution, files=fields["attachments"], actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Documentos agregados: ya se pueden elegir en los instrumentos.")
        return redirect(_HOME, back)

    return record_form(
        request, form, save, title="Agregar documentos", back_url=reverse(_HOME, args=[back]),
        field="attachments",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def section(request: HttpRequest, access: Access, number: int, code: str) -> HttpResponse:
    """Write a section of a draft."""
    edition, of = draft_of(request, access, number), BY_CODE.get(code)
    if of is None:
        raise Http404(code)
    sections = sections_of(edition)
    row = sections[code]
    options = options_of(access.institution, of, sections, asking_of(access).today)
    form = SectionForm(of, row, options, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_section(
            institution=access.institution, number=number, code=code, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, f"«{of.title}» guardado.")
        return redirect(place(access, edition, code))

    return record_form(
        request, form, save, title=of.title, back_url=place(access, edition, code),
        overtaken=lambda refused: meanwhile(form, refused, edition, of),
    )  # fmt: skip


def meanwhile(form: Form, refused: Refused, edition: PolicyEdition, of: Section) -> list[Change]:
    """Return who saved a section while somebody typed, when, and what it says now; then what was typed can be
    saved all the same (2 SQL where somebody did).
    """
    if refused.code != "saved_meanwhile":
        return []
    renew_basis(form, refused)
    row = PolicySection.objects.filter(edition=edition, code=of.code).first()
    last = row.versions.select_related("saved_by").order_by("-number").first() if row else None
    if row is None:
        return []
    who = last.saved_by.name if last and last.saved_by else "la instalación"
    typed = str(form.cleaned_data.get("text", ""))
    found = [Change(f"{of.title}, guardado por {who}", "", f"versión {row.version}", "lo que sigue abajo")]
    if "text" in form.fields and typed != row.text:
        found.append(Change("Texto", "", row.text or "vacío", typed or "vacío"))
    stands = "; ".join(str(each.get("name") or each.get("text") or each.get("said")) for each in row.rows)
    if row.rows:
        found.append(Change("Filas", "", stands, "las que siguen abajo"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def cells(request: HttpRequest, access: Access, number: int, code: str, row: str) -> HttpResponse:
    """Write the links of one row of a matrix."""
    edition, of = draft_of(request, access, number), BY_CODE.get(code)
    sections = sections_of(edition)
    drawn = matrix_of(of, sections) if of else None
    line = next((each for each in drawn.lines if each.code == row), None) if drawn else None
    if of is None or drawn is None or line is None:
        raise Http404(row)
    kept = sections[code]
    form = CellsForm(drawn, line, kept.version if kept.pk else 0, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_cells(
            institution=access.institution, number=number, code=code, row=row, said=form.said,
            based_on=fields["based_on"], actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, f"Vínculos de «{line.name}» guardados.")
        return redirect(place(access, edition, code))

    return record_form(
        request, form, save, title=f"Vínculos de «{line.name}»", back_url=place(access, edition, code),
        intro=f"{line.says} Escriba en qué consiste cada vínculo; vacío, no lo hay.",
        overtaken=lambda refused: meanwhile(form, refused, edition, of),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def links(request: HttpRequest, access: Access, number: int, line: str) -> HttpResponse:
    """Say by what the progress of a line of action is seen; of an approved edition too."""
    edition = edition_for(access, number)
    named = names(sections_of(edition)[LINES].rows)
    if line not in named:
        raise Http404(line)
    linked = links_of(edition.policy).get(line, [])
    form = LinksForm(asking_of(access), linked, request.POST or None)
    back = reverse("workspace:policy:progress", args=[access.institution.slug])

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_links(
            institution=access.institution, edition=edition, line=line, things=form.linked, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Vínculos guardados.")
        return redirect(back)

    return record_form(request, form, save, title=named[line], back_url=back)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.APPROVE)
def approve(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Approve an edition that its councils approved, as it stands; before they did, it is said who is
    missing.

    Raises:
        Http404: there is none, or it was approved.
    """
    edition = edition_for(access, number)
    if edition.state == EditionState.APPROVED:
        raise Http404(str(number))
    form = ApproveForm(edition, content_digest(edition, sections_of(edition)), request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        approve_edition(
            institution=access.institution, number=number, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, f"Edición {number} aprobada.")
        return redirect(place(access, edition))

    return record_form(
        request, form, save, title=f"Aprobar la edición {number}", submit="Aprobar",
        back_url=place(access, edition),
        intro=_SEALED if edition.state == EditionState.REVIEW else _NOT_YET,
    )  # fmt: skip


@require_POST
@staff_page(PolicyRight.KEEP)
def act(request: HttpRequest, access: Access, number: int, code: str) -> HttpResponse:
    """Propose a draft to its councils, or take it back.

    Raises:
        Http404: there is no such edition, or nothing of that name to do.
    """
    edition, common = edition_for(access, number), {"institution": access.institution, "number": number}
    now = current_time()
    try:
        if code == "proponer":
            propose(**common, seen=request.POST.get("visto") or None, actor=access.user, now=now)  # type: ignore[arg-type]
            messages.success(request, "Propuesta: los órganos ya pueden decidir sobre ella.")
        elif code == "retirar":
            call_back(**common, actor=access.user, now=now)  # type: ignore[arg-type]
            messages.success(request, "La edición volvió a redacción.")
        else:
            raise Http404(code)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(place(access, edition))
