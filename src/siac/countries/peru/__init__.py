# SPDX-License-Identifier: EUPL-1.2
"""Peru."""

from siac.countries.counting import Counting, HoursRun, MonthEnd
from siac.countries.country import Country, Duty, Money, Preferred
from siac.countries.identity import IdentityServer
from siac.countries.peru.documents import DOCUMENTS
from siac.countries.phones import Phones

COUNTRY = Country(
    folder=__name__,
    code="PE",
    name="Perú",
    zone="America/Lima",
    counting=Counting(
        month_end=MonthEnd.NEXT_FIRST,  # art. 145.3 TUO LPAG
        hours=HoursRun.ALL,
        calendar_day=("día calendario", "días calendario"),
        no_own_closures="En el Perú una entidad no puede declarar sus propios días inhábiles "
        "(art. 137.3, TUO LPAG).",
    ),
    documents=DOCUMENTS,
    languages=("qu",),  # Ley 29735, art. 4
    charter_norm="mtpe",
    signs_by=("firmaperu",),
    identity=IdentityServer(
        code="idperu",
        name="ID Perú",
        issuer="https://idaas2.reniec.gob.pe",
        scopes="openid profile",
        document_claim="doc",
        documents=("dni_pe",),
        logout="https://idaas2.reniec.gob.pe/service/logout?post_logout_redirect_uri=",
        paths={
            "authorization_endpoint": "/service/auth",
            "token_endpoint": "/service/token",
            "userinfo_endpoint": "/service/userinfo",
            "jwks_uri": "/service/jwks",
        },
        source="RENIEC: IDaaS v2, especificaciones técnicas; ejemplos de integración (pkiep-reniec)",
    ),
    money=(
        Money("PEN", "soles", 2),
        Money("UIT", "UIT", 4),
    ),
    phones=Phones(prefix=51, example="987 654 321", invented="+51 900 00{:04d}"),
    duties=frozenset({Duty.COMPLAINTS_BOOK}),  # DS 007-2020-PCM
    counts_peoples=True,
    preferred=(
        Preferred("elderly", "60 años o más", "Ley 27408, modificada por la Ley 28683"),
        Preferred("pregnant", "Embarazo", "Ley 27408, modificada por la Ley 28683"),
        Preferred("child", "Niña o niño, o con uno", "Ley 27408, modificada por la Ley 28683"),
        Preferred("disability", "Discapacidad", "Ley 28683"),
    ),
    preferred_passes=None,  # Ley 28683: exonerar de turnos o cualquier otro mecanismo de espera
)
