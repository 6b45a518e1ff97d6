# SPDX-License-Identifier: EUPL-1.2
"""How commitments are kept, as a drawing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import localize

from siac.charters.standings import Compliance
from siac.charters.weighing import Valued
from siac.ui.charts import Chart, Mark, Row, Shape
from siac.ui.public import long_date


def compliance_chart(lines: Sequence[Compliance], *, first: date, last: date) -> Chart | None:
    """Return the share that kept each guarantee from `first` to `last`, local days, against its target; None
    where there is none. A figure of the body may be of minutes or of marks: it has no place on one axis.
    """
    lines = [line for line in lines if line.is_guarantee]
    if not lines:
        return None
    measured = [line for line in lines if line.reached is not None]
    reached = sum(bool(line.reached) for line in measured)
    title = (
        f"Cumplimos {reached} de {len(measured)} compromisos de plazo."
        if measured
        else "Nada que medir todavía."
    )
    return Chart(
        title=title,
        note=(
            f"Porcentaje a tiempo, del {long_date(first)} al {long_date(last)}; "
            "la línea punteada es la meta. El eje va de 0 a 100."
        ),
        rows=[_row(line) for line in lines],
        heads=("Compromiso", "A tiempo", "Solicitudes", "Meta (%)"),
        top=100,
    )


def _row(line: Compliance) -> Row:
    share, target, text = line.share, line.commitment.target, line.commitment.text
    if share.percent is None:
        return Row(text, None, "Sin casos", target=target, mark=Mark.NONE)
    mark = Mark.REACHED if line.reached else Mark.MISSED
    detail = f"{share.met} de {share.total}"
    return Row(text, share.percent, f"{localize(share.percent)} %", detail, target=target, mark=mark)


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
