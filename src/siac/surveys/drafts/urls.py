# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys.drafts import portal, workspace

WORKSPACE = [
    path("encuestas/mediciones/", workspace.drafts, name="drafts"),
    path("encuestas/mediciones/nueva/", workspace.edit, name="draft_new"),
    path("encuestas/mediciones/<int:draft_id>/", workspace.draft, name="draft"),
    path("encuestas/mediciones/<int:draft_id>/cambiar/", workspace.edit, name="draft_edit"),
    path("encuestas/mediciones/<int:draft_id>/comentar/", workspace.say, name="draft_say"),
    path("encuestas/mediciones/<int:draft_id>/asociacion/", workspace.invite, name="draft_invite"),
    path("encuestas/mediciones/<int:draft_id>/decidir/", workspace.decide, name="draft_decide"),
    path(
        "encuestas/mediciones/<int:draft_id>/comentarios/<int:comment_id>/",
        workspace.reply,
        name="draft_reply",
    ),
]
PORTAL = [path("medicion/<slug:token>/", portal.draft, name="draft_outside")]
