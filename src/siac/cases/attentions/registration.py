# SPDX-License-Identifier: EUPL-1.2
"""What attentions add to the house."""

from siac.cases.attentions import texts
from siac.cases.attentions.access import READERS, among_visible
from siac.cases.attentions.metrics import METRICS, SOURCE
from siac.cases.attentions.personal import PART, attentions_of, erase_filed, erase_texts
from siac.cases.attentions.promising import register_terms
from siac.cases.attentions.proof import attention_problems
from siac.cases.attentions.sheet import SHEET
from siac.cases.attentions.surroundings import ACT, FRAGMENTS, PANEL
from siac.cases.attentions.travelling import name_rows
from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import (
    Naming,
    register_naming,
    register_panel,
    register_personal_part,
    register_retention,
)
from siac.cases.imports.registers import register_register
from siac.cases.models import Interaction
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts.events import register_words
from siac.catalogue.public import register_service_act
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_verification
from siac.organizations.public import register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_words(texts)
    declare_events(*texts.HAPPENED, untrue=(FACTS,))
    register_fragments(*FRAGMENTS)
    register_panel(PANEL)
    register_service_act(ACT)
    register_naming(Naming(Interaction, "person", among_visible))
    register_personal_part(PART, attentions_of)
    register_retention(erase=erase_filed, erase_texts=erase_texts)
    register_register(SHEET)
    register_terms()
    register_verification("attentions", attention_problems)
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    register_left_behind(
        dict.fromkeys(
            ("cases.Interaction", "cases.InteractionFact"), "Attentions of real people to the source."
        )
    )
    new, every = "workspace:cases:attention_new", "workspace:cases:attentions"
    register_nav(NavItem("Registrar atención", new, CaseRight.FILE, 12, group=NavGroup.INTAKE, key="c"))
    register_nav(NavItem("Atenciones", every, READERS, 14, group=NavGroup.INTAKE))
