"""Sign-in, sign-out, own password: under the names allauth and Django look for.

Whatever else allauth could do (sign-up, e-mail addresses, codes) has no address here.
"""

from allauth.account import views
from django.urls import path

from gandan.people.web import entrance

urlpatterns = [
    path("dang-nhap", views.login, name="account_login"),
    path("dang-xuat", views.logout, name="account_logout"),
    path("da-dong", views.account_inactive, name="account_inactive"),
    path("doi-mat-khau", entrance.change_password, name="account_change_password"),
]
