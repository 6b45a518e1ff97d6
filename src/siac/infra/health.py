# SPDX-License-Identifier: EUPL-1.2
"""Is it well? For load balancers and people on call: GET /salud."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from siac.infra.turns import faults_check

Check = Callable[[datetime], str | None]
_CHECKS: dict[str, Check] = {}
WORKER_SILENCE = 60  # seconds


def register_check(name: str, check: Check) -> None:
    """Add a check: given the time now, it returns None when all is well, else what is wrong."""
    _CHECKS[name] = check


def worker_check(now: datetime) -> str | None:
    """Complain when no job worker gave a sign of life within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        last = cursor.fetchone()[0]
    if last is None:
        return "no worker runs"
    silence = int((now - last).total_seconds())
    return f"no sign of life for {silence} s" if silence > WORKER_SILENCE else None


register_check("worker", worker_check)
register_check("jobs", faults_check)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503; troubles of other parts are listed, not fatal."""
    now = datetime.now(UTC)
    try:
        connection.ensure_connection()
        found = {name: check(now) for name, check in _CHECKS.items()}
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "does not answer"}, status=503)
    status = "troubled" if any(found.values()) else "well"
    return JsonResponse({"status": status, **{name: said or "well" for name, said in found.items()}})
