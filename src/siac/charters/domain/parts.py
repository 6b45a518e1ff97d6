# SPDX-License-Identifier: EUPL-1.2
"""The parts of a charter that somebody writes, and which norm asks for each.

What follows from elsewhere is never written here: services (catalogue), places and hours (service points),
commitments (their own pages), people in charge (both).
"""

from dataclasses import dataclass
from enum import StrEnum


class Norm(StrEnum):
    """Whose list of what a charter must say an edition is held against."""

    UNE = "une"
    RD951 = "rd951"
    MTPE = "mtpe"
    PLEDGE = "pledge"
    """Chile's *carta de compromisos*."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is written: its title on the charter, what belongs in it, and where each norm asks for it
    (as the norm is cited); a norm that is not there does not.
    """

    code: str
    title: str
    hint: str
    asked_by: dict[Norm, str]
    in_leaflet: bool = False


_RD = "RD 951/2005, art. 9.1"
_GUIDE = "Guía RSG 061-2015-TR/SG, contenido de la carta"
_CL = "Requisitos técnicos SIAC, carta de compromisos"
_UNE = "UNE 93200:2008, contenido mínimo"

PARTS: tuple[Part, ...] = (
    Part(
        "aims", "Para qué es esta carta", "En dos o tres frases: qué promete y a quién.",
        {Norm.RD951: f"{_RD}.a) 1.º", Norm.UNE: _UNE}, in_leaflet=True,
    ),
    Part(
        "who_we_are", "Quiénes somos", "Breve reseña de la institución.",
        {Norm.RD951: f"{_RD}.a) 1.º", Norm.MTPE: _GUIDE, Norm.PLEDGE: _CL, Norm.UNE: _UNE},
    ),
    Part("mission", "Misión", "La que está aprobada, sin cambiarla.", {Norm.MTPE: _GUIDE}),
    Part("vision", "Visión", "La que está aprobada, sin cambiarla.", {Norm.MTPE: _GUIDE}),
    Part("values", "Valores", "Uno por línea.", {Norm.MTPE: _GUIDE}),
    Part(
        "users", "A quiénes atendemos",
        "Quienes se benefician del servicio y quienes deben cumplir una obligación.", {Norm.MTPE: _GUIDE},
    ),
    Part(
        "legal", "Normas que regulan los servicios", "Una por línea.",
        {Norm.RD951: f"{_RD}.a) 5.º", Norm.MTPE: _GUIDE},
    ),
    Part(
        "rights", "Sus derechos", "Uno por línea.",
        {Norm.RD951: f"{_RD}.a) 3.º", Norm.MTPE: _GUIDE, Norm.PLEDGE: _CL}, in_leaflet=True,
    ),
    Part("duties", "Sus deberes", "Uno por línea.", {Norm.MTPE: _GUIDE, Norm.PLEDGE: _CL}),
    Part(
        "access", "Cómo acceder", "Por qué vías se pide y se recibe cada servicio.",
        {Norm.RD951: f"{_RD}.d)", Norm.MTPE: _GUIDE, Norm.PLEDGE: _CL}, in_leaflet=True,
    ),
    Part(
        "information", "Cómo le informamos", "Por qué medios se entera la persona de su asunto.",
        {Norm.RD951: f"{_RD}.b) 1.º"},
    ),
    Part(
        "participation", "Cómo participar", "Cómo opinan las personas sobre el servicio y esta carta.",
        {Norm.RD951: f"{_RD}.a) 4.º", Norm.MTPE: _GUIDE, Norm.PLEDGE: _CL},
    ),
    Part(
        "complaints", "Reclamos y sugerencias", "Cómo se presentan y en cuánto se responden.",
        {Norm.RD951: f"{_RD}.a) 6.º", Norm.MTPE: _GUIDE, Norm.UNE: "UNE 93200:2008, quejas y sugerencias"},
        in_leaflet=True,
    ),
    Part(
        "redress", "Si no cumplimos", "Cómo se reclama la medida y quién la decide.",
        {Norm.RD951: f"{_RD}.c)", Norm.MTPE: _GUIDE, Norm.UNE: "UNE 93200:2008, medidas de subsanación"},
        in_leaflet=True,
    ),
    Part(
        "equality", "Igualdad y accesibilidad", "Medidas que facilitan el acceso a todas las personas.",
        {Norm.RD951: f"{_RD}.b) 2.º"},
    ),
    Part(
        "management", "Cómo gestionamos la calidad", "Sistemas de calidad, ambiente y prevención que haya.",
        {Norm.RD951: f"{_RD}.b) 3.º"},
    ),
    Part(
        "studies", "Cada cuánto preguntamos qué esperan las personas", "Encuestas y su frecuencia.",
        {Norm.RD951: "RD 951/2005, art. 5.2", Norm.MTPE: "Guía RSG 061-2015-TR/SG, fase 3"},
    ),
    Part(
        "improvement", "Lo que vamos a mejorar", "Compromisos de mejora, con su fecha.", {Norm.MTPE: _GUIDE}
    ),
    Part(
        "complementary", "Información complementaria", "Planos, transporte público, otros datos.",
        {Norm.RD951: f"{_RD}.d)"},
    ),
)  # fmt: skip
BY_CODE = {part.code: part for part in PARTS}
LONGEST = 6000
"""Characters that one part may have."""
LIABILITY = "Las medidas de subsanación no dan lugar por sí mismas a responsabilidad patrimonial."
"""RD 951/2005, art. 9.1.c): a charter of the AGE may say so; where charters bind (Catalonia) it must not."""
REVISED_WITHIN = {Norm.RD951: 36, Norm.UNE: 24, Norm.MTPE: 12, Norm.PLEDGE: 12}
"""Months after which each norm wants an edition revised (RD 951/2005 art. 11.1; UNE 93200; yearly else)."""


def parts_of(norm: Norm) -> list[Part]:
    """Return all parts, those that the norm asks for first, each in the order of the charter."""
    return sorted(PARTS, key=lambda part: norm not in part.asked_by)
