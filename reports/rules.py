"""Who may read and who may order the yearly report. *When* is the transition table's and the actions' business."""

import rules

from members.rules import is_administrator, is_co_chair, is_network, is_secretariat

rules.add_perm("reports.view_report", is_network | is_administrator)
rules.add_perm("reports.order_report", is_secretariat | is_co_chair)
