# SPDX-License-Identifier: EUPL-1.2
"""The parts of a page: `{% load ui %}`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms.boundfield import BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.defaultfilters import truncatewords
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.timezone import now as current_time

from siac.countries.public import COUNTRIES
from siac.ui import marks
from siac.ui.charts import DRAWN, Chart, Heat, Multiples
from siac.ui.charts.gaps import gap_mark
from siac.ui.domain.due import day_in_list, short_date
from siac.ui.domain.faults import fault_in_words
from siac.ui.fields import drawn, problems
from siac.ui.languages import speaking
from siac.ui.languages.known import IN_SPANISH, NAMES, SPANISH
from siac.ui.languages.marking import without_marks
from siac.ui.navigation import NavLink, SearchBox, draw_menu, menu_counts, nav_links, own_entries
from siac.ui.navigation import portal_links as links_of_portal
from siac.ui.navigation import search_box as box_for
from siac.ui.setup_menu import setup_sections

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, size: str = "s") -> dict[str, Any]:
    """Draw a field with label, hint and error. `size` of the label: s, m, l."""
    return drawn(bound, size=size)


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms: Any, title: str = "Hay un problema") -> dict[str, Any]:
    """Draw the errors of `forms`, each a link to its field, under `title`; nothing when there are none."""
    return {"problems": problems(*forms), "title": speaking.said(title)}


@register.simple_tag
def error_prefix(*forms: Any) -> str:
    """Return what a page title begins with when something is wrong."""
    return speaking.said("Error: ") if problems(*forms) else ""


register.simple_tag(marks.tag)
register.simple_tag(marks.due)
register.simple_tag(marks.by_day)
register.simple_tag(marks.options)
register.filter(draw_menu)


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Draw rows of (name, value) or (name, value, URL, what the link does)."""
    return {"rows": [[*list(row), None, None][:4] for row in rows]}


@register.inclusion_tag("ui/parts/chips.html")
def chips(items: Iterable[Any]) -> dict[str, Any]:
    """Draw the filters in force: items with `label` and `remove_url`."""
    return {"items": list(items)}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items: Iterable[Any], zone: tzinfo | None = None, dense: bool = False) -> dict[str, Any]:
    """Draw what happened: items with `title`, `at` (aware), and maybe `by`,
    `text`, `url`; `dense`: a line each.
    """
    return {"items": list(items), "zone": zone, "dense": dense}


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """Draw a boxed part of a page: `{% panel "Plazos" %}...{% endpanel %}`."""
    return format_html(
        '<section class="siac-panel"><h2 class="siac-panel__title">{}</h2>'
        '<div class="siac-panel__body">{}</div></section>',
        title,
        content,
    )


@register.simple_block_tag
def where_filled(content: str, element: str, style: str) -> SafeString:
    """Draw `element` around what a page says in its block of the page head; nothing where it says nothing."""
    if not content.strip():
        return SafeString("")
    return format_html('<{} class="{}">{}</{}>', element, style, content, element)


@register.simple_block_tag
def folded(content: str, label: str) -> SafeString:
    """Draw links of a list, `<li>` each, folded under a button; nothing where there are none."""
    if not content.strip():
        return SafeString("")
    return format_html(
        '<details class="siac-more"><summary class="govuk-button govuk-button--secondary">{}</summary>'
        '<ul class="govuk-list siac-further">{}</ul></details>',
        label,
        content,
    )


