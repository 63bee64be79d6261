"""Complete answers for each form, named by the life they come from.

Names have one to six words, births are years, no address has a house number.
"""

from datetime import date
from typing import Any

ON = date(2025, 4, 29)
Answers = dict[str, Any]


def place(detail: str = "xóm Nà Lũng", commune: str = "xã Đàm Thủy") -> Answers:
    return {"detail": detail, "commune": commune, "province": "Cao Bằng"}


BROUGHT: Answers = {"files": [], "bring": True}
SCANNED: Answers = {"files": ["6f1c1ad0-3c2f-4f0e-9a63-0c1f5a6c5b11"], "bring": False}


def without(answers: Answers, *keys: str, **more: Any) -> Answers:
    return {k: v for k, v in answers.items() if k not in keys} | more


# --- birth --------------------------------------------------------------------

MOTHER: Answers = {
    "mother_name": "Lý Mùi",
    "mother_birth": "1999-07",
    "mother_identity": "004199001234",
    "mother_nationality": "Việt Nam",
    "mother_address": place("", "xã Cô Ba"),
}
FATHER: Answers = {
    "father_name": "Páo",
    "father_birth": "1987",
    "father_nationality": "Việt Nam",
    "father_address": place("xóm Lũng Vài"),
}
CHILD: Answers = {
    "child_name": "Hoàng Gia Bảo An",
    "child_birth": "2025-03-27",
    "child_sex": "female",
    "birth_place": "facility",
    "facility_name": "Trạm y tế xã Đàm Thủy",
    "birth_address": place("xóm Bản Giốc"),
    "home_town": place("", "xã Đàm Thủy"),
    "child_nationality": "Việt Nam",
}
ASKING: Answers = {
    "requester_name": "Nông Thị Ánh",
    "requester_birth": "1998",
    "requester_identity": "004198001234",
    "requester_address": place(),
    "requester_phone": "0912345678",
    "needs_interpreter": False,
    "wants_copies": False,
    "result_place": "desk",
}
MARRIED: Answers = {
    **CHILD,
    **ASKING,
    "situation": "both",
    "relation": "mother",
    # As the form copies them from the person who asks.
    "mother_name": "Nông Thị Ánh",
    "mother_birth": "1998",
    "mother_identity": "004198001234",
    "mother_address": place(),
    "mother_nationality": "Việt Nam",
    **FATHER,
    "parents_married": True,
    "marriage_record": "UBND xã Đàm Thủy, 2021",
    "birth_evidence": "certificate",
    "paper_certificate": SCANNED,
    "surrogacy": False,
}
COPIED = ("name", "birth", "identity", "address")
BIRTH: dict[str, Answers] = {
    "married parents, the mother asks": MARRIED,
    "unmarried parents, the father asks": without(
        MARRIED,
        "marriage_record",
        "paper_certificate",
        relation="father",
        parents_married=False,
        birth_evidence="electronic",
        **MOTHER,
        **{f"father_{key}": MARRIED[f"mother_{key}"] for key in COPIED},
    ),
    "child without father": without(
        MARRIED,
        *FATHER,
        "parents_married",
        "marriage_record",
        "surrogacy",
        "facility_name",
        "paper_certificate",
        situation="mother_only",
        birth_place="elsewhere",
        wants_recognition=False,
        birth_evidence="witness",
        paper_witness=BROUGHT,
        needs_interpreter=True,
        interpreter_language="tiếng Mông",
        interpreter_name="Sùng A Tủa",
        wants_copies=True,
        copies=3,
        result_place="post",
        result_address=place(),
    ),
    "child without mother, a grandparent asks": without(
        MARRIED,
        *(key for key in MARRIED if key.startswith("mother_")),
        "parents_married",
        "marriage_record",
        "surrogacy",
        "facility_name",
        "birth_address",
        "paper_certificate",
        situation="father_only",
        relation="grandparent",
        birth_place="abroad",
        birth_abroad="Tịnh Tây, Trung Quốc",
        wants_recognition=True,
        birth_evidence="pledge",
        paper_pledge=BROUGHT,
    ),
    "foundling": {
        **without(CHILD, "home_town"),
        **ASKING,
        "situation": "foundling",
        "relation": "carer",
        "paper_foundling": SCANNED,
    },
    "surrogacy, a stranger is authorised": without(
        MARRIED,
        "surrogacy",
        relation="authorised",
        surrogacy=True,
        paper_surrogacy=SCANNED,
        authorised_by_kin=False,
        authorisation_certified=True,
        paper_authorisation=BROUGHT,
        **MOTHER,
    ),
    "child without mother, an aunt is authorised": without(
        MARRIED,
        *(key for key in MARRIED if key.startswith("mother_")),
        "parents_married",
        "marriage_record",
        "surrogacy",
        situation="father_only",
        relation="authorised",
        wants_recognition=False,
        authorised_by_kin=True,
        paper_authorisation=BROUGHT,
    ),
}

