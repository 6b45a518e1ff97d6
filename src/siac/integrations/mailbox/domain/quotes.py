# SPDX-License-Identifier: EUPL-1.2
"""What of a reply is new, and what is a signature or the earlier mail below it.

Read once, from the bottom and from the top.
"""

import re
from dataclasses import dataclass

_INTRODUCTION = re.compile(
    r"^(El|On|Em|Le)\b.{6,300}\b(escribió|wrote|escreveu|a écrit)\s*:?\s*$", re.IGNORECASE
)
_DATED = re.compile(r"@|\b\d{1,2}:\d{2}\b|\b20\d\d\b")
_DIVISION = re.compile(
    r"^-{2,40}\s{0,5}(Mensaje original|Original Message|Mensaje reenviado|Forwarded message)\s{0,5}-{2,40}$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^\*?(de|from|enviado|sent|enviado el|fecha|date|para|to|cc|asunto|subject)\*?\s?:", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$")
_LONGEST_SIGNATURE = 12
_SENTENCE_ENDS = (".", ";", ":", "?", "!", ",")


@dataclass(frozen=True, slots=True)
class _Below:
    """What is true of the lines from one on: whether any is marked as quoted,
    and whether all are up to a signature.
    """

    any_marked: list[bool]
    only_marked: list[bool]

    @classmethod
    def of(cls, lines: list[str]) -> "_Below":
        any_marked, only_marked = [False] * (len(lines) + 1), [True] * (len(lines) + 1)
        for at in range(len(lines) - 1, -1, -1):
            line = lines[at].strip()
            is_marked = line.startswith(">")
            any_marked[at] = is_marked or any_marked[at + 1]
            only_marked[at] = bool(_SIGNATURE.match(lines[at])) or (
                (is_marked or not line) and only_marked[at + 1]
            )
        return cls(any_marked, only_marked)

    def is_quote(self, at: int) -> bool:
        """Return whether marked lines and nothing else follow from `at` on."""
        return self.any_marked[min(at, len(self.any_marked) - 1)] and self.only_marked[at]

    def is_unmarked(self, at: int) -> bool:
        """Return whether no line from `at` on is marked: some programs quote so."""
        return not self.any_marked[min(at, len(self.any_marked) - 1)]


def split_reply(text: str, *, is_reply: bool = True) -> tuple[str, str]:
    """Return (new, rest): what the person wrote now, and the signature or earlier mail below it.

    Where nothing new would be left (a forwarded mail), or the person wrote between the quoted lines, all of
    it is new. In a mail that answers none, lines that merely look quoted are the person's own.
    """
    lines = text.strip("\n").split("\n")
    below = _Below.of(lines)
    for at in range(len(lines)):
        if _begins_rest(lines, at, below, is_reply=is_reply):
            new, rest = "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()
            return (new, rest) if new else ("\n".join(lines).strip(), "")
    return "\n".join(lines).strip(), ""


def _begins_rest(lines: list[str], at: int, below: _Below, *, is_reply: bool) -> bool:
    line = lines[at].strip()
    if _SIGNATURE.match(lines[at]):
        return _is_signature(lines[at + 1 :][: _LONGEST_SIGNATURE + 1])
    if line.startswith(">"):
        return is_reply and below.is_quote(at)
    if line[:3].title() in {"El ", "On ", "Em ", "Le "} and len(line) <= 400:
        if _INTRODUCTION.match(line):
            return _introduces(line, at + 1, below)
        joined = f"{line} {lines[at + 1].strip()}"[:400] if at + 1 < len(lines) else line
        if _INTRODUCTION.match(joined):
            return _introduces(joined, at + 2, below)
    return bool(_DIVISION.match(line[:120])) or _is_head(lines[at : at + 8])


def _introduces(line: str, following: int, below: _Below) -> bool:
    """Return whether a line like "El lunes escribió:" introduces a quote:
    marked lines, or an address or hour of a mail.
    """
    if below.is_quote(following):
        return True
    return below.is_unmarked(following) and bool(_DATED.search(line))


def _is_head(lines: list[str]) -> bool:
    """Return whether these lines begin with the head of an earlier mail: from
    whom, when sent and about what, in a row.

    People write "De:" and "Para:" themselves; hardly anyone says when a letter
    was sent unless a program does.
    """
    named: set[str] = set()
    for line in lines:
        field = _FIELD.match(line.strip()[:40])
        if field is None:
            break
        named.add(field[1].lower())
    if not named & {"de", "from"} or not named & {"asunto", "subject"}:
        return False
    is_sent = bool(named & {"enviado", "enviado el", "sent"})
    return is_sent or (bool(named & {"fecha", "date"}) and any("@" in line for line in lines[: len(named)]))


def _is_signature(lines: list[str]) -> bool:
    """Return whether the lines below "-- " are a name and how to reach it, and
    no sentences of the letter itself.
    """
    own = []
    for line in (line.strip() for line in lines):
        if line.startswith(">") or _INTRODUCTION.match(line[:400]) or _DIVISION.match(line[:120]):
            break
        if line:
            own.append(line)
    if len(own) > _LONGEST_SIGNATURE:
        return False
    return not any(line.endswith(_SENTENCE_ENDS) or len(line) > 100 for line in own)
