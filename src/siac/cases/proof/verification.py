# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of cases beyond their chains: folios, rows, texts and
days against what the journal says of them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from siac.cases.commands.filing import form_text
from siac.cases.commands.terms import set_due
from siac.cases.commands.writing import head_text
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.models import BESIDE_AN_ANSWER, Case, CaseMessage, CaseText, MessageKind
from siac.cases.series import FOLIOS
from siac.clocks.public import clocks_of
from siac.journal.public import check_seal

_CHUNK = 1_000
_UNDONE = ("cases.answer_undone", "cases.ask_undone", "cases.extension_undone", "cases.referral_undone")
_FIRST = ("cases.filed", "cases.imported")
_MESSAGE = {"message", "text", "files"}  # what every entry of a message says, those of the first version too
_GONE = """
SELECT e.stream FROM journal_journalentry e
WHERE e.institution_id = %s AND e.kind IN ('cases.filed', 'cases.imported') AND e.seq = 1
  AND NOT EXISTS (SELECT FROM cases_case c WHERE c.institution_id = e.institution_id
    AND 'case:' || c.id = e.stream)
ORDER BY e.id
"""
_ENTRIES = r"""
SELECT stream, kind, data FROM journal_journalentry WHERE institution_id = %s AND stream = ANY (%s)
  AND (kind IN ('cases.filed', 'cases.imported') OR data ?| array['row', 'message',
    'measures'] OR kind LIKE 'cases.%%\_undone')
ORDER BY stream, seq
"""


def folio_problems(institution_id: int) -> Iterator[str]:
    """Yield one Spanish sentence per year whose folios are not exactly 1 to the counter's last."""
    for gap in FOLIOS.gaps(institution_id):
        if gap.rows:
            yield (
                f"Folios de {gap.key}: hay {gap.rows} solicitudes, del {gap.low} al {gap.high}, "
                f"y el contador dice {gap.counted}."
            )
        else:
            yield f"Folios de {gap.key}: no hay solicitudes, y el contador dice {gap.counted}."


class _Told:
    """What the journal says of one case: its row since the last change, its seals, its messages by id."""

    def __init__(self) -> None:
        self.first: dict[str, Any] | None = None
        self.row = ""
        self.messages: dict[int, dict[str, Any]] = {}
        self.taken_back: set[int] = set()

    def read(self, kind: str, data: dict[str, Any]) -> None:
        """Take one entry more, in the order of the chain."""
        if kind in _FIRST and self.first is None:
            self.first = data
        self.row = data.get("row", self.row)
        for said in (data, data.get("measures"), data.get("denial")):
            if isinstance(said, dict) and said.keys() >= _MESSAGE:
                self.messages[said["message"]] = said
        if kind in _UNDONE:
            self.taken_back.add(data["message"])


def case_problems(institution_id: int) -> Iterator[str]:
    """Yield a Spanish sentence for each case, text or message that is not what the journal
    says; memory does not grow with their number.

    A case filed before the journal kept the digest of its row is held against its folio only.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [institution_id])
        for (stream,) in cursor.fetchall():
            yield f"{stream}: la bitácora dice que ingresó, y la solicitud ya no está."
    last = 0
    while cases := list(
        Case.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")[:_CHUNK]
    ):
        last = cases[-1].pk
        yield from _chunk_problems(institution_id, cases)


def _chunk_problems(institution_id: int, cases: list[Case]) -> Iterator[str]:
    told = _told(institution_id, [case.stream for case in cases])
    keys = [case.pk for case in cases]
    texts = {text.pk: text for text in CaseText.objects.filter(case__in=keys).defer("search")}
    messages: dict[int, list[CaseMessage]] = {}
    for message in CaseMessage.objects.filter(case__in=keys).order_by("pk"):
        messages.setdefault(message.case_id, []).append(message)
    days = _days(institution_id, cases)
    for case in cases:
        said = told.get(case.stream)
        if said is None or said.first is None:
            yield (
                f"{case.stream} ({case.folio}): está en el "
                "registro, y la bitácora no dice que haya ingresado."
            )
            continue
        for what in _case_problems(case, said, texts.get(case.pk), messages.get(case.pk, [])):
            yield f"{case.stream} ({case.folio}): {what}"
        if case.pk in days and days[case.pk] != (case.due_on, case.legal_due_on):
            yield f"{case.stream} ({case.folio}): su vencimiento no es el que dicen sus plazos."


def _told(institution_id: int, streams: list[str]) -> dict[str, _Told]:
    found: dict[str, _Told] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [institution_id, streams])
        for stream, kind, data in cursor.fetchall():
            found.setdefault(stream, _Told()).read(kind, json.loads(data))
    return found


def _case_problems(
    case: Case, said: _Told, text: CaseText | None, messages: Iterable[CaseMessage]
) -> Iterator[str]:
    first = said.first or {}
    if "folio" in first and first["folio"] != case.folio:
        yield f"la bitácora dice que su folio es {first['folio']}."
    if said.row and said.row != case.row_seal:
        yield (
            "sus datos (persona, unidad, estado, fechas, reserva u otros) no son los de la última anotación."
        )
    if text is None:
        yield "no está el texto con que ingresó."
    elif text.institution_id != case.institution_id:
        yield "su texto dice ser de otro organismo."
    elif not _is_erased(case, text.salt) and not _is_sealed(
        text.body, form_text(text), first, "form", text.salt
    ):
        yield "el texto con que ingresó no es el que se selló."
    yield from _message_problems(case, said, {message.pk: message for message in messages})


def _message_problems(case: Case, said: _Told, messages: dict[int, CaseMessage]) -> Iterator[str]:
    for pk in said.messages.keys() - messages.keys() - said.taken_back:
        if said.messages[pk].get("as") not in BESIDE_AN_ANSWER or not said.taken_back:
            yield f"falta el mensaje {pk}."
    for pk, message in messages.items():
        problem = _message_problem(case, said, message)
        if problem:
            yield f"el mensaje {pk} {problem}"


def _message_problem(case: Case, said: _Told, message: CaseMessage) -> str:
    entry = said.messages.get(message.pk)
    if entry is None:
        return "no está en la bitácora." if said.row else ""
    if message.institution_id != case.institution_id:
        return "dice ser de otro organismo."
    as_what = entry.get("as", message.kind)  # entries of before the kind was said have none
    if message.kind != as_what and not (message.kind == MessageKind.TAKEN_BACK and said.taken_back):
        return "no es de la clase que dice la bitácora."
    if _is_erased(case, message.salt) or _is_sealed(
        message.body, head_text(message), entry, "head", message.salt
    ):
        return ""
    return "no es el que se selló."


def _is_erased(case: Case, salt: str) -> bool:
    return case.erased_at is not None and not salt


def _is_sealed(body: str, beside: str, entry: dict[str, Any], name: str, salt: str) -> bool:
    if not check_seal(body, entry.get("text", ""), salt):
        return False
    return name not in entry or check_seal(beside, entry[name], salt)


def _days(institution_id: int, cases: list[Case]) -> dict[int, tuple[Any, Any]]:
    """Return the next day and the legal day of cases as their clocks give them."""
    clocks: dict[int, list[Any]] = {}
    for clock in clocks_of(institution_id, SUBJECT, [case.pk for case in cases]):
        clocks.setdefault(clock.subject_id, []).append(clock)
    found = {}
    for case in cases:
        kept = case.due_on, case.legal_due_on
        set_due(case, clocks.get(case.pk, []))
        found[case.pk] = case.due_on, case.legal_due_on
        case.due_on, case.legal_due_on = kept
    return found
