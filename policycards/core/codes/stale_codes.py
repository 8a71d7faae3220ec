"""Problems 76x: what a change means for cards that were printed, and which of them are stale."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E760",
        N_("no run was printed into this folder"),
        N_(
            "Name the folder of an edition, such as output/2024b, which has a folder 'run' with"
            " run.json."
        ),
    ),
    Kind(
        "E761",
        N_(
            "this run was printed with another key ({printed}) than the one given ({given}), so"
            " nothing can be compared"
        ),
        N_("Give the county's key with --key-file; without it the key of samples is used."),
    ),
    Kind(
        "E762",
        N_(
            "the manifest of this run is not as it was written, so nobody can tell what its"
            " cards say"
        ),
        N_(
            "Take the folder 'run' from a backup, or print the run again into the same folder,"
            " which completes it."
        ),
    ),
    Kind(
        "E763",
        N_("a run and a roster are needed: what was printed, and the households as they are now"),
        N_(
            "Name folders of editions, then the roster, such as: policycards stale output/2024b"
            " list.xlsx --to now."
        ),
    ),
    Kind(
        "W764",
        N_("the chart is not drawn, because this PC cannot load {name}: {why}"),
        N_("The workbook has the same figures. For the chart, install {name}."),
    ),
)
