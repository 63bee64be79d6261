"""Addresses of the room, in Vietnamese without marks."""

from django.urls import path

from gandan.dossiers.web.desk import pages, papers
from gandan.dossiers.web.public import urls as public

app_name = "dossiers"

urlpatterns = [
    *public.urlpatterns,
    path("ho-so/<uuid:public_id>", pages.show, name="show"),
    path("ho-so/<uuid:public_id>/<str:name>", pages.verb, name="verb"),
    path("ho-so/<uuid:public_id>/in/<str:name>", papers.printed, name="printed"),
    path("ho-so/<uuid:public_id>/in/<str:name>.<str:kind>", papers.file, name="file"),
]
