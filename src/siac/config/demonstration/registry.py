# SPDX-License-Identifier: EUPL-1.2
"""The exchange of registry entries, where the law of the country knows it: an invented office beside the
body's own, what came from it and what was sent to it. Its codes are of no office, and nothing leaves.
"""

from datetime import datetime, timedelta

from siac.accounts.public import User
from siac.cases.public import CaseKind, Channel, Filing, file_case
from siac.integrations.sicres.commands.bringing import bring
from siac.integrations.sicres.commands.deciding import file_entry, reject_entry
from siac.integrations.sicres.commands.office import save_office
from siac.integrations.sicres.commands.sending import send_case
from siac.integrations.sicres.domain.layout import CONFIRMED, SENT
from siac.integrations.sicres.domain.writing import exchange_xml, message_xml
from siac.integrations.sicres.models import Dispatch, RegistryEntry
from siac.integrations.sicres.queries import is_here
from siac.kernel.questions import Question, QuestionType
from siac.organizations.public import Institution
from siac.people.public import PersonData

_OWN, _UNIT, _OTHER = "O99999901", "L99999901", "O99999902"
_OTHER_NAME = "Registro de Vega Alta (inventado)"
_CAME = (
    (9, "Nerea", "Ibarra", "Farola apagada en la plaza", "La farola lleva un mes apagada.", "Que se repare."),
    (
        4,
        "Hugo",
        "Salas",
        "Paso de peatones borrado",
        "El paso de la avenida no se ve.",
        "Que se pinte.",
    ),
    (2, "Irene", "Coll", "Beca de comedor", "Pedí la beca en septiembre.", "Saber cómo va."),
    (0, "Tomás", "Rey", "Ruido por las noches", "Un local de la calle Mayor cierra tarde.", "Que se mida."),
)
_WENT = (
    (8, "Ayuda al alquiler", "¿Dónde pido la ayuda al alquiler de la comunidad?"),
    (1, "Cita en la oficina de empleo", "No consigo cita en la oficina de empleo."),
)


def exchange_entries(institution: Institution, kind: CaseKind, *, actor: User, now: datetime) -> None:
    """Set up the office of a body; entries that were filed, rejected and wait; and requests that were sent,
    one of them accepted.
    """
    if not is_here(institution):
        return
    day = timedelta(days=1)
    save_office(
        institution=institution, office_code=_OWN, office_name="Registro general (inventado)",
        unit_code=_UNIT, kind_id=kind.pk, actor=None, now=now - 30 * day,
    )  # fmt: skip
    institution.refresh_from_db()
    for place, (ago, *told) in enumerate(_CAME):
        at = now - ago * day - timedelta(hours=2)
        row = bring(
            institution=institution, content=_file(place, told, at, institution), actor=actor,
            now=at + timedelta(hours=1),
        )  # fmt: skip
        if isinstance(row, RegistryEntry):
            _decided(institution, row, place, actor=actor, now=at + timedelta(hours=2))
    for place, (ago, subject, body) in enumerate(_WENT):
        _sent(institution, kind, place, subject, body, actor=actor, at=now - ago * day - timedelta(hours=3))


def _file(place: int, told: list[str], at: datetime, institution: Institution) -> bytes:
    given, family, subject, says, asks = told
    wall = at.astimezone(institution.zone)
    return exchange_xml(
        origin={
            "Codigo_Entidad_Registral_Origen": _OTHER,
            "Decodificacion_Entidad_Registral_Origen": _OTHER_NAME,
            "Numero_Registro_Entrada": f"DEMO{wall:%y}e{place + 1:07d}",
            "Fecha_Hora_Entrada": f"{wall:%Y%m%d%H%M%S}",
        },
        destination={
            "Codigo_Entidad_Registral_Destino": _OWN,
            "Codigo_Unidad_Tramitacion_Destino": _UNIT,
        },
        people=[
            {
                "Nombre_Interesado": given,
                "Primer_Apellido_Interesado": family,
                "Correo_Electronico_Interesado": f"persona-sir{place}@demo.invalid",
            }
        ],
        subject={"Resumen": subject},
        annexes=[],
        control={
            "Identificador_Intercambio": f"{_OTHER}_{wall:%y}_{place + 1:08d}",
            "Tipo_Anotacion": SENT,
            "Tipo_Registro": "0",
            "Documentacion_Fisica": "3",
            "Indicador_Prueba": "0",
            "Codigo_Entidad_Registral_Inicio": _OTHER,
        },
        form={"Expone": says, "Solicita": asks},
    )


def _decided(institution: Institution, row: RegistryEntry, place: int, *, actor: User, now: datetime) -> None:
    if place == 0:
        file_entry(institution=institution, entry_id=row.pk, actor=actor, now=now)
    elif place == 2:
        reason = "La beca es de la consejería: no es de este ayuntamiento."
        reject_entry(institution=institution, entry_id=row.pk, reason=reason, actor=actor, now=now)


def _reply(question: Question, at: datetime) -> str:
    if question.options:
        return question.options[0]
    return at.date().isoformat() if question.type is QuestionType.DATE else "Oficina central"


def _sent(
    institution: Institution,
    kind: CaseKind,
    place: int,
    subject: str,
    body: str,
    *,
    actor: User,
    at: datetime,
) -> None:
    person = PersonData(
        given_names="Olga", family_names="Marín", email=f"persona-sir-sale{place}@demo.invalid"
    )
    filing = Filing(
        kind_id=kind.pk, channel=Channel.COUNTER, subject=subject, body=body, person=person,
        answers={each.code: _reply(each, at) for each in kind.parsed_questions() if each.required},
    )  # fmt: skip
    case = file_case(institution=institution, filing=filing, actor=actor, now=at)
    send_case(
        institution=institution, case_id=case.pk, version=None, office_code=_OTHER, unit_code="",
        name=_OTHER_NAME, actor=actor, now=at + timedelta(hours=1),
    )  # fmt: skip
    if place == 0:
        sent = Dispatch.objects.get(case=case)
        said = message_xml({
            "Codigo_Entidad_Registral_Origen": _OTHER,
            "Codigo_Entidad_Registral_Destino": _OWN,
            "Identificador_Intercambio": sent.identifier,
            "Tipo_Mensaje": CONFIRMED,
            "Numero_Registro_Entrada_Destino": "DEMO0000042",
            "Indicador_Prueba": "0",
        })  # fmt: skip
        bring(institution=institution, content=said, actor=actor, now=at + timedelta(hours=2))
