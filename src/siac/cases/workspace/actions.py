# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case offers its reader to do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from siac.cases.deeds import Deed, deeds
from siac.cases.domain.delivery import Delivery, asked_delivery, usual_delivery
from siac.cases.domain.variables import unfilled
from siac.cases.situation import Situation
from siac.cases.texting import texts_reach
from siac.cases.workspace.by_law import fit_to_law
from siac.organizations.public import Access, Institution
from siac.people.public import PersonData
from siac.ui.forms import Form


def offered_actions(
    access: Access, situation: Situation, bound: Mapping[str, Form]
) -> Iterator[dict[str, Any]]:
    """Yield what the case page shows of each action with a key that this user
    may take: its form, and whether it is open.

    A form that was refused is shown even where the case no longer admits it: a colleague may have answered
    meanwhile, and what was typed must not be lost.
    """
    for action in deeds().values():
        if action.beside or (action.on_top and action.code not in bound):
            continue
        if action.code in bound or (not action.has_page and action.offered(access, situation)):
            form = bound.get(action.code) or action.fresh(access, situation)
            fit_to_law(form, situation)
            form.auto_id = f"{action.code}_%s"  # the forms of one page must not share ids
            yield {
                "code": action.code,
                "label": action.label,
                "key": action.key,
                "form": form,
                "guide": action.guide(situation),
                "is_open": action.code in bound,
                "files": "attachments" in form.fields,
                "suggests": action.suggests,
                "also": [other for other in deeds().values() if action.code in other.beside],
            }


def names_in(actions: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Return the names (by user id) that the forms of `actions` have read
    already: the history needs them too.
    """
    return {
        pk: name
        for action in actions
        if action["code"] == "asignar"
        for pk, name in action["form"].people.items()
    }


def further_actions(access: Access, situation: Situation) -> list[Deed]:
    """Return the actions with a page of their own that this user may take."""
    return [action for action in deeds().values() if action.has_page and action.offered(access, situation)]


def host_of(action: Deed, access: Access, situation: Situation) -> str:
    """Return the code of the action whose form shows what became of `action`:
    its own, or the one it stands beside.
    """
    hosts = [code for code in action.beside if deeds()[code].offered(access, situation)]
    return next(iter([*hosts, *action.beside]), action.code)


def suggest_delivery(
    institution: Institution,
    actions: Sequence[Mapping[str, Any]],
    person: PersonData | None,
    answers: Mapping[str, str],
) -> None:
    """Preselect how the answer reaches `person`: as their request asks for it (`answers`),
    else as they prefer; a draft goes first. A text message is offered to whom one reaches.
    """
    answering = [action["form"] for action in actions if action["also"]]
    if person is None or not answering:
        return
    texts = texts_reach(institution, person)
    way = asked_delivery(answers) or usual_delivery(
        email=person.email,
        address=person.address,
        phone=person.phone,
        preferred=person.preferred_channel,
        texts=texts,
    )
    for form in answering:
        form.initial.setdefault("channel", way.value)
        if not texts:
            field = form.fields["channel"]
            field.choices = [row for row in field.choices if row[0] != Delivery.SMS]


def insert_text(actions: Sequence[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return the actions of the case page with the form of the answer open and `text` after what it held."""
    left = unfilled(text)
    lines = [f"Complete a mano antes de enviar: {', '.join(left)}."] if left else []
    shown = [dict(action) for action in actions]
    for action in shown:
        if action["also"]:
            form = action["form"]
            form.initial["body"] = "\n\n".join(filter(None, (form.initial.get("body", ""), text)))
            action |= {"is_open": True, "guide": [*action["guide"], *lines]}
    return shown
