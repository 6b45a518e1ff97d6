# SPDX-License-Identifier: EUPL-1.2
"""A visit from its protocol to its score, its correction and its findings."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from siac.accounts.public import Role
from siac.documents.public import Attachment, check_uploads
from siac.findings.public import Finding, Severity
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.surveys.checklists.commands import (
    Told,
    assign_visit,
    begin_visit,
    change_visit,
    correct_visit,
    open_visit_finding,
    save_protocol,
    save_visit,
    send_visit,
    withdraw_visit,
)
from siac.surveys.checklists.facts import visit_problems
from siac.surveys.checklists.forms import item_rows, read_items
from siac.surveys.checklists.queries import visible_visits
from siac.surveys.models import Protocol, Visit, VisitMark, VisitRevision
from tests.factories import NOW, House, upload
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ITEMS = [
    {"title": "El lugar", "items": [
        {"code": "horario", "label": "El horario está a la vista", "weight": 2, "top": 0, "evidence": True},
        {"code": "aseo", "label": "Está limpio", "weight": 3, "top": 5},
    ]},
    {"title": "El trato", "items": [
        {"code": "trato", "label": "Nadie maltrató a otra persona", "weight": 5, "top": 0, "critical": True},
    ]},
]  # fmt: skip
GOOD = {"horario": "yes", "aseo": "4", "trato": "yes"}
NOTED = {"horario": "Pegado en la puerta"}


def protocol_of(house: House, **fields: Any) -> Protocol:
    given = {"name": "Mesón", "kind": "shopper", "items": ITEMS, **fields}
    actor = house.user(Role.QUALITY_MANAGER)
    return save_protocol(institution=house.institution, actor=actor, now=NOW, **given)


def asked(
    house: House, protocol: Protocol | None = None, *, role: Role = Role.FRONT_DESK, **fields: Any
) -> Visit:
    """Ask the front desk to visit the unit of works."""
    values = {
        "unit_id": house.units["obras"], "channel": "counter", "assignee_id": house.user(role).pk,
        "due_on": house.today() + 5 * DAY, "now": NOW, **fields,
    }  # fmt: skip
    protocol = (
        protocol or Protocol.objects.filter(institution=house.institution).first() or protocol_of(house)
    )
    return assign_visit(
        institution=house.institution,
        protocol_id=protocol.pk,
        actor=house.user(Role.QUALITY_MANAGER),
        **values,
    )


def by(house: House, row: Visit, role: Role = Role.FRONT_DESK, **fields: Any) -> dict[str, Any]:
    return {
        "institution": house.institution,
        "visit_id": row.pk,
        "actor": house.user(role),
        "now": NOW,
        **fields,
    }


def told(marks: dict[str, str] = GOOD, notes: dict[str, str] = NOTED, **fields: Any) -> Told:
    return Told(**{"visited_on": date(2026, 9, 7), "marks": marks, "notes": notes, **fields})


def sent(house: House, marks: dict[str, str] = GOOD, *, now=NOW, **fields: Any) -> Visit:
    row = asked(house, now=now, due_on=house.today(now) + DAY, **fields)
    begin_visit(**by(house, row, now=now))
    return send_visit(**by(house, row, now=now), told=told(marks, visited_on=house.today(now)))


def base(house: House) -> str:
    return f"/{house.slug}/gestion/visitas/"


def form(row: Visit, marks: dict[str, str], act: str = "guardar", **more: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return {
        "visited_on": "2026-09-07", "summary": "Todo en orden", "based_on": row.saves, "acto": act,
        **{f"m_{code}": mark for code, mark in marks.items()}, **more,
    }  # fmt: skip


def test_a_visit_goes_from_asked_to_sent_and_its_score_is_the_one_worked_out_by_hand(house):
    row = asked(house)
    begin_visit(**by(house, row))
    save_visit(**by(house, row), told=told({"aseo": "4"}))
    row.refresh_from_db()
    assert (row.state, row.version, row.score) == ("begun", 1, None)
    row = send_visit(**by(house, row), told=told())
    row.refresh_from_db()
    assert row.score == Decimal("94.0"), "2 + 3 of 4/5 + 5, of 10"
    assert (row.criticals, row.revision, row.sent_at) == (0, 1, NOW)
    kinds = [entry.kind for entry in history(house.institution.pk, row.stream)]
    assert sorted(kinds) == [f"surveys.visit_{each}" for each in ("assigned", "begun", "sent")]
    assert list(visit_problems(house.institution.pk)) == []


def test_a_visit_ends_with_the_version_that_it_began_with(house):
    protocol = protocol_of(house)
    row = asked(house, protocol)
    begin_visit(**by(house, row))
    fewer = [{"title": "", "items": ITEMS[1]["items"]}]
    save_protocol(institution=house.institution, actor=None, now=NOW, protocol=protocol, items=fewer)
    with pytest.raises(Refused, match="visit_unmarked"):
        send_visit(**by(house, row), told=told({"trato": "yes"}))
    other = asked(house, protocol)
    begin_visit(**by(house, other))
    assert send_visit(**by(house, other), told=told({"trato": "no"}, {})).score == Decimal("0.0")


def test_what_is_sent_is_fixed_and_corrected_with_a_reason_only(house):
    row, keeper = sent(house), {"role": Role.QUALITY_MANAGER}
    for refused in (save_visit, send_visit):
        with pytest.raises(Refused, match="visit_over"):
            refused(**by(house, row), told=told({**GOOD, "trato": "no"}))
    with pytest.raises(Refused, match="visit_reason"):
        correct_visit(**by(house, row, **keeper), told=told(), reason=" ")
    row.refresh_from_db()
    again = told(begun_time=row.begun_time)
    with pytest.raises(Refused, match="visit_same"):
        correct_visit(**by(house, row, **keeper), told=again, reason="Nada")
    wrong = told({**GOOD, "trato": "no"}, begun_time=row.begun_time)
    correct_visit(**by(house, row, **keeper), told=wrong, reason="Era la otra fila")
    row.refresh_from_db()
    assert (row.score, row.criticals, row.revision) == (Decimal("44.0"), 1, 2)
    first, second = VisitRevision.objects.filter(visit=row).order_by("number")
    assert (first.score, second.score, second.reason) == (
        Decimal("94.0"),
        Decimal("44.0"),
        "Era la otra fila",
    )
    assert list(visit_problems(house.institution.pk)) == []
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        VisitRevision.objects.filter(pk=first.pk).update(score=100)


def test_verification_sees_a_mark_that_was_changed_behind_its_back(house):
    row = sent(house)
    VisitMark.objects.filter(visit=row, code="trato").update(mark="no")
    assert [fault.split(": ")[1] for fault in visit_problems(house.institution.pk)] == [
        "la visita dice otra cosa que su última revisión"
    ]


def test_evidence_is_a_file_or_a_word_why_there_is_none(house):
    row = asked(house)
    begin_visit(**by(house, row))
    with pytest.raises(Refused, match="visit_evidence"):
        send_visit(**by(house, row), told=told(notes={}))
    files = {"horario": check_uploads([upload()])}
    assert send_visit(**by(house, row), told=told(notes={}, files=files)).state == "done"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visited_on": date(2026, 9, 8)}, "visit_day"),
        ({"visited_on": date(1901, 1, 1)}, "visit_day"),
        ({"marks": {**GOOD, "aseo": "6"}}, "visit_unmarked"),
        ({"marks": {**GOOD, "aseo": "²"}}, "visit_unmarked"),
        ({"marks": {}}, "visit_unmarked"),
    ],
)
def test_what_a_visit_cannot_say_is_refused(house, changes, code):
    row = asked(house)
    begin_visit(**by(house, row))
    with pytest.raises(Refused, match=code):
        send_visit(**by(house, row), told=told(**changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"due_on": date(2026, 9, 6)}, "visit_due"),
        ({"unit_id": 10**9}, "unit_unknown"),
        ({"point_id": 10**9}, "visit_point"),
        ({"assignee_id": 10**9}, "visit_assignee"),
    ],
)
def test_what_cannot_be_asked_is_refused(house, changes, code):
    with pytest.raises(Refused, match=code):
        asked(house, **changes)


def test_who_makes_no_visits_is_not_asked_to(house, other_house):
    with pytest.raises(Refused, match="visit_assignee"):
        asked(house, role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="visit_assignee"):
        asked(house, assignee_id=other_house.user(Role.FRONT_DESK).pk)
    with pytest.raises(Refused, match="protocol_unknown"):
        asked(house, protocol_of(other_house))


def test_two_windows_do_not_overwrite_each_other(house):
    row = asked(house)
    begin_visit(**by(house, row))
    save_visit(**by(house, row), told=told({"aseo": "1"}), based_on=0)
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_visit(**by(house, row), told=told({"aseo": "5"}), based_on=0)
    assert VisitMark.objects.get(visit=row, code="aseo").mark == "1"
    late = {**form(row, {"aseo": "5"}), "based_on": 0}
    shown = house.client(Role.FRONT_DESK).post(f"{base(house)}{row.pk}/hacer/", late)
    page = words(shown)
    assert shown.status_code == 422
    assert "Lo que se guardó mientras usted editaba" in page
    assert "Lo principal: quedó (vacío); usted escribió Todo en orden" in page


def test_only_who_was_asked_makes_it_and_of_another_body_nobody_sees_it(house, other_house):
    row = asked(house)
    with pytest.raises(Refused, match="visit_not_yours"):
        begin_visit(**by(house, row, Role.QUALITY_MANAGER))
    assert house.client(Role.QUALITY_MANAGER).get(f"{base(house)}{row.pk}/hacer/").status_code == 403
    stranger = other_house.client(Role.QUALITY_MANAGER)
    for page in ("", "hacer/", "encargo/", "retirar/", "corregir/", "hallazgos/"):
        assert stranger.get(f"{base(other_house)}{row.pk}/{page}").status_code == 404
    with pytest.raises(Refused, match="visit_unknown"):
        withdraw_visit(**by(other_house, row, Role.QUALITY_MANAGER), why="No es mía")


def test_a_unit_knows_of_a_mystery_shopper_only_when_it_is_done_and_never_who(house):
    waiting, done = asked(house), sent(house)
    head, shopper = house.client(Role.HEAD_OF_UNIT), house.user(Role.FRONT_DESK)
    assert list(visible_visits(house.access(Role.HEAD_OF_UNIT))) == [done]
    assert head.get(f"{base(house)}{waiting.pk}/").status_code == 404
    handed = b"".join(head.get(f"{base(house)}?formato=csv").streaming_content).decode()
    for text in (words(head.get(base(house))), words(head.get(f"{base(house)}{done.pk}/")), handed):
        assert "Reservado" in text and shopper.name not in text
    keeper = words(house.client(Role.QUALITY_MANAGER).get(f"{base(house)}{done.pk}/"))
    assert shopper.name in keeper and "94,0" in keeper
    colleague = house.client(Role.UNIT_OFFICER)
    assert colleague.get(f"{base(house)}{done.pk}/").status_code == 404


def test_a_head_sees_nothing_of_other_units(house):
    other = sent(house, unit_id=house.units["oirs"])
    assert house.client(Role.HEAD_OF_UNIT).get(f"{base(house)}{other.pk}/").status_code == 404


def test_what_is_asked_is_changed_and_withdrawn_until_it_is_sent(house):
    row = asked(house)
    keeper = by(house, row, Role.QUALITY_MANAGER)
    other = house.user(Role.UNIT_OFFICER).pk
    change_visit(
        **keeper, assignee_id=other, due_on=date(2026, 9, 20), told="Pregunte por la luz", based_on=0
    )
    with pytest.raises(Refused, match="saved_meanwhile"):
        change_visit(**keeper, assignee_id=other, due_on=date(2026, 9, 21), told="", based_on=0)
    with pytest.raises(Refused, match="visit_why"):
        withdraw_visit(**keeper, why="\u200b ")
    withdraw_visit(**keeper, why="Se cerró el mesón")
    with pytest.raises(Refused, match="visit_over"):
        begin_visit(**by(house, row, Role.UNIT_OFFICER))
    done = sent(house)
    with pytest.raises(Refused, match="visit_over"):
        withdraw_visit(**by(house, done, Role.QUALITY_MANAGER), why="Tarde")


def test_what_failed_becomes_a_finding_once_and_both_lead_to_each_other(house):
    row = sent(house, {"horario": "no", "aseo": "5", "trato": "no"})
    common = by(house, row, Role.QUALITY_MANAGER)
    head = house.user(Role.HEAD_OF_UNIT).pk
    finding = open_visit_finding(**common, code="trato", severity=Severity.GRAVE, responsible_id=head)
    assert (finding.source, finding.unit_id, finding.title) == (
        "shopper",
        row.unit_id,
        ITEMS[1]["items"][0]["label"],
    )
    for code, refused in (
        ("trato", "visit_found"),
        ("aseo", "visit_no_failure"),
        ("nada", "visit_no_failure"),
    ):
        with pytest.raises(Refused, match=refused):
            open_visit_finding(**common, code=code, severity=Severity.MINOR)
    reader = house.client(Role.HEAD_OF_UNIT)
    assert finding.code in words(reader.get(f"{base(house)}{row.pk}/"))
    page = reader.get(f"/{house.slug}/gestion/hallazgos/{finding.pk}/").content.decode()
    assert f"{base(house)}{row.pk}/" in page
    assert house.user(Role.FRONT_DESK).name not in page, "nobody learns who the shopper was from a finding"


def test_a_visit_is_made_on_the_pages_half_first_and_then_sent(house):
    row, visitor = asked(house), house.client(Role.FRONT_DESK)
    url = f"{base(house)}{row.pk}/hacer/"
    assert "Comenzar la visita" in words(visitor.get(url))
    assert visitor.post(url)["Location"] == url
    half = visitor.post(url, form(row, {"aseo": "4"}))
    assert half.status_code == 302
    assert 'name="m_aseo" type="radio" value="4" checked' in " ".join(
        visitor.get(url).content.decode().split()
    )
    unsent = visitor.post(url, form(row, {"aseo": "4"}, "enviar"))
    assert unsent.status_code == 422 and "Falta marcar: El horario" in words(unsent)
    bad = form(row, GOOD, "enviar", f_horario=upload("malo.exe", b"MZ", "application/x-msdownload"))
    assert visitor.post(url, bad).status_code == 422
    good = form(row, GOOD, "enviar", f_horario=upload())
    assert visitor.post(url, good)["Location"] == f"{base(house)}{row.pk}/"
    page = visitor.get(f"{base(house)}{row.pk}/")
    assert "94,0" in words(page) and "foto.pdf" in words(page)
    assert visitor.get(url).status_code == 302, "it is not made twice"


@pytest.mark.parametrize(("kind", "status"), [("shopper", 404), ("own", 200)])
def test_the_evidence_of_a_visit_on_its_way_is_handed_out_to_whom_its_marks_are_shown(house, kind, status):
    row = asked(house, protocol_of(house, kind=kind))
    begin_visit(**by(house, row))
    visitor, keeper = house.client(Role.FRONT_DESK), house.client(Role.QUALITY_MANAGER)
    visitor.post(f"{base(house)}{row.pk}/hacer/", form(row, {"horario": "yes"}, f_horario=upload()))
    file = Attachment.objects.get()
    url = f"{base(house)}{row.pk}/archivos/{file.pk}/"
    assert visitor.get(url).status_code == 200
    page = keeper.get(f"{base(house)}{row.pk}/").content.decode()
    assert (url in page) == (status == 200) and keeper.get(url).status_code == status
    assert visitor.get(f"{base(house)}{row.pk}/archivos/{file.pk + 1}/").status_code == 404


def test_findings_are_opened_on_the_page_for_those_that_are_wanted(house):
    row = sent(house, {"horario": "no", "aseo": "1", "trato": "no"})
    keeper, url = house.client(Role.QUALITY_MANAGER), f"{base(house)}{row.pk}/hallazgos/"
    assert "El horario está a la vista" in words(keeper.get(url))
    desk, head = house.user(Role.FRONT_DESK).pk, house.user(Role.HEAD_OF_UNIT).pk
    offered = keeper.get(url).content.decode()
    assert f'<option value="{head}">' in offered and f'<option value="{desk}">' not in offered
    posted = keeper.post(url, {"s_horario": "", "s_aseo": "3", "s_trato": "1", "d_trato": "2026-10-01"})
    assert posted.status_code == 302
    assert sorted(Finding.objects.values_list("title", "severity")) == [
        ("Está limpio", 3), ("Nadie maltrató a otra persona", 1),
    ]  # fmt: skip
    left = keeper.get(url).content.decode()
    assert 'name="s_horario"' in left and 'name="s_aseo"' not in left


def test_the_next_visit_to_the_same_place_tells_what_changed(house):
    before = sent(house, {"horario": "yes", "aseo": "2", "trato": "no"}, now=NOW - 30 * DAY)
    sent(house, GOOD, now=NOW - 20 * DAY, unit_id=house.units["oirs"])
    after = sent(house, {"horario": "no", "aseo": "4", "trato": "yes"})
    text = words(house.client(Role.AUTHORITY).get(f"{base(house)}{after.pk}/"))
    assert "Mejoró: Está limpio (2 de 5 → 4 de 5)" in text
    assert "Empeoró: El horario está a la vista (Sí → No)" in text
    assert "subió 42,0 puntos" in text, "from 32 to 74"
    assert f"/{before.pk}/" in house.client(Role.AUTHORITY).get(f"{base(house)}{after.pk}/").content.decode()


def test_a_visit_that_waits_is_told_to_whoever_makes_it(house):
    asked(house)
    home = f"/{house.slug}/gestion/inicio/"
    for role, waits in ((Role.FRONT_DESK, True), (Role.UNIT_OFFICER, False)):
        page = house.client(role).get(home)
        waiting = {each.tile.title: each.count for each in page.context["waiting"]}
        assert waiting.get("Visitas por hacer", 0) == int(waits)


def test_a_protocol_is_begun_from_a_ready_one_and_changed_as_rows(house):
    keeper = house.client(Role.QUALITY_MANAGER)
    url = f"{base(house)}protocolos/"
    page = keeper.post(f"{url}nuevo/", {"name": "Teléfono", "model": "phone"})
    row = Protocol.objects.get(name="Teléfono")
    assert page["Location"] == f"{url}{row.pk}/" and row.kind == "shopper"
    assert keeper.post(f"{url}nuevo/", {"name": "Teléfono", "model": "blank"}).status_code == 422
    drawn = words(keeper.get(f"{url}{row.pk}/"))
    assert "Qué se mira" in drawn and "Se marca con" in drawn
    fields = {
        "name": "Teléfono", "kind": "own", "intro": "", "is_active": "on", "based_on": "1",
        "rows-0-code": "i_1", "rows-0-label": "Contestan", "rows-0-answer": "0", "rows-0-weight": "4",
    }  # fmt: skip
    assert keeper.post(f"{url}{row.pk}/", fields).status_code == 302
    row.refresh_from_db()
    assert [item["code"] for item in row.items[0]["items"]] == ["i_1"] and row.version == 2
    late = keeper.post(f"{url}{row.pk}/", {**fields, "rows-0-weight": "9"})
    assert late.status_code == 422, "somebody saved it meanwhile"
    for weight in ("²", "0", "101", ""):
        wrong = {**fields, "based_on": "2", "rows-0-weight": weight}
        assert keeper.post(f"{url}{row.pk}/", wrong).status_code == 422


def test_an_item_that_is_marked_otherwise_is_another_item(house):
    blank = {"critical": False, "evidence": False, "guidance": "", "code": ""}
    rows = [{**blank, **row} for row in item_rows(ITEMS)]
    assert [item["code"] for section in read_items(rows, ITEMS) for item in section["items"]] == [
        "horario", "aseo", "trato",
    ]  # fmt: skip
    rows[2]["answer"] = "7"
    changed = read_items(rows, ITEMS)
    assert changed[0]["items"][1]["code"] != "aseo" and changed[0]["items"][1]["top"] == 7


def test_a_note_that_a_spreadsheet_would_run_is_text_in_it(house):
    protocol_of(house, name="=1+1")
    sent(house)
    reader = house.client(Role.QUALITY_MANAGER)
    handed = b"".join(reader.get(f"{base(house)}?formato=csv").streaming_content).decode("utf-8-sig")
    assert handed.splitlines()[1].startswith("'=1+1;")


def test_the_longest_protocol_is_saved_and_one_row_more_is_told(house):
    """A browser sends so many fields at once and no more: the form keeps below that."""
    row, keeper = protocol_of(house), house.client(Role.QUALITY_MANAGER)
    url = f"{base(house)}protocolos/{row.pk}/"

    def rows(n: int) -> dict[str, str]:
        fields = {"name": "Largo", "kind": "own", "intro": "x", "is_active": "on", "based_on": "1"}
        for place in range(n):
            fields |= {
                f"rows-{place}-{name}": value
                for name, value in (
                    ("row", "1"), ("code", ""), ("label", f"Punto {place}"), ("answer", "0"), ("weight", "1"),
                    ("critical", "on"), ("evidence", "on" if place < 50 else ""), ("guidance", "Mire"),
                )
            }  # fmt: skip
        return fields

    assert keeper.post(url, rows(61)).status_code == 422
    assert keeper.post(url, rows(60)).status_code == 302
    row.refresh_from_db()
    visit = asked(house, row)
    begin_visit(**by(house, visit))
    marks = {f"m_{item['code']}": "yes" for item in row.items[0]["items"]}
    notes = {name.replace("m_", "n_", 1): "Visto" for name in marks}
    sent = {"visited_on": "2026-09-07", "based_on": "0", "acto": "enviar", **marks, **notes}
    assert house.client(Role.FRONT_DESK).post(f"{base(house)}{visit.pk}/hacer/", sent).status_code == 302
