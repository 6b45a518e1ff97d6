# SPDX-License-Identifier: EUPL-1.2
"""Fill a body with cases in bulk: the rows the product would have written, made by the database in
minutes.
"""

import itertools
import time
from datetime import UTC, date, datetime
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from siac.cases.domain.numbers import folio
from siac.cases.models import Case, CaseText, FolioCounter
from siac.config.demonstration.accounts import PASSWORD
from siac.config.demonstration.load import load_all
from siac.infra.search import search_tokens
from siac.journal.public import NewEntry, digest_with, record_many
from siac.organizations.public import Institution, Unit
from siac.people.public import PersonData, save_people

SLUG = "puerto-cordillera"
WORDS = [
    "agua",
    "sala",
    "techo",
    "profesor",
    "matrícula",
    "horario",
    "transporte",
    "comida",
    "baño",
    "patio",
    "biblioteca",
    "certificado",
    "beca",
    "furgón",
    "oficina",
    "teléfono",
    "respuesta",
    "trámite",
    "documento",
    "permiso",
    "limpieza",
    "calle",
    "árbol",
    "semáforo",
    "licencia",
    "sueldo",
    "vacante",
    "jardín",
    "escuela",
]

_CASES = """
INSERT INTO cases_case (institution_id, year, number, tracking_code, kind_id, state, channel, topic_id,
  unit_id, assignee_id,
  person_id, filed_at, due_on, legal_due_on, answered_at, answer_days, closed_at, outcome, ending, reviews,
    is_restricted, version,
  original_number)
SELECT %(institution)s, 2020, g, translate(upper(substr(md5('c' || g), 1, 12)), '01', 'GH'),
  (%(kinds)s::bigint[])[1 + g %% %(n_kinds)s],
  CASE WHEN g %% 33 = 0 THEN 'with_unit' ELSE 'closed' END, 'web',
  (%(topics)s::bigint[])[1 + g %% %(n_topics)s],
  (%(units)s::bigint[])[1 + (g / 7) %% %(n_units)s], NULL, (%(people)s::bigint[])[1 + g %% %(n_people)s],
  timestamptz '2024-11-01' + (g %% 700) * interval '1 day',
  CASE WHEN g %% 33 = 0 THEN date '2026-11-01' + (g %% 60) END, date '2026-11-01' + (g %% 60),
  CASE WHEN g %% 33 <> 0 THEN timestamptz '2024-11-10' + (g %% 700) * interval '1 day' END,
  CASE WHEN g %% 33 <> 0 THEN g %% 25 END,
  CASE WHEN g %% 33 <> 0 THEN timestamptz '2024-11-30' + (g %% 700) * interval '1 day' END,
  CASE WHEN g %% 33 <> 0 THEN 'informed' ELSE '' END, '', 0, false, 1, ''
FROM generate_series(%(first)s::int, %(last)s::int) g
"""
_TEXTS = """
INSERT INTO cases_casetext (case_id, institution_id, subject, body, answers, place, salt, search)
SELECT c.id, c.institution_id, (%(subjects)s::text[])[1 + c.number %% %(n)s],
  (%(bodies)s::text[])[1 + c.number %% %(n)s] || ' raro' || (c.number %% 200000), '{}', '', md5('s' || c.id),
  to_tsvector('simple', (%(tokens)s::text[])[1 + c.number %% %(n)s] || ' raro' || (c.number %% 200000))
FROM cases_case c WHERE c.institution_id = %(institution)s AND c.year = 2020 AND c.number BETWEEN %(first)s
  AND %(last)s
"""
_CLOCKS = """
INSERT INTO clocks_clock (institution_id, subject_type, subject_id, kind, source, label, rule_id,
  rule_version, place, time_zone,
  decreed, calendar_version, amount, unit, event_on, start_reason, day0, started_at, due_on, due_at, pauses,
    extension_reason,
  state, ended_at, days_late, missed_at)
SELECT c.institution_id, 'case', c.id, 'legal', 'kind:' || c.kind_id, 'Plazo legal', 'CL.OIRS', 1, 'CL-CO',
  'America/Santiago',
  true, 'CL:1 CL-CO:1', 20, 'bd', c.filed_at::date, '', c.filed_at::date, c.filed_at, c.legal_due_on,
  (c.legal_due_on + 1)::timestamptz, '[]', '', CASE WHEN c.state = 'with_unit' THEN 'running' ELSE 'met' END,
  CASE WHEN c.state <> 'with_unit' THEN c.answered_at END, 0,
  CASE WHEN c.state = 'with_unit' AND c.legal_due_on < current_date THEN now() END
FROM cases_case c WHERE c.institution_id = %(institution)s AND c.year = 2020 AND c.number BETWEEN %(first)s
  AND %(last)s
"""


_OPEN = """
UPDATE cases_case SET state = 'with_unit', answered_at = NULL, answer_days = NULL, closed_at = NULL,
  outcome = '', ending = '',
  assignee_id = NULL
WHERE institution_id = %s AND year = 2020 AND number <= %s AND merged_into_id IS NULL
"""
_RUNNING = """
UPDATE clocks_clock SET state = 'running', ended_at = NULL, missed_at = NULL,
  day0 = date '2026-10-21' + (id %% 29)::int,
  due_on = date '2026-12-31', due_at = '2027-01-01'
WHERE institution_id = %s AND subject_type = 'case'
  AND subject_id IN (SELECT id FROM cases_case WHERE institution_id = %s AND year = 2020 AND number <= %s)
"""


