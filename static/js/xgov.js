// Enhancement only: every page works without it.
import { initAll } from "../build/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// On a small screen the filters fold away, so that the list comes first.
if (window.matchMedia("(max-width: 48.0525em)").matches) {
  document.querySelectorAll("details.xgov-filter").forEach((panel) => panel.removeAttribute("open"));
}
