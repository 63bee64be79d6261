"""The living style sheet's addresses; config includes them for DEBUG and the demo."""

from django.urls import path

from gandan.ui import sheet

app_name = "ui"
urlpatterns = [
    path("", sheet.public, name="sheet"),
    path("work", sheet.work, name="work"),
    path("theo-doi", sheet.follow, name="follow"),
    path("question", sheet.question, name="question"),
]
