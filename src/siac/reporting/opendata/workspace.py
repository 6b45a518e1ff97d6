# SPDX-License-Identifier: EUPL-1.2
"""The page on which a body decides what it publishes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.metrics import metric, source
from siac.organizations.public import Access, Histories, staff_page
from siac.reporting.domain.open_data import LICENCES
from siac.reporting.domain.rights import ReportRight
from siac.reporting.models import Dataset, EachLabel
from siac.reporting.opendata.commands import save_dataset
from siac.reporting.opendata.describing import TITLES
from siac.reporting.opendata.forms import DatasetForm
from siac.ui.forms import Form
from siac.ui.records import Records, yes_or_no

_STARTS = {"every": EachLabel.MONTH, "licence": "CC-BY-4.0", "is_published": True}


def _cells(access: Access) -> Iterator[tuple[int, Sequence[str]]]:
    rows = Dataset.objects.filter(institution=access.institution).select_related("file")
    for row in rows.defer("file__content", "file__latest", "file__fields").order_by("title", "pk"):
        state = row.file.get_state_display().lower()
        told = f"{row.file.rows} filas, {state}" if row.is_published else "Retirado"
        yield row.pk, [
            row.title, _subject(row), row.get_every_display(), yes_or_no(row.is_published), told,
        ]  # fmt: skip


def _subject(row: Dataset) -> str:
    """Return what a table tells of, and by what."""
    if row.what in TITLES:
        return TITLES[row.what]
    try:
        of = metric(row.what)
        return (
            f"{of.title}, por {source(of.of.source).dimension(row.by).title.lower()}" if row.by else of.title
        )
    except KeyError:
        return row.what


def _load(access: Access, pk: int) -> Dataset | None:
    return Dataset.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: Dataset | None, data: QueryDict | None) -> Form:
    names = ("title", "since", "licence", "is_published")
    today = access.institution.local_date(current_time())
    initial = (
        {name: getattr(row, name) for name in names}
        if row
        else {**_STARTS, "since": date(today.year - 1, 1, 1)}
    )
    return DatasetForm(data, row=row, initial=initial)


def _save(access: Access, row: Dataset | None, fields: dict[str, Any]) -> None:
    save_dataset(institution=access.institution, dataset=row, actor=access.user, now=current_time(), **fields)


_DATASETS: Records[Access, Dataset] = Records(
    title="Datos abiertos",
    columns=("Título", "Qué dice", "Cada cuánto", "Publicado", "Archivo"),
    listed="workspace:reporting:datasets",
    one="workspace:reporting:dataset",
    add="Publicar una cifra",
    new="Publicar una cifra",
    saved="Guardado. El archivo se prepara en unos segundos y se renueva cada noche.",
    cells=_cells,
    load=_load,
    name=lambda row: row.title,
    form=_form,
    save=_save,
    history=Histories(
        lambda access: {
            "licence": lambda code: LICENCES[code].title if code in LICENCES else str(code),
            "is_published": lambda said: yes_or_no(bool(said)),
            "every": lambda code: dict(EachLabel.choices).get(code, str(code)),
        }
    ),
    intro="Lo que la institución publica para que cualquiera lo use. Nada se publica si nadie lo decide.",
    empty="Todavía no se publica nada.",
)


@require_safe
@staff_page(ReportRight.PUBLISH)
def dataset_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what is published and what was taken back."""
    return _DATASETS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ReportRight.PUBLISH)
def dataset(request: HttpRequest, access: Access, dataset_id: int | None = None) -> HttpResponse:
    """Publish a table, or change how it is."""
    return _DATASETS.form_page(request, access, dataset_id)
