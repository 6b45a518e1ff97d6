# SPDX-License-Identifier: EUPL-1.2
"""Charters: two hundred promises judged over a month, frozen, shown in public, and broken in one night."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now as current_time

from benchmarks.fill import SLUG
from benchmarks.measuring import database_time
from siac.accounts.public import User
from siac.cases.models import Case
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import save_commitment, save_days, start_edition
from siac.charters.commands.freezing import freeze_periods
from siac.charters.domain.parts import Norm
from siac.charters.models import Breach, Charter, Commitment, PeriodResult, Remedy, RemedyFact
from siac.charters.standings import compliance, standings
from siac.clocks.public import settle_overdue
from siac.indicators.figures.cube import rebuild
from siac.indicators.public import save_indicator
from siac.indicators.results.commands import write_result
from siac.infra.metrics import source
from siac.organizations.public import Institution

ROUNDS = 15
CHARTERS, EACH = 4, 50
PERIODS = 8
"""Closed periods of each promise, as many as the register shows."""
BROKEN_EVERY = 50
"""Of so many promises one was broken: 20,000 of a million."""
BATCH = 200
"""Clocks announced at once, as the job does."""
WHO = "calidad@puerto-cordillera.demo.invalid"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_CLOCKS = """
INSERT INTO clocks_clock (institution_id, subject_type, subject_id, kind, source, label, rule_id,
  rule_version, place, time_zone, decreed, calendar_version, amount, unit, event_on, start_reason, day0,
  started_at, due_on, due_at, pauses, extension_reason, state, ended_at, days_late, missed_at)
SELECT c.institution_id, 'case', c.id, 'commitment', (%(sources)s::text[])[1 + c.number %% %(n)s],
  'Compromiso', '', 0, 'CL-CO', 'America/Santiago', true, 'CL:1 CL-CO:1', 10, 'cd', c.filed_at::date, '',
  c.filed_at::date, c.filed_at, c.filed_at::date + 10, (c.filed_at::date + 11)::timestamptz, '[]', '',
  CASE WHEN c.answered_at IS NULL THEN 'running' WHEN c.number %% %(broken)s = 0 THEN 'missed' ELSE 'met' END,
  c.answered_at, 0, CASE WHEN c.answered_at IS NULL OR c.number %% %(broken)s = 0 THEN c.filed_at END
FROM cases_case c WHERE c.institution_id = %(institution)s AND c.year = 2020
"""
_BREACHES = """
INSERT INTO charters_breach (institution_id, commitment_id, case_id, cause, clock_id, due_on, found_at)
SELECT k.institution_id, split_part(k.source, ':', 2)::bigint, k.subject_id, 'missed', k.id, k.due_on,
  k.due_at
FROM clocks_clock k WHERE k.institution_id = %(institution)s AND k.kind = 'commitment'
  AND k.state = 'missed' AND k.source = ANY(%(sources)s)
"""
_REMEDIES = """
INSERT INTO charters_remedy (institution_id, breach_id, text, kind, state, due_on, letter, proof, settled_at,
  settled_by_id)
SELECT b.institution_id, b.id, 'Disculpa escrita', 'apology',
  CASE WHEN b.id %% 10 = 0 THEN 'owed' ELSE 'delivered' END, b.due_on + 14, '',
  CASE WHEN b.id %% 10 = 0 THEN '' ELSE 'Carta enviada' END,
  CASE WHEN b.id %% 10 <> 0 THEN b.found_at + interval '3 days' END,
  CASE WHEN b.id %% 10 <> 0 THEN %(user)s END
FROM charters_breach b WHERE b.institution_id = %(institution)s
  AND NOT EXISTS (SELECT FROM charters_remedy r WHERE r.breach_id = b.id)
"""
_DUE = """
INSERT INTO clocks_clock (institution_id, subject_type, subject_id, kind, source, label, rule_id,
  rule_version, place, time_zone, decreed, calendar_version, amount, unit, event_on, start_reason, day0,
  started_at, due_on, due_at, pauses, extension_reason, state, days_late)
