from django.urls import path

from xgov.accounts.views import departments, memberships, own, passwords, people, sign_in

app_name = "accounts"

_DEPARTMENT = "departments/<slug:slug>/"
_PERSON = _DEPARTMENT + "people/<int:pk>/"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path("password/sent/", passwords.link_sent, name="password-link-sent"),
    path("password/set/<uidb64>/<token>/", passwords.SetByLink.as_view(), name="password-set"),
    path("account/", own.account, name="account"),
    path("account/password/", passwords.Change.as_view(), name="password-change"),
    path("departments/", departments.department_list, name="department-list"),
    path(_DEPARTMENT, departments.department, name="department"),
    path(_DEPARTMENT + "rename/", departments.rename, name="department-rename"),
    path(_DEPARTMENT + "names/<int:pk>/cancel/", departments.cancel_name, name="name-cancel"),
    path(_DEPARTMENT + "people/", people.people_list, name="department-people"),
    path(_DEPARTMENT + "people/add/", people.add, name="person-add"),
    path(_DEPARTMENT + "people/give-role/", memberships.give, name="role-give"),
    path(_DEPARTMENT + "roles/<int:pk>/end/", memberships.end, name="role-end"),
    path(_PERSON, people.person, name="person"),
    path(_PERSON + "stop/", people.stop, name="person-stop"),
    path(_PERSON + "let-in/", people.let_in, name="person-let-in"),
    path(_PERSON + "send-link/", people.send_link, name="person-send-link"),
]
