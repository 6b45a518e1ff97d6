# SPDX-License-Identifier: EUPL-1.2
"""Which rows of which tables are of a body, reckoned from the models: each row names its body, or a row that
does. What stays behind is named here with the reason; a table that is neither fails `tests/moving`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

BODY = "organizations_institution"
USERS = "accounts_user"
LAYERS = "clocks_calendarlayer"
FILES = "documents_attachment"
STAYING = {
    "accounts_apitoken": "Keys of programs are made anew there: the program has to learn another address.",
    "accounts_session": "Whoever comes in there comes in anew.",
    "accounts_signin": "When people came in is of the installation where they did.",
    "accounts_user": "Accounts are of people, who work in several bodies: matched by address, else made.",
    "cases_presence": "Who has a page open this minute.",
    "indicators_cell": "Counted anew there from the facts.",
    "indicators_cubestate": "As the cells.",
    "indicators_measure": "Numbers of the product's own measures, of each installation.",
    "infra_idempotencykey": "What programs sent once within three days, known by a key of the installation.",
    "infra_jobfault": "Which jobs failed here.",
    "infra_keycheck": "Keys of the installation.",
    "infra_numberblock": "Numbers of the installation.",
    "infra_ratewindow": "How often an address of the network asked here.",
    "journal_consumer": "How far the readers of the installation are.",
    "organizations_invitation": "Letters with an address of this installation: invited anew there.",
    "organizations_practicerun": "Practice bodies are opened anew there.",
    "signin_identification": "Who said who they are in a browser here, within half an hour.",
    "signin_maildomain": "Whoever runs the installation made sure of them: that of there, not of here.",
    "signing_portticket": "Leave for a program on a desk, for a quarter of an hour at this address.",
    "surveys_halfanswer": "Answers that nobody has sent yet, known by a key of the installation.",
}
"""Tables of which nothing travels, and why. `organizations_institution` and accounts travel as notes."""


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table of ours."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class Table:
    """A table with rows of bodies; `rows` is what says which: SQL with `{t}` for the table and `{body}`."""

    name: str
    columns: tuple[str, ...]
    key: str
    rows: str
    references: tuple[Reference, ...]

    def of(self, body: int, alias: str = "t") -> str:
        """Return the condition for the rows of a body, of a table called `alias`."""
        return self.rows.replace("{t}", alias).replace("{body}", str(int(body)))


def ours() -> Iterator[type[models.Model]]:
    """Yield our models, those of plain links between two of them too."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("siac.") and not model._meta.proxy:
            yield model


@cache
def travelling_tables() -> dict[str, Table]:
    """Return the tables whose rows go along, by name; first the body's own."""
    found = {BODY: _table(apps.get_model("organizations", "Institution"), "{t}.id = {body}")}
    for model in sorted(ours(), key=lambda each: each._meta.db_table):
        name = model._meta.db_table
        rows = rows_of_body(model)
        if name not in found and name not in STAYING and rows is not None:
            found[name] = _table(model, rows)
    return found


def _table(model: type[models.Model], rows: str) -> Table:
    meta = model._meta
    fields = [each for each in meta.concrete_fields if isinstance(each, models.ForeignKey)]
    references = tuple(
        Reference(str(each.column), each.related_model._meta.db_table, str(each.target_field.column))
        for each in fields
    )
    columns = tuple(str(each.column) for each in meta.concrete_fields)
    return Table(meta.db_table, columns, str(meta.pk.column), rows, references)


def rows_of_body(model: type[models.Model], seen: tuple[Any, ...] = ()) -> str | None:
    """Return the condition that picks the rows of a body; None where rows are of none."""
    keys = [each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]
    if any(each.name == "institution" for each in keys):
        return "{t}.institution_id = {body}"
    for each in keys:
        of: Any = each.related_model
        if each.null or of in seen or of is model or of._meta.db_table in STAYING:
            continue
        above = rows_of_body(of, (*seen, model))
        if above is not None:
            alias = f"r{len(seen)}"
            within = above.replace("{t}", alias)
            named = f"SELECT {alias}.{each.target_field.column} FROM {of._meta.db_table} {alias}"  # noqa: S608
            return f"{{t}}.{each.column} IN ({named} WHERE {within})"
    return None
