# SPDX-License-Identifier: EUPL-1.2
"""Work shared on a case: mentions in notes, tasks with a day, the checklist of its kind."""

from datetime import timedelta

import pytest
from django.urls import reverse

from siac.accounts.public import Role, User
from siac.cases.domain.checklist import owed, parse_checklist
from siac.cases.kinds.form_rows import read_items
from siac.cases.models import CaseTask, ChecklistTick, Erases, Mention, MessageKind
from siac.cases.protection.erasing import erase_case
from siac.cases.public import close_case, save_kind
from siac.cases.restricting.commands import restrict_case
from siac.cases.teamwork.commands import add_task, finish_task, note_with_mentions, see_mention, tick
from siac.cases.teamwork.mentions import mentioned
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import NOW, answer, file

pytestmark = [pytest.mark.django_db]
R = Role
PEOPLE = [(1, "Ana Soto"), (2, "Ana Soto Ríos"), (3, "José Núñez"), (4, "Luz"), (5, "luz")]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Ana Soto, ¿lo ves?", [1]),
        ("Pregunté a @ana soto ríos.", [2]),
        ("@JOSE NUÑEZ y @Ana  Soto", [1, 3]),
        ("@Luz", [4, 5]),
        ("@Luzmila", []),
        ("@Ana", []),
        ("ana@soto.cl y correo@Ana Soto", []),
        ("(@Luz)", [4, 5]),
        ("@", []),
        ("", []),
    ],
)
def test_who_is_named(text, ids):
    assert mentioned(text, PEOPLE) == ids


def test_a_checklist_keeps_the_codes_of_its_items_and_the_mandatory_are_owed():
    typed = [{"label": "Se leyeron los adjuntos", "required": True}, {"label": "Se llamó", "required": False}]
    rows = read_items(typed)
    assert read_items(rows, rows) == rows
    renamed = read_items(
        [{**rows[0], "label": "Se leyó todo"}, {"label": "Se llamó", "required": False}], rows
    )
    assert [row["code"] for row in renamed] == [row["code"] for row in rows]
    assert owed(parse_checklist(rows), set()) == ["Se leyeron los adjuntos"]
    assert owed(parse_checklist(rows), {rows[0]["code"]}) == []


@pytest.mark.parametrize(
    "rows", [[{"code": "", "label": "A"}], [{"code": "a", "label": ""}], [{"code": "a", "label": "x" * 151}],
             [{"code": f"c{n}", "label": "A"} for n in range(21)], [{"code": "a", "label": "A"}] * 2],
)  # fmt: skip
def test_what_no_kind_keeps(rows):
    with pytest.raises(Refused, match="bad_checklist"):
        parse_checklist(rows)


@pytest.fixture
def case(house):
    return file(house, unit_id=house.units["obras"])


def note(house, case, body, *, by=R.UNIT_OFFICER):
    return note_with_mentions(
        institution=house.institution, case_id=case.pk, body=body, actor=house.user(by), now=NOW
    )


def test_who_is_named_is_told_without_a_word_of_the_case(house, case):
    head = house.user(R.HEAD_OF_UNIT)
    note(house, case, f"@{head.name}, ¿lo firmas tú?")
    mention = Mention.objects.get()
    assert (mention.user, mention.case, mention.seen_at) == (head, case, None)
    assert mention.message.kind == MessageKind.NOTE
    told = Notice.objects.get(kind="cases.mentioned")
    assert told.recipient == f"user:{head.pk}" and told.context == {}
    page = house.client(R.HEAD_OF_UNIT).get(reverse("workspace:cases:tasks", args=[house.slug]))
    assert case.folio in page.content.decode() and "Sin ver" in page.content.decode()
    opened = house.client(R.HEAD_OF_UNIT).post(
        reverse("workspace:cases:mention", args=[house.slug, mention.pk])
    )
    assert opened["Location"].endswith(f"/{case.folio}/")
    mention.refresh_from_db()
    assert mention.seen_at is not None


def test_nobody_is_named_who_may_not_read_it_and_the_note_is_kept(house):
    secret = file(house, "denuncia", unit_id=house.units["obras"])
    desk = house.user(R.FRONT_DESK)
    with pytest.raises(Refused, match="mention_cannot_read"):
        note(house, secret, f"@{desk.name} mire", by=R.HEAD_OF_UNIT)
    assert not Mention.objects.exists() and not Notice.objects.filter(kind="cases.mentioned").exists()
    client = house.client(R.HEAD_OF_UNIT)
    sent = client.post(
        reverse("workspace:cases:nota", args=[house.slug, secret.folio]), {"body": f"@{desk.name} mire"}
    )
    assert sent.status_code == 422
    assert f"{desk.name} no puede leer esta solicitud" in sent.content.decode()
    assert f"@{desk.name} mire" in sent.content.decode()


