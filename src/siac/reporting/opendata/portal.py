# SPDX-License-Identifier: EUPL-1.2
"""The public pages of open data: what there is, each table with its dictionary, and what programs read."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from siac.indicators.public import days_words
from siac.infra.handing import for_everybody
from siac.infra.ratelimit import limited
from siac.infra.readers import read_apart
from siac.organizations.public import Institution, portal_page
from siac.reporting.domain.open_data import HIDDEN, LICENCES
from siac.reporting.models import DatasetFile
from siac.reporting.opendata.describing import CSV, Addresses, catalogue, package, told
from siac.reporting.opendata.reading import published

SHOWN = 200
"""Rows of the last period that a page shows; the file has them all."""
_OFTEN: dict[str, Any] = {"limit": 600, "window_seconds": 3600, "methods": ("GET", "HEAD")}
"""A program that follows all tables of a body asks some dozens of times; nobody needs more."""
_NAMES = {"page": "dataset", "csv": "dataset_csv", "package": "dataset_package", "catalogue": "catalogue"}
_UNSHOWN = ("periodo_desde", "periodo_hasta", "grupo_codigo", "grupo_superior", HIDDEN.name)
_CODES = ("_codigo", "formula")


@require_safe
@limited("portal.data", **_OFTEN)
@read_apart
@portal_page
def data_home(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List what the body publishes."""
    files = [
        {
            "file": file,
            "told": told(file.dataset, institution.smallest_group),
            "licence": LICENCES[file.dataset.licence],
        }
        for file in published(institution).defer("content", "latest", "fields")
    ]
    return render(request, "reporting/portal/data.html", {"files": files})


@require_safe
@limited("portal.data", **_OFTEN)
@read_apart
@portal_page
def dataset(request: HttpRequest, institution: Institution, name: str) -> HttpResponse:
    """Show the last period of a table, what its columns say, and where it is taken from."""
    file = _of(institution, name)
    heads, rows = shown(file.fields, file.latest)
    context = {
        "file": file,
        "told": told(file.dataset, institution.smallest_group),
        "licence": LICENCES[file.dataset.licence],
        "heads": heads,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "period": _period(file),
    }
    return render(request, "reporting/portal/dataset.html", context)


def shown(
    fields: Sequence[dict[str, str]], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows of a table as people read it: without codes, and with words where a number is
    hidden.
    """
    names = [each["name"] for each in fields]
    kept = [place for place, name in enumerate(names) if name not in _UNSHOWN and not name.endswith(_CODES)]
    hides = names.index(HIDDEN.name) if HIDDEN.name in names else None
    found = []
    for row in rows:
        is_hidden = hides is not None and row[hides] == "true"
        cells = [_shown(row[place], fields[place]["type"], is_hidden=is_hidden) for place in kept]
        found.append(cells)
    return [fields[place]["title"] for place in kept], found


def _shown(cell: str, kind: str, *, is_hidden: bool) -> str:
    if not cell:
        return "no se muestra" if is_hidden and kind in ("integer", "number") else ""
    return cell.replace(".", ",") if kind == "number" else cell


def _period(file: DatasetFile) -> str:
    """Return of when the rows of the last period are, where all are of the same."""
    days = {(row[0], row[1]) for row in file.latest}
    if len(days) != 1:
        return ""
    first, last = (date.fromisoformat(each) for each in days.pop())
    return days_words(first, last)


@require_safe
@limited("portal.data", **_OFTEN)
@read_apart
@portal_page
def dataset_csv(request: HttpRequest, institution: Institution, name: str) -> HttpResponseBase:
    """Hand out a table as CSV."""
    file = _of(institution, name)
    kind = f"{CSV}; charset=utf-8"
    return for_everybody(request, bytes(file.content), kind, digest=file.digest, name=f"{name}.csv")


@require_safe
@limited("portal.data", **_OFTEN)
@read_apart
@portal_page
def dataset_package(request: HttpRequest, institution: Institution, name: str) -> HttpResponseBase:
    """Say what a table is made of, as Frictionless writes it."""
    said = package(institution, _of(institution, name), _addresses(request, institution))
    return _json(request, said, "application/json")


@require_safe
@limited("portal.data", **_OFTEN)
@read_apart
@portal_page
def show_catalogue(request: HttpRequest, institution: Institution) -> HttpResponseBase:
    """Say what the body publishes, as DCAT-AP writes it."""
    files = list(published(institution))
    said = catalogue(institution, files, _addresses(request, institution))
    return _json(request, said, "application/ld+json")


def _of(institution: Institution, name: str) -> DatasetFile:
    file = published(institution).filter(dataset__slug=name).defer(None).first()
    if file is None:
        raise Http404(name)
    return file


def _addresses(request: HttpRequest, institution: Institution) -> Addresses:
    def at(what: str, name: str) -> str:
        if not name:
            view = "catalogue" if what == "catalogue" else "data"
            path = reverse(f"portal:reporting:{view}", args=[institution.slug])
        else:
            path = reverse(f"portal:reporting:{_NAMES[what]}", args=[institution.slug, name])
        return request.build_absolute_uri(path)

    return at


def _json(request: HttpRequest, said: dict[str, Any], kind: str) -> HttpResponseBase:
    content = json.dumps(said, ensure_ascii=False, indent=2).encode()
    return for_everybody(request, content, kind)
