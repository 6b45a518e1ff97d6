# SPDX-License-Identifier: EUPL-1.2
"""What the form in other sites adds."""

from siac.cases.embedding import texts
from siac.cases.texts.events import register_words
from siac.organizations.public import SetupGroup, SetupTab, register_setup_tab


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
    register_setup_tab(
        SetupTab(
            "Formulario en otros sitios", "workspace:kinds:sites", 40, SetupGroup.SITE,
            "Qué sitios pueden mostrar el formulario.",
        )
    )  # fmt: skip
