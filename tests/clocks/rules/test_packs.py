# SPDX-License-Identifier: EUPL-1.2
"""The shipped rules, and what the reader of packs refuses."""

from datetime import date

import pytest

from siac.clocks.domain.packs import BadPack, parse_pack, rule_book
from siac.clocks.domain.refusals import Code
from siac.clocks.texts import EVENTS, REFUSALS
from siac.kernel.errors import Refused

ROWS = [
    "CL.SAIP",
    "CL.SAIP.3P",
    "CL.SAIP.DERIV",
    "CL.SAIP.CPLT",
    "CL.PROC",
    "CL.INT",
    "CL.OIRS",
    "CL.MUNI",
    "CL.SIL+",
    "CL.SIL-",
    "CL.REC",
    "CL.ABANDON",
    "CL.NOTIF",
    "CL.ARCO.OLD",
    "CL.ARCO",
    "CL.ARCO.BLOCK",
    "CL.DENUNCIA",
    "PE.LR",
    "PE.LR.EVAL",
    "PE.LR.MOVE",
    "PE.LR.DUP",
    "PE.LR.PICK",
    "PE.SALUD",
    "PE.SAIP",
    "PE.SAIP.DERIV",
    "PE.SAIP.COST",
    "PE.PROC",
    "PE.QUEJA",
    "PE.INT",
    "PE.DENUNCIA",
    "PE.ARCO",
    "ES.QYS",
    "ES.SAIP",
    "ES.SAIP.GIVE",
    "ES.PROC",
    "ES.INFO10",
    "ES.NOTIF",
    "ES.SUSP",
    "ES.PET",
    "ES.ACC",
    "ES.INFORM",
    "ES.RGPD",
]
PACK = """
country = "CL"
general_start = "real"
[[start]]
id = "real"
[[start.steps]]
channels = ["web", "desk", "libro", "mesa"]
shift = "real_date"
[[rule]]
id = "CL.X"
name = "X"
source = "Ley 1"
amount = "20bd"
event = "filing"
start = "real"
basis = "verified"
"""


@pytest.mark.parametrize("rule_id", ROWS)
def test_every_row_of_the_law_is_there(rule_id):
    assert rule_book().versions(rule_id)


def test_the_shipped_packs_have_no_gaps_and_words_for_all():
    assert rule_book().gaps() == []
    assert {rule.event for rule in rule_book().rules} <= set(EVENTS)
    assert set(Code) == set(REFUSALS)


def test_the_data_rights_of_chile_change_on_1_december_2026():
    book = rule_book()
    assert str(book.in_force("CL.ARCO.OLD", date(2026, 11, 30)).amount) == "2bd"
    assert str(book.in_force("CL.ARCO", date(2026, 12, 1)).amount) == "30cd"
    # A kind that names the old rule goes on with the new one, without anybody changing it that night.
    assert book.in_force("CL.ARCO.OLD", date(2026, 12, 1)) == book.in_force("CL.ARCO", date(2026, 12, 1))
    with pytest.raises(Refused):
        book.in_force("CL.ARCO", date(2026, 11, 30))


def test_a_body_rule_within_a_law_goes_on_when_only_the_articles_are_numbered_anew():
    book = rule_book()
    assert book.lasts_to(book.exactly("PE.PROC", 1)) is None
    assert book.lasts_to(book.exactly("CL.ARCO.OLD", 1)) == date(2026, 11, 30)
    assert book.lasts_to(book.exactly("PE.REC.DECIDE", 2)) == date(
        2022, 11, 5
    )  # what came then is another term


@pytest.mark.parametrize(
    ("rule_id", "first"),
    [
        ("PE.LR", date(2020, 1, 18)),
        ("PE.SALUD", date(2019, 4, 29)),
        ("PE.SAIP", date(2024, 5, 17)),
        ("PE.SAIP.DERIV", date(2024, 5, 17)),
        ("CL.NOTIF.DDU", date(2026, 7, 1)),
        ("CL.ARCO", date(2026, 12, 1)),
    ],
)
def test_since_when_rules_hold(rule_id, first):
    assert rule_book().versions(rule_id)[0].valid_from == first


def test_ley_21719_is_verified_and_the_book_of_peru_names_its_decisions():
    book = rule_book()
    assert {book.latest(rule_id).basis for rule_id in ("CL.ARCO", "CL.ARCO.BLOCK", "CL.ARCO.APPEAL")} == {
        "verified"
    }
    assert [(one.code, one.words, one.measures) for one in book.latest("PE.LR").outcomes] == [
        ("upheld", "Aceptado", True), ("denied", "Denegado", False),
    ]  # fmt: skip