def prepare() -> Institution:
    """Make the tables and one invented body with a few cases of every kind, where there is none yet."""
    made = "organizations_institution" in connection.introspection.table_names()
    if made and (found := Institution.objects.filter(slug=SLUG).first()):
        return found
    call_command("setup_installation", verbosity=0)
    load_all(now=datetime.now(UTC), password=PASSWORD, say=lambda line: None, cases=40)
    return Institution.objects.get(slug=SLUG)


def filled_to(institution: Institution) -> int:
    """Return how many cases this database was filled with before."""
    return (
        FolioCounter.objects.filter(institution=institution, year=2020).values_list("last", flat=True).first()
        or 0
    )


def open_cases(cursor: CursorWrapper, institution: Institution, count: int) -> None:
    """Make the first `count` cases open and their legal terms running, with starts spread over a month."""
    cursor.execute(_OPEN, [institution.pk, count])
    cursor.execute(_RUNNING, [institution.pk, institution.pk, count])
    cursor.execute("VACUUM ANALYZE")


def grow(institution: Institution, *, first: int, last: int) -> float:
    """Add the cases numbered `first` to `last` with text, clock and journal
    entry; return the seconds it took.
    """
    begun = time.perf_counter()
    people = _people(institution)
    values: dict[str, Any] = {
        "institution": institution.pk,
        "first": first,
        "last": last,
        **_lists(institution, people),
        **_texts(),
    }
    words = next(index for index in CaseText._meta.indexes if index.name == "cases_text_search")
    with connection.schema_editor() as editor:
        editor.remove_index(CaseText, words)  # made again at the end, many times faster than kept row by row
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for statement in (_CASES, _TEXTS, _CLOCKS):
            cursor.execute(statement, values)
        _folios(cursor, institution, last)
    _journal(institution, first, last)
    with connection.schema_editor() as editor:
        editor.add_index(CaseText, words)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("VACUUM ANALYZE")
    return time.perf_counter() - begun


def _people(institution: Institution) -> list[int]:
    data = [
        PersonData(given_names=f"Persona{n}", family_names=f"Prueba{n % 97}", email=f"p{n}@demo.invalid")
        for n in range(2000)
    ]
    return save_people(institution.pk, data, datetime.now(UTC))


def _lists(institution: Institution, people: list[int]) -> dict[str, object]:
    kinds = list(
        Case.objects.filter(institution=institution)
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()
    )
    topics = list(
        Case.objects.filter(institution=institution, topic__isnull=False)
        .order_by("topic")
        .values_list("topic", flat=True)
        .distinct()
    )
    units = list(Unit.objects.filter(institution=institution).values_list("pk", flat=True))
    return {
        "kinds": kinds, "n_kinds": len(kinds), "topics": topics, "n_topics": len(topics),
        "units": units, "n_units": len(units), "people": people, "n_people": len(people),
    }  # fmt: skip


def texts() -> tuple[list[str], list[str]]:
    """Return subjects and bodies, each pair about the same words."""
    triples = list(itertools.islice(itertools.permutations(WORDS, 3), 0, 20_000, 40))
    subjects = [f"Problema de {a} y {b}" for a, b, _ in triples]
    bodies = [
        f"Escribo por {a} y {b}: el problema de {c} sigue igual y nadie responde desde hace semanas."
        for a, b, c in triples
    ]
    return subjects, bodies


def _texts() -> dict[str, object]:
    subjects, bodies = texts()
    tokens = [search_tokens(f"{s} {b}") for s, b in zip(subjects, bodies, strict=True)]
    return {"subjects": subjects, "bodies": bodies, "tokens": tokens, "n": len(subjects)}


def _folios(cursor: CursorWrapper, institution: Institution, last: int) -> None:
    cursor.execute(
        "INSERT INTO cases_foliocounter (institution_id, year, last) VALUES (%s, 2020, %s)"
        " ON CONFLICT (institution_id, year) DO UPDATE SET last = EXCLUDED.last",
        [institution.pk, last],
    )


def _journal(institution: Institution, first: int, last: int) -> None:
    moment = datetime(2024, 11, 1, tzinfo=UTC)
    columns = ("pk", "number", "kind", "unit", "topic", "person", "legal_due_on", "text__body", "text__salt")
    for start in range(first, last + 1, 20_000):
        numbers = (start, min(start + 20_000 - 1, last))
        cases = Case.objects.filter(institution=institution, year=2020, number__range=numbers).order_by("pk")
        entries = [
            NewEntry(f"case:{row[0]}", "cases.filed", _filed(*row[1:])) for row in cases.values_list(*columns)
        ]
        with transaction.atomic():
            record_many(institution.pk, entries, at=moment, new_streams=True)


def _filed(
    number: int, kind: int, unit: int, topic: int, person: int, due_on: date, body: str, salt: str
) -> dict[str, object]:
    clocks = [{"kind": "legal", "rule": "CL.OIRS", "due_on": due_on.isoformat()}]
    return {
        "folio": folio(2020, number),
        "kind": kind,
        "channel": "web",
        "unit": unit,
        "topic": topic,
        "person": person,
        "text": digest_with(body, salt),
        "files": 0,
        "clocks": clocks,
    }
