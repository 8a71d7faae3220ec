"""Problems 9xx: the use of the command."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E901",
        N_("there is no file {file}"),
        N_("Name a PDF that exists."),
    ),
    Kind(
        "E902",
        N_("{file} is no PDF that can be read"),
        N_("Name a PDF, such as one that 'policycards card' made."),
    ),
    Kind(
        "E903",
        N_("{option}: there is no '{value}'"),
        N_("Known are: {known}."),
    ),
    Kind(
        "E904",
        N_("no policy of this choice holds in area {area} on {day}, so there is nothing to print"),
        N_("Check --area, --as-of, --category and --policy."),
    ),
    Kind(
        "E905",
        N_("this font cannot be read, so no text can be set"),
        N_("Name the folder that holds the fonts of the theme with --fonts; it is now {folder}."),
    ),
    Kind(
        "E906",
        N_("the folder {folder} is not empty, and nothing in it is overwritten"),
        N_("Name a new folder for the new office."),
    ),
    Kind(
        "E907",
        N_("'{area}' is no code of a division: it has 2, 4, 6, 9 or 12 digits"),
        N_(
            "Give the code of the office's own division with --area, such as 6 digits for a county."
        ),
    ),
    Kind(
        "E908",
        N_("this file or folder cannot be used: {why}"),
        N_(
            "Close it in other programs, check that it may be written and that the disk has room,"
            " and try again."
        ),
    ),
    Kind(
        "E909",
        N_("this font has PostScript outlines, which cannot be put into a card's file"),
        N_("Use a TrueType version of the font (a .ttf with 'glyf' outlines)."),
    ),
    Kind(
        "E910",
        N_("{name} is missing"),
        N_("Run '{command} --help' to see what it takes."),
    ),
    Kind(
        "E911",
        N_("there is no option {name}"),
        N_("Run '{command} --help' to see which there are."),
    ),
    Kind(
        "E912",
        N_("the value of {name} does not fit: {why}"),
        N_("Run '{command} --help' to see what it takes."),
    ),
    Kind(
        "E913",
        N_("this is not understood: {why}"),
        N_("Run '{command} --help' to see what there is."),
    ),
    Kind(
        "E915",
        N_(
            "household {household} is in the roster, but a row of it is faulty, so its card would"
            " be wrong"
        ),
        N_("Correct what is reported above in the roster and print again."),
    ),
    Kind(
        "E916",
        N_("--edition and --as-of exclude each other: an edition has its own day"),
        N_("Give one of them, or none for a proof of today."),
    ),
    Kind(
        "E917",
        N_("no household of this roster is left to be printed"),
        N_("Check --area, --household and --reissue-list."),
    ),
    Kind(
        "E918",
        N_("the program made a mistake here ({what}); what was finished before it is whole"),
        N_("Send the file {log} to whoever looks after the program; it holds no data of people."),
    ),
    Kind(
        "E930",
        N_("this is no list that can be taken, or it is too large"),
        N_("Choose one file that ends in {endings}."),
    ),
    Kind(
        "E931",
        N_("the folder {folder} is not there"),
        N_(
            "Open the desk in the office's own folder, which has 'policies' and 'fonts' in it:"
            " policycards desk FOLDER."
        ),
    ),
    Kind(
        "E933",
        N_("{name} is left empty"),
        N_("Fill it in: it stands on every card."),
    ),
    Kind(
        "E934",
        N_("there is no village of the county {county} in this table"),
        N_(
            "Paste rows with a code of twelve digits that begins with {county} and a Chinese"
            " name; rows of other counties are left out."
        ),
    ),
    Kind(
        "E935",
        N_("{count} areas have no Tibetan name; the first is {first}"),
        N_("Type the names into the table below, or paste a table that has them."),
    ),
    Kind(
        "E937",
        N_("the policies and fonts that come with the program are not there"),
        N_("Unpack the program again, whole, and start the desk from its folder."),
    ),
    Kind(
        "E940",
        N_("another workbook of this name was dropped since this one was looked at"),
        N_("Look again at what it would change, then apply it."),
    ),
    Kind(
        "E941",
        N_("the standards were changed since this was looked at, by another page or by hand"),
        N_("Look again at what would change, then apply it."),
    ),
    Kind(
        "E942",
        N_("nothing is chosen here, or it is not in the office's folder any more"),
        N_("Choose again and press the button once more."),
    ),
    Kind(
        "E945",
        N_("a policy has no field {field}"),
        N_("Nearest is {nearest}. Known are: {known}."),
    ),
    Kind(
        "E946",
        N_("this is no list of changes, or no form of a new policy, in JSON: {why}"),
        N_("Look at docs/policy-format.md for what it holds, and save it as UTF-8."),
    ),
    Kind(
        "E950",
        N_("what was chosen is not there any more"),
        N_("Load the page again and choose anew."),
    ),
    Kind(
        "E951",
        N_("this is no day"),
        N_("Write a day as 2024-07-01."),
    ),
    Kind(
        "E952",
        N_("a ledger is set up in {folder} already, and nothing in it is overwritten"),
        N_("Use it, or set one up in the folder of another office."),
    ),
    Kind(
        "E953",
        N_("the settings of the ledger in {folder} cannot be read: {why}"),
        N_(
            "Put the folder back from a backup; without its file of settings nobody stays"
            " signed in."
        ),
    ),
    Kind(
        "E954",
        N_("this is no address of a ledger"),
        N_("Write it as the browser shows it, beginning with https://."),
    ),
    Kind(
        "E955",
        N_("without the list that was printed the ledger would have cards without names"),
        N_("Choose the list from which this run was printed; it lies in the folder 'rosters'."),
    ),
)
