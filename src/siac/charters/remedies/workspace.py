# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of what is owed for broken promises: the list, and one remedy with what is done of it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.charters.commands.remedies import (
    LONGEST_LETTER,
    decide_remedy,
    deliver_remedy,
    letter_of,
    send_letter,
)
from siac.charters.domain.parts import Norm
from siac.charters.domain.rights import CharterRight
from siac.charters.found import BREACH
from siac.charters.models import WAITING, Charter, Remedy, RemedyState
from siac.charters.queries import remedies
from siac.charters.remedies.letters import letter_begun
from siac.charters.subjects import BREACH_OF, of_unit, told
from siac.charters.texts import RemedyKind
from siac.findings.public import opening_address
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.notices.public import STATES, State
from siac.organizations.public import Access, staff_page, unit_options
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text

_COLUMNS = (
    Column("medida", 8), Column("solicitud o atención", 22), Column("unidad", 30), Column("carta", 40),
    Column("compromiso", 60), Column("no se cumplió el", 14), Column("tipo", 20), Column("qué se debe", 60),
    Column("estado", 14), Column("último día", 14), Column("decidida el", 14), Column("resuelta el", 14),
)  # fmt: skip
_LETTER, _DELIVERED, _LATER, _REFUSED = "letter", "delivered", "later", "refused"


class RemedyForm(Form):
    """What is done with a remedy."""

    act = forms.ChoiceField(
        label="Qué se hace", widget=forms.RadioSelect, error_messages={"required": "Elija una opción."}
    )
    letter = forms.CharField(
        label="Carta a la persona", required=False, max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Sale por donde la persona pidió que le escriban, y queda en su seguimiento.",
    )  # fmt: skip
    words = forms.CharField(
        label="Cómo consta la entrega, o por qué no procede", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="La persona lo lee.",
    )  # fmt: skip

    def __init__(self, row: Remedy, *, may_decide: bool, has_letter: bool, **kwargs: Any) -> None:
        super().__init__(initial={"letter": letter_begun(row)}, **kwargs)
        acts = [(_DELIVERED, "Ya se entregó de otra manera")]
        if not has_letter:
            acts.insert(0, (_LETTER, "Publicar la carta" if row.breach.is_public else "Enviar la carta"))
            if row.breach.is_public:
                self.fields["letter"].label = "Carta a quienes usan el servicio"
                self.fields["letter"].help_text = "Se lee en el cumplimiento de la carta de servicios."
                self.fields["words"].help_text = "Lo leen todos."
        else:
            del self.fields["letter"]
        if row.state == RemedyState.OWED and may_decide:
            acts += [(_LATER, "Se debe, y se entrega más adelante"), (_REFUSED, "No procede")]
        self.fields["act"].choices = acts  # type: ignore[attr-defined]
        for name in ("letter", "words"):
            if name in self.fields:
                self.fields[name].always_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        data = super().clean() or {}
        act = data.get("act")
        if act == _LETTER and not data.get("letter"):
            self.add_error("letter", "Escriba la carta.")
        if act == _DELIVERED and not data.get("words"):
            self.add_error("words", "Escriba cómo consta: fecha, medio y documento.")
        if act == _REFUSED and not data.get("words"):
            self.add_error("words", "Diga por qué no procede.")
        return data


_BOTH = "pending"
"""Those that wait for anything, which the list begins with."""
_VIEWS = [(_BOTH, "Por resolver"), *RemedyState.choices]


def _asked(request: HttpRequest, access: Access) -> Asked:
    charters = Charter.objects.filter(institution=access.institution).order_by("title", "pk")
    return Asked.of(
        request,
        Filter("estado", options=_VIEWS),
        Filter("unidad", "Unidad", unit_options(access.institution), every="Todas"),
        Filter("tipo", "Tipo", [each for each in RemedyKind.choices if each[0] != RemedyKind.NONE]),
        Filter("carta", "Carta", list(charters.values_list("pk", "title")), every="Todas"),
        Filter("decide", "Quién decide", [("autoridad", "La autoridad (RD 951/2005)")], every="Cualquiera"),
    )


def _narrowed(access: Access, asked: Asked) -> Any:
    wanted: dict[str, Any] = dict(asked.kept)
    state = wanted.get("estado", _BOTH)
    rows = remedies(access.institution, *(WAITING if state == _BOTH else (state,)))
    if "unidad" in wanted:
        rows = rows.filter(of_unit(access, int(wanted["unidad"]), through="breach__"))
    if "tipo" in wanted:
        rows = rows.filter(kind=wanted["tipo"])
    if "carta" in wanted:
        rows = rows.filter(breach__commitment__edition__charter=wanted["carta"])
    if "decide" in wanted:
        rows = rows.filter(breach__commitment__edition__charter__norm=Norm.RD951)
    return rows


