# SPDX-License-Identifier: EUPL-1.2
"""Spain."""

from datetime import date

from siac.countries.counting import Caution, Counting, HoursRun, MonthEnd
from siac.countries.country import Country, Duty, Money, Preferred
from siac.countries.identity import IdentityServer
from siac.countries.phones import Phones
from siac.countries.spain.documents import DOCUMENTS

_OWN = "Criterio del organismo: ninguna norma estatal lo dice"
COUNTRY = Country(
    folder=__name__,
    code="ES",
    name="España",
    zone="Europe/Madrid",
    local_zones={"CN": "Atlantic/Canary", "35": "Atlantic/Canary", "38": "Atlantic/Canary"},
    counting=Counting(
        month_end=MonthEnd.LAST_DAY,  # art. 30.4 Ley 39/2015
        hours=HoursRun.BUSINESS_DAYS,  # art. 30.1 Ley 39/2015
        calendar_day=("día natural", "días naturales"),
        cautions=(
            Caution(
                date(2016, 10, 2),  # Ley 39/2015 in force
                "Hasta el 1 de octubre de 2016 el sábado era hábil en España; aquí se cuenta como inhábil.",
            ),
        ),
    ),
    documents=DOCUMENTS,
    signs_by=("autofirma",),
    identity=IdentityServer(
        code="clave",
        name="Cl@ve",
        issuer="",  # Cl@ve speaks SAML: each body has a gateway of its own, or of its region
        scopes="openid profile",
        document_claim="document_number",
        documents=("dni_es", "nie"),
        source="Cl@ve Identificación (art. 9 Ley 39/2015); identificador de persona de eIDAS",
    ),
    duties=frozenset({Duty.REGISTRY_EXCHANGE}),  # art. 16.4 Ley 39/2015; SICRES 3.0
    languages=("ca", "gl", "eu"),  # art. 15 Ley 39/2015
    money=(Money("EUR", "euros", 2),),
    phones=Phones(prefix=34, example="612 345 678", invented="+34 600 00{:04d}"),
    preferred=(
        Preferred("elderly", "65 años o más", _OWN),
        Preferred("pregnant", "Embarazo o con un bebé", _OWN),
        Preferred("disability", "Discapacidad", "RDLeg 1/2013 (accesibilidad y ajustes razonables)"),
    ),
)
