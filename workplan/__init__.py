"""The annual joint work plan (PTA), from drafting to the acknowledgement of the Resident Coordinator."""
