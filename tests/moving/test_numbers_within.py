# SPDX-License-Identifier: EUPL-1.2
"""Numbers of rows that stand within JSON and lists: those of accounts are changed, those of others found."""

import json
import re

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from siac.accounts.public import Role
from siac.cases.models import CaseExport, CaseKind, SavedView
from siac.config.moving.checking import check_rows, drop_filters
from siac.config.moving.exporting import _people
from siac.config.moving.lines import said, text_of
from siac.config.moving.naming import numbers_to_come
from siac.config.moving.numbers import NUMBERS, numbers_of, renumbered, strays
from siac.config.moving.rows import Arriving, carried_columns
from siac.config.moving.tables import USERS, ours, travelling_tables
from siac.config.moving.words import MovingError
from siac.infra.crypto import Keyring
from tests.factories import NOW, House, file

NONE = {
    "appointments_agenda": {"windows"},
    "cases_bulkrow": {"context"},
    "cases_caseexport": {"params"},
    "cases_casekind": {
        "readers", "questions", "ladder", "appeal_ladder", "checklist", "retention_erases",
    },
    "cases_casetext": {"answers"},
    "cases_erasureitem": {"erases"},
    "cases_importbatch": {"mapping", "source", "first_rows", "sheets", "report", "headers", "samples"},
    "cases_interaction": {"before"},
    "cases_savedmapping": {"mapping"},
    "cases_stagedrow": {"data", "problems"},
    "cases_suggestionmodel": {"content"},
    "cases_undoable": {"notices", "clocks"},
    "catalogue_service": {
        "requirements", "steps", "channels", "legal", "form_links", "questions", "process",
    },
    "catalogue_servicedraft": {
        "requirements", "steps", "channels", "legal", "form_links", "questions", "process",
    },
    "charters_charteredition": {"texts", "expectations", "participation", "frozen"},
    "charters_charterreport": {"content", "shown_content"},
    "charters_charterteam": {"training"},
    "charters_commitment": {"sustained_by", "level"},
    "clocks_calendarchange": {"days"},
    "clocks_calendarpreview": {"days", "typed", "found"},
    "clocks_clock": {"pauses"},
    "findings_rootcause": {"whys"},
    "improvement_actionbaseline": {"definition"},
    "improvement_actioneffect": {"doubts"},
    "improvement_proposal": {"content"},
    "improvement_review": {"content"},
    "indicators_demandbasis": {"gaps", "breaks"},
    "indicators_demandplan": {"told"},
    "indicators_indicator": {"filters"},
    "indicators_indicatorresult": {"changes"},
    "indicators_staffingneed": {"arrivals", "needs"},
    "indicators_territory": {"ages"},
    "indicators_territoryshapes": {"areas", "unknown", "broken"},
    "journal_journalentry": {"data"},
    "mailbox_incomingmail": {"left_out"},
    "notices_notice": {"context"},
    "organizations_recordtranslation": {"texts"},
    "organizations_staffsheet": {"tables", "outcome"},
    "organizations_textpublication": {"drawn"},
    "organizations_textversion": {"sections"},
    "outreach_campaign": {"media"},
    "policy_policyedition": {"approvals"},
    "policy_policysection": {"rows"},
    "processes_guide": {"phases"},
    "processes_processrun": {"phases"},
    "reporting_datasetfile": {"fields", "latest"},
    "reporting_frozenreport": {"content"},
    "reporting_ownreport": {"sections", "told"},
    "servicepoints_careprotocol": {"steps", "rights", "duties"},
    "servicepoints_servicepoint": {"channels", "access", "schedule"},
    "sicres_registryentry": {"troubles"},
    "signin_directoryuser": {"details"},
    "signin_identityprovider": {"server", "keys"},
    "signing_signature": {"signers"},
    "staff_personnelsheet": {"tables", "outcome"},
    "surveys_bonusentry": {"spells", "left_out"},
    "surveys_draft": {"demanded", "paid"},
    "surveys_paperentry": {"answers"},
    "surveys_protocol": {"items"},
    "surveys_survey": {"questionnaire", "channels"},
    "surveys_surveyanswer": {"answers"},
    "surveys_visitrevision": {"said"},
    "surveys_wave": {"drawn", "quotas"},
    "webhooks_delivery": {"data"},
}  # fmt: skip
"""Columns of JSON without numbers of rows, or that tell of what was (the journal, what was frozen, drawn,
told or asked for once): nobody is led anywhere, or let in, by those.
"""


