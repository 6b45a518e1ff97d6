# SPDX-License-Identifier: EUPL-1.2
"""Ready texts store and read what Django would, of every field of the models that use them."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from siac.cases.models import Case, CaseText, FilingDraft
from siac.clocks.models import Clock
from siac.infra import ready
from siac.infra.jobs import deferred
from siac.infra.search import stored_words
from siac.journal.models import JournalEntry
from siac.notices.models import Notice
from siac.organizations.models import Institution
from siac.people.models import Identity, Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

STORED = [Person, Identity, CaseText, Clock, Case, JournalEntry, Notice]
READ = [*STORED, FilingDraft, Institution]
WORDS = "%(a)s 100 % «ñandú» ' \" \\ \\n \n\t{}[]$1 €𝄞"


HARD: dict[type[models.Field], Any] = {
    models.ForeignKey: 2**31 - 5,
    ArrayField: [-(2**63), 0, 2**63 - 1],
    SearchVectorField: stored_words(WORDS, "inundaciones 12 3-4 a.b@c.d", WORDS),
    models.JSONField: {"ñ \"'\\": ["%s", None, True, -1, {"a": "\\u0000 \u2028"}], "f": 1.5, "vacío": {}},
    models.TextField: WORDS,
    models.CharField: WORDS,
    models.SmallIntegerField: 2**15 - 1,
    models.PositiveSmallIntegerField: 2**15 - 1,
    models.BigIntegerField: -(2**63),
    models.IntegerField: 2**31 - 1,
    models.DateTimeField: dt.datetime(
        1999, 12, 31, 23, 59, 59, 999_999, dt.timezone(-dt.timedelta(hours=3.5))
    ),
    models.DateField: dt.date(1, 2, 3),
    models.TimeField: dt.time(23, 59, 1, 5),
    models.BinaryField: b"\x00'\\%s\xff\x80",
}


def hard(field: models.Field) -> Any:
    """Return a value of the class of `field` that is easily written wrong."""
    if isinstance(field, models.BooleanField):
        return not field.default
    value = next(HARD[cls] for cls in type(field).__mro__ if cls in HARD)
    return value[: field.max_length] if isinstance(value, str) else value


@pytest.fixture
def loose():
    """Give tables of the same columns in the place of the real ones, with nothing that checks them."""

    def make(model: type[models.Model]) -> None:
        name = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {name} (LIKE public.{name} INCLUDING DEFAULTS INCLUDING IDENTITY)"
            )

    return make


def filled(model: type[models.Model], key: int, *, full: bool) -> models.Model:
    row = model(pk=key)
    for field in model._meta.concrete_fields:
        if field.primary_key or (field.has_db_default() and not field.has_default()):
            continue
        if full:
            setattr(row, field.attname, hard(field))
        elif not field.null and not field.has_default():
            setattr(row, field.attname, "" if field.blank else hard(field))
    return row


def columns(model: type[models.Model], key: int) -> dict[str, Any]:
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    shown = ", ".join(f'{name}::text COLLATE "C"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {shown} FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", [key]
        )
        (found,) = cursor.fetchall()
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("model", STORED)
def test_a_row_by_ready_text_is_the_row_by_django(loose, model, full):
    loose(model)
    filled(model, 1, full=full).save(force_insert=True)
    ready.send([ready.ReadyInsert(model)([filled(model, 2, full=full), filled(model, 3, full=full)])])
    assert columns(model, 2) == columns(model, 3) == columns(model, 1)


@pytest.mark.parametrize("model", READ)
def test_a_row_read_by_ready_text_is_the_row_read_by_django(loose, model):
    loose(model)
    filled(model, 7, full=True).save(force_insert=True)
    wanted = model._base_manager.get(pk=7)
    read = ready.ReadyRows(model, "r")
    (values,) = ready.rows(
        f"SELECT {read.columns} FROM {model._meta.db_table} r WHERE r.{model._meta.pk.column} = %s", [7]
    )
    found = read(values)
    assert len(values) == read.width
    for field in model._meta.concrete_fields:
        mine, theirs = getattr(found, field.attname), getattr(wanted, field.attname)
        assert type(mine) is type(theirs) and mine == theirs, field.name
    assert found._state.adding is False and found._state.db == "default"
    assert read([None] * read.width) is None


def test_the_database_gives_keys_in_the_order_of_the_rows(loose):
    loose(Notice)
    rows = [filled(Notice, 0, full=True) for _ in range(20)]
    for number, row in enumerate(rows):
        row.pk, row.message_id = None, f"m{number}"
    ready.store(rows, ready.ReadyInsert(Notice)(rows))
    assert list(Notice.objects.order_by("pk").values_list("pk", "message_id")) == [
        (row.pk, f"m{n}") for n, row in enumerate(rows)
    ]
    assert not any(row._state.adding for row in rows)


def test_what_nobody_said_how_to_write_is_refused_before_anything_is_written():
    class Shy(models.CharField):
        """A class of its own may prepare its values in its own way."""

    with pytest.raises(TypeError, match="Shy"):
        ready.converter(Shy(max_length=3))
    with pytest.raises(TypeError):
        ready.converter(models.DateTimeField(auto_now=True))
    with pytest.raises(TypeError):
        ready.ReadyInsert(Institution)  # one of its fields is set while it is saved
    insert = ready.ReadyInsert(JournalEntry)
    row = filled(JournalEntry, 1, full=True)
    row.xid = 5
    with pytest.raises(TypeError, match="xid"):
        insert([row])
    row = filled(Case, 1, full=True)
    row.original_number = Value("x")  # what the database works out
    with pytest.raises(TypeError, match="Value"):
        ready.ReadyInsert(Case)([row])
    with pytest.raises(ValueError, match="keys"):
        ready.ReadyInsert(Person)([filled(Person, 1, full=True), filled(Person, None, full=True)])
    row = filled(Person, 1, full=True)
    row.created_at = dt.datetime(2026, 1, 1)
    with pytest.raises(ValueError, match="aware"):
        ready.ReadyInsert(Person)([row])


def test_what_the_database_refuses_comes_as_from_django(house):
    insert = ready.ReadyInsert(Person)
    person = Person(institution_id=house.institution.pk, kind="nobody", created_at=dt.datetime.now(dt.UTC))
    with pytest.raises(IntegrityError, match="people_person_kind"), transaction.atomic():
        ready.send([insert([person])])
    person.kind = "x" * 11
    with pytest.raises(DataError), transaction.atomic():
        ready.send([insert([person])])


def test_keys_are_taken_once_and_statements_are_counted(house):
    with CaptureQueriesContext(connection) as sent:
        first = ready.next_keys(Person, Case)
        second = ready.next_keys(Person, Case)
    assert [b > a for a, b in zip(first, second, strict=True)] == [True, True]
    assert len(sent) == 2 and "people_person" in sent[0]["sql"]


def test_a_job_is_queued_wherever_it_stands(house):
    person = Person(institution_id=house.institution.pk, kind="natural", created_at=dt.datetime.now(dt.UTC))
    ready.send([deferred("notices.send"), ready.ReadyInsert(Person)([person])])
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, status::text, args::text FROM procrastinate_jobs")
        assert ("notices.send", "outgoing", "todo", "{}") in cursor.fetchall()


def test_what_stands_beside_rows_whose_keys_are_read_back_is_done_too(house):
    person = Person(institution_id=house.institution.pk, kind="natural", created_at=dt.datetime.now(dt.UTC))
    with CaptureQueriesContext(connection) as sent:
        ready.store([person], ready.ReadyInsert(Person)([person]), deferred("notices.send"))
    assert len(sent) == 1 and Person.objects.get(pk=person.pk).kind == "natural"
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        assert ("notices.send",) in cursor.fetchall()


def test_one_text_is_prepared_once(house):
    ready.next_keys(Person)
    named = (
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT nextval%%people_person%%'"
    )
    ready.next_keys(Person)
    with connection.cursor() as cursor:
        cursor.execute(named)
        assert cursor.fetchone() == (1,)
