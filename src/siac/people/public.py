# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `people`."""

from siac.kernel.mail_addresses import is_mail_address
from siac.people.commands.reading import export_person, reveal
from siac.people.commands.refusing import choose_texts
from siac.people.commands.saving import (
    clean_person,
    erase_person,
    erase_person_again,
    new_person,
    save_characteristics,
    save_people,
    save_person,
    update_person,
)
from siac.people.domain.documents import document_of, documents
from siac.people.domain.mail_hints import meant_address
from siac.people.domain.person import Code, PersonData, PersonKind, Preference, agent_name
from siac.people.domain.rights import PeopleRight
from siac.people.erasures import ErasedPerson, erased_person
from siac.people.extensions import register_forgetting
from siac.people.identifiers import clean_document, format_document
from siac.people.models import TRAITS, Characteristics, Person
from siac.people.queries import (
    Statistical,
    address,
    erased_people,
    find_people,
    kind_of,
    known_people,
    lock_person,
    marked,
    matches_second_factor,
    names,
    names_and_marks,
    not_erased,
    people_meant,
    same_people,
    statistics_of,
    texts_choice,
    wants_texts,
)
from siac.people.texts import KINDS, REFUSALS

__all__ = [
    "KINDS",
    "REFUSALS",
    "TRAITS",
    "Characteristics",
    "Code",
    "ErasedPerson",
    "PeopleRight",
    "Person",
    "PersonData",
    "PersonKind",
    "Preference",
    "Statistical",
    "address",
    "agent_name",
    "choose_texts",
    "clean_document",
    "clean_person",
    "document_of",
    "documents",
    "erase_person",
    "erase_person_again",
    "erased_people",
    "erased_person",
    "export_person",
    "find_people",
    "format_document",
    "is_mail_address",
    "kind_of",
    "known_people",
    "lock_person",
    "marked",
    "matches_second_factor",
    "meant_address",
    "names",
    "names_and_marks",
    "new_person",
    "not_erased",
    "people_meant",
    "register_forgetting",
    "reveal",
    "same_people",
    "save_characteristics",
    "save_people",
    "save_person",
    "statistics_of",
    "texts_choice",
    "update_person",
    "wants_texts",
]
