# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of how services are searched for: everyday words, and what was searched in vain."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.commands.finding import save_everyday_word
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.finding import find_services
from siac.catalogue.models import EverydayWord, MissedSearch
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Access, Histories, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked
from siac.ui.records import Records, Row, record_list, yes_or_no

_COLUMNS = (Column("Qué se buscó", 40), Column("En cuántos días", 16), Column("La última vez", 16))
SHOWN_FROM = 2
"""Days on which something was searched for before it is shown: what one person typed once is theirs."""


class WordForm(Form):
    """An everyday word."""

    said = forms.CharField(
        label="Lo que dice la gente", max_length=60,
        error_messages={"required": "Escriba la palabra o la frase."},
        help_text="Por ejemplo: anotar en el colegio.",
    )  # fmt: skip
    meant = forms.CharField(
        label="Cómo lo llama el organismo", max_length=60,
        error_messages={"required": "Escriba las palabras que están en el servicio."},
        help_text="Palabras que están en el servicio. Por ejemplo: matrícula.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    rows = EverydayWord.objects.filter(institution=access.institution).order_by("sort_key", "pk")
    for row in rows:
        found = find_services(access.institution, row.said) if row.is_active else []
        leads = found[0].name if found else "No lleva a ningún servicio"
        yield row.pk, [row.said, row.meant, leads if row.is_active else "—", yes_or_no(row.is_active)]


def _load(access: Access, pk: int) -> EverydayWord | None:
    return EverydayWord.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: EverydayWord | None, data: QueryDict | None) -> WordForm:
    names = ("said", "meant", "is_active")
    return WordForm(data, initial={name: getattr(row, name) for name in names} if row else None)


def _save(access: Access, row: EverydayWord | None, fields: dict[str, Any]) -> None:
    save_everyday_word(
        institution=access.institution, word=row, actor=access.user, now=current_time(), **fields
    )


_WORDS: Records[Access, EverydayWord] = Records(
    title="Palabras de la gente",
    columns=("Lo que dice la gente", "Cómo lo llama el organismo", "Lleva a", "En uso"),
    listed="workspace:catalogue:words",
    one="workspace:catalogue:word",
    add="Agregar una palabra",
    new="Nueva palabra",
    saved="Palabra guardada.",
    cells=_cells,
    load=_load,
    name=lambda row: row.said,
    form=_form,
    save=_save,
    history=Histories(lambda access: {}),
    intro="Quien busca un servicio con estas palabras encuentra los que se llaman de la otra manera.",
    empty="Todavía no hay ninguna. «Lo que se buscó sin encontrar» dice cuáles faltan.",
)


@require_safe
@staff_page(ServiceRight.KEEP)
def word_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the everyday words with the service that each leads to."""
    return _WORDS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ServiceRight.KEEP)
def word(request: HttpRequest, access: Access, word_id: int | None = None) -> HttpResponse:
    """Add or change an everyday word."""
    return _WORDS.form_page(request, access, word_id)


@require_safe
@staff_page(ServiceRight.READ)
def missed(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List what people searched for without finding anything, on at least two days; the most often first."""
    slug = access.institution.slug
    rows = MissedSearch.objects.filter(institution=access.institution, days__gte=SHOWN_FROM)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        body = ([row.words, row.days, row.last_on] for row in rows.order_by("-days", "-pk"))
        title = "Búsquedas sin resultado"
        return table_response(_COLUMNS, body, form=wanted, name="busquedas", title=title)
    listing = Asked.of(request).listing(rows, ("-days", "-pk"), export_url=request.path)
    return record_list(
        request,
        title="Lo que se buscó sin encontrar",
        columns=[column.title for column in _COLUMNS],
        rows=[Row([row.words, str(row.days), f"{row.last_on:%d-%m-%Y}"]) for row in listing.rows],
        listing=listing,
        other=("Palabras de la gente", reverse("workspace:catalogue:words", args=[slug]))
        if access.has(ServiceRight.KEEP)
        else None,
        intro="En el catálogo del portal, en al menos dos días. De nadie se guarda quién buscó.",
        empty="Todo lo que se buscó dos veces se encontró.",
    )
