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
    """A figure of the whole body: below its target it is explained in public, and nobody is owed anything
    unless the commitment says so; then what is owed is given in public.
    """


class Subject(StrEnum):
    """What an individual guarantee is about: the subject of its clocks."""

    CASE = "case"
    """Each request of a kind, or of a topic of it: from its filing to its answer."""
    ATTENTION = "interaction"
    """Each attention of a channel, place or topic: from the arrival of the person to its beginning."""


UNITS_OF = {Subject.CASE: ("bd", "cd", "h"), Subject.ATTENTION: ("mi", "h")}
"""Units in which a guarantee of each subject is promised."""
