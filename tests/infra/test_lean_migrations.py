# SPDX-License-Identifier: EUPL-1.2
"""A fresh database is made drawing one model at a time; what comes out is what the models say."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.core.management.commands import migrate as command
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from siac.infra.migrating import LeanExecutor, _drawn_one_by_one, is_plain, lean_migrations

LATEST = 1
"""How many migrations that are the last of a context are tried both ways; one more is any."""
MOMENT = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+\+00:00'")
"""What a column begins with that says when a row was made."""


def shape(model: type[models.Model]) -> dict[str, Any]:
    """Return what of a model decides its table."""
    fields = {}
    for field in model._meta.local_concrete_fields:
        to = field.related_model._meta.db_table if field.is_relation else ""
        fields[field.column] = (field.db_type(connection), field.null, field.unique, field.db_index, to)
    meta = model._meta
    return {
        "table": meta.db_table,
        "fields": fields,
        "indexes": sorted(index.name for index in meta.indexes),
        "constraints": sorted(str(each.deconstruct()) for each in meta.constraints),
    }


@pytest.mark.django_db
def test_drawn_one_at_a_time_the_models_are_those_of_the_code():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    assert state.apps.get_models() == []
    with _drawn_one_by_one():
        for migration, _ in plan:
            state = migration.mutate_state(state, preserve=False)
    ours = [each for each in apps.get_models() if each._meta.managed and not each._meta.proxy]
    assert len(ours) > 150
    told = {each._meta.label: shape(each) for each in ours}
    drawn = {label: shape(state.apps.get_model(label)) for label in told}
    assert drawn == told
    assert state.is_delayed  # so that Python of a migration finds all drawn anew


@pytest.mark.django_db
def test_what_is_sent_is_what_django_sends():
    """A few migrations, others each time, for Django by itself takes minutes for all of them; among them some
    that come last in their context: an update consists of such.
    """
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _ in executor.migration_plan(leaves, clean_start=True)]
    latest = [each for each in plan if (each.app_label, each.name) in leaves]
    tried = {*random.sample(latest, LATEST), random.choice(plan)}
    state, sent = ProjectState(real_apps=executor.loader.unmigrated_apps), {}
    for migration in plan:
        if migration in tried:
            sent[str(migration)] = [
                sent_by(kind(connection), state.clone(), migration)
                for kind in (MigrationExecutor, LeanExecutor)
            ]
        state = migration.mutate_state(state, preserve=False)
    assert len(sent) >= LATEST
    assert {name: ours for name, (_, ours) in sent.items()} == {name: of for name, (of, _) in sent.items()}


def sent_by(executor: MigrationExecutor, state: ProjectState, migration: Migration) -> list[str]:
    """Return the statements of a migration, none of them sent; Python of its own is left out."""
    state.apps  # noqa: B018  # as the executor does: drawn once, then what each step touches
    apply, editor, told = Migration.apply, connection.schema_editor, list[str]()

    @contextmanager
    def collecting(**given: Any) -> Iterator[Any]:
        with editor(collect_sql=True, **given) as ours:
            yield ours
        told.extend(MOMENT.sub("now", each) for each in ours.collected_sql)

    def collected(self: Migration, state: ProjectState, editor: Any) -> ProjectState:
        return apply(self, state, editor, collect_sql=True)

    with (
        mock.patch.object(connection, "schema_editor", collecting),
        mock.patch.object(Migration, "apply", collected),
        mock.patch.object(executor, "record_migration"),
    ):
        executor.apply_migration(state, migration)
    return told


def test_what_others_point_at_is_altered_as_django_does():
    def of(*steps: Any) -> Migration:
        found = Migration("0001", "app")
        found.operations = list(steps)
        return found

    key = models.BigAutoField(primary_key=True)
    assert is_plain(of(operations.AlterField("thing", "name", models.CharField(max_length=3))))
    assert is_plain(of(operations.RenameField("thing", "name", "title")))
    assert not is_plain(of(operations.AlterField("thing", "id", key)))
    assert not is_plain(of(operations.RenameModel("thing", "other")))
    assert not is_plain(of(operations.SeparateDatabaseAndState()))


def test_the_command_of_django_is_its_own_again_afterwards():
    with lean_migrations():
        assert command.MigrationExecutor is LeanExecutor
    assert command.MigrationExecutor is MigrationExecutor
    whole = ProjectState.reload_model
    with _drawn_one_by_one():
        assert ProjectState.reload_model is not whole
    assert ProjectState.reload_model is whole
