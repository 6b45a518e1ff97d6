# SPDX-License-Identifier: EUPL-1.2
"""Taking a database back to how an earlier version left it, and forward again."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrated(targets: Sequence[tuple[str, str]]) -> Callable[[str, str], Any]:
    """Migrate to `targets`; return what gives the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps.get_model


def to_newest() -> None:
    """Migrate to the newest of everything, which other tests expect."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