def test_a_mention_vanishes_for_who_may_no_longer_read_the_case(house, case):
    desk = house.user(R.FRONT_DESK)
    note(house, case, f"@{desk.name}, llame por favor")
    mention = Mention.objects.get()
    restrict_case(
        institution=house.institution, case_id=case.pk, version=None, ground="wrongdoing",
        actor=house.user(R.HEAD_OF_UNIT), now=NOW,
    )  # fmt: skip
    page = house.client(R.FRONT_DESK).get(reverse("workspace:cases:tasks", args=[house.slug]))
    assert case.folio not in page.content.decode() and "llame" not in page.content.decode()
    assert see_mention(access=house.access(R.FRONT_DESK), mention_id=mention.pk, now=NOW) is None
    assert see_mention(access=house.access(R.HEAD_OF_UNIT), mention_id=mention.pk, now=NOW) is None, (
        "another's"
    )


def test_nobody_mentions_themselves_and_twice_at_once_is_once(house, case):
    officer, head = house.user(R.UNIT_OFFICER), house.user(R.HEAD_OF_UNIT)
    note(house, case, f"@{officer.name} @{head.name}")
    note(house, case, f"@{officer.name} @{head.name}")
    assert [row.user_id for row in Mention.objects.all()] == [head.pk]


def task(house, case, **more):
    fields = {
        "text": "Pedir fotos",
        "user_id": house.user(R.UNIT_OFFICER).pk,
        "unit_id": None,
        "due_on": house.today(),
    }
    add_task(
        institution=house.institution,
        case_id=case.pk,
        actor=house.user(R.HEAD_OF_UNIT),
        now=NOW,
        **{**fields, **more},
    )
    return CaseTask.objects.latest("pk")


def test_a_second_press_adds_no_second_task(house, case):
    first = task(house, case)
    assert task(house, case) == first and task(house, case, text="Otra cosa") != first
    assert CaseTask.objects.filter(case=case).count() == 2


def listed(house, role):
    return house.client(role).get(reverse("workspace:cases:tasks", args=[house.slug])).content.decode()


def test_a_task_is_in_the_list_of_who_does_it_until_done(house, case):
    row = task(house, case)
    of_unit = task(house, case, text="Revisar el pozo", user_id=None, unit_id=house.units["obras"])
    assert "Pedir fotos" in listed(house, R.UNIT_OFFICER) and "Revisar el pozo" in listed(
        house, R.UNIT_OFFICER
    )
    assert "Pedir fotos" not in listed(house, R.HEAD_OF_UNIT), "another's own"
    assert "Revisar el pozo" in listed(house, R.HEAD_OF_UNIT)
    client = house.client(R.UNIT_OFFICER)
    url = reverse("workspace:cases:task_done", args=[house.slug, case.folio, row.pk])
    assert client.post(url).status_code == 302
    row.refresh_from_db()
    assert row.done_by == house.user(R.UNIT_OFFICER) and row.done_at is not None
    client.post(url, {"hecha": "no"})
    row.refresh_from_db()
    assert row.done_at is None and of_unit.done_at is None
    kinds = [entry.kind for entry in history(house.institution.pk, case.stream)]
    assert kinds[-4:] == ["cases.task_added", "cases.task_added", "cases.task_done", "cases.task_undone"]
    assert "fotos" not in str([entry.data for entry in history(house.institution.pk, case.stream)])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "  "}, "text_missing"),
        ({"user_id": None}, "task_for_whom"),
        ({"unit_id": 1}, "task_for_whom"),
        ({"user_id": 999_999}, "task_for_whom"),
        ({"user_id": None, "unit_id": 999_999}, "task_for_whom"),
    ],
)
def test_a_task_is_for_one_and_says_what(house, case, changes, code):
    with pytest.raises(Refused, match=code):
        task(house, case, **changes)
    for day in (-1, 731):
        with pytest.raises(Refused, match="task_day"):
            task(house, case, due_on=house.today() + timedelta(days=day))
    assert not CaseTask.objects.exists()


