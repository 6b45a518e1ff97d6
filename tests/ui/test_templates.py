# SPDX-License-Identifier: EUPL-1.2
"""Templates are read by people too."""

import re
from pathlib import Path

from django.template import Context, Template
from django.template.loader import get_template

import siac

WIDTH = 120
STILL_LONGER = 81
"""Lines whose break would show as a blank on the page; whoever breaks one lowers the number."""


def test_lines_of_templates_are_short() -> None:
    lines = [
        line
        for path in Path(siac.__file__).parent.rglob("templates/**/*.html")
        for line in path.read_text().splitlines()
        if len(line) > WIDTH
    ]
    assert len(lines) == STILL_LONGER


def test_what_an_empty_list_says_stands_in_the_box_of_the_list_itself() -> None:
    """A box in the box breaks the first one off: two stand on the page, one of them empty."""
    listing = re.compile(r"{% listing .*?{% endlisting %}", re.DOTALL)
    boxed = re.compile(r"{% empty %}\s*<(?:p|div)\b[^{]*{% endlisting %}")
    found = [
        path.name
        for path in Path(siac.__file__).parent.rglob("templates/**/*.html")
        for text in listing.findall(path.read_text())
        if boxed.search(text)
    ]
    assert found == []


def test_what_a_block_names_with_as_is_used_in_that_block_only() -> None:
    """A name given in one block is empty in every other: the link that uses it leads to its own page."""
    named, block = (
        re.compile(r"{% [^%]* as (\w+) %}"),
        re.compile(r"{% block (\w+) %}(.*?){% endblock", re.DOTALL),
    )
    found = []
    for path in Path(siac.__file__).parent.rglob("templates/**/*.html"):
        blocks = block.findall(path.read_text())
        homes = {(name, block) for block, text in blocks for name in named.findall(text)}
        found += [
            f"{path.name}: {name} of {home} in {other}"
            for name, home in homes
            for other, text in blocks
            if (name, other) not in homes
            and re.search(r"(?:{{ |(?<!{%)\s)" + name + r"(?=[\s|])[^{]*?[%}]}", text)
        ]
    assert found == []


def drawn(text: str, **context: object) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_two_panes_stand_in_reading_order_and_escape_what_people_wrote() -> None:
    assert drawn("{% panes %}{{ said }}{% beside %}<p>b</p>{% endpanes %}", said="<a>") == (
        '<div class="siac-panes"><div class="siac-panes__main">&lt;a&gt;</div>'
        '<div class="siac-panes__side"><p>b</p></div></div>'
    )
    three = drawn("{% panes %}a{% beside %}b{% below %}c{% endpanes %}")
    assert three.endswith('<div class="siac-panes__past">c</div></div>')


def test_the_head_draws_only_what_a_page_says() -> None:
    def page(blocks: str) -> str:
        return Template('{% extends "ui/base.html" %}{% load ui %}' + blocks).render(Context({"plain": True}))

    bare = page("{% block heading %}Avisos{% endblock %}")
    assert '<h1 class="govuk-heading-l">Avisos</h1>' in bare
    assert not any(style in bare for style in ("siac-lead", "siac-actions", "siac-more", "govuk-caption-l"))
    full = page(
        "{% block heading %}{{ name }}{% endblock %}{% block caption %}2026-1{% endblock %}"
        "{% block lead %}Qué es{% endblock %}{% block more %}<li>Rara</li>{% endblock %}"
    )
    assert '<span class="govuk-caption-l">2026-1</span>' in full
    assert '<p class="govuk-body siac-lead">Qué es</p>' in full
    assert full.index("Qué es") < full.index("Más acciones") < full.index("<li>Rara</li>")


def test_a_page_of_what_was_done_has_one_title() -> None:
    title = '{% confirmation "Solicitud recibida" %}<strong>R3K</strong>{% endconfirmation %}'
    page = '{% extends "ui/base.html" %}{% load ui %}{% block head_of_page %}' + title + "{% endblock %}"
    shown = Template(page).render(Context({"plain": True}))
    assert shown.count("<h1") == 1
    assert '<div class="govuk-panel__body"><strong>R3K</strong></div>' in shown


def test_every_template_can_be_read() -> None:
    """What cannot be parsed is found here, not by the first person who opens the page."""
    root = Path(siac.__file__).parent
    names = sorted(
        path.relative_to(folder).as_posix()
        for folder in root.glob("**/templates")
        for path in folder.glob("**/*.html")
    )
    broken = {}
    for name in names:
        try:
            get_template(name)
        except Exception as error:
            broken[name] = repr(error)
    assert len(names) > 300 and broken == {}
