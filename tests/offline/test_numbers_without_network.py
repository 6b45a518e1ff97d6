# SPDX-License-Identifier: EUPL-1.2
"""The page without network says of a document what the server will say: one table for both."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused
from siac.people.public import clean_document

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "frontend/scripts/offline"
TABLE: dict[str, tuple[str, ...]] = {
    "rut": (
        "12.345.678-5", "123456785", "12.345.678-9", "7.654.321-6", "1-9", "11.111.111-1", "10.000.013-K",
        "10000013k", "6-K", "60.803.000-K", "123", "1234567890", "12.3A5.678-5", "-", "CL 12345678-5", "K",
    ),
    "dni_pe": ("12345678", "10117410-2", "10117410-3", "1234567", "1234567A", "10117410J", "101174102", "x"),
    "ruc": ("20512333797", "20512333798", "10054148289", "30512333797", "2051233379", "2051233379A"),
    "dni_es": ("12345678Z", "12345678-z", "12345678A", "54362315K", "1R", "123456789Z", "ABCDEFGHZ", "Z"),
    "nie": ("X2482300W", "x-2482300w", "X2482300A", "Y1234567X", "A1234567X", "X2482300", "XX482300W"),
    "nif_legal": ("J99216582", "J99216583", "A13585625", "M1234567L", "Q2826000H", "J992165831", "JA9216582"),
    "passport": ("AB 123456", "1", "-", "A" * 30, "A" * 31),
    "ce": ("000123456", "A" * 31),
    "other": ("cualquiera 12", "¿?"),
}  # fmt: skip


def node() -> str:
    """Return a node to run the scripts of the page with."""
    found = ROOT / ".tools/bin/node"
    path = str(found) if found.exists() else shutil.which("node")
    if path is None:
        pytest.skip("no node: run make setup")
    return path


def run(script: str) -> object:
    """Return what a module of the page says."""
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script],
        check=True, capture_output=True, text=True, cwd=SCRIPTS, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def of_server(code: str, number: str) -> str:
    try:
        clean_document(code, number)
    except Refused as refused:
        return "digit" if refused.code == "document_check_digit" else "form"
    return ""


def test_every_document_of_every_country_is_in_the_table():
    assert {each.code for country in COUNTRIES.values() for each in country.documents} == set(TABLE)


def test_the_page_says_of_each_number_what_the_server_says():
    checks = {each.code: each.check for country in COUNTRIES.values() for each in country.documents}
    asked = [[code, checks[code], number] for code, numbers in TABLE.items() for number in numbers]
    said = run(
        f"import {{ checked }} from '{SCRIPTS}/numbers.mjs';"
        f"console.log(JSON.stringify({json.dumps(asked)}.map(([, check, typed]) => checked(check, typed))));"
    )
    expected = [of_server(code, number) for code, _, number in asked]
    assert isinstance(said, list) and {"", "digit", "form"} == set(expected)
    assert [
        (*each, here, there) for each, here, there in zip(asked, said, expected, strict=True) if here != there
    ] == []


def test_codes_are_those_of_the_server_and_none_comes_twice():
    from siac.cases.domain.numbers import ALPHABET, CODE_LENGTH, parse_code, show_code

    found = run(
        f"import {{ ALPHABET, newCode, shown }} from '{SCRIPTS}/codes.mjs';"
        "const codes = Array.from({ length: 2000 }, newCode);"
        "console.log(JSON.stringify([ALPHABET, codes, shown(codes[0])]));"
    )
    assert isinstance(found, list)
    alphabet, codes, shown = found
    assert alphabet == ALPHABET and len(set(codes)) == 2000
    assert all(len(code) == CODE_LENGTH and parse_code(code) == code for code in codes)
    assert set("".join(codes)) == set(ALPHABET) and shown == show_code(codes[0])


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("corta", ""),
        ("aaaaaaaaaaaaaaaaaaaa", ""),
        ("password1234", ""),
        ("Terreno12345", ""),
        ("           x           ", ""),
        ("zorro-lapiz-7", "buena"),
        ("caleta lluvia tambor nueve", "muy buena"),
    ],
)
def test_a_passphrase_that_is_easily_guessed_is_not_taken(passphrase, said):
    script = f"import {{ strength }} from '{SCRIPTS}/strength.mjs';"
    assert run(f"{script} console.log(JSON.stringify(strength({json.dumps(passphrase)})))") == said


def test_what_is_sealed_opens_with_its_passphrase_and_under_its_name_alone():
    script = f"""
import {{ made, opened, seal, unseal }} from '{SCRIPTS}/vault.mjs';
const {{ key, kept }} = await made("caleta lluvia tambor nueve");
const rows = [await seal(key, "a", {{ body: "x" }}), await seal(key, "a", {{ body: "x".repeat(900) }})];
const again = await opened(kept, "caleta lluvia tambor nueve ");
const moved = await unseal(key, "b", rows[0]).then(() => "opened", () => "closed");
console.log(JSON.stringify([
  kept.iterations, await opened(kept, "otra"), await unseal(again, "a", rows[0]), moved,
  rows.map((row) => row.sealed.length), String(rows[0].iv) !== String(rows[1].iv), Object.keys(kept).sort(),
]));"""
    assert run(script) == [
        600_000, None, {"body": "x"}, "closed", [1040, 1040], True,
        ["form", "iterations", "iv", "salt", "wrapped"],
    ]  # fmt: skip
