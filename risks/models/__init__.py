from risks.models.appetites import Appetite
from risks.models.mitigations import Mitigation
from risks.models.risks import Risk

__all__ = ["Appetite", "Mitigation", "Risk"]
