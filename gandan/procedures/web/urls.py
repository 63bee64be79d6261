"""Addresses of the room: `/thu-tuc` for all, `/danh-muc/thu-tuc` for officials."""

from django.urls import path, register_converter

from gandan.procedures.web import catalogue, pages


class ProcedureCode:
    """1.001193"""

    regex = r"[0-9]\.[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ProcedureCode, "procedure")

app_name = "procedures"
urlpatterns = [
    path("thu-tuc", pages.search, name="search"),
    path("thu-tuc/<procedure:code>", pages.show, name="show"),
    path("thu-tuc/<procedure:code>/giay-to", pages.my_list, name="my_list"),
    path(
        "thu-tuc/<procedure:code>/giay-to.txt", pages.my_list_text, name="my_list_text"
    ),
    path(
        "thu-tuc/<procedure:code>/giay-to.pdf",
        pages.my_list_print,
        name="my_list_print",
    ),
    path("thu-tuc/<procedure:code>/to-roi", pages.poster, name="poster"),
    path("thu-tuc/<procedure:code>/phien-ban", pages.versions, name="versions"),
    path(
        "thu-tuc/<procedure:code>/phien-ban/<int:number>",
        pages.old_version,
        name="old_version",
    ),
    path("cong-khai", pages.postings, name="postings"),
    path("danh-muc/thu-tuc", catalogue.catalogue, name="catalogue"),
    path("danh-muc/thu-tuc/niem-yet", catalogue.walls, name="walls"),
    path(
        "danh-muc/thu-tuc/niem-yet/anh/<uuid:posting>",
        catalogue.posting_photo,
        name="posting_photo",
    ),
    path(
        "danh-muc/thu-tuc/niem-yet/<path:key>",
        catalogue.confirm_posting,
        name="confirm_posting",
    ),
    path("danh-muc/thu-tuc/<procedure:code>", catalogue.manage, name="manage"),
    path(
        "danh-muc/thu-tuc/<procedure:code>/moi",
        catalogue.new_version,
        name="new_version",
    ),
]
