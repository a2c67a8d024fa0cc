"""The tables of a week (人员, 地点, 工作, 规则): its records as rows of text, and typed text as records."""
