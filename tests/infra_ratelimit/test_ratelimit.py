# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from siac.infra.models import RateWindow
from siac.infra.ratelimit import client_address, forget_old_windows, hit, limited, wait

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@given(st.integers(1, 20), st.integers(0, 21), st.integers(1, 21), st.floats(0, 0.999), st.integers(1, 3600))
def test_after_the_wait_a_try_fits(limit, previous, count, elapsed, seconds) -> None:
    count = min(count, limit + 1)
    if count + previous * (1 - elapsed) <= limit:
        return
    later = elapsed + wait(count, previous, limit, elapsed, seconds) / seconds
    if later < 1:
        assert min(count + 1, limit + 1) + previous * (1 - later) <= limit + 1e-6
    elif later < 2:
        assert 1 + count * (2 - later) <= limit + 1e-6


@pytest.mark.django_db
def test_the_limit_holds_and_then_opens(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert hit("s", "ip", 3, 60, NOW).allowed
    assert [hit("s", "ip", 3, 60, NOW).allowed for _ in range(4)] == [True, True, False, False]
    refused = hit("s", "ip", 3, 60, NOW)
    assert not hit("s", "ip", 3, 60, NOW + timedelta(seconds=refused.retry_after - 2)).allowed
    assert hit("s", "other", 3, 60, NOW).allowed
    assert hit("t", "ip", 3, 60, NOW).allowed
    assert hit("s", "ip", 3, 60, NOW + timedelta(minutes=3)).allowed


@pytest.mark.django_db
def test_the_edge_of_two_windows_gives_no_double_share() -> None:
    late = NOW + timedelta(seconds=59)
    assert all(hit("s", "ip", 5, 60, late).allowed for _ in range(5))
    assert not hit("s", "ip", 5, 60, NOW + timedelta(seconds=61)).allowed


@pytest.mark.django_db
def test_no_address_is_kept_and_old_windows_go() -> None:
    hit("s", "203.0.113.7", 3, 60, NOW)
    row = RateWindow.objects.get()
    assert b"203" not in bytes(row.key)
    assert forget_old_windows(NOW) == 0
    assert forget_old_windows(NOW + timedelta(minutes=5)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(days=365), timedelta(days=-365)])
def test_a_machine_with_a_wrong_clock_neither_shuts_anybody_out_nor_lets_them_in(off) -> None:
    now = timezone.now()
    assert [hit("s", "ip", 3, 3600, now + off * turn).allowed for turn in (0, 1, 0, 1, 0)] == [
        True, True, True, False, False,
    ]  # fmt: skip
    RateWindow.objects.update(window=F("window") + 9_000)  # kept by a clock of the database that was wrong
    refused = hit("s", "ip", 3, 3600, now)
    assert not refused.allowed and refused.retry_after <= 7_200
    assert RateWindow.objects.get().window == int(now.timestamp() // 3600)


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_table_is_unlogged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'infra_ratewindow'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db
def test_a_view_beyond_its_limit_asks_to_wait_in_spanish() -> None:
    @limited("form", limit=2, window_seconds=3600)
    def view(request, word):
        return HttpResponse(word)

    post = RequestFactory().post("/")
    assert [view(post, "x").status_code for _ in range(3)] == [200, 200, 429]
    refused = view(post, "x")
    assert int(refused["Retry-After"]) > 60
    page = refused.content.decode()
    assert re.search(r"Espere \d+ minutos", page)
    assert "siac.css" in page
    assert view(RequestFactory().get("/"), "x").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        ("0", "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        ("1", "127.0.0.1", "6.6.6.6, 198.51.100.2", "198.51.100.2"),
        ("2", "127.0.0.1", "6.6.6.6, 198.51.100.2, 10.0.0.9", "198.51.100.2"),
        ("2", "127.0.0.1", "198.51.100.2", "127.0.0.1"),
        ("0", "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("0", "", "", ""),
    ],
)
def test_who_asks(monkeypatch, proxies, peer, forwarded, address) -> None:
    monkeypatch.setenv("SIAC_PROXIES", proxies)
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
