# SPDX-License-Identifier: EUPL-1.2
"""GET /metrics: the figures of this machine for Prometheus and whatever else reads its text."""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from siac.infra.health import DATABASE_SECONDS, examined
from siac.infra.limits import limited
from siac.infra.retrying import AWAY
from siac.infra.watching.gauges import Gauge, gauges
from siac.infra.watching.instruments import folder, token


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer who shows the token of `SIAC_METRICS_TOKEN` (`Authorization: Bearer …`); for all others there is
    no such page.
    """
    wanted = token()
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not wanted or not hmac.compare_digest(shown.encode(), wanted.encode()):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(_Machine(datetime.now(UTC)))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Machine:
    """What all processes of this machine counted, and how things are at `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def describe(self) -> list[Any]:
        """Tell nothing beforehand: what there is, is found when it is read."""
        return []

    def collect(self) -> Iterator[Any]:
        """Yield the families of figures."""
        from prometheus_client.core import GaugeMetricFamily
        from prometheus_client.multiprocess import MultiProcessCollector

        merge: Any = MultiProcessCollector.merge
        # A process that was killed in its first moment leaves an empty one.
        files = [str(file) for file in folder().glob("*/*.db") if file.stat().st_size]
        yield from merge(files, accumulate=True)
        database, found = examined(self.now)
        well = GaugeMetricFamily("siac_part_well", "Whether a part is well, as /salud says.", labels=["part"])
        for part, trouble in {"database": database, **found}.items():
            well.add_metric([part], int(trouble is None))
        yield well
        for gauge in gauges():
            if database is None or not gauge.asks:
                yield self._read(gauge)

    def _read(self, gauge: Gauge) -> Any:
        """Return a gauge; one whose part was lost meanwhile has no value."""
        from prometheus_client.core import GaugeMetricFamily

        family = GaugeMetricFamily(gauge.name, gauge.help, labels=[gauge.label] if gauge.label else [])
        try:
            with limited(DATABASE_SECONDS):
                values = gauge.read(self.now)
        except AWAY:
            connection.close()  # the next one asks on another
            return family
        for name, value in values.items():
            family.add_metric([name] if gauge.label else [], value)
        return family
