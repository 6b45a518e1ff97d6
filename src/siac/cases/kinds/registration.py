# SPDX-License-Identifier: EUPL-1.2
"""What kinds of request add to the register and to the set-up."""

from siac.cases.kinds import texts
from siac.cases.kinds.translated import KINDS
from siac.cases.texts.events import register_words
from siac.journal.public import register_guard
from siac.organizations.public import SetupGroup, SetupTab, register_setup_tab, register_translated

_VERSIONS = (
    "cases_kindversion",
    "cases_kindversion_guard",
    "CREATE TRIGGER cases_kindversion_guard BEFORE DELETE OR UPDATE ON cases_kindversion"
    " FOR EACH ROW EXECUTE FUNCTION cases_kindversion_guard()",
)


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
    register_guard(*_VERSIONS)
    register_translated(KINDS)
    register_setup_tab(
        SetupTab(
            "Tipos de solicitud", "workspace:kinds:kinds", 10, SetupGroup.REQUESTS,
            "Qué se puede pedir, qué se pregunta y en qué plazo se responde.",
        )
    )  # fmt: skip
