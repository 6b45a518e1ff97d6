# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar as staff make it: typed, computed by its job, seen, applied."""

from siac.clocks.commands.moves import layer_by_code, preview_batches
from siac.clocks.models import CalendarPreview
from siac.clocks.tasks import preview_change


def previewed(browser, address, typed):
    """Type a change, let its job compute it, and return the address where it is shown."""
    sent = browser.post(address, typed)
    assert sent.status_code == 302, sent.content.decode()
    preview_change(CalendarPreview.objects.latest("pk").pk)
    return sent["Location"]


def applied(browser, shown):
    """Apply the latest preview as its page, at `shown`, shows it."""
    seen = CalendarPreview.objects.latest("pk").digest
    return browser.post(shown, {"hacer": "aplicar", "visto": seen})


def changed(browser, address, typed):
    """Do all of it."""
    return applied(browser, previewed(browser, address, typed))


def moves_of(layer_code, *, added=(), removed=(), kind="holiday"):
    """Return (clock id, due day now, due day then) of each clock that the job of a preview finds to move."""
    batches = preview_batches(layer_by_code(layer_code), added=added, removed=removed, kind=kind)
    moved = [new for batch in batches for new in batch if new.due_on and new.due_on != new.clock.due_on]
    return [(new.clock.id, new.clock.due_on, new.due_on) for new in moved]
