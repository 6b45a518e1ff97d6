# SPDX-License-Identifier: EUPL-1.2
"""The unit tree of a body, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class UnitNode:
    """One unit: `pk`, the unit it depends on (None at the top), and what screens show of it."""

    pk: int
    parent_id: int | None
    code: str
    name: str
    email: str = ""
    place: str = ""
    is_active: bool = True
    successor_id: int | None = None


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units of a body, in the order of their names, and who is below whom."""

    nodes: Mapping[int, UnitNode]
    children: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Iterable[UnitNode]) -> "UnitTree":
        """Build the tree; `nodes` come in the order they are to be shown."""
        by_pk = {node.pk: node for node in nodes}
        children: dict[int | None, list[int]] = {}
        for node in by_pk.values():
            children.setdefault(node.parent_id, []).append(node.pk)
        return cls(by_pk, {parent: tuple(pks) for parent, pks in children.items()})

    def below(self, pk: int) -> frozenset[int]:
        """Return `pk` and every unit under it, at any depth."""
        found: set[int] = set()
        pending = [pk]
        while pending:
            unit = pending.pop()
            if unit not in found:
                found.add(unit)
                pending.extend(self.children.get(unit, ()))
        return frozenset(found)

    def current(self, pk: int | None) -> int | None:
        """Return the unit that takes new requests for `pk`: itself while it is open,
        else its successor; None if there is none.
        """
        seen: set[int] = set()
        while pk is not None and pk not in seen:
            node = self.nodes.get(pk)
            if node is None or node.is_active:
                return pk if node else None
            seen.add(pk)
            pk = node.successor_id
        return None

    def takes_over(self, pk: int) -> int | None:
        """Return the open unit that answers for closed unit `pk`: its successor, else the nearest above it
        that is open or has one; None if there is none.
        """
        seen: set[int] = set()
        above: int | None = pk
        while above is not None and above in self.nodes and above not in seen:
            taker = self.current(above)
            if taker is not None:
                return taker
            seen.add(above)
            above = self.nodes[above].parent_id
        return None

    def would_loop(self, pk: int, parent_id: int | None) -> bool:
        """Return whether hanging unit `pk` under `parent_id` would make it depend on itself."""
        return parent_id is not None and parent_id in self.below(pk)

    def outline(self, parent_id: int | None = None, depth: int = 0) -> list[tuple[int, UnitNode]]:
        """Return (depth, unit) for every unit, each parent before its children."""
        rows: list[tuple[int, UnitNode]] = []
        for pk in self.children.get(parent_id, ()):
            rows.append((depth, self.nodes[pk]))
            rows.extend(self.outline(pk, depth + 1))
        return rows
