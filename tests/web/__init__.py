"""The portal as two web processes, on the database and the day of the suite."""
