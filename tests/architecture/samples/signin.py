# SPDX-License-Identifier: EUPL-1.2
"""Pages of `signin`."""

from datetime import datetime

from siac.accounts.public import Role
from siac.signin.commands.providers import save_provider
from siac.signin.domain.oidc import Server
from siac.signin.models import Audience, DirectoryGroup, LinkedIdentity
from tests.architecture.samples.whom import ADMIN, STAFF, Made, R, Sample, with_
from tests.factories import House

AWAY = "https://127.0.0.1:1"
_SLUG = with_(slug="provider_slug")

SAMPLES = {
    "own:sessions": Sample(STAFF),
    "own:end": Sample(STAFF, lambda objects: {"digest": "otras"}, post=True),
    "entry:start": Sample(arguments=_SLUG, moved=True),
    "entry:again": Sample(STAFF, _SLUG),
    "entry:prove": Sample(STAFF, _SLUG, moved=True),
    "entry:back": Sample(arguments=_SLUG, moved=True),
    "portal:identity:ask": Sample(),
    "portal:identity:go": Sample(moved=True),
    "portal:identity:back": Sample(moved=True),
    "workspace:signin:provider": Sample(ADMIN),
    "workspace:signin:citizens": Sample(ADMIN),
    "workspace:signin:unlink": Sample(ADMIN, with_(identity_id="identity"), post=True),
    "workspace:signin:groups": Sample(ADMIN),
    "workspace:signin:group": Sample(ADMIN, with_(group_id="directory_group")),
    "workspace:signin:trail": Sample(frozenset({R.ADMINISTRATOR, R.AUDITOR})),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make providers that nobody answers at, of staff and of citizens, somebody bound to one, and a group."""
    server = Server(AWAY, f"{AWAY}/a", f"{AWAY}/t", f"{AWAY}/k", "", posts_secret=False, names_itself=False)
    row = save_provider(
        institution=house.institution,
        actor=None,
        now=now,
        secret="secreto",
        read=(server, []),
        label="Entrar con la cuenta municipal",
        issuer=AWAY,
        client_id="siac",
    )
    save_provider(
        institution=house.institution,
        actor=None,
        now=now,
        secret="secreto",
        audience=Audience.CITIZENS,
        read=(server, []),
        label="ClaveÚnica",
        issuer=AWAY,
        client_id="siac",
        document_claim="RolUnico",
    )
    bound = LinkedIdentity.objects.create(
        provider=row, user=house.user(Role.AUDITOR), subject="1", created_at=now, used_at=now
    )
    group = DirectoryGroup.objects.create(
        institution=house.institution, name="Obras", created_at=now, changed_at=now
    )
    return {"provider_slug": house.slug, "identity": bound.pk, "directory_group": group.pk}
