from django.urls import path

from datasharing.views import assessments, datasets, flows, parts, plans

app_name = "datasharing"

_HERE = "programmes/<str:reference>/data-sharing/"
_DATASET = f"{_HERE}datasets/<str:dataset>/"
_FLOW = f"{_HERE}flows/<str:flow>/"

urlpatterns = [
    path(_HERE, plans.plan_page, name="plan"),
    path(f"{_HERE}plan/", plans.edit_plan, name="plan-edit"),
    path(f"{_HERE}plan/agree/", plans.agree_plan, name="plan-agree"),
    path(f"{_HERE}datasets/", datasets.dataset_list, name="datasets"),
    path(f"{_HERE}datasets/add/", datasets.add_dataset, name="dataset-add"),
    path(_DATASET, datasets.dataset, name="dataset"),
    path(f"{_DATASET}change/", datasets.change_dataset, name="dataset-change"),
    path(f"{_DATASET}withdraw/", datasets.withdraw_dataset, name="dataset-withdraw"),
    path(f"{_DATASET}refreshes/add/", datasets.record_refresh, name="refresh-add"),
    path(f"{_DATASET}quality/add/", datasets.check_quality, name="quality-add"),
    path(f"{_HERE}refreshes/<int:refresh>/strike-out/", datasets.strike_out_refresh, name="refresh-strike-out"),
    path(f"{_HERE}flows/add/", flows.add_flow, name="flow-add"),
    path(_FLOW, flows.flow, name="flow"),
    path(f"{_FLOW}change/", flows.change_flow, name="flow-change"),
    path(f"{_FLOW}ready/", flows.make_ready, name="flow-ready"),
    path(f"{_FLOW}live/", flows.go_live, name="flow-live"),
    path(f"{_FLOW}pause/", flows.pause_flow, name="flow-pause"),
    path(f"{_FLOW}end/", flows.end_flow, name="flow-end"),
    path(f"{_FLOW}parts/add/", parts.add_part, name="part-add"),
    path(f"{_HERE}parts/<int:part>/change/", parts.change_part, name="part-change"),
    path(f"{_HERE}assessments/add/", assessments.start_assessment, name="assessment-add"),
    path(f"{_HERE}assessments/<str:assessment>/", assessments.assessment, name="assessment"),
    path(f"{_HERE}assessments/<str:assessment>/change/", assessments.change_assessment, name="assessment-change"),
]
