# SPDX-License-Identifier: EUPL-1.2
"""How a row of the work list is drawn: two lines in each cell; on narrow screens each row is read down.

Fifty rows of a template cost as much processor time as the rest of the page, so they are filled in here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from siac.ui.public import draw_tag, filled

_ROW = """
        <tr data-row>
          {mark}<td class="siac-list__due">{due}</td>
          <td class="siac-list__folio"><a class="govuk-link" href="{url}">{folio}</a><span
            class="siac-sub">{channel}</span></td>
          <td class="siac-list__subject"><span class="siac-line"><span class="siac-cut"
            title="{subject}">{subject}</span>{wrote}</span><span
            class="siac-sub siac-cut">{restricted}{kind}{topic}</span></td>
          <td class="siac-list__person"><span class="siac-cut" title="{person}">{person}</span>{others}</td>
          <td class="siac-list__unit">{unit}</td>
          <td class="siac-list__state{plain}">{state}</td>
        </tr>"""
_MARK = """<td class="siac-mark"><input type="checkbox" name="caso" value="{pk}"
            aria-label="Marcar {folio}"></td>
          """
_WROTE = " {tag}"
_RESTRICTED = SafeString("<strong>Reservada</strong> · ")
_TOPIC = " · {topic}"
_OTHERS = '<span class="siac-sub siac-cut">{others}</span>'
_SUGGESTED = """<span class="siac-cut siac-suggests"
            title="{name}"><span class="siac-list__said">Sugerida: </span>{name}</span><span
            class="siac-sub siac-cut"><button class="siac-quiet" form="derivar-{pk}">Derivar aquí<span
            class="govuk-visually-hidden">: {folio} a {name}</span></button> · {why}</span>"""
_TO_REFER = """<span class="siac-cut siac-suggests">Sin unidad</span><span class="siac-sub"><a
            href="{url}#derivar">Derivar<span class="govuk-visually-hidden"> {folio}</span></a></span>"""
_UNIT = """<span class="siac-cut" title="{title}">{unit}</span><span
            class="siac-sub siac-cut">{who}</span>"""
_NOBODY = SafeString("<strong>Sin asignar</strong>")
_NOTHING = SafeString("")


def draw_rows(rows: Sequence[Mapping[str, Any]], *, marked: bool) -> SafeString:
    """Draw rows of `shown_rows.drawn_rows`; `marked`: each can be marked for what is done to many at once."""
    return SafeString("".join(_row(row, marked=marked) for row in rows))


def _row(row: Mapping[str, Any], *, marked: bool) -> SafeString:
    return filled(
        _ROW,
        mark=filled(_MARK, pk=row["pk"], folio=row["folio"]) if marked else _NOTHING,
        due=row["due"],
        url=row["url"],
        folio=row["folio"],
        channel=row["channel"],
        subject=row["subject"],
        wrote=filled(_WROTE, tag=draw_tag(row["wrote"], "blue")) if row["wrote"] else _NOTHING,
        restricted=_RESTRICTED if row["restricted"] else _NOTHING,
        kind=row["kind"],
        topic=filled(_TOPIC, topic=row["topic"]) if row["topic"] else _NOTHING,
        person=row["person"],
        others=filled(_OTHERS, others=row["others"]) if row["others"] else _NOTHING,
        unit=_unit(row),
        plain=" is-plain" if row["is_plain"] else "",
        state=row["state"],
    )


def _unit(row: Mapping[str, Any]) -> SafeString:
    """Draw who has the case; where nobody has, the unit that is suggested and the way to refer it."""
    suggested = row["to_unit"]
    if suggested is None:
        who = row["assignee"] or (_NOBODY if row["is_open"] else "")
        return filled(_UNIT, title=row["unit"], unit=row["unit"] or "Sin unidad", who=who)
    if suggested["pk"] is None:
        return filled(_TO_REFER, url=row["url"], folio=row["folio"])
    return filled(_SUGGESTED, name=suggested["name"], pk=row["pk"], folio=row["folio"], why=suggested["why"])