SELECT c.institution_id, 'case', c.id, 'commitment', %(source)s, 'Compromiso', '', 0, 'CL-CO',
  'America/Santiago', true, 'CL:1 CL-CO:1', 10, 'bd', %(day)s::date - 14, '', %(day)s::date - 14,
  %(now)s::timestamptz - interval '15 days', %(day)s, %(now)s::timestamptz - interval '1 minute', '[]', '',
  'running', 0
FROM (SELECT * FROM cases_case WHERE institution_id = %(institution)s AND year = 2020 ORDER BY id
  LIMIT %(count)s) c
"""


@dataclass(frozen=True)
class Taken:
    """Seconds of wall time, and of processor time of this process and of the database's, and statements."""

    wall: float
    web: float
    db: float
    sql: int
    found: Any

    @property
    def words(self) -> str:
        """All of it in words, in milliseconds."""
        return (
            f"{self.wall * 1000:,.1f} ms, {self.web * 1000:,.1f} ms of Python,"
            f" {self.db * 1000:,.1f} ms of the database, {self.sql} SQL"
        )


def charter_speed(institution: Institution, size: int, due: int) -> Iterable[str]:
    """Yield what two hundred promises over `size` cases cost, and `due` broken ones of one night."""
    moment = current_time()
    first, last = month_before(institution.local_date(moment))
    user = User.objects.get(email=WHO)
    yield from promised(institution, user, size, first)
    yield from _judged(institution, size, first, last)
    yield from _frozen(institution, size, first)
    yield from _shown(institution, size, first)
    yield from _broken(institution, min(due, size), moment)


def promised(institution: Institution, user: User, size: int, first: date) -> Iterator[str]:
    """Bring about two hundred promises, and a clock of one of them on each case, where they are not yet."""
    moment = current_time()
    if not Charter.objects.filter(institution=institution, code="banco-0").exists():
        _promise(institution, user, moment, first)
    if not Remedy.objects.filter(breach__commitment__edition__charter__code__startswith="banco-").exists():
        took = once(lambda: _run(institution, user, moment))
        yield f"- {size:,} cases: a clock and facts of each case, counted in {took.wall:.0f} s"
    institution.refresh_from_db()