# --- land ---------------------------------------------------------------------

PARCEL: Answers = {
    "parcel_address": place("Nà Pá, xóm Bản Giốc"),
    "area": "320.5",
    "land_use": "rural_home",
    "used_since": "1986",
    "origin": "inherited",
    "has_building": True,
    "building": "Nhà sàn ba gian, gỗ, làm năm 1998",
    "building_area": "96",
}
FIELD: Answers = {
    "parcel_address": place("Lũng Phiắc", "xã Đàm Thủy"),
    "parcel_number": "118",
    "map_sheet": "7",
    "area": "1250",
    "land_use": "other",
    "land_use_other": "Bãi thả trâu chung của dòng họ",
    "used_since": "1979-02",
    "origin": "cleared",
    "origin_other": "Bố mẹ khai phá năm 1979.\nÔng Tô Văn Chấn cùng xóm biết việc này.",
    "has_building": False,
}
OWNER: Answers = {
    "owner_name": "Đàm Thị Ngọc Hoài Thương My",
    "owner_birth": "1961",
    "owner_address": place("", "xã Đàm Thủy"),
    "owner_married": False,
}
COUPLE: Answers = {
    "owner_name": "Bế Văn Đàn",
    "owner_birth": "1958-11-02",
    "owner_identity": "080123456",
    "owner_address": place("xóm Bản Giốc"),
    "owner_married": True,
    "spouse_name": "Nông Thị Sen",
    "spouse_birth": "1960",
}
LAND_BASE: Answers = {
    "applicant": "person",
    "request": "certificate",
    "owners": [COUPLE],
    "has_representative": "self",
    "phone": "0206385123",
    "needs_interpreter": False,
    "parcels": [PARCEL],
    "easement": False,
    "has_land_papers": False,
    "paper_inheritance": BROUGHT,
    "was_fined": False,
    "has_survey": False,
    "levy": "pay",
}
LAND: dict[str, Answers] = {
    "a couple and their house": LAND_BASE,
    "two owners, two parcels, many papers": LAND_BASE
    | {
        "owners": [COUPLE, OWNER],
        "one_certificate": True,
        "paper_joint": BROUGHT,
        "has_representative": "representative",
        "representative_name": "Bế Thanh",
        "representative_birth": "1990",
        "representative_identity": "004090001234",
        "representative_address": place("tổ 3", "phường Thục Phán"),
        "paper_representation": SCANNED,
        "email": "be.thanh@example.vn",
        "needs_interpreter": True,
        "interpreter_language": "tiếng Dao",
        "parcels": [PARCEL, FIELD],
        "same_place": True,
        "easement": True,
        "paper_easement": BROUGHT,
        "has_land_papers": True,
        "paper_land": SCANNED,
        "was_fined": True,
        "paper_fine": BROUGHT,
        "has_survey": True,
        "paper_survey": SCANNED,
        "paper_building": SCANNED,
        "paper_money": BROUGHT,
        "levy": "owe",
    },
    "a household registers a bought field": without(
        LAND_BASE,
        "paper_inheritance",
        "levy",
        applicant="household",
        request="register",
        owners=[OWNER],
        paper_household=BROUGHT,
        parcels=[
            without(FIELD, "land_use_other", "origin_other")
            | {"land_use": "rice", "origin": "transferred"}
        ],
        paper_transfer=BROUGHT,
    ),
    "a community holds the notice": without(
        LAND_BASE,
        "owners",
        "paper_inheritance",
        "has_land_papers",
        "was_fined",
        "has_survey",
        applicant="community",
        community_name="Xóm Pác Bó",
        request="notice",
        paper_notice=SCANNED,
        has_representative="representative",
        representative_name="Dương Đại Lâm",
        representative_birth="1971",
        representative_identity="004071001234",
        representative_address=place("xóm Pác Bó", "xã Trường Hà"),
        paper_representation=BROUGHT,
        parcels=[
            without(FIELD, "origin_other", "land_use_other")
            | {"origin": "irregular", "land_use": "forest"}
        ],
    ),
}

