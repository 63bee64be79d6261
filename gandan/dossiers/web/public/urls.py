"""Addresses of the resident's pages; they belong to the room's own."""

from django.urls import path

from gandan.dossiers.web.public import entrance, files, filing, pages, receipts

urlpatterns = [
    path("theo-doi", entrance.follow, name="follow"),
    path("theo-doi/ho-so", pages.followed, name="followed"),
    path("theo-doi/bo-sung", files.complete, name="complete"),
    path("theo-doi/bien-nhan", receipts.filed, name="filed"),
    path("theo-doi/bien-nhan.png", receipts.picture, name="filed_picture"),
    path("theo-doi/hoi", pages.nudge, name="nudge"),
    path("theo-doi/rut", pages.withdraw, name="withdraw"),
    path("theo-doi/giu", pages.keep, name="keep"),
    path("theo-doi/danh-gia", pages.rate, name="rate"),
    path("theo-doi/xoa", entrance.let_go, name="let_go"),
    path("k/<str:capability>", entrance.open_capability, name="capability"),
    path("nop/<slug:form>/<uuid:draft>/noi-nhan/", filing.choose, name="addressee"),
]