def month_before(today: date) -> tuple[date, date]:
    """Return the first and last day of the month before that of a day."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def once(call: Callable[[], Any]) -> Taken:
    """Call once and return what it took; statements are not counted."""
    db, web, wall = database_time(), time.process_time(), time.perf_counter()
    found = call()
    return Taken(time.perf_counter() - wall, time.process_time() - web, database_time() - db, 0, found)


def often(call: Callable[[], Any]) -> Taken:
    """Call some times and return the medians; the statements are counted in a call of its own."""
    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    sql = _working(captured.captured_queries)  # before a request resets what is captured
    took = [once(call) for _ in range(ROUNDS)]
    wall, web, db = (
        statistics.median(getattr(each, name) for each in took) for name in ("wall", "web", "db")
    )
    return Taken(wall, web, db, sql, took[0].found)


# -- what is promised -----------------------------------------------------------------------------


@transaction.atomic
def _promise(institution: Institution, user: User, moment: datetime, first: date) -> None:
    for number in range(CHARTERS):
        _charter(institution, number, user, moment, first)


def _run(institution: Institution, user: User, moment: datetime) -> None:
    """Give each case a clock of one of the promises in calendar days, let some be missed, and count all."""
    promised = Commitment.objects.filter(institution=institution, edition__charter__code__startswith="banco-")
    sources = [each.source for each in promised.filter(form="guarantee", unit="cd").order_by("pk")]
    values: dict[str, Any] = {
        "institution": institution.pk, "sources": sources, "n": len(sources), "broken": BROKEN_EVERY,
        "user": user.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for statement in (_CLOCKS, _BREACHES, _REMEDIES):
            cursor.execute(statement, values)
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("VACUUM ANALYZE clocks_clock, charters_breach, charters_remedy")
    for _ in rebuild(institution, source("cases"), now=moment):
        continue
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _charter(institution: Institution, number: int, user: User, moment: datetime, first: date) -> None:
    """Put a charter in force: of each five promises two in business days, two in calendar days, one on a
    figure that is written down by hand.
    """
    common: dict[str, Any] = {"institution": institution, "actor": user, "now": moment}
    cases = Case.objects.filter(institution=institution)
    kinds = list(cases.order_by("kind").values_list("kind", flat=True).distinct())
    charter = start_charter(
        **common, code=f"banco-{number}", title=f"Carta {number}", norm=Norm.UNE, responsible_id=None
    )
    edition = start_edition(**common, charter_id=charter.pk)
    for place in range(EACH):
        form = "figure" if place % 5 == 4 else "guarantee"
        fields: dict[str, Any] = {
            "text": f"Cumplimos la promesa {place} del banco {number}", "dimension": "speed", "form": form,
            "kind_id": kinds[place % len(kinds)], "amount": 3 + place % 20,
            "unit": "bd" if place % 5 < 2 else "cd", "indicator_id": None, "target": Decimal(90),
            "record": "Registro de solicitudes", "moment": "month", "responsible_id": None,
            "is_controllable": True, "dependence": "", "remedy_kind": "apology",
            "remedy": "Disculpa escrita", "remedy_days": 10, "no_remedy_reason": "",
        }  # fmt: skip
        if form == "figure":
            fields["indicator_id"] = _figure(common, number, place, first)
        save_commitment(**common, edition_id=edition.pk, fields=fields)
    save_days(**common, edition_id=edition.pk, valid_from=first, revised_by=None, based_on=None)
    edition.refresh_from_db()
    put_in_force(edition, act="Acta del banco", approved_on=None, actor=user, now=moment)


def _figure(common: dict[str, Any], number: int, place: int, first: date) -> int:
    indicator = save_indicator(
        **common, code=f"banco-{number}-{place}", name=f"Cifra {place} del banco {number}", unit="%",
        better="higher", definition="Escrita a mano.", target=Decimal(90), since=first,
        source_words="Registro",
    )  # fmt: skip
    value = Decimal(85 + place % 10)
    write_result(**common, indicator_id=indicator.pk, first=first, value=value, note="Registro del mes.")
    return indicator.pk


# -- what it costs --------------------------------------------------------------------------------


def _judged(institution: Institution, size: int, first: date, last: date) -> Iterator[str]:
    month = f"{CHARTERS * EACH} promises over a month"
    took = often(lambda: standings(institution, first=first, last=last, is_dated=False))
    told = sum(line.value is not None for line in took.found)
    yield f"- {size:,} cases: {month}, {told} with something to tell: {took.words}"
    year = last - timedelta(days=364)
    took = often(lambda: compliance(institution, first=year, last=last))
    yield f"- {size:,} cases: the same over a year, with breaches and remedies: {took.words}"


def _frozen(institution: Institution, size: int, first: date) -> Iterator[str]:
    """Freeze the month of all promises, in a transaction that is taken back."""
    moment = current_time()
    kept = PeriodResult.objects.filter(institution=institution, charter__code__startswith="banco-")
    kept.filter(first=first).delete()
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        took = once(lambda: freeze_periods(institution, now=moment))
        sent = _working(captured.captured_queries)
        transaction.set_rollback(True)
    yield (
        f"- {size:,} cases: the night that freezes them: {took.found} results in {took.wall:.1f} s,"
        f" {took.web:.1f} s of Python, {took.db:.1f} s of the database, {sent} SQL"
    )


def _shown(institution: Institution, size: int, first: date) -> Iterator[str]:
    periods(institution, first)
    browser = Client()
    browser.force_login(User.objects.get(email=WHO), backend=BACKEND)
    for name, address in (
        ("public register of a charter", "cartas/banco-0/cumplimiento/"),
        ("all promises of the year, for the house", "gestion/compromisos/"),
    ):
        took = often(lambda address=address: opened(browser, f"/{SLUG}/{address}"))  # type: ignore[misc]
        yield f"- {size:,} cases: {name}, `{address}`: {took.words}, {took.found / 1024:.0f} kB"


def opened(browser: Client, address: str) -> int:
    """Open a page and return its bytes; anything but a page ends the benchmark."""
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"charters: {address} answered {answer.status_code}")
    return len(answer.content)


def periods(institution: Institution, first: date) -> None:
    """Write the closed months of every promise, as freezing does, one after another back from `first`."""
    kept = PeriodResult.objects.filter(institution=institution, charter__code__startswith="banco-")
    kept.delete()
    promised = Commitment.objects.filter(institution=institution, edition__charter__code__startswith="banco-")
    months = [(first, month_before(first + timedelta(days=31))[1])]
    while len(months) < PERIODS:
        months.append(month_before(months[-1][0]))
    PeriodResult.objects.bulk_create(
        [_result(each, month, at) for each in promised.select_related("edition") for at, month in
         enumerate(months)],
        batch_size=1000,
    )  # fmt: skip


def _result(of: Commitment, month: tuple[date, date], at: int) -> PeriodResult:
    met = 95 - (of.position * 7 + at * 3) % 20
    return PeriodResult(
        institution_id=of.institution_id, charter_id=of.edition.charter_id, code=of.code, commitment=of,
        first=month[0], last=month[1], value=Decimal(met), met=met, total=100, target=of.target,
        is_reached=met >= of.target, words=f"{met},0\N{NO-BREAK SPACE}%",
        target_words="90,0\N{NO-BREAK SPACE}%", of_words=f"{met} de 100", frozen_at=current_time(),
    )  # fmt: skip


def _broken(institution: Institution, count: int, moment: datetime) -> Iterator[str]:
    """Let `count` clocks of one promise end in one night, and announce them in batches, as the job does."""
    while settle_overdue(moment, limit=BATCH):
        continue
    promised = Commitment.objects.filter(institution=institution, edition__charter__code="banco-0", unit="bd")
    of = promised.filter(form="guarantee").earliest("pk")
    _forget(of)
    values: dict[str, Any] = {
        "institution": institution.pk, "source": of.source, "count": count, "now": moment,
        "day": institution.local_date(moment) - timedelta(days=1),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DUE, values)
        cursor.execute("ANALYZE clocks_clock")
    took = once(lambda: _announced(moment))
    opened = Breach.objects.filter(commitment=of).count()
    owed = Remedy.objects.filter(breach__commitment=of, state="owed").count()
    if (opened, owed) != (count, count):
        raise SystemExit(f"charters: of {count} broken promises {opened} were found, and {owed} owed for")
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        _forget(of)
        with connection.cursor() as cursor:
            cursor.execute(_DUE, {**values, "count": BATCH})
        before = len(captured)
        settle_overdue(moment, limit=BATCH)
        sent = _working(captured.captured_queries[before:])
        transaction.set_rollback(True)
    yield (
        f"- {count:,} promises broken in one night, each with its remedy, in batches of {BATCH}:"
        f" {took.wall:.1f} s, {took.web:.1f} s of Python, {took.db:.1f} s of the database,"
        f" {count / took.wall:,.0f} a second, {sent} SQL a batch"
    )


def _working(queries: Sequence[dict[str, str]]) -> int:
    frame = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
    return sum(not each["sql"].lstrip().startswith(frame) for each in queries)


def _announced(moment: datetime) -> None:
    while settle_overdue(moment, limit=BATCH) == BATCH:
        continue


def _forget(of: Commitment) -> None:
    """Take away what an earlier run broke of a promise; what the journal says of it stays."""
    RemedyFact.objects.filter(remedy__breach__commitment=of).delete()
    Remedy.objects.filter(breach__commitment=of).delete()
    Breach.objects.filter(commitment=of).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM clocks_clock WHERE institution_id = %s AND kind = 'commitment' AND source = %s",
            [of.institution_id, of.source],
        )
