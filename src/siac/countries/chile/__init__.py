# SPDX-License-Identifier: EUPL-1.2
"""Chile."""

from siac.countries.chile.documents import DOCUMENTS
from siac.countries.counting import Counting, HoursRun, MonthEnd
from siac.countries.country import Country, Duty, Money, Preferred
from siac.countries.identity import IdentityServer
from siac.countries.phones import Phones

_OWN = "Criterio del organismo: ninguna ley de mesones lo dice"
COUNTRY = Country(
    folder=__name__,
    code="CL",
    name="Chile",
    zone="America/Santiago",
    local_zones={
        "MA": "America/Punta_Arenas", "12": "America/Punta_Arenas",  # Magallanes keeps summer time all year
        "AI": "America/Coyhaique", "11": "America/Coyhaique",  # so does Aysén since 2025
        "05201": "Pacific/Easter",
    },
    counting=Counting(
        month_end=MonthEnd.LAST_DAY,  # art. 48 Código Civil
        hours=HoursRun.ALL,
        calendar_day=("día corrido", "días corridos"),
    ),
    documents=DOCUMENTS,
    languages=("arn",),  # Ley 19.253, art. 28
    charter_norm="pledge",
    money=(Money("CLP", "pesos", 0), Money("UF", "UF", 2), Money("UTM", "UTM", 2),),
    phones=Phones(prefix=56, example="9 8765 4321", invented="+56 9 8000 {:04d}", mobiles_begin="9"),
    duties=frozenset({
        Duty.INFORMATION_PORTAL, Duty.RESERVE_INDEX,  # art. 23 Ley 20.285
        Duty.SATISFACTION_BONUS,  # Ley 20.342
    }),
    signs_by=("firmagob",),
    identity=IdentityServer(
        code="claveunica",
        name="ClaveÚnica",
        issuer="https://accounts.claveunica.gob.cl/openid",
        scopes="openid run name",
        document_claim="RolUnico",
        documents=("rut",),
        logout="https://accounts.claveunica.gob.cl/api/v1/accounts/app/logout?redirect=",
        posts_userinfo=True,
        source="Gobierno Digital: guía técnica de integración de ClaveÚnica (desarrolladores)",
    ),
    counts_peoples=True,
    preferred=(
        Preferred("elderly", "60 años o más", "Ley 21.168, en salud; en otros, criterio del organismo"),
        Preferred("pregnant", "Embarazo o con una guagua", _OWN),
        Preferred("disability", "Discapacidad", "Ley 20.422; en salud, Ley 21.168"),
        Preferred("carer", "Cuidado de una persona", _OWN),
    ),
)  # fmt: skip
