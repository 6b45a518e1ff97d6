# SPDX-License-Identifier: EUPL-1.2
"""The way through the configuration shows what one may open, under headings, and where one is."""

from siac.ui.setup_menu import setup_sections

PAGES = [
    {"group": group, "label": label, "url": f"/muni/conf/{url}/", "told": "", "right": right}
    for group, label, url, right in [
        ("Organismo", "Unidades", "unidades", "set_up"),
        ("Organismo", "Firma", "firma", "set_up"),
        ("Sitio público", "Traducciones", "traducciones", "translate"),
    ]
]


def drawn(path, *rights):
    return [
        (section.name, section.is_current, [(link.label, link.is_current) for link in section.links])
        for section in setup_sections(PAGES, rights=rights, path=path)
    ]


def test_a_page_below_one_of_the_configuration_is_of_it():
    assert drawn("/muni/conf/firma/con/autofirma/", "set_up") == [
        ("Organismo", True, [("Unidades", False), ("Firma", True)])
    ]


def test_whoever_may_open_one_page_only_is_shown_no_other():
    shown = drawn("/muni/conf/traducciones/", "translate")
    assert shown == [("Sitio público", True, [("Traducciones", True)])]
    assert drawn("/muni/conf/", "read") == []