@register.simple_block_tag
def confirmation(content: str, title: str) -> SafeString:
    """Draw the head of a page that says something was done, in place of the ordinary one (`head_of_page`)."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}</div></div>',
        title,
        content,
    )


@register.simple_tag
def back(label: str, url: str) -> SafeString:
    """Draw the way back that stands over the head of a page: `{% block back %}{% back "Avisos" up %}`."""
    return format_html(
        '<nav aria-label="Volver"><a class="govuk-back-link siac-back" href="{}">{}</a></nav>', url, label
    )


@register.inclusion_tag("ui/parts/chart.html")
def chart(figures: Chart) -> dict[str, Any]:
    """Draw figures in their shape, with their table beside: `{% chart c %}`."""
    return {"chart": figures, "drawing": DRAWN[figures.shape](figures)}


@register.simple_tag(name="gap_mark")
def draw_gap(value: Decimal, wanted: Decimal) -> SafeString:
    """Draw a value beside what it should be, from 0 to 100: `{% gap_mark 82 95 %}`."""
    return gap_mark(value, wanted)


@register.inclusion_tag("ui/parts/heat.html")
def heat(figures: Heat) -> dict[str, Any]:
    """Draw a table whose cells are shaded by their number: `{% heat h %}`."""
    return {"heat": figures}


@register.inclusion_tag("ui/parts/multiples.html")
def multiples(figures: Multiples) -> dict[str, Any]:
    """Draw small lines side by side, with one table of them all: `{% multiples m %}`."""
    return {"figures": figures}


@register.inclusion_tag("ui/parts/pagination.html")
def pagination(previous_url: str = "", next_url: str = "") -> dict[str, Any]:
    """Draw previous and next of a keyset-paged list."""
    return {"previous_url": previous_url, "next_url": next_url}


class _ListingNode(template.Node):
    """A list with what stands around its rows; only one of its two parts is drawn."""

    child_nodelists = ("rows", "empty")

    def __init__(
        self, listing: FilterExpression, label: FilterExpression, rows: NodeList, empty: NodeList
    ) -> None:
        self.listing, self.label, self.rows, self.empty = listing, label, rows, empty

    def render(self, context: template.Context) -> SafeString:
        listing = self.listing.resolve(context)
        content = (self.rows if listing.rows else self.empty).render(context)
        part = {"listing": listing, "label": self.label.resolve(context), "content": content}
        return render_to_string("ui/parts/listing.html", part)


@register.tag
def listing(parser: Parser, token: Token) -> template.Node:
    """Draw a page of `ui.lists`: `{% listing listing "Name" %}<table>…{% empty %}Words.{% endlisting %}`.

    Around the table stand chips, the forms to take the list out, and the ways to the pages beside it.
    """
    try:
        _, found, label = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("listing takes a page of a list and its name") from None
    rows = parser.parse(("empty",))
    parser.delete_first_token()
    empty = parser.parse(("endlisting",))
    parser.delete_first_token()
    return _ListingNode(parser.compile_filter(found), parser.compile_filter(label), rows, empty)


class _PanesNode(template.Node):
    """Two panes, and what goes on under the first."""

    child_nodelists = ("main", "side", "past")

    def __init__(self, main: NodeList, side: NodeList, past: NodeList) -> None:
        self.main, self.side, self.past = main, side, past

    def render(self, context: template.Context) -> SafeString:
        parts = (("main", self.main), ("side", self.side), ("past", self.past))
        drawn = format_html_join(
            "",
            '<div class="siac-panes__{}">{}</div>',
            ((name, nodes.render(context)) for name, nodes in parts if nodes),
        )
        return format_html('<div class="siac-panes">{}</div>', drawn)


@register.tag
def panes(parser: Parser, token: Token) -> template.Node:
    """Draw two panes: `{% panes %}list or form{% beside %}preview or history{% endpanes %}`.

    One column on a phone, what stands beside after the first; `{% below %}` before the end adds what goes
    on under the first pane, and comes last on a phone.
    """
    main = parser.parse(("beside",))
    parser.delete_first_token()
    side, past = parser.parse(("below", "endpanes")), NodeList()
    if parser.next_token().contents == "below":
        past = parser.parse(("endpanes",))
        parser.delete_first_token()
    return _PanesNode(main, side, past)


@register.simple_tag(takes_context=True)
def workspace_links(context: template.Context) -> list[NavLink]:
    """Return the side navigation: from `institution` and `rights` of the context or the request.

    Costs 1 SQL for what waits behind its entries, unless the page has counted
    it already (`keep_menu_counts`).
    """
    request = context.get("request")
    institution = context.get("institution") or getattr(request, "institution", None)
    if request is None or institution is None:
        return []
    rights = context.get("rights") or getattr(request, "rights", None) or ()
    counts = menu_counts(request)
    besides = own_entries(request, current_time())
    return nav_links(
        institution=institution, rights=rights, path=request.path, counts=counts, besides=besides
    )


@register.inclusion_tag("ui/parts/setup_nav.html", takes_context=True)
def setup_nav(context: template.Context, pages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Draw the way through the configuration: `pages` as `setup_tabs` returns them; nothing where there are
    none, or none that the user may open. Pages without groups (`label`, `url`) stand in one line.
    """
    request = context["request"]
    if pages and not all("group" in page for page in pages):
        return {"plain": pages, "path": request.path}
    rights = context.get("rights") or getattr(request, "rights", None) or ()
    sections = setup_sections(pages or (), rights=rights, path=request.path)
    return {"sections": sections, "current": next((each for each in sections if each.is_current), None)}


