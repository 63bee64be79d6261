"""Addresses of our own figures: definitions for all, scorecards and boards inside."""

from django.urls import path

from gandan.indicators.web.boards import card766, late, province, public, scorecard

app_name = "figures"
_ONE = "so-lieu/chi-so/<str:code>"
_UNIT = "so-lieu/don-vi/<str:key>"
urlpatterns = [
    path("so-lieu", public.index, name="index"),
    path(f"{_ONE}/tai-ve.<str:ending>", public.download, name="download"),
    path(_ONE, public.one, name="one"),
    path("so-lieu/bang", province.board, name="board"),
    path("so-lieu/tre-han", late.late, name="late"),
    path("so-lieu/don-vi", scorecard.mine, name="mine"),
    path(_UNIT, scorecard.scorecard, name="scorecard"),
    path(f"{_UNIT}/766/<str:code>", card766.lever, name="lever"),
    path(f"{_UNIT}/ho-so/<str:code>", scorecard.behind, name="behind"),
]
