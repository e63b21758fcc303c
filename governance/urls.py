"""The boardroom's addresses, noun by noun."""

app_name = "governance"

boards: list = []
packs: list = []
decisions: list = []
agreements: list = []

urlpatterns = [*boards, *packs, *decisions, *agreements]
