# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about charters of others."""

from typing import Any

from django import forms

from siac.charters.commands.referencing import MOST_BENCHMARKS
from siac.charters.library.queries import references
from siac.charters.models import CharterEdition, ReferenceCharter
from siac.documents.public import FILES_HINT, UploadMixin
from siac.ui.forms import FilesField, Form, basis_field
from siac.ui.rows import RowForm, RowsField


class ReferenceForm(UploadMixin, Form):
    """A charter of another body."""

    title = forms.CharField(
        label="Título", max_length=150, min_length=2, error_messages={"required": "Escriba el título."}
    )
    body = forms.CharField(
        label="Organismo", max_length=150, min_length=2, error_messages={"required": "Diga de quién es."}
    )
    country = forms.CharField(
        label="País", max_length=60, min_length=2, error_messages={"required": "Diga de qué país."}
    )
    url = forms.URLField(
        label="Enlace", max_length=300, assume_scheme="https",
        error_messages={"invalid": "Escriba una dirección que empiece con https://.",
                        "required": "Escriba el enlace."},
    )  # fmt: skip
    taken = forms.CharField(
        label="Qué vale la pena tomar", max_length=1000, min_length=2,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "Diga qué vale la pena."},
    )  # fmt: skip
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)
    is_active = forms.BooleanField(label="Se sigue mirando", required=False, initial=True)

    def __init__(self, row: ReferenceCharter | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            for name in ("title", "body", "country", "url", "taken", "is_active"):
                self.fields[name].initial = getattr(row, name)
        self.fields["based_on"] = basis_field(row.version if row else None)


class BenchmarkRow(RowForm):
    """How a draft compares with a charter of another body."""

    widths = {"reference_id": "wide", "note": "line"}
    reference_id = forms.TypedChoiceField(
        label="Carta de referencia", coerce=int, error_messages={"required": "Elija la carta."}
    )
    note = forms.CharField(
        label="Qué se comparó y qué se toma", max_length=500, min_length=3,
        error_messages={"required": "Escriba la comparación o quite la fila."},
    )  # fmt: skip


class BenchmarksForm(Form):
    """How a draft compares with charters of others."""

    rows = RowsField(
        BenchmarkRow, thing="Comparación", add="Agregar una comparación", limit=MOST_BENCHMARKS,
        label="Comparaciones", help_text="Para el equipo: no se publican.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = {row["reference_id"] for row in edition.benchmarks}
        known = [row for row in references(edition.institution) if row.is_active or row.pk in used]
        choices = [("", "Elija una"), *((row.pk, str(row)) for row in known)]

        def benchmark_row(*given: Any, **more: Any) -> BenchmarkRow:
            made = BenchmarkRow(*given, **more)
            made.fields["reference_id"].choices = choices  # type: ignore[attr-defined]
            return made

        self.fields["rows"].row = benchmark_row  # type: ignore[attr-defined]
        self.fields["rows"].initial = edition.benchmarks
        self.fields["based_on"] = basis_field(edition.version)
