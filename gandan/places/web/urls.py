"""Addresses of the room: desks and communes for all, the catalogue for officials."""

from django.urls import path, register_converter

from gandan.places.web import bodies, calendar, deciding, public, units


class BodyKey:
    """04.01273@2025-07-01/mc"""

    regex = r"[0-9]{2}(?:\.[0-9A-Z-]+)?@[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/[a-z0-9-]+)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UnitKey(BodyKey):
    """01273@2025-07-01"""

    regex = r"[0-9a-z-]+@[0-9]{4}-[0-9]{2}-[0-9]{2}"


class UnitKeyOrCode(BodyKey):
    regex = r"[0-9a-z-]+(?:@[0-9]{4}-[0-9]{2}-[0-9]{2})?"


register_converter(BodyKey, "body")
register_converter(UnitKey, "unit")
register_converter(UnitKeyOrCode, "unit_or_code")

app_name = "places"

UNITS = "danh-muc/don-vi"
urlpatterns = [
    path("noi-tiep-nhan", public.desks, name="desks"),
    path("noi-tiep-nhan/<body:key>", public.desk, name="desk"),
    path("xa", public.communes, name="communes"),
    path("xa/<unit_or_code:key>", public.commune, name="commune"),
    path(UNITS, bodies.organisations, name="organisations"),
    path(f"{UNITS}/chua-giao", bodies.unassigned, name="unassigned"),
    path(f"{UNITS}/co-quan/<body:key>", bodies.organisation, name="organisation"),
    path(f"{UNITS}/doi-ten/<body:key>", bodies.rename_body, name="rename_body"),
    path(f"{UNITS}/lien-he/<body:key>", bodies.contact, name="contact"),
    path(f"{UNITS}/gio-mo-cua/<body:key>", bodies.hours, name="hours"),
    path(f"{UNITS}/luu-dong/<body:key>", bodies.mobile_day, name="mobile_day"),
    path(
        f"{UNITS}/huy-luu-dong/<int:pk>",
        bodies.cancel_mobile_day,
        name="cancel_mobile_day",
    ),
    path(f"{UNITS}/noi-nhan-viec/<body:key>", deciding.receiver, name="receiver"),
    path(f"{UNITS}/ghe/<body:key>", deciding.give_seat, name="give_seat"),
    path(f"{UNITS}/het-ghe/<int:pk>", deciding.end_seat, name="end_seat"),
    path(f"{UNITS}/dia-ban", units.units, name="units"),
    path(f"{UNITS}/dia-ban/<unit:key>", units.unit, name="unit"),
    path(f"{UNITS}/doi-ten-dia-ban/<unit:key>", units.rename, name="rename_unit"),
    path(f"{UNITS}/sap-nhap", units.merge, name="merge"),
    path("danh-muc/lich", calendar.calendar, name="calendar"),
    path("danh-muc/lich/<int:year>", calendar.calendar, name="calendar_year"),
    path("danh-muc/lich/quyet-dinh", calendar.decree, name="decree"),
]
