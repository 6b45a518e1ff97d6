# SPDX-License-Identifier: EUPL-1.2
"""Small groups of people are not shown, nor what would give them away.

A group of fewer than `least` people is hidden. Whoever knows the total and all other groups knows the one
that is missing, so next to it the smallest others are hidden until at least two are, which together are at
least `least` people, and so many more people than groups as two groups of `least` people leave open: five in
four groups are two, one, one and one. In a tree that holds for the groups below each one, and
for those that stand directly in it; below a hidden group all are hidden.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

Small = Callable[[str], bool]


def hidden(
    sizes: Mapping[str, int], above: Mapping[str, str], *, least: int, also: Small = lambda group: False
) -> set[str]:
    """Return which groups must not be shown. `sizes`: how many people each has, those below it included;
    `above`: the group above each, where groups are a tree; `also`: whether a group is small for another
    reason.
    """
    below: dict[str | None, list[str]] = {}
    for group in sorted(sizes):
        if sizes[group] > 0:
            below.setdefault(_nearest(group, sizes, above), []).append(group)
    found: set[str] = set()
    _hide(None, below, sizes, found, least, also)
    return found


def _nearest(group: str, sizes: Mapping[str, int], above: Mapping[str, str]) -> str | None:
    """Return the next group above one that has anybody; the way up never goes round."""
    seen, at = {group}, above.get(group)
    while at is not None and at not in seen:
        if sizes.get(at, 0) > 0:
            return at
        seen.add(at)
        at = above.get(at)
    return None


def _hide(
    parent: str | None,
    below: Mapping[str | None, list[str]],
    sizes: Mapping[str, int],
    found: set[str],
    least: int,
    also: Small,
) -> None:
    children = below.get(parent, [])
    if not children:
        return
    own = {child: sizes[child] for child in children}
    if parent is not None:
        directly = sizes[parent] - sum(own.values())
        if directly > 0:
            own[""] = directly  # those who said no more than the group above: a group like the others
    taken = _of_one_level(own, least, also) if parent not in found else set(own)
    found |= taken - {""}
    for child in children:
        _hide(child, below, sizes, found, least, also)


def _of_one_level(own: Mapping[str, int], least: int, also: Small) -> set[str]:
    """Return which of the groups that make up one total are hidden."""
    taken = {group for group, size in own.items() if size < least or (group and also(group))}
    if not taken:
        return set()
    for group in sorted(own, key=lambda each: (own[each], each)):
        if _leave_open([own[each] for each in taken], least):
            break
        taken.add(group)
    return taken


def _leave_open(sizes: Sequence[int], least: int) -> bool:
    """Return whether groups of which only the sum is known hide each other: hardly more people than groups
    would be one in each.
    """
    return len(sizes) >= 2 and sum(sizes) >= max(least, len(sizes) + max(1, least - 2))


def hidden_of_whole(
    sizes: Mapping[str, int],
    parts: Sequence[Mapping[str, int]],
    taken_then: Sequence[Collection[str]],
    above: Mapping[str, str],
    *,
    least: int,
    also: Small = lambda group: False,
) -> set[str]:
    """Return which groups of a whole must not be shown beside its parts, as months beside their year: as
    `hidden`, and as many more as the parts ask for. `parts` are the sizes in each part, `taken_then` what is
    hidden in each.

    Of a group that a part hides the whole tells, less the parts that show it, how many it has in the parts
    that hide it. Of parts that such groups connect the sum of all that is hidden is known: what these groups
    leave of it is of the groups that are hidden in the whole as well, which therefore must be enough there to
    hide each other. One that every part shows hides none: it follows from the parts.
    """
    small = {group for group, size in sizes.items() if size > 0 and (size < least or also(group))}
    beside = _beside_parts(small, parts, taken_then, above, least)
    taken = hidden(sizes, above, least=least, also=lambda group: also(group) or group in beside)
    return _beside_parts(taken, parts, taken_then, above, least)


def _beside_parts(
    taken: Collection[str],
    parts: Sequence[Mapping[str, int]],
    taken_then: Sequence[Collection[str]],
    above: Mapping[str, str],
    least: int,
) -> set[str]:
    found = set(taken)
    groups = sorted({group for sizes in parts for group, size in sizes.items() if size > 0})
    known = dict.fromkeys(groups, 1)
    below: dict[str | None, list[str]] = {}
    for group in groups:
        below.setdefault(_nearest(group, known, above), []).append(group)
    levels: list[str | None] = [None]
    for parent in levels:  # grows as it goes: from above to below
        children = below.get(parent, [])
        levels += children
        if parent in found:
            found |= set(children)
        else:
            _hide_beside(children, parts, taken_then, found, least)
    return found


def _hide_beside(
    level: Sequence[str],
    parts: Sequence[Mapping[str, int]],
    taken_then: Sequence[Collection[str]],
    found: set[str],
    least: int,
) -> None:
    """Add to `found` what of one level must be hidden as well."""
    lost = {
        group: {
            at: sizes[group]
            for at, (sizes, taken) in enumerate(zip(parts, taken_then, strict=True))
            if group in taken and sizes.get(group)
        }
        for group in level
    }
    while True:
        shown = [group for group in level if lost[group] and group not in found]
        for together in _connected({group: set(lost[group]) for group in shown}):
            at = {part for group in together for part in lost[group]}
            left = [sum(lost[group].get(part, 0) for part in at) for group in level if group in found]
            if any(left) and not _leave_open([size for size in left if size], least):
                found.add(min(together, key=lambda group: (sum(lost[group].values()), group)))
                break
        else:
            return


def _connected(places: Mapping[str, set[int]]) -> list[list[str]]:
    """Return groups in lots that have a place in common, directly or by others between them."""
    lots: list[tuple[list[str], set[int]]] = []
    for group, own in places.items():
        near = [lot for lot in lots if lot[1] & own]
        lots = [lot for lot in lots if not lot[1] & own]
        lots.append(
            ([group, *(each for lot in near for each in lot[0])], own.union(*(lot[1] for lot in near)))
        )
    return [lot[0] for lot in lots]