register.filter("falla", fault_in_words)


@register.filter
def dinero(amount: int, jurisdiction: str) -> str:
    """Return an amount in whole units of the usual money of a country, as people read it: «900.000 pesos»."""
    money = COUNTRIES[jurisdiction].money
    return f"{intcomma(amount)} {money[0].words}" if money else intcomma(amount)


@register.filter
def any_said(fields: Iterable[BoundField]) -> bool:
    """Return whether something stands in one of some fields, or is wrong there: a folded part of a form that
    hides it would be overlooked.
    """
    return any(bound.errors or bound.value() not in (None, "", [], bound.field.initial) for bound in fields)


@register.filter
def named(cells: Sequence[Any], heads: Sequence[str]) -> list[tuple[str, Any]]:
    """Return the cells of a row, each after the head of its column; "" where that has none."""
    return list(zip([*heads, *[""] * (len(cells) - len(heads))], cells, strict=False))


@register.filter
def dicho(value: Any) -> str:
    """Return Spanish words that come from code in the language of the page; marked where it lacks them."""
    return speaking.said(value)


@register.filter
def propio(value: Any, length: int = 0) -> str:
    """Return words that the body wrote in the language of the page, where it translated them; else in
    Spanish, marked. `length`: the words that are shown of them, 0 for all.
    """
    if not value:
        return ""
    is_said = speaking.is_own_said(str(value))
    found = speaking.own(str(value)) if is_said else str(value)
    shown = truncatewords(found, length) if length else found
    return shown if is_said else speaking.own(shown)


@register.simple_tag
def parrafos(value: str) -> SafeString:
    """Draw a longer text of the body in paragraphs, in the language of the page where it translated it."""
    said_in = "" if speaking.is_own_said(value) else solo_castellano()
    found = speaking.own(value) if speaking.is_own_said(value) else value
    drawn_in = SafeString(linebreaks(found, autoescape=True))
    return format_html("<div{}>{}</div>", SafeString(said_in), drawn_in)


@register.filter
def nombre_de_idioma(code: str) -> str:
    """Return the name of a language as people of the house read it: quechua."""
    return IN_SPANISH.get(code, code)


@register.simple_tag
def solo_castellano() -> str:
    """Return ` lang="es"` for an element that is in Spanish whatever the language of its page."""
    if speaking.spoken() == SPANISH:
        return ""
    return SafeString(f' lang="es"{speaking.OPEN}{speaking.CLOSE}')


_LEFT = (
    ("characters-under-limit.one", "Le queda %{count} carácter"),
    ("characters-under-limit.other", "Le quedan %{count} caracteres"),
    ("characters-at-limit", "No le quedan caracteres"),
    ("characters-over-limit.one", "Se ha pasado por %{count} carácter"),
    ("characters-over-limit.other", "Se ha pasado por %{count} caracteres"),
)
"""What the browser says of a text that is counted while it is typed (`frontend/scripts/siac.mjs`)."""


