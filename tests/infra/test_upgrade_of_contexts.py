# SPDX-License-Identifier: EUPL-1.2
"""Tables that came to another context stay what they are: only Django learns who has them."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

MOVES = (
    ("cases", "0023_papers_have_their_own_context"),
    ("mailroom", "0001_initial"),
    ("cases", "0024_the_book_has_its_own_context"),
    ("statutory", "0001_initial"),
    ("cases", "0025_absences_belong_to_the_body"),
    ("organizations", "0012_absences"),
)
MOVED = {
    "mailroom.IncomingPaper": "cases_incomingpaper",
    "mailroom.PaperCounter": "cases_papercounter",
    "organizations.Absence": "cases_absence",
    "statutory.BookCounter": "cases_bookcounter",
    "statutory.BookSheet": "cases_booksheet",
}


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("app", "name"), MOVES)
@pytest.mark.django_db
def test_a_move_between_contexts_has_no_sql(app, name, backwards):
    told = StringIO()
    call_command("sqlmigrate", app, name, backwards=backwards, no_color=True, stdout=told)
    lines = [line for line in told.getvalue().splitlines() if line and not line.startswith("--")]
    assert set(lines) <= {"BEGIN;", "COMMIT;"}


def test_the_tables_keep_their_names():
    assert {name: apps.get_model(name)._meta.db_table for name in MOVED} == MOVED
