# SPDX-License-Identifier: EUPL-1.2
"""The pages of the product, at the width of a desk and of a phone, without an accessibility violation: a
fourth of them in each run, drawn anew; all of them with SIAC_EVERY_PAGE=1.
"""

import os
import random
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from siac.accounts.public import Role
from tests.architecture.samples import EVERYONE, SAMPLES, address_of, build_objects, citizen_cookies
from tests.e2e.conftest import ASKED
from tests.factories import House, make_house

NO_PAGE = {
    "portal:appointments:calendar",
    "portal:catalogue:linked",
    "portal:catalogue:paper",
    "portal:catalogue:form_file",
    "workspace:catalogue:form_file",
    "workspace:programme:pack_file",
    "workspace:sicres:dispatch_file",
    "workspace:sicres:entry_file",
    "workspace:sicres:entry_reply",
    "workspace:transparency:package_file",
    "workspace:transparency:register",
    "health",
    "ui:brand",
    "portal:cases:receipt_pdf",
    "portal:cases:framed_receipt_pdf",
    "portal:cases:file",
    "portal:cases:view_file",
    "workspace:cases:view_file",
    "workspace:cases:receipt",
    "workspace:cases:file",
    "workspace:mailroom:paper_label",
    "workspace:mailroom:paper_file",
    "workspace:mailbox:original",
    "portal:cases:silence_pdf",
    "workspace:cases:silence_pdf",
    "workspace:cases:letter",
    "workspace:governance:minutes",
    "workspace:signing:original",
    "workspace:signing:signed",
    "workspace:signing:annulled_file",
    "portal:signing:signed",
    "portal:signing:peru_document",
    "portal:signing:fetch",
    "portal:signing:store",
    "workspace:improvement:plan_paper",
    "workspace:improvement:evidence",
    "workspace:policy:paper",
    "portal:policy:paper",
    "workspace:policy:document",
    "portal:policy:document",
    "workspace:outreach:calendar_file",
    "workspace:outreach:file",
    "workspace:outreach:material",
    "workspace:staff:own_copy",
    "workspace:staff:sheet_template",
    "workspace:cases:template_text",
    "workspace:cases:bulk_left",
    "workspace:cases:presence",
    "workspace:cases:names",
    "workspace:cases:dossier_file",
    "portal:reporting:catalogue",
    "portal:reporting:dataset_package",
    "portal:reporting:letter_paper",
    "workspace:offline:worker",
    "workspace:offline:manifest",
    "workspace:offline:status",
    "workspace:charters:staff_paper",
    "portal:charters:paper",
    "portal:charters:badge",
    "workspace:charters:report_paper",
    "portal:charters:report_paper",
    "portal:servicepoints:sheet",
    "portal:servicepoints:care_sheet",
}
"""Addresses that answer with a word, or with a file that a browser shows; those
it downloads are told by the browser.
"""
PAGES = [
    name for name, sample in SAMPLES.items() if not sample.post and not sample.moved and name not in NO_PAGE
]

PARTS = 2
"""So that several processes share the work."""
ONE_OF = 4
"""One page of so many is looked at in a run, drawn anew each time: a browser takes a second for each."""

CONTRAST = """
async asked => {
  const looks = it => {
    const own = getComputedStyle(it), chain = [own.color, own.fontSize, own.fontWeight]
    for (let at = it; at; at = at.parentElement) {
      const style = at === it ? own : getComputedStyle(at)
      chain.push(style.backgroundColor, style.backgroundImage, style.opacity, style.position)
    }
    return chain.join()
  }
  const known = new Set(JSON.parse(sessionStorage.getItem('known-looks') || '[]'))
  const fresh = [...document.body.querySelectorAll('*')].filter(it => {
    const has_text = [...it.childNodes].some(each => each.nodeType === 3 && each.data.trim())
    if (!has_text && !it.matches('input, textarea')) return false
    const look = looks(it)
    return it.checkVisibility() && !known.has(look) && known.add(look)
  })
  sessionStorage.setItem('known-looks', JSON.stringify([...known]))
  const only = {...asked, runOnly: ['color-contrast']}
  return await axe.run(fresh.length ? {include: fresh} : document.head, only)
}
"""
"""Contrast is what axe takes longest for, and it follows from how a text looks: its colour and size, and what
it stands on. So each look is checked where it comes first, not on every page again.
"""


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return make_house()


class Readers:
    """Somebody of each role, signed in once for all that they read."""

    def __init__(self, house: House, url: str):
        self.house, self.url = house, url
        self.sessions: dict[Role, str] = {}

    def come(self, page: Page, role: Role) -> None:
        """Let the browser be that of somebody of a role."""
        if role not in self.sessions:
            self.sessions[role] = self.house.client(role).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": self.sessions[role], "url": self.url}])


def _reader(name: str) -> Role:
    who = SAMPLES[name].who
    return next(role for role in Role if role in who)


def drawn(part: int) -> list[str]:
    """Return the pages that a part looks at; all of them where SIAC_EVERY_PAGE is set."""
    pages = PAGES[part::PARTS]
    if os.environ.get("SIAC_EVERY_PAGE"):
        return pages
    return sorted(random.sample(pages, len(pages) // ONE_OF))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_clean_for_axe_and_fits_a_phone(part, page, live_server, house, axe, screenshot):
    objects: dict[str, Any] = build_objects(house)
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": "localhost", "path": f"/{house.slug}/"}
            for name, value in citizen_cookies(house, objects).items()
        ]
    )
    page.add_init_script(AXE_SCRIPT)  # once for all pages: it is large, and would be sent for each of them
    faults: list[str] = []
    readers = Readers(house, live_server.url)
    for name in drawn(part):
        sample = SAMPLES[name]
        page.context.clear_cookies(name="sessionid")
        if sample.who != EVERYONE:
            readers.come(page, _reader(name))
        page.set_viewport_size({"width": 1366, "height": 900})
        try:
            assert page.goto(address_of(name, sample, objects)).status == 200
            axe(page, "color-contrast")
            contrast = AxeResults(page.evaluate(CONTRAST, ASKED))
            assert contrast.violations_count == 0, contrast.generate_report()
        except PlaywrightError as error:
            if "Download is starting" not in str(error):  # a file, not a page
                faults.append(f"{name}: {error}")
            continue
        except AssertionError as error:
            faults.append(f"{name}: {error}")
        screenshot(page, f"ancho-{name.replace(':', '-')}")
        page.set_viewport_size({"width": 390, "height": 800})
        width = page.locator("html").evaluate("it => it.scrollWidth")
        if width > 390:
            faults.append(f"{name}: {width} px wide on a phone")
        screenshot(page, f"movil-{name.replace(':', '-')}")
    assert faults == [], "\n".join(faults)
