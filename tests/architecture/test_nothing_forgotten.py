# SPDX-License-Identifier: EUPL-1.2
"""Whoever adds a role, a right, a feature, a long work, a paper or a country is told here what is missing."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from siac.accounts.domain.roles import Right, Role
from siac.accounts.public import rights_of
from siac.cases import extensions
from siac.cases.registration import FEATURES
from siac.cases.starter.kits import BodyType, kit_for
from siac.clocks.domain.packs import rule_book
from siac.clocks.seeding import seed_layers
from siac.countries.public import COUNTRIES as EVERY_COUNTRY
from siac.infra.models import LongWork
from siac.notices.domain.phones import mobile_number
from siac.organizations.domain.public_texts import starter
from siac.organizations.texts import ROLE_HINTS, ROLE_NAMES, ROLES_BY_WORD
from tests.drawn.source import ROOT, SOURCE, features
from tests.factories import COUNTRIES, DOCUMENTS, ROLES


@pytest.fixture(scope="module")
def code() -> str:
    """Return all code of the product."""
    return "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def test_every_role_has_its_words_something_to_do_and_a_person_in_the_tests():
    assert set(ROLE_NAMES) == set(ROLE_HINTS) == set(ROLES_BY_WORD.values()) == set(Role)
    assert {role for role, _ in ROLES} == set(Role)
    assert [role for role in Role if not rights_of(role)] == []


def test_every_right_is_asked_for_and_held_by_somebody(code):
    every = [(each, right) for each in Right.__subclasses__() for right in each]
    assert [right for each, right in every if f"{each.__name__}.{right.name}" not in code] == []
    assert [right for _, right in every if not right.held_by] == []


def test_every_feature_of_cases_registers_itself_and_its_pages_have_addresses():
    assert {feature.__name__.split(".")[-2] for feature in FEATURES} == features()
    served = {id(each) for each in _patterns(get_resolver())}
    for feature in sorted(features()):
        if (SOURCE / "siac" / "cases" / feature / "urls.py").exists():
            urls = import_module(f"siac.cases.{feature}.urls")
            pages = [each for name, those in vars(urls).items() if name.isupper() for each in those]
            assert pages and {id(each) for each in pages} <= served, f"cases/urls_*.py leaves {feature} out"


def _patterns(resolver):
    for each in resolver.url_patterns:
        yield each
        if hasattr(each, "url_patterns"):
            yield from _patterns(each)


def test_every_long_work_has_its_line(code):
    """A line says which job does it: without one it would wait for ever."""
    lines = set(re.findall(r"\bLine\(\s*(\w+),", code))
    assert {each.__name__ for each in _below(LongWork) if not each._meta.abstract} == lines


def _below(model: type[LongWork]) -> set[type[LongWork]]:
    return {each for child in model.__subclasses__() for each in (child, *_below(child))}


PAPERS = {
    "catalogue/papers/service.typ": "tests/catalogue/test_sheet_editions.py",
    "charters/papers/dossier.typ": "tests/charters/test_papers.py",
    "charters/papers/leaflet.typ": "tests/charters/test_papers.py",
    "charters/papers/poster.typ": "tests/charters/test_papers.py",
    "charters/papers/report.typ": "tests/charters/test_reports.py",
    "improvement/papers/plan.typ": "tests/improvement/test_improvement_pages.py",
    "governance/papers/minutes.typ": "tests/governance/test_sittings.py",
    "programme/papers/cover.typ": "tests/programme/test_evidence_packs.py",
    "policy/papers/policy.typ": "tests/policy/test_policy_pages.py",
    "reporting/papers/letter.typ": "tests/reporting/test_accountability.py",
    "outreach/papers/leaflet.typ": "tests/outreach/test_campaigns.py",
    "outreach/papers/poster.typ": "tests/outreach/test_campaigns.py",
    "cases/papers/casefile.typ": "tests/cases_dossiers/test_case_file.py",
    "mailroom/papers/label.typ": "tests/mailroom/test_papers.py",
    "cases/papers/letter.typ": "tests/cases/test_deliveries.py",
    "servicepoints/papers/care.typ": "tests/servicepoints/test_care.py",
    "servicepoints/papers/point.typ": "tests/servicepoints/test_point_sheet.py",
    "reporting/papers/own.typ": "tests/reporting/test_frozen_reports.py",
    "reporting/papers/summary.typ": "tests/reporting/test_summaries.py",
    "cases/papers/receipt.typ": "tests/infra_pdf/test_pdf.py",
}
"""Each paper, and the tests that read it."""


def test_every_paper_is_made_by_a_feature_and_read_by_a_test(code):
    found = {str(path).split("/templates/")[1] for path in SOURCE.rglob("templates/**/*.typ")}
    assert found == set(PAPERS)
    assert [paper for paper in found if f'"{paper}"' not in code] == []
    assert [test for test in PAPERS.values() if "pdf" not in (ROOT / test).read_text().lower()] == []


PANELS = {
    "Atención": "tests/cases/test_attentions.py",
    "Compromisos": "tests/charters/test_spine.py",
    "Lo que le prometimos": "tests/charters/test_claims.py",
    "Oficina de Partes": "tests/mailroom/test_papers.py",
    "Recibida en terreno": "tests/offline/test_syncing.py",
    "Intercambio registral": "tests/sicres/test_exchange.py",
    "Correos": "tests/mailbox/test_workspace.py",
    "Qué cambió con esto": "tests/improvement/test_from_one_complaint.py",
    "Qué hicimos gracias a su solicitud": "tests/improvement/test_from_one_complaint.py",
}
"""Each panel that others add to the page of a case, and the tests that open a page with it."""


def test_every_panel_of_a_case_is_opened_by_a_test():
    assert {panel.title for panel in extensions._PANELS} == set(PANELS)
    assert [test for test in PANELS.values() if not (ROOT / test).exists()] == []
    for panel in extensions._PANELS:
        assert get_template(panel.template).origin.name.endswith(f"/{panel.template}")


def _texts(subject: str) -> Callable[[str], object]:
    return lambda country: starter(subject, country, name="Organismo", address="", contact="")


NEEDED: Mapping[str, Callable[[str], object]] = {
    "rules of law: rules.toml": lambda country: rule_book().general[country],
    "days off: days_off.py": lambda country: _days_off(country),
    "privacy notice: public_texts.toml": _texts("privacy"),
    "accessibility: public_texts.toml": _texts("accessibility"),
    "starter kit: starter.toml": lambda country: [kit_for(country, body) for body in BodyType],
    "mobile telephones: phones": lambda country: _mobile(country),
    "a body of it: tests/factories.py": lambda country: (COUNTRIES[country], DOCUMENTS[country]),
}


def _mobile(country: str) -> str:
    return mobile_number(EVERY_COUNTRY[country].phones.example, country)


def _days_off(country: str) -> list[object]:
    return [day for layer in seed_layers() if layer.code == country for day in layer.days]


def _is_there(part: Callable[[str], object], country: str) -> bool:
    try:
        return bool(part(country))
    except Exception:
        return False


@pytest.mark.parametrize("country", EVERY_COUNTRY)
def test_a_country_has_all_that_a_country_needs(country):
    assert "\n".join(name for name, part in NEEDED.items() if not _is_there(part, country)) == ""
