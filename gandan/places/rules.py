"""Kinds of units and organisations, and how their keys are made. Pure Python."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from gandan.kernel.text import sort_key


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


class Kind(StrEnum):
    """The type that stands before the name; one word for one type of unit."""

    PROVINCE = "province"  # tỉnh
    MUNICIPALITY = "municipality"  # thành phố trực thuộc Trung ương
    DISTRICT = "district"  # huyện
    URBAN_DISTRICT = "urban_district"  # quận
    TOWN = "town"  # thị xã
    CITY = "city"  # thành phố thuộc tỉnh
    COMMUNE = "commune"  # xã
    WARD = "ward"  # phường
    TOWNSHIP = "township"  # thị trấn
    SPECIAL_ZONE = "special_zone"  # đặc khu
    VILLAGE = "village"  # thôn, xóm, bản
    RESIDENTIAL_GROUP = "residential_group"  # tổ dân phố


LEVEL_OF: Mapping[Kind, Level] = {
    Kind.PROVINCE: Level.PROVINCE,
    Kind.MUNICIPALITY: Level.PROVINCE,
    Kind.DISTRICT: Level.DISTRICT,
    Kind.URBAN_DISTRICT: Level.DISTRICT,
    Kind.TOWN: Level.DISTRICT,
    Kind.CITY: Level.DISTRICT,
    Kind.COMMUNE: Level.COMMUNE,
    Kind.WARD: Level.COMMUNE,
    Kind.TOWNSHIP: Level.COMMUNE,
    Kind.SPECIAL_ZONE: Level.COMMUNE,
    Kind.VILLAGE: Level.VILLAGE,
    Kind.RESIDENTIAL_GROUP: Level.VILLAGE,
}

# The words of the lists of units. «Thành phố» is a province or a unit inside one:
# which, the level says.
KIND_OF_TYPE: Mapping[tuple[Level, str], Kind] = {
    (Level.PROVINCE, "Tỉnh"): Kind.PROVINCE,
    (Level.PROVINCE, "Thành phố"): Kind.MUNICIPALITY,
    (Level.DISTRICT, "Huyện"): Kind.DISTRICT,
    (Level.DISTRICT, "Quận"): Kind.URBAN_DISTRICT,
    (Level.DISTRICT, "Thị xã"): Kind.TOWN,
    (Level.DISTRICT, "Thành phố"): Kind.CITY,
    (Level.COMMUNE, "Xã"): Kind.COMMUNE,
    (Level.COMMUNE, "Phường"): Kind.WARD,
    (Level.COMMUNE, "Thị trấn"): Kind.TOWNSHIP,
    (Level.COMMUNE, "Đặc khu"): Kind.SPECIAL_ZONE,
    (Level.VILLAGE, "Thôn"): Kind.VILLAGE,
    (Level.VILLAGE, "Xóm"): Kind.VILLAGE,
    (Level.VILLAGE, "Bản"): Kind.VILLAGE,
    (Level.VILLAGE, "Tổ dân phố"): Kind.RESIDENTIAL_GROUP,
}


class SuccessionKind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TRANSFER = "transfer"
    DISSOLVE = "dissolve"


class Extent(StrEnum):
    FULL = "full"
    PART = "part"


class AttributeKind(StrEnum):
    MOUNTAIN = "mountain"
    REMOTE = "remote"
    BORDER = "border"
    ISLAND = "island"
    ESPECIALLY_DIFFICULT = "especially_difficult"
    ETHNIC_MINORITY_AREA = "ethnic_minority_area"


class OrganisationKind(StrEnum):
    PEOPLE_COMMITTEE = "people_committee"
    OFFICE = "office"
    DEPARTMENT = "department"
    DIVISION = "division"
    DISTRICT_OFFICE = "district_office"
    ONE_STOP_DESK = "one_stop_desk"
    INSPECTORATE = "inspectorate"
    PARTY_COMMITTEE = "party_committee"
    PARTY_COMMISSION = "party_commission"
    PARTY_CELL = "party_cell"
    PEOPLES_COUNCIL = "peoples_council"
    FRONT = "front"
    UNION = "union"
    POLICE = "police"
    BORDER_GUARD = "border_guard"
    MILITARY = "military"
    ENTERPRISE = "enterprise"
    STEERING_COMMITTEE = "steering_committee"
    TAX_OFFICE = "tax_office"
    LAND_OFFICE = "land_office"
    POST = "post"


class Sphere(StrEnum):
    """Party, State, Council and Front mandates are different rights; no role joins
    them (armed forces answer to ministries, bodies outside only take steps)."""

    STATE = "state"
    PARTY = "party"
    COUNCIL = "council"
    FRONT = "front"
    ARMED_FORCES = "armed_forces"
    OUTSIDE = "outside"
    STEERING = "steering"


SPHERE_OF: Mapping[OrganisationKind, Sphere] = {
    OrganisationKind.PEOPLE_COMMITTEE: Sphere.STATE,
    OrganisationKind.OFFICE: Sphere.STATE,
    OrganisationKind.DEPARTMENT: Sphere.STATE,
    OrganisationKind.DIVISION: Sphere.STATE,
    OrganisationKind.DISTRICT_OFFICE: Sphere.STATE,
    OrganisationKind.ONE_STOP_DESK: Sphere.STATE,
    OrganisationKind.INSPECTORATE: Sphere.STATE,
    OrganisationKind.PARTY_COMMITTEE: Sphere.PARTY,
    OrganisationKind.PARTY_COMMISSION: Sphere.PARTY,
    OrganisationKind.PARTY_CELL: Sphere.PARTY,
    OrganisationKind.PEOPLES_COUNCIL: Sphere.COUNCIL,
    OrganisationKind.FRONT: Sphere.FRONT,
    OrganisationKind.UNION: Sphere.FRONT,
    OrganisationKind.POLICE: Sphere.ARMED_FORCES,
    OrganisationKind.BORDER_GUARD: Sphere.ARMED_FORCES,
    OrganisationKind.MILITARY: Sphere.ARMED_FORCES,
    OrganisationKind.ENTERPRISE: Sphere.OUTSIDE,
    OrganisationKind.STEERING_COMMITTEE: Sphere.STEERING,
    OrganisationKind.TAX_OFFICE: Sphere.OUTSIDE,
    OrganisationKind.LAND_OFFICE: Sphere.OUTSIDE,
    OrganisationKind.POST: Sphere.OUTSIDE,
}


class SeatRole(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    STANDING = "standing"
    MEMBER = "member"
    SECRETARY = "secretary"


def place_key(code: str, starts: date) -> str:
    return f"{code}@{starts.isoformat()}"


def organisation_key(province: str, body: str, starts: date, part: str = "") -> str:
    """A key of our own, never used again: "04.01273@2025-07-01/mc"."""
    stem = f"{province}.{body}" if body else province
    return f"{stem}@{starts.isoformat()}" + (f"/{part}" if part else "")


def title_key(name: str) -> str:
    """Sorts a unit or a body by its first word; people sort by their last."""
    first, *rest = name.split() or [""]
    return sort_key(" ".join([*rest, first]))


def receives_for_all(desk_starts: date) -> bool:
    """Decree 118/2025, art. 14.2: a desk made under it receives for every commune and
    department of the province; before, each received for its own unit."""
    return desk_starts >= date(2025, 7, 1)
