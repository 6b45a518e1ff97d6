# SPDX-License-Identifier: EUPL-1.2
"""Points at which higher contexts add to an attention without `cases` knowing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from siac.cases.extensions import Eraser
from siac.cases.models import Interaction
from siac.organizations.public import Access

_ATTENTION_KEEPERS: list[Callable[[], QuerySet[Any, int]]] = []
_ATTENTION_ERASERS: list[Eraser] = []


def register_attention_retention(*, needed: Callable[[], QuerySet[Any, int]], erase: Eraser) -> None:
    """Let a higher context say which attentions it still needs (`needed()`, a query of their keys, none of
    them null), and erase what it holds of attentions whose text and person are erased (`erase(institution id,
    attention ids, now)`, in the transaction).
    """
    _ATTENTION_KEEPERS.append(needed)
    _ATTENTION_ERASERS.append(erase)


def attention_keepers() -> Sequence[Callable[[], QuerySet[Any, int]]]:
    """Return the queries of attentions that must not be forgotten yet."""
    return _ATTENTION_KEEPERS


def attention_erasers() -> Sequence[Eraser]:
    """Return what else is erased with an attention."""
    return _ATTENTION_ERASERS


@dataclass(frozen=True, slots=True)
class AttentionPanel:
    """A part of the page of an attention that a higher context fills: `context` gives `template` its values,
    or None to stay out.
    """

    title: str
    template: str
    context: Callable[[Interaction, Access], Mapping[str, Any] | None]


_ATTENTION_PANELS: list[AttentionPanel] = []


def register_attention_panel(panel: AttentionPanel) -> None:
    """Add a panel to the page of an attention."""
    _ATTENTION_PANELS.append(panel)


def attention_panels(row: Interaction, access: Access) -> list[tuple[AttentionPanel, Mapping[str, Any]]]:
    """Return the panels that have something to show for an attention, with their values."""
    filled = [(panel, panel.context(row, access)) for panel in _ATTENTION_PANELS]
    return [(panel, values) for panel, values in filled if values is not None]
