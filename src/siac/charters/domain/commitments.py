# SPDX-License-Identifier: EUPL-1.2
"""What a commitment can be: what people value in it, and how it is measured."""

from enum import StrEnum


class Dimension(StrEnum):
    """What people value in a service: the attributes of the ministry guide (RSG 061-2015-TR/SG) and the six
    aspects of a complaint of DS 007-2020-PCM art. 4.2, each once.
    """

    SPEED = "speed"
    COMMUNICATION = "communication"
    TREATMENT = "treatment"
    RESULT = "result"
    ACCESS = "access"
    TRUST = "trust"
    SURROUNDINGS = "surroundings"
    OTHER = "other"


class Form(StrEnum):
    """How a commitment binds."""

    GUARANTEE = "guarantee"
    """Each person whose case is not answered within the term is owed a remedy."""
    FIGURE = "figure"
    """A figure of the whole body: below its target it is explained in public, and nobody is owed anything."""
