# SPDX-License-Identifier: EUPL-1.2
"""Migrating without drawing all models anew for each step.

Django draws a model anew whenever a migration touches it, and with it every model that is tied to it by
keys: here nearly all, for each has a body. That is nine tenths of the time of a fresh installation, and of
an update, in which nobody is attended. No statement that a step sends to the database depends on it, unless
what other tables point at is altered.

It leans on two parts of Django that are its own (`ProjectState.reload_model`, `_reload`). So every run of
the tests compares, for some migrations drawn by lot, what is sent this way and what Django sends by itself
(`tests/infra/test_lean_migrations.py`), and a database of a former version that was brought up to date this
way with a new one (`tests/infra/test_upgrade.py`): what operators run is what is tested.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

_PLAIN = (
    operations.CreateModel, operations.DeleteModel, operations.AddField, operations.RemoveField,
    operations.AddConstraint, operations.RemoveConstraint, operations.AddIndex, operations.RemoveIndex,
    operations.AlterModelOptions, operations.AlterModelManagers, operations.RunSQL, operations.RunPython,
)  # fmt: skip
"""Steps that alter nothing that others point at. Before Python of its own runs, Django draws all anew."""


def is_plain(migration: Migration) -> bool:
    """Return whether a migration alters nothing that other tables point at."""
    return all(
        isinstance(each, _PLAIN)
        or (isinstance(each, operations.AlterField) and not each.field.primary_key)
        or (isinstance(each, operations.RenameField) and each.old_name != "id")
        for each in migration.operations
    )


def _reload_itself(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """Draw one model anew, and those that inherit from it; that others hold its former drawing is noted."""
    if "apps" not in self.__dict__:
        return
    self.is_delayed = True
    name = f"{app_label}.{model_name}".lower()
    heirs = {
        key
        for key, model in self.models.items()
        if any(isinstance(base, str) and base.lower() == name for base in model.bases)
    }
    self._reload({(app_label, model_name), *heirs})  # type: ignore[attr-defined]


@contextmanager
def _drawn_one_by_one() -> Iterator[None]:
    whole = ProjectState.reload_model
    ProjectState.reload_model = _reload_itself  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.reload_model = whole  # type: ignore[method-assign]


class LeanExecutor(MigrationExecutor):
    """Applies plain migrations drawing only what each step touches, all others as Django does."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Apply a migration; return the state behind it."""
        given: Any = (state, migration, fake, fake_initial)
        if is_plain(migration):
            with _drawn_one_by_one():
                return super().apply_migration(*given)
        if state.is_delayed:
            state.clear_delayed_apps_cache()
            state.apps  # noqa: B018  # drawn now: both sides of the first step share it
        return super().apply_migration(*given)


@contextmanager
def lean_migrations() -> Iterator[None]:
    """Let `migrate` do its work in a tenth of the time; what it sends to the database is the same."""
    command: Any = migrate  # which names its executor among its own
    django_one = command.MigrationExecutor
    command.MigrationExecutor = LeanExecutor
    try:
        yield
    finally:
        command.MigrationExecutor = django_one