@require_safe
@staff_page(CharterRight.DECIDE)
def remedy_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the remedies in a state, those due first first, or hand them out."""
    asked = _asked(request, access)
    rows = _narrowed(access, asked)
    form = request.GET.get("formato", "")
    if form in ("csv", "xlsx"):
        return table_response(_COLUMNS, _cells(access, rows), form=form, name="medidas", title="Medidas")
    listing = asked.listing(rows, ("due_on", "pk"), export_url=request.path)
    of = told(access, [row.breach for row in listing.rows])
    context = {
        "asked": asked,
        "listing": listing,
        "state": asked.kept.get("estado", _BOTH),
        "states": [(value, label, asked.url(estado=value)) for value, label in _VIEWS],
        "waiting": (_BOTH, *WAITING),
        "rows": [(row, of[row.breach_id].name) for row in listing.rows],
        "today": access.institution.local_date(current_time()),
        "may_claims": access.has(CharterRight.REMEDIES),
    }
    return render(request, "charters/workspace/remedies.html", context)


def _cells(access: Access, rows: Any) -> Iterator[list[object]]:
    found = list(rows.order_by("due_on", "pk"))
    of = told(access, [row.breach for row in found])
    for row in found:
        promise, each = row.breach.commitment, of[row.breach_id]
        yield [
            row.pk, "Reservada o de otra unidad" if each.is_hidden else each.name, each.unit,
            promise.edition.charter.title,
            promise.text, row.breach.due_on, row.get_kind_display(), row.text, row.get_state_display(),
            row.due_on, _day(access, row.decided_at), _day(access, row.settled_at),
        ]  # fmt: skip


def _day(access: Access, at: Any) -> date | None:
    return access.institution.local_date(at) if at else None


def may_decide(access: Access, row: Remedy) -> bool:
    """Return whether the holder of `access` says if a remedy is due: where RD 951/2005 rules, the head of the
    body does (9.c, 10.3). No SQL when the charter was read along.
    """
    return row.breach.commitment.edition.charter.norm != Norm.RD951 or access.has(CharterRight.APPROVE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.DECIDE)
def remedy(request: HttpRequest, access: Access, remedy_id: int) -> HttpResponse:
    """Show one remedy and what is done of it: decide, write, deliver, refuse."""
    rows = Remedy.objects.filter(institution=access.institution, pk=remedy_id)
    row = rows.select_related(
        "breach__commitment__edition__charter", *BREACH_OF, "settled_by", "decided_by"
    ).first()
    if row is None:
        raise Http404(str(remedy_id))
    decides = may_decide(access, row)
    acts = row.is_waiting and (decides or row.state == RemedyState.DECIDED)
    sent = letter_of(row)
    form = None
    if acts:
        form = RemedyForm(row, may_decide=decides, has_letter=sent is not None, data=request.POST or None)
    if form is not None and form.is_bound and form.is_valid():
        try:
            messages.success(request, _done(access, row, form.cleaned_data))
            return redirect(f"{reverse('workspace:charters:remedies', args=[access.institution.slug])}")
        except Refused as refused:
            form.refuse(refusal_text(refused))
    [of] = told(access, [row.breach]).values()
    context = {
        "opens": opening_address(access, BREACH, row.breach_id), "row": row, "form": form,
        "may_decide": decides, "of": of,
        "letter_state": STATES[State(sent.state)] if sent else "",
        "may_open": bool(of.url),
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "charters/workspace/remedy.html", context, status=status)


def _done(access: Access, row: Remedy, said: dict[str, Any]) -> str:
    """Do what was chosen; return what to say of it.

    Raises:
        Refused: as the command that does it.
    """
    common: dict[str, Any] = {
        "institution": access.institution, "remedy_id": row.pk, "actor": access.user, "now": current_time(),
    }  # fmt: skip
    decide = partial(decide_remedy, **common, reason=said["words"])
    if said["act"] == _LETTER:
        send_letter(**common, letter=said["letter"])
        if row.breach.is_public:
            return "Carta publicada en el cumplimiento de la carta."
        return "Carta enviada. La medida queda entregada cuando la carta sale."
    if said["act"] == _DELIVERED:
        deliver_remedy(**common, proof=said["words"])
        return f"Medida entregada. {_read_where(row)}"
    decide(is_due=said["act"] == _LATER)
    return f"Decidido. {_read_where(row)}"


def _read_where(row: Remedy) -> str:
    if row.breach.is_public:
        return "Se lee en el cumplimiento de la carta."
    if row.breach.interaction is not None:
        return "Se le avisa a la persona."
    return "La persona lo lee en su seguimiento."
