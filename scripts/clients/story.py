# The story of an invitation by a client of the python generator. FAKE_URL, OWNER, INVITEE and INVITEE_EMAIL come from outside.
from os import environ

from invitations_client import (
    ApiClient,
    Configuration,
    InvitationCreate,
    InvitationsApi,
    LinkedApi,
    PatchedInvitation,
    RoleEnum,
    ServiceAccountCreate,
)


def client(authorization: str) -> ApiClient:
    return ApiClient(
        Configuration(host=environ["FAKE_URL"], api_key={"ApiKeyAuth": authorization})
    )


invitations = InvitationsApi(client(environ["OWNER"]))
linked = LinkedApi(client(environ["OWNER"]))

names = {user.url: user.name for user in linked.users_list(page=1, page_size=500).results}
page = invitations.invitations_list(page_size=5, ordering="-email")
assert len(page.results) == 5
assert all(names[one.inviter] == one.inviter_name for one in page.results)
assert linked.users_current_retrieve().role == RoleEnum.OWNER

account = linked.serviceaccounts_create(
    ServiceAccountCreate(name="Generated", role=RoleEnum.ADMIN)
)
robot = InvitationsApi(client(f"Api-Key {account.apikey}"))
made = robot.invitations_create(
    InvitationCreate(email="generated@example.com", role=RoleEnum.VIEWER)
)
assert made.membership is None and made.inviter == account.user.url
linked.serviceaccounts_destroy(account.id)
assert invitations.invitations_list(email="generated@example.com").count == 0

email = environ["INVITEE_EMAIL"]
id = invitations.invitations_create(InvitationCreate(email=email, role=RoleEnum.VIEWER)).id
changed = invitations.invitations_partial_update(id, PatchedInvitation(role=RoleEnum.CONTRIB))
assert changed.role == RoleEnum.CONTRIB
assert invitations.invitations_resend_create(id).state == "pending"
accepted = InvitationsApi(client(environ["INVITEE"])).invitations_accept_create(id)
assert accepted.state == "accepted" and accepted.membership is not None
invitations.invitations_destroy(id)
