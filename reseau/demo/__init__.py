"""The demo year: one fictional year of the Network, replayed through the portal's own actions."""