def test_the_grounds_that_reserve_a_document_are_those_of_the_index():
    reserving = {ground.reserve for ground in rule_book().latest("CL.SAIP").grounds if ground.reserve}
    assert reserving == {"21.1", "21.1a", "21.1b", "21.2", "21.3", "21.4", "21.5"}
    assert all(ground.article and ground.words for rule in rule_book().rules for ground in rule.grounds)


def test_a_version_says_only_what_differs_from_another():
    rules, _ = parse_pack(
        PACK
        + (
            "version = 2\nvalid_from = 2026-01-01\n[[rule]]\nid = "
            '"CL.X"\nlike = 2\namount = "9bd"\nwithdrawn = "Era 20."'
        ),
        "x.toml",
    )
    old, new = sorted(rules, key=lambda rule: rule.version)
    assert (str(old.amount), old.withdrawn, old.name, str(new.amount)) == ("9bd", "Era 20.", "X", "20bd")


def test_the_version_in_force_on_the_day_is_taken():
    old = PACK + "version = 1\nvalid_to = 2025-01-31\n"
    new = PACK[PACK.index("[[rule]]") :].replace("20bd", "15bd") + "version = 2\nvalid_from = 2025-03-01\n"
    rules, general = parse_pack(old + new, "x.toml")
    book = type(rule_book())(rules, general)
    assert [book.in_force("CL.X", day).version for day in (date(2025, 1, 31), date(2025, 3, 1))] == [1, 2]
    assert book.exactly("CL.X", 1).amount.number == 20
    assert book.gaps() == ["CL.X: sin regla entre 2025-01-31 y 2025-03-01"]
    with pytest.raises(Refused) as caught:
        book.in_force("CL.X", date(2025, 2, 1))
    assert caught.value.code == "rule_not_in_force"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("basis = ", "basi = "), "falta «basis»"),
        (('basis = "verified"', 'basis = "verified"\nplazo = 3'), "clave desconocida «plazo»"),
        (('"20bd"', '"20 dias"'), "no es un plazo"),
        (('"20bd"', "20"), "debe ser str"),
        (('start = "real"\nbasis', 'start = "otro"\nbasis'), "no existe el inicio"),
        (('event = "filing"', 'event = "humo"'), "no está entre"),
        (('"verified"', '"interpretation"'), "debe decir por qué"),
        (('"CL.X"', '"PE.X"'), "debe empezar por CL."),
        (('"real_date"', '"humo"'), "no está entre"),
        (('"mesa"]', '"fax"]'), "canal desconocido"),
        (('"verified"', '"verified"\nvalid_from = 2026-01-01\nvalid_to = 2025-01-01'), "termina antes"),
        (
            ('"verified"', '"verified"\n[rule.extension]\ntotal = "10bd"\ncondition = ""\nlast_moment = ""'),
            "mayor",
        ),
        (
            ('"verified"', '"verified"\n[rule.correction]\namount = "5bd"\neffect = "x"\nlapse = ""'),
            "no está entre",
        ),
        (('"verified"', '"verified"\n[rule.correction]\neffect = "none"\nlapse = ""'), "falta «amount»"),
        (('country = "CL"', 'country = "AR"'), "no está entre"),
        (('"verified"', '"verified"\ngrounds = "humo"'), "no existen las causales"),
        (('"verified"', '"verified"\nversion = 2\nlike = 1'), "no hay una versión 1"),
        (('"verified"', '"verified"\n[[rule.outcome]]\ncode = "humo"\nwords = "x"'), "no está entre"),
        (
            (
                "[[rule]]",
                (
                    '[[grounds]]\nid = "a"\n[[grounds.ground]]\nid = "CL.G"\narticle '
                    '= "1"\nwords = "x"\nbasis = "unverified"\n[[rule]]'
                ),
            ),
            "una causal no verificada",
        ),
        (('country = "CL"', "country ="), "x.toml"),
        (("[[rule]]", PACK[PACK.index("[[rule]]") :] + "[[rule]]"), "está dos veces"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(change, says):
    with pytest.raises(BadPack, match=says.replace(".", r"\.")):
        parse_pack(PACK.replace(*change, 1), "x.toml")
