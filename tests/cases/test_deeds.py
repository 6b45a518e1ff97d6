# SPDX-License-Identifier: EUPL-1.2
"""What can be done with a case is declared by each feature, and stands where it says."""

import dataclasses

import pytest

from siac.cases import deeds as registry
from siac.cases.deeds import deeds, register_deeds


def test_they_stand_in_the_order_of_their_places_and_each_key_is_for_one_thing_at_a_time():
    places = [deed.place for deed in deeds().values()]
    assert places == sorted(set(places))
    shared = {"r": {"responder", "enviar-a-aprobacion"}, "s": {"posponer", "retomar"}}
    for key in {deed.key for deed in deeds().values() if deed.key}:
        codes = {code for code, deed in deeds().items() if deed.key == key}
        assert codes == shared.get(key, codes) and len(codes) == (2 if key in shared else 1)


@pytest.mark.parametrize("change", [{"code": "otro"}, {"place": 5}])
def test_no_deed_takes_the_code_or_the_place_of_another(change, monkeypatch):
    monkeypatch.setattr(registry, "_DEEDS", dict(deeds()))
    with pytest.raises(ValueError, match=r"another deed's"):
        register_deeds(dataclasses.replace(deeds()["nota"], **change))


def test_one_more_takes_its_place_among_them(monkeypatch):
    monkeypatch.setattr(registry, "_DEEDS", dict(deeds()))
    register_deeds(dataclasses.replace(deeds()["nota"], code="otro", place=175))
    codes = list(deeds())
    assert codes[codes.index("nota") + 1] == "otro"