NO_LISTS = {"people_identity": {"tokens"}}
"""Columns with lists of whole numbers that are of no rows: blind words, made anew there."""


def test_of_each_list_of_whole_numbers_it_is_known_whether_they_are_of_rows():
    found: dict[str, set[str]] = {}
    for model in ours():
        table = model._meta.db_table
        named = {each.column for each in numbers_of(table) if not each.path}
        for field in model._meta.concrete_fields if table in travelling_tables() else ():
            is_list = isinstance(field, ArrayField) and isinstance(field.base_field, models.IntegerField)
            if is_list and field.column not in named:
                found.setdefault(table, set()).add(field.column)
    assert found == NO_LISTS, "name where its numbers stand in `config.moving.numbers.NUMBERS`"


def test_of_each_column_of_json_it_is_known_whether_numbers_of_rows_stand_in_it():
    found: dict[str, set[str]] = {}
    for model in ours():
        table = model._meta.db_table
        named = {each.column for each in numbers_of(table)}
        if table not in travelling_tables():
            continue
        for field in model._meta.concrete_fields:
            is_version = field.column == "fields" and table.endswith("version")
            if isinstance(field, models.JSONField) and not is_version and field.column not in named:
                found.setdefault(table, set()).add(field.column)
    assert found == NONE, "name where its numbers stand in `config.moving.numbers.NUMBERS`"


def test_what_is_named_is_there():
    tables = travelling_tables()
    for each in NUMBERS:
        assert each.column in tables[each.table].columns, each
        assert each.of in tables or each.of == USERS, each


@pytest.mark.parametrize(
    ("told", "path", "then"),
    [
        ([7.0, "9" * 5000, 3], ("*",), [7.0, "9" * 5000, 7]),
        ([3, 4, True, None, "x"], ("*",), [7, 4, True, None, "x"]),
        ([[3, 3], []], ("*", 0), [[7, 3], []]),
        ([{"user_id": 3, "role": "3"}, 3], ("*", "user_id"), [{"user_id": 7, "role": "3"}, 3]),
        ({"responsable": "3"}, ("responsable",), {"responsable": "7"}),
        ({"responsable": "nadie"}, ("responsable",), {"responsable": "nadie"}),
        ({}, ("responsable",), {}),
        ("no", ("*", "user_id"), "no"),
    ],
)
def test_numbers_at_the_end_of_a_path_are_changed_and_no_others(told, path, then):
    assert renumbered(told, path, {3: 7}) == then


def test_whoever_alone_may_read_a_kind_is_the_same_person_there():
    table = travelling_tables()["cases_casekind"]
    columns, key = carried_columns(table), Keyring(b"0" * 32)
    cells = [b"1"] * len(columns)
    cells[columns.index("named_readers")] = said(json.dumps([3, 4]))
    arriving = Arriving(table, journey=key, vault=key, ids={USERS: {3: 7, 4: 4}})
    assert not arriving.is_plain
    (row,) = b"".join(arriving.rows([b"\t".join(cells) + b"\n"], None)).splitlines()
    told = text_of(row.split(b"\t")[columns.index("named_readers")])
    assert json.loads(told or "") == [7, 4]
    assert Arriving(table, journey=key, vault=key, ids={USERS: {3: 3}}).is_plain


def arrived(params: object, ids: dict[int, int]) -> object:
    """Return the parameters of a saved view as they come in where accounts have these numbers."""
    table = travelling_tables()["cases_savedview"]
    columns, key = carried_columns(table), Keyring(b"0" * 32)
    cells = [b"1"] * len(columns)
    cells[columns.index("params")] = said(json.dumps(params))
    arriving = Arriving(table, journey=key, vault=key, ids={USERS: ids})
    (row,) = b"".join(arriving.rows([b"\t".join(cells) + b"\n"], None)).splitlines()
    return json.loads(text_of(row.split(b"\t")[columns.index("params")]) or "")


@pytest.mark.parametrize(
    ("params", "then"),
    [
        ({"responsable": "3", "q": "57"}, {"responsable": "7", "q": "57"}),
        ({"responsable": "57", "q": "57"}, {"q": "57"}),
        ({"responsable": "9" * 5000}, {}),
        ({"responsable": 3}, {}),
        ({"responsable": 3.0, "vista": "todas"}, {"vista": "todas"}),
        ({"responsable": "nadie"}, {"responsable": "nadie"}),
        (["responsable"], ["responsable"]),
    ],
)
def test_a_filter_by_whoever_does_not_come_along_falls_and_names_nobody_else(params, then):
    assert arrived(params, {3: 7}) == then


