# SPDX-License-Identifier: EUPL-1.2
"""What the invented bodies publish, whose files the worker makes, and the shapes of their maps."""

from datetime import date, datetime
from importlib import resources

from siac.indicators.public import load_shapes, receive_territories, save_goal
from siac.organizations.public import Institution
from siac.reporting.public import save_dataset

_TABLES = (
    ("Solicitudes recibidas por mes", "cases.received", "", "mes"),
    ("Solicitudes recibidas por tipo", "cases.received", "kind", "mes"),
    ("Solicitudes recibidas por territorio", "cases.received", "commune", "mes"),
    ("Días hábiles hasta la respuesta, por unidad", "cases.answer_days", "unit", "mes"),
    ("Resultados de los indicadores", "results", "", "mes"),
    ("Cumplimiento de los compromisos de la carta", "commitments", "", "trimestre"),
)
"""Title, what is published, by what, and how often."""


def publish_tables(institution: Institution, *, now: datetime) -> None:
    """Publish some tables since the year before."""
    since = date(institution.local_date(now).year - 1, 1, 1)
    for title, what, by, every in _TABLES:
        save_dataset(
            institution=institution, title=title, what=what, by=by, every=every, since=since,
            licence="CC-BY-4.0", actor=None, now=now,
        )  # fmt: skip


def draw_territories(institution: Institution, *, now: datetime) -> None:
    """Give the body of Coquimbo the schematic shapes of its communes."""
    if institution.slug != "puerto-cordillera":
        return
    shapes = resources.files("siac.config.demonstration") / "communes.geojson"
    load_shapes(
        institution=institution, content=shapes.read_bytes(), source="Esquema dibujado para la demostración",
        actor=None, now=now,
    )  # fmt: skip


def tell_who_lives_there(institution: Institution, *, now: datetime) -> None:
    """Give the body of Coquimbo who lives in its communes, as its quality policy tells it, and what the
    demonstration wants of their coverage (invented).
    """
    if institution.slug != "puerto-cordillera":
        return
    sheet = resources.files("siac.config.demonstration") / "territories.csv"
    receive_territories(institution=institution, content=sheet.read_bytes(), actor=None, now=now)
    save_goal(institution=institution, most_km=30, most_people=40_000, least_served=1, actor=None, now=now)
