# SPDX-License-Identifier: EUPL-1.2
"""What the page for signing in shows beside its form."""

from django import template
from django.http import HttpRequest

from siac.accounts.entrance import Offer, offers

register = template.Library()


@register.simple_tag
def other_ways(request: HttpRequest) -> list[Offer]:
    """Return the buttons beside the password; costs what `accounts.entrance.offers` costs."""
    return offers(request.GET.get("next", "") or request.POST.get("next", ""))
