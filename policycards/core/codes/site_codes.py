"""Problems 620 to 639: topics, recordings and the detail site."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E620",
        N_("there is no policy {policy}; the nearest is {nearest}"),
        N_("Correct the id, or delete the line if the policy is gone."),
    ),
    Kind(
        "E621",
        N_(
            "no phone can play the recording {file}: it is damaged, empty, or of a kind that"
            " browsers do not know"
        ),
        N_("Save it again as MP3, M4A, OGG (Opus) or WAV."),
    ),
    Kind(
        "E622",
        N_(
            "this folder holds something else than a site of this program, and nothing in it is"
            " overwritten"
        ),
        N_("Name a new folder with --out."),
    ),
)
