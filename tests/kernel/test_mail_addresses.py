# SPDX-License-Identifier: EUPL-1.2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.mail_addresses import is_mail_address, wire_address


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("ana@ejemplo.org", "ana@ejemplo.org"),
        ("muñoz@correo.example.org", "muñoz@correo.example.org"),
        ("juan@oñate.example.org", "juan@xn--oate-gqa.example.org"),
        ("k..tanaka.@docomo.example.org", '"k..tanaka."@docomo.example.org'),
        ('"faxg3/+56912345678"@fax.example.org', '"faxg3/+56912345678"@fax.example.org'),
        ("o'higgins+tag@Ejemplo.CL", "o'higgins+tag@ejemplo.cl"),
    ],
)
def test_an_address_is_written_as_servers_take_it(typed, wire) -> None:
    assert wire_address(typed) == wire


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "a@",
        "@b.cl",
        "a@b",
        "a b@c.cl",
        "a@b..cl",
        "a@-b.cl",
        "a\u200b@b.cl",
        "a@b.cl\r\nBcc: x@y.cl",
        "a@b\x00.cl",
        "a,b@c.cl",
        "<a@b.cl>",
        "a" * 65 + "@b.cl",
        "a@" + "b." * 130 + "cl",
    ],
)
def test_what_is_no_address(typed) -> None:
    assert not is_mail_address(typed)


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_none(text) -> None:
    assert isinstance(is_mail_address(text), bool)
