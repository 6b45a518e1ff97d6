# SPDX-License-Identifier: EUPL-1.2
"""The first page of the configuration: all that a body decides for itself, under headings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.organizations.access import Access, staff_page
from siac.organizations.domain.rights import StaffRight
from siac.organizations.setup_pages import setup_tabs
from siac.ui.setup_menu import setup_sections


@require_safe
@staff_page(StaffRight.SETUP)
def index(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every page of the configuration that the user may open, with what is decided there. No SQL of its
    own.
    """
    pages = setup_tabs(access.institution)
    sections = setup_sections(pages, rights=access.rights, path=request.path)
    return render(request, "organizations/setup_index.html", {"sections": sections})
