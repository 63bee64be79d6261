"""Canonical JSON and the hashes of an entry, by the vectors of LEDGER §12."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.kernel.canonical import (
    LARGEST_INTEGER,
    CanonicalRefused,
    b64u,
    canonical,
    entry,
    field_commitment,
    field_commitments,
    field_key,
    from_b64u,
    leaf,
    parse,
    private_commitment,
    public_hash,
    token_hash,
)

UNIT = "79.27145"


def x(label: str) -> bytes:
    """`X(s)` of LEDGER §12."""
    return hashlib.sha256(b"vector " + label.encode()).digest()


TOKEN_OF_A = b64u(x("token A")[:16])


def record(dossier: str, seq: int, **members: Any) -> dict[str, Any]:
    return {
        "v": 1,
        "dossier": b64u(x(f"dossier {dossier}")[:16]),
        "seq": seq,
        "salt": b64u(x(f"salt {dossier}{seq}")[:16]),
        **members,
    }


A0 = record(
    "A",
    0,
    event="received",
    day="2026-03-05",
    due="2026-03-12",
    limit="5wd",
    service="LAND",
    token=b64u(token_hash(TOKEN_OF_A)),
    unit=UNIT,
)
A0_PRIVATE = {"code": "H29.79-260305-0001", "name": "Nguyễn Thị Ánh"}


def test_the_record_of_a0_is_written_byte_for_byte() -> None:
    assert canonical(A0) == (
        b'{"day":"2026-03-05","dossier":"L1MFlgXcGujmKhQxm0llYQ","due":"2026-03-12",'
        b'"event":"received","limit":"5wd","salt":"FrI_xbrec4roqTGfhbzcNQ","seq":0,'
        b'"service":"LAND","token":"J71qWMFssRfPAo5Vr51ETJkUimj5JXoZaByskkyAbW8",'
        b'"unit":"79.27145","v":1}'
    )


def test_the_hashes_of_a0() -> None:
    salt = x("S A0")

    assert public_hash(A0).hex() == (
        "8de6a9d2a039fe23a4a20b880feeb571ecdcbfb0ebd6d0badd2aae69c0ba0dc3"
    )
    assert field_commitments(salt, A0_PRIVATE)["name"].hex() == (
        "4ee39325383a6e127c113ad40b1c9689d851030cbfeb23a2157c6bdf8186797d"
    )
    assert private_commitment(salt, A0_PRIVATE).hex() == (
        "800b2f645bce0498848a30b757419718d4980ada1c6ca0f67b737874f795e528"
    )


def test_the_entry_and_leaf_of_a0() -> None:
    line = entry(pub=public_hash(A0), prv=private_commitment(x("S A0"), A0_PRIVATE))
    assert line == (
        b'{"k":"ev","prv":"gAsvZFvOBJiEijC3V0GXGNSYCtocbKD2e3N4dPeV5Sg",'
        b'"pub":"jeap0qA5_iOkoguID-61cezcv7Dr1tC63SquacC6DcM","v":1}'
    )
    assert len(line) == 120
    assert leaf(line).hex() == (
        "2bff2f7c14b74c88143ede02df7204f38196636e3ee1098c77f8ff62caa20e2a"
    )


def test_the_leaves_of_the_other_entries_of_the_first_windows() -> None:
    calendar = canonical({"extra": [], "holidays": [], "offset": 25200})
    reference = {
        "k": "ref",
        "name": "calendar",
        "sha256": b64u(hashlib.sha256(calendar).digest()),
        "v": 1,
    }
    window = {"c": 0, "k": "win", "n": 0, "t": "2026-03-02T17:00:00Z", "v": 1}
    b0 = record(
        "B",
        0,
        event="received",
        day="2026-03-05",
        due="2026-03-19",
        limit="10wd",
        service="CIVIL",
        unit=UNIT,
    )
    c0 = record(
        "C",
        0,
        event="received",
        day="2026-03-04",
        due="2026-03-20",
        limit="12.5wd",
        service="LAND",
        unit=UNIT,
    )
    b0_private = {"code": "H29.79-260305-0002"}
    c0_private = {"code": "H29.79-260304-0007"}
    closing = {"c": 3, "k": "win", "n": 1, "t": "2026-03-05T17:00:00Z", "v": 1}

    lines = [
        canonical(reference),
        canonical(window),
        entry(pub=public_hash(b0), prv=private_commitment(x("S B0"), b0_private)),
        entry(pub=public_hash(c0), prv=private_commitment(x("S C0"), c0_private)),
        canonical(closing),
    ]
    assert [leaf(line).hex() for line in lines] == [
        "f90e890c30c574ec4970cc91edde36eef9f153a2b93c64e60e94b5b406d339b2",
        "5f0a7bca37c37156a9c1505a52adda4c886490ba488d59aad8814e6a6d4ae814",
        "cd707862b85aceb6db024533018d8e6ba8c9d3b080d339d34b8c0497497524a3",
        "d7580847e213f677e99c9b43e362007e41d3df079c97004893ba5d96ba69a555",
        "83a11096012b7caa07fd96d1b620b22f6b0cee622691763eff461eef189c3f76",
    ]


def test_one_private_field_opens_without_the_others() -> None:
    salt = x("S A0")
    shown = field_key(salt, "name")

    opened = field_commitment(shown, "name", "Nguyễn Thị Ánh")
    assert opened == field_commitments(salt, A0_PRIVATE)["name"]
    assert field_key(salt, "code") != shown


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        float("nan"),
        {"a": None},
        [0.5],
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        {"tên": 1},
        {1: "a"},
        "Hòa".replace("ò", "o\u0300"),
        "\ud800",
        b"bytes",
        {"a", "b"},
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(CanonicalRefused):
        canonical(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, False]}, b'{"a":[true,false],"b":1}'),
        ('Hòa\n"', '"Hòa\\n\\""'.encode()),
        ("\u001f\u007f\u2028", '"\\u001f\u007f\u2028"'.encode()),
        (LARGEST_INTEGER, b"9007199254740991"),
        ({}, b"{}"),
        ("\U0001f33e", '"\U0001f33e"'.encode()),
    ],
)
def test_a_value_has_one_way_to_be_written(value: Any, written: bytes) -> None:
    assert canonical(value) == written
    assert parse(written) == value


@pytest.mark.parametrize(
    "written",
    [
        b'{"a": 1}',  # a space
        b'{"b":1,"a":2}',  # names out of order
        b'{"a":1,"a":1}',  # a name twice
        b'"\\u00f2"',  # an escape that is not needed
        b'"\\u001F"',  # upper case in an escape
        b'"\\/"',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"null",
        b"[1]\n",
        b"\xef\xbb\xbf[]",  # a byte order mark
        b"\xff",
        b"",
        b"[" * 100_000,
        b"9" * 5_000,
        '"Ho\u0300a"'.encode(),
    ],
)
def test_any_other_spelling_is_refused(written: bytes) -> None:
    with pytest.raises(CanonicalRefused):
        parse(written)


def test_a_value_nested_too_deep_is_refused() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(CanonicalRefused):
        canonical(value)


@pytest.mark.parametrize("text", ["AA=", "AA==", "A", "AB", "A A", "Ă", "AA+/"])
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(CanonicalRefused):
        from_b64u(text)


@given(data=st.binary(max_size=80))
def test_base64url_goes_there_and_back(data: bytes) -> None:
    assert from_b64u(b64u(data)) == data


def test_private_fields_need_the_file_number_and_a_whole_salt() -> None:
    with pytest.raises(CanonicalRefused):
        private_commitment(x("salt"), {"name": "An"})
    with pytest.raises(CanonicalRefused):
        private_commitment(b"short", {"code": "1"})
    with pytest.raises(CanonicalRefused):
        private_commitment(x("salt"), {"code": "1", "tên": "An"})


def test_an_entry_holds_whole_hashes_and_a_leaf_is_no_longer_than_allowed() -> None:
    with pytest.raises(CanonicalRefused):
        entry(pub=b"short", prv=x("prv"))
    with pytest.raises(CanonicalRefused):
        leaf(b"x" * 4097)


VALUES = st.recursive(
    st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(alphabet='aàạđĐ"\\\n\u2028🌾'),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='abcXYZ_"\\', max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(value=VALUES)
def test_what_was_written_is_read_back(value: Any) -> None:
    assert parse(canonical(value)) == value
