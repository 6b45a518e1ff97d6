# SPDX-License-Identifier: EUPL-1.2
"""What an edition goes through, what councils say together, rows that keep their code, matrices, texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.policy.domain.blocks import Block, blocks
from siac.policy.domain.matrices import grid, with_row
from siac.policy.domain.rounds import Verdict, Voice, together, verdicts
from siac.policy.domain.sections import BY_CODE, SECTIONS, Matrix, coded, missing, tables
from siac.policy.domain.states import APPROVAL, EditionState, Phase, phase

FIRST, LAST = date(2026, 3, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("state", "since", "until", "today", "stands"),
    [
        ("draft", None, None, FIRST, Phase.DRAFT),
        ("draft", FIRST, None, LAST, Phase.DRAFT),
        ("review", FIRST, None, LAST, Phase.REVIEW),
        ("approved", FIRST, None, date(2026, 2, 28), Phase.COMING),
        ("approved", FIRST, None, FIRST, Phase.IN_FORCE),
        ("approved", FIRST, LAST, LAST, Phase.IN_FORCE),
        ("approved", FIRST, LAST, date(2027, 1, 1), Phase.SUPERSEDED),
    ],
)
def test_how_an_edition_stands_on_a_day(state, since, until, today, stands):
    assert phase(state, since, until, today) is stands


def test_only_a_draft_is_written_and_what_was_approved_stays():
    allowed = {
        (state, step)
        for state in EditionState
        for step in (
            ApprovalStep.WRITE, ApprovalStep.SUBMIT, ApprovalStep.APPROVE, ApprovalStep.RETURN,
            ApprovalStep.CALL_BACK,
        )
        if (state, step) in APPROVAL.after
    }  # fmt: skip
    assert allowed == {
        (EditionState.DRAFT, ApprovalStep.WRITE), (EditionState.DRAFT, ApprovalStep.SUBMIT),
        (EditionState.REVIEW, ApprovalStep.APPROVE), (EditionState.REVIEW, ApprovalStep.RETURN),
        (EditionState.REVIEW, ApprovalStep.CALL_BACK),
    }  # fmt: skip
    with pytest.raises(Refused, match="policy_closed"):
        APPROVAL.move("review", ApprovalStep.WRITE)


YES, NO, NOTHING = True, False, None


@pytest.mark.parametrize(
    ("voices", "said", "whole"),
    [
        ((), "ww", Verdict.WAITING),
        (((1, YES),), "aw", Verdict.WAITING),
        (((1, YES), (2, YES)), "aa", Verdict.APPROVED),
        (((1, YES), (2, NO)), "ar", Verdict.REJECTED),
        (((2, NO),), "wr", Verdict.REJECTED),
        (((1, YES), (2, NOTHING)), "aw", Verdict.WAITING),  # a tie decides nothing
        (((2, NO), (2, YES), (1, YES)), "aa", Verdict.APPROVED),  # the last that decided counts
        (((1, YES), (2, YES), (2, NOTHING)), "aa", Verdict.APPROVED),
        (((1, YES), (3, NO)), "aw", Verdict.WAITING),  # nobody asked the third
    ],
)
def test_what_councils_say_together(voices, said, whole):
    found = verdicts([1, 2], [Voice(*each) for each in voices])
    assert "".join(each.value[0] for each in found.values()) == said
    assert together(found.values()) is whole


def test_no_council_is_no_approval():
    assert together([]) is Verdict.WAITING


@given(
    st.lists(st.tuples(st.sampled_from(["", "p1", "p2", "p9"]), st.text(min_size=1, max_size=3)), max_size=8)
)
def test_rows_keep_their_code_and_no_two_have_the_same(rows):
    known = [{"code": "p1"}, {"code": "p2"}]
    made = coded([{"code": code, "name": name} for code, name in rows], known, "p")
    codes = [row["code"] for row in made]
    assert len(set(codes)) == len(codes)
    assert [row["name"] for row in made] == [name for _, name in rows]
    first = [code for code, _ in rows]
    for place, (code, _) in enumerate(rows):
        if code in ("p1", "p2") and first.index(code) == place:
            assert codes[place] == code
        else:
            assert codes[place] not in ("p1", "p2")


def test_a_code_that_went_is_not_given_to_another_row():
    kept = coded([{"name": "a"}, {"name": "b"}], [], "p")
    assert [row["code"] for row in kept] == ["p1", "p2"]
    again = coded([kept[0], {"name": "c"}], kept, "p")
    assert [row["code"] for row in again] == ["p1", "p3"]


ROWS = [
    {"code": "p1", "name": "Eficiencia", "text": "Menor costo", "sort": "specific"},
    {"code": "p2", "name": "Articulación", "text": "Visión", "sort": "general"},
]
COLUMNS = [{"code": "s1", "name": "Aprender", "text": "…"}, {"code": "s2", "name": "Gastar", "text": "…"}]


def test_a_matrix_says_which_rows_and_columns_have_no_link():
    drawn = grid(Matrix("a", "b"), ROWS, COLUMNS, [{"row": "p1", "column": "s2", "text": "Se gasta bien"}])
    assert [line.cells for line in drawn.lines] == [("", "Se gasta bien"), ("", "")]
    assert drawn.loose_rows == ["Articulación"]
    assert drawn.loose_columns == ["Aprender"]


def test_a_matrix_links_only_what_it_is_of_and_forgets_what_is_gone():
    cells = [{"row": "p2", "column": "s1", "text": "x"}, {"row": "p1", "column": "s9", "text": "y"}]
    drawn = grid(Matrix("a", "b", only=("sort", "specific")), ROWS, COLUMNS, cells)
    assert [(line.code, line.is_linked) for line in drawn.lines] == [("p1", False)]


def test_one_row_of_a_matrix_is_written_and_the_others_stay():
    cells = with_row([], "p1", {"s1": "uno", "s2": " "})
    cells = with_row(cells, "p2", {"s2": "dos"})
    cells = with_row(cells, "p1", {"s1": "", "s2": "tres"})
    assert [(each["row"], each["column"], each["text"]) for each in cells] == [
        ("p1", "s2", "tres"),
        ("p2", "s2", "dos"),
    ]


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("", []),
        ("Uno\n\n Dos ", [Block("p", "Uno"), Block("p", "Dos")]),
        ("- a\n- b\nc", [Block("ul", items=("a", "b")), Block("p", "c")]),
        ("## Coquimbo\n- a\n\n- b", [Block("h", "Coquimbo"), Block("ul", items=("a", "b"))]),
        ("-5 grados", [Block("p", "-5 grados")]),
    ],
)
def test_a_text_is_laid_out(text, laid_out):
    assert blocks(text) == laid_out


def test_what_is_missing_before_it_is_proposed():
    needed = [each.code for each in SECTIONS if each.is_needed]
    assert [each.code for each in missing({})] == needed
    whole = {code: ("", [{"code": "x"}]) for code in needed}
    assert missing(whole) == []
    assert [each.code for each in missing(whole | {"users": (" ", [])})] == ["users"]


def test_rows_are_put_in_tables_by_their_title():
    told = (("Edad", "0 a 14"), ("Zona", "Rural"), ("Edad", "65"))
    rows = [{"table": table, "name": name} for table, name in told]
    found = tables(BY_CODE["users"], rows)
    assert [(title, [row["name"] for row in of]) for title, of in found] == [
        ("Edad", ["0 a 14", "65"]),
        ("Zona", ["Rural"]),
    ]
