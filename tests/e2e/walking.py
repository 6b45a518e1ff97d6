# SPDX-License-Identifier: EUPL-1.2
"""What somebody does on the pages of a body of the demonstration: sign in, follow links, fill in, press."""

import re
from datetime import date, datetime

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from siac.accounts.public import Role, User
from siac.config.demonstration.load import script_named
from siac.organizations.public import Institution
from tests.factories import PASSWORD


class Walk:
    """The people of a body at one desk, one after another."""

    def __init__(self, page: Page, name: str) -> None:
        script = script_named(name)
        self.page, self.slug = page, str(script["institution"]["slug"])
        self.base = f"/{self.slug}/gestion/"
        self.mails: dict[Role, str] = {}
        for person in script["people"]:
            self.mails.setdefault(Role(person["role"]), person["email"])

    @property
    def body(self) -> Institution:
        """The body as it stands."""
        return Institution.objects.get(slug=self.slug)

    def person(self, role: Role) -> User:
        """Return the person of the demonstration with that role."""
        return User.objects.get(email=self.mails[role])

    @property
    def today(self) -> date:
        """The local day."""
        return self.body.local_date(timezone.now())

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def sit_down(self, role: Role, path: str = "cartas/") -> None:
        """Sign in as the person of the demonstration with that role, and open a page."""
        self.page.context.clear_cookies(name="sessionid")
        self.page.goto(f"/cuenta/login/?next={self.base}{path}")
        self.page.get_by_label("Correo electrónico").fill(self.mails[role])
        self.page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Entrar", exact=True).click()
        expect(self.page).to_have_url(re.compile(re.escape(path)))
        self.page.wait_for_load_state()

    def open(self, path: str) -> None:
        """Go to a page of the staff."""
        self.page.goto(f"{self.base}{path}")

    def press(self, name: str) -> None:
        """Press a button that goes through."""
        self.main.get_by_role("button", name=re.compile(f"^{name}")).first.click()
        self.page.wait_for_load_state()
        troubles = self.page.locator(".govuk-error-summary")
        assert troubles.count() == 0, troubles.inner_text()

    def follow(self, *names: str) -> None:
        """Follow links, one after another, each by how it begins."""
        for name in names:
            self.main.get_by_role("link", name=re.compile(f"^{name}")).first.click()
            self.page.wait_for_load_state()

    def says(self, *words: str) -> None:
        """Make sure that the page says something."""
        for each in words:
            expect(self.main).to_contain_text(each)

    def fill(self, **boxes: object) -> None:
        """Fill in boxes by the names of their fields: words, numbers, days, True for a tick."""
        for name, value in boxes.items():
            if isinstance(value, date) and not isinstance(value, datetime):
                self._day(name, value)
            elif value is True:
                self.page.locator(f"[name={name}]").check()
            else:
                self.page.locator(f"[name={name}]").fill(str(value))

    def choose(self, **options: str) -> None:
        """Choose in lists by the names of their fields and what people read."""
        for name, words in options.items():
            self.page.locator(f"select[name={name}]").select_option(label=words)

    def find(self, label: str, words: str) -> None:
        """Choose in a list that is searched by typing."""
        box = self.page.get_by_role("combobox", name=re.compile(label))
        box.fill(words)
        self.page.get_by_role("option", name=re.compile(words)).first.click()

    def tick(self, *words: str) -> None:
        """Choose among what is offered."""
        for each in words:
            self.main.get_by_label(each).first.check()

    def unfold(self, code: str) -> Locator:
        """Open the form of something to do on the page of a request."""
        form = self.page.locator(f"details#{code}")
        if form.get_attribute("open") is None:
            form.locator("summary").first.click()
        return form

    def send(self, code: str) -> None:
        """Send a form that was unfolded."""
        self.page.locator(f"details#{code} button.govuk-button:not(.govuk-button--secondary)").click()
        self.page.wait_for_load_state()

    def _day(self, name: str, day: date) -> None:
        if self.page.locator(f"[name={name}_day]").count():
            for part in ("day", "month", "year"):
                self.page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))
        else:
            self.page.locator(f"[name={name}]").fill(day.isoformat())

    # The guided process

    def phase(self, code: str) -> None:
        """Go to a phase of the process whose page is open, by its line."""
        line = self.main.locator("a", has_text=re.compile(rf"\b{code}\b"))
        line.first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"{code}.")

    def do_tasks(self, code: str) -> None:
        """Mark as done each task of a phase that somebody marks."""
        todo = self.main.get_by_role("link", name=re.compile("^Marcar como hecha"))
        while todo.count():
            todo.first.click()
            self.page.get_by_label("Qué lo muestra").fill(f"Consta en el expediente, fase {code}")
            self.press("Marcar como hecha")
            self.phase(code)

    def close(self, charter: str, *codes: str) -> None:
        """Do what is left of some phases of the process of a charter, and close them."""
        self.open(charter)
        for code in codes:
            self.phase(code)
            self.do_tasks(code)
            self.follow("Cerrar la fase")
            self.press("Cerrar la fase")
