"""What people and programs write on jobs and instances: a title and labels."""

from typing import Annotated

from pydantic import Field

LABEL_KEY = r'[^"\\=\x00-\x1f\ufffe\uffff]{1,63}'
LABEL_VALUE = r"[^\x00-\x1f\ufffe\uffff]{0,200}"
MOST_LABELS = 16

LabelKey = Annotated[str, Field(pattern=f"^{LABEL_KEY}$")]
LabelValue = Annotated[str, Field(pattern=f"^{LABEL_VALUE}$")]
Labels = Annotated[dict[LabelKey, LabelValue], Field(max_length=MOST_LABELS)]
Title = Annotated[str, Field(pattern=r"^[^\x00-\x1f\ufffe\uffff]{0,200}$")]
