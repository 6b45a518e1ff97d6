# SPDX-License-Identifier: EUPL-1.2
"""How often someone may try something, kept in one upsert; addresses are never stored, only keyed digests."""

import functools
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from django.utils import timezone

from siac.infra.crypto import anonymous_key
from siac.infra.environment import text
from siac.infra.models import RateWindow
from siac.infra.ready import rows

P = ParamSpec("P")

_UPSERT = """
WITH clock AS (
  SELECT extract(epoch FROM clock_timestamp())::float8 AS here, %s::float8 AS there, %s::int AS lasts
),
at AS (SELECT LEAST(here, there) AS moment, lasts, floor(here / lasts)::bigint + 1 AS furthest FROM clock)
INSERT INTO infra_ratewindow AS r (key, "window", count, previous, expires_at)
SELECT %s, floor(moment / lasts)::bigint, 1, 0, to_timestamp((floor(moment / lasts) + 2) * lasts) FROM at
ON CONFLICT (key) DO UPDATE SET
  previous = CASE WHEN r."window" > (SELECT furthest FROM at) THEN 0
                  WHEN r."window" >= EXCLUDED."window" THEN r.previous
                  WHEN r."window" = EXCLUDED."window" - 1 THEN r.count ELSE 0 END,
  count = CASE WHEN r."window" >= EXCLUDED."window" THEN LEAST(r.count + 1, %s) ELSE 1 END,
  "window" = CASE WHEN r."window" > (SELECT furthest FROM at) THEN EXCLUDED."window"
                  ELSE GREATEST(r."window", EXCLUDED."window") END,
  expires_at = CASE WHEN r."window" > (SELECT furthest FROM at) THEN EXCLUDED.expires_at
                    ELSE GREATEST(r.expires_at, EXCLUDED.expires_at) END
RETURNING count, previous, "window", (SELECT moment FROM at)
"""
"""A machine ahead of the database counts by the clock of the database, so that it neither ends a count nor
keeps one shut until its own time has come; one behind counts in the window of the others. A window that lies
ahead of the database all the same, whose clock was put right since, is brought back with its count.
"""


class TooManyTries(Exception):
    """Somebody tried too often; the next try fits after `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Verdict:
    """Whether the try is allowed; if not, after how many whole seconds to try again."""

    allowed: bool
    retry_after: int = 0
    left: int = 0
    """How many more tries fit now."""


def hit(scope: str, key: str, limit: int, window_seconds: int, now: datetime) -> Verdict:
    """Count one try of `key` in `scope` (1 SQL) and say whether it is within `limit` per sliding window.

    The window slides by weighing the count of the window before; a refused try counts once over the
    limit at most, so whoever keeps trying is not locked out for ever.
    """
    anonymous = anonymous_key("ratelimit", f"{scope}\n{window_seconds}\n{key}")
    values = [now.astimezone(UTC).timestamp(), window_seconds, anonymous, limit + 1]
    ((count, previous, window, moment),) = rows(_UPSERT, values)
    elapsed = max(moment / window_seconds - window, 0.0)
    used = count + previous * (1 - elapsed)
    if used <= limit:
        return Verdict(allowed=True, left=math.floor(limit - used))
    return Verdict(allowed=False, retry_after=wait(count, previous, limit, elapsed, window_seconds))


def unhit(scope: str, key: str, window_seconds: int, now: datetime) -> None:
    """Take back one try that `hit` counted a moment ago (1 SQL): it was none of those that are limited."""
    RateWindow.objects.filter(
        key=anonymous_key("ratelimit", f"{scope}\n{window_seconds}\n{key}"),
        window=int(now.astimezone(UTC).timestamp() // window_seconds),
        count__gt=0,
    ).update(count=F("count") - 1)


def wait(count: int, previous: int, limit: int, elapsed: float, window_seconds: int) -> int:
    """Return the whole seconds until one more try fits; `elapsed` is the part of the window gone, 0 to 1."""
    if count < limit and previous:
        free_at = 1 - (limit - count - 1) / previous
    else:
        free_at = 2 - max(limit - 1, 0) / max(count, 1)
    return max(1, math.ceil((free_at - elapsed) * window_seconds))


def client_address(request: HttpRequest) -> str:
    """Return who asks: the peer, or behind `SIAC_PROXIES` trusted proxies the address the first of them saw.

    An IPv6 address counts as its /64 network, which is what one household or device gets.
    """
    hops = int(text("SIAC_PROXIES", "0"))
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        address = forwarded[-hops]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def limited(
    scope: str, *, limit: int, window_seconds: int, methods: tuple[str, ...] = ("POST",)
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let one address call the view at most `limit` times per `window_seconds`;
    beyond it, a 429 page in Spanish.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase], /
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method in methods:
                verdict = hit(scope, client_address(request), limit, window_seconds, timezone.now())
                if not verdict.allowed:
                    return too_many(request, verdict.retry_after)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def too_many(request: HttpRequest, retry_after: int) -> HttpResponse:
    """Return the installation's own page for it (`handler429` of the URLs),
    told to wait `retry_after` seconds.
    """
    page: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(429)
    response = page(request, exception=TooManyTries(retry_after))
    response["Retry-After"] = str(retry_after)
    return response


def forget_old_windows(now: datetime) -> int:
    """Delete windows that no longer count; return how many."""
    return RateWindow.objects.filter(expires_at__lt=now).delete()[0]
