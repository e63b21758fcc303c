"""Who gets through where: the data-sharing plan, datasets, flows, departments' parts in them, assessments."""

from typing import Any

from datasharing.models import Assessment, DataFlow, Dataset, FlowController, Refresh
from tests.conventions.routes import MANAGERS, SEEING, Route, button, form, page
from tests.factories.datasharing import make_dataset, make_plan, make_refresh, make_whole_flow

KEEPING = MANAGERS | {"contributor"}  # of the department whose dataset and part it is


def _inside(scene: Any) -> dict[str, Any]:
    return {"reference": scene.cast.programme.reference}


def _with_plan(scene: Any) -> dict[str, Any]:
    if not hasattr(scene.cast.programme, "data_sharing_plan"):
        make_plan(scene.cast.programme)
    return _inside(scene)


def _flow_of(scene: Any) -> DataFlow:
    """One whole flow from DWP to MHCLG, made when first asked for."""
    cast = scene.cast
    found = DataFlow.objects.filter(programme=cast.programme).first()
    if found is not None:
        return found
    dataset = make_dataset(cast.programme, cast.dwp)
    make_refresh(dataset, cast.contributor)
    return make_whole_flow(dataset, cast.mhclg)


def _dataset(scene: Any) -> dict[str, Any]:
    return {**_inside(scene), "dataset": Dataset.objects.get(flows=_flow_of(scene)).reference}


def _refresh(scene: Any) -> dict[str, Any]:
    return {**_inside(scene), "refresh": Refresh.objects.get(dataset__flows=_flow_of(scene)).pk}


def _flow(scene: Any) -> dict[str, Any]:
    return {**_inside(scene), "flow": _flow_of(scene).reference}


def _part(scene: Any) -> dict[str, Any]:
    part = FlowController.objects.get(flow=_flow_of(scene), department=scene.cast.dwp)
    return {**_inside(scene), "part": part.pk}


def _assessment(scene: Any) -> dict[str, Any]:
    return {**_inside(scene), "assessment": Assessment.objects.get(flows=_flow_of(scene)).reference}


ROUTES_OF_DATASHARING: dict[str, Route] = {
    "datasharing:plan": page(SEEING, _inside),
    "datasharing:plan-edit": form(MANAGERS, _inside),
    "datasharing:plan-agree": form(MANAGERS, _with_plan),
    "datasharing:datasets": page(SEEING, _inside),
    "datasharing:dataset-add": form(KEEPING, _inside),
    "datasharing:dataset": page(SEEING, _dataset),
    "datasharing:dataset-change": form(KEEPING, _dataset),
    "datasharing:dataset-withdraw": form(KEEPING, _dataset),
    "datasharing:refresh-add": form(KEEPING, _dataset),
    "datasharing:refresh-strike-out": form(KEEPING, _refresh),
    "datasharing:quality-add": form(KEEPING, _dataset),
    "datasharing:flow-add": form(MANAGERS, _inside),
    "datasharing:flow": page(SEEING, _flow),
    "datasharing:flow-change": form(MANAGERS, _flow),
    "datasharing:flow-ready": button(MANAGERS, _flow),
    "datasharing:flow-live": form(MANAGERS, _flow),
    "datasharing:flow-pause": form(KEEPING, _flow),
    "datasharing:flow-end": form(MANAGERS, _flow),
    "datasharing:part-add": form(KEEPING, _flow),
    "datasharing:part-change": form(KEEPING, _part),
    "datasharing:assessment-add": form(KEEPING, _inside),
    "datasharing:assessment": page(SEEING, _assessment),
    "datasharing:assessment-change": form(MANAGERS, _assessment),
}
