"""What every part of a year file has in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Unknown keys are kept aside: a later version of the portal may know them."""

    model_config = ConfigDict(extra="ignore", strict=False, frozen=True)
