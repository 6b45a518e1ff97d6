# SPDX-License-Identifier: EUPL-1.2
"""The devices: one's own, and all of the body for whoever looks after them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.offline.access import SEES_DEVICES, device_for, visible_devices
from siac.offline.commands.devices import restore_device, revoke_device
from siac.offline.domain.rights import OfflineRight
from siac.offline.queries import shown_devices, with_counts
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked


def _require(access: Access) -> None:
    if not SEES_DEVICES & access.rights:
        raise PermissionDenied("offline.devices")


@require_safe
@staff_page()
def device_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the devices, the newest first."""
    _require(access)
    listing = Asked.of(request).listing(with_counts(visible_devices(access)), ("-pk",))
    context = {
        "listing": listing,
        "rows": shown_devices(listing.rows),
        "may_capture": access.has(OfflineRight.CAPTURE),
        "may_restore": access.has(OfflineRight.DEVICES),
        "may_review": access.has(OfflineRight.REVIEW),
    }
    return render(request, "offline/workspace/devices.html", context)


@require_POST
@staff_page()
def device_act(request: HttpRequest, access: Access, device_id: int) -> HttpResponse:
    """Revoke a device, one's own or any of the body, or let it in again, which only who looks after them
    may.
    """
    _require(access)
    device = device_for(access, device_id)
    common: dict[str, Any] = {"institution": access.institution, "device_id": device.pk, "actor": access.user}
    if request.POST.get("hacer") == "reponer":
        access.require(OfflineRight.DEVICES)
        restore_device(**common, now=current_time())
        messages.success(request, f"{device.name} puede enviar de nuevo.")
    else:
        revoke_device(**common, now=current_time())
        messages.success(request, f"{device.name} ya no puede enviar.")
    return redirect("workspace:offline:devices", access.institution.slug)
