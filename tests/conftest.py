# SPDX-License-Identifier: EUPL-1.2
"""What every test shares: the database server, a fixed now, the people of the house."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as generated

from siac.config.allocator import loading

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.factories import House

# A machine that has much to do is no fault of the code: nothing here is timed.
generated.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
generated.load_profile("untimed")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
OTHERS = "-others" if os.environ.get("SIAC_TEST_PROGRAMS") else ""
"""Tests on another PostgreSQL keep what is theirs apart, so that both may run at once."""
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SERVER = ROOT / "var" / f"test-postgres{OTHERS}" / WORKER

# Before Django loads, in the controller and in every xdist worker. Each has a server of its own:
# what is settled is judged by the numbers of transactions, which are the server's, so the tests of
# one would wait for those of the other.
os.environ["SIAC_TEST"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "siac.config.settings"
if "SIAC_HOME" not in os.environ or os.environ.get("SIAC_TEST_HOME") == "ours":
    os.environ["SIAC_TEST_HOME"] = "ours"  # the workers inherit this, and each takes a folder of its own
    os.environ["SIAC_HOME"] = str(ROOT / "var" / f"test-home{OTHERS}" / WORKER)
    Path(os.environ["SIAC_HOME"]).mkdir(parents=True, exist_ok=True, mode=0o700)
os.environ.setdefault("SIAC_CITIZEN_SERVERS", "https://127.0.0.1:1")  # that of the samples of addresses
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in the main thread
OURS = "DATABASE_URL" not in os.environ or os.environ.get("SIAC_TEST_SERVER") == "embedded"
if OURS:
    from siac.infra.embedded import join_or_start
    from tests.prepared import begin, use_other_programs

    use_other_programs()
    begin(SERVER)
    os.environ["SIAC_TEST_SERVER"] = "embedded"  # the workers inherit this, and the controller's address
    os.environ["DATABASE_URL"] = join_or_start(SERVER, fast=True)

with loading():
    django.setup()
gc.set_threshold(
    50_000, 20, 50
)  # a test makes many objects that go by themselves: less than a tenth of its time
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow ones are slow on purpose
if OURS:
    from django.db import connections

    connections.databases["default"]["TEST"]["TEMPLATE"] = "siac"  # migrated and seeded: see `tests.prepared`


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Keep the settings from being read in a worker before this file has named the server of that worker.

    pytest-django reads them at once where the environment names them, and the workers inherit it.
    """
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one who runs the suite twice, on two servers, run once what runs again on PostgreSQL 15."""
    parser.addoption("--elsewhere", action="store_true", help="leave out what runs again on PostgreSQL 15")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, in whatever order it stands: at the end
    nobody waits for one who has it left.
    """
    if config.getoption("elsewhere"):
        left = [each for each in items if _is_on_both(each)]
        config.hook.pytest_deselected(items=left)
        items[:] = [each for each in items if each not in set(left)]
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("browser")))


def _is_on_both(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("postgres")) and not item.get_closest_marker("browser")


def pytest_configure(config: pytest.Config) -> None:
    """Watch, in the process that tells of the run, that no proof of `docs/mission.md` is left out."""
    if not hasattr(config, "workerinput"):
        from tests.proofs import Proofs

        config.pluginmanager.register(Proofs(config))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    if OURS:
        from siac.infra.embedded import stop

        stop(SERVER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """Give every test the calendars an installation has after `siac setup`, loaded once."""
    from tests.flushing import remember, seed

    with django_db_blocker.unblock():
        seed()
        remember()


@pytest.fixture
def real_commits(transactional_db: None) -> Iterator[None]:
    """Let a test really commit (jobs, other processes, live server).

    Use this instead of `transactional_db`; `live_server` brings it along by itself.
    """
    from tests.settling import settled

    with settled():
        yield


@pytest.fixture(autouse=True, scope="session")
def _flush_past_triggers() -> Iterator[None]:
    """Make Django's flush work on tables that forbid TRUNCATE, and seed again after it."""
    from tests.flushing import flush_past_triggers

    with flush_past_triggers():
        yield


@pytest.fixture(autouse=True, scope="session")
def _pages_on_one_line() -> Iterator[None]:
    """Let tests look for words, wherever a template breaks its lines."""
    from tests.one_line import pages_on_one_line

    with pages_on_one_line():
        yield


@pytest.fixture(autouse=True)
def _no_roots_of_other_tests() -> None:
    """Start every test without the roots that others wrote outside the
    database: theirs was rolled back or flushed.
    """
    from siac.infra.roots_file import roots_path

    roots_path().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _forget_configuration() -> Iterator[None]:
    """Start every test with empty caches: what another test configured was rolled back or flushed."""
    yield
    from tests.caches import forget

    forget()


@pytest.fixture
def house(db: None) -> "House":
    """A Chilean body with units, kinds, topics, a charter and one person per role; see `tests.factories`."""
    from tests.factories import make_house

    return make_house()


@pytest.fixture
def other_house(db: None) -> "House":
    """Another body, so that its people can knock at the first one's doors."""
    from tests.factories import make_house

    return make_house("vecina")


@pytest.fixture
def sample_data() -> Path:
    """The folder of real public data, which is not part of the project; without it the test is skipped."""
    folder = os.environ.get("SIAC_SAMPLE_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SIAC_SAMPLE_DATA does not name the folder of real data")
    return Path(folder)


@pytest.fixture
def few_answers_are_told() -> "Iterator[None]":
    """Figures of surveys are told however few answered, for what is worked out by hand."""
    from siac.infra.metrics import metrics

    floors = [(each, each.least) for each in metrics() if each.least]
    for each, _ in floors:
        object.__setattr__(each, "least", 0)
    yield
    for each, least in floors:
        object.__setattr__(each, "least", least)
