# SPDX-License-Identifier: EUPL-1.2
"""What the starter kit adds to the set-up."""

from siac.cases.starter import texts
from siac.cases.starter.steps import STEPS
from siac.cases.starter.travelling import name_rows
from siac.cases.texts.events import register_words
from siac.organizations.public import SetupGroup, SetupTab, register_setup_tab, register_start_step


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_words(texts)
    for step in STEPS:
        register_start_step(step)
    register_setup_tab(
        SetupTab(
            "Paquete inicial", "workspace:kinds:kit", 60, SetupGroup.REQUESTS,
            "Tipos, temas y plantillas ya hechos para su país.",
        )
    )  # fmt: skip
