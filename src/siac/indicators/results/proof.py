# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of results: each says what its rows say, and what the journal says of it."""

from collections.abc import Iterator

from siac.indicators.domain.results import digest, digest_of_written, unpacked, worth
from siac.indicators.models import IndicatorResult, IndicatorVersion
from siac.infra.metrics import Statistic, metric
from siac.journal.public import recorded

_KEPT = ("value", "revision", "version", "digest")
_FROZEN = ("indicators.result_frozen", "indicators.result_revised")


def result_problems(institution_id: int) -> Iterator[str]:
    """Yield each result of a body that is not what it was when it was frozen, and each that the journal
    knows and that is gone, as Spanish sentences (2 SQL, and 1 for each result).
    """
    told = {entry.data["result"]: entry.data for entry in recorded(institution_id, _FROZEN)}
    results = IndicatorResult.objects.filter(institution_id=institution_id).select_related("indicator")
    for result in results.order_by("pk").iterator(chunk_size=50):
        data = told.pop(result.pk, None)
        for fault in _faults(result, data):
            yield f"resultado {result.pk} de «{result.indicator.code}» ({result.first:%Y-%m-%d}): {fault}"
    for pk in sorted(told):
        yield f"resultado {pk}: la bitácora lo conoce y ya no está"


def _faults(result: IndicatorResult, data: dict[str, object] | None) -> Iterator[str]:
    if data is None:
        yield "no está en la bitácora"
        return
    value = None if result.value is None else str(result.value)
    kept = (value, result.revision, result.version, bytes(result.digest).hex(), result.is_earlier)
    if kept != (*(data[key] for key in _KEPT), data.get("earlier", False)):
        yield "no es el que se fijó"
    if not result.rows:
        if result.value is not None and digest_of_written(result.value, result.note) != bytes(result.digest):
            yield "la cifra anotada no es la que se anotó"
        return
    rows = unpacked(bytes(result.rows))
    if digest(rows) != bytes(result.digest):
        yield "las filas no son las que se fijaron"
    elif worth(rows, *_telling(result)).value != result.value:
        yield "la cifra no es la que dicen sus filas"


def _telling(result: IndicatorResult) -> tuple[Statistic, int, int]:
    """Return how the version it was worked out by tells its rows, the limit, and of how few it tells nothing
    (1 SQL).
    """
    kept = IndicatorVersion.objects.filter(indicator=result.indicator_id, number=result.version).first()
    fields = kept.fields if kept else result.indicator.snapshot()
    return Statistic(fields["statistic"]), fields["within"] or 0, metric(fields["metric"]).least
