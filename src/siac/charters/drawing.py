# SPDX-License-Identifier: EUPL-1.2
"""How commitments are kept, as a drawing."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import localize

from siac.charters.standings import Compliance
from siac.ui.charts import Chart, Mark, Row
from siac.ui.public import long_date


def compliance_chart(lines: Sequence[Compliance], *, first: date, last: date) -> Chart:
    """Return the share that kept each commitment from `first` to `last`, local days, against its target."""
    measured = [line for line in lines if line.reached is not None]
    reached = sum(bool(line.reached) for line in measured)
    title = f"Cumplimos {reached} de {len(measured)} compromisos." if measured else "Nada que medir todavía."
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
