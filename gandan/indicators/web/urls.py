"""Addresses of our own figures: definitions for all, scorecards and boards inside."""

from django.urls import path

from gandan.indicators.web.boards import public

app_name = "figures"
_ONE = "so-lieu/chi-so/<str:code>"
urlpatterns = [
    path("so-lieu", public.index, name="index"),
    path(f"{_ONE}/tai-ve.<str:ending>", public.download, name="download"),
    path(_ONE, public.one, name="one"),
]
