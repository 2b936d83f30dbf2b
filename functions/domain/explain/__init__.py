"""Why a practice is paid what it is paid: as data, as a page, as rows, and against another run."""
