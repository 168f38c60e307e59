"""Who writes the funding figures and who reads them."""

from __future__ import annotations

from commands.kit.permission import one_of
from storage.people import Role

WRITERS = (Role.FUNDING_CELL, Role.COORDINATOR, Role.ADMIN)
# The cabinet, and everybody who prepares it: whoever answers for an agency, and the leadership's offices.
READERS = (
    *WRITERS,
    Role.SRSG_OFFICE,
    Role.HEAD_OF_AGENCY,
    Role.FOCAL_POINT,
    Role.ALTERNATE,
    Role.HUMANITARIAN_COORDINATOR,
    Role.HUMAN_RIGHTS_ADVISER,
    Role.OBSERVER,
)
WRITE = one_of(*WRITERS)
READ = one_of(*READERS)