@pytest.mark.django_db
def test_filters_by_what_is_of_another_body_fall_and_the_rest_stays(house, other_house):
    own = {"tipo": str(house.kinds["consulta"].pk), "causa": "ninguna", "q": "57"}
    strays = {
        "tipo": str(other_house.kinds["consulta"].pk), "unidad": str(other_house.units["obras"]),
        "lote": "57", "persona": "9" * 30, "servicio": 7,
    }  # fmt: skip
    rows = [
        SavedView.objects.create(institution=house.institution, name=str(number), params=params)
        for number, params in enumerate([own, strays | {"q": "57"}, ["tipo"]])
    ]
    theirs = SavedView.objects.create(institution=other_house.institution, name="Suya", params=strays)
    drop_filters(house.institution.pk, dict.fromkeys(travelling_tables(), 1))
    for row in [*rows, theirs]:
        row.refresh_from_db()
    assert [row.params for row in rows] == [own, {"q": "57"}, ["tipo"]]
    assert theirs.params == strays
    check(house)


def check(house: House) -> None:
    loaded = dict.fromkeys(travelling_tables(), 0)
    with connection.cursor() as cursor:
        for name, table in travelling_tables().items():
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE {table.of(house.institution.pk)}")
            loaded[name] = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM clocks_calendarlayer")
        layers = {pk for (pk,) in cursor.fetchall()}
    check_rows(house.institution.pk, loaded, {user.pk for user in house.users.values()}, layers)


@pytest.mark.django_db
def test_every_place_is_looked_at_and_a_whole_body_has_nothing_of_others(house, other_house):
    CaseKind.objects.filter(pk=house.kinds["consulta"].pk).update(
        is_restricted=True, named_readers=[house.user(Role.AUDITOR).pk, 10**15]
    )
    check(house)
    with connection.cursor() as cursor:  # those of tables without rows, too
        for table in travelling_tables().values():
            for _, query, values in strays(table, house.institution.pk, [], numbers_to_come()):
                cursor.execute(query, values)


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["user", "kind"])
def test_a_number_of_a_row_of_others_is_found(house, other_house, which):
    if which == "user":
        CaseKind.objects.filter(pk=house.kinds["consulta"].pk).update(
            is_restricted=True, named_readers=[other_house.user(Role.AUDITOR).pk]
        )
    else:
        params = {"tipo": str(other_house.kinds["consulta"].pk)}
        SavedView.objects.create(institution=house.institution, name="Ajena", params=params)
    where = {"user": "cases_casekind (named_readers)", "kind": "cases_savedview (params)"}
    with pytest.raises(MovingError, match=re.escape(where[which])):
        check(house)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", [7.0, 1.5, True, 1e30])
def test_what_is_no_whole_number_is_found(house, odd):
    kind = CaseKind.objects.filter(pk=house.kinds["consulta"].pk)
    kind.update(is_restricted=True, named_readers=[odd])
    if odd == 1e30:  # whole, and nobody's
        check(house)
        return
    with pytest.raises(MovingError, match=re.escape("cases_casekind (named_readers)")):
        check(house)


@pytest.mark.django_db
def test_a_list_of_cases_names_none_of_another_body(house, other_house):
    mine, theirs = file(house), file(other_house)
    made = CaseExport.objects.create(
        institution=house.institution, format="csv", case_ids=[mine.pk, 10**15],
        requested_by=house.user(Role.AUDITOR), created_at=NOW,
    )  # fmt: skip
    check(house)
    made.case_ids.append(theirs.pk)
    made.save()
    with pytest.raises(MovingError, match=re.escape("cases_caseexport (case_ids)")):
        check(house)


@pytest.mark.django_db
def test_nobody_goes_along_by_whom_only_a_kept_list_is_narrowed(house, other_house):
    stranger, member = other_house.user(Role.AUDITOR).pk, house.user(Role.AUDITOR).pk
    for pk in (stranger, member):
        SavedView.objects.create(institution=house.institution, name=str(pk), params={"responsable": str(pk)})
    assert stranger not in _people(house.institution.pk)
    assert member in _people(house.institution.pk)


@pytest.mark.django_db
def test_whoever_is_named_only_there_goes_along(house, other_house):
    stranger = other_house.user(Role.AUDITOR).pk
    assert stranger not in _people(house.institution.pk)
    kind = CaseKind.objects.filter(pk=house.kinds["consulta"].pk)
    kind.update(is_restricted=True, named_readers=[stranger])
    assert stranger in _people(house.institution.pk)
