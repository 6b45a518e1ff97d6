# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of the register of incoming papers."""

from collections.abc import Iterator

from siac.mailroom.series import PAPERS


def paper_problems(institution_id: int) -> Iterator[str]:
    """Yield one Spanish sentence per year whose paper numbers are not exactly 1 to the counter's last."""
    for gap in PAPERS.gaps(institution_id):
        yield (
            f"Oficina de Partes {gap.key}: hay {gap.rows} documentos, del {gap.low} al {gap.high}, "
            f"y el contador dice {gap.counted}."
        )
