# SPDX-License-Identifier: EUPL-1.2
"""What a directory may say, as tables: filters, patches, and what is read of people."""

import pytest

from siac.signin.domain.scim import (
    GROUP_ATTRIBUTES,
    USER_ATTRIBUTES,
    Bad,
    account_address,
    full_name,
    patched,
    read_filter,
    read_resource,
    selected,
)

ANA = {"userName": "ana@muni.cl", "active": True, "name": {"givenName": "Ana"}, "emails": []}

BOTH = {"givenName": "Ana", "familyName": "R"}


def patch(*operations, of=ANA, attributes=USER_ATTRIBUTES):
    return patched(of, {"Operations": list(operations)}, attributes)


@pytest.mark.parametrize(
    ("operation", "name", "expected"),
    [
        ({"op": "replace", "path": "active", "value": False}, "active", False),
        ({"op": "Replace", "path": "active", "value": "False"}, "active", False),
        ({"op": "replace", "value": {"active": False}}, "active", False),
        ({"op": "add", "path": "displayName", "value": "Ana R."}, "displayName", "Ana R."),
        ({"op": "replace", "path": "name.familyName", "value": "R"}, "name", BOTH),
        ({"op": "replace", "value": {"name.familyName": "R"}}, "name", BOTH),
        ({"op": "add", "path": "name", "value": {"familyName": "R"}}, "name", BOTH),
        ({"op": "replace", "path": "name", "value": {"familyName": "R"}}, "name", {"familyName": "R"}),
        ({"op": "remove", "path": "name.givenName"}, "name", {}),
        (
            {"op": "add", "path": 'emails[type eq "work"].value', "value": "a@b.cl"},
            "emails",
            [{"type": "work", "value": "a@b.cl"}],
        ),
        (
            {"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:userName", "value": "x"},
            "userName",
            "x",
        ),
        ({"op": "add", "path": "title", "value": "Jefa"}, "active", True),
    ],
)  # fmt: skip
def test_a_person_is_changed_in_parts(operation, name, expected):
    assert patch(operation)[name] == expected
    assert ANA["active"] is True


CREW = {"displayName": "Obras", "members": [{"value": "1"}, {"value": "2"}]}


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "add", "path": "members", "value": [{"value": "3"}]}, ["1", "2", "3"]),
        ({"op": "add", "path": "members", "value": {"value": "2"}}, ["1", "2"]),
        ({"op": "remove", "path": 'members[value eq "1"]'}, ["2"]),
        ({"op": "remove", "path": "members", "value": [{"value": "2"}]}, ["1"]),
        ({"op": "remove", "path": "members"}, []),
        ({"op": "replace", "path": "members", "value": [{"value": "9"}]}, ["9"]),
        ({"op": "replace", "value": {"id": "otro", "members": []}}, []),
    ],
)
def test_a_group_gains_and_loses_members(operation, expected):
    changed = patch(operation, of=CREW, attributes=GROUP_ATTRIBUTES)
    assert [each["value"] for each in changed["members"]] == expected


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (None, "invalidSyntax"),
        ({"Operations": []}, "invalidSyntax"),
        ({"Operations": [{}] * 1001}, "invalidSyntax"),
        ({"Operations": ["x"]}, "invalidSyntax"),
        ({"Operations": [{"op": "mezclar", "path": "active", "value": True}]}, "invalidSyntax"),
        ({"Operations": [{"op": "remove"}]}, "noTarget"),
        ({"Operations": [{"op": "add", "value": "x"}]}, "invalidValue"),
        ({"Operations": [{"op": "replace", "path": "id", "value": "x"}]}, "mutability"),
        ({"Operations": [{"op": "replace", "path": "active", "value": "tal vez"}]}, "invalidValue"),
        ({"Operations": [{"op": "replace", "path": "active[", "value": True}]}, "invalidPath"),
        ({"Operations": [{"op": "add", "path": "emails.value", "value": "x"}]}, "invalidPath"),
        ({"Operations": [{"op": "replace", "path": "userName.x", "value": "y"}]}, "invalidPath"),
        ({"Operations": [{"op": "remove", "path": "active.x"}]}, "invalidPath"),
        ({"Operations": [{"op": "add", "path": 'emails[type eq "work"]', "value": []}]}, "invalidValue"),
        ({"Operations": [{"op": "remove", "path": 'emails[value eq "x\x00"]'}]}, "invalidFilter"),
        ({"Operations": [{"op": "remove", "path": 'emails[value co "x"]'}]}, "invalidFilter"),
        ({"Operations": [{"op": "replace", "path": "userName", "value": "x" * 251}]}, "invalidValue"),
        ({"Operations": [{"op": "replace", "path": "userName", "value": "x\x00"}]}, "invalidValue"),
    ],
)
def test_what_is_no_change_is_refused_by_its_kind(said, kind):
    with pytest.raises(Bad) as bad:
        patched(ANA, said, USER_ATTRIBUTES)
    assert bad.value.kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('userName eq "Ana@muni.cl"', ("userName", "Ana@muni.cl")),
        ('USERNAME EQ "a \\"b\\""', ("userName", 'a "b"')),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"', ("userName", "a")),
        ('userName co "a"', None),
        ('userName eq "a" and active eq true', None),
        ('password eq "a"', None),
        ("userName eq", None),
        ('userName eq "a\x00"', None),
        ('userName eq "a\ud800"', None),
        ('userName eq "' + "a" * 251 + '"', None),
        ('userName eq "' + "\\" * 5000, None),
    ],
)
def test_only_what_can_be_found_by_one_key_is_looked_for(text, expected):
    if expected is None:
        with pytest.raises(Bad):
            read_filter(text, {"username": "userName"})
    else:
        assert read_filter(text, {"username": "userName"}) == expected


def test_only_what_is_kept_is_read_and_names_are_in_any_case():
    said = {"USERNAME": "a", "Active": "true", "title": "Jefa", "name": {"GIVENNAME": "Ana", "x": 1}}
    assert read_resource(said, USER_ATTRIBUTES, "userName") == {
        "userName": "a", "active": True, "name": {"givenName": "Ana"},
    }  # fmt: skip
    for wrong in ({}, {"userName": ""}, [], {"userName": 7}, {"userName": "a", "emails": [{}] * 11}):
        with pytest.raises(Bad):
            read_resource(wrong, USER_ATTRIBUTES, "userName")


def test_the_address_is_what_they_are_called_or_their_main_one():
    emails = [{"value": "otra@muni.cl"}, {"value": "ana@muni.cl", "primary": True}]
    assert account_address({"userName": "arojas", "emails": emails}) == "ana@muni.cl"
    assert account_address({"userName": "Ana@Muni.cl", "emails": emails}) == "ana@muni.cl"
    assert account_address({"userName": "arojas"}) == account_address({"userName": "a@b"}) == ""
    assert full_name({"userName": "a", "name": {"givenName": "Ana", "familyName": "Rojas"}}) == "Ana Rojas"


def test_only_asked_parts_are_told():
    whole = {"schemas": ["s"], "id": "1", "userName": "a", "name": {"givenName": "A", "familyName": "R"}}
    assert selected(whole, "name.givenName", "") == {"schemas": ["s"], "id": "1", "name": {"givenName": "A"}}
    assert selected(whole, "", "userName,id") == {"schemas": ["s"], "id": "1", "name": whole["name"]}
    assert selected(whole, "", "") == whole
