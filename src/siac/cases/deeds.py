# SPDX-License-Identifier: EUPL-1.2
"""What can be done with a case through a form; each feature registers its own deeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from siac.accounts.public import Right
from siac.cases.access import may
from siac.cases.domain.states import Move, allowed
from siac.cases.models import Case
from siac.cases.situation import Situation
from siac.organizations.public import Access
from siac.ui.forms import Form


def _nothing(access: Access, case: Case) -> Mapping[str, Any]:
    return {}


def _silent(situation: Situation) -> list[str]:
    return []


def _spares_nothing(situation: Situation) -> tuple[str, ...]:
    return ()


def _always(situation: Situation) -> bool:
    return True


def _anyone(access: Access, case: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an officer does with a case through a form.

    `place` says where it stands among the others. `code` is in the address, `key` the keyboard key that
    opens it (empty: it has a page of its own), `done` what is said when it worked. `initial` gives the
    form what the case already says, `spare` names the fields it need not ask in a situation, `guide` says
    beforehand what will follow, `when` narrows the situations in which it is offered, `allows` the
    people. `asks_body`: the form needs the body to know its options, `asks_case` the case too. `beside`
    names the actions in whose form it is one more button; `on_top`: it is a button at the head of the
    page. `suggests`: what the body's history suggests is shown above its form once that opens.
    """

    code: str
    label: str
    key: str
    move: Move
    right: Right | None
    """None: whoever `allows` says, over whatever unit the case has come to."""
    form: Callable[..., Form]
    command: Callable[..., Case]
    done: str
    place: int
    asks_body: bool = False
    asks_case: bool = False
    initial: Callable[[Access, Case], Mapping[str, Any]] = _nothing
    spare: Callable[[Situation], tuple[str, ...]] = _spares_nothing
    guide: Callable[[Situation], list[str]] = _silent
    when: Callable[[Situation], bool] = _always
    allows: Callable[[Access, Case], bool] = _anyone
    on_top: bool = False
    beside: tuple[str, ...] = ()
    suggests: bool = False

    @property
    def has_page(self) -> bool:
        """Whether it stands on a page of its own: what is done now and then does not fill the case page."""
        return not self.key and not self.beside

    def fresh(self, access: Access, situation: Situation) -> Form:
        """Return the form as it is first shown."""
        case = situation.case
        form = self.form(
            *self._own(access, case), initial={"version": case.version, **self.initial(access, case)}
        )
        for name in self.spare(situation):
            del form.fields[name]
        return form

    def sent(self, request: HttpRequest, access: Access, case: Case) -> Form:
        """Return the form as it was sent."""
        return self.form(*self._own(access, case), request.POST, request.FILES)

    def _own(self, access: Access, case: Case) -> tuple[Any, ...]:
        return (
            (access.institution, case) if self.asks_case else (access.institution,) if self.asks_body else ()
        )

    def offered(self, access: Access, situation: Situation) -> bool:
        """Return whether this user may do it to this case now."""
        case = situation.case
        return (
            case.erased_at is None
            and self.move in allowed(case.state)
            and self.open_to(access, case)
            and self.when(situation)
        )

    def open_to(self, access: Access, case: Case) -> bool:
        """Return whether this user is one of those who may do it to this case at all."""
        return (self.right is None or may(access, case, self.right)) and self.allows(access, case)


_DEEDS: dict[str, Deed] = {}


def register_deeds(*added: Deed) -> None:
    """Let these be done with cases; called when the application starts.

    Raises:
        ValueError: another deed has that code or stands at that place.
    """
    for deed in added:
        if deed.code in _DEEDS or deed.place in {other.place for other in _DEEDS.values()}:
            raise ValueError(f"the code or the place of {deed.code} is another deed's")
        _DEEDS[deed.code] = deed
    for code in sorted(_DEEDS, key=lambda each: _DEEDS[each].place):
        _DEEDS[code] = _DEEDS.pop(code)


def deeds() -> Mapping[str, Deed]:
    """Return everything that can be done with a case by its code, in the order of the case page."""
    return _DEEDS
