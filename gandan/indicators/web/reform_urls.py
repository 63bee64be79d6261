"""Addresses of the province's own reform index of units."""

from django.urls import path

from gandan.indicators.web import reform

app_name = "reform"
_SHEET = "so-lieu/cai-cach/phieu/<uuid:public_id>"
urlpatterns = [
    path("so-lieu/cai-cach", reform.rounds, name="rounds"),
    path("so-lieu/cai-cach/dot/<uuid:public_id>", reform.open_round, name="open"),
    path(
        "so-lieu/cai-cach/dot/<uuid:public_id>/khep", reform.close_round, name="close"
    ),
    path(_SHEET, reform.sheet, name="sheet"),
    path(f"{_SHEET}/cham", reform.fill, name="fill"),
    path(f"{_SHEET}/thuong-phat", reform.adjust, name="adjust"),
    path(f"{_SHEET}/minh-chung/<str:code>", reform.evidence, name="evidence"),
    path(f"{_SHEET}/tep/<uuid:file_id>", reform.file, name="file"),
]
