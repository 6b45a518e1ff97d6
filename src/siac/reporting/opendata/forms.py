# SPDX-License-Identifier: EUPL-1.2
"""The form of a published table."""

from typing import Any

from django import forms

from siac.infra.metrics import metrics, sources
from siac.reporting.domain.open_data import COMMITMENTS, LICENCES, RESULTS
from siac.reporting.models import Dataset, EachLabel
from siac.reporting.opendata.describing import TITLES
from siac.ui.forms import Form, PickedDay


def subjects() -> list[tuple[str, Any]]:
    """Return what may be published, as choices: what is no metric first."""
    own = [(code, TITLES[code]) for code in (RESULTS, COMMITMENTS)]
    return [
        ("", "Elija"),
        ("Promesas y resultados", own),
        ("Cifras", [(each.key, each.title) for each in metrics() if not each.is_yearly]),
    ]


def cuts() -> list[tuple[str, str]]:
    """Return by what a table may be told apart, as choices; whether a metric is told so, the command says."""
    found = {each.key: each.title for of in sources() for each in of.dimensions}
    return [("", "Nada: toda la institución"), *sorted(found.items(), key=lambda item: item[1])]


class DatasetForm(Form):
    """What is published, since when, and under which licence; the first three only while it is new."""

    what = forms.ChoiceField(
        label="Qué se publica", choices=subjects, error_messages={"required": "Elija qué se publica."}
    )
    by = forms.ChoiceField(
        label="Separado por",
        choices=cuts,
        required=False,
        help_text="Los grupos con muy pocos casos se ocultan, con otros si hace falta.",
    )
    every = forms.ChoiceField(
        label="Cada cuánto",
        choices=EachLabel.choices,
        help_text=(
            "No se cambia después: por diferencia entre meses y trimestres se sabría lo que se oculta. Los "
            "resultados y los compromisos salen por los períodos en que se miden."
        ),
    )
    title = forms.CharField(
        label="Título",
        max_length=120,
        help_text="Como lo leerá cualquier persona.",
        error_messages={"required": "Escriba el título."},
    )
    since = PickedDay(label="Desde", help_text="Los períodos que empiezan antes no se publican.")
    licence = forms.ChoiceField(
        label="Licencia", choices=[(each.code, each.title) for each in LICENCES.values()]
    )
    is_published = forms.BooleanField(
        label="Publicado",
        required=False,
        initial=True,
        help_text="Sin marcar, su página y su archivo dejan de existir al guardar.",
    )

    def __init__(self, *args: Any, row: Dataset | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            for name in ("what", "by", "every"):
                del self.fields[name]
