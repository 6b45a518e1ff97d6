# SPDX-License-Identifier: EUPL-1.2
"""Small groups of people are not shown, nor what would give them away.

A group of fewer than `least` people is hidden. Whoever knows the total and all other groups knows the one
that is missing, so next to it the smallest others are hidden until at least two are, which together are at
least `least` people, and so many more people than groups as two groups of `least` people leave open: five in
four groups are two, one, one and one. In a tree that holds for the groups below each one, and
for those that stand directly in it; below a hidden group all are hidden.
"""

from collections.abc import Callable, Mapping

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
        together = sum(own[each] for each in taken)
        if len(taken) >= 2 and together >= max(least, len(taken) + max(1, least - 2)):
            break  # hardly more people than groups would be one in each
        taken.add(group)
    return taken
