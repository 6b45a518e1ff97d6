# SPDX-License-Identifier: EUPL-1.2
"""Questionnaires that a body may begin with, each a file of the format that is exported."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from siac.surveys.domain.interchange import loads
from siac.surveys.domain.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class ReadyModel:
    """A questionnaire to begin with, and what stands around it."""

    title: str
    intro: str
    thanks: str
    file: str
    for_staff: bool = False

    @property
    def questionnaire(self) -> Questionnaire:
        """Its questions."""
        return _read(self.file)


@cache
def _read(file: str) -> Questionnaire:
    return loads((resources.files("siac.surveys.ready") / file).read_bytes())


MODELS: Mapping[str, ReadyModel] = {
    "short": ReadyModel("Encuesta breve tras la atención", "Son cuatro preguntas, o menos.",
                        "Gracias. Leemos todas las respuestas.", "short.json"),
    "servqual": ReadyModel("Expectativas y percepción del servicio (SERVQUAL)",
                           "Primero, lo que espera de un buen servicio; después, lo que recibió.",
                           "Gracias por su tiempo.", "servqual.json"),
    "climate": ReadyModel("Clima de servicio entre el personal",
                          "Sobre las condiciones que usted tiene para atender bien a las personas.",
                          "Gracias. Lo que se muestra es siempre de varias personas.", "climate.json",
                          for_staff=True),
}  # fmt: skip
