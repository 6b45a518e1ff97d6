# SPDX-License-Identifier: EUPL-1.2
"""What people value beside what is done, as a drawing."""

from collections.abc import Sequence
from decimal import Decimal

from siac.charters.weighing import Valued
from siac.ui.charts import Chart, Row, Shape


def expectation_chart(values: Sequence[Valued]) -> Chart | None:
    """Return what people value by how well it is done and how much it matters; None of fewer than two that
    are measured.
    """
    known = [each for each in values if each.level is not None]
    if len(known) < 2:
        return None
    mean = sum((each.weight for each in known), Decimal(0)) / len(known)
    short = [each.name for each in known if each.gap is not None and each.gap < 0 and each.weight >= mean]
    return Chart(
        title=f"Mejorar primero: {', '.join(short)}." if short else "Nada importante está bajo lo esperado.",
        note="A la derecha, lo que se cumple hoy; hacia arriba, cuánto importa. Las líneas: los promedios.",
        rows=[
            Row(f"{at}. {each.name}", each.level, each.level_words, each.of_words, target=each.weight)
            for at, each in enumerate(known, start=1)
        ],
        heads=("Atributo", "Hoy", "Base", "Peso"),
        shape=Shape.FIELD,
        target_word="peso",
        corners=["Mejorar primero", "Mantener", "Puede esperar", "Ya basta"],
    )
