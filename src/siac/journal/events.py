# SPDX-License-Identifier: EUPL-1.2
"""What may be recorded: each context declares its kinds of entries, and what each makes untrue.

A figure or a cache that was computed from the data says of which *matter* it tells (`cases.answers`); an
entry that changes the matter is declared with it. So whoever keeps the figure listens to the matter and
knows no kind of entry, and whoever adds a kind of entry says once, beside it, what it changes.
"""

from collections.abc import Iterable

_UNTRUE: dict[str, frozenset[str]] = {}
"""By kind of entry: the matters that it makes untrue."""


def declare_events(*kinds: str, untrue: Iterable[str] = ()) -> None:
    """Allow entries of these kinds; each makes what was computed of the matters `untrue` untrue.

    Called when the application starts. Raises ValueError where a kind is declared already.
    """
    matters = frozenset(untrue)
    for kind in kinds:
        if kind in _UNTRUE:
            raise ValueError(f"entries {kind!r} are declared already")
        _UNTRUE[kind] = matters


def declare_also_untrue(kinds: Iterable[str], matter: str) -> None:
    """Let entries of kinds that are declared make one matter more untrue.

    Raises ValueError for one that nobody declared.
    """
    for kind in kinds:
        require_declared(kind)
        _UNTRUE[kind] |= {matter}


def forget_events(*kinds: str) -> None:
    """Take kinds of entries off the list."""
    for kind in kinds:
        _UNTRUE.pop(kind, None)


def declared_events() -> frozenset[str]:
    """Return every kind of entry that may be recorded."""
    return frozenset(_UNTRUE)


def require_declared(kind: str) -> None:
    """Make sure that entries of this kind may be recorded; costs no SQL.

    Raises ValueError for one that nobody declared: no consumer could know of it, and no page has words for
    it.
    """
    if kind not in _UNTRUE:
        raise ValueError(f"nobody declared entries {kind!r} (journal.declare_events)")


def events_of(matters: Iterable[str]) -> frozenset[str]:
    """Return the kinds of entries that make any of `matters` untrue.

    Raises ValueError for a matter that no entry makes untrue: whoever listens to it would wait for ever.
    """
    found: set[str] = set()
    for matter in matters:
        kinds = {kind for kind, untrue in _UNTRUE.items() if matter in untrue}
        if not kinds:
            raise ValueError(f"no entry makes {matter!r} untrue")
        found |= kinds
    return frozenset(found)
