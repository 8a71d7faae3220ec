"""Problems 620 to 639: topics, recordings and the detail site."""

from policycards.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E620",
        N_("there is no policy {policy}; the nearest is {nearest}"),
        N_("Correct the id, or delete the line if the policy is gone."),
    ),
)
