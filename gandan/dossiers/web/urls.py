"""Addresses of the room, in Vietnamese without marks."""

from django.urls import path

from gandan.dossiers.web.desk import pages, papers
from gandan.dossiers.web.public import pages as public

app_name = "dossiers"

urlpatterns = [
    path("theo-doi", public.follow, name="follow"),
    path("theo-doi/ho-so", public.followed, name="followed"),
    path("theo-doi/hoi", public.nudge, name="nudge"),
    path("theo-doi/rut", public.withdraw, name="withdraw"),
    path("theo-doi/giu", public.keep, name="keep"),
    path("theo-doi/danh-gia", public.rate, name="rate"),
    path("theo-doi/xoa", public.let_go, name="let_go"),
    path("ho-so/<uuid:public_id>", pages.show, name="show"),
    path("ho-so/<uuid:public_id>/<str:name>", pages.verb, name="verb"),
    path("ho-so/<uuid:public_id>/in/<str:name>", papers.printed, name="printed"),
    path("ho-so/<uuid:public_id>/in/<str:name>.<str:kind>", papers.file, name="file"),
    path("k/<str:capability>", public.open_capability, name="capability"),
]
