# SPDX-License-Identifier: EUPL-1.2
"""Every page as every role: what the database does for each, and how it goes about the slowest.

Pages are found as people find them, by the links of pages that were opened, and by every address that needs
nothing but the body. So a new page is visited without being named here, as long as something leads to it; the
rest is listed.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.db import DatabaseError, connection, reset_queries, transaction
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from benchmarks.measuring import database_time
from siac.accounts.public import Role, User
from siac.organizations.public import Institution, grant_role, unit_tree

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
SLOWEST = 20
PLAN_LINES = 14
REASON_ABOVE_MS = 50
"""A page whose database takes longer than this at a million cases needs a reason in docs/benchmarks.md."""
_OF_A_UNIT = frozenset({Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT})
_INSIDE = ("portal:", "workspace:")
_LINK = re.compile(r'href="([^"#]+)')


@dataclass(frozen=True)
class Visit:
    """A page as one role: milliseconds of the database's processor, the better of two; SQL of the second."""

    name: str
    role: str
    address: str
    db: float
    sql: int
    slowest: str
    """The statement that took longest."""


def slowest_pages(institution: Institution) -> Iterable[str]:
    """Yield the pages on which the database works longest, with the plan of their longest statement."""
    found = [visit for role in Role for visit in _as(institution, role)]
    opened = {visit.name for visit in found}
    yield f"- {len(opened)} pages opened as {len(Role)} roles, {len(found)} visits"
    worst: dict[str, Visit] = {}
    for visit in sorted(found, key=lambda visit: -visit.db):
        worst.setdefault(visit.name, visit)  # of the many forms of one list the slowest
    top = list(worst.values())[:SLOWEST]
    yield from ("\n| page | role | database ms | SQL |", "|---|---|---:|---:|")
    for visit in top:
        yield f"| `{visit.address}` | {visit.role} | {visit.db:.1f} | {visit.sql} |"
    yield f"\n- never opened by a link: {', '.join(sorted(_names() - opened))}"
    for visit in top:
        yield f"\n{visit.address} ({visit.role}), {visit.db:.1f} ms:"
        yield from (f"    {line}" for line in _plan(visit.slowest))


def _as(institution: Institution, role: Role) -> Iterator[Visit]:
    """Yield the pages that open for one role, each kind of address once."""
    client = _signed_in(institution, role)
    waiting, seen = deque(_starts(institution)), set()
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer, first, _ = _asked(client, address)
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        if answer.status_code != 200:
            continue
        _, second, queries = _asked(client, address)
        asked = [query for query in queries if query["sql"].startswith(("SELECT", "WITH"))]
        longest = max(asked, key=lambda query: float(query["time"]), default={"sql": ""})
        yield Visit(kind[0], role.value, address, min(first, second), len(queries), longest["sql"])
        if answer["Content-Type"].startswith("text/html"):
            links = _LINK.findall(getattr(answer, "content", b"").decode())
            waiting.extend(unescape(link) for link in links)


def _signed_in(institution: Institution, role: Role) -> Client:
    """Return a browser of somebody who holds that role, in the body or in the unit with most units below."""
    tree = unit_tree(institution)
    active = [pk for pk, node in tree.nodes.items() if node.is_active]
    widest = max(active, key=lambda pk: len(tree.below(pk)))
    email = f"{role.value}@visita.example"
    if not User.objects.filter(email=email).exists():  # it stays where the database is used again
        grant_role(
            institution=institution,
            actor=None,
            now=NOW,
            email=email,
            name=role.value,
            role=role,
            unit_id=widest if role in _OF_A_UNIT else None,
        )
    institution.refresh_from_db()
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=email))
    return client


def _starts(institution: Institution) -> list[str]:
    """Return every address that needs nothing but the body."""
    found = []
    for name in _names():
        try:
            found.append(reverse(name, kwargs={"slug": institution.slug}))
        except NoReverseMatch:
            continue
    return sorted(found)


def _names() -> set[str]:
    """Return the names of the addresses of portal and workspace."""
    return {name for name in _walk(get_resolver(), "") if name.startswith(_INSIDE)}


def _walk(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def _kind(address: str) -> tuple[str, ...] | None:
    """Return what makes addresses alike: name, view of a list, names of parameters.

    None where it leads out of portal and workspace.
    """
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    asked = parse_qs(parts.query)
    return (name, *asked.get("vista", [""]), *sorted(asked)) if name.startswith(_INSIDE) else None


def _asked(client: Client, address: str) -> tuple[HttpResponseBase, float, list[dict[str, str]]]:
    """Ask for a page, read it to its end, take back what it did; return the database's ms and SQL too."""
    reset_queries()  # the log holds some thousands, and is never emptied while it is read
    with CaptureQueriesContext(connection) as captured:
        begun = database_time()
        with transaction.atomic():
            answer = client.get(address)
            if isinstance(answer, StreamingHttpResponse):
                b"".join(answer)
            transaction.set_rollback(True)
        took = (database_time() - begun) * 1000
    return answer, took, captured.captured_queries


def _plan(sql: str) -> Sequence[str]:
    """Return how PostgreSQL goes about a statement, cut after some lines."""
    if not sql:
        return ["nothing was read"]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}")
            lines = [row[0][:160] for row in cursor.fetchall()]
            transaction.set_rollback(True)
    except DatabaseError as error:
        return [f"no plan: {str(error).splitlines()[0]}"]
    return [*lines[:PLAN_LINES], *(["…", *lines[-2:]] if len(lines) > PLAN_LINES + 2 else [])]
