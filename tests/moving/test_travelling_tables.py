# SPDX-License-Identifier: EUPL-1.2
"""Each table goes along or stays with a reason, and so does each column that holds a key's work."""

from django.db import models

from siac.config.moving.rows import carried_columns, made_columns
from siac.config.moving.tables import BODY, STAYING, ours, rows_of_body, travelling_tables
from siac.infra.travelling import sealed_columns, signed_columns, values_on_arrival

SUMS = {
    "charters_charterreport": {"paper", "shown_paper"},
    "improvement_actionbaseline": {"rows", "digest"},
    "improvement_actioneffect": {"rows", "digest"},
    "indicators_demandplan": {"digest"},
    "indicators_indicatorresult": {"rows", "digest"},
    "journal_checkpoint": {"root", "previous_root"},
    "journal_journalentry": {"prev_hash", "hash"},
    "journal_sealedhead": {"hash"},
    "offline_offlinedevice": {"secret"},
    "reporting_datasetfile": {"content"},
    "reporting_frozenreport": {"digest", "paper"},
    "reporting_letterrevision": {"digest"},
    "signing_signingcertificate": {"certificate"},
}
"""Bytes that are papers, rows that were counted and digests without a key: they hold anywhere."""


def test_each_table_goes_along_or_stays_with_a_reason():
    tables = {each._meta.db_table for each in ours()}
    travelling = set(travelling_tables())
    assert travelling | set(STAYING) == tables, "name what stays in `config.moving.tables.STAYING`"
    assert not travelling & set(STAYING)
    assert all(STAYING.values())


def test_what_goes_along_is_of_a_body_by_a_path():
    for model in ours():
        if model._meta.db_table in travelling_tables() and model._meta.db_table != BODY:
            assert rows_of_body(model) is not None, model


def test_each_column_of_bytes_is_sealed_again_made_anew_or_holds_anywhere():
    found: dict[str, set[str]] = {}
    for model in ours():
        table = model._meta.db_table
        if table not in travelling_tables():
            continue
        signed = signed_columns(table)
        known = {each.column for each in sealed_columns(table)} | set(values_on_arrival(table))
        known |= {column for each in sealed_columns(table) for column in each.remade}
        known |= set(signed.columns if signed else ())
        left = {
            each.column for each in model._meta.concrete_fields if isinstance(each, models.BinaryField)
        } - known
        if left:
            found[table] = left
    assert found == SUMS


def test_what_is_made_there_is_not_in_the_file():
    assert set(made_columns(travelling_tables()["journal_journalentry"])) == {"mac"}
    assert set(made_columns(travelling_tables()["people_identity"])) == {"tokens", "terms_version"}
    for table in travelling_tables().values():
        assert sorted([*carried_columns(table), *made_columns(table)]) == sorted(table.columns)
