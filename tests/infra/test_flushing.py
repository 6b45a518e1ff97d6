# SPDX-License-Identifier: EUPL-1.2
"""Tests that commit leave an empty database, also of tables that forbid TRUNCATE."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.flushing import empty

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guarded():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE guarded (id int)")
        cursor.execute(
            "CREATE FUNCTION guarded_no() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
        )
        cursor.execute("CREATE TRIGGER guarded_no BEFORE TRUNCATE ON guarded EXECUTE FUNCTION guarded_no()")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE guarded")
        cursor.execute("DROP FUNCTION guarded_no")


def test_a_guarded_table_is_emptied_and_guarded_again(guarded):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO guarded VALUES (1)")
        empty()
        cursor.execute("SELECT count(*) FROM guarded")
        assert cursor.fetchone() == (0,)
    with (
        pytest.raises(DatabaseError, match="append only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE guarded")
