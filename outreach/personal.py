"""Who recorded an engagement or a publication stands in the journal too, and is given with the acts."""

IN_JOURNAL = ("outreach.Engagement.recorded_by", "outreach.Publication.recorded_by")
