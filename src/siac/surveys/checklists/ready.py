# SPDX-License-Identifier: EUPL-1.2
"""Protocols that a body may begin with. The words are the house's own, after standards of service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.surveys.checklists.models import ProtocolKind


@dataclass(frozen=True, slots=True)
class ReadyProtocol:
    """A protocol to begin with: sections with their items as (words, weight, how it is answered, marks).

    Of the marks, `!` is critical and `+` wants evidence; what stands after a bar in the words is guidance.
    """

    name: str
    kind: ProtocolKind
    intro: str
    sections: Mapping[str, Sequence[tuple[str, int, int, str]]]

    @property
    def items(self) -> list[dict[str, Any]]:
        """What is looked at, as a protocol keeps it."""
        number, found = 0, []
        for title, items in self.sections.items():
            rows = []
            for words, weight, top, marks in items:
                number += 1
                label, _, guidance = words.partition("|")
                rows.append({
                    "code": f"i_{number}", "label": label, "guidance": guidance, "weight": weight, "top": top,
                    "critical": "!" in marks, "evidence": "+" in marks,
                })  # fmt: skip
            found.append({"title": title, "items": rows})
        return found


READY: Mapping[str, ReadyProtocol] = {
    "counter": ReadyProtocol(
        "Cliente incógnito en el mesón", ProtocolKind.SHOPPER,
        "Vaya como una persona cualquiera, pregunte lo que dice su encargo y anote al salir, no delante de "
        "quien atiende.",
        {
            "Llegar y esperar": [
                ("El horario de atención está a la vista|En la puerta o en la entrada.", 2, 0, "+"),
                ("La carta de servicios o los plazos están a la vista", 3, 0, "+"),
                ("El lugar está limpio y hay dónde sentarse", 2, 5, ""),
                ("Se entiende dónde hay que ir o sacar número", 2, 5, ""),
                ("La espera fue de 20 minutos o menos|Desde que llegó hasta que lo atendieron.", 5, 0, ""),
                ("Se respetó la atención preferente|Mayores, embarazadas, con discapacidad.", 5, 0, "!"),
            ],
            "El trato": [
                ("Saludaron y se identificaron|Con nombre o credencial a la vista.", 2, 0, ""),
                ("Escucharon sin interrumpir", 3, 5, ""),
                ("Hablaron claro, sin siglas ni palabras de oficina", 3, 5, ""),
                ("Nadie pidió algo indebido ni maltrató a otra persona", 10, 0, "!"),
            ],
            "La respuesta": [
                ("Dijeron qué documentos se necesitan", 4, 0, ""),
                ("Dijeron cuánto demora y por qué", 5, 0, ""),
                ("La información era correcta|Compárela con la del encargo.", 10, 0, "!"),
                ("Ofrecieron otra vía: sitio web o teléfono", 2, 0, ""),
                ("Contaron cómo reclamar si algo sale mal", 3, 0, ""),
            ],
        },
    ),
    "phone": ReadyProtocol(
        "Cliente incógnito por teléfono", ProtocolKind.SHOPPER,
        "Llame en horario de atención desde un número que no sea de la institución. Si no contestan, repita "
        "dos veces con media hora de diferencia.",
        {
            "Contestar": [
                ("Contestaron en alguno de los tres intentos", 10, 0, "!"),
                ("Contestaron antes del sexto tono", 3, 0, ""),
                ("El menú, si lo hay, ofrece hablar con una persona", 3, 0, ""),
                ("La espera en línea fue de cinco minutos o menos", 4, 0, ""),
            ],
            "Atender": [
                ("Dijeron la institución y su nombre", 2, 0, ""),
                ("El tono fue cordial", 3, 5, ""),
                ("Entendieron la consulta sin hacerla repetir", 3, 5, ""),
                ("La información era correcta|Compárela con la del encargo.", 10, 0, "!"),
                ("Dijeron plazo y próximo paso", 5, 0, ""),
                ("Si derivaron, no hubo que empezar de nuevo", 4, 0, ""),
            ],
        },
    ),
    "access": ReadyProtocol(
        "Accesibilidad del lugar de atención", ProtocolKind.OWN,
        "Recorra el camino completo, desde la calle hasta el mesón, y mida lo que se pueda medir.",
        {
            "Llegar": [
                ("La entrada no tiene peldaños, o hay rampa o ascensor en uso", 10, 0, "!+"),
                ("Las puertas dejan pasar una silla de ruedas|Ancho libre de 80 cm o más.", 8, 0, "+"),
                ("El recorrido hasta el mesón está despejado", 5, 5, ""),
                ("Hay estacionamiento reservado y libre de obstáculos", 3, 0, ""),
            ],
            "Estar": [
                ("Hay un mesón bajo o un lugar para atender a quien está sentado", 6, 0, "+"),
                ("Hay baño accesible, abierto y sin bodega adentro", 6, 0, "+"),
                ("Los números se llaman por pantalla y también por voz", 5, 0, ""),
                ("Los letreros tienen letra grande y contraste", 4, 5, "+"),
            ],
            "Entenderse": [
                ("Hay cómo atender en lengua de señas, en persona o por video", 6, 0, ""),
                ("Hay información en lectura fácil", 4, 0, ""),
                ("Se permite entrar con perro de asistencia", 5, 0, "!"),
            ],
        },
    ),
    "equipment": ReadyProtocol(
        "Equipamiento de un punto de atención", ProtocolKind.OWN,
        "Recorra el punto antes de abrir, con lo que se usa para atender a la vista, y pruebe cada cosa.",
        {
            "Para atender": [
                ("Hay un computador que funciona en cada mesón", 6, 0, ""),
                ("Hay impresora con papel y tinta", 4, 0, ""),
                ("La conexión alcanza para buscar una solicitud en menos de diez segundos", 6, 0, "!"),
                ("El teléfono publicado suena aquí y se contesta", 5, 0, ""),
            ],
            "Para esperar": [
                ("Hay números o una fila señalada", 4, 0, ""),
                ("Hay asientos para quienes esperan, y algunos reservados", 4, 0, ""),
                ("La pantalla de llamados se ve desde los asientos|No aplica si no hay.", 3, 0, ""),
                ("Hay folletos o afiches al día, y ninguno vencido", 3, 0, "+"),
            ],
            "Por si algo pasa": [
                ("Hay botiquín completo y extintor con carga vigente", 6, 0, "!+"),
                ("Hay formularios de papel para cuando no hay sistema", 4, 0, ""),
            ],
        },
    ),
    "infrastructure": ReadyProtocol(
        "Infraestructura de un punto de atención", ProtocolKind.OWN,
        "Recorra el punto por fuera y por dentro, y tome una foto de lo que no esté bien.",
        {
            "Por fuera": [
                ("Un letrero dice qué oficina es, y se lee desde la calle", 5, 0, "+"),
                ("El horario de la puerta es el mismo del portal", 6, 0, "!+"),
                ("La entrada está limpia, iluminada y sin obstáculos", 4, 0, ""),
            ],
            "Por dentro": [
                ("Hay luz, ventilación y una temperatura en que se puede esperar", 4, 5, ""),
                ("Hay un lugar donde hablar sin que otros oigan", 5, 0, ""),
                ("Hay baño para el público, abierto y limpio", 4, 0, "+"),
                ("Las salidas de emergencia están señaladas y libres", 8, 0, "!+"),
                ("No hay filtraciones, cables a la vista ni pisos sueltos", 5, 0, "+"),
            ],
        },
    ),
    "charter": ReadyProtocol(
        "Auditoría de los compromisos de la carta", ProtocolKind.AUDIT,
        "Tome al azar diez solicitudes cerradas del último trimestre y mire, una por una, si lo que se "
        "prometió se cumplió y se puede probar.",
        {
            "La carta": [
                ("La edición vigente está publicada y a la vista", 4, 0, "+"),
                ("Cada compromiso tiene un indicador que lo mide", 6, 0, ""),
                ("El personal entrevistado conoce los compromisos de su unidad", 4, 5, ""),
            ],
            "La muestra": [
                ("Las respuestas se enviaron dentro de lo comprometido|10: las diez.", 10, 10, "!"),
                ("La fecha de ingreso registrada es la del documento|10: las diez.", 8, 10, ""),
                ("Las respuestas contestan lo que se preguntó|10: las diez.", 8, 10, ""),
                ("El plazo se avisó a la persona al ingresar|10: las diez.", 5, 10, ""),
            ],
            "Lo que no se cumplió": [
                ("Cada incumplimiento tiene su compensación, pedida disculpa o explicación", 8, 0, "!"),
                ("Las causas se anotaron y se revisaron en el trimestre", 5, 0, ""),
                ("Lo publicado sobre cumplimiento coincide con los registros", 8, 0, "!"),
            ],
        },
    ),
}  # fmt: skip
