# SPDX-License-Identifier: EUPL-1.2
"""A drawing says what its rows say: to the eye, without colour, to a screen reader, and in its table."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.template import Context, Template
from lxml import etree

from siac.ui.charts import (
    FOLDED_FROM,
    Chart,
    Heat,
    HeatCell,
    HeatRow,
    Mark,
    Multiples,
    Panel,
    Row,
    Shape,
    bars,
    columns,
    dots,
    line,
    step_of,
)

HEADS = ("Compromiso", "A tiempo", "Solicitudes", "Meta (%)")
KEPT = Row("Respondemos en 10 días", Decimal("88.6"), "88,6 %", "31 de 35", target=85, mark=Mark.REACHED)
BROKEN = Row("Acusamos recibo en 2 días", 40, "40 %", "4 de 10", target=90, mark=Mark.MISSED)
UNKNOWN = Row("Llamamos de vuelta", None, "Sin casos", target=80)


def chart(*rows: Row, top: int | None = 100) -> Chart:
    return Chart("Cumplimos 1 de 2 compromisos.", "Porcentaje a tiempo.", rows, HEADS, top)


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(str(svg).encode())


def parts(tree: etree._Element, name: str) -> list[dict[str, str]]:
    found = tree.findall(f".//{{*}}{name}")
    return [dict(one.attrib) for one in found if not one.get("class", "").endswith("hatch")]


def test_a_screen_reader_hears_the_finding_and_every_row():
    tree = drawn(bars(chart(KEPT, BROKEN, UNKNOWN)))
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == (
        "Cumplimos 1 de 2 compromisos. Respondemos en 10 días: 88,6 % (31 de 35), meta 85; "
        "Acusamos recibo en 2 días: 40 % (4 de 10), meta 90; Llamamos de vuelta: Sin casos, meta 80."
    )


def test_what_missed_its_target_and_what_was_not_measured_look_different_without_colour():
    boxes = parts(drawn(bars(chart(KEPT, BROKEN, UNKNOWN))), "rect")
    assert [box["class"].split("--")[1] for box in boxes] == ["reached", "missed", "none"]


def test_a_bar_begins_at_nothing_and_is_as_long_as_its_value():
    tree = drawn(bars(chart(KEPT, BROKEN, UNKNOWN)))
    boxes = [(box["x"], box["width"]) for box in parts(tree, "rect")]
    assert boxes == [("0%", "88.60%"), ("0%", "40.00%"), ("0%", "100%")]
    assert [line["x1"] for line in parts(tree, "line")] == ["85.00%", "90.00%", "80.00%"]


def test_without_an_end_the_axis_ends_at_the_greatest_value_or_target():
    rows = (Row("Demora", 8, "8"), Row("Trato", 2, "2", target=16))
    boxes = parts(drawn(bars(chart(*rows, top=None))), "rect")
    assert [box["width"] for box in boxes] == ["50.00%", "12.50%"]


def test_two_drawings_of_a_page_share_no_name():
    first, second = drawn(bars(chart(UNKNOWN))), drawn(bars(chart(KEPT, UNKNOWN)))
    hatches = [tree.find(".//{*}pattern").get("id") for tree in (first, second)]
    assert hatches[0] != hatches[1]
    assert parts(first, "rect")[0]["fill"] == f"url(#{hatches[0]})"


def test_nothing_counted_draws_nothing_long():
    boxes = parts(drawn(bars(chart(Row("Demora", 0, "0"), top=None))), "rect")
    assert Decimal(boxes[0]["width"].rstrip("%")) == 0


def test_what_people_wrote_is_text_in_it():
    svg = str(bars(chart(Row('<script>alert("x")</script>', 3, "3 & más"))))
    assert "<script" not in svg
    assert drawn(svg).findall(".//{*}text")[1].text == "3 & más"


def page(drawing: Chart) -> str:
    return Template("{% load ui %}{% chart c %}").render(Context({"c": drawing}))


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_its_table():
    name = "Respondemos por escrito toda solicitud de información pública en el plazo de la ley"
    shown = page(chart(Row(name, 1, "1 %")))
    assert "…</text>" in shown
    assert f'<th scope="row" class="govuk-table__header">{name}</th>' in shown


@pytest.mark.parametrize(("count", "is_folded"), [(FOLDED_FROM - 1, False), (FOLDED_FROM, True)])
def test_a_small_table_stands_open_and_a_long_one_is_folded(count, is_folded):
    shown = page(chart(*(Row(str(n), n, str(n)) for n in range(count))))
    assert ("Ver la tabla" in shown) == is_folded
    assert shown.count('<th scope="row"') == count


def test_a_number_leads_to_what_it_counts():
    shown = page(chart(Row("Demora", 1, "1", url="/a/?x=1&y=2")))
    assert 'href="/a/?x=1&amp;y=2"' in shown


def test_a_target_with_decimals_is_said_as_people_write_it():
    row = Row("Respondemos en 10 días", Decimal("88.6"), "88,6 %", target=Decimal("92.5"))
    assert "meta 92,5" in chart(row).spoken


def months(*values: int | None, brief: str = "{}") -> Chart:
    rows = [
        Row(f"mes {place}", value, f"{value} %", tick=f"m{place}", under="2026" if place == 0 else "",
            brief=brief.format(value))
        for place, value in enumerate(values)
    ]  # fmt: skip
    return Chart("Mes a mes.", "Porcentaje.", rows, HEADS, 100, shape=Shape.COLUMNS)


def test_columns_stand_on_nothing_and_are_as_tall_as_their_values():
    boxes = parts(drawn(columns(months(100, 50, 0))), "rect")
    stand = [(Decimal(box["y"]), Decimal(box["height"])) for box in boxes]
    assert stand == [(20, 130), (85, 65), (150, 0)]


def test_a_month_that_was_not_measured_is_hatched_over_its_whole_height():
    tree = drawn(columns(months(40, None)))
    box = parts(tree, "rect")[1]
    assert (box["height"], box["fill"]) == ("130", f"url(#{tree.find('.//{*}pattern').get('id')})")


def test_values_without_room_are_said_of_the_greatest_and_the_last_only():
    def over(chart: Chart) -> list[str | None]:
        texts = drawn(columns(chart)).findall(".//{*}text")
        return [text.text for text in texts if "value" in text.get("class", "")]

    assert over(months(10, 30, 20)) == ["10", "30", "20"]
    assert over(months(90, 30, 20, 10, 5, brief="{}.000")) == ["90.000", "5.000"]
    assert over(months(10, 30, 20, brief="{}.000")) == ["30.000"]


def test_a_phone_shows_every_second_name_of_many_columns_the_last_among_them():
    texts = drawn(columns(months(*range(13)))).findall(".//{*}text")
    named = [text for text in texts if "name" in text.get("class", "")]
    shown = [text.text for text in named if "other" not in text.get("class", "")]
    assert shown == ["m0", "2026", "m2", "m4", "m6", "m8", "m10", "m12"]


def test_no_more_rows_are_drawn_than_is_said_and_the_table_has_all():
    rows = [Row(str(n), n, str(n)) for n in range(20)]
    shown = page(Chart("Título.", "Nota.", rows, HEADS, most=15))
    assert shown.count("<rect") == 15
    assert shown.count('<th scope="row"') == 20


def test_a_page_draws_columns_where_they_are_upright():
    assert "siac-chart__ground" in page(months(1, 2))
    assert "siac-chart__ground" not in page(chart(KEPT))


def over_time(*values: int | None, bottom: int = 0) -> Chart:
    rows = [
        Row(f"mes {place}", value, f"{value} %", target=90, brief=f"{value} %", tick=f"m{place}",
            mark=Mark.FEW if value == 50 else Mark.PLAIN)
        for place, value in enumerate(values)
    ]  # fmt: skip
    return Chart("A tiempo.", "Por ciento.", rows, HEADS, 100, Shape.LINE, bottom=bottom)


def classed(tree: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in tree.iter() if name in (each.get("class") or "").split()]


def test_a_line_is_broken_where_nothing_was_measured_and_says_its_first_and_last_value():
    tree = drawn(line(over_time(80, 90, None, 100, 50)))
    assert len(classed(tree, "siac-chart__line")) == 2
    assert len(classed(tree, "siac-chart__point")) == 4
    assert [each.text for each in classed(tree, "siac-chart__value")] == ["80 %", "50 %"]
    assert len(classed(tree, "siac-chart__point--hollow")) == 1


def test_the_axis_of_a_line_may_begin_above_nothing_and_is_marked_with_numbers():
    tree = drawn(line(over_time(50, 100, bottom=50)))
    heights = [Decimal(point.get("cy")) for point in classed(tree, "siac-chart__point")]
    assert heights == [154, 24]  # at the ground, and at the top
    assert [each.text for each in classed(tree, "siac-chart__axis")][:3] == ["50", "75", "100"]


def test_what_is_written_in_a_line_stands_clear_of_its_target_and_of_its_axis():
    """The last value lies right below the target and the line comes up to it: its words stand above the
    target. The first lies at the top of the axis: its words stand beside the number there. The target is
    named where the line is farthest from it.
    """
    rows = [replace(each, target=Decimal(95)) for each in over_time(100, 80, 93, bottom=70).rows]
    tree = drawn(line(Chart("A tiempo.", "Por ciento.", rows, HEADS, 100, Shape.LINE, bottom=70)))
    aim = Decimal(classed(tree, "siac-chart__aim")[0].get("y1"))
    first, last = classed(tree, "siac-chart__value")
    assert Decimal(last.get("y")) + 3 < aim, "its foot hangs three points low"
    assert first.get("dx") != "0" and last.get("dx") == "0"
    named = next(each for each in classed(tree, "siac-chart__axis") if each.text == "meta")
    assert named.get("x") == classed(tree, "siac-chart__point")[1].get("cx")


def test_the_words_of_the_first_and_last_value_stand_below_where_the_line_rises_beside_them():
    tree = drawn(line(over_time(60, 90, 50, 85, 70, bottom=0)))
    points = classed(tree, "siac-chart__point")
    first, last = classed(tree, "siac-chart__value")
    assert Decimal(first.get("y")) > Decimal(points[0].get("cy"))
    assert Decimal(last.get("y")) > Decimal(points[-1].get("cy"))
    falls = classed(drawn(line(over_time(60, 50, 70))), "siac-chart__value")
    assert Decimal(falls[0].get("y")) < Decimal(points[0].get("cy"))


@pytest.mark.parametrize("values", [(93, 80, 100), (93, 96, 90), (97, 80, 90), (95, 70, 95), (94, 94, 94)])
def test_no_line_goes_through_the_words_of_the_first_value(values):
    rows = [replace(each, target=Decimal(95)) for each in over_time(*values, bottom=70).rows]
    tree = drawn(line(Chart("A tiempo.", "Por ciento.", rows, HEADS, 100, Shape.LINE, bottom=70)))
    aim = Decimal(classed(tree, "siac-chart__aim")[0].get("y1"))
    heights = [Decimal(point.get("cy")) for point in classed(tree, "siac-chart__point")]
    at = Decimal(classed(tree, "siac-chart__value")[0].get("y"))
    assert not at - 12 < aim < at + 3
    assert at + 3 <= min(heights[:2]) or at - 12 >= max(heights[:2]), "the line beside it"


def test_the_words_of_a_first_value_that_comes_later_keep_clear_of_the_line_on_either_side():
    tree = drawn(line(over_time(None, 60, 90, 80, 85, 80, 85, 80, 85, 80, 85, 80, bottom=0)))
    first, point = classed(tree, "siac-chart__value")[0], classed(tree, "siac-chart__point")[0]
    assert first.get("text-anchor") == "start", "not over the numbers of the axis"
    assert Decimal(first.get("y")) - 12 > Decimal(point.get("cy")), "the line rises beside it"


def test_of_few_each_is_a_dot_and_what_is_late_has_another_form():
    rows = [
        Row("-5", 3, "3"),
        Row("2", 1, "1", mark=Mark.LATE),
        Row("Sin responder", 2, "2", mark=Mark.OPEN),
    ]
    chart_ = Chart("Título.", "Nota.", rows, HEADS, shape=Shape.DOTS, divider=(1, "último día"))
    tree = drawn(dots(chart_))
    assert [len(classed(tree, f"siac-chart__dot{kind}")) for kind in ("", "--late", "--open")] == [6, 1, 2]
    (rule,) = classed(tree, "siac-chart__divider")
    assert rule.get("x1") == "33.33%" and "último día" in [each.text for each in tree.iter()]


def test_late_columns_are_hatched_and_what_waits_is_only_outlined():
    rows = [Row("1 a 5", 4, "4", mark=Mark.LATE), Row("Sin responder", 2, "2", mark=Mark.OPEN)]
    tree = drawn(columns(Chart("Título.", "Nota.", rows, HEADS, shape=Shape.COLUMNS)))
    late, waits = parts(tree, "rect")
    assert late["fill"].startswith("url(#siac-late-") and "fill" not in waits
    assert late["fill"][5:-1] in [each.get("id") for each in tree.findall(".//{*}pattern")]


@pytest.mark.parametrize(("count", "step"), [(0, 0), (1, 1), (10, 5), (5, 2)])
def test_the_shade_of_a_cell_goes_by_its_part_of_the_greatest(count, step):
    assert step_of(count, 10) == step


def test_each_cell_of_a_heat_map_says_its_number_and_opens_it():
    found = Heat("El 80 % llega en lunes.", "Por hora.", "Día", ["9", "10"],
                 [HeatRow("Lunes", [HeatCell(4, "/a/", 5), HeatCell(0, "", 0)], 4)])  # fmt: skip
    shown = Template("{% load ui %}{% heat h %}").render(Context({"h": found}))
    table = etree.HTML(shown).find(".//table")
    assert [cell.get("class") for cell in table.findall(".//td")] == [
        "siac-heat--5", "siac-heat--0", "siac-heat__total"
    ]  # fmt: skip
    assert table.find(".//a").get("href") == "/a/" and table.find(".//a").text == "4"


def test_small_lines_share_one_table():
    panels = [
        Panel(name, over_time(80, 90), "90 %", missed, [("9 de 10", ""), ("1 sin responder", "/x/")])
        for name, missed in (("Obras", True), ("OIRS", False))
    ]
    shown = Template("{% load ui %}{% multiples m %}").render(
        Context({"m": Multiples("Obras, la más lejos.", "Por trimestre.", "Unidad", panels)})
    )
    tree = etree.HTML(shown)
    assert len(tree.findall(".//svg")) == 2 and len(tree.findall(".//table")) == 1
    assert [row.text for row in tree.findall(".//tbody//th")] == ["Obras", "OIRS"]
    assert shown.count("siac-multiples__missed") == 1 and 'href="/x/"' in shown
