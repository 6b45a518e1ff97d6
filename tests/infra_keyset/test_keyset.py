# SPDX-License-Identifier: EUPL-1.2
import base64
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.infra.keyset import BadCursor, FirstPage, neighbour, page, with_order_names
from siac.organizations.models import Institution, Unit

pytestmark = pytest.mark.django_db


def units(spec: list[tuple[str, int | None]]) -> list[Unit]:
    body, _ = Institution.objects.get_or_create(
        slug="kk",
        defaults={"name": "K", "short_name": "K", "jurisdiction": "CL", "time_zone": "UTC", "place": "CL"},
    )
    Unit.objects.filter(institution=body, parent__isnull=False).delete()
    Unit.objects.filter(institution=body).delete()
    roots = Unit.objects.bulk_create(
        [Unit(institution=body, code=f"r{i}", name=f"R{i}", sort_key="zz") for i in range(3)]
    )
    return Unit.objects.bulk_create(
        [
            Unit(
                institution=body,
                code=f"u{i}",
                name=name,
                sort_key=name,
                parent=None if parent is None else roots[parent],
            )
            for i, (name, parent) in enumerate(spec)
        ]
    )


SPEC = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 2)), max_size=12)
ORDERS = st.sampled_from(
    [
        ("sort_key", "pk"),
        ("-sort_key", "pk"),
        ("sort_key", "-pk"),
        ("parent_id", "pk"),
        ("-parent_id", "-pk"),
        ("sort_key", "-parent_id", "pk"),
        ("parent__sort_key", "-pk"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(SPEC, ORDERS, st.integers(1, 5))
def test_no_row_is_lost_or_seen_twice(spec, order, size) -> None:
    ids = {unit.pk for unit in units(spec)}
    queryset = Unit.objects.filter(pk__in=ids).select_related("parent")
    forward, pages, cursor = [], [], None
    while True:
        found = page(queryset, order, cursor=cursor, size=size)
        pages.append(found)
        forward += [row.pk for row in found.rows]
        if found.next is None:
            break
        cursor = found.next
    assert sorted(forward) == sorted(ids)
    assert pages[0].previous is None
    for before, after in itertools.pairwise(pages):
        assert after.previous is not None
        back = page(queryset, order, cursor=after.previous, size=size)
        assert [row.pk for row in back.rows] == [row.pk for row in before.rows]
        assert (back.previous is None) is (before.previous is None)
        assert back.next == before.next


@settings(max_examples=40, deadline=None)
@given(SPEC, ORDERS, st.integers(1, 5))
def test_pages_of_tuples_and_a_kept_first_page_are_those_of_rows(spec, order, size) -> None:
    ids = {unit.pk for unit in units(spec)}
    queryset = Unit.objects.filter(pk__in=ids)
    tuples = queryset.values_list(*with_order_names(["pk", "name"], order), named=True)
    plain = page(queryset.select_related("parent"), order, size=size)
    for found in (
        page(tuples, order, size=size),
        FirstPage(queryset, ["pk", "name"], order, size=size).read(),
    ):
        assert [(row.pk, row.name) for row in found.rows] == [(row.pk, row.name) for row in plain.rows]
        assert (found.next, found.previous) == (plain.next, plain.previous)
    if plain.next is not None:
        after = page(queryset.select_related("parent"), order, cursor=plain.next, size=size)
        again = page(tuples, order, cursor=plain.next, size=size)
        assert [row.pk for row in again.rows] == [row.pk for row in after.rows]


@settings(max_examples=40, deadline=None)
@given(SPEC, ORDERS)
def test_the_neighbours_of_each_row_are_those_of_the_list(spec, order) -> None:
    ids = {unit.pk for unit in units(spec)}
    queryset = Unit.objects.filter(pk__in=ids).select_related("parent")
    rows = page(queryset, order, size=20).rows
    for before, after in itertools.pairwise(rows):
        assert (neighbour(queryset, order, before), neighbour(queryset, order, after, backwards=True)) == (
            after,
            before,
        )
    if rows:
        assert (
            neighbour(queryset, order, rows[-1])
            is neighbour(queryset, order, rows[0], backwards=True)
            is None
        )


def test_a_row_that_comes_in_meanwhile_moves_nothing() -> None:
    rows = units([("b", None), ("c", None), ("d", None)])
    body = rows[0].institution_id
    queryset = Unit.objects.filter(code__startswith="u")
    first = page(queryset, ("sort_key", "pk"), size=2)
    Unit.objects.create(institution_id=body, code="u9", name="a", sort_key="a")
    second = page(queryset, ("sort_key", "pk"), cursor=first.next, size=2)
    assert [row.name for row in second.rows] == ["d"]


def test_one_query_whatever_the_page(django_assert_num_queries) -> None:
    units([("a", None)] * 7)
    first = page(Unit.objects.all(), ("-sort_key", "pk"), size=2)
    with django_assert_num_queries(1):
        page(Unit.objects.all(), ("-sort_key", "pk"), cursor=first.next, size=5)


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "é", "W10", "WzAsMV0", "bnVsbA", "A" * 900, "WzAse30seyIxIjoxfV0"]
)
def test_a_made_up_cursor_is_refused(cursor) -> None:
    with pytest.raises(BadCursor):
        page(Unit.objects.all(), ("sort_key", "pk"), cursor=cursor)


@given(st.binary(max_size=40))
@settings(max_examples=80, deadline=None)
def test_any_cursor_either_pages_or_is_refused(raw) -> None:
    try:
        page(Unit.objects.all(), ("sort_key", "pk"), cursor=base64.urlsafe_b64encode(raw).decode() or "x")
    except BadCursor:
        return
