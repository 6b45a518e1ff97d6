# SPDX-License-Identifier: EUPL-1.2
from siac.cases.causes import urls as causes
from siac.cases.embedding import urls as embedding
from siac.cases.kinds import urls as kinds
from siac.cases.protection import urls as protection
from siac.cases.routing import urls as routing
from siac.cases.starter import urls as starter

app_name = "kinds"
urlpatterns = [
    *causes.SETUP,
    *embedding.SETUP,
    *kinds.SETUP,
    *protection.SETUP,
    *routing.SETUP,
    *starter.SETUP,
]
