"""Who recorded an engagement stands in the journal too, and is given with the acts."""

IN_JOURNAL = ("outreach.Engagement.recorded_by",)