@register.simple_tag
def letras_que_quedan() -> SafeString:
    """Return what the counter of a text says in the language of the page; nothing in Spanish, which the
    script knows.
    """
    if speaking.spoken() == SPANISH:
        return SafeString("")
    return format_html_join(
        "", ' data-i18n.{}="{}"', ((name, without_marks(speaking.said(text))) for name, text in _LEFT)
    )


@register.simple_tag
def idioma() -> str:
    """Return the code of the language of the page."""
    return speaking.spoken()


@register.simple_tag
def aviso_de_idioma() -> str:
    """Return the place of the sentence that says that a part of the page is only in Spanish."""
    return "" if speaking.spoken() == SPANISH else speaking.NOTICE


@register.inclusion_tag("ui/parts/languages.html", takes_context=True)
def languages(context: template.Context) -> dict[str, Any]:
    """Draw the links that choose the language of the page; nothing where the body offers only Spanish."""
    request = context.get("request")
    offered = getattr(request, "languages", ())
    if request is None or not offered:
        return {}
    here, now = quote(request.get_full_path()), speaking.spoken()
    address = f"/{request.institution.slug}/idioma"
    return {
        "links": [
            {"code": code, "name": NAMES[code], "is_current": code == now,
             "url": f"{address}/{code}/?volver={here}"}
            for code in (SPANISH, *offered)
        ],
        "preferred": speaking.preferred(request, offered),
    }  # fmt: skip


@register.filter
def numero(value: Decimal | int | str) -> str:
    """Return a number, or its digits as they are kept («1.5»), as people write it: «1,5», «39.500,00»."""
    return str(number_format(Decimal(value), force_grouping=True))


@register.filter
def fecha(value: date | datetime | None) -> str:
    """Return a day as people write it: 3 de octubre de 2024; of a moment, its day in the current zone."""
    if isinstance(value, datetime):
        value = value.astimezone(get_current_timezone())
    return speaking.long_date_said(value) if value else ""


@register.filter
def fecha_con_dia(value: date | None) -> str:
    """Return a day with its weekday: jueves 3 de octubre de 2024."""
    return speaking.day_with_weekday_said(value) if value else ""


@register.filter
def fecha_corta(value: date | datetime | None) -> str:
    """Return a day without its year: 3 oct; of a moment, its day in the current zone."""
    if isinstance(value, datetime):
        value = value.astimezone(get_current_timezone())
    return speaking.short_date_said(value) if value else ""


@register.filter
def dia_en_lista(value: date | None, today: date) -> str:
    """Return a day where there is little room: lun 30 nov; with its year if it is another than today's."""
    return day_in_list(value, today) if value else ""


@register.filter
def fecha_hora(value: datetime | None, zone: tzinfo | None = None) -> str:
    """Return a moment as read on the wall clock of `zone`: 3 de octubre de 2024, 9:05."""
    if not value:
        return ""
    local = value.astimezone(zone or get_current_timezone())
    return f"{speaking.long_date_said(local)}, {local.hour}:{local.minute:02}"


@register.filter
def momento(value: datetime | None, zone: tzinfo | None = None) -> str:
    """Return a moment on the wall clock of `zone` where there is little room: 3 oct 2024, 9:05."""
    if not value:
        return ""
    local = value.astimezone(zone or get_current_timezone())
    return f"{short_date(local)} {local.year}, {local.hour}:{local.minute:02}"


@register.simple_tag(takes_context=True)
def portal_links(context: template.Context) -> list[NavLink]:
    """Return the navigation of the body's portal."""
    request, institution = context.get("request"), context.get("institution")
    return links_of_portal(institution, request.path) if request and institution else []


@register.simple_tag(takes_context=True)
def search_box(context: template.Context) -> SearchBox | None:
    """Return the workspace's search box for this user, or None."""
    request = context.get("request")
    return box_for(context.get("rights") or getattr(request, "rights", None) or ())
