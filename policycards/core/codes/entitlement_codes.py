"""Problems 600 to 619: entitlements and the cases that prove them; 620 to 639: topics, recordings,
the detail site.
"""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E600",
        N_("these cases are for the policy {policy}, which there is not; the nearest is {nearest}"),
        N_("Correct the id, or delete the file if the policy is gone."),
    ),
    Kind(
        "E601",
        N_(
            "this case does not say which standard it proves: {policy} has none that is called"
            " {standard}"
        ),
        N_("Add 'standard: …' with one of: {known}."),
    ),
    Kind(
        "E602",
        N_("no rule can name {column} of a {owner}; the nearest known column is {nearest}"),
        N_("Known here: {known}. What areas are is written in areas.csv."),
    ),
    Kind(
        "E603",
        N_("case {case} on {day}: {what} should be {wanted} but comes out as {found} ({why})"),
        N_(
            "Correct the policy's rule or values; or the case, if it asks for what the document"
            " does not say."
        ),
    ),
    Kind(
        "E610",
        N_("the roster has no household {household}; the nearest id is {nearest}"),
        N_("Give the household's id as the list has it, or the name of its head."),
    ),
    Kind(
        "E611",
        N_("the roster has several households whose head is called {household}: {ids}"),
        N_("Give the id of the one that is meant."),
    ),
    Kind(
        "E612",
        N_(
            "an empty cell of {name} cannot mean {means}: that is none of its choices, or no fact"
            " about a member"
        ),
        N_(
            "Write one of the attribute's choices after 'means:'; 'blank' is for attributes with"
            " 'of: member'."
        ),
    ),
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