def test_tasks_of_another_body_or_case_are_not_touched(house, other_house, case):
    row, second = task(house, case), file(house, unit_id=house.units["obras"])
    stranger = other_house.user(R.UNIT_OFFICER)
    with pytest.raises(Refused, match="task_for_whom"):
        task(house, case, user_id=stranger.pk)
    with pytest.raises(Refused, match="task_unknown"):
        finish_task(
            institution=house.institution,
            case_id=second.pk,
            task_id=row.pk,
            done=True,
            actor=stranger,
            now=NOW,
        )


def test_whose_task_it_is_may_finish_it_without_working_on_the_case(house, case):
    desk = house.user(R.FRONT_DESK)
    own, other = task(house, case, user_id=desk.pk), task(house, case)
    client = house.client(R.FRONT_DESK)
    assert (
        client.post(reverse("workspace:cases:task_done", args=[house.slug, case.folio, other.pk])).status_code
        == 403
    )
    assert (
        client.post(reverse("workspace:cases:task_done", args=[house.slug, case.folio, own.pk])).status_code
        == 302
    )
    own.refresh_from_db()
    assert own.done_by == desk


def test_open_tasks_are_named_where_the_case_is_answered_or_closed_and_keep_nobody(house, case):
    task(house, case)
    url = reverse("workspace:cases:case", args=[house.slug, case.folio])
    assert "Tareas sin hacer: Pedir fotos." in house.client(R.UNIT_OFFICER).get(url).content.decode()
    answer(house, case, now=NOW)
    closed = close_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(R.UNIT_OFFICER),
        now=NOW,
    )
    assert closed.state == "closed"


ITEMS = [
    {"code": "c_a", "label": "Se leyeron los adjuntos", "required": True},
    {"code": "c_b", "label": "Se llamó", "required": False},
]


@pytest.fixture
def checked(house):
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["reclamo"], checklist=ITEMS
    )
    house.institution.refresh_from_db()
    return file(house, unit_id=house.units["obras"])


def test_no_answer_goes_out_before_what_must_be_checked_is(house, checked):
    with pytest.raises(Refused, match="checklist_owed") as refused:
        answer(house, checked, now=NOW)
    assert refused.value.context["items"] == "Se leyeron los adjuntos"
    client = house.client(R.UNIT_OFFICER)
    page = reverse("workspace:cases:case", args=[house.slug, checked.folio])
    assert "Obligatorio antes de responder" in client.get(page).content.decode()
    client.post(f"{page}control/", {"punto": "c_a", "marcar": "si"})
    assert ChecklistTick.objects.get().user == house.user(R.UNIT_OFFICER)
    client.post(f"{page}control/", {"punto": "c_a", "marcar": "si"})
    assert ChecklistTick.objects.count() == 1, "twice is once"
    assert answer(house, checked, now=NOW).state == "answered"


def test_a_tick_is_taken_back_and_what_is_not_on_the_list_is_refused(house, checked):
    common = {
        "institution": house.institution,
        "case_id": checked.pk,
        "actor": house.user(R.UNIT_OFFICER),
        "now": NOW,
    }
    tick(code="c_b", done=True, **common)
    tick(code="c_b", done=False, **common)
    assert not ChecklistTick.objects.exists()
    with pytest.raises(Refused, match="checklist_unknown"):
        tick(code="c_z", done=True, **common)


def test_who_may_only_read_sees_the_list_and_ticks_nothing(house, checked):
    page = reverse("workspace:cases:case", args=[house.slug, checked.folio])
    client = house.client(R.AUDITOR)
    shown = client.get(page).content.decode()
    assert "Se leyeron los adjuntos" in shown and "siac-check" not in shown.replace("siac-checks", "")
    assert client.post(f"{page}control/", {"punto": "c_a"}).status_code == 403
    assert not ChecklistTick.objects.exists()


def test_what_was_written_goes_when_the_case_is_erased(house, case):
    row = task(house, case)
    note(house, case, f"@{house.user(R.HEAD_OF_UNIT).name} vea")
    answer(house, case, now=NOW)
    close_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(R.UNIT_OFFICER),
        now=NOW,
    )
    erase_case(
        institution=house.institution, case_id=case.pk, erases=[Erases.TEXTS], run_id=1, actor=None, now=NOW
    )  # fmt: skip
    row.refresh_from_db()
    assert row.text == "" and not Mention.objects.exists()
    with pytest.raises(Refused, match="case_erased"):
        finish_task(
            institution=house.institution, case_id=case.pk, task_id=row.pk, done=True,
            actor=User.objects.get(pk=house.user(R.UNIT_OFFICER).pk), now=NOW,
        )  # fmt: skip
