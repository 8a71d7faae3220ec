"""Problems 73x to 75x: the manifest of a run, reading back, reprinting."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E730",
        N_(
            "this table of the manifest is missing, so nobody can tell which cards were printed"
            " into {folder}"
        ),
        N_(
            "Name the folder of an edition, which has a folder 'run'; or print the run again, which"
            " completes it."
        ),
    ),
    Kind(
        "E731",
        N_("this table of the manifest is damaged: {why}"),
        N_(
            "Take it from a backup, or delete it and print the run again: only what is missing is"
            " made anew."
        ),
    ),
    Kind(
        "E732",
        N_(
            "this is no such table of a manifest; these columns are missing, of another kind or too"
            " many: {columns}"
        ),
        N_(
            "Use the version of the program that printed the run, or print the run again with this"
            " one."
        ),
    ),
    Kind(
        "E733",
        N_(
            "card codes stand more than once in this manifest ({count}), the first is {card}; each"
            " must be one card"
        ),
        N_(
            "Do not hand out these cards. Check that two runs were not mixed in one folder, and"
            " print the run again."
        ),
    ),
    Kind(
        "E734",
        N_("the column {column} of this manifest has {count} empty cells, but every card needs it"),
        N_("Take the file from a backup, or delete it and print the run again."),
    ),
    Kind(
        "E740",
        N_("this pack cannot be read back, so {cards} of its cards are unproven: {why}"),
        N_(
            "Delete the file and run the same command again; if it happens again, look at the disk."
        ),
    ),
    Kind(
        "E741",
        N_("card {card} should be on page {page}, but the file has {count} pages"),
        N_("Do not print this pack. Delete the file and run the same command again."),
    ),
    Kind(
        "E742",
        N_("page {page}: the QR code of card {card} cannot be read"),
        N_(
            "Do not print this pack. Look at the page in 'policycards preview', then report the"
            " fault."
        ),
    ),
    Kind(
        "E743",
        N_(
            "page {page}: the QR code of card {card} says something else; it belongs to card"
            " {other}"
        ),
        N_("Do not print this pack: households would get each other's codes. Report the fault."),
    ),
    Kind(
        "E744",
        N_(
            "page {page}: {count} of {of} texts that should be on card {card} are not there (no."
            " {numbers})"
        ),
        N_(
            "Do not print this pack. Look at the page in 'policycards preview', then report the"
            " fault."
        ),
    ),
    Kind(
        "W745",
        N_(
            "the QR codes of the packs are not read back, because this PC cannot load {name}: {why}"
        ),
        N_(
            "The cards are printed and their texts are read back. Scan some cards of each village"
            " with a phone, or install {name}."
        ),
    ),
    Kind(
        "E750",
        N_("'{part}' is neither a number nor a range"),
        N_("Write numbers from 1 and ranges, with commas between them: 40-52,60."),
    ),
    Kind(
        "E751",
        N_("the range {part} runs backwards"),
        N_("Write the smaller number first: {turned}."),
    ),
    Kind(
        "E752",
        N_(
            "there is no card with the pile number {number} in village {village}; the nearest is"
            " {nearest}"
        ),
        N_(
            "The pile number is the large number on the card; the register lists all of the"
            " village."
        ),
    ),
    Kind(
        "E753",
        N_("there is no sheet {number} in the pack of village {village}; its last is sheet {last}"),
        N_("Sheets are counted from 1 as they are printed, and the test page is sheet 1."),
    ),
    Kind(
        "E754",
        N_("this run has no card with the code {card}; the nearest is {nearest}"),
        N_(
            "Check the code under the QR code of the card, and that this is the folder of its"
            " edition."
        ),
    ),
    Kind(
        "E755",
        N_("this run has no cards of village {village}; the nearest is {nearest}"),
        N_("Give the code of the village as its folder is called."),
    ),
    Kind(
        "E756",
        N_("this run has {count} villages, and each counts its cards from 1"),
        N_("Say which one is meant with --village, such as {village}."),
    ),
    Kind(
        "E757",
        N_("what to print again is not said, or said in more than one way"),
        N_("Give one of --cards, --sheets and --codes."),
    ),
    Kind(
        "E758",
        N_("this pack is not as it was printed, so its pages cannot be printed again: {why}"),
        N_("Run the command again that printed it: it makes what is missing or damaged anew."),
    ),
    Kind(
        "E759",
        N_("how the cards of this pack lie on their sheets is not known to this version"),
        N_("Use the version of the program that printed the run."),
    ),
)
