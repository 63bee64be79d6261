"""Addresses of editions; a numbered one stays for good."""

from django.urls import path

from gandan.indicators.web import editions

app_name = "editions"
_ONE = "so-lieu/an-ban/<slug:slug>"
_DRAFT = "so-lieu/du-thao/<uuid:public_id>"
urlpatterns = [
    path("so-lieu/an-ban", editions.public_list, name="list"),
    path("so-lieu/sua-doi.xml", editions.Corrections(), name="feed"),
    path(_ONE, editions.newest, name="newest"),
    path(f"{_ONE}/<int:number>", editions.numbered, name="one"),
    path(f"{_ONE}/<int:number>.csv", editions.download, name="download"),
    path("so-lieu/du-thao", editions.drafts, name="drafts"),
    path(_DRAFT, editions.draft, name="draft"),
    path(f"{_DRAFT}/quyet-dinh", editions.decide, name="decide"),
]
