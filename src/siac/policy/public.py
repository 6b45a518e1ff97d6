# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `policy`."""

from siac.policy.commands.approving import (
    approve_edition,
    call_back,
    propose,
)
from siac.policy.commands.living import (
    check_reference,
    save_achievement,
    save_reference,
)
from siac.policy.commands.policies import (
    add_documents,
    save_facts,
    save_links,
    save_policy,
    start_edition,
)
from siac.policy.commands.sections import (
    save_cells,
    save_section,
)
from siac.policy.domain.rights import (
    PolicyRight,
)
from siac.policy.maturity import (
    references,
)
from siac.policy.models import (
    PolicyEdition,
    PolicyRound,
    QualityPolicy,
)
from siac.policy.progress import (
    Asking,
    Progress,
    ProgressSource,
    register_progress_source,
)
from siac.policy.queries import (
    ROUND,
    edition_in_force,
    editions_of,
    has_public,
    policy_of,
)
from siac.policy.reading import (
    Participation,
    participation_of,
)

__all__ = [
    "ROUND",
    "Asking",
    "Participation",
    "PolicyEdition",
    "PolicyRight",
    "PolicyRound",
    "Progress",
    "ProgressSource",
    "QualityPolicy",
    "add_documents",
    "approve_edition",
    "call_back",
    "check_reference",
    "edition_in_force",
    "editions_of",
    "has_public",
    "participation_of",
    "policy_of",
    "propose",
    "references",
    "register_progress_source",
    "save_achievement",
    "save_cells",
    "save_facts",
    "save_links",
    "save_policy",
    "save_reference",
    "save_section",
    "start_edition",
]