# --- household business -------------------------------------------------------

BUSINESS_BASE: Answers = {
    "owner_name": "Hoàng Thắm",
    "owner_birth": "1979",
    "owner_sex": "female",
    "owner_identity": "004179001234",
    "owner_address": place("tổ 5", "phường Tân Giang"),
    "lives_elsewhere": False,
    "phone": "0912000111",
    "business_name": "Tạp hóa Cô Thắm",
    "head_address": place("chợ Xanh", "phường Tân Giang"),
    "activities": [{"activity": "Bán tạp hóa", "activity_code": "4711"}],
    "capital": 50_000_000,
    "starts_on": "2025-05-05",
    "workers": 1,
    "has_places": False,
    "tax_address_differs": False,
    "founded_by": "person",
    "filed_by": "owner",
    "result_place": "desk",
}
MEMBER: Answers = {
    "member_name": "Hoàng Văn Sỹ Nguyên",
    "member_birth": "2001-03-15",
    "member_identity": "004201001234",
    "member_address": place("tổ 5", "phường Tân Giang"),
}
BUSINESS: dict[str, Answers] = {
    "one person opens a shop": BUSINESS_BASE,
    "a family, two places, an authorised person": BUSINESS_BASE
    | {
        "lives_elsewhere": True,
        "contact_address": place("xóm Nà Cáp", "xã Hòa An"),
        "email": "tham@example.vn",
        "activities": [
            {"activity": "Nuôi ong", "activity_code": "0149"},
            {"activity": "Bán mật ong"},
        ],
        "capital": 1_250_000_000,
        "workers": 0,
        "has_places": True,
        "places": [
            {"place_name": "Trại ong", "place_address": place("Lũng Nặm", "xã Hòa An")},
        ],
        "tax_address_differs": True,
        "tax_address": place("tổ 1", "phường Thục Phán"),
        "founded_by": "family",
        "members": [MEMBER],
        "paper_family": BROUGHT,
        "filed_by": "person",
        "agent_name": "Sỹ",
        "agent_identity": "C1234567",
        "paper_authorisation": BROUGHT,
        "owner_has_account": False,
        "paper_identity": SCANNED,
    },
    "a service organisation files": BUSINESS_BASE
    | {
        "filed_by": "organisation",
        "agent_name": "Tô Thị Bích Ngọc",
        "agent_identity": "004288001234",
        "paper_contract": BROUGHT,
        "owner_has_account": True,
    },
    "the public post files": BUSINESS_BASE
    | {
        "filed_by": "post",
        "agent_name": "Lục Văn Hai",
        "agent_identity": "004088001234",
        "paper_post": BROUGHT,
        "owner_has_account": True,
    },
}

CASES: dict[str, dict[str, Answers]] = {
    "birth": BIRTH,
    "land": LAND,
    "household_business": BUSINESS,
}
ALL = [(form, name) for form, cases in CASES.items() for name in cases]
